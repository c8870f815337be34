"""What the words around a name say about it: its kind, and whether it is a name at all.

Only rules of language are here: enumeration (A、B和C等口岸), a generic word after or before the list, routes (A至B),
a parent unit before a child. Nothing knows a particular document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from atlas.gazetteer.gazetteer import TYPE_WORDS
from atlas.geoparse.automaton import Match

# A generic word that follows a name, or the whole list that it stands in, and the place type it asks for.
GENERIC_WORDS: dict[str, str] = {word: kind for kind, words in TYPE_WORDS.items() for word in words} | {
    "山脉": "mountain",
    "平原": "plain",
    "流域": "river",
}
_GENERIC = "|".join(sorted(GENERIC_WORDS, key=len, reverse=True))

# 、 and conjunctions part the members of an enumeration; brackets may hold a gloss.
_GLOSS = r"(（[^）]{0,20}）)?"
_JOINT = re.compile(rf"{_GLOSS}(、|和|及|与|以及|或|[-—－]+)")
_UNKNOWN_ITEMS = re.compile(r"(、[^，。；、：\n]{1,8}){1,2}(、|和|及)")
LONGEST_JOINT = 26  # characters
_ROUTE_JOINT = re.compile(rf"{_GLOSS}(至|到|经|—|-)")
# Between a list and its generic word: 等, and a modifier that itself opens no new clause.
_AFTER = re.compile(rf"(等)?[^，。；、：\n至]{{0,6}}?({_GENERIC})")
_BEFORE = re.compile(r"(口岸)[^，。；、：\n]{0,4}：?$")
# What only follows the name of a place: 奈曼等64个旗县, 东胜地区, 林西境内.
_LOCATIVE = re.compile(
    r"(等)?(\d+个?|[一二三四五六七八九十]+个?|[^，。；、：\n]{0,8}?)"
    r"(旗县|盟市|旗区|市区|县区|地区|城市群|境内|一带|以东|以西|以南|以北|车站|火车站|枢纽)"
)
_LOCATIVE_REACH = 16


def runs(text: str, matches: Sequence[Match], *, loose: bool = False) -> list[list[int]]:
    """Return the enumerations in `matches` as lists of indexes; a lone name is a run of one.

    A `loose` run may hold an item or two that no name is known for (河套、南岸、某某等灌区).
    """
    found: list[list[int]] = []
    for index, match in enumerate(matches):
        if found:
            between = text[matches[found[-1][-1]].end : match.start]
            joined = _JOINT.fullmatch(between) or _ROUTE_JOINT.fullmatch(between)
            if len(between) < LONGEST_JOINT and (joined or (loose and _UNKNOWN_ITEMS.fullmatch(between))):
                found[-1].append(index)
                continue
        found.append([index])
    return found


def wanted_type(text: str, first: Match, last: Match) -> str | None:
    """Return the place type that a generic word beside the run `first … last` asks for.

    A word before the list (改扩建运输机场阿拉善左旗、…) is a heading over places; only of ports it says what they are.
    """
    if after := _AFTER.match(text, last.end):
        return GENERIC_WORDS[after.group(2)]
    if before := _BEFORE.search(text[max(0, first.start - 12) : first.start]):
        return GENERIC_WORDS[before.group(1)]
    return None


def is_supported(text: str, match: Match, *, sure_in_run: bool, parent_before: bool) -> bool:
    """Say whether an ambiguous form is used as a name.

    A sure name in its enumeration speaks for it, a parent unit right before it, a route from it, or a word that only
    follows places.
    """
    if (
        sure_in_run
        or parent_before
        or text[match.end : match.end + 1] == "至"
        or text[match.start - 1 : match.start] == "至"
    ):
        return True
    window = text[match.end : match.end + _LOCATIVE_REACH]
    return bool(_LOCATIVE.match(window))
