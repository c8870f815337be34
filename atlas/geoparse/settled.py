"""What the next characters make of a name that was found: longer, shorter or none.

额尔古纳市 in 额尔古纳市区 is 额尔古纳, 山西 in 山西麓 is no name, 归绥市 and 燕山山脉 are longer than what a table has,
and the name of a reserve begins with the bare name before it (内蒙古|毕拉河国家级自然保护区).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from atlas.gazetteer.gazetteer import Name
from atlas.geoparse.automaton import Match, NameAutomaton
from atlas.geoparse.entries import COUNTRY
from atlas.geoparse.evidence import DIRECTIONS, SHORELINES, SLOPES
from atlas.geoparse.forms import RESERVES, SYLLABLES

REGION_CODE = "150000"
_SLOPE = re.compile(f"[东西南北]?[{''.join(sorted(SLOPES))}]")
_RESERVE = tuple(RESERVES)
_PREFECTURE = "地区"
_NORTHERNMOST = "黑龙江"  # the only province with a prefecture that is called after mountains
_RIDGE = re.compile("山?脉")
_UNIT_WORDS = frozenset("市旗盟县")
_NOT_UNIT = frozenset("县区市场民域级政内委长乡")
# Streets and buildings bear the names of units far away; 路段, 路网, 街头 and the like are no streets.
_STREET = re.compile(
    "[东西南北中]?(?:(?:路|大道)(?![段网桥政况边过线径由途灯面])|(?:大街|街)(?![头区坊上市道])|街道(?=办|[^\u4e00-\u9fff]|$))"
)
_BUILDINGS = ("花园", "大厦", "家园", "小区", "酒店", "宾馆", "饭店")
_NAMESAKES = frozenset("东西南北中路大街花家小酒宾饭")
_OWN_WORDS = frozenset("市旗县盟区省国道路街线")
_BOUNDS = frozenset("与邻接临靠连毗隔")
_CLOSING = {"”": "“", "’": "‘", "》": "《"}
_TURNING = frozenset("区") | _NAMESAKES | _UNIT_WORDS | _CLOSING.keys()  # behind a name that they may change
_NOT_DOWNTOWN = frozenset("县旗域划")


def settled(text: str, matches: Sequence[Match], automaton: NameAutomaton) -> list[Match]:
    """Return the matches without what the next characters undo: 额尔古纳市 in 额尔古纳市区, 山西 in 山西麓."""
    kept: list[Match] = []
    reached = -1
    northern = _NORTHERNMOST in text
    for match in matches:
        after = text[match.end : match.end + 1]
        surface = match.name.surface
        if after not in _TURNING and match.start != reached and _is_plain(surface):
            kept.append(match)  # most of them
            reached = match.end
            continue
        reached = match.end
        if surface in SHORELINES and (_SLOPE.match(text, match.end) or _is_bound(text, match, kept)):
            continue  # 阿烧哈山西麓, 蛮汗山东北坡, 苏木山东与…毗邻
        if kept and surface.endswith(_RESERVE) and _opens(kept[-1], match):
            kept[-1] = _as_read(text, kept[-1].start, match.end, match)
            continue
        touches = bool(kept) and kept[-1].end == match.start and kept[-1].name.surface != COUNTRY
        if touches and surface in DIRECTIONS:
            continue  # 张家口西北
        if surface[-1] == "山" and (ridge := _RIDGE.match(text, match.end)):
            kept.append(_as_read(text, match.start, ridge.end(), match))  # 阿尔泰山脉, 燕山山脉
            continue
        if (shorter := _shorter(text, match, automaton, northern=northern)) is not None:
            kept.append(shorter)
            continue
        if after in _NAMESAKES and surface[-1] not in _OWN_WORDS and _is_namesake(text, match):
            kept += _street(text, match, kept)
            continue
        is_longer = after in _UNIT_WORDS and text[match.end + 1 : match.end + 2] not in _NOT_UNIT
        if is_longer and _is_bare(match, after):
            kept.append(_as_read(text, match.start, match.end + 1, match))  # 归绥市
            continue
        if after in _CLOSING and _CLOSING[after] in text[match.start : match.end]:
            kept.append(_as_read(text, match.start, match.end + 1, match))  # 黄河“几字弯”
            continue
        kept.append(match)
    return kept


@cache
def _is_plain(surface: str) -> bool:
    """Say whether nothing about a name itself asks to look at what stands around it."""
    return surface[-1] != "山" and surface not in SHORELINES and not surface.endswith((*_RESERVE, _PREFECTURE))


def _shorter(text: str, match: Match, automaton: NameAutomaton, *, northern: bool) -> Match | None:
    """Return the shorter name that is meant: 额尔古纳|市区, and 大兴安岭|地区 where no text on its province has it."""
    surface = match.name.surface
    downtown = surface[-1] == "市" and text[match.end : match.end + 1] == "区"
    if downtown and text[match.end + 1 : match.end + 2] not in _NOT_DOWNTOWN:
        short = automaton.find(surface[:-1])
        if short is not None and match.end - match.start == len(surface):
            return Match(match.start, match.end - 1, *short)
    if surface.endswith(_PREFECTURE) and not northern:
        bare = automaton.find(surface.removesuffix(_PREFECTURE))
        if bare is not None and bare[0].targets[0].startswith("mountain/"):
            return Match(match.start, match.end - len(_PREFECTURE), *bare)
    return None


def _is_bound(text: str, match: Match, kept: Sequence[Match]) -> bool:
    """Say whether a mountain's or a river's name ends in the first character and the second begins its bounds."""
    before = text[match.start - 1 : match.start]
    inside = bool(kept) and kept[-1].end == match.start
    return text[match.end : match.end + 1] in _BOUNDS and before in SYLLABLES and not inside


def _is_namesake(text: str, match: Match) -> bool:
    """Say whether a street or a building bears the name."""
    named = _STREET.match(text, match.end) is not None or text.startswith(_BUILDINGS, match.end)
    return named and match.end - match.start == len(match.name.surface)


def _street(text: str, match: Match, kept: Sequence[Match]) -> list[Match]:
    """Return the street of that name, which no table has (青岛市鄂尔多斯路); none for a building (东胜花园).

    Where the beginning of its name is not known (昭|乌达路) there is none either.
    """
    street = _STREET.match(text, match.end)
    begins = text[match.start - 1 : match.start] not in SYLLABLES or (bool(kept) and kept[-1].end == match.start)
    if street is None or not begins:
        return []
    return [Match(match.start, street.end(), Name(match.name.surface + street[0], (), ambiguous=False))]


def _as_read(text: str, start: int, end: int, match: Match) -> Match:
    """Return a match with another span and, if nothing displaced stands in it, with the form that the text has."""
    whole = match.end - match.start == len(match.name.surface)
    name = replace(match.name, surface=text[start:end]) if whole else match.name
    return Match(start, end, name, match.number)


def _opens(first: Match, match: Match) -> bool:
    """Say whether the bare name of the region or a city opens the official name of a reserve."""
    if not first.name.targets:
        return False
    return first.end == match.start and first.name.targets[0].isdigit() and first.name.surface[-1] not in "市旗县盟区省"


def _is_bare(match: Match, after: str) -> bool:
    """Say whether a name of a unit or a foreign town stands without its generic word, which comes `after`."""
    first = match.name.targets[0]
    return (
        first != REGION_CODE
        and match.name.surface[-1] not in "市旗县盟区"
        and (first.startswith(("foreign-place/", "old-name/", "15")) or (after == "县" and first.isdigit()))
        and match.end - match.start == len(match.name.surface)
    )
