"""Dossiers: everything that governs a place is in it, in full, in all three formats."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest

from atlas.book.document import word_document
from atlas.book.dossier import Dossier, gather, parted, project_table
from atlas.book.markdown import markdown
from atlas.book.words import Language
from atlas.book.write import write_dossier
from atlas.errors import InputError, UnknownNameError
from atlas.models import Basis
from atlas.projects.verbs import STATUSES
from atlas.store import Atlas

EJIN = "152923"


@pytest.fixture
def dossier(atlas: Atlas) -> Dossier:
    return gather(atlas, EJIN, region_wide="full")


def test_every_governing_provision_is_there_in_full(atlas: Atlas, dossier: Dossier) -> None:
    entries = [entry for chapter in dossier.chapters for entry in chapter.entries]
    assert [entry.id for entry in entries] == [row.id for row in atlas.governing(EJIN)]
    texts = dict(zip(atlas.provisions()["id"], atlas.provisions()["text"], strict=True))
    for entry in entries:
        assert "".join(entry.paragraphs).split() == "".join(texts[entry.id].split("\n")).split()


def test_chapters_run_from_the_most_to_the_least_specific(dossier: Dossier) -> None:
    order = list(Basis)
    found = [order.index(chapter.basis) for chapter in dossier.chapters]
    assert found == sorted(found)
    assert dossier.chapters[0].basis is Basis.NAMED


def test_region_wide_provisions_can_be_listed_or_left_out(atlas: Atlas) -> None:
    dossier = gather(atlas, EJIN, region_wide="list")
    listed = dossier.chapters[-1]
    assert listed.basis is Basis.REGION
    assert not any(entry.paragraphs for entry in listed.entries)
    numbers = [number for one in listed.listings for number in one.numbers.split("、")]
    assert sorted(numbers) == sorted(entry.number for entry in listed.entries)
    first = [number for number in listed.listings[0].numbers.split("、") if number in {"第二条", "第四条", "第六条"}]
    assert first == sorted(first, key=["第二条", "第四条", "第六条"].index)  # as they are read
    assert all(one.numbers in markdown(dossier) for one in listed.listings)
    words = {line.text for line in docx.Document(io.BytesIO(word_document(dossier))).paragraphs}
    assert {one.numbers for one in listed.listings} <= words
    assert all(entry.paragraphs for chapter in dossier.chapters[:-1] for entry in chapter.entries)
    assert Basis.REGION not in {chapter.basis for chapter in gather(atlas, EJIN, region_wide="none").chapters}


def test_projects_of_the_unit_are_there(dossier: Dossier) -> None:
    projects = next(table for table in dossier.tables if table.id == "projects")
    assert any("额济纳" in row[0] for row in projects.rows)


def test_tables_have_a_cell_for_each_column(dossier: Dossier) -> None:
    for table in dossier.tables:
        assert len(table.widths) == len(table.columns)
        assert all(len(row) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("place", ["lake/hulun", "kongdui/xiliugou", "port/ceke", "150600"])
def test_places_of_every_kind_have_one(atlas: Atlas, place: str) -> None:
    dossier = gather(atlas, place, region_wide="none")
    assert dossier.chapters
    assert dossier.facts


def test_an_unknown_place_names_the_nearest(atlas: Atlas, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="额济纳旗"):
        write_dossier(atlas, "额济那旗", tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_names_the_choices(atlas: Atlas, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.pdf, \.docx, \.md"):
        write_dossier(atlas, EJIN, tmp_path / "a.odt")


def test_the_pdf_can_be_searched_and_has_bookmarks(atlas: Atlas, tmp_path: Path) -> None:
    out = write_dossier(atlas, EJIN, tmp_path / "a.pdf", region_wide="none")
    reader = pypdf.PdfReader(out)
    text = "".join(page.extract_text() for page in reader.pages)
    assert "额济纳旗" in text
    assert "第二条" in text
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert any(title.startswith("管这里的条文") for title in titles)
    fonts = {
        str(font["/BaseFont"]).split("+")[-1]
        for page in reader.pages
        for font in (page["/Resources"].get("/Font") or {}).values()
        for font in [font.get_object()]
        if "/BaseFont" in font
    }
    assert all("SourceHanSerif" in name or "NotoSansCJK" in name for name in fonts)


def test_word_holds_every_provision(dossier: Dossier) -> None:
    document = docx.Document(io.BytesIO(word_document(dossier)))
    paragraphs = {line.text for line in document.paragraphs}
    for chapter in dossier.chapters[:-1]:
        for entry in chapter.entries:
            assert set(entry.paragraphs) <= paragraphs


def test_the_same_dossier_is_the_same_bytes(atlas: Atlas, dossier: Dossier, tmp_path: Path) -> None:
    assert word_document(dossier) == word_document(dossier)
    once = write_dossier(atlas, EJIN, tmp_path / "a.pdf", region_wide="none").read_bytes()
    again = write_dossier(atlas, EJIN, tmp_path / "b.pdf", region_wide="none").read_bytes()
    assert once == again


def test_names_stay_text(dossier: Dossier) -> None:
    hostile = dossier.model_copy(update={"title": "<img src=x onerror=1> #let x = 1 $a$"})
    with zipfile.ZipFile(io.BytesIO(word_document(hostile))) as packed:
        assert b"<img" not in packed.read("word/document.xml")
    assert r"\<img src=x onerror=1\>" in markdown(hostile)


def test_citations_are_parted() -> None:
    assert parted("《甲条例》（2023年7月31日通过）第二条") == ("《甲条例》（2023年7月31日通过）", "第二条")
    assert parted("《纲要》（内政发〔2021〕1号）专栏20（二）")[1] == "专栏20（二）"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_status_of_the_register_is_said_in_words(atlas: Atlas, language: Language) -> None:
    rows = project_table(atlas, atlas.projects(), language).rows
    assert len(rows) > 500
    said = {row[1] for row in rows}
    assert not said & set(STATUSES)
    assert all(state.isascii() == (language == "en") for state in said)
