"""The typefaces of a drawn PDF as compact outline fonts (Type 1C) instead of Type 3.

Matplotlib sets fonts with CFF outlines, as all Chinese ones are, as Type 3: each character a small drawing. Many
publishers refuse Type 3, and readers show it without hinting. Here each such font becomes a simple Type 1 font with the
same outlines, codes, widths and Unicode map, so that nothing in the pages changes. No outline is made anew: the drawing
of a character is its charstring in other words.

Source: ISO 32000-1, 9.6.2 (Type 1 fonts), 9.6.5 (Type 3 fonts), 9.9 (embedded font programs).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject

from atlas.errors import SourceError

UNITS_PER_EM = 1000
_NOTDEF = ".notdef"
_SYMBOLIC = 4  # flag of a font with an encoding of its own
_OPERATORS = frozenset("mlchf")  # of a drawing: move, line, curve, close, fill
_OF_TYPE_3 = ("/CharProcs", "/FontMatrix", "/FontBBox", "/Resources", "/Name")


def outline_fonts(writer: PdfWriter) -> None:
    """Make the Type 3 fonts of a PDF of matplotlib's Type 1C.

    Raises:
        SourceError: a character is drawn with more than straight lines and cubic curves.
    """
    for entry in _type_3(writer):
        _replace(entry, writer)
    # The drawings of the characters are of no use any more.
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)


def _type_3(writer: PdfWriter) -> Iterator[DictionaryObject]:
    for page in writer.pages:
        fonts = cast("DictionaryObject", cast("DictionaryObject", page["/Resources"]).get("/Font", DictionaryObject()))
        for key in fonts:
            font = cast("DictionaryObject", fonts[key])
            if font.get("/Subtype") == "/Type3":
                yield font


def _replace(font: DictionaryObject, writer: PdfWriter) -> None:
    """Turn a font dictionary into that of a Type 1 font with an embedded CFF program."""
    name = str(font["/BaseFont"]).removeprefix("/")
    drawn = cast("DictionaryObject", font["/CharProcs"])
    drawings = {key.removeprefix("/"): cast("StreamObject", drawn[key]).get_data() for key in drawn}
    program = StreamObject()
    program.set_data(_cff(name, drawings))
    program[NameObject("/Subtype")] = NameObject("/Type1C")
    program = program.flate_encode()
    descriptor = cast("DictionaryObject", font["/FontDescriptor"])
    descriptor[NameObject("/FontFile3")] = writer._add_object(program)
    descriptor[NameObject("/Flags")] = NumberObject(_SYMBOLIC)
    for key in _OF_TYPE_3:
        font.pop(key, None)
    font[NameObject("/Subtype")] = NameObject("/Type1")


def _cff(name: str, drawings: Mapping[str, bytes]) -> bytes:
    """Return a CFF font program with these characters."""
    builder = FontBuilder(UNITS_PER_EM, isTTF=False)
    builder.setupGlyphOrder([_NOTDEF, *sorted(drawings)])
    charstrings = {key: _charstring(drawn) for key, drawn in drawings.items()}
    charstrings[_NOTDEF] = T2CharStringPen(UNITS_PER_EM, None).getCharString()
    builder.setupCFF(name, {"FullName": name}, charstrings, {})
    table: bytes = builder.font["CFF "].compile(builder.font)
    return table


def _charstring(drawing: bytes) -> Any:
    """Return the charstring of a drawing: `width 0 left bottom right top d1`, then m, l, c, h and f."""
    operands: list[float] = []
    pen: T2CharStringPen | None = None
    start = last = (0.0, 0.0)
    pending = False  # a line that may only close the path, which the font closes by itself
    for token in drawing.split():
        word = token.decode("ascii")
        if word.lstrip("-").replace(".", "", 1).isdigit():
            operands.append(float(word))
            continue
        points = list(zip(operands[::2], operands[1::2], strict=False))
        if word == "d1":
            pen = T2CharStringPen(operands[0], None)
        elif pen is None:
            raise SourceError(f"a Type 3 character opens with {word!r} instead of its width")
        elif word not in _OPERATORS:
            raise SourceError(f"a Type 3 character is drawn with {word!r}, which no outline font has")
        else:
            if pending and not (word == "h" and last == start):
                pen.lineTo(last)
            pending = word == "l"
            if word == "m":
                start = points[0]
                pen.moveTo(start)
            elif word == "c":
                pen.curveTo(*points)
            elif word == "h":
                pen.closePath()
            last = points[-1] if points else last
        operands = []
    if pen is None:
        raise SourceError("a Type 3 character without a width")
    return pen.getCharString()
