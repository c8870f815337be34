"""The readers of the guarded process by themselves: coordinates, columns, archives, KML, GeoJSON."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import numpy as np
import pytest
import shapely

from atlas.intake.archive import unpack_shapefiles
from atlas.intake.columns import column_names, row
from atlas.intake.gcj02 import from_wgs84, to_wgs84
from atlas.intake.geojson import read_geojson
from atlas.intake.kml import read_kml
from atlas.intake.limits import REASONS, Limits, RefusedError
from atlas.intake.points import degrees, find_columns, read_points
from atlas.intake.shapes import crs_of, settled

LIMITS = Limits()

# WGS 84 and GCJ-02 (lon, lat) of three cities, as the tests of public converters state them.
PAIRS = (
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
)


@pytest.mark.parametrize(("wgs", "gcj"), PAIRS)
def test_gcj02_agrees_with_known_pairs(wgs: tuple[float, float], gcj: tuple[float, float]) -> None:
    metre = 1e-5
    assert np.abs(from_wgs84(np.array([wgs]))[0] - gcj).max() < metre / 10
    assert np.abs(to_wgs84(np.array([gcj]))[0] - wgs).max() < metre / 10
    assert np.abs(np.array(wgs) - gcj).max() > 100 * metre  # the shift itself: hundreds of metres


def test_gcj02_goes_and_comes_back_all_over_the_region() -> None:
    grid = np.array([(lon, lat) for lon in np.arange(97, 127, 0.7) for lat in np.arange(37, 54, 0.7)])
    assert np.abs(to_wgs84(from_wgs84(grid)) - grid).max() < 1e-8
    assert (from_wgs84(np.array([[10.0, 50.0]])) == [[10.0, 50.0]]).all()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("111.6645", 111.6645),
        (" -12.5 ", -12.5),
        ("111°39′51″", 111 + 39 / 60 + 51 / 3600),
        ("111°39'51.5\"E", 111 + 39 / 60 + 51.5 / 3600),
        ("东经111度39分51秒", 111 + 39 / 60 + 51 / 3600),
        ("40 48 30 N", 40 + 48 / 60 + 30 / 3600),
        ("111°39.85'", 111 + 39.85 / 60),
        ("111.5°E", 111.5),
        ("W 10.25", -10.25),
        ("1.1e2", 110.0),
        ("40°75′", None),
        ("呼和浩特", None),
        ("", None),
        ("=1+1", None),
    ],
)
def test_degrees(text: str, value: float | None) -> None:
    found = degrees(text)
    assert found == (None if value is None else pytest.approx(value, abs=1e-9))


@pytest.mark.parametrize(
    ("columns", "where"),
    [
        (["名称", "经度", "纬度"], (1, 2)),
        (["Lat", "Lon"], (1, 0)),
        (["经度(°E)", "纬度（°N）", "名称"], (0, 1)),
        (["LONGITUDE", "latitude"], (0, 1)),
        (["X", "Y"], (0, 1)),
        (["name", "place"], None),
    ],
)
def test_columns_of_coordinates(columns: list[str], where: tuple[int, int] | None) -> None:
    assert find_columns(columns) == where


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_points_in_every_encoding_of_a_chinese_office(encoding: str) -> None:
    text = "名称,经度,纬度\r\n策克口岸,101.28,42.41\r\n无坐标,,\r\n"
    _, rows, points = read_points(text.encode(encoding), "a.csv", LIMITS)
    assert [one["名称"] for one in rows] == ["策克口岸", "无坐标"]
    assert points == [shapely.Point(101.28, 42.41), None]


def test_columns_are_clean_unique_and_few() -> None:
    names = column_names(["a", "a\x00", "geometry", "unit", "", "x" * 200, *map(str, range(99))], LIMITS)
    assert len(names) == len(set(names.values())) == LIMITS.columns
    assert {"geometry", "unit"}.isdisjoint(names.values())
    assert max(map(len, names.values())) <= 60
    cells = row(
        {"a": "x" * 9999, "b": 2**70, "c": float("nan"), "d": {"k": [1]}, "e": "\x1b[31m\u202e", "f": b"\0"},
        {key: key for key in "abcdef"},
        LIMITS,
    )
    assert len(str(cells["a"])) == LIMITS.text_length
    assert cells["b"] == str(2**70)
    assert cells["c"] is None
    assert cells["d"] == '{"k": [1]}'
    assert str(cells["e"]).isprintable()
    assert cells["f"] == "(1 bytes)"


def test_every_reason_has_both_languages_and_its_values_fit() -> None:
    for reason, (zh, en) in REASONS.items():
        keys = {part.split("}")[0] for part in zh.split("{")[1:]}
        assert keys == {part.split("}")[0] for part in en.split("{")[1:]}, reason
        assert "\n" not in str(RefusedError(reason, **dict.fromkeys(keys, "x\n" * 99)))
        assert "请" in zh.partition("：")[2], f"{reason} does not say what to do"
        assert en.partition(": ")[2], f"{reason} does not say what to do"


# -- shapes ------------------------------------------------------------------------------------------------------------


def test_shapes_are_brought_to_cgcs2000_with_longitude_first() -> None:
    point = shapely.Point(39_500_000 + 0.0, 4_500_000.0)
    moved = settled([point, None], "EPSG:4527", LIMITS)
    assert moved[0].x == pytest.approx(117, abs=1e-9)
    assert 40 < moved[0].y < 41
    assert moved[1] is None
    assert settled([shapely.Point(111, 40)], "EPSG:4326", LIMITS)[0] == shapely.Point(111, 40)


def test_a_ring_that_crosses_itself_is_mended() -> None:
    bow = shapely.Polygon([(110, 40), (112, 42), (112, 40), (110, 42)])
    assert settled([bow], "EPSG:4490", LIMITS)[0].is_valid


@pytest.mark.parametrize(
    "crs", ["+proj=longlat +nadgrids=@/etc/passwd", "EPSG:1", "file:///etc/passwd", "", "EPSG:5773"]
)
def test_a_crs_that_is_none_is_refused(crs: str) -> None:
    with pytest.raises(RefusedError) as caught:
        crs_of(crs)
    assert caught.value.reason == "crs"


def test_coordinates_that_lie_nowhere_are_refused() -> None:
    for shape, crs in ((shapely.Point(40, 111), "EPSG:4490"), (shapely.Point(500_000, 4_500_000), "EPSG:4490")):
        with pytest.raises(RefusedError, match="longitude"):
            settled([shape], crs, LIMITS)


def test_vertices_are_counted() -> None:
    line = shapely.LineString(np.random.default_rng(0).random((50, 2)))
    with pytest.raises(RefusedError, match="vertices"):
        settled([line], "EPSG:4490", Limits(vertices=49))


# -- KML and GeoJSON ---------------------------------------------------------------------------------------------------

KML = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
MARK = "<Placemark><name>策克</name><Point><coordinates>101.28,42.41,0</coordinates></Point></Placemark>"


def test_kml_is_read() -> None:
    ring = "<LinearRing><coordinates>110,40 111,40 111,41 110,40</coordinates></LinearRing>"
    area = f"<Placemark><Polygon><outerBoundaryIs>{ring}</outerBoundaryIs></Polygon></Placemark>"
    rows, shapes = read_kml(KML.format(MARK + area).encode(), "a.kml", LIMITS)
    assert rows[0]["name"] == "策克"
    assert shapes[0] == shapely.Point(101.28, 42.41)
    assert shapes[1].geom_type == "Polygon"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + KML.format("&b;"), "xml"),
        ('<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;">]>' + KML.format("&m;"), "xml"),
        ("<!DOCTYPE kml>" + KML.format(MARK), "xml"),
        (KML.format(MARK + "<NetworkLink><Link><href>http://127.0.0.1:9/</href></Link></NetworkLink>"), "network-link"),
        (KML.format("<Folder>" * 200 + "</Folder>" * 200), "nested"),
        ("<OGRVRTDataSource/>", "content"),
        ("not xml", "content"),
    ],
)
def test_kml_that_reaches_beyond_itself_is_refused(text: str, reason: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(RefusedError) as caught:
            read_kml(text.encode(encoding), "a.kml", LIMITS)
        assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 200_000, "nested"),
        ('{"type": "FeatureCollection", "features": 3}', "content"),
        ('{"type": "FeatureCollection", "features": [3]}', "content"),
        ('{"type": "Feature", "geometry": {"type": "Point", "coordinates": "x"}}', "content"),
        ('{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline read /etc/passwd"}', "content"),
        ("<OGRVRTDataSource/>", "content"),
        ("null", "content"),
    ],
)
def test_what_only_looks_like_geojson_is_refused(text: str, reason: str) -> None:
    with pytest.raises(RefusedError) as caught:
        read_geojson(text.encode(), "a.geojson", LIMITS)
    assert caught.value.reason == reason


# -- archives ----------------------------------------------------------------------------------------------------------


def archive(path: Path, members: dict[str, bytes], mode: int = 0) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = mode << 16
            packed.writestr(info, content)
    return path


WHOLE = {"a.shp": b"1", "a.shx": b"2", "a.dbf": b"3"}


@pytest.mark.parametrize(
    ("members", "mode", "reason"),
    [
        (WHOLE | {"../../evil.shp": b""}, 0, "archive-path"),
        (WHOLE | {"/etc/evil.shp": b""}, 0, "archive-path"),
        (WHOLE | {"..\\evil.shp": b""}, 0, "archive-path"),
        (WHOLE | {"C:evil.shp": b""}, 0, "archive-path"),
        (WHOLE, stat.S_IFLNK | 0o777, "archive-path"),
        (WHOLE | {"bomb.bin": b"\0" * 3_000_000}, 0, "archive-size"),
        (WHOLE | {f"{number}.txt": b"" for number in range(99)}, 0, "archive-size"),
        ({"a.shp": b"1"}, 0, "archive-content"),
        ({"inner.zip": b"PK"}, 0, "archive-content"),
    ],
)
def test_unsafe_archives_are_refused(tmp_path: Path, members: dict[str, bytes], mode: int, reason: str) -> None:
    path = archive(tmp_path / "a.zip", members, mode)
    folder = tmp_path / "inside" / "out"
    folder.mkdir(parents=True)
    with pytest.raises(RefusedError) as caught:
        unpack_shapefiles(path, folder, Limits(unpacked_bytes=2_000_000))
    assert caught.value.reason == reason
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == [path]


def test_an_archive_that_lies_about_its_sizes_is_stopped(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", WHOLE | {"a.dbf": b"\0" * 3_000_000})
    raw = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = raw.rfind(mark)
        raw[at + offset : at + offset + 4] = (10).to_bytes(4, "little")
    path.write_bytes(raw)
    (tmp_path / "out").mkdir()
    with pytest.raises(RefusedError):
        unpack_shapefiles(path, tmp_path / "out", Limits(unpacked_bytes=1_000_000))
    assert all(one.stat().st_size <= 1_000_000 for one in (tmp_path / "out").iterdir())


def test_members_get_names_of_our_own(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.zip", {f"deep/名字 $(id){suffix}": b"x" for suffix in (".shp", ".SHX", ".dbf", ".exe")}
    )
    found = unpack_shapefiles(path, tmp_path, LIMITS)
    assert found == [("名字 $(id)", tmp_path / "layer0.shp")]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.zip", "layer0.dbf", "layer0.shp", "layer0.shx"]
