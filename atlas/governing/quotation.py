"""Sentences and clauses of a provision, and the sentence around a span: what is quoted as evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE_END = re.compile(r"[。；！？\n]")
LONGEST_QUOTATION = 180  # characters; a longer sentence is cut at commas around the evidence
_CLAUSE_END = re.compile(r"[，、：]")

Span = tuple[int, int]


def sentences(text: str) -> Iterator[Span]:
    """Yield (start, end) of every sentence that says something, its closing mark included."""
    yield from _parts(text, 0, len(text), "。；！？\n")


def clauses(text: str, span: Span) -> Iterator[Span]:
    """Yield (start, end) of the clauses of a sentence, parted by commas and colons."""
    yield from _parts(text, *span, "，：")


def _parts(text: str, start: int, end: int, marks: str) -> Iterator[Span]:
    first = start
    for at in range(start, end):
        if text[at] in marks:
            if text[first:at].strip():
                yield first, at + 1
            first = at + 1
    if text[first:end].strip():
        yield first, end


def sentence_around(text: str, start: int, end: int) -> Span:
    """Return (start, end) of the sentence of `text` that holds the span, its closing mark included.

    A sentence longer than `LONGEST_QUOTATION` is cut back to whole clauses around the span.
    """
    first = 0
    for mark in _SENTENCE_END.finditer(text, 0, start):
        first = mark.end()
    closing = _SENTENCE_END.search(text, end)
    last = len(text) if closing is None else closing.end()
    if last - first > LONGEST_QUOTATION:
        first, last = _clauses_around(text, first, last, start, end)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def _clauses_around(text: str, first: int, last: int, start: int, end: int) -> Span:
    half = max(20, (LONGEST_QUOTATION - (end - start)) // 2)
    if start - first > half:
        cut = _CLAUSE_END.search(text, start - half, start)
        first = cut.end() if cut else start
    if last - end > half:
        cuts = list(_CLAUSE_END.finditer(text, end, min(last, end + half)))
        last = cuts[-1].end() if cuts else end
    return first, last
