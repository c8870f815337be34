"""Regulations: a witness in plain text -> headings, articles 条 and their paragraphs 款, line by line.

A witness may carry one regulation or, as the compilation does, a table of contents and several. A regulation begins at
a line (or two) that is its title; headings and articles are recognised by their form *and* by their place in the
sequence, so that a sentence that begins with 第十条 is not taken for an article. Inside an article a line break parts
paragraphs where the line before it is a whole sentence; any other one is the page layout's (巩⏎⏎固发展) and is closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from atlas.corpus.contents import ContentsEntry, HeadingDifference, compare
from atlas.corpus.numerals import NUMERAL, value
from atlas.corpus.reading import SPACE, Reading, ends_sentence, page_mark_offsets, pick, starts_unit
from atlas.corpus.segments import ARTEFACT, partition, pieces
from atlas.models import Provision, Segment, SegmentKind

_UNIT = re.compile(rf"[{SPACE}]*(?:\[bookmark:[^\]\n]*\])?[{SPACE}]*(第({NUMERAL})([编章节条]))(?:[{SPACE}]+|$)")
_CONTENTS_TITLE = re.compile(rf"[{SPACE}]*目[{SPACE}]*[录次][{SPACE}]*$")
_CONTENTS_ENTRY = re.compile(rf"(.+?)(?:[.…·]{{3,}}|\t)[{SPACE}.…·]*(\d{{1,4}})[{SPACE}]*$")
_LEVELS = {"编": 0, "章": 1, "节": 2}
_HEADING_MAX = 40  # characters; longer lines are text
_LINE_HEAD = 120  # characters of a line that say whether it is a heading or a title; keeps matching linear
_GAP_MAX = 3  # numbers that may be missing before a unit is no longer believed to belong to the sequence


class Line(NamedTuple):
    """One line of a witness, without its line feed."""

    start: int
    end: int
    text: str


class ParsedWitness(NamedTuple):
    """What a witness holds."""

    segments: tuple[Segment, ...]
    provisions: tuple[Provision, ...]
    differences: tuple[HeadingDifference, ...]
    documents: tuple[str, ...]


@dataclass
class _State:
    """Where the parser stands in the regulation that it is reading."""

    document: str | None = None
    path: dict[int, str] = field(default_factory=dict)  # level -> heading
    counts: dict[int, int] = field(default_factory=dict)  # level -> number of the last heading
    article: int = 0
    number: str = ""
    span: tuple[int, int] | None = None  # text of the open article

    @property
    def provision(self) -> str:
        return f"{self.document}/{self.article}"


def parse_regulations(text: str, file: str, titles: Mapping[str, str], document: str | None = None) -> ParsedWitness:
    """Parse a witness that carries regulations; `titles` maps each title (without white space) to its document id.

    What stands before the first title belongs to `document`, if one is given: a file whose title is not known.
    """
    lines = tuple(_lines(text))
    state = _State(document=document)
    marked: list[Segment] = []
    provisions: list[Provision] = []
    contents: list[ContentsEntry] = []
    headings: list[ContentsEntry] = []
    documents: list[str] = []
    in_contents, in_title = False, 0
    for index, line in enumerate(lines):
        if in_title:
            in_title -= 1
            continue
        started = _title(lines, index, titles)
        if started:
            provisions += _close(text, file, state)
            state = _State(document=started[0])
            documents.append(started[0])
            in_contents, in_title = False, started[1] - 1
            continue
        if state.document is None:
            in_contents = in_contents or _CONTENTS_TITLE.match(line.text) is not None
            if in_contents:
                marked += pieces(text, line.start, line.end, SegmentKind.CONTENTS)
                contents += _contents_entry(line, titles)
            continue
        unit = _unit(line.text, state)
        if unit is None:
            if state.span and line.text.strip(SPACE):
                state.span = (state.span[0], line.end)
            continue
        provisions += _close(text, file, state)
        start, end = line.start + unit.start(1), line.start + unit.end()
        if unit[3] == "条":
            state.article, state.number = value(unit[2]) or 0, unit[1]
            state.span = (end, line.end)
            marked += pieces(text, start, line.start + unit.end(1), SegmentKind.HEADING, state.provision)
        else:
            marked += pieces(text, start, line.end, SegmentKind.HEADING)
            headings.append(_enter(state, unit, line))
    provisions += _close(text, file, state)
    marked += [
        piece
        for provision in provisions
        for piece in pieces(text, provision.start, provision.end, SegmentKind.TEXT, provision.id)
    ]
    differences = tuple(compare(file, contents, headings)) if contents else ()
    return ParsedWitness(partition(text, marked), tuple(provisions), differences, tuple(documents))


def squeezed(text: str) -> str:
    """Return `text` without white space and title marks, for comparing titles."""
    return re.sub(rf"[{SPACE}\n《》]", "", text)


def _lines(text: str) -> Iterator[Line]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield Line(start, end, text[start:end])
        start = end + 1


def _title(lines: tuple[Line, ...], index: int, titles: Mapping[str, str]) -> tuple[str, int] | None:
    """Return the document whose title begins at `lines[index]` and the number of lines that it takes."""
    joined = squeezed(lines[index].text[:_LINE_HEAD])
    if not joined or len(lines[index].text) > _LINE_HEAD:
        return None
    for taken in (1, 2, 3):
        if joined in titles:
            return titles[joined], taken
        if index + taken >= len(lines):
            break
        joined += squeezed(lines[index + taken].text)
    return None


def _contents_entry(line: Line, titles: Mapping[str, str]) -> Iterator[ContentsEntry]:
    match = _CONTENTS_ENTRY.match(line.text) if len(line.text) <= _LINE_HEAD else None
    if not match:
        return
    title = match[1].strip(SPACE)
    if squeezed(title) in titles:
        yield ContentsEntry(document=titles[squeezed(title)], number="", title=squeezed(title))
    elif unit := _UNIT.match(title):
        yield ContentsEntry(document=None, number=unit[1], title=squeezed(title[unit.end() :]))


def _unit(line: str, state: _State) -> re.Match[str] | None:
    """Return the match of an article's or heading's number where the line begins one that continues the sequence."""
    match = _UNIT.match(line[:_LINE_HEAD])
    number = value(match[2]) if match else None
    if match is None or number is None:
        return None
    if match[3] == "条":
        return match if state.article < number <= state.article + _GAP_MAX else None
    title = line[match.end() :].strip(SPACE)
    last = state.counts.get(_LEVELS[match[3]], 0)
    fits = last < number <= last + _GAP_MAX and len(title) <= _HEADING_MAX and not ends_sentence(title)
    return match if fits and title else None


def _enter(state: _State, unit: re.Match[str], line: Line) -> ContentsEntry:
    """Put the heading of `line` into the path and return it for comparison with the contents."""
    level = _LEVELS[unit[3]]
    title = re.sub(rf"[{SPACE}]", "", line.text[unit.end() :])
    for deeper in [each for each in state.path if each >= level]:
        del state.path[deeper]
    for deeper in [each for each in state.counts if each > level]:
        del state.counts[deeper]
    state.counts[level] = value(unit[2]) or 0
    state.path[level] = f"{unit[1]} {title}"
    return ContentsEntry(document=state.document, number=unit[1], title=title)


def _close(text: str, file: str, state: _State) -> Iterator[Provision]:
    """Yield the open article, if there is one with text, and forget it."""
    if state.span is None or state.document is None:
        return
    read = article_text(text, *state.span)
    state.span = None
    if not read.text:
        return
    yield Provision(
        id=state.provision,
        document=state.document,
        kind="article",
        number=state.number,
        title="",
        path=tuple(state.path[level] for level in sorted(state.path)),
        witness=file,
        start=read.origin[0],
        end=read.origin[-1] + 1,
        text=read.text,
        origin=read.origin,
    )


def article_text(text: str, start: int, end: int) -> Reading:
    """Return what `text[start:end]` reads: no page marks, artefacts, layout breaks; a newline between paragraphs."""
    out = page_mark_offsets(text[start:end])
    out |= {i for match in ARTEFACT.finditer(text[start:end]) for i in range(match.start(), match.end())}
    offsets: list[int] = []
    line: list[int] = []
    for current in _lines(text[start:end]):
        here = [i for i in range(current.start, current.end) if i not in out]
        here = _strip(text, start, here)
        if not here:
            continue
        if line:
            before = "".join(text[start + i] for i in line)
            after = "".join(text[start + i] for i in here[:12])
            offsets += line
            if ends_sentence(before) or starts_unit(after):
                offsets.append(text.index("\n", start + line[-1]) - start)
        line = here
    return pick(text, [start + i for i in offsets + line])


def _strip(text: str, start: int, offsets: list[int]) -> list[int]:
    first, last = 0, len(offsets)
    while first < last and text[start + offsets[first]] in SPACE:
        first += 1
    while last > first and text[start + offsets[last - 1]] in SPACE:
        last -= 1
    return offsets[first:last]
