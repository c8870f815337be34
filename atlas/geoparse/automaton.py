"""The name automaton: every name of the gazetteer found in one pass, the longest that the words allow.

Aho-Corasick over code points (`ahocorasick_rs`) gives all occurrences; those that cut an ordinary word in two are
dropped (新发 in 创新发展, 内蒙古 in 境内蒙古族: atlas/geoparse/words.py); of the rest the leftmost-longest are kept, so
that 科尔沁右翼前旗 is never read as 科尔沁. Forms that only look like names compete too and swallow what they contain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation

from atlas.gazetteer import Gazetteer
from atlas.gazetteer.gazetteer import Name
from atlas.geoparse.words import WordBoundaries

# A name of so many characters or more hardly ever arises from the words around it.
LONG_NAME = 4


@dataclass(frozen=True)
class Match:
    """A name found at `text[start:end]`."""

    start: int
    end: int
    name: Name


class NameAutomaton:
    """All names of a gazetteer, ready to be matched."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Compile the names; the forms that are never names match too, but yield nothing."""
        names = gazetteer.names
        blocked = gazetteer.never
        self._patterns = sorted(names.keys() | blocked)
        self._names = [None if form in blocked else names[form] for form in self._patterns]
        self._automaton = AhoCorasick(self._patterns, implementation=Implementation.DFA)

    def __call__(self, text: str) -> Iterator[Match]:
        """Yield the matches in `text`, in order, without overlap."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if found:
            yield from self._longest(found, WordBoundaries(text))

    def inside(self, match: Match) -> Iterator[Match]:
        """Yield the names inside a longer one (呼和浩特 in 呼和浩特综合保税区), in order, without overlap."""
        surface = match.name.surface
        found = self._automaton.find_matches_as_indexes(surface, overlapping=True)
        shorter = [hit for hit in found if hit[2] - hit[1] < len(surface)]
        for inner in self._longest(shorter, WordBoundaries(surface)):
            yield Match(match.start + inner.start, match.start + inner.end, inner.name)

    def _longest(self, found: list[tuple[int, int, int]], words: WordBoundaries) -> Iterator[Match]:
        # The leftmost first, and of those that begin together the longest.
        found.sort(key=lambda hit: (hit[1], -hit[2]))
        reached = 0
        for index, start, end in found:
            if start < reached or (end - start < LONG_NAME and not words.allow(start, end)):
                continue
            reached = end
            name = self._names[index]
            if name is not None:
                yield Match(start, end, name)
