"""Typefaces for print: Noto Sans CJK SC and Source Han Serif SC, the OFL fonts that the `mplfonts` package carries.

The package is only located, never imported: importing it changes matplotlib's global settings. Every text is checked
glyph by glyph before it is drawn, so that a missing character is an error and never an empty box.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

from atlas.errors import AtlasError, SourceError

MM_PER_POINT = 25.4 / 72
_MEASURE = 100  # size at which advances are read, pt: large enough that rounding doesn't show


class Face(StrEnum):
    """A typeface by its role, with the file that carries it."""

    SANS = "NotoSansCJKsc-Regular.otf"
    SERIF = "SourceHanSerifSC-Regular.otf"


class MissingGlyphError(AtlasError):
    """A character that has no glyph in the font that was to draw it."""


@cache
def font_file(face: Face) -> Path:
    """Return the path of a typeface.

    Raises:
        SourceError: mplfonts or the file in it is missing.
    """
    spec = find_spec("mplfonts")
    folder = Path(spec.origin).parent / "fonts" if spec and spec.origin else None
    if folder is None or not (folder / face.value).is_file():
        raise SourceError(f"font {face.value} of the package mplfonts is not installed: run 'make setup'")
    return folder / face.value


@cache
def _font(face: Face) -> FT2Font:
    font = FT2Font(str(font_file(face)))
    font.set_size(_MEASURE, 72)
    return font


def properties(face: Face, size: float) -> FontProperties:
    """Return matplotlib's handle of a typeface at `size` points."""
    return FontProperties(fname=str(font_file(face)), size=size)


def check(text: str, face: Face) -> None:
    """Refuse a text that the typeface cannot draw.

    Raises:
        MissingGlyphError: names the character, the text and the font.
    """
    for character in text:
        if not _has_glyph(character, face):
            raise MissingGlyphError(
                f"character {character!r} (U+{ord(character):04X}) of {text!r} has no glyph in {face.value}: "
                "correct the text, or choose a font that has it in atlas/plate/fonts.py"
            )


@cache
def _has_glyph(character: str, face: Face) -> bool:
    return _font(face).get_char_index(ord(character)) != 0


@cache
def _advance_em(character: str, face: Face) -> float:
    glyph = _font(face).load_char(ord(character), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance / 65536 / _MEASURE)


def width_mm(text: str, face: Face, size: float, spacing: float = 0) -> float:
    """Return the width of one line of text, mm: `size` in points, `spacing` between characters in em.

    Raises:
        MissingGlyphError: a character that the typeface lacks.
    """
    check(text, face)
    em = sum(_advance_em(character, face) for character in text) + spacing * max(len(text) - 1, 0)
    return em * size * MM_PER_POINT


_NO_LINE_START = "，。、；：？！）》」』”’％,.;:)]}°′″"
_NO_LINE_END = "（《「『“‘([{"


def wrap(text: str, face: Face, size: float, width: float) -> list[str]:
    """Break a text into lines of at most `width` mm: between Chinese characters, or between words of Latin text."""
    lines: list[str] = []
    line = ""
    for token in _tokens(text):
        if line and width_mm((line + token).rstrip(), face, size) > width:
            lines.append(line.rstrip())
            line = token.lstrip()
        else:
            line += token
    return [*lines, line.rstrip()] if line.strip() else lines


def _tokens(text: str) -> list[str]:
    """Split into the smallest runs that may not be broken: words, and characters with their punctuation."""
    tokens: list[str] = []
    for character in text:
        joins = bool(tokens) and (
            character in _NO_LINE_START
            or tokens[-1][-1] in _NO_LINE_END
            or (character < "⺀" and tokens[-1][-1] < "⺀" and not tokens[-1][-1].isspace())
        )
        if joins:
            tokens[-1] += character
        else:
            tokens.append(character)
    return tokens
