"""What a reader reads: page marks and the line breaks of the page layout taken out, with the way back to the source.

Works on any text, not only on the documents: a place name that a page number or a line end cuts in two (额济—12—纳旗)
stands whole in the reading, and `origin` leads each of its characters back to the text as it was given.

A page mark is a number between dashes (—71—, — 71 —; with hyphens on a line of its own), as printed government
documents set it at the foot of the page; a chain of years (2021—2025—2030) is not one. A line break is kept where a
line can end: after 。；：！？, before an article, heading or item, at a blank line after a short line, and in a list
(three or more short lines without punctuation).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple, Protocol

from atlas.corpus.numerals import NUMERAL

PAGE_MARK = re.compile(r"—[ \u00a0\u3000]?(\d{1,4})[ \u00a0\u3000]?—")
_MARK_LINE = re.compile(
    r"^[ \u3000]{0,60}[-–－—][ \u3000]?\d{1,4}[ \u3000]?[-–－—](?=[ \u3000\r]{0,60}$)", re.MULTILINE
)
SPACE = " \t\r\f\v\u00a0\u3000\u200b\ufeff"
TERMINATORS = "。；：！？.;:!?…"
_SPACES = SPACE + "\n"
_TERMINATORS = tuple(TERMINATORS)
_CLOSERS = "”’）)】」』》〉］]\"'"
_GAP = re.compile(rf"\n[{SPACE}\n]*")
_UNIT = re.compile(
    rf"第{NUMERAL}[编篇章节条](?:[{SPACE}]|[\u4e00-\u9fff])|[（(]{NUMERAL}[）)]|{NUMERAL}、|[（(]?\d{{1,2}}[.．、）)](?!\d)|"
    r"[①-⑳]|专栏|附件|注：|\[bookmark"
)
_SHORT = 16  # characters; a shorter line is a title or a row of a list rather than a line of running text
_PAUSES = frozenset("，、；：,;")
_LIST = 3  # so many short lines in a row are a list


class View(Protocol):
    """A text and, for each of its characters, the offset of that character in its source (-1: not in the source)."""

    @property
    def text(self) -> str: ...  # noqa: D102

    @property
    def origin(self) -> tuple[int, ...]: ...  # noqa: D102


class Reading(NamedTuple):
    """A reading: `text[i]` is the source's character at `origin[i]`, and `origin` only rises."""

    text: str
    origin: tuple[int, ...]


def reading(text: str) -> Reading:
    """Return `text` without page marks and layout breaks; breaks that part paragraphs stay as they are."""
    dropped = left_out(text)
    return pick(text, [i for i in range(len(text)) if i not in dropped])


def running(text: str) -> Reading:
    """Return `text` without page marks and without any line break: for text that has none of its own (the plan)."""
    marks = page_mark_offsets(text)
    return pick(text, [i for i, character in enumerate(text) if character not in "\r\n" and i not in marks])


def pick(text: str, offsets: list[int]) -> Reading:
    """Return the reading that consists of the characters at `offsets`."""
    return Reading("".join(text[i] for i in offsets), tuple(offsets))


def page_marks(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each page mark.

    Both neighbours decide: a number between two pairs of dashes (——5——) is an aside, one between two numbers is a chain
    of years, unless its number follows the page mark before it.
    """
    found: list[tuple[int, int]] = []
    last = None
    for match in PAGE_MARK.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        number = int(match[1])
        if before == after == "—" or (_is_digit(before) and _is_digit(after) and (last is None or number != last + 1)):
            continue
        found.append((start, end))
        last = number
    taken = set(found)
    found += [match.span() for match in _MARK_LINE.finditer(text) if match.span() not in taken]
    return _disjoint(sorted(found))


def _disjoint(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def page_mark_offsets(text: str) -> set[int]:
    """Return the offsets of all characters of page marks."""
    return {i for start, end in page_marks(text) for i in range(start, end)}


def ends_sentence(line: str) -> bool:
    """Return whether `line` ends where a paragraph can end."""
    return line.rstrip(_SPACES).rstrip(_CLOSERS).endswith(_TERMINATORS)


def starts_unit(line: str) -> bool:
    """Return whether `line` starts as an article, heading, item, box or note does."""
    return _UNIT.match(line) is not None


def _is_digit(character: str) -> bool:
    return character != "" and character in "0123456789"


def left_out(text: str) -> set[int]:
    """Return the offsets that a reading leaves out: page marks, and line breaks that the page layout made."""
    marks = page_marks(text)
    return {i for start, end in marks for i in range(start, end)} | _layout_breaks(text, marks)


def _layout_breaks(text: str, marks: list[tuple[int, int]]) -> set[int]:
    """Return the offsets of the white space that the page layout put between two halves of a sentence."""
    blanked = _blank(text, marks)
    gaps = _gaps(blanked)
    starts = [0, *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), len(text)]
    lines = [blanked[start:end] for start, end in zip(starts, ends, strict=True)]
    short = [0 < len(line) <= _SHORT for line in lines]
    listed = _in_lists([brief and _PAUSES.isdisjoint(line) for brief, line in zip(short, lines, strict=True)])
    dropped: set[int] = set()
    for number, (start, end) in enumerate(gaps):
        # Only breaks that a reader would close: between ideographs (or their punctuation) on both sides.
        line, after = lines[number], blanked[end : end + 12]
        if line.endswith(_TERMINATORS) or not _continues(line, after) or ends_sentence(line) or starts_unit(after):
            continue
        blank_line = blanked.count("\n", start, end) > 1 and not _has_mark(marks, start, end)
        if (blank_line and short[number]) or (listed[number] and listed[number + 1]):
            continue
        dropped.update(range(start, end))
    return dropped


def _gaps(text: str) -> list[tuple[int, int]]:
    """Return the runs of white space that hold a line break."""
    found: list[tuple[int, int]] = []
    for match in _GAP.finditer(text):
        start, floor = match.start(), found[-1][1] if found else 0
        while start > floor and text[start - 1] in SPACE:
            start -= 1
        found.append((start, match.end()))
    return found


def _blank(text: str, marks: list[tuple[int, int]]) -> str:
    """Return `text` with page marks replaced by line breaks, so that they and the white space around are one gap."""
    parts, last = [], 0
    for start, end in marks:
        parts += [text[last:start], "\n" * (end - start)]
        last = end
    return "".join([*parts, text[last:]])


def _has_mark(marks: list[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_right(marks, (end, end)) - 1
    return index >= 0 and marks[index][0] >= start


def _in_lists(short: list[bool]) -> list[bool]:
    """Return for each line whether it stands in a run of at least `_LIST` short lines."""
    listed = [False] * len(short)
    run = 0
    for index, is_short in enumerate([*short, False]):
        if is_short:
            run += 1
            continue
        if run >= _LIST:
            listed[index - run : index] = [True] * run
        run = 0
    return listed


def _continues(line: str, after: str) -> bool:
    """Return whether the two halves can be one sentence: both ideographs, or after a long line one a number or word."""
    last, first = line[-1:], after[:1]
    if _joins(last) and _joins(first):
        return True
    return len(line) > _SHORT and ((_joins(last) and first.isalnum()) or (last.isalnum() and _joins(first)))


def _joins(character: str) -> bool:
    return character != "" and ("\u2e80" <= character <= "\ufaff" or character in "，、）（《》“”‘’—·％＋－)(,〇○")
