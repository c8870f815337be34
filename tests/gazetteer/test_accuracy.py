"""Points of the gazetteer against references that their own rows do not rest on (`tests/gold/points.csv`)."""

from __future__ import annotations

import csv
import statistics
from collections import Counter
from pathlib import Path

import shapely
from pyproj import Geod

from atlas.gazetteer import Gazetteer, load_gazetteer
from atlas.geometry import boundaries, water
from atlas.paths import geodata

GEOD = Geod(ellps="GRS80")
LIST = Path(__file__).resolve().parents[1] / "gold" / "points.csv"
MEDIAN_KM = 3.0
NINETEEN_IN_TWENTY_KM = 25.0
WORST_KM = 20.0  # as measured; a point further off than the worst known one is looked at


def references() -> list[dict[str, str]]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def gazetteer() -> Gazetteer:
    return load_gazetteer(geodata() / "gazetteer")


def distances_km() -> dict[str, float]:
    places = gazetteer().places
    found = {}
    for row in references():
        place = places[row["place"]]
        assert place.name == row["name"]
        assert place.lon is not None
        assert place.lat is not None
        found[place.id] = GEOD.inv(place.lon, place.lat, float(row["lon"]), float(row["lat"]))[2] / 1000
    return found


def test_the_list_is_large_and_of_many_types() -> None:
    rows = references()
    assert len(rows) == len({row["place"] for row in rows}) >= 80
    assert len(Counter(row["type"] for row in rows)) >= 10
    assert all(row["source"] for row in rows)


def test_no_reference_is_the_source_of_the_row_that_it_checks() -> None:
    places = gazetteer().places
    for row in references():
        first = places[row["place"]].source.split(";")[0]
        for source in ("GeoNames", "CMA station list", "airportsdata", "Gaode", "NOAA"):
            assert not (row["source"].startswith(source) and first.startswith(source)), row["place"]


def test_points_are_as_near_as_promised() -> None:
    found = sorted(distances_km().values())
    assert statistics.median(found) <= MEDIAN_KM
    assert found[int(0.95 * len(found))] <= NINETEEN_IN_TWENTY_KM
    assert found[-1] <= WORST_KM


def test_gullies_lie_between_the_plateau_and_the_yellow_river() -> None:
    """South of the river, within 70 km of it, in the banners that the sediment comes from."""
    rivers = water.rivers()
    stem = rivers[rivers["place"] == "river/huanghe"].geometry.iloc[0]
    units = boundaries.units("county")
    banners = units[units["adcode"].astype(str).isin(["150621", "150622", "150625", "150602"])].geometry.union_all()
    gullies = [place for place in gazetteer().places.values() if place.type == "kongdui"]
    assert len(gullies) == 10
    for place in gullies:
        assert place.lon is not None
        assert place.lat is not None
        point = shapely.Point(place.lon, place.lat)
        assert banners.contains(point), place.id
        across = stem.intersection(shapely.LineString([(place.lon, place.lat - 0.5), (place.lon, place.lat + 1.5)]))
        north = min(shapely.get_coordinates(across)[:, 1] - place.lat)
        assert 0 < north < 0.65, (place.id, north)


def test_what_has_no_point_says_why() -> None:
    for place in gazetteer().places.values():
        if place.lon is None:
            assert place.note, place.id
