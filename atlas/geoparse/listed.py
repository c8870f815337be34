"""Names that no table has in lists and routes: what stands between names, before a sum, or at the end of a line.

正蓝旗、阿都呼都格、锡林浩特; 甲站、乙、丙等5座车站; 国道335线黄家滩至百灵庙段公路. Their place in the sentence says
that they are names, so that ordinary words may be in them; verbs and words that only describe may not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from atlas.gazetteer.gazetteer import Name
from atlas.geoparse.automaton import Match
from atlas.geoparse.forms import GENERIC, HARD, NOT_NAMES, SOFT, SYLLABLES
from atlas.geoparse.words import Words

SHORTEST = 2  # characters
ITEM_MARKS = frozenset("、—－-")
_ITEM_ENDS = ITEM_MARKS | {"等"}
_AND = frozenset("和")
_BEGINNING = frozenset("与同邻接至到从由经为和及在辖设为")
_SYLLABLE = SYLLABLES - _AND
LINES = ("铁路", "公路", "高速", "线")  # what stations stand on
_LOW = 4  # characters
_UNIT_END = frozenset("省市盟旗县区镇乡")
_POSITIONS = frozenset("前后上下中临好")  # 前窑子水库
_ITEMS = re.compile(r"(?:、|和|及|与|以及|至|到|—|－|-)")
_LONGEST_ITEMS = 80  # characters between two known names of a list
_ITEM = re.compile(r"[\u4e00-\u9fff]{2,7}")
_NUMERALS = frozenset("0123456789一二三四五六七八九十")
_SUM = re.compile(r"[个座条处家][^，。；、]{0,4}?(?:站|煤矿|水库|河流|支流|苏木|乡|镇|村|嘎查|社区|街道|林场)")
# The same without a number: 佛寺、大板等乡. What its items are is not said, so that no ordinary word may be one.
_KINDS = re.compile(
    r"等(?:[\d一二三四五六七八九十]{0,3}|大型|中型|大中型|重点)(?=乡|镇|苏木|嘎查|村(?!民)|街道|社区|地(?=[，。、；,;的]|区|流)|旗(?!帜)|湖泊|河流|水库|煤矿|煤田|矿区|公路|油路|砂石路|水泥路)"
)
# Sights: among them ordinary words are names too, if one is known (辉腾锡勒草原、黄花沟、月亮湖等景点).
_SIGHTS = re.compile("等[^，。；、\n]{0,6}?(?:景[点区观]|名胜|遗迹|古迹)")
_GLOSS = re.compile(r"[(（](?:又称|又名|亦称|也称|原名|旧称|旧名|古称|古名|俗称|别名|今)([\u4e00-\u9fff]{2,7})[)）]")
_OLD_BANNER = re.compile(r"(?:[左右]翼)?[前后中左右]?$")
_BANNERED = SYLLABLES | frozenset("前后中左右翼")
_NUMBER = re.compile(r"[等和及]?(?:\d+|[一二三四五六七八九十]+)$")
_LONGEST_NUMBER = 5
_LONGEST_ITEM = 8
_LONGEST_BANNER = 7
_LAST_ITEM = re.compile(r"、([\u4e00-\u9fff]{2,7})$")
# What a list begins behind where its first item is no name that a table has (现辖甲、乙、丙三个嘎查).
_FIRST_ITEM = re.compile(r"(?:[现下]?辖|现有|分布[在于]|包括|共?设有?|增[开设]|开放|途经|新建)([\u4e00-\u9fff]{2,6})$")
_SIDE_OF = re.compile("以[东西南北]")
_LAST = re.compile(r"、([\u4e00-\u9fff]{2,5})(?=[，。；：,;.]|$)")
_PLAIN = SOFT | frozenset("一二三四五六七八九十大小老新多少人事物年月日时分种类等两几")
_VERBAL = frozenset("vdpcurm")
_LONGEST_END = 6  # characters of a route's end


class Spans:
    """Stretches of a text that do not overlap, to ask what lies where."""

    def __init__(self, matches: Sequence[Match]) -> None:
        """Take matches in order."""
        self._starts = [match.start for match in matches]
        self._ends = [match.end for match in matches]

    def overlap(self, start: int, end: int) -> bool:
        """Say whether one of them shares a character with `start` to `end`."""
        last = bisect_left(self._starts, end) - 1
        return last >= 0 and self._ends[last] > start

    def reach_out(self, start: int, end: int) -> bool:
        """Say whether one of them crosses an edge of `start` to `end`."""
        first = bisect_left(self._starts, start) - 1
        last = bisect_left(self._starts, end) - 1
        return (first >= 0 and self._ends[first] > start) or (last >= 0 and self._ends[last] > end)


class Positions:
    """Finds where any of some words begins, in order; quicker than a pattern, which looks at each character.

    One character is looked for: two or more take ten times as long.
    """

    def __init__(self, *words: str) -> None:
        """Take the words."""
        self._firsts = [(first, _longer(first, words)) for first in sorted({word[0] for word in words})]

    def __call__(self, text: str) -> list[int]:
        """Return the offsets at which one of the words begins."""
        found: list[int] = []
        for first, alike in self._firsts:
            at = text.find(first)
            while at >= 0:
                if not alike or text.startswith(alike, at):
                    found.append(at)
                at = text.find(first, at + 1)
        if len(found) > 1 and len(self._firsts) > 1:
            found.sort()
        return found


def _longer(first: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return the words that begin with a character, none if it is one of the words itself."""
    return () if first in words else tuple(word for word in words if word[0] == first)


_MEASURES = Positions("个", "座", "条", "处", "家")
_BRACKETS = Positions("（", "(")


def listed(text: str, names: Sequence[Match], words: Words) -> list[Match]:
    """Return the names that stand in lists with `names`, which are in order."""
    known = {(name.start, name.end) for name in names if name.name.targets}
    found = (
        *_by_list(text, names, words),
        *_by_sum(text, names, words),
        *_at_end(text, names, words),
        *_at_begin(text, names, words),
        *_by_side(text, names, words),
        *_by_kind(text, names, words),
    )
    return [name for name in found if (name.start, name.end) not in known]


def _by_list(text: str, names: Sequence[Match], words: Words) -> Iterator[Match]:
    """Yield the items of syllables that stand between two names of a list."""
    wholes = [*names]
    ended = text + "\n"
    for at, name in enumerate(names):
        after = ended[name.end]
        # Most names stand as they are: no syllable behind them, or a mark behind and no syllable before.
        if after in _SYLLABLE or (after in _ITEM_ENDS and ended[name.start - 1] in SYLLABLES):
            last = names[at + 1].start if at + 1 < len(names) else len(text)
            wholes[at] = whole = _whole(text, name, last)
            if not whole.name.targets:
                yield whole
        elif not name.name.targets:
            yield name
    for left, right in pairwise(wholes):
        if not 4 <= right.start - left.end <= _LONGEST_ITEMS or (joint := _ITEMS.match(text, left.end)) is None:
            continue
        between = text[left.end : right.start]
        if not _ITEMS.search(between[-2:]) or any(mark in between for mark in "，。；：\n"):
            continue
        at = joint.end()
        items: list[re.Match[str]] = []
        for item in _ITEM.finditer(text, at, right.start):
            if text[at : item.start()].strip("、—－-至到"):
                items = []
                break
            at = item.end()
            items.append(item)
        syllabic = [item for item in items if _is_syllabic(item[0], words)]
        if 3 * len(syllabic) > 2 * len(items) or (items and len(syllabic) == len(items)):
            yield from (name_at(text, *item.span()) for item in syllabic)


def _at_end(text: str, names: Sequence[Match], words: Words) -> Iterator[Match]:
    """Yield the last item of a list of two names and more, if it is made of syllables (乌兰浩特、归流河、索伦，)."""
    for before, name in pairwise(names):
        if name.start == before.end + 1 and text[before.end] == "、" and (last := _LAST.match(text, name.end)):
            item = last[1]
            if SYLLABLES.issuperset(item) and _is_syllabic(item, words):
                yield name_at(text, *last.span(1))


def _at_begin(text: str, names: Sequence[Match], words: Words) -> Iterator[Match]:
    """Yield the first items of a list if they are made of syllables (与哈拉哈达、哈达英格、白音敖包乡毗邻)."""
    ends = {name.end for name in names}
    for name in names:
        end = name.start - 1
        while end > 0 and text[end] == "、" and end not in ends:
            start = end
            while start and end - start < _LONGEST_ITEM and text[start - 1] in SYLLABLES:
                start -= 1
            start += start < end and text[start] in _AND
            before = text[start - 1] if start else "。"
            opens = before in _BEGINNING or not "\u4e00" <= before <= "\u9fff"
            if end - start <= SHORTEST or not opens or not _is_syllabic(text[start:end], words):
                break
            yield name_at(text, start, end)
            end = start - 1


def _by_side(text: str, names: Sequence[Match], words: Words) -> Iterator[Match]:
    """Yield what stands between a unit and a side (蔡木山乡|赵家营子|以西)."""
    sides = list(_SIDE_OF.finditer(text)) if "以" in text else []
    if not sides:
        return
    starts = {name.end: name for name in names if name.name.surface[-1] in _UNIT_END or not name.name.targets}
    for side in sides:
        for start in range(side.start() - SHORTEST, max(-1, side.start() - _LONGEST_END - 1), -1):
            if start in starts and is_end(text[start : side.start()], words):
                yield name_at(text, start, side.start())


def _by_kind(text: str, names: Sequence[Match], words: Words) -> Iterator[Match]:
    """Yield the items behind a name in a list that a generic word closes (佛寺、哈达户稍、红帽子等乡)."""
    totals = [total.start() for total in _KINDS.finditer(text)] if "等" in text else []
    sights = {total.start() for total in _SIGHTS.finditer(text)} if totals or "景" in text or "迹" in text else set()
    if not totals and not sights:
        return
    ends = {name.end for name in names}
    for total in sorted({*totals, *sights}):
        end = total
        items: list[tuple[int, int]] = []
        while end not in ends and (item := _LAST_ITEM.search(text, max(0, end - _LONGEST_ITEM), end)):
            items.append(item.span(1))
            end = item.start()
        if end not in ends:
            continue
        for start, past in items:
            own = text[start:past]
            if is_end(own, words) if total in sights else _is_strange(own, words):
                yield name_at(text, start, past)


def by_gloss(text: str, names: Sequence[Match], words: Words) -> Iterator[Match]:
    """Yield the other name that a bracket behind a name tells: 新安镇（又称扒子补隆）."""
    glosses = [gloss for at in _BRACKETS(text) if (gloss := _GLOSS.match(text, at))]
    ends = {name.end for name in names} if glosses else set()
    for gloss in glosses:
        if gloss.start() in ends and is_end(gloss[1], words):
            yield name_at(text, *gloss.span(1))


def old_banners(text: str, names: Sequence[Match]) -> Iterator[Match]:
    """Yield banners that no table has, made of syllables (阿拉善厄鲁特旗, 郭尔罗斯前旗)."""
    known: set[int] | None = None
    at = text.find("旗")
    while at >= 0:
        if at and text[at - 1] in _BANNERED and (side := _OLD_BANNER.search(text, max(0, at - 3), at)):
            start = side.start()
            while start and side.start() - start < _LONGEST_BANNER and text[start - 1] in SYLLABLES:
                start -= 1
            start += text[start] in "和及与"
            if side.start() - start > SHORTEST:
                known = {name.end for name in names} if known is None else known
                if at + 1 not in known and not Spans(names).reach_out(start, at + 1):
                    yield name_at(text, start, at + 1)
        at = text.find("旗", at + 1)


def _by_sum(text: str, names: Sequence[Match], words: Words) -> Iterator[Match]:
    """Yield the items of a list that a generic word with a number sums up (甲站、乙、丙等5座车站)."""
    totals = [at for at in _MEASURES(text) if at and text[at - 1] in _NUMERALS and _SUM.match(text, at)]
    if not totals:
        return
    starts, ends = {name.start for name in names}, {name.end for name in names}
    for at in totals:
        number = _NUMBER.search(text, max(0, at - _LONGEST_NUMBER), at)
        end = number.start() if number else at
        items: list[tuple[int, int]] = []
        while item := _LAST_ITEM.search(text, max(0, end - _LONGEST_ITEM), end):
            items.append(item.span(1))
            end = item.start()
        first = _FIRST_ITEM.search(text, max(0, end - _LONGEST_END - 4), end) if items and end not in ends else None
        if first and is_end(first[1], words):
            items.append(first.span(1))
        for start, past in items if end in ends or first else ():
            if start in starts or is_clean(text[start:past]):
                yield name_at(text, start, past)


def _is_strange(own: str, words: Words) -> bool:
    """Say whether words may be a name because the dictionary has no ordinary word in them but at the end (红帽子)."""
    if not is_clean(own):
        return False
    pieces = words.tag(own)
    return len(pieces) > 1 and not any(len(piece) > 1 and tag[:1] in _VERBAL for piece, tag in pieces)


def is_end(own: str, words: Words) -> bool:
    """Say whether words may be the end of a route: a name, with no verb or particle among them."""
    if not is_clean(own) or not _ITEM.fullmatch(own) or own in GENERIC:
        return False
    return not any(len(piece) > 1 and tag[:1] in _VERBAL for piece, tag in words.tag(own))


def _whole(text: str, match: Match, last: int) -> Match:
    """Return the item of a list that a short name is only a part of (白音库伦, 伊和乌力吉图 between 、 and 、)."""
    if match.name.surface[-1] in _UNIT_END or not match.name.targets:
        return match
    end = match.end
    while end < last and end - match.end < _LOW and text[end] in _SYLLABLE:
        end += 1
    if text[end : end + 1] not in _ITEM_ENDS or (end > match.end and text[match.start - 1] not in ITEM_MARKS):
        end = match.end
        if text[end : end + 1] not in ITEM_MARKS:
            return match
    start = whole_start(text, match)
    return match if (start, end) == (match.start, match.end) else name_at(text, start, end)


def whole_start(text: str, match: Match) -> int:
    """Return where the syllables before a name begin if they begin an item of a list, else where the name does."""
    start = match.start
    while start and match.start - start < _LOW and text[start - 1] in SYLLABLES:
        start -= 1
    is_item = match.start - start >= SHORTEST and start and text[start - 1] in ITEM_MARKS
    return start if is_item else match.start


def _is_syllabic(item: str, words: Words) -> bool:
    if HARD.intersection(item) or NOT_NAMES.search(item) or item[0] in SOFT:
        return False
    pieces = words.tag(item)
    if not all(len(piece) == 1 or words.is_name_tag(tag) or SYLLABLES.issuperset(piece) for piece, tag in pieces):
        return False
    # 白音华: no word of the dictionary at all, so hardly anything but a name where only names stand.
    strange = len(item) > SHORTEST and len(pieces) == len(item) and not _PLAIN.intersection(item)
    return strange or 2 * sum(character in SYLLABLES for character in item) >= len(item)


def is_clean(own: str, *, after_unit: bool = False) -> bool:
    """Say whether a part that holds ordinary words may be a name where its place says so."""
    positional = after_unit and own[:1] in _POSITIONS and len(own) > SHORTEST
    return (
        SHORTEST <= len(own) <= 6
        and not any(one in HARD and not _sounds(own, at) for at, one in enumerate(own))
        and not NOT_NAMES.search(own)
        and (
            own[0] not in SOFT
            or own.startswith("和平")
            or positional
            or (len(own) > _LOW - 1 and SYLLABLES.issuperset(own[1:]))
        )
    )


def _sounds(own: str, at: int) -> bool:
    """Say whether a character that is also a particle is a syllable of a name (阿门其日格, 公其日嘎)."""
    return at > 0 and own[at] in SYLLABLES and own[at + 1 : at + 2] in SYLLABLES and len(own) > SHORTEST


def name_at(text: str, start: int, end: int) -> Match:
    """Return the match of a name that no table has."""
    return Match(start, end, Name(text[start:end], (), ambiguous=False))
