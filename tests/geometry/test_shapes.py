from __future__ import annotations

import copy
import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import Point

from atlas.errors import SourceError
from atlas.geometry import boundaries, shapes, water
from atlas.paths import geodata

GOOD: dict[str, Any] = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {
                "id": "kongdui/one",
                "name": "一",
                "name_en": "One",
                "precision": "digitised",
                "source": ["a map"],
                "method": "read off",
                "date": "2026-11-21",
                "note": "rough",
                "error_km": 1.0,
            },
            "geometry": {"type": "LineString", "coordinates": [[109.0, 40.0], [109.1, 40.5]]},
        }
    ],
}

# From west to east along the Yellow River, with the units that each course runs through.
KONGDUI = {
    "kongdui/maobula": {"杭锦旗", "达拉特旗"},
    "kongdui/buersetai": {"东胜区", "杭锦旗", "达拉特旗"},
    "kongdui/heilaigou": {"东胜区", "达拉特旗"},
    "kongdui/xiliugou": {"东胜区", "达拉特旗"},
    "kongdui/hantaichuan": {"东胜区", "达拉特旗"},
    "kongdui/haoqinghe": {"达拉特旗"},
    "kongdui/hashilachuan": {"东胜区", "达拉特旗"},
    "kongdui/muhaerhe": {"达拉特旗"},
    "kongdui/dongliugou": {"达拉特旗"},
    "kongdui/husitaihe": {"准格尔旗", "达拉特旗"},
}


def save(folder: Path, document: Any) -> Path:
    path = folder / "drawn.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def altered(where: str, value: Any) -> Any:
    """GOOD with one member changed: `where` is a dotted path; None removes the member."""
    document = copy.deepcopy(GOOD)
    *path, last = where.split(".")
    node: Any = document
    for step in path:
        node = node[int(step) if step.isdigit() else step]
    if value is None:
        del node[last]
    else:
        node[last] = value
    return document


def test_load_keeps_every_field(tmp_path):
    frame = shapes.load(save(tmp_path, GOOD))
    row = frame.iloc[0]
    assert frame.crs == "EPSG:4490"
    assert (row["place"], row["name"], row["precision"], row["source"]) == ("kongdui/one", "一", "digitised", "a map")
    assert list(row.geometry.coords) == [(109.0, 40.0), (109.1, 40.5)]


@pytest.mark.parametrize(
    ("where", "value", "said"),
    [
        ("type", "Feature", "not a FeatureCollection"),
        ("crs", {"type": "name"}, "crs member"),
        ("features", [], "no features"),
        ("features.0.properties", None, "properties"),
        ("features.0.properties.name_en", None, "name_en"),
        ("features.0.properties.source", [], "source"),
        ("features.0.properties.source", ["  "], "source"),
        ("features.0.properties.note", "", "note"),
        ("features.0.properties.date", "21.11.2026", "date"),
        ("features.0.properties.precision", "boundary", "precision"),
        ("features.0.properties.id", "Kongdui One", "id"),
        ("features.0.properties.error_km", 0, "error_km"),
        ("features.0.properties.colour", "red", "colour"),
        ("features.0.geometry", None, "cannot be read"),
        ("features.0.geometry", {"type": "LineString", "coordinates": []}, "empty"),
        ("features.0.geometry", {"type": "LineString", "coordinates": [[109]]}, "cannot be read"),
        ("features.0.geometry", {"type": "Point", "coordinates": [109, 40, 1000]}, "plain"),
        ("features.0.geometry", {"type": "Point", "coordinates": [40.0, 109.0]}, "(lon, lat)"),
        (
            "features.0.geometry",
            {"type": "LineString", "coordinates": [[109, 40], [110, 41], [110, 40], [109, 41]]},
            "crosses itself",
        ),
        (
            "features.0.geometry",
            {"type": "Polygon", "coordinates": [[[109, 40], [110, 41], [110, 40], [109, 41], [109, 40]]]},
            "invalid geometry",
        ),
    ],
)
def test_defect_is_named_with_its_file(tmp_path, where, value, said):
    with pytest.raises(SourceError) as caught:
        shapes.load(save(tmp_path, altered(where, value)))
    assert "drawn.geojson" in str(caught.value)
    assert said in str(caught.value)


def test_defect_names_the_feature(tmp_path):
    with pytest.raises(SourceError, match=r"feature 1 \(kongdui/one\)"):
        shapes.load(save(tmp_path, altered("features.0.properties.method", "")))


def test_repeated_id_is_refused(tmp_path):
    document = copy.deepcopy(GOOD)
    document["features"] *= 2
    with pytest.raises(SourceError, match="'kongdui/one' stands twice"):
        shapes.load(save(tmp_path, document))


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[]"])
def test_unreadable_file_is_refused(tmp_path, content):
    path = tmp_path / "drawn.geojson"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"drawn\.geojson"):
        shapes.load(path)


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(SourceError, match=r"drawn\.geojson"):
        shapes.load(tmp_path / "drawn.geojson")


@pytest.fixture(scope="module")
def kongdui():
    return shapes.load(geodata() / "shapes" / "kongdui.geojson")


def test_ten_kongdui_from_west_to_east(kongdui):
    assert list(kongdui["place"]) == list(KONGDUI)
    mouths = [line.coords[-1][0] for line in kongdui.geometry]
    assert mouths == sorted(mouths)


def test_kongdui_flow_north_and_do_not_cross(kongdui):
    assert all(line.coords[-1][1] > line.coords[0][1] + 0.2 for line in kongdui.geometry)
    crossing = [(one, other) for one, other in combinations(kongdui.geometry, 2) if one.intersects(other)]
    assert crossing == []


def test_kongdui_have_the_length_of_their_source(kongdui):
    off = {row.place: water.length_km(row.geometry) / row.length_km_published - 1 for row in kongdui.itertuples()}
    assert {place: round(share, 2) for place, share in off.items() if abs(share) > 0.15} == {}


def test_kongdui_end_at_the_yellow_river(kongdui):
    rivers = water.rivers().set_index("place")
    river = rivers.geometry["river/huanghe"]
    for row in kongdui.itertuples():
        mouth = Point(row.geometry.coords[-1])
        km = mouth.distance(river) * 111
        if row.place == "kongdui/haoqinghe":  # its source stops on the plain, and its note says so
            assert "short of the Yellow River" in row.note
            assert 8 < km < 18
        else:
            assert km < 0.02, row.place
            assert "the Yellow River as mapped" in row.note
            beyond = row.geometry.intersection(river)
            assert beyond.is_empty or beyond.distance(mouth) < 0.0003, row.place


def test_kongdui_lie_in_their_units(kongdui):
    counties = boundaries.units("county", region_only=False)
    for row in kongdui.itertuples():
        crossed = counties[counties.intersects(row.geometry)]
        lengths = {
            unit.name: water.length_km(row.geometry.intersection(unit.geometry)) for unit in crossed.itertuples()
        }
        assert {name for name, km in lengths.items() if km > 2} == KONGDUI[row.place], row.place


@pytest.mark.parametrize("name", ["kongdui.geojson", "lakes.geojson"])
def test_drawn_shapes_say_how_rough_they_are(name):
    frame = shapes.load(geodata() / "shapes" / name)
    assert (frame["error_km"] >= 1).all()
    assert frame["source"].str.len().min() > 40
