"""A visitor's own file: read to features, a question or a refusal; small on the map; no formula in downloads."""

from __future__ import annotations

import io
import json

import geopandas as gpd
import numpy as np
import openpyxl
import pytest
import shapely

from atlas.intake import RasterIntake, RefusedError, join_units
from atlas.store import Atlas
from atlas.ui import owning
from atlas.ui.owning import Own

HOSTILE = "=cmd|'/c calc'!A1<img src=x onerror=alert(1)>"
PORT = (101.28, 42.41)  # lon, lat: in 额济纳旗


def geojson(rows: list[tuple[tuple[float, float], dict[str, object]]]) -> bytes:
    features = [
        {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": list(at)}}
        for at, properties in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_features_come_with_their_banner(atlas: Atlas) -> None:
    content = geojson([(PORT, {"name": HOSTILE, "旗县市区": "x"}), ((116.4, 39.9), {"name": "outside"})])
    own = owning.take_in(atlas, Own("mine.geojson", content))
    assert own.error is None
    assert own.content == b"", "nothing can be asked about it: it is not kept"
    (joined,) = own.joined.values()
    assert list(joined["unit"]) == ["152923", ""]
    counts = owning.counts_of(joined, "区外")
    assert dict(zip(counts["unit_name"], counts["features"], strict=True)) == {"额济纳旗": 1, "区外": 1}
    table = owning.table_of(joined)
    assert list(table.columns) == ["name", "旗县市区", *owning.JOINED, "lon", "lat"], (
        "the file's own columns come first"
    )
    assert table["lon"][0] == pytest.approx(PORT[0])


def test_columns_that_are_called_like_ours_step_aside_each_to_a_name_of_its_own(atlas: Atlas) -> None:
    own = {"league_en": "a", "league_en_": "b", "lon": "c"}
    (joined,) = owning.take_in(atlas, Own("mine.geojson", geojson([(PORT, own)]))).joined.values()
    table = owning.with_english(owning.table_of(joined), owning.english_names(atlas))
    assert table.columns.is_unique
    assert {"a", "b", "c", "Alxa League"} <= set(table.iloc[0].astype(str))


def test_in_english_units_have_their_english_names(atlas: Atlas) -> None:
    content = geojson([(PORT, {"name": "甲"}), ((116.4, 39.9), {"name": "outside"})])
    (joined,) = owning.take_in(atlas, Own("mine.geojson", content)).joined.values()
    english = owning.english_names(atlas)
    table = owning.with_english(owning.table_of(joined), english)
    assert list(table.columns[:5]) == ["name", "unit_name_en", "unit_name", "league_en", "league"]
    assert list(table.iloc[0][["unit_name_en", "unit_name", "league_en"]]) == ["Ejin Banner", "额济纳旗", "Alxa League"]
    assert list(table["units"]) == ["Ejin Banner", ""]
    counts = owning.with_english(owning.counts_of(joined, "outside the region"), english)
    assert set(counts["unit_name_en"]) == {"Ejin Banner", "outside the region"}
    drawn, _ = owning.drawing(joined, english)
    assert drawn["features"][0]["properties"]["unit"] == "Ejin Banner"


def test_a_column_that_is_called_like_ours_is_kept(atlas: Atlas) -> None:
    names = ("unit", "unit_", "share", "league_en", "lon", "place")
    content = geojson([(PORT, {name: f"own {name}" for name in names})])
    (joined,) = owning.take_in(atlas, Own("mine.geojson", content)).joined.values()
    table = owning.with_english(owning.table_of(joined), owning.english_names(atlas))
    assert table.columns.is_unique
    values = [str(value) for value in table.iloc[0]]
    assert [f"own {name}" in values for name in names] == [True] * len(names)
    assert table["unit"][0] == "152923"
    assert table["league_en"][0] == "Alxa League"


def test_no_download_computes(atlas: Atlas) -> None:
    own = owning.take_in(atlas, Own("mine.geojson", geojson([(PORT, {"name": HOSTILE})])))
    table = owning.table_of(next(iter(own.joined.values())))
    assert f'"\'{HOSTILE}"'.encode() in owning.as_csv(table)
    book = openpyxl.load_workbook(io.BytesIO(owning.as_xlsx({"数据": table}, {"about": "x"})))
    cells = [cell for row in book["数据"].iter_rows() for cell in row if cell.value == HOSTILE]
    assert [cell.data_type for cell in cells] == ["s"]


def test_a_table_asks_for_its_crs_and_gcj02_moves_it(atlas: Atlas) -> None:
    own = owning.take_in(atlas, Own("mine.csv", f"name,lon,lat\na,{PORT[0]},{PORT[1]}\n".encode()))
    assert own.asks_crs[2] == "GCJ-02"
    assert own.content, "it is kept until the question is answered"
    as_is = owning.take_in(atlas, owning.replace(own, crs="EPSG:4490"))
    moved = owning.take_in(atlas, owning.replace(own, crs="GCJ-02"))
    (one,), (other,) = as_is.joined.values(), moved.joined.values()
    shift = one.geometry.iloc[0].distance(other.geometry.iloc[0])
    assert 0.001 < shift < 0.02, "degrees: some hundred metres"


def test_columns_can_be_chosen(atlas: Atlas) -> None:
    content = f"站点,a,b,lon\n甲,{PORT[0]},{PORT[1]},不是经度\n".encode("gb18030")
    own = owning.take_in(atlas, Own("mine.csv", content))
    assert own.needs_columns
    assert owning.column_choices(own.content, own.name) == [(one, one) for one in ("站点", "a", "b", "lon")]
    own = owning.take_in(atlas, owning.replace(own, columns=("a", "b"), crs="EPSG:4490"))
    (joined,) = own.joined.values()
    assert joined["unit"][0] == "152923"
    assert joined["lon_"][0] == "不是经度"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mine.geojson", b"<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>"),
        ("mine.exe", b"MZ"),
        ("mine.tif", b"not a tiff"),
        ("mine.geojson", b""),
    ],
)
def test_a_refusal_is_said_in_both_languages(atlas: Atlas, name: str, content: bytes) -> None:
    own = owning.take_in(atlas, Own(name, content))
    assert isinstance(own.error, RefusedError)
    assert own.error.zh
    assert own.error.en
    assert own.content == b""
    assert not own.joined


def test_what_is_drawn_is_bounded(atlas: Atlas) -> None:
    angles = np.linspace(0, 2 * np.pi, 30_000, endpoint=False)
    ring = np.column_stack([np.cos(angles), np.sin(angles)])
    big = [shapely.Polygon(ring * 0.3 + (110 + at, 43)) for at in range(4)]
    many = [shapely.Point(105 + at % 100 / 100, 41 + at // 100 / 100) for at in range(owning.MOST_DRAWN + 50)]
    frame = gpd.GeoDataFrame({"name": ["x" * 400] * (len(big) + len(many))}, geometry=[*big, *many], crs="EPSG:4490")
    collection, left_out = owning.drawing(join_units(atlas, frame))
    assert left_out == 54
    assert len(collection["features"]) == owning.MOST_DRAWN
    vertices = sum(
        shapely.get_num_coordinates(shapely.geometry.shape(one["geometry"])) for one in collection["features"]
    )
    assert vertices <= owning.MOST_VERTICES
    assert all(len(one["properties"]["label"]) <= owning.LABEL for one in collection["features"])


def test_a_raster_becomes_a_picture() -> None:
    grey = np.array([[0.0, 255.0], [np.nan, 128.0]])
    raster = RasterIntake(table=None, grey=grey, bounds=(100.0, 40.0, 110.0, 45.0), facts={})  # type: ignore[arg-type]
    picture = owning.picture_of(raster)
    assert picture is not None
    assert picture["bounds"] == [[40.0, 100.0], [45.0, 110.0]]
    assert picture["url"].startswith("data:image/png;base64,")


def test_steps_part_units_evenly() -> None:
    places = [f"1525{at:02}" for at in range(20)]
    steps, ranges = owning.steps_of([*places, "x"], [*map(float, range(20)), float("nan")])
    assert "x" not in steps
    assert [sum(step == at for step in steps.values()) for at in range(len(ranges))] == [4] * 5
    assert all(low <= high for low, high in ranges)
    assert owning.steps_of(["a", "b"], [1.0, 1.0]) == ({"a": 0, "b": 0}, [(1.0, 1.0)])
    assert owning.steps_of(["a"], [float("nan")]) == ({}, [])
