"""Type: no character without a glyph, honest widths, and line breaks that Chinese typesetting allows."""

from __future__ import annotations

import sys

import pytest

from atlas.plate.fonts import MM_PER_POINT, Face, MissingGlyphError, check, font_file, width_mm, wrap
from atlas.plate.words import halves

LEAD = "《内蒙古自治区促进边境地区高质量发展条例》第二条所称边境地区，包括边境所在的二十个旗市区（2023年11月30日）。"


@pytest.mark.parametrize("face", list(Face))
def test_fonts_are_found_without_importing_mplfonts(face: Face) -> None:
    assert font_file(face).is_file()
    assert "mplfonts" not in sys.modules


@pytest.mark.parametrize("face", list(Face))
def test_a_missing_glyph_is_an_error_that_names_character_and_font(face: Face) -> None:
    check("额济纳旗 97°30′ 1:7 500 000", face)
    with pytest.raises(MissingGlyphError) as caught:
        check("额济纳旗\U0001f642", face)
    assert "U+1F642" in str(caught.value)
    assert face.value in str(caught.value)


def test_width_of_chinese_text_is_one_em_a_character() -> None:
    em = 10 * MM_PER_POINT
    assert width_mm("额济纳旗", Face.SANS, 10) == pytest.approx(4 * em, rel=1e-3)
    assert width_mm("额济纳旗", Face.SANS, 10, 0.5) == pytest.approx(5.5 * em, rel=1e-3)


@pytest.mark.parametrize("width", [30.0, 42.0, 55.0, 80.0])
def test_lines_fit_and_no_line_starts_with_a_closing_mark(width: float) -> None:
    lines = wrap(LEAD, Face.SANS, 7, width)
    assert "".join(lines) == LEAD
    for line in lines:
        assert width_mm(line, Face.SANS, 7) <= width
        assert line[0] not in "，。》）"
        assert line[-1] not in "《（"
    assert any("2023" in line for line in lines), "a number is never broken"


def test_latin_text_breaks_between_words() -> None:
    assert wrap("Alxa Left Banner", Face.SANS, 7, 14) == ["Alxa Left", "Banner"]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("新巴尔虎右旗", ("新巴尔虎", "右旗")),
        ("科尔沁右翼前旗", ("科尔沁", "右翼前旗")),
        ("达尔罕茂明安联合旗", ("达尔罕茂明安", "联合旗")),
        ("Horqin Right Front Banner", ("Horqin Right", "Front Banner")),
        ("额济纳旗", ()),
        ("满洲里市", ()),
    ],
)
def test_names_break_before_their_generic_part_only(name: str, parts: tuple[str, ...]) -> None:
    assert halves(name) == parts
