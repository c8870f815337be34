"""The registers of the tables: rows, the shared filter over them, searching, sorting, pages, what a download holds."""

from __future__ import annotations

import io
import json
from functools import partial

import pandas as pd
import pytest

from atlas.exchange.sheets import csv_bytes
from atlas.exchange.tables import table
from atlas.filters import Filters
from atlas.selection import Selection
from atlas.store import Atlas
from atlas.ui import registers
from atlas.ui.registers import COLUMNS, NAMES, PAGE_ROWS, Asked, Cell, Row
from atlas.ui.words import LANGS, WORDS


@pytest.fixture(scope="module")
def opened(built_atlas) -> Atlas:
    return Atlas(built_atlas)


@pytest.fixture(scope="module")
def filters(opened: Atlas) -> Filters:
    return Filters(opened)


def data(atlas: Atlas, asked: Asked, wanted: list[Row], lang: str = "zh", reachable=frozenset()) -> dict:
    counts = dict.fromkeys(NAMES, (len(wanted), len(wanted)))
    return registers.table_data(asked, wanted, counts, lang, reachable)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", LANGS)
def test_every_register_has_rows_columns_and_words(opened: Atlas, name: str, lang: str) -> None:
    rows = registers.rows(opened, name, lang)
    assert rows
    assert {len(row.cells) for row in rows} == {len(COLUMNS[name])}
    assert all(row.cells[0].words() for row in rows)
    for column in COLUMNS[name]:
        assert f"column_{column}" in WORDS
    shown = data(opened, Asked(name), list(rows), lang)
    assert len(shown["rows"]) == min(PAGE_ROWS, len(rows))
    assert len(json.dumps(shown, ensure_ascii=False).encode()) < 60_000


def test_no_row_of_a_register_is_lost(opened: Atlas) -> None:
    for name in ("projects", "targets", "ledger", "provisions"):
        assert len(registers.rows(opened, name, "zh")) == len(table(opened, name)[0])
    listed = {row.key for row in registers.rows(opened, "places", "zh")}
    places = opened.gazetteer.places
    assert {key for key, place in places.items() if place.type != "outside-unit"} <= listed
    meant = {member for row in opened.ledger()["place"].dropna() for member in opened.gazetteer.members(row)}
    assert {key for key in meant if key in places} <= listed


def test_every_coded_value_has_a_word(opened: Atlas) -> None:
    """What stands in the cells is language, no code: there is a Chinese word for each status, kind and type."""
    for name, at in (("projects", 1), ("projects", 2), ("targets", 3), ("places", 2), ("ledger", 2)):
        codes = {row.cells[at].text for row in registers.rows(opened, name, "zh") if row.cells[at].text.isascii()}
        assert codes - {""} == set(), (name, COLUMNS[name][at])


def test_the_shared_filter_narrows_every_register(opened: Atlas, filters: Filters) -> None:
    selection = Selection(regions=("152900",))
    kept = filters.keep(selection)
    rows = partial(registers.kept_rows, opened, filters, selection, lang="zh")
    for name in ("projects", "targets", "places", "provisions"):
        found = rows(name=name)
        assert {row.key for row in found} <= kept[name]
        assert 0 < len(found) < len(registers.rows(opened, name, "zh"))
    ledger = table(opened, "ledger")[0]
    members = opened.gazetteer.members
    for row in rows(name="ledger"):
        assert row.key in kept["provisions"]
        place = ledger["place"].iloc[row.at]
        if isinstance(place, str):
            assert not kept["places"].isdisjoint(members(place))


def test_without_a_filter_all_rows_stand(opened: Atlas, filters: Filters) -> None:
    for name in NAMES:
        assert len(registers.kept_rows(opened, filters, Selection(), name, "zh")) == len(
            registers.rows(opened, name, "zh")
        )


def row(at: int, *cells: Cell) -> Row:
    return Row(at, str(at), cells, " ".join(cell.words() for cell in cells).lower())


def test_searching_wants_every_word_and_folds(opened: Atlas) -> None:
    rows = registers.rows(opened, "projects", "zh")
    both = registers.found_rows(rows, "铁路 集宁")
    assert both
    assert len(both) < len(registers.found_rows(rows, "铁路"))
    assert registers.found_rows(rows, "鐵路") == registers.found_rows(rows, "铁路")
    assert registers.found_rows(rows, "") == list(rows)
    assert registers.found_rows(rows, "无此项目字样") == []


def test_numbers_by_size_words_by_pinyin_empty_last() -> None:
    def of(text: str, number: float | None) -> tuple[Cell, ...]:
        year = Cell(str(number or ""), order=number)
        return (Cell(text), Cell("c"), Cell(text), year, Cell(), Cell(), Cell())

    rows = [row(0, *of("赤峰", 10)), row(1, *of("阿拉善", None)), row(2, *of("包头", 9)), row(3, *of("", 100))]

    def order(sort: str) -> list[int]:
        return [one.at for one in registers.sorted_rows(rows, "projects", sort)]

    assert order("year") == [2, 0, 3, 1]
    assert order("-year") == [3, 0, 2, 1]
    assert order("name") == [1, 2, 0, 3]
    assert order("-name") == [0, 2, 1, 3]
    assert order("") == order("no-such-column") == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "address",
    [("nothing", "name", "", "1"), ("projects", "<img>", "", "1"), ("projects", "-value", "", "0"), ("", "", "", "-3")],
)
def test_what_an_address_asks_for_is_checked(address: tuple[str, str, str, str]) -> None:
    asked = Asked.read(*address)
    assert asked.name == "projects"
    assert asked.sort in {"", "name"}
    assert asked.page == 1


def test_a_page_beyond_the_last_is_the_last(opened: Atlas) -> None:
    rows = list(registers.rows(opened, "projects", "zh"))
    shown = data(opened, Asked("projects", page=9999), rows)
    assert shown["page"] == shown["pages"] == -(-len(rows) // PAGE_ROWS)
    assert len(shown["rows"]) == len(rows) - (shown["pages"] - 1) * PAGE_ROWS


def test_heads_say_how_they_are_sorted(opened: Atlas) -> None:
    shown = data(opened, Asked("projects", sort="-year"), list(registers.rows(opened, "projects", "zh")))
    assert {column["id"]: column["sort"] for column in shown["columns"] if column["sort"] != "none"} == {
        "year": "descending"
    }


def test_only_what_can_be_opened_is_a_link(opened: Atlas) -> None:
    rows = list(registers.rows(opened, "places", "zh"))[:3]
    shown = data(opened, Asked("places"), rows, reachable={rows[1].key})
    assert [line["cells"][0]["place"] for line in shown["rows"]] == ["", rows[1].key, ""]


def test_nothing_left_says_what_to_do(opened: Atlas) -> None:
    counts = dict.fromkeys(NAMES, (0, 10))
    assert "取消其中一项" in registers.table_data(Asked(), [], counts, "zh", ())["empty"]
    counts = dict.fromkeys(NAMES, (5, 10))
    assert "较短" in registers.table_data(Asked(find="x"), [], counts, "zh", ())["empty"]


def test_a_download_holds_the_rows_that_are_seen(opened: Atlas) -> None:
    rows = registers.sorted_rows(
        registers.found_rows(registers.rows(opened, "projects", "zh"), "铁路"), "projects", "-name"
    )
    frame = registers.taken(opened, "projects", rows)
    assert list(frame["name"]) == [one.cells[0].text for one in rows]
    assert list(frame.columns) == list(table(opened, "projects")[0].columns)
    raw = csv_bytes(frame)
    assert raw.startswith(b"\xef\xbb\xbf")
    again = pd.read_csv(io.BytesIO(raw), dtype=str, encoding="utf-8-sig")
    assert list(again["id"]) == [one.key for one in rows]
