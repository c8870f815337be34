"""The plan: a witness pulled out of a PDF -> parts 篇, chapters 章, sections 节, boxes 专栏 and their items.

Two steps that know nothing of each other meet here. The *raw* file says what belongs to what (headings, boxes, page
marks); a *view* of it says what it reads. The default view only leaves out page marks and line breaks; a restoration
that puts displaced characters back where they were printed is passed in as another view, with an `origin` of the same
kind: each of its characters goes to the unit that its raw offset belongs to, in the view's order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from atlas.corpus.contents import HeadingDifference
from atlas.corpus.corrections import BOX_ITEM_TITLES
from atlas.corpus.numerals import numeral
from atlas.corpus.plan_boxes import Box, find_boxes
from atlas.corpus.plan_headings import (
    Contents,
    Heading,
    find_contents,
    find_headings,
    match_words,
    skip_displaced,
    undisplaced,
)
from atlas.corpus.reading import View, page_mark_offsets, running
from atlas.corpus.regulations import ParsedWitness
from atlas.corpus.segments import noise, partition, pieces
from atlas.errors import SourceError
from atlas.models import Provision, Segment, SegmentKind

Kind = Literal["part", "chapter", "section", "box", "box-item", "preamble"]
_KINDS: tuple[Kind, Kind, Kind] = ("part", "chapter", "section")


class Unit(NamedTuple):
    """A unit before its words are known: spans in the raw file."""

    id: str
    kind: Kind
    number: str
    title: tuple[int, int]  # raw span of the title's words; empty where it has none
    hidden: tuple[int, int]  # raw span inside the title that is not part of it (a box's number)
    above: tuple[str, ...]  # ids of the units above, outermost first
    heading: tuple[int, int]
    text: tuple[int, int]


def parse_plan(
    text: str,
    file: str,
    document: str = "plan",
    view: View | None = None,
    item_titles: Mapping[str, str] | None = None,
) -> ParsedWitness:
    """Parse the plan's witness.

    `view` is a restored view of `text`, by default the running text as it stands; `item_titles` are the reviewed titles
    of box items by provision id, as printed.

    Raises:
        SourceError: an item does not begin with its reviewed title.
    """
    contents = find_contents(text)
    if contents is None:
        return ParsedWitness(partition(text, ()), (), (), ())
    headings = find_headings(text, contents)
    differences = tuple(
        HeadingDifference(witness=file, document=document, number=item.label, contents=item.words, body=None)
        for item in headings
        if item.start is None
    )
    marks = page_mark_offsets(text)
    stops = [item.start for item in headings if item.start is not None]
    boxes = find_boxes(text, contents.end, len(text), stops, marks)
    if item_titles:
        boxes = tuple(_with_titles(text, document, box, item_titles, marks) for box in boxes)
    units = tuple(_units(text, document, contents, headings, boxes))
    plain = _Words(text, running(text))
    words = _Words(text, view) if view is not None else plain
    provisions = tuple(_provisions(file, document, units, words, plain))
    segments = partition(text, _segments(text, contents, units))
    return ParsedWitness(segments, provisions, differences, (document,))


def _with_titles(text: str, document: str, box: Box, titles: Mapping[str, str], marks: set[int]) -> Box:
    """Return `box` with the reviewed titles of its items."""
    items = []
    for item in box.items:
        item_id = f"{document}/box-{box.number}/{item.number}"
        if title := titles.get(item_id):
            end = match_words(text, item.text, undisplaced(title), marks)
            if end is None or end > item.end:
                begins = text[item.text : item.text + len(title)]
                raise SourceError(f"{BOX_ITEM_TITLES}: {item_id} begins {begins!r}, not {title!r}; correct the row")
            items.append(item._replace(title_end=min(skip_displaced(text, end, marks), item.end)))
        else:
            items.append(item)
    return box._replace(items=tuple(items))


class _Words:
    """Gives the words of a raw span as the view reads them."""

    def __init__(self, raw: str, view: View) -> None:
        """Order the view's characters by their raw offset; a character from nowhere follows the one before it."""
        self._view = view
        dropped = {i for start, end, _ in noise(raw) for i in range(start, end)}
        keyed, last = [], 0
        for index, origin in enumerate(view.origin):
            last = origin if origin >= 0 else last
            if last not in dropped and view.text[index] not in "\r\n":  # the file breaks lines after each sentence
                keyed.append((last, index))
        keyed.sort()
        self._keys = [key for key, _ in keyed]
        self._indices = [index for _, index in keyed]

    def read(self, start: int, end: int, hidden: tuple[int, int] = (0, 0)) -> tuple[str, tuple[int, ...]]:
        """Return text and origin of `raw[start:end]` without `hidden`, in the view's order."""
        first, last = bisect_right(self._keys, start - 1), bisect_right(self._keys, end - 1)
        chosen = sorted(
            index
            for key, index in zip(self._keys[first:last], self._indices[first:last], strict=True)
            if not hidden[0] <= key < hidden[1]
        )
        while chosen and self._view.text[chosen[0]].isspace():
            chosen.pop(0)
        while chosen and self._view.text[chosen[-1]].isspace():
            chosen.pop()
        return "".join(self._view.text[i] for i in chosen), tuple(self._view.origin[i] for i in chosen)


def _provisions(file: str, document: str, units: tuple[Unit, ...], words: _Words, plain: _Words) -> Iterator[Provision]:
    titles = {unit.id: words.read(*unit.title, unit.hidden)[0] for unit in units}
    labels = {unit.id: f"{unit.number} {titles[unit.id]}" for unit in units}
    for unit in units:
        text, origin = words.read(*unit.text)
        if not text:
            continue
        known = [offset for offset in origin if offset >= 0]
        yield Provision(
            id=unit.id,
            document=document,
            kind=unit.kind,
            number=unit.number,
            title=titles[unit.id],
            path=tuple(labels[above] for above in unit.above),
            witness=file,
            start=min(known, default=unit.text[0]),
            end=max(known, default=unit.text[0] - 1) + 1,
            text=text,
            origin=origin,
            restored=words is not plain and text != plain.read(*unit.text)[0],
        )


def _units(
    text: str, document: str, contents: Contents, headings: tuple[Heading, ...], boxes: tuple[Box, ...]
) -> Iterator[Unit]:
    """Yield all units in the order of the file."""
    found = [(item, item.start, item.end) for item in headings if item.start is not None and item.end is not None]
    starts = sorted([start for _, start, _ in found] + [box.start for box in boxes] + [len(text)])
    first = starts[0]
    at = contents.end
    yield _unit(f"{document}/preamble", "preamble", "序言", heading=(at, at), text=(at, first), above=())
    pending = list(boxes)
    above: dict[int, str] = {}
    chapter = 0
    for heading, start, end in found:
        yield from _boxes_before(document, pending, start, above)
        above = {level: unit for level, unit in above.items() if level < heading.level}
        chapter = heading.number if heading.level == 1 else chapter
        unit_id = _id(document, heading, chapter)
        stop = starts[bisect_right(starts, start)]
        title = (start + len(heading.label), end)
        kind = _KINDS[heading.level]
        unit = _unit(unit_id, kind, heading.label, heading=(start, end), text=(end, stop), above=above.values())
        yield unit._replace(title=title)
        above[heading.level] = unit_id
    yield from _boxes_before(document, pending, len(text), above)


def _id(document: str, heading: Heading, chapter: int) -> str:
    if heading.level == 0:
        return f"{document}/part-{heading.number}"
    return f"{document}/{chapter}" if heading.level == 1 else f"{document}/{chapter}/{heading.number}"


def _boxes_before(document: str, pending: list[Box], stop: int, above: dict[int, str]) -> Iterator[Unit]:
    while pending and pending[0].start < stop:
        box = pending.pop(0)
        box_id, label = f"{document}/box-{box.number}", f"专栏{box.number}"
        outer = tuple(above.values())
        own = (box.text, box.items[0].start) if box.items else (box.text, box.end)
        unit = _unit(box_id, "box", label, heading=(box.start, box.text), text=own, above=outer)
        yield unit._replace(title=(box.start + 2, box.text), hidden=box.number_at)
        for item in box.items:
            number = f"{label}（{numeral(item.number)}）"
            heading, span = (item.start, item.text), (item.text, item.end)
            item_id = f"{box_id}/{item.number}"
            part = _unit(item_id, "box-item", number, heading=heading, text=span, above=(*outer, box_id))
            yield part._replace(title=(item.text, item.title_end if item.title_end else item.text))


def _unit(
    unit_id: str, kind: Kind, number: str, *, heading: tuple[int, int], text: tuple[int, int], above: Iterable[str]
) -> Unit:
    return Unit(unit_id, kind, number, (heading[1], heading[1]), (0, 0), tuple(above), heading, text)


def _segments(text: str, contents: Contents, units: tuple[Unit, ...]) -> Iterator[Segment]:
    first = contents.entries[0][0] if contents.entries else contents.end
    yield from pieces(text, contents.start, first, SegmentKind.CONTENTS)
    for start, end, *_ in contents.entries:
        yield from pieces(text, start, end, SegmentKind.CONTENTS)
    for unit in units:
        yield from pieces(text, *unit.heading, SegmentKind.HEADING, unit.id)
        yield from pieces(text, *unit.text, SegmentKind.TEXT, unit.id)
