"""The typefaces of a drawn PDF as compact outline fonts (Type 1C) instead of Type 3.

Matplotlib sets fonts with CFF outlines, as all Chinese ones are, as Type 3: each character a small drawing. Many
publishers refuse Type 3, and readers show it without hinting. Here each such font becomes a simple Type 1 font with the
same outlines, codes, widths and Unicode map, so that nothing in the pages changes. No outline is made anew: the drawing
of a character is its charstring in other words.

Source: ISO 32000-1, 9.6.2 (Type 1 fonts), 9.6.5 (Type 3 fonts), 9.9 (embedded font programs).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import T2CharString
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject

from atlas.errors import SourceError

UNITS_PER_EM = 1000
_NOTDEF = ".notdef"
_SYMBOLIC = 4  # flag of a font with an encoding of its own
# Operators of a drawing (move, line, curve, close, fill) and their names in a charstring, which closes by itself.
_STEPS = {b"m": "rmoveto", b"l": "rlineto", b"c": "rrcurveto", b"h": "", b"f": ""}
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
    charstrings[_NOTDEF] = T2CharString(program=[UNITS_PER_EM, "endchar"])
    builder.setupCFF(name, {"FullName": name}, charstrings, {})
    table: bytes = builder.font["CFF "].compile(builder.font)
    return table


def _charstring(drawing: bytes) -> T2CharString:
    """Return the charstring of a drawing: `width 0 left bottom right top d1`, then m, l, c, h and f.

    Operands of a charstring are steps from the point before; a path closes by itself, so that the line which only leads
    back to its start is left out.
    """
    words = drawing.split()
    if b"d1" not in words:
        raise SourceError("a Type 3 character without a width")
    head = words.index(b"d1") + 1
    program: list[float | str] = [_number(words[0])]
    at = start = (0.0, 0.0)
    numbers: list[float] = []
    for place, word in enumerate(words[head:], start=head):
        operator = _STEPS.get(word)
        if operator is None:
            numbers.append(_number(word))
            continue
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        numbers = []
        if word == b"m":
            start = points[0]
        closes = word == b"l" and points[0] == start and words[place + 1 : place + 2] == [b"h"]
        if not operator or closes:
            continue
        for x, y in points:
            program += (x - at[0], y - at[1])
            at = (x, y)
        program.append(operator)
    return T2CharString(program=[*program, "endchar"])


def _number(word: bytes) -> float:
    try:
        value = float(word)
    except ValueError:
        raise SourceError(f"a Type 3 character is drawn with {word.decode()!r}, which no outline font has") from None
    return int(value) if value.is_integer() else value
