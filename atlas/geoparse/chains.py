"""Names that no table has in chains and right behind units.

阿尔山—乌苏浪子湖—三潭峡—石塘林: the stages of a journey, joined by dashes, are places if some of them are known to be.
牙克石市博克图，: what stands between a unit and a mark is a place if it is made of syllables only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from atlas.geoparse.automaton import Match
from atlas.geoparse.forms import SYLLABLES
from atlas.geoparse.listed import Positions, is_clean, name_at
from atlas.geoparse.words import Words

_CHAIN = re.compile(r"[\u4e00-\u9fff]{2,7}(?:[—－]+[\u4e00-\u9fff]{2,7}){2,}")
_STAGE = re.compile(r"[\u4e00-\u9fff]+")
_DASHES = Positions("—", "－")
_MARKS = frozenset("，。；、,;.\n")
_UNITS = frozenset("旗市县区")
_SHORTEST = 3  # syllables behind a unit
_LONGEST = 6
_LONGEST_STAGE = 7
_VERBAL = frozenset("vdpcur")


def by_dash(text: str, names: Sequence[Match], words: Words) -> Iterator[Match]:
    """Yield the stages of a journey that no table has; `names` are those known, in order."""
    chains = list(_chains(text))
    if not chains:
        return
    spans = {(name.start, name.end) for name in names}
    ends, starts = {name.end for name in names}, {name.start for name in names}
    for chain in chains:
        stages = [(chain.start() + stage.start(), chain.start() + stage.end()) for stage in _STAGE.finditer(chain[0])]
        known = sum(start in starts or end in ends for start, end in stages)
        if known < 2 or 3 * known < len(stages):
            continue
        for start, end in stages[:-1]:
            own = text[start:end]
            if (start, end) not in spans and start not in starts and end not in ends and _is_name(own, words):
                yield name_at(text, start, end)


def _chains(text: str) -> Iterator[re.Match[str]]:
    """Yield what dashes join, three stages and more; looked for from the dashes, of which there are few."""
    dashes = _DASHES(text)
    reached = 0
    for at, following in pairwise(dashes):
        if at < reached or not 1 <= following - at <= _LONGEST_STAGE + 1:
            continue
        start = at
        while start > reached and at - start < _LONGEST_STAGE and "\u4e00" <= text[start - 1] <= "\u9fff":
            start -= 1
        if chain := _CHAIN.match(text, start):
            yield chain
            reached = chain.end()


def behind_unit(text: str, names: Sequence[Match]) -> Iterator[Match]:
    """Yield the syllables that stand between the full name of a unit and a mark."""
    starts = {name.start for name in names}
    for name in names:
        if name.name.surface[-1] not in _UNITS or not name.name.targets:
            continue
        end = name.end
        while end - name.end <= _LONGEST and text[end : end + 1] in SYLLABLES and end not in starts:
            end += 1
        if _SHORTEST <= end - name.end <= _LONGEST and text[end : end + 1] in _MARKS and text[name.end] not in "和":
            yield name_at(text, name.end, end)


def _is_name(own: str, words: Words) -> bool:
    return is_clean(own) and not any(len(piece) > 1 and tag[:1] in _VERBAL for piece, tag in words.tag(own))
