"""Where the words of a query stand in a text, and the stretch of it that shows most of them.

All spans are half-open offsets, in code points, into the text as it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from atlas.search.fold import fold, pattern
from atlas.search.query import Phrase

WIDTH = 80  # characters of a snippet: two lines of law text

Span = tuple[int, int]

_STARTS = re.compile(r"[。；！？]\n?|\n")


class Finder:
    """Finds the phrases of one query in many texts."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        """Compile `phrases`."""
        self._patterns = [re.compile(pattern(phrase.tokens, open_end=phrase.open_end)) for phrase in phrases]

    def spans(self, text: str) -> tuple[tuple[int, int, int], ...]:
        """Return `(start, end, phrase)` of every place where a phrase stands, in order of the text."""
        folded = fold(text)
        return tuple(
            sorted(
                (match.start(), match.end(), number)
                for number, compiled in enumerate(self._patterns)
                for match in compiled.finditer(folded)
            )
        )


def merged(spans: Sequence[tuple[int, int, int]]) -> tuple[Span, ...]:
    """Return the stretches that any phrase covers: sorted, apart from one another."""
    found: list[Span] = []
    for start, end, _ in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def snippet(text: str, spans: Sequence[tuple[int, int, int]], width: int = WIDTH) -> tuple[str, tuple[Span, ...]]:
    """Return the stretch of about `width` characters with most of the phrases, and the marks in it.

    It begins with a sentence where one begins near; `…` stands where text is left out, a space for a new paragraph.
    """
    start = _best_start(text, spans, width)
    end = min(len(text), start + width)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    marks = tuple((max(a, start) + shift, min(b, end) + shift) for a, b in merged(spans) if a < end and b > start)
    return before + text[start:end].replace("\n", " ") + after, marks


def _best_start(text: str, spans: Sequence[tuple[int, int, int]], width: int) -> int:
    if len(text) <= width or not spans:
        return 0
    best, first, last = (0, 0), spans[0][0], spans[0][1]
    low = 0
    for high, (_, end, _) in enumerate(spans):
        while end - spans[low][0] > width and low < high:
            low += 1
        inside = spans[low : high + 1]
        value = (len({phrase for _, _, phrase in inside}), len(inside))
        if value > best:
            best, first, last = value, spans[low][0], end
    earliest = max(0, first - (width - min(width, last - first)) * 2 // 3)
    if earliest == 0:
        return 0
    sentence = _STARTS.search(text, earliest, first)
    return sentence.end() if sentence else earliest
