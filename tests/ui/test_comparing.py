"""The comparison: units of an address, areas, what units share, classes of the scale, outlines without gaps."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
import shapely

from atlas.models import Basis
from atlas.store import Atlas
from atlas.ui import choropleth, comparing
from atlas.ui.words import LANGS

EJIN, MANZHOULI, ERENHOT = "152923", "150781", "152501"


@pytest.fixture(scope="module")
def opened(built_atlas) -> Atlas:
    return Atlas(built_atlas)


def test_an_address_names_units_at_most_four_each_once(opened: Atlas) -> None:
    places = opened.gazetteer.places
    assert comparing.read_units(f"{EJIN},{EJIN},lake/hulun,150000,<img>,150700", places) == (EJIN, "150700")
    assert len(comparing.read_units("150781,152501,152923,150700,150100", places)) == comparing.MOST_UNITS
    assert comparing.read_units("", places) == ()


@pytest.mark.parametrize("lang", LANGS)
def test_every_unit_can_be_picked_once(opened: Atlas, lang: str) -> None:
    ids = [unit["id"] for league in comparing.picker(opened, lang) for unit in league["units"]]
    assert len(ids) == len(set(ids)) == 103 + 12


def test_areas_are_geodesic_and_add_up(opened: Atlas) -> None:
    size = comparing.areas(opened)
    banners = [unit for unit, place in opened.gazetteer.places.items() if unit in size and place.type == "county"]
    assert sum(size[unit] for unit in banners) == pytest.approx(1_145_900, rel=0.001)  # docs/decisions.md
    assert sum(size[unit] for unit in banners if unit.startswith("1529")) == pytest.approx(size["152900"], rel=0.001)


def test_shared_and_own_provisions_part_what_governs_more_closely(opened: Atlas) -> None:
    units = (EJIN, MANZHOULI, ERENHOT)
    lists = comparing.shared(opened, units, opened.governing, "zh")
    near = {unit: {one.id for one in opened.governing(unit) if one.basis is not Basis.REGION} for unit in units}
    assert lists[0]["count"] == len(set.intersection(*near.values()))
    assert lists[1]["count"] == len(near[EJIN] - near[MANZHOULI] - near[ERENHOT])
    assert sum(one["count"] for one in lists) == len(set.union(*near.values()))


def test_co_location_has_the_words_of_both(opened: Atlas) -> None:
    (found,) = comparing.beside(opened, ("150400",), "zh")
    assert found["count"] > 0
    for item in found["items"]:
        assert item["relation"] in {"位于", "穿过", "所在旗县部分属于"}
        for quote in item["quotations"]:
            text = re.sub(r"\s", "", opened.provision(quote["id"]).text)
            assert re.sub(r"\s", "", quote["text"]) in text


@pytest.mark.parametrize("values", [[], [0, 0], [3], [1, 1, 1, 9], list(range(103)), [0, 5, 5, 5, 6, 7, 200]])
def test_classes_hold_every_count_once(values: list[int]) -> None:
    steps = choropleth.breaks(values)
    assert len(steps) <= choropleth.CLASSES
    assert all(start <= end for start, end in steps)
    assert all(before[1] < after[0] for before, after in pairwise(steps))
    assert {choropleth.class_of(value, steps) for value in values if value > 0} == set(range(1, len(steps) + 1))
    assert choropleth.class_of(0, steps) == 0


def test_the_outlines_leave_no_gap(opened: Atlas) -> None:
    width, height, shapes = choropleth.outlines(opened)
    assert len(shapes) == 103
    drawn = []
    for path, x, y in shapes.values():
        rings = [[tuple(map(float, pair.split(","))) for pair in ring.split("L")] for ring in path[1:-1].split("ZM")]
        whole = shapely.union_all([shapely.Polygon(ring) for ring in rings if len(ring) > 2])
        drawn.append(whole)
        assert 0 <= x <= width
        assert 0 <= y <= height
    union = shapely.union_all(drawn)
    holes = sum(shapely.Polygon(ring).area for part in shapely.get_parts(union) for ring in part.interiors)
    assert holes < 0.001 * union.area


@pytest.mark.parametrize("lang", LANGS)
def test_the_matrix_is_the_same_as_map_and_table(opened: Atlas, lang: str) -> None:
    data = choropleth.matrix_data(opened, "theme", "provisions", "water", (EJIN,), lang)
    at = [head["id"] for head in data["heads"]].index("water")
    table = {row["id"]: row["values"][at] for row in data["rows"]}
    assert len(table) == len(data["units"]) == 103
    for unit in data["units"]:
        assert unit["label"].endswith(str(table[unit["id"]]))
    assert [unit["id"] for unit in data["units"] if unit["on"]] == [EJIN]
    assert len(json.dumps(data, ensure_ascii=False).encode()) < 100_000


def test_what_is_no_column_is_the_total(opened: Atlas) -> None:
    data = choropleth.matrix_data(opened, "<img>", "x", "nothing", (), "zh")
    assert [head["id"] for head in data["heads"] if head["on"]] == [choropleth.TOTAL]
