"""The plan's boxes 专栏 and their items （一）（二）.

A box begins at the start of a printed paragraph with 专栏, its title and its number, which the damage of the file moved
behind the title (专栏重点铁路建设工程20); boxes are numbered through, so a number out of sequence is no box. A box
ends where the next heading or box begins: in this plan boxes close a section or chapter, and none is followed by
running text (checked by eye for all thirty-two). Items are numbered through from （一）; each ends where the next
begins. A box without items is a table.

An item's own title stands on a line of its own in print, but the file does not keep that line end. It is known only
where something else stands at it: a page mark or a run of displaced characters inside the first, short line. The
others are reviewed rows of `geodata/corrections/box_item_titles.csv`, read by eye. Its words are part of the item's
text in either case.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from atlas.corpus.numerals import NUMERAL, numeral, value
from atlas.corpus.plan_headings import is_displaced, skip_displaced

_BOX = re.compile(r"专栏")
_ITEM = re.compile(rf"（({NUMERAL})）")
_TABLE_HEAD = "指标单位"  # a table's header row, which runs into the title
_TITLE_MAX = 60  # characters from 专栏 to the first item
_ITEM_TITLE_MAX = 28  # characters; a printed line of a box holds about 36, and a title is set off from it


class Item(NamedTuple):
    """An item of a box: `start` is where its number stands, `text` where its text begins."""

    number: int
    start: int
    text: int
    end: int
    title_end: int | None  # where its title ends, if that is known


class Box(NamedTuple):
    """A box: `start` to `text` is its heading, `number_at` the span of its number within it."""

    number: int
    start: int
    text: int
    end: int
    number_at: tuple[int, int]
    items: tuple[Item, ...]


def find_boxes(text: str, start: int, end: int, stops: list[int], marks: set[int]) -> tuple[Box, ...]:
    """Find the boxes in `text[start:end]`; `stops` are the offsets where headings begin."""
    heads: list[tuple[int, int, tuple[int, int]]] = []
    for match in _BOX.finditer(text, start, end):
        head = _head(text, match.start(), len(heads) + 1, marks)
        if head and _opens_paragraph(text, match.start(), start, marks):
            heads.append(head)
    ends = sorted([*(head[0] for head in heads), *stops, end])
    boxes = []
    for number, (at, body, number_at) in enumerate(heads, 1):
        stop = ends[bisect_right(ends, at)]
        boxes.append(Box(number, at, body, stop, number_at, tuple(_items(text, body, stop, marks))))
    return tuple(boxes)


def _head(text: str, at: int, number: int, marks: set[int]) -> tuple[int, int, tuple[int, int]] | None:
    """Return (start, start of the body, span of the number) where a box numbered `number` begins at `at`."""
    after = at + 2
    digits = str(number)
    if text.startswith(digits, after) and not text[after + len(digits) : after + len(digits) + 1].isdigit():
        # Undamaged: the number stands before the title, and a table or the first item follows.
        table = text.find(_TABLE_HEAD, after, after + _TITLE_MAX)
        item = text.find("（一）", after, after + _TITLE_MAX)
        ends = [found for found in (table, item) if found > 0]
        return (at, min(ends), (after, after + len(digits))) if ends else None
    item = text.find("（一）", after, after + _TITLE_MAX)
    if item < 0 or "。" in text[after:item]:
        return None
    run = after
    while run < item and (run in marks or not is_displaced(text[run])):
        run += 1
    found = text.startswith(digits, run) and not (text[run + len(digits)].isdigit() and run + len(digits) not in marks)
    return (at, item, (run, run + len(digits))) if found else None


def _opens_paragraph(text: str, at: int, start: int, marks: set[int]) -> bool:
    """Return whether a printed paragraph can begin at `at`: after a line break, a page mark or a displaced run."""
    before = at - 1
    return before < start or before in marks or text[before].isspace() or is_displaced(text[before])


def _items(text: str, start: int, end: int, marks: set[int]) -> Iterator[Item]:
    found: list[tuple[int, int]] = []
    for match in _ITEM.finditer(text, start, end):
        if value(match[1]) == len(found) + 1 and match[1] == numeral(len(found) + 1):
            if found and not _opens_paragraph(text, match.start(), start, marks):
                continue
            found.append(match.span())
    stops = [*(at for at, _ in found[1:]), end][: len(found)]
    for number, ((at, body), stop) in enumerate(zip(found, stops, strict=True), 1):
        yield Item(number, at, body, stop, _title_end(text, body, stop, marks))


def _title_end(text: str, start: int, end: int, marks: set[int]) -> int | None:
    """Return where the item's title ends if a page mark or a displaced run stands there inside the first line."""
    for at in range(start, min(end, start + _ITEM_TITLE_MAX)):
        if text[at] in "，。；：\n":
            return None
        if at in marks:
            return at
        if at > start and is_displaced(text[at]) and not _undamaged(text, start, at):
            run = skip_displaced(text, at, marks)
            # A run that ends the item is its last line; a title has text after it.
            return run if run < end and text[run] not in "，。；：、" else None
    return None


def _undamaged(text: str, start: int, at: int) -> bool:
    """Return whether quotation marks stand in their place: an opening one with its words and the closing one after."""
    return text[at] in "“”" and (text[at : at + 2] != "“”" or "“" in text[start:at])
