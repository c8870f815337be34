"""A text without page marks and layout breaks, and the way back to the offsets of the text as it was given.

`atlas.corpus.reading` decides what to leave out. Here the rest is kept as stretches instead of one offset for each
character, so that a long text costs little.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from atlas.corpus.reading import left_out, page_mark_offsets
from atlas.geoparse.mentions import place_at
from atlas.models import Mention

BLOCK = 500_000  # characters that are looked at together
_ENDS = ("\n", "。", "；", "，", " ")


class Joined:
    """The joined text and its stretches."""

    def __init__(self, text: str, starts: list[int], offsets: list[int]) -> None:
        """Take the text, and where each stretch of it starts in it and in the source."""
        self.text = text
        self._starts = starts
        self._offsets = offsets

    def origin(self, at: int) -> int:
        """Return the offset in the source of the character at `at`."""
        stretch = bisect_right(self._starts, at) - 1
        return self._offsets[stretch] + at - self._starts[stretch]

    def place(self, mentions: Sequence[Mention]) -> None:
        """Give mentions in order, which no one has seen yet, their offsets in the source."""
        starts, offsets = self._starts, self._offsets
        stretch, last = 0, len(starts) - 1
        for one in mentions:
            start, end = one.start, one.end
            while stretch < last and starts[stretch + 1] <= start:
                stretch += 1
            shift = offsets[stretch] - starts[stretch]
            within = stretch == last or starts[stretch + 1] >= end
            place_at(one, start + shift, end + shift if within else self.origin(end - 1) + 1)


def joined(text: str) -> Joined | None:
    """Return `text` as `atlas.corpus.reading.reading` joins it, None where nothing is left out."""
    if "\n" in text:
        dropped = left_out(text)
    elif "—" in text or "–" in text or "－" in text or "-" in text:  # without one there is no page mark
        dropped = page_mark_offsets(text)
    else:
        return None
    if not dropped:
        return None
    starts: list[int] = []
    offsets: list[int] = []
    parts: list[str] = []
    at = reached = 0
    for offset in [*sorted(dropped), len(text)]:
        if offset > reached:
            starts.append(at)
            offsets.append(reached)
            parts.append(text[reached:offset])
            at += offset - reached
        reached = offset + 1
    return Joined("".join(parts), starts, offsets)


_QUOTES = frozenset("“”")
_WIDER = dict(zip(",;:!?()", "，；：！？（）", strict=True))


def full_width(text: str) -> str:
    """Return a text, as long, in which punctuation beside ideographs has the width of ideographs (中国(内蒙古)).

    Figures keep theirs (1,000), since no ideograph stands beside it.
    """
    found: list[int] = []
    for mark in _WIDER:
        at = text.find(mark)
        while at >= 0:
            if _is_wide(text[at - 1 : at]) or _is_wide(text[at + 1 : at + 2]):
                found.append(at)
            at = text.find(mark, at + 1)
    if not found:
        return text
    parts: list[str] = []
    last = 0
    for at in sorted(found):
        parts += (text[last:at], _WIDER[text[at]])
        last = at + 1
    return "".join((*parts, text[last:]))


def _is_wide(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or "\u3000" <= character <= "\u303f" or character in _QUOTES


def blocks(text: str, size: int = BLOCK) -> Iterator[tuple[int, str]]:
    """Yield a long text as (offset, block), cut where a paragraph, sentence or clause ends if there is such a place."""
    at = 0
    while len(text) - at > size:
        cut = next((end for mark in _ENDS if (end := text.rfind(mark, at + size // 2, at + size) + 1)), at + size)
        yield at, text[at:cut]
        at = cut
    yield at, text[at:] if at else text
