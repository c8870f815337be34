"""Word boundaries: whether a stretch of text can be a word of its own, by the dictionary of a segmenter.

`rjieba` cuts the text along its dictionary, without guessing unknown words: a name that it does not know falls into
single characters, whose edges are all boundaries, while a dictionary word that straddles an edge of the stretch
(创新|发展 for 新发) speaks against it. This is evidence from the language, not from any document.
"""

from __future__ import annotations

from functools import cached_property

import rjieba


class WordBoundaries:
    """The places in a text where a dictionary word may begin or end; computed when first asked."""

    def __init__(self, text: str) -> None:
        """Keep the text; nothing is cut yet."""
        self._text = text

    @cached_property
    def _edges(self) -> frozenset[int]:
        edges = {0}
        at = 0
        for word in rjieba.cut(self._text, False):
            at += len(word)
            edges.add(at)
        return frozenset(edges)

    def allow(self, start: int, end: int) -> bool:
        """Say whether no dictionary word straddles an edge of `text[start:end]`."""
        return start in self._edges and end in self._edges
