"""Sentences and clauses of plan prose with their offsets; brackets and quotation marks are never cut open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_OPEN, _CLOSE = "（(“《【", "）)”》】"


class Span(NamedTuple):
    """A stretch of a text."""

    start: int
    end: int
    text: str

    def cut(self, start: int, end: int | None = None) -> Span:
        """Return a part of it, by offsets into its own text, blanks at the edges left out."""
        inner = self.text[start:end]
        left = len(inner) - len(inner.lstrip())
        inner = inner.strip()
        return Span(self.start + start + left, self.start + start + left + len(inner), inner)


def split(span: Span, marks: str) -> Iterator[Span]:
    """Yield the parts between `marks` that stand outside brackets and quotation marks; empty parts are left out."""
    depth = begin = 0
    for at, character in enumerate(span.text):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and character in marks:
            if at > begin:
                yield span.cut(begin, at)
            begin = at + 1
    if begin < len(span.text):
        yield span.cut(begin)


def sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of a text, without their full stops."""
    return split(Span(0, len(text), text), "。\n！!")


def clauses(sentence: Span) -> Iterator[Span]:
    """Yield the clauses of a sentence."""
    return split(sentence, "，；：;")
