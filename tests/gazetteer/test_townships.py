"""Townships: what the list gives, and that mentions resolve within their county and nowhere else."""

from __future__ import annotations

from functools import cache

import pytest

from atlas.gazetteer import load_gazetteer
from atlas.gazetteer import townships as townships_module
from atlas.gazetteer.townships import PACKAGE, Township, townships_of_region
from atlas.geometry import boundaries
from atlas.geoparse import Geoparser
from atlas.geoparse.parser import OF_TOWNSHIP
from atlas.models import Precision
from atlas.paths import geodata

# Rows in the form of the list, so that these tests do not rest on the installed package.
ROWS = tuple(
    Township(code, name, "2025-12-31", "a list")
    for code, name in (
        ("150425109", "土城子镇"),
        ("150521102", "舍伯吐镇"),
        ("150625104", "独贵塔拉镇"),
        ("150223103", "明安镇"),
        ("150823108", "明安镇"),
        ("150929100", "乌兰花镇"),
        ("150823104", "先锋镇"),
        ("150783108", "成吉思汗镇"),
        ("150924101", "赛乌素镇"),
    )
)


@cache
def parser() -> Geoparser:
    return Geoparser(load_gazetteer(geodata() / "gazetteer", boundaries.names_of_china(), boundaries.SOURCE, ROWS))


def placed(text: str) -> dict[str, str | None]:
    return {mention.surface: mention.place for mention in parser().parse(text)}


def test_the_seat_of_its_county_stands_in_and_the_row_says_so() -> None:
    gazetteer = parser().gazetteer
    place, county = gazetteer.townships["township/150521102"], gazetteer.places["150521"]
    assert (place.adcode, place.parent) == ("150521", "150521")
    assert (place.lon, place.lat, place.precision) == (county.lon, county.lat, Precision.SEAT)
    assert county.name in place.note
    assert place.id not in gazetteer.places


def test_a_town_that_a_table_has_is_not_there_twice() -> None:
    assert "township/150929100" not in parser().gazetteer.townships


@pytest.mark.parametrize(
    ("text", "surface", "place"),
    [
        ("科左中旗舍伯吐镇", "舍伯吐镇", "township/150521102"),
        ("舍伯吐镇农田", "舍伯吐镇", "township/150521102"),  # distinctive: needs no county
        ("乌拉特前旗的小佘太镇、先锋镇", "先锋镇", "township/150823104"),
        ("乌拉特前旗明安镇", "明安镇", "township/150823108"),
        ("达茂旗明安镇", "明安镇", "township/150223103"),
        ("杭锦旗锡尼镇至独贵塔拉公路", "独贵塔拉", "township/150625104"),
    ],
)
def test_a_township_is_meant_where_its_county_or_its_name_says_so(text: str, surface: str, place: str) -> None:
    assert placed(text)[surface] == place


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("奈曼旗土城子镇", "土城子镇"),  # behind another banner
        ("土城子镇位于奈曼旗东南部，西与赤峰市敖汉旗毗邻", "土城子镇"),
        ("在明安镇召开", "明安镇"),  # two have the name
        ("先锋镇的经验", "先锋镇"),  # a name that many have, and no county named
        ("鄂托克旗公其日嘎至沙井、赛乌素等通乡油路", "赛乌素"),
    ],
)
def test_a_namesake_of_another_county_is_not(text: str, surface: str) -> None:
    assert placed(text)[surface] is None


def test_text_on_other_provinces_names_none() -> None:
    text = "吉林省白城市通榆县辖开通镇、瞻榆镇、舍伯吐镇、先锋镇、土城子镇。"
    assert not any(str(place).startswith(("township/", "15")) for place in placed(text).values())


def test_persons_are_no_townships() -> None:
    assert "成吉思汗" not in placed("成吉思汗的故事")


def test_for_the_atlas_a_township_is_no_place() -> None:
    (_, mention) = parser().parse_reading("科左中旗舍伯吐镇")
    assert mention.place is None
    assert OF_TOWNSHIP in mention.reason


def test_without_the_package_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(townships_module, "PACKAGE", "no_such_package")
    assert townships_of_region() == ()


def test_the_list_has_the_counties_of_the_region() -> None:
    pytest.importorskip(PACKAGE)
    rows = townships_of_region()
    counties = {place.id for place in parser().gazetteer.places.values() if place.type == "county"}
    assert {row.code[:6] for row in rows} == {code for code in counties if code.startswith("15")}
    assert len(rows) > 1000
    assert len({row.code for row in rows}) == len(rows)
