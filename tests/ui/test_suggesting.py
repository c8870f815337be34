"""Projects among the suggestions: by a part of the name, by pinyin, by initials."""

from __future__ import annotations

from atlas.ui.matching import project_matches, read_names

NAMES = read_names([("p/1", "东台子水库"), ("p/2", "引绰济辽工程"), ("p/3", "水库除险加固"), ("p/4", "5G基站")])


def test_by_a_part_of_the_name_those_that_begin_so_first() -> None:
    assert project_matches(NAMES, "水库", 9) == ["p/3", "p/1"]
    assert project_matches(NAMES, "5g", 9) == ["p/4"]


def test_by_pinyin_and_initials() -> None:
    assert project_matches(NAMES, "dongtaizi", 9) == ["p/1"]
    assert project_matches(NAMES, "ycjl", 9) == ["p/2"]
    assert project_matches(NAMES, "yc", 9) == []  # two letters fit too many


def test_nothing_typed_gives_nothing() -> None:
    assert project_matches(NAMES, "  ", 9) == []
    assert project_matches(NAMES, "<img src=x>", 9) == []
