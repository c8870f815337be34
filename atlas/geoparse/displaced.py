"""Names that something displaced has cut in two: 河套”灌区, 鄂S26S28尔多斯, 呼“”伦贝尔.

Text pulled out of a PDF may carry digits, Latin letters and quotation marks of a line in the middle of a name. Where
such a run stands between two ideographs that stand side by side in some name, both sides are read as if it were not
there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from atlas.geoparse.automaton import LONG_NAME, Match, NameAutomaton

_GAP = re.compile("[^\u3000-\uffff]+")
_HALF = np.uint64(32)
_FIRST_WIDE = 0x3000  # ideographs and their punctuation begin here
LONG_TEXT = 300  # characters: from here on arrays are quicker than a pattern
_RUN = re.compile(r"[0-9A-Za-z%.“”‘’\"+\-—–/]+")
LONGEST_RUN = 48  # characters
_OPENING = {"”": "“", "’": "‘"}
_QUOTES = frozenset('“”‘’"')
REACH = 16  # characters on either side
CLEAR_RUN = 3  # characters: a shorter one without quotation marks may be a figure of the sentence (赤峰2市)


class Bridges:
    """Finds the names of an automaton across displaced runs."""

    def __init__(self, automaton: NameAutomaton, composed: frozenset[int]) -> None:
        """Note which ideographs stand side by side in a name.

        Args:
            automaton: the names.
            composed: indexes of names that are not looked for, since they only stand for the names inside them.
        """
        self._automaton = automaton
        self._composed = composed
        self._pairs = frozenset(
            form[at : at + 2]
            for form, name in zip(automaton.patterns, automaton.names, strict=True)
            if name
            for at in range(len(form) - 1)
        )
        self._seams = np.array([ord(pair[0]) << 32 | ord(pair[1]) for pair in sorted(self._pairs)], dtype=np.uint64)

    def __call__(self, text: str, matches: Sequence[Match]) -> list[Match]:
        """Return the names that a run cuts, in order; `matches` are those found without them."""
        found: list[Match] = []
        runs = self._long(text) if len(text) > LONG_TEXT else (gap.span() for gap in _GAP.finditer(text))
        whole: set[int] | None = None
        for start, end in runs:
            if not start or text[start - 1] + text[end : end + 1] not in self._pairs or end - start > LONGEST_RUN:
                continue
            if not _RUN.fullmatch(text, start, end) or (found and start <= found[-1].end):
                continue
            if whole is None:
                whole = {match.end for match in matches if not match.name.ambiguous}
            if start in whole and end - start < CLEAR_RUN and not _QUOTES & set(text[start:end]):
                continue
            across = self._across(text, start, end)
            if across and not _is_quoted(text, across.start, start, end):
                found.append(across)
        return found

    def _long(self, text: str) -> Iterable[tuple[int, int]]:
        """Return the runs of a long text between two ideographs that stand side by side in a name."""
        points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        narrow = points < _FIRST_WIDE
        edges = np.flatnonzero(narrow[1:] != narrow[:-1]) + 1
        if edges.size and points[0] < _FIRST_WIDE:
            edges = edges[1:]
        starts, ends = edges[: edges.size // 2 * 2 : 2], edges[1::2]
        if not starts.size or not self._seams.size:
            return ()
        seams = points[starts - 1].astype(np.uint64) << _HALF | points[ends]
        # The seams are sorted: a search in them costs nothing that grows with the gazetteer for every text.
        near = np.searchsorted(self._seams, seams)
        near[near == self._seams.size] = 0
        fit = np.flatnonzero(self._seams[near] == seams)
        return zip(starts[fit].tolist(), ends[fit].tolist(), strict=True)

    def _across(self, text: str, start: int, end: int) -> Match | None:
        """Return the longest name that begins before `start` and goes on at `end`."""
        first = max(0, start - REACH)
        seam = start - first
        joined = text[first:start] + text[end : end + REACH]
        spanning = [
            hit
            for hit in self._automaton.everywhere(joined)
            if hit.start < seam < hit.end and hit.number not in self._composed
        ]
        spanning = [
            hit
            for hit in spanning
            if hit.end - hit.start >= LONG_NAME or self._automaton.words.allow(joined, hit.start, hit.end)
        ]
        if not spanning:
            return None
        best = max(spanning, key=lambda hit: (hit.end - hit.start, -hit.start))
        return Match(first + best.start, end + best.end - seam, best.name, best.number)


def _is_quoted(text: str, first: int, start: int, end: int) -> bool:
    """Say whether the run only closes a quotation that opens right before the name (“卓资”县)."""
    opening = _OPENING.get(text[start:end])
    return opening is not None and first > 0 and text[first - 1] == opening
