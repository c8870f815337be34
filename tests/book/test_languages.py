"""Dossiers keep to one language, and Word has what the PDF has."""

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
from atlas.book.words import Language
from atlas.book.write import write_dossier
from atlas.store import Atlas

ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")


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
    assert re.search(r"certainty 9[89]%\)", text)


def test_word_has_the_map_true_columns_and_heads_that_repeat(atlas: Atlas) -> None:
    dossier = gather(atlas, "达拉特旗", region_wide="none")
    made = docx.Document(io.BytesIO(word_document(dossier, location_map(atlas, "150621", "zh", form="png"))))
    assert len(made.inline_shapes) == 1
    for grid, table in zip(made.tables, dossier.tables, strict=True):
        widths = [column.width for column in grid.columns]
        assert widths[0] / widths[1] == pytest.approx(table.widths[0] / table.widths[1], rel=0.02)
        assert grid.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
