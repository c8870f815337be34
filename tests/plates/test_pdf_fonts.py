"""Fonts of a PDF: the outlines, widths and codes of the typeface, as a font program that publishers take."""

from __future__ import annotations

import io

import matplotlib as mpl
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from atlas.errors import SourceError
from atlas.plate.fonts import Face, font_file, properties
from atlas.plate.pdf_fonts import _charstring, outline_fonts

TEXT = "额济纳旗 Ejin 1:7 500 000"


def drawn(face: Face) -> bytes:
    figure = Figure(figsize=(4, 1))
    figure.text(0.1, 0.4, TEXT, fontproperties=properties(face, 12))
    buffer = io.BytesIO()
    with mpl.rc_context({"pdf.fonttype": 3}):
        FigureCanvasPdf(figure)
        figure.savefig(buffer, format="pdf", metadata={"CreationDate": None})
    return buffer.getvalue()


def outlined(pdf: bytes) -> bytes:
    """Return a PDF with its fonts made anew."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    outline_fonts(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def outline(glyphs: object, name: str) -> list[object]:
    """Return what a glyph draws, without how its paths are closed."""
    pen = RecordingPen()
    glyphs[name].draw(pen)  # type: ignore[index]
    return [step for step in pen.value if step[0] != "closePath"]


@pytest.mark.parametrize("face", list(Face))
def test_outlines_and_widths_are_those_of_the_typeface(face: Face) -> None:
    font_of_file = TTFont(font_file(face))
    order, original = font_of_file.getGlyphOrder(), font_of_file.getGlyphSet()
    page = PdfReader(io.BytesIO(outlined(drawn(face)))).pages[0]
    seen = 0
    for entry in page["/Resources"]["/Font"].values():
        font = entry.get_object()
        program = CFFFontSet()
        program.decompile(io.BytesIO(font["/FontDescriptor"]["/FontFile3"].get_data()), None)
        charstrings = program[0].CharStrings
        code = font["/FirstChar"]
        for one in font["/Encoding"]["/Differences"]:
            if not isinstance(one, NameObject):
                code = int(one)
                continue
            name = order[int(one.removeprefix("/uni"), 16)]  # matplotlib names a character by its number in the font
            made = RecordingPen()
            charstrings[one.removeprefix("/")].draw(made)
            assert [step for step in made.value if step[0] != "closePath"] == outline(original, name)
            assert font["/Widths"][code - font["/FirstChar"]] == round(original[name].width)
            code += 1
            seen += 1
    assert seen == len(set(TEXT))


def test_the_text_is_found_and_the_bytes_are_the_same_again() -> None:
    made = outlined(drawn(Face.SANS))
    assert TEXT in PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert made == outlined(drawn(Face.SANS))
    assert b"CharProcs" not in made
    assert PdfReader(io.BytesIO(made)).metadata["/Producer"].startswith("Matplotlib")


def test_a_drawing_that_no_outline_font_has_is_refused() -> None:
    with pytest.raises(SourceError, match="'re'"):
        _charstring(b"1000 0 0 0 10 10 d1\n0 0 10 10 re f")
    with pytest.raises(SourceError, match="width"):
        _charstring(b"0 0 m")


def test_a_page_without_text_stays() -> None:
    figure = Figure(figsize=(1, 1))
    buffer = io.BytesIO()
    FigureCanvasPdf(figure)
    figure.savefig(buffer, format="pdf")
    assert len(PdfReader(io.BytesIO(outlined(buffer.getvalue()))).pages) == 1
