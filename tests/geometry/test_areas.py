"""Unions of units, how exact they are, and the shapes that we drew: areas, borders, neighbours."""

from __future__ import annotations

from itertools import combinations, pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from atlas.geometry import areas, boundaries, shapes, water
from atlas.models import Precision
from atlas.paths import geodata

FOLDER = geodata() / "shapes"
DRAWN = ("deserts.geojson", "sandy_lands.geojson", "plains.geojson", "mountains.geojson", "irrigation.geojson")
AREA_TOLERANCE = 0.25


def load(*files: str) -> gpd.GeoDataFrame:
    return pd.concat([shapes.load(FOLDER / file) for file in files], ignore_index=True)


def overlap_km2(one: shapely.Geometry, other: shapely.Geometry) -> float:
    return water.area_km2(shapely.intersection(one, other)) if one.intersects(other) else 0.0


def test_a_league_is_the_union_of_its_counties() -> None:
    counties = boundaries.units("county")
    codes = counties.loc[counties["parent"] == "150200", "adcode"]
    union = areas.together([areas.unit_boundaries()[code] for code in codes])
    assert water.area_km2(union) == pytest.approx(water.area_km2(areas.unit_boundaries()["150200"]), rel=1e-6)


def test_units_within_units_say_nothing() -> None:
    assert areas.without_parts(["150100", "150102", "150222", "150200", "152923"]) == ("150100", "150200", "152923")
    assert areas.without_parts(["150000", "150100", "150102", "140000"]) == ("150000", "140000")


def test_what_lies_outside_the_region_is_cut_off() -> None:
    yulin = areas.unit_boundaries()["610800"]
    ordos = areas.unit_boundaries()["150600"]
    assert water.area_km2(areas.together([yulin, ordos], in_region=True)) == pytest.approx(
        water.area_km2(ordos), rel=1e-6
    )


def test_a_union_is_as_exact_as_its_least_exact_part() -> None:
    assert areas.least_exact([Precision.BOUNDARY, Precision.DIGITISED]) is Precision.DIGITISED
    assert areas.least_exact([Precision.SCHEMATIC, Precision.BOUNDARY]) is Precision.SCHEMATIC


@pytest.mark.parametrize("row", load(*DRAWN).to_dict("records"), ids=lambda row: row["place"])
def test_the_area_is_the_published_one(row: dict) -> None:
    published = row["area_km2_published"]
    if published is None or np.isnan(published):
        assert row["precision"] == "schematic" or row["place"].startswith("mountain/"), "an area or the reason"
        return
    measured = water.area_km2(row["geometry"])
    assert measured == pytest.approx(published, rel=AREA_TOLERANCE)


def test_five_deserts_and_five_sandy_lands_that_do_not_overlap() -> None:
    frame = load("deserts.geojson", "sandy_lands.geojson")
    assert len(frame) == 10
    for one, other in combinations(frame.itertuples(), 2):
        assert overlap_km2(one.geometry, other.geometry) < 1, f"{one.place} and {other.place}"


@pytest.mark.parametrize(
    ("place", "banners"),
    [
        ("desert/badanjilin", ("152922", "152923")),
        ("desert/bayinwenduer", ("152921", "150825")),
        ("desert/kubuqi", ("150625", "150621", "150622")),
        ("desert/wulanbuhe", ("152921", "150822", "150826", "150302", "150303", "150304")),
        ("sandy-land/wuzhumuqin", ("152525", "152526")),
    ],
)
def test_sands_lie_in_the_published_banners(place: str, banners: tuple[str, ...]) -> None:
    frame = load("deserts.geojson", "sandy_lands.geojson").set_index("place")
    inside = areas.together([areas.unit_boundaries()[code] for code in banners])
    shape = frame.loc[place, "geometry"]
    assert overlap_km2(shape, inside) == pytest.approx(water.area_km2(shape), rel=0.01)


def test_no_sand_or_plain_lies_in_a_lake_or_across_the_river() -> None:
    lakes = shapely.union_all(water.lakes().geometry.to_numpy())
    for row in load("sandy_lands.geojson").itertuples():
        assert overlap_km2(row.geometry, lakes) < 1, row.place
    river = water.rivers().set_index("place").geometry["river/huanghe"]
    for row in load("plains.geojson").itertuples():
        crossing = water.length_km(shapely.intersection(river, shapely.buffer(row.geometry, -0.02)))
        assert crossing < 1, row.place


@pytest.fixture(scope="module")
def inherited() -> shapely.Geometry:
    """The borders, shores and the river that shapes are cut along: their vertices are not ours."""
    lines = [boundaries.units("county").boundary.union_all(), water.lakes().boundary.union_all()]
    lines.append(water.rivers().set_index("place").geometry["river/huanghe"])
    around = shapely.buffer(shapely.union_all(lines), 0.03)
    shapely.prepare(around)
    return around


SMOOTH = ("deserts.geojson", "sandy_lands.geojson", "mountains.geojson", "plains.geojson")


@pytest.mark.parametrize("row", load(*SMOOTH).to_dict("records"), ids=lambda row: row["place"])
def test_edges_are_smooth_at_zoom_nine(row: dict, inherited: shapely.Geometry) -> None:
    """No stretch that we drew is straight for more than 7 km (some 30 pixels of zoom 9)."""
    for ring in shapely.get_rings(row["geometry"]):
        for start, end in pairwise(shapely.get_coordinates(ring)):
            piece = shapely.LineString([start, end])
            if water.length_km(piece) > 7:
                assert inherited.covers(piece), f"{row['place']}: {water.length_km(piece):.0f} km at {start}"
