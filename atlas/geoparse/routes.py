"""The ends of routes that no table has: 国道335线黄家滩至百灵庙段公路, 起于甲, 终点接乙.

What stands before 至 up to a mark, a numbered line or a verb, and behind it before what says that it is a way, is a
place; so is what an end, a beginning or a way through is said of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from atlas.geoparse.automaton import Match
from atlas.geoparse.forms import GENERIC
from atlas.geoparse.listed import LINES, SHORTEST, Positions, Spans, is_end, name_at
from atlas.geoparse.words import Words

_TO = Positions("至", "到")
_LOW = 4  # characters
_SIDES = frozenset("东西南北中")
_WAY = "(?:公路|铁路|高速|高铁|专线|专用线|输电线路|管道|油路|砂石路|水泥路|旅游路|产业路)"
_KIND = "(?:农村牧区|农村|旅游|[一二三四]级|通[乡村]|边防|煤运|运煤)?"
_OPEN_WAY = "段(?=\\d|开工|建设|工程|改造|通车|开通|贯通|投入|正式|全长|总长|长|已|为|于|[，。）])"
_GLOSS = "(?:[（(][^（）()]{1,8}[）)])"
# Behind the end of a route: its borders in brackets, its length, the other routes of a list, and what it is.
_LISTED = rf"(?:、[^，。；、\n]{{2,8}}){{0,3}}等[^，。；、\n]{{0,4}}?{_WAY}"
_ROUTE = re.compile(rf"{_OPEN_WAY}|{_GLOSS}?(?:段|[\d.]+公里)?[^，。；、\n]{{0,6}}?{_WAY}|[\d.]+公里|{_LISTED}")
_ROUTE_ONLY = re.compile(
    rf"{_OPEN_WAY}|{_GLOSS}?(?:段{_WAY}|[\d.]+公里的?[^，。；、]{{0,3}}{_WAY}|{_KIND}{_WAY})"
    rf"|(?:{_GLOSS}[，,]?)?[\d.]+公里|{_LISTED}"
)
_LINE = re.compile(_WAY)
_CROSSED = re.compile(rf"{_WAY}|\d公里")
_OPEN = re.compile(_OPEN_WAY)
_OPEN_WINDOW = 9  # characters
_ROUTE_WINDOW = 30  # characters in which a route says what it is
_BEGUN = re.compile(r"(?:新建|改扩建|改建|扩建|续建|建设|推进|实施|加快|开工|完成|打通|规划|连接|重点)+")
_ROAD = re.compile(r"[A-Z]\d+$")
_CLOSED = ("嘎查", "苏木", "淖尔", "诺尔", "村", "镇", "乡", "庙", "水库", "煤矿", "矿区")
_NUMBERED = re.compile(r"\d+[线号]$")
_LONGEST_END = 6  # characters of a route's end
_VERBAL = frozenset("vpdrc")
_ENDS = re.compile("起于|起自|止于|终点[接至为]|起点为|终点位于|起点位于")
_OWN = re.compile("([\u4e00-\u9fff]{2,6}?)(?=[，。；、（,;(]|$)")
# What lies beside a place, or is only a kind of place: 海南区西南侧, 保合少互通.
_BESIDE = re.compile(
    "[东西南北]?侧|[东西南北]{1,2}$|境|交界|界$|互通|立交|收费|服务区|枢纽|匝道|处$|附近|以[东西南北]|升压站|引线"
)
_THROUGH = re.compile(
    "(?:途经|途径|路线经过|线路经过|依次经过|路线经|线路经)([\u4e00-\u9fff、（）]{3,160}?)(?:等|[，。；：,;]|$)"
)
_ITEMS = re.compile("、|和|及|与|至")
_SETTLED = frozenset("村镇乡屯站庙")
_PASSED = Positions("途经", "途径", "路线", "线路", "依次")
_POINTS = Positions("起于", "起自", "止于", "终点", "起点")


def by_route(text: str, names: Sequence[Match], words: Words) -> list[Match]:
    """Return the ends of routes that no table has (国道335线黄家滩至百灵庙段公路); `names` are in order."""
    tos = _crossings(text)
    found: list[Match] = []
    if not tos:
        return found
    starts = {name.start: name for name in names}
    sure = {name.end: name for name in names if not name.name.ambiguous or len(name.name.surface) > SHORTEST}
    ends = {name.end for name in names}
    within = Spans([name for name in names if len(name.name.surface) > _LOW])
    for to in tos:
        past = to + 1
        if within.overlap(to, past):
            continue  # 克什克腾至北京煤制气管道 has a row of its own
        left = (to, to) if to in ends else _left(text, to, sure, words)
        if left is None:
            continue
        known = starts.get(past)
        if known is not None:
            right = (known.end, known.end) if _ROUTE.match(text, known.end) else None
        else:
            right = _right(text, past, words)
        if right is None:
            continue
        found += [name_at(text, *span) for span in (left, right) if span[0] < span[1]]
    return found


def _crossings(text: str) -> list[int]:
    """Return where 至 or 到 stands with a word for a way, or an open stretch, close behind."""
    crossings: list[int] = []
    for to in _TO(text):
        past = to + 1
        window = text[past : past + _ROUTE_WINDOW]
        may_cross = "路" in window or "高" in window or "线" in window or "管道" in window or "公里" in window
        if (may_cross and _CROSSED.search(window)) or (
            "段" in window and _OPEN.search(text, past, past + _OPEN_WINDOW)
        ):
            crossings.append(to)
    return crossings


def _left(text: str, end: int, sure: dict[int, Match], words: Words) -> tuple[int, int] | None:
    """Return the name that begins behind a mark, a numbered line or a name and ends at `end`."""
    if text.endswith(_CLOSED, 0, end) or _ROAD.search(text, max(0, end - _LONGEST_END), end):
        return end, end  # 苏吉嘎查至, found by its form; G331至
    start = end
    while start and end - start <= _LONGEST_END and "\u3400" <= text[start - 1] <= "\u9fff":
        if (
            start in sure
            or text.endswith(LINES, 0, start)
            or _NUMBERED.search(text, max(0, start - _LONGEST_END), start)
        ):
            break
        start -= 1
    if end - start > _LONGEST_END:
        start = _behind_verb(text, end, words)
        if start == end:
            return None
    if begun := _BEGUN.match(text, start, end):
        start = begun.end()
    if text[start:end] in _SIDES and start in sure:
        return sure[start].start, end  # 东胜|东
    if text[end - 1] in _SIDES:
        return None  # 范围东至…
    if text[start:end] in GENERIC:
        return end, end  # 口岸至苏宏图铁路
    return (start, end) if is_end(text[start:end], words) else None


def _right(text: str, start: int, words: Words) -> tuple[int, int] | None:
    """Return the name that begins at `start` and ends before what says that it is a route."""
    for end in range(start + SHORTEST, start + _LONGEST_END + 1):
        if _ROUTE_ONLY.match(text, end):
            # 京沈高铁 is a line, not a place.
            is_line = end - start == SHORTEST and _LINE.match(text, end)
            return (start, end) if not is_line and is_end(text[start:end], words) else None
    return None


def by_end(text: str, names: Sequence[Match], words: Words) -> list[Match]:
    """Return what a route is said to begin or end at (起于甲，止于丙旗丁), and what it passes (途经甲、乙)."""
    ends = [end.end() for at in _POINTS(text) if (end := _ENDS.match(text, at))]
    may_pass = "经" in text or "途径" in text
    passed = [way.span(1) for at in _PASSED(text) if (way := _THROUGH.match(text, at))] if may_pass else []
    if not ends and not passed:
        return []
    starts = {name.start: name for name in names}
    taken = Spans(names)
    found: list[Match] = []
    for at in ends:
        while known := starts.get(at):
            at = known.end  # noqa: PLW2901  # behind the units that it lies in
        if (own := _OWN.match(text, at)) and not taken.overlap(*own.span(1)) and _is_place(own[1], words):
            found.append(name_at(text, *own.span(1)))
    for first, last in passed:
        found += _passed(text, first, last, starts, words, taken)
    return found


def _passed(text: str, first: int, last: int, starts: dict[int, Match], words: Words, taken: Spans) -> Iterator[Match]:
    """Yield the items of a list of places that a route passes, if one of them is known."""
    items: list[tuple[int, int]] = []
    known, at = False, first
    for mark in (*_ITEMS.finditer(text, first, last), None):
        end = mark.start() if mark else last
        start = at
        while name := starts.get(start):
            start, known = name.end, True
        past = end - 1 if text[end - 1] in _SIDES else end  # 窑子南
        own = text[start : past - 1] if text[past - 1] in _SETTLED else text[start:past]
        if start < past and not taken.overlap(start, past) and _is_place(own, words):
            items.append((start, past))
        at = mark.end() if mark else last
    if known or len(items) > 1:
        yield from (name_at(text, *item) for item in items)


def _is_place(own: str, words: Words) -> bool:
    """Say whether what stands where only places do is the name of one."""
    return is_end(own, words) and _BESIDE.search(own) is None


def _behind_verb(text: str, end: int, words: Words) -> int:
    """Return where what stands behind the last verb or preposition before `end` begins, `end` if there is none."""
    start = max(0, end - _LONGEST_END - _LOW)
    at = end
    for piece, tag in reversed(words.tag(text[start:end])):
        if len(piece) > 1 and tag[:1] in _VERBAL:
            return at if SHORTEST < end - at <= _LONGEST_END else end
        at -= len(piece)
    return end
