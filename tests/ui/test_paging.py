"""A table of any columns: ordered as numbers or words, what is empty last, in pages that hold every row once."""

from __future__ import annotations

import pandas as pd
import pytest

from atlas.ui.paging import LONGEST, ROWS, Turned, sheet

TABLE = pd.DataFrame(
    {
        "number": [3.0, None, 10.0, 2.0],
        "word": ["乙", "=1+1", None, "<b>x</b>"],
    }
)


def column(turned: Turned, at: int) -> list[str]:
    data = sheet(TABLE, ["数", "词"], turned, "表", "zh")
    return [row["cells"][at]["text"] for row in data["rows"]]


def test_numbers_stand_by_size_and_words_by_their_letters_and_what_is_empty_last() -> None:
    assert column(Turned(), 0) == ["3", "", "10", "2"]
    assert column(Turned("0"), 0) == ["2", "3", "10", ""]
    assert column(Turned("-0"), 0) == ["10", "3", "2", ""]
    assert column(Turned("1"), 1) == ["<b>x</b>", "=1+1", "乙", ""]
    assert column(Turned("9"), 0) == column(Turned(), 0)


def test_a_head_turns_the_order_and_goes_to_the_first_page() -> None:
    turned = Turned(page=3).sorted_by("0")
    assert turned == Turned("0", 1)
    assert turned.sorted_by("0") == Turned("-0", 1)
    assert turned.sorted_by("0").sorted_by("0") == Turned()


@pytest.mark.parametrize("rows", [0, 1, ROWS, ROWS + 1, 3 * ROWS])
def test_pages_hold_every_row_once(rows: int) -> None:
    table = pd.DataFrame({"a": range(rows)})
    pages = sheet(table, ["a"], Turned(), "t", "en")["pages"]
    seen = [
        row["cells"][0]["text"]
        for page in range(1, pages + 1)
        for row in sheet(table, ["a"], Turned("", page), "t", "en")["rows"]
    ]
    assert seen == [str(at) for at in range(rows)]
    assert sheet(table, ["a"], Turned("", 99), "t", "en")["page"] == pages
    assert bool(sheet(table, ["a"], Turned(), "t", "en")["empty"]) == (rows == 0)


def test_long_cells_are_cut_and_mixed_ones_sorted() -> None:
    mixed = pd.DataFrame({"a": ["x" * 500, 5, None, True]}, dtype=object)
    data = sheet(mixed, ["a"], Turned("0"), "t", "zh")
    assert [len(row["cells"][0]["text"]) for row in data["rows"]] == [1, 4, LONGEST, 0]
