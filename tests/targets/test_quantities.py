"""Numbers with units, read into values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.targets.quantities import quantities


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("5500万亩", 55_000_000, "mu"),
        ("3.33万平方公里", 33_300, "km2"),
        ("13亿吨", 1_300_000_000, "t"),
        ("300万吨/年", 3_000_000, "t/yr"),
        ("4466万立方米/年", 44_660_000, "m3/yr"),
        ("1200万人次", 12_000_000, "person-times"),
        ("88%", 88, "percent"),
        ("55％", 55, "percent"),
        ("8.2亿吨标煤", 820_000_000, "tce"),
        ("4.48万亿元", 4_480_000_000_000, "CNY"),
        ("50个", 50, "count"),
        ("30年", 30, "years"),
    ],
)
def test_value_and_unit(text: str, value: float, unit: str) -> None:
    (found,) = quantities(f"达到{text}以上")
    assert (found.value, found.unit, found.text) == (value, unit, text)


@pytest.mark.parametrize("text", ["2025年", "2005年前", "500千伏", "G5511", "12月", "1+X", "5G", "第12届"])
def test_dates_ratings_and_names_are_none(text: str) -> None:
    assert quantities(text) == ()


def test_a_range_has_two_ends() -> None:
    (found,) = quantities("达到2-3名")
    assert (found.value, found.high, found.unit) == (2, 3, "persons")


def test_numbers_in_a_row_are_each_one() -> None:
    assert [found.value for found in quantities("分别稳定在85％、55％以上")] == [85, 55]


@given(st.text(alphabet="0123456789.-万亿亩吨个%年，至千瓦", max_size=30))
def test_offsets_give_the_words_back(text: str) -> None:
    for found in quantities(text):
        assert text[found.start : found.end] == found.text
