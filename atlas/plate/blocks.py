"""What blocks of furniture share: what they speak of; paragraphs and stacks in mm below and right of (0, 0)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from atlas.layers import Bilingual
from atlas.plate.content import Content
from atlas.plate.definition import Edition, Language, Plate
from atlas.plate.fonts import MM_PER_POINT, Face, wrap
from atlas.plate.marks import Mark, Text
from atlas.plate.projection import SheetMap
from atlas.plate.words import say

BODY, SMALL, NOTE = 7.0, 6.2, 5.6  # type sizes, pt
COLON: dict[Language, str] = {"zh": "：", "en": ": ", "both": "："}
SWATCH = (8.0, 3.6)  # mm
_HANGING = "《「『（"


@dataclass(frozen=True)
class KeyRow:
    """One feature of the numbered key."""

    number: int
    feature: str
    place: str
    name_zh: str
    name_en: str
    aside_zh: str  # the league of an area, the status of a line
    aside_en: str


@dataclass(frozen=True)
class Setting:
    """All that furniture speaks of."""

    plate: Plate
    sheet: SheetMap
    content: Content
    key: tuple[KeyRow, ...]
    language: Language
    edition: Edition
    meta: Mapping[str, str]


@dataclass(frozen=True)
class Laid:
    """Marks below and right of (0, 0), and how far down they reach, mm."""

    height: float
    marks: tuple[Mark, ...]


def paragraph(text: str, width: float, size: float, colour: str = "ground.ink", face: Face = Face.SANS) -> Laid:
    """Set wrapped lines under one another with generous leading."""
    leading = size * MM_PER_POINT * 1.5
    lines = wrap(text, face, size, width)
    first = size * MM_PER_POINT * 0.88
    marks = tuple(
        # An opening bracket's left half is blank: it hangs, so that the characters line up.
        Text(-size * MM_PER_POINT / 2 if line[0] in _HANGING else 0, -first - leading * row, line, size, colour, face)
        for row, line in enumerate(lines)
    )
    return Laid(first + leading * (len(lines) - 1) + size * MM_PER_POINT * 0.12 if lines else 0, marks)


def stack(parts: Sequence[tuple[float, Laid]]) -> Laid:
    """Put parts under one another, each after a gap in mm."""
    marks: list[Mark] = []
    down = 0.0
    for gap, part in parts:
        down += gap
        marks.extend(mark.moved(0, -down) for mark in part.marks)
        down += part.height
    return Laid(down, tuple(marks))


def heading(text: Bilingual, setting: Setting, width: float) -> Laid:
    """Set the heading of a block."""
    return paragraph(say(text, setting.language), width, BODY, "ground.muted", Face.SERIF)


def counted(title: Bilingual, count: int, language: Language) -> str:
    """Return a title with a number behind it."""
    return f"{say(title, language)} ({count})" if language == "en" else f"{say(title, language)}（{count}）"
