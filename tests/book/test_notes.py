"""The gazetteer's notes in Chinese, and dossiers that keep to one language."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from atlas.book.document import word_document
from atlas.book.dossier import gather
from atlas.book.location import location_map
from atlas.book.markdown import markdown
from atlas.book.notes import in_chinese
from atlas.book.words import Language
from atlas.book.write import write_dossier
from atlas.store import Atlas

ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")


@pytest.mark.parametrize(
    ("note", "chinese"),
    [
        ("a point inside the official boundary, not the seat", "官方界线内的一点，不是驻地"),
        (
            "checked: GeoNames 203 Shulinzhao 1.3 km, CMA weather station 534 0.5 km (stations: table in meteva 1.9)",
            "核对：GeoNames 203（Shulinzhao）相距 1.3 千米，中国气象局气象站 534 相距 0.5 千米（站表：meteva 1.9）",
        ),
        (
            "滨河街道市府大道; the 高德 center lies 3.0 km NE, in the town",
            "滨河街道市府大道；高德所标中心在东北 3.0 千米",
        ),
        ("驻地取自公报", "驻地取自公报"),
        ("a point inside the official boundary, not the seat; nobody knows why", None),
    ],
)
def test_a_note_is_read_clause_by_clause_or_left_alone(note: str, chinese: str | None) -> None:
    assert in_chinese(note) == chinese


def test_nearly_all_units_have_their_note_in_chinese_and_no_number_is_lost(atlas: Atlas) -> None:
    units = [place for place in atlas.gazetteer.places.values() if place.id.startswith("15") and place.note]
    told = {place.name: in_chinese(place.note) for place in units}
    assert [name for name, note in told.items() if note is None] == ["呼和浩特市"]
    for place in units:
        note = told[place.name]
        if note:
            figures = re.findall(r"\d+\.\d+|\d{5,}", place.note)
            assert all(figure in note for figure in figures), place.name


def test_a_chinese_dossier_has_no_english_sentence_and_an_english_one_english_names(atlas: Atlas) -> None:
    chinese = gather(atlas, "达拉特旗", region_wide="none")
    assert not [fact.value for fact in chinese.facts if ENGLISH.search(fact.value)]
    assert "（42）" not in markdown(gather(atlas, "达拉特旗", "en", "none"))
    english = {fact.label: fact.value for fact in gather(atlas, "达拉特旗", "en", "none").facts}
    assert english["Lies in"] == "Ordos City 鄂尔多斯市"
    assert "Yellow River" in english["Classes"]
    assert any("Regulations of Inner Mongolia" in one for one in gather(atlas, "达拉特旗", "en", "none").sources)


@pytest.mark.parametrize("unit", ["152921", "150621", "150781"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_unit_has_a_map_in_both_languages(atlas: Atlas, unit: str, language: Language) -> None:
    made = location_map(atlas, unit, language)
    assert made is not None
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == 1


def test_the_english_dossier_is_written(atlas: Atlas, tmp_path: Path) -> None:
    out = write_dossier(atlas, "达拉特旗", tmp_path / "dalad.pdf", language="en", region_wide="none")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    assert "Dalad Banner" in text
    assert "certainty 99%)" in text


def test_word_has_the_map_true_columns_and_heads_that_repeat(atlas: Atlas) -> None:
    dossier = gather(atlas, "达拉特旗", region_wide="none")
    made = docx.Document(io.BytesIO(word_document(dossier, location_map(atlas, "150621", "zh", form="png"))))
    assert len(made.inline_shapes) == 1
    for grid, table in zip(made.tables, dossier.tables, strict=True):
        widths = [column.width for column in grid.columns]
        assert widths[0] / widths[1] == pytest.approx(table.widths[0] / table.widths[1], rel=0.02)
        assert grid.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
