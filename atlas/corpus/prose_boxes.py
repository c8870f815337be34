"""The boxes of a plan in plain text -> their items, by the marks that open them: 1., （一）, ①, ——, 铁路：, 01.

A box has no end of its own in plain text. It goes on while its lines carry its own marks in their order, and ends at a
heading of the plan or at a paragraph without a mark behind items that said all on their own line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from atlas.corpus.numerals import NUMERAL, value

SENTENCE_ENDS = "。！？；：.!?;:"


class Line(NamedTuple):
    """A line of a plan without the blanks at its edges; `offsets` are into the file."""

    text: str
    offsets: tuple[int, ...]
    end: int  # where its line break stands

    def cut(self, start: int, stop: int | None = None) -> Line:
        """Return a part of the line."""
        return Line(self.text[start:stop], self.offsets[start:stop], self.end)


class BoxItem(NamedTuple):
    """An item of a box: its mark as printed, its title, and its words, the title first."""

    number: str
    title: str
    text: str
    origin: tuple[int, ...]
    above: tuple[str, ...]  # the headings inside the box that it stands under


class _Mark(NamedTuple):
    family: str
    text: str
    number: int | None
    end: int


# Families of marks, the outer ones first where both are used.
_FAMILIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chinese", re.compile(rf"(?P<number>{NUMERAL})、")),
    ("chinese-bracket", re.compile(rf"[（(](?P<number>{NUMERAL})[）)]")),
    ("said", re.compile(r"(?P<number>[一二三四五六七八九十])是(?=\w)")),
    ("zero", re.compile(r"0(?P<digits>\d)(?=[ \u3000\t]*[^\W\d])")),
    ("digit", re.compile(r"(?P<digits>\d{1,2})\s?[.．、](?!\d)")),
    ("digit-bracket", re.compile(r"[（(](?P<digits>\d{1,2})[）)]")),
    ("digit-half", re.compile(r"(?P<digits>\d{1,2})[）)]")),
    ("circle", re.compile(r"[①-⑳]")),
    ("blank", re.compile(r"(?P<digits>\d{1,2})[ \t\u3000]+(?=[^\W\d])")),
    ("dash", re.compile(r"(?:[—–－-]{1,2})(?=[^\W\d])")),
    ("dot", re.compile(r"[●■▪•◆○◎▶➢★*·]")),
)
_RANK = {family: rank for rank, (family, _) in enumerate(_FAMILIES)}
_HEADINGS = ("chinese", "chinese-bracket")  # they number the plan's own sections too
_LABEL = re.compile(r"(?P<title>[\w、（）()“”]{2,22})[：:](?=.)|[【\[〔](?P<inner>\w{2,16})[】\]〕][：: ]*(?=.)")
_SENTENCE_TITLE = re.compile(r"(?P<title>[^，。；：、,;:]{2,22})。(?=.)")
_IMPERATIVE = re.compile(
    r"(?:加快|积极|大力|全面|持续|重点|深入|扎实|稳步|统筹|有序)*"
    r"(?:建设|实施|推进|推动|开展|新建|扩建|改扩建|加强|支持|完善|打造|培育|完成|建成|规划|谋划|优化|健全|落实|鼓励|引导|构建|建立|开工|做大|做强)"
)
_INLINE = "；;。：:"
_PUNCTUATION = re.compile(r"[，。；：,;:]")
_SHORT_LINE = 24
_LONGEST_TITLE = 26


@dataclass
class _Piece:
    mark: str
    family: str
    lines: list[Line] = field(default_factory=list)
    title: Line | None = None
    alone: bool = False  # the title has a line of its own


class Box:
    """The lines of one box, taken one by one."""

    def __init__(self) -> None:
        """Begin behind the heading of the box."""
        self._pieces: list[_Piece] = []
        self._last: dict[str, int] = {}
        self._families: list[str] = []

    def takes(self, line: Line) -> bool:
        """Take the next line; False where it belongs to the plan again."""
        mark = _mark_of(line.text)
        if mark and mark.family == "blank" and mark.number != self._last.get("blank", 0) + 1:
            mark = None  # 12 座 at the beginning of a broken line
        if mark and mark.family in _HEADINGS and not self._goes_on(mark):
            return False
        if mark or _LABEL.match(line.text):
            self._open(line, mark)
            return True
        return self._goes_on_unmarked(line)

    def _goes_on(self, mark: _Mark) -> bool:
        if not self._pieces:
            return mark.number == 1
        if mark.family in self._families:
            inner_done = mark.number == self._last.get(mark.family, 0) + 1
            return inner_done or (mark.number == 1 and self._families.index(mark.family) > 0)
        first = self._families[0] if self._families else ""
        return mark.number == 1 and first in _RANK and _RANK[mark.family] > _RANK[first]

    def _goes_on_unmarked(self, line: Line) -> bool:
        piece = self._pieces[-1] if self._pieces else None
        if piece is None:
            self._pieces.append(_titled(_Piece("", "bare"), line))
        elif not piece.lines:
            piece.lines.append(line)
        elif not piece.lines[-1].text.endswith(tuple(SENTENCE_ENDS)):
            short = len(piece.lines[-1].text) <= _SHORT_LINE and len(line.text) <= _SHORT_LINE
            if short and piece.family == "bare":
                self._pieces.append(_titled(_Piece("", "bare"), line))
            else:
                piece.lines.append(line)
        elif _is_title(line.text) or piece.family == "bare":
            self._pieces.append(_titled(_Piece("", "bare"), line))
        elif piece.alone:
            piece.lines.append(line)
        else:
            return False
        return True

    def _open(self, line: Line, mark: _Mark | None) -> None:
        family = mark.family if mark else "label"
        for start, stop, own in _inline(line.text, mark):
            part = line.cut(start, stop)
            if own:
                self._last[family] = own.number or 0
                for inner in self._families[self._families.index(family) + 1 :] if family in self._families else ():
                    self._last[inner] = 0
            if family not in self._families:
                self._families.append(family)
            text = part.text[own.end if own else 0 :]
            bare = _trimmed(part.cut(len(part.text) - len(text)))
            self._pieces.append(_titled(_Piece(own.text if own else "", family), bare))

    def items(self) -> Iterator[BoxItem]:
        """Yield the items, those that only head others as `above` of these."""
        above: list[tuple[str, str]] = []  # family, title
        for piece, following in zip(self._pieces, [*self._pieces[1:], None], strict=False):
            title = piece.title.text if piece.title else ""
            above = [one for one in above if self._depth(one[0]) < self._depth(piece.family)]
            inner = following is not None and self._depth(following.family) > self._depth(piece.family)
            if piece.title and not piece.lines and inner and piece.family != "bare":
                above.append((piece.family, title))
                continue
            if piece.title and not piece.lines and _IMPERATIVE.match(title):
                title = ""  # it says what is done and is no title
            words: list[str] = []
            origin: list[int] = []
            for part in ([piece.title] if piece.title else []) + _paragraphs(piece.lines):
                words.append(part.text)
                origin += part.offsets
            text = "".join(words)
            if text:
                yield BoxItem(piece.mark, title, text, tuple(origin), tuple(one for _, one in above))

    def _depth(self, family: str) -> int:
        return self._families.index(family) if family in self._families else len(self._families)


def _mark_of(text: str) -> _Mark | None:
    for family, pattern in _FAMILIES:
        if found := pattern.match(text):
            parts = found.groupdict()
            digits = parts.get("digits")
            number = int(digits) if digits else value(parts.get("number") or "")
            return _Mark(family, found.group(), number, found.end())
    return None


def _inline(text: str, first: _Mark | None) -> Iterator[tuple[int, int, _Mark | None]]:
    """Yield the stretches of a line that are an item each: it may have several with marks of one family."""
    if first is None:
        yield 0, len(text), None
        return
    pattern = dict(_FAMILIES)[first.family]
    starts = [0]
    if first.family not in ("chinese", "dash", "dot", "zero", "blank", "said"):
        starts += [one.start() for one in pattern.finditer(text, first.end) if text[one.start() - 1] in _INLINE]
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
        own = _mark_of(text[start:stop])
        yield start, stop, own or first


def _trimmed(line: Line) -> Line:
    start = len(line.text) - len(line.text.lstrip(" \t\u3000"))
    return line.cut(start, len(line.text.rstrip("；; ")))


def _titled(piece: _Piece, line: Line) -> _Piece:
    found = _LABEL.match(line.text) or _SENTENCE_TITLE.match(line.text)
    if found:
        group = "title" if found.group("title") else "inner"
        piece.title = line.cut(found.start(group), found.end(group))
        piece.lines = [_trimmed(line.cut(found.end()))]
    elif _is_title(line.text):
        piece.title, piece.alone = line, True
    elif line.text:
        piece.lines = [line]
    return piece


def _is_title(text: str) -> bool:
    return 2 <= len(text) <= _LONGEST_TITLE and not _PUNCTUATION.search(text)


def _paragraphs(lines: list[Line]) -> list[Line]:
    """Return lines with a newline behind each that ends a sentence and is not the last."""
    return [
        Line(line.text + "\n", (*line.offsets, line.end), line.end)
        if line.text.endswith(tuple(SENTENCE_ENDS)) and number < len(lines)
        else line
        for number, line in enumerate(lines, 1)
    ]
