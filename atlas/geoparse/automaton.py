"""The name automaton: every name of the gazetteer found in one pass, the longest that the words allow.

Aho-Corasick over code points (`ahocorasick_rs`) gives the leftmost-longest names, so that 科尔沁右翼前旗 is never read
as 科尔沁. Short ones that cut an ordinary word in two are dropped (新发 in 创新发展, 内蒙古 in 境内蒙古族: see
atlas/geoparse/words.py); only there the names that the dropped one hid are looked for. Forms that only look like names
compete too and swallow what they contain.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from atlas.gazetteer import Gazetteer
from atlas.gazetteer.gazetteer import Name
from atlas.geoparse.forms import SYLLABLES
from atlas.geoparse.words import Words

# A name of so many characters or more hardly ever arises from the words around it.
LONG_NAME = 4
_RECURRING = 1  # names of the region that may hold a county's short form made of syllables
_FIRST, _LAST = "\u2e80", "\U000323af"  # what may be an ideograph


class Match(NamedTuple):
    """A name found at `text[start:end]`; `number` is that of the name in the automaton, -1 for a name by its form."""

    start: int
    end: int
    name: Name
    number: int = -1


_new = tuple.__new__  # a match without the call of its own constructor


class NameAutomaton:
    """All names of a gazetteer, ready to be matched."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Compile the names; the forms that are never names match too, but yield nothing."""
        blocked = gazetteer.never
        dictionary = Words(())
        counties = {
            form: name
            for form, name in gazetteer.county_forms.items()
            if dictionary.is_one_name(form) or dictionary.is_rare(form) or dictionary.is_proper(form)
        }
        # 乌兰, 巴彦 are parts of hundreds of names.
        sounds = {form for form in counties if SYLLABLES.issuperset(form)}
        known = "\n".join((*gazetteer.township_forms, *gazetteer.names)) if sounds else ""
        for form in sounds:
            if known.count(form) > _RECURRING:
                del counties[form]
        names = counties | gazetteer.township_forms | gazetteer.names
        self.patterns = sorted(names.keys() | blocked)
        self.names = [None if form in blocked else names[form] for form in self.patterns]
        # What is only part of a longer name among other syllables (昌图 in 巴彦昌图).
        self._sounds = frozenset(
            number for number, form in enumerate(self.patterns) if form in sounds & counties.keys()
        )
        self._longest_first = AhoCorasick(
            self.patterns, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
        )
        self._all = AhoCorasick(self.patterns, implementation=Implementation.DFA)
        self._reach = max((len(form) for form in self.patterns), default=0)
        self.words = Words(
            (
                name.surface
                for name in self.names
                if name is not None and not name.ambiguous and len(name.surface) < LONG_NAME
            ),
            (name.surface for name in self.names if name is not None and len(name.surface) > 1),
        )

    def __call__(self, text: str) -> list[Match]:
        """Return the matches in `text`, in order, without overlap."""
        found: list[Match] = []
        allow, names = self.words.allow, self.names
        redone = 0
        marked = f"\n{text}\n"  # so that each name has a character on either side
        for index, start, end in self._longest_first.find_matches_as_indexes(text):
            if start < redone:
                continue
            if (
                end - start < LONG_NAME
                # No word straddles an edge where marks stand on both sides.
                and (_FIRST <= marked[start] <= _LAST or _FIRST <= marked[end + 1] <= _LAST)
                and not allow(text, start, end)
            ):
                hidden, redone = self._again(text, start)
                found += hidden
                continue
            name = names[index]
            if name is not None and not (index in self._sounds and _is_part(marked, start, found)):
                found.append(_new(Match, (start, end, name, index)))
        return found

    def find(self, form: str) -> tuple[Name, int] | None:
        """Return the name of this form and its number, None if there is none."""
        at = bisect_left(self.patterns, form)
        name = self.names[at] if at < len(self.patterns) and self.patterns[at] == form else None
        return (name, at) if name is not None else None

    def everywhere(self, text: str) -> list[Match]:
        """Return all names in a short text, also those inside others and those that cut words."""
        hits = self._all.find_matches_as_indexes(text, overlapping=True)
        return [Match(start, end, name, index) for index, start, end in hits if (name := self.names[index]) is not None]

    def inside(self, name: Name) -> Iterator[Match]:
        """Yield the names inside a longer one (呼和浩特 in 呼和浩特综合保税区), in order, without overlap.

        Shorter forms of its own (准格尔东胜 of 准格尔东胜区域) do not count.
        """
        hits = self._all.find_matches_as_indexes(name.surface, overlapping=True)
        own = set(name.targets)
        shorter = [
            hit
            for hit in hits
            if hit[2] - hit[1] < len(name.surface)
            and ((inner := self.names[hit[0]]) is None or not own.intersection(inner.targets))
        ]
        yield from self._allowed(name.surface, shorter, 0)

    def _again(self, text: str, start: int) -> tuple[list[Match], int]:
        """Return the allowed names of the clause from a refused one on, and where the clause ends."""
        end = start
        last = min(len(text), start + 4 * self._reach)
        while end < last and "\u3400" <= text[end] <= "\u9fff":
            end += 1
        # A name may go on behind a bracket or quotation mark: it is left to the main pass unless it begins here.
        hits = self._all.find_matches_as_indexes(text[start : min(len(text), end + self._reach)], overlapping=True)
        hits = [(index, first + start, past + start) for index, first, past in hits if first + start < end]
        found = list(self._allowed(text, hits, start))
        return found, max(end, found[-1].end if found else end)

    def _allowed(self, text: str, hits: list[tuple[int, int, int]], reached: int) -> Iterator[Match]:
        # The leftmost first, and of those that begin together the longest.
        hits.sort(key=lambda hit: (hit[1], -hit[2]))
        for index, start, end in hits:
            if start < reached or (end - start < LONG_NAME and not self.words.allow(text, start, end)):
                continue
            reached = end
            name = self.names[index]
            if name is not None:
                yield Match(start, end, name, index)


def _is_part(marked: str, start: int, found: Sequence[Match]) -> bool:
    """Say whether two syllables that are no name stand before a form; `marked` has a character more before the text."""
    before = marked[max(0, start - 1) : start + 1]
    behind_name = bool(found) and found[-1].end == start
    return len(before) > 1 and not behind_name and SYLLABLES.issuperset(before)


def merge(first: Sequence[Match], second: Sequence[Match]) -> list[Match]:
    """Return the matches of both in order (`first` is); where two overlap, that of `second`."""
    taken = sorted(second, key=lambda match: match.start)
    merged: list[Match] = []
    at = 0
    for match in first:
        while at < len(taken) and taken[at].end <= match.start:
            merged.append(taken[at])
            at += 1
        if at < len(taken) and taken[at].start < match.end:
            continue
        merged.append(match)
    merged += taken[at:]
    return merged
