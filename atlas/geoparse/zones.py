"""Names of protected areas and resorts that hold more than a place and a generic word.

察哈尔火山地质公园, 岱海湖泊湿地自然保护区, 腾格里塔拉草原火山生态旅游区: between the name that is known and the kind
at the end stand words that describe what is protected or offered. All of it is the name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from atlas.geoparse.automaton import Match
from atlas.geoparse.listed import name_at
from atlas.geoparse.words import Words

# What parts an area from the place that it lies in, or says what many areas are.
_APART = re.compile("重点|周边|沿线|沿岸|两岸|流域|境内|地区|各类|等|东部|西部|南部|北部|中部|主要|全国|国家级$|内$")
_LONGEST = 8  # characters between
_DESCRIBING = frozenset("nabszqjx")  # first letters of the tags of nouns, adjectives and what has no tag
_ALSO = frozenset(("vn", "ns"))
_UNITS = frozenset("市旗盟县区省镇乡")


def zones(text: str, names: Sequence[Match], words: Words, areas: Sequence[tuple[int, int]]) -> Iterator[Match]:
    """Yield the whole names of areas; `names` are those known, `areas` their generic words in the text, in order."""
    starts = [name.start for name in names]
    for at, end in areas:
        index = bisect_left(starts, at) - 1
        while index >= 0 and names[index].end > at:
            index -= 1
        if index < 0:
            continue
        name = names[index]
        if not 0 < at - name.end <= _LONGEST or not _may_open(name) or not _describes(text[name.end : at], words):
            continue
        yield name_at(text, name.start, end)


def _may_open(name: Match) -> bool:
    """Say whether an area may be called after a name: not after a unit in full, which only holds it."""
    return name.name.surface[-1] not in _UNITS and not any(one.startswith("group/") for one in name.name.targets)


def _describes(between: str, words: Words) -> bool:
    if _APART.search(between) or not all("\u4e00" <= one <= "\u9fff" for one in between):
        return False
    return all(tag[:1] in _DESCRIBING or tag in _ALSO for _, tag in words.tag(between))
