"""The plan's headings: its table of contents, and where each of its entries stands in the body.

The plan is text pulled out of a PDF (DESIGN §5): headings run straight into the text, and digits, Latin letters,
quotation marks and dashes of a printed line stand at that line's end. So the table of contents says how a heading is
worded, and the body is searched for those words in order, with displaced characters and page marks passed over. A
heading ends where its printed line ends: after the run of displaced characters that follows its last word, if there is
one. A run *before* a heading belongs to the line above it, hence to the text before.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from atlas.corpus.numerals import NUMERAL, value
from atlas.corpus.reading import PAGE_MARK, page_mark_offsets

LEVELS = {"篇": 0, "章": 1, "节": 2}
_CONTENTS = re.compile(r"目\s*录\s*(?=第[一二三四五六七八九十百]+[篇章节])")
_LEADER = re.compile(r"\.{4,}\s*(?:\d{1,4}(?=第|—|\s|$))?")
_ENTRY = re.compile(rf"第({NUMERAL})([篇章节])")
_DISPLACED = re.compile(r"[0-9A-Za-z%“”‘’\"'+\-–—→←↑↓/·.<>\[\]*@#&=ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ;:!?,]")


_READINGS = 20  # times that the body is read for headings; the plan itself needs one


class Heading(NamedTuple):
    """A heading of the plan: where it stands in the body, or None where the body has no such heading."""

    level: int
    number: int
    label: str  # 第三节
    words: str  # its wording without the displaced characters
    start: int | None
    end: int | None


class Contents(NamedTuple):
    """The table of contents: its place in the file and its entries (start, end, level, number, label, words)."""

    start: int
    end: int
    entries: tuple[tuple[int, int, int, int, str, str], ...]


def is_displaced(character: str) -> bool:
    """Return whether `character` is of the kinds that the damage pulled to the end of the printed line."""
    return _DISPLACED.fullmatch(character) is not None


def undisplaced(text: str) -> str:
    """Return `text` without displaced characters, page marks and white space: what the damage left in its place."""
    return "".join(character for character in text if not character.isspace() and not is_displaced(character))


def find_contents(text: str) -> Contents | None:
    """Find the table of contents: from 目录 to the last dotted leader and the page mark after it."""
    head = _CONTENTS.search(text)
    leaders = list(_LEADER.finditer(text, head.end())) if head else []
    if head is None or not leaders:
        return None
    end = leaders[-1].end()
    mark = PAGE_MARK.match(text, end)
    end = mark.end() if mark else end
    starts = [match for match in _ENTRY.finditer(text, head.end(), end) if value(match[1])]
    stops = [match.start() for match in starts[1:]] + [leaders[-1].end()]
    entries = tuple(
        (
            match.start(),
            stop,
            LEVELS[match[2]],
            value(match[1]) or 0,
            match[0],
            undisplaced(text[match.end() : stop]),
        )
        for match, stop in zip(starts, stops, strict=True)
    )
    return Contents(head.start(), end, entries)


def find_headings(text: str, contents: Contents) -> tuple[Heading, ...]:
    """Find each entry of the contents in the body, one after the other.

    An entry that the body lacks is looked for up to its end. So that a file of nothing but such entries takes no more
    than linear time, the search gives up once it has read the body `_READINGS` times; what is left counts as missing.
    """
    marks = page_mark_offsets(text)
    at = contents.end
    headings = []
    budget = _READINGS * (len(text) - contents.end)
    for _, _, level, number, label, words in contents.entries:
        start, end = _find(text, at, label, words, marks) if budget > 0 else (None, None)
        budget -= (len(text) if end is None else end) - at
        headings.append(Heading(level, number, label, words, start, end))
        at = end if end is not None else at
    return tuple(headings)


def skip_displaced(text: str, at: int, marks: set[int]) -> int:
    """Return the offset after the run of displaced characters at `at`; page marks and line breaks end the run."""
    while at < len(text) and at not in marks and is_displaced(text[at]):
        at += 1
    return at


def _find(text: str, at: int, label: str, words: str, marks: set[int]) -> tuple[int, int] | tuple[None, None]:
    while words and (at := text.find(label, at)) >= 0:
        end = match_words(text, at + len(label), words, marks)
        if end is not None:
            return at, skip_displaced(text, end, marks)
        at += len(label)
    return None, None


def match_words(text: str, at: int, words: str, marks: set[int]) -> int | None:
    """Return the offset after `words` in `text` from `at`, passing over displaced characters and page marks."""
    for word in words:
        while at < len(text) and (at in marks or is_displaced(text[at])):
            at += 1
        if text[at : at + 1] != word:
            return None
        at += 1
    return at
