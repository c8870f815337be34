"""Chinese ordinals there and back."""

import pytest

from atlas.corpus.numerals import numeral, value


def test_every_number_comes_back() -> None:
    assert [value(numeral(number)) for number in range(1, 1000)] == list(range(1, 1000))


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (54, "五十四"), (101, "一百零一"), (110, "一百一十")],
)
def test_numbers_as_articles_print_them(number: int, written: str) -> None:
    assert numeral(number) == written


@pytest.mark.parametrize("wrong", ["", "十十", "百百", "一二", "十百", "第一", "1"])
def test_what_is_no_number_has_no_value(wrong: str) -> None:
    assert value(wrong) is None


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="known are 1 to 999"):
        numeral(number)
