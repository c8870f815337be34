"""Any plan's text without a table of contents -> sections by its headings (第一章, 第二节, 一、), items of boxes.

A plan that a user brings is often the plain text of a web page or of a word processor: headings stand in lines of their
own, a paragraph is a line or is broken where the page was. Nothing is mended and every character keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from atlas.corpus.numerals import NUMERAL, value
from atlas.corpus.prose_boxes import SENTENCE_ENDS, Box, BoxItem, Line
from atlas.corpus.reading import page_mark_offsets
from atlas.models import Provision

_LEVELS = (
    re.compile(rf"第{NUMERAL}[篇编部]\w*"),
    re.compile(rf"第{NUMERAL}章"),
    re.compile(rf"第{NUMERAL}节"),
    re.compile(rf"{NUMERAL}、"),
    re.compile(rf"[（(]{NUMERAL}[）)]"),
    re.compile(rf"[【\[〔]?专栏\s*(?:\d+(?:[-—]\d+)?|{NUMERAL})[】\]〕]?"),
)
_SECTION_LEVEL = 2
_BOX_LEVEL = len(_LEVELS) - 1
_BOX_NUMBER = re.compile(rf"\d+|{NUMERAL}")
_LONGEST_HEADING = 40
_SPACE = " \t\u3000\xa0\ufeff"


def sections(text: str, file: str, document: str = "text") -> tuple[Provision, ...]:
    """Return the stretches of a plan between its headings and the items of its boxes, in order.

    Args:
        text: the file as read.
        file: its name, for the witness.
        document: what the ids begin with (`text/3`, `text/box-2/1`).

    Returns:
        What has words under it, of the kinds `section` and `box-item`; a text without any heading is one section.
        Paragraphs are parted by a newline, and `path` has the headings above, outermost first.
    """
    plan = _Plan(file, document)
    for line in _lines(text):
        plan.take(line)
    plan.close()
    return tuple(plan.found)


class _Plan:
    """A plan as far as it has been read."""

    def __init__(self, file: str, document: str) -> None:
        self.found: list[Provision] = []
        self._file, self._document = file, document
        self._above: dict[int, str] = {}
        self._title = self._number = ""
        self._body: list[Line] = []
        self._open_paragraph = False
        self._box: Box | None = None
        self._boxes: set[int] = set()
        self._sections = 0

    def take(self, line: Line) -> None:
        """Read a line: a heading, a line of a box, or a line of a section."""
        heading = _heading(line.text)
        if self._box is not None:
            outer = heading is not None and (heading[0] <= _SECTION_LEVEL or heading[0] == _BOX_LEVEL)
            if not outer and self._box.takes(line):
                return
            self.close()
            self._above.pop(_BOX_LEVEL, None)
            self._title = self._number = ""
        elif self._open_paragraph and not _stands_alone(line.text):
            heading = None
        if heading is None:
            self._body.append(line)
            self._open_paragraph = not line.text.endswith(tuple(SENTENCE_ENDS))
            return
        self.close()
        level, self._number, self._title = heading
        self._above = {key: words for key, words in self._above.items() if key < level} | {level: line.text}
        self._open_paragraph = False
        self._box = Box() if level == _BOX_LEVEL else None

    def close(self) -> None:
        """Put what stands under the last heading to what is found."""
        if self._box is not None:
            self._close_box(list(self._box.items()))
            self._box = None
        elif joined := _joined(self._body):
            self._sections += 1
            path = tuple(self._above[level] for level in sorted(self._above))[: -1 if self._title else None]
            self._add("section", f"{self._document}/{self._sections}", self._number, self._title, path, joined)
        self._body = []

    def _close_box(self, items: list[BoxItem]) -> None:
        printed = _BOX_NUMBER.search(self._number)
        number = (int(printed.group()) if printed.group().isdigit() else value(printed.group())) if printed else None
        while number is None or number in self._boxes:
            number = max(self._boxes, default=0) + 1
        self._boxes.add(number)
        path = tuple(self._above[level] for level in sorted(self._above))
        for count, item in enumerate(items, 1):
            self._add(
                "box-item",
                f"{self._document}/box-{number}/{count}",
                item.number,
                item.title,
                (*path, *item.above),
                (item.text, item.origin),
            )

    def _add(
        self,
        kind: Literal["section", "box-item"],
        name: str,
        number: str,
        title: str,
        path: tuple[str, ...],
        words: tuple[str, tuple[int, ...]],
    ) -> None:
        text, origin = words
        self.found.append(
            Provision(
                id=name,
                document=self._document,
                kind=kind,
                number=number,
                title=title,
                path=path,
                witness=self._file,
                start=min(origin),
                end=max(origin) + 1,
                text=text,
                origin=origin,
            )
        )


def _lines(text: str) -> Iterator[Line]:
    marks = page_mark_offsets(text)
    at = 0
    for raw in text.split("\n"):
        kept = [at + i for i, character in enumerate(raw) if character != "\r" and at + i not in marks]
        while kept and text[kept[0]] in _SPACE:
            kept.pop(0)
        while kept and text[kept[-1]] in _SPACE:
            kept.pop()
        if kept:
            yield Line("".join(text[i] for i in kept), tuple(kept), at + len(raw))
        at += len(raw) + 1


def _heading(line: str) -> tuple[int, str, str] | None:
    """Return the level, the number and the words of a heading; None for a line that is none."""
    if len(line) > _LONGEST_HEADING or line.endswith(tuple(SENTENCE_ENDS)) or "。" in line:
        return None
    for level, pattern in enumerate(_LEVELS):
        if found := pattern.match(line):
            return level, found.group(), line[found.end() :].strip(_SPACE + "：:、")
    return None


def _stands_alone(line: str) -> bool:
    """Say whether a line is a heading even where the line before it does not end a sentence (a heading itself)."""
    return any(pattern.match(line) for pattern in _LEVELS[:4])


def _joined(body: list[Line]) -> tuple[str, tuple[int, ...]] | None:
    """Return the paragraphs of a section in one text: a line goes on with the next unless it ends a sentence."""
    if not body:
        return None
    words: list[str] = []
    origin: list[int] = []
    for before, line in zip([None, *body], body, strict=False):
        if before is not None and before.text[-1] in SENTENCE_ENDS:
            words.append("\n")
            origin.append(before.end)
        words.append(line.text)
        origin += line.offsets
    return "".join(words), tuple(origin)
