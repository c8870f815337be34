"""The book's pages: what faces a plate, the page of a unit, ledgers and the halves of the index."""

from __future__ import annotations

import io

import pypdf
import pytest

from atlas.book.cover import cover
from atlas.book.facing import SETTINGS, facing, fitting
from atlas.book.index import Entry as IndexEntry
from atlas.book.index import Letter, halves, make_index
from atlas.book.ledger import ledgers
from atlas.book.register import Group, Row, register, squares
from atlas.book.sheets import Sheet
from atlas.book.typeset import typeset
from atlas.book.unitpage import drawn_names, unit_page
from atlas.plate.definition import load_plate
from atlas.plates import compose_plate
from atlas.store import Atlas

SHEET = Sheet(plate="culture", pdf=b"", frame=(14, 19, 406, 283), size=(420, 297), squares=())


@pytest.mark.parametrize("plate", ["units", "attention", "culture"])
def test_law_text_has_34_to_38_characters_a_line_and_nothing_is_dropped(atlas: Atlas, plate: str) -> None:
    values = facing(atlas, plate, 1, SHEET)
    assert (values["columns"], values["size"]) in [setting[:2] for setting in SETTINGS]
    left_out = values["rest"].count("；") + 1 if values["rest"] else 0
    assert len(values["provisions"]) + left_out == len(load_plate(plate).facing.provisions)
    # The column's width (mm) over the size of the type gives the characters of a line.
    width = 168 if values["columns"] == 1 else 128
    assert 33.5 <= width / (values["size"] * 25.4 / 72) <= 39


def test_a_short_text_stands_in_one_wide_column(atlas: Atlas) -> None:
    assert facing(atlas, "border", 1, SHEET)["columns"] == 1
    assert facing(atlas, "culture", 1, SHEET)["columns"] == 2


def test_the_list_counts_what_it_leaves_out() -> None:
    rows = tuple(Row(name=f"地名{number:03}号", square="A1") for number in range(400))
    made = fitting((Group(title="很多", rows=rows),))
    kept = len(made["groups"][0]["rows"])
    assert 0 < kept < 400
    assert f"{400 - kept}处" in made["rest"]


def test_the_list_says_where_each_name_or_symbol_stands(atlas: Atlas) -> None:
    composed = compose_plate(atlas, "border")
    rows = {row.name: row for group in register(composed) for row in group.rows}
    assert [rows[name].number for name in ("阿拉善左旗", "额济纳旗", "扎赉诺尔区")] == [1, 3, 20]
    left, _, right, _ = composed.setting.sheet.frame
    label = next(one for one in composed.labels if one.texts[-1].text == "额济纳旗")
    column = "ABCDEFGH"[int((label.box.middle[0] - left) / (right - left) * 8)]
    assert rows["额济纳旗"].square.startswith(column)
    banner = composed.setting.content.shown("border")
    assert banner is not None
    place = banner.features.loc[banner.features["name_zh"] == "额济纳旗", "place"].iloc[0]
    assert dict(squares(composed))[place] == rows["额济纳旗"].square


def test_units_are_listed_by_league(atlas: Atlas) -> None:
    groups = register(compose_plate(atlas, "units"))
    assert len(groups) == 12
    assert sum(len(group.rows) for group in groups) == 103


def test_a_unit_page_keeps_room_for_the_articles_of_its_class(atlas: Atlas) -> None:
    page = unit_page(atlas, "150781", atlas.shapes_of(("150781",)), drawn_names(atlas))
    groups = {group["title"].split("（")[0]: group for group in page["groups"]}
    assert len(groups["类别"]["rows"]) >= 5
    assert all(group["rows"] for group in page["groups"])
    named = {one["label"]: one["value"] for one in page["features"]}
    assert "满洲里口岸" in named["口岸"]


def test_a_ledger_says_each_provision_once_before_what_it_lists(atlas: Atlas) -> None:
    projects, targets = ledgers(atlas)
    assert len(projects["rows"]) == len(atlas.projects())
    assert projects["rows"][0][0]
    for row, start in zip(projects["rows"], projects["starts"], strict=True):
        assert bool(row[0]) is start
    assert projects["starts"].count(True) < len(projects["rows"])
    assert targets["columns"][-1] == "数值"
    assert all(len(row) == len(targets["widths"]) for row in targets["rows"])


def test_what_every_plate_names_is_referred_to_once(atlas: Atlas) -> None:
    sheet = SHEET.model_copy(update={"squares": (("152900", "B4"),)})
    sheets = {f"plate-{number}": sheet for number in range(10)}
    letters = make_index(atlas.gazetteer.places.values(), sheets, {"152921"})
    found = {entry.id: entry for letter in letters for entry in letter.entries}
    assert [ref.number for ref in found["152900"].refs] == [1]
    assert found["152900"].everywhere
    assert not found["152921"].everywhere


def test_the_index_has_two_pages_of_about_the_same_length() -> None:
    letters = [
        Letter(letter=letter, entries=tuple(IndexEntry(id=f"{letter}{n}", name="名", refs=()) for n in range(10)))
        for letter in "ABCDEF"
    ]
    assert [[one.letter for one in half] for half in halves(letters)] == [["A", "B", "C"], ["D", "E", "F"]]


@pytest.mark.parametrize("count", [245, 250, 255, 260, 607])
def test_no_page_of_a_ledger_holds_a_few_rows_alone(atlas: Atlas, count: int) -> None:
    """A little over two full pages of rows are set closer, to stand on two."""
    whole, *_ = ledgers(atlas)
    cut = whole | {"rows": whole["rows"][:count], "starts": whole["starts"][:count]}
    empty = {"parts": [], "units": [], "index": {"title": "", "lead": "", "units": [], "pages": []}, "sources": []}
    head = dict.fromkeys(("title", "title_en", "subtitle", "author", "edition", "version", "contents_title"), "–")
    rest = dict.fromkeys(("units_title", "sources_title", "colophon_title", "files_title"), "–")
    values = (
        head | rest | empty | {"reading": {"title": "–", "items": []}, "colophon": [], "files": [], "tables": [cut]}
    )
    pdf = pypdf.PdfReader(io.BytesIO(typeset("book", {"book": values}, {"cover.pdf": cover(atlas)})))
    pages = [text for text in (page.extract_text() for page in pdf.pages) if "依据" in text]
    last = sum(row[1][:6] in pages[-1] for row in cut["rows"])
    assert len(pages) in {2, 3, 5, 6}
    assert last > 20


def test_the_cover_is_the_same_bytes_every_time(atlas: Atlas) -> None:
    assert cover(atlas) == cover(atlas)
