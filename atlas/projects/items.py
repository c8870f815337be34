"""Enumerations of plan language taken apart: 浑善达克、呼伦贝尔沙地治理 names two things, each with the shared end.

The rules: 、 parts items; 和, 及, 与 part them where what stands before is a name of its own; 等 closes a list and what
follows it holds for all; an item that is only a place takes the end of the item that closes the list.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from atlas.gazetteer.gazetteer import TYPE_WORDS
from atlas.projects.clauses import Span, split
from atlas.projects.kinds import (
    CLASS_ADJECTIVE,
    FACILITY,
    MEASURE,
    OTHER_END,
    PROGRAMME,
    ROUTE_KIND,
    STAGE,
    STRETCH_OF_LINE,
)

# How many characters at the start of a span are the name of a place (0: it does not begin with one).
PlaceAt = Callable[[Span], int]

_CLOSED = re.compile(r"等(?!级|地区)(?=\S)")
_AND = re.compile(r"和|以及|及|与")
_STOPS = re.compile(r"至")
_BRACKET = re.compile(r"（[^）]*）")
_PREFIX = re.compile(r"^(?:国家级|自治区级|世界级|国家|新建|改扩建)")
_ADJECTIVE = re.compile(r"[型级]$")
_PRODUCT_END = re.compile(
    r"(?:文化公园|遗址公园|产业基地|生产基地|制造基地|产业带|产业集群|产业园区?|基地|中心|示范区|平台|工程|馆)$"
)
_TYPE_WORD = re.compile("(?:机场口岸|" + "|".join(word for words in TYPE_WORDS.values() for word in words) + ")$")
# What a place may carry and still be only a place: 准格尔-东胜, 赤峰市北部.
_PLACE_MORE = re.compile(r"(?:(?:[-—–]\w{2,6})+|[东西南北中]部|[东西南北]线|流域|全域|全境|地区)?$")
# Class words that close a list of things with names of their own (…国际会展中心等展馆).
_CLASS_WORD = re.compile(r"^\w{0,6}(?:展馆|场馆|设施|项目|载体|枢纽|园区|活动|展会|(?:活动|会展)品牌)$")
_TOWARDS = re.compile(r"面向|通向|针对|连接")  # opens a name that holds a list: 通向蒙古国、俄罗斯、欧洲国际光缆
_JOINED = re.compile("和|与")
_LAKE_NAME = ("湖", "海", "泊", "淖", "淖尔", "诺尔")
_CLOSES = (FACILITY, MEASURE, PROGRAMME)
_SHORT = 4
_QUOTED = re.compile(r"“[^”]+”")
_OF_BOTH = re.compile(r"(?:一体化|联网|互联互通)(?:工程)?$")  # what joins two places is one undertaking
_GENERIC_END = re.compile(r"^(?:\w{0,4}(?:工程|项目|设施))$")


class Item(NamedTuple):
    """One member of an enumeration: where it stands, and its name with what it shares put to it."""

    start: int
    end: int
    name: str


def items(phrase: Span, place_at: PlaceAt) -> list[Item]:
    """Return the things that the object of a verb names."""
    if _TOWARDS.match(phrase.text):
        return [Item(phrase.start, phrase.end, phrase.text)]
    found: list[Item] = []
    for group in _groups(phrase, place_at):
        found.extend(_of_group(group, place_at))
    return found


def is_headed(text: str) -> bool:
    """Say whether a text ends in a word that closes the name of an undertaking."""
    whole = _BRACKET.sub("", text)
    return any(closes.search(plain) for plain in (whole, STAGE.sub("", whole)) for closes in _CLOSES)


def _groups(phrase: Span, place_at: PlaceAt) -> list[Span]:
    """Cut at conjunctions that follow a whole name (…国家文化公园和大窑、…) and not inside one (河道和滩区治理)."""
    begin = 0
    cuts: list[tuple[int, int]] = []
    for found in _AND.finditer(phrase.text):
        part = phrase.cut(begin, found.start())
        left, right = part.text, phrase.text[found.end() :]
        depth = left.count("（") - left.count("）") + left.count("“") - left.count("”")
        whole = FACILITY.search(left) or PROGRAMME.search(left) or (MEASURE.search(left) and place_at(part))
        whole = whole or re.search(r"(?:城市|目的地)$|等\w{0,4}(?:流域|湿地|湖泊)$", left)
        if depth == 0 and whole and len(right) >= 4 and (is_headed(_trim(right)) or _QUOTED.fullmatch(right)):
            cuts.append((found.start(), found.end()))
            begin = found.end()
    parts: list[Span] = []
    begin = 0
    for start, end in [*cuts, (len(phrase.text), len(phrase.text))]:
        parts.append(phrase.cut(begin, start))
        begin = end
    return [part for part in parts if part.text]


def _trim(text: str) -> str:
    return re.sub(r"(?:等|建设|工程建设)$", "", text)


def _of_group(group: Span, place_at: PlaceAt) -> list[Item]:
    closed = _closing(group)
    if closed:
        left, end = closed
        members = _members(left, place_at)
        return _with_class(members, end, group, place_at)
    return _shared(_members(group, place_at), place_at)


def _closing(group: Span) -> tuple[Span, str] | None:
    """Return the list before 等 and the class word behind it; None where no list is closed."""
    for found in reversed(list(_CLOSED.finditer(group.text))):
        head = group.text[found.end() :]
        opened = group.text[: found.start()].count("（") != group.text[: found.start()].count("）")
        if opened or not (is_headed(head) or _CLASS_WORD.match(head)) or "、" in _BRACKET.sub("", head):
            continue
        return group.cut(0, found.start()), head
    if group.text.endswith("等"):
        return group.cut(0, -1), ""
    return None


def _members(span: Span, place_at: PlaceAt) -> list[Span]:
    parts: list[Span] = []
    for part in split(span, "、"):
        for course in _courses_joined(part):
            parts.extend(_places_joined(course, place_at))
    return parts


def _courses_joined(part: Span) -> list[Span]:
    """Cut 甲至乙段和丙至丁 between the courses, not inside one (甲和乙至丙)."""
    for found in _AND.finditer(part.text):
        left, right = part.cut(0, found.start()), part.cut(found.end())
        if _STOPS.search(left.text) and _STOPS.search(right.text):
            return [left, *_courses_joined(right)]
    return [part]


def _places_joined(part: Span, place_at: PlaceAt) -> list[Span]:
    """Cut 锡林郭勒和呼伦贝尔高产优质饲草基地 between the places."""
    length = place_at(part)
    if length and not _OF_BOTH.search(part.text) and (found := _JOINED.match(part.text, length)):
        rest = part.cut(found.end())
        if place_at(rest):
            return [part.cut(0, length), *_places_joined(rest, place_at)]
    return [part]


def _with_class(members: list[Span], head: str, group: Span, place_at: PlaceAt) -> list[Item]:
    head = CLASS_ADJECTIVE.sub("", head)
    head = re.sub(r"进行(?=除险|治理|改造)", "", head)
    lone = len(members) == 1
    first_stop = _STOPS.split(members[0].text)[0] if members else ""
    found: list[Item] = []
    for member in members:
        text = member.text
        if _STOPS.match(text):
            text = first_stop + text
        if not head:
            name = text
        elif lone and not _is_bare(member, text, place_at):
            name = _joined(text, head)
        elif FACILITY.search(text) or PROGRAMME.search(text) or _CLASS_WORD.match(head) or STRETCH_OF_LINE.match(text):
            name = text  # 东台子水库 in 引绰济辽、东台子水库等重点水利工程
        elif _GENERIC_END.match(head):
            name = text + ("工程" if head.endswith("工程") else "")
        else:
            name = _joined(text, head)
        found.append(Item(member.start, group.end if lone else member.end, name))
    return found


def _joined(text: str, head: str) -> str:
    """Put the shared end to an item, without saying the same thing twice (…沙漠 + 沙漠治理, 岱海 + 湖泊治理)."""
    if text.endswith(_LAKE_NAME):
        head = head.removeprefix("湖泊")
    for length in range(min(len(text), len(head)), 1, -1):
        if text.endswith(head[:length]):
            return text + head[length:]
    return text + head


def _is_bare(member: Span, text: str, place_at: PlaceAt) -> bool:
    plain = _BRACKET.sub("", text)
    if _STOPS.search(plain) and not ROUTE_KIND.search(plain):
        return True
    length = place_at(member)
    return length > 0 and not is_headed(member.text) and bool(_PLACE_MORE.match(_BRACKET.sub("", member.text[length:])))


def _shared(members: list[Span], place_at: PlaceAt) -> list[Item]:
    """Give every item that is only a place, or only a product, the end of the next whole one."""
    found: list[Item] = []
    tail = ""
    first_stop = _STOPS.split(members[0].text)[0] if members else ""
    for member in reversed(members):
        text = member.text
        if _STOPS.match(text):
            text = first_stop + text
        if STRETCH_OF_LINE.match(text):
            found.append(Item(member.start, member.end, text))
            continue
        if _is_bare(member, text, place_at):
            found.append(Item(member.start, member.end, _joined(text, tail) if tail else text))
            continue
        if tail and not is_headed(text) and text.endswith("”") and "”" in tail:
            # 西部电网“四横”、东部电网“八横”主干网架: what stands behind the last quotation is said of all.
            found.append(Item(member.start, member.end, text + tail.rsplit("”", 1)[1]))
            continue
        if tail and not is_headed(text) and (end := _end_for(text, tail, found[-1].name)):
            found.append(Item(member.start, member.end, text + end))
            if length := place_at(member):
                tail = member.text[length:] + end
            continue
        tail = _tail(member, text, place_at)
        found.append(Item(member.start, member.end, text))
    found.reverse()
    prefix = _PREFIX.match(found[0].name) if len(found) > 1 else None
    if prefix and not is_headed(members[0].text):
        found = [
            one if _PREFIX.match(one.name) or place_at(member) else one._replace(name=prefix.group() + one.name)
            for one, member in zip(found, members, strict=True)
        ]
    return found


def _end_for(text: str, tail: str, following: str) -> str:
    """Return the end that an item without a place takes from the whole one after it; empty if it takes none."""
    plain = _BRACKET.sub("", text)
    if (adjective := _ADJECTIVE.search(plain)) and adjective.group() in following:
        return following.split(adjective.group(), 1)[1]  # 呼和浩特市国家级、通辽市自治区级城市体检试点
    end = _PRODUCT_END.search(tail)
    if end is None or OTHER_END.search(text):
        return ""
    return tail if len(plain) <= _SHORT and len(tail) <= 2 * len(end.group()) else end.group()


def _tail(member: Span, text: str, place_at: PlaceAt) -> str:
    """Return what an item says beside its place or its stops: the end that it shares with the items before it."""
    if _STOPS.search(_BRACKET.sub("", text)) and (kind := ROUTE_KIND.search(text)):
        return kind.group()
    length = place_at(member)
    if length:
        while member.text[length : length + 1] in ("-", "—", "–") and (more := place_at(member.cut(length + 1))):
            length += 1 + more
        word = _TYPE_WORD.search(member.text[:length])
        return (word.group() if word else "") + CLASS_ADJECTIVE.sub("", member.text[length:])
    end = _PRODUCT_END.search(text)
    return end.group() if end else ""
