"""Suggestions: Chinese, pinyin, initials, English, documents and citations; never an exception."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.corpus import Corpus
from atlas.errors import InputError
from atlas.search import suggest
from atlas.search.pinyin import syllables, typed_matches
from tests.search.conftest import OTHER, PROVISIONS, RULE
from tests.search.world import database
from tests.support import place


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("满洲里", "150781"),
        ("滿洲里口岸", "port/manzhouli"),
        ("manzhouli", "150781"),
        ("man zhou li kou an", "port/manzhouli"),
        ("mzlka", "port/manzhouli"),
        ("hlbe", "150700"),
        ("kerqinyyqq", "152221"),
        ("科右前", "152221"),
        ("elhaote", "152501"),
        ("daihai", "lake/daihai"),
        ("浩特", "152501"),
        ("rule/12", "rule/12"),
        ("边境条例 第二条", "rule/2"),
        ("边境条例2", "rule/2"),
        ("能源 第2条", "other/2"),
        ("边境地区条例", "rule"),
    ],
)
def test_what_is_meant(world: sqlite3.Connection, typed: str, first: str) -> None:
    assert suggest(world, typed)[0].id == first


def test_english_names_by_any_word() -> None:
    lake = place("lake/hulun", "呼伦湖", "lake").model_copy(update={"name_en": "Hulun Lake"})
    made = database(PROVISIONS, [lake], [RULE, OTHER])
    for typed in ("Hulun", "hulun la", "LAKE", "ｈｕｌｕｎ"):
        assert suggest(made, typed)[0].id == "lake/hulun", typed
    assert suggest(made, "ulun") == ()
    made.close()


def test_far_places_come_after_near_ones_by_initials_but_lead_by_name() -> None:
    near = place("150825", "乌拉特后旗", "county")
    far = place("110000", "乌拉", "outside-unit")
    made = database(PROVISIONS, [far, near], [RULE, OTHER])
    assert [found.id for found in suggest(made, "wl")] == ["150825", "110000"]
    assert [found.id for found in suggest(made, "乌拉")] == ["110000", "150825"]
    made.close()


def test_how_it_was_matched_is_said(world: sqlite3.Connection) -> None:
    found = suggest(world, "内蒙古")[0]
    assert (found.label, found.matched, found.how) == ("内蒙古自治区", "内蒙古", "alias")


@pytest.mark.parametrize(
    ("name", "typed"),
    [("克什克腾旗", "keshiketengqi"), ("昆都仑区", "kundulun"), ("霍林郭勒市", "huolinguole"), ("额济纳旗", "ejnq")],
)
def test_rare_readings(name: str, typed: str) -> None:
    assert typed_matches(typed, syllables(name)) is not None


@pytest.mark.parametrize(("typed", "count"), [("ejinaqi", 4), ("ejn", 3), ("eji", 2), ("jn", None), ("ejnx", None)])
def test_syllables_are_typed_in_order_from_the_first(typed: str, count: int | None) -> None:
    assert typed_matches(typed, "e ji na qi") == count


def test_names_with_other_characters_have_no_pinyin() -> None:
    assert syllables("G6高速") == ""


def test_boxes_and_sections_of_the_plan(real: sqlite3.Connection, corpus: Corpus) -> None:
    assert [found.id for found in suggest(real, "专栏20")] == ["plan/box-20/1", "plan/box-20/2", "plan/box-20/3"]
    assert suggest(real, "专栏20（一）")[0].id == "plan/box-20/1"
    assert suggest(real, "纲要第33章第1节")[0].id == "plan/33/1"
    assert suggest(real, "纲要第三十三章第一节")[0].id == "plan/33/1"
    assert suggest(real, "plan/33/1")[0].id == "plan/33/1"
    assert suggest(real, "规划 第十一篇")[0].id == "plan/part-11"
    assert suggest(real, "第二条") == ()  # of which document?


@given(st.text(max_size=60))
def test_typing_never_raises(world: sqlite3.Connection, typed: str) -> None:
    assert len(suggest(world, typed, limit=3)) <= 3


def test_a_limit_below_one_is_refused(world: sqlite3.Connection) -> None:
    with pytest.raises(InputError, match="limit 0"):
        suggest(world, "满", limit=0)
