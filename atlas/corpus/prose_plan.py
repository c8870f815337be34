"""Any plan's text without a table of contents -> sections by its headings: 第一章, 第二节, 一、, （一）, 专栏3.

A plan that a user brings is often the plain text of a web page or of a word processor: headings stand in lines of their
own, a paragraph is a line or is broken where the page was. Nothing is mended and every character keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from atlas.corpus.numerals import NUMERAL
from atlas.corpus.reading import page_mark_offsets
from atlas.models import Provision

_LEVELS = (
    re.compile(rf"第{NUMERAL}[篇编部]\w*"),
    re.compile(rf"第{NUMERAL}章"),
    re.compile(rf"第{NUMERAL}节"),
    re.compile(rf"{NUMERAL}、"),
    re.compile(rf"[（(]{NUMERAL}[）)]"),
    re.compile(r"专栏\s*\d+"),
)
_LONGEST_HEADING = 40
_ENDS = "。！？；：.!?;:"
_SPACE = " \t\u3000\xa0\ufeff"


class _Line(NamedTuple):
    text: str
    offsets: tuple[int, ...]
    end: int  # where its line break stands


def sections(text: str, file: str, document: str = "text") -> tuple[Provision, ...]:
    """Return the stretches of a plan between its headings, in order, as provisions of the kind `section`.

    Args:
        text: the file as read.
        file: its name, for the witness.
        document: what the ids begin with (`text/3`).

    Returns:
        What has words under it; a text without any heading is one section. Paragraphs are parted by a newline, and
        `path` has the headings above, outermost first.
    """
    found: list[Provision] = []
    above: dict[int, str] = {}
    title = ""
    number = ""
    body: list[_Line] = []
    open_paragraph = False

    def close() -> None:
        joined = _joined(body)
        if joined is None:
            return
        words, origin = joined
        path = tuple(above[level] for level in sorted(above))[: -1 if title else None]
        found.append(
            Provision(
                id=f"{document}/{len(found) + 1}",
                document=document,
                kind="section",
                number=number,
                title=title,
                path=path,
                witness=file,
                start=min(origin),
                end=max(origin) + 1,
                text=words,
                origin=origin,
            )
        )

    for line in _lines(text):
        heading = None if open_paragraph and not _stands_alone(line.text) else _heading(line.text)
        if heading is None:
            body.append(line)
            open_paragraph = not line.text.endswith(tuple(_ENDS))
            continue
        close()
        body = []
        level, number, title = heading
        above = {key: value for key, value in above.items() if key < level} | {level: line.text}
        open_paragraph = False
    close()
    return tuple(found)


def _lines(text: str) -> Iterator[_Line]:
    marks = page_mark_offsets(text)
    at = 0
    for raw in text.split("\n"):
        kept = [at + i for i, character in enumerate(raw) if character != "\r" and at + i not in marks]
        while kept and text[kept[0]] in _SPACE:
            kept.pop(0)
        while kept and text[kept[-1]] in _SPACE:
            kept.pop()
        if kept:
            yield _Line("".join(text[i] for i in kept), tuple(kept), at + len(raw))
        at += len(raw) + 1


def _heading(line: str) -> tuple[int, str, str] | None:
    """Return the level, the number and the words of a heading; None for a line that is none."""
    if len(line) > _LONGEST_HEADING or line.endswith(tuple(_ENDS)) or "。" in line:
        return None
    for level, pattern in enumerate(_LEVELS):
        if found := pattern.match(line):
            return level, found.group(), line[found.end() :].strip(_SPACE + "：:、")
    return None


def _stands_alone(line: str) -> bool:
    """Say whether a line is a heading even where the line before it does not end a sentence (a heading itself)."""
    return any(pattern.match(line) for pattern in _LEVELS[:4])


def _joined(body: list[_Line]) -> tuple[str, tuple[int, ...]] | None:
    """Return the paragraphs of a section in one text: a line goes on with the next unless it ends a sentence."""
    if not body:
        return None
    words: list[str] = []
    origin: list[int] = []
    for before, line in zip([None, *body], body, strict=False):
        if before is not None and before.text[-1] in _ENDS:
            words.append("\n")
            origin.append(before.end)
        words.append(line.text)
        origin += line.offsets
    return "".join(words), tuple(origin)
