"""A witness as a partition: every character in exactly one segment, so that the segments joined are the file again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from atlas.corpus.reading import SPACE, page_marks
from atlas.models import Segment, SegmentKind

# Left by converters: Word bookmarks, and private-use glyphs of symbol fonts, which no font can show.
ARTEFACT = re.compile(r"\[bookmark:[^\]\n]{0,80}\]|[\ue000-\uf8ff]+")


def partition(text: str, marked: Iterable[Segment]) -> tuple[Segment, ...]:
    """Return the segments that cover `text` from end to end.

    `marked` are the runs that the parser recognised. Page marks and artefacts are cut out of them; what nobody claims
    is a break where it is white space, else front matter. Where two runs overlap the earlier one keeps its characters.
    """
    segments: list[Segment] = []
    at = 0
    for segment in sorted(marked, key=lambda item: (item.start, item.end)):
        start = max(segment.start, at)
        if start >= segment.end:
            continue
        segments += _unclaimed(text, at, start)
        segments.append(segment if start == segment.start else segment.model_copy(update={"start": start}))
        at = segment.end
    segments += _unclaimed(text, at, len(text))
    return tuple(_cut(text, segments))


def pieces(text: str, start: int, end: int, kind: SegmentKind, provision: str | None = None) -> Iterator[Segment]:
    """Yield `text[start:end]` as a segment without the white space around it; nothing where that is all there is."""
    white = SPACE + "\n"
    while start < end and text[start] in white:
        start += 1
    while end > start and text[end - 1] in white:
        end -= 1
    if start < end:
        yield Segment(kind=kind, start=start, end=end, provision=provision)


def noise(text: str) -> list[tuple[int, int, SegmentKind]]:
    """Return the runs that belong to no text, in order: page marks and artefacts."""
    found = [(start, end, SegmentKind.PAGE_MARK) for start, end in page_marks(text)]
    found += [(match.start(), match.end(), SegmentKind.ARTEFACT) for match in ARTEFACT.finditer(text)]
    return sorted(found)


def _unclaimed(text: str, start: int, end: int) -> Iterator[Segment]:
    at = start
    for piece in pieces(text, start, end, SegmentKind.FRONT):
        if at < piece.start:
            yield Segment(kind=SegmentKind.BREAK, start=at, end=piece.start)
        yield piece
        at = piece.end
    if at < end:
        yield Segment(kind=SegmentKind.BREAK, start=at, end=end)


def _cut(text: str, segments: list[Segment]) -> Iterator[Segment]:
    """Yield the segments with page marks and artefacts cut out of them as segments of their own."""
    runs = iter(noise(text))
    run = next(runs, None)
    for segment in segments:
        at = segment.start
        while run is not None and run[0] < segment.end:
            start, end, kind = max(run[0], at), min(run[1], segment.end), run[2]
            if at < start:
                yield _part(text, segment, at, start)
            if start < end:
                yield Segment(kind=kind, start=start, end=end)
            at = max(at, end)
            if run[1] > segment.end:
                break
            run = next(runs, None)
        if at < segment.end:
            yield _part(text, segment, at, segment.end)


def _part(text: str, segment: Segment, start: int, end: int) -> Segment:
    """Return what is left of `segment` beside a page mark; mere white space there is a break."""
    if text[start:end].isspace():
        return Segment(kind=SegmentKind.BREAK, start=start, end=end)
    return segment.model_copy(update={"start": start, "end": end})
