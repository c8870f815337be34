"""Each format read back by somebody else's reader, or by a few lines that know only the format's own standard."""

from __future__ import annotations

import csv
import html
import io
import json
import math
import sqlite3
import struct
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import fiona
import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely

from atlas.errors import InputError, UnknownNameError
from atlas.exchange import CRS_CHOICES, TABLES, Exported, export
from atlas.exchange.about import about
from atlas.exchange.choice import Chosen
from atlas.exchange.export import FORMATS
from atlas.exchange.kml import kml
from atlas.exchange.projection import zone_of
from atlas.exchange.shapefile import SHORT, fitting
from atlas.exchange.sheets import csv_bytes, neutral, write_xlsx
from atlas.layers import layer
from atlas.selection import Selection
from atlas.store import Atlas

SMALL = Selection(layers=("border", "ports", "railways", "kongdui"))


def write(atlas: Atlas, out: Path, selection: Selection = SMALL, **options: object) -> Exported:
    return export(atlas, out, selection, **options)  # type: ignore[arg-type]


def total(atlas: Atlas) -> int:
    """Return how many features the small selection has."""
    return sum(len(atlas.features(layer)) for layer in SMALL.layers)


@pytest.mark.parametrize("suffix", FORMATS)
def test_same_input_same_bytes_and_no_rest_beside(atlas: Atlas, tmp_path: Path, suffix: str) -> None:
    tables = ("targets",) if suffix in {".gpkg", ".zip", ".xlsx"} else ()
    first, second = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    written = write(atlas, first, tables=tables)
    write(atlas, second, tables=tables)
    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([first.name, second.name])
    assert written.features == {
        layer: len(atlas.features(layer)) for layer in ("border", "kongdui", "railways", "ports")
    }


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_file_carries_licence_and_attribution(atlas: Atlas, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"a{suffix}"
    write(atlas, out)
    raw = out.read_bytes()
    if suffix in {".zip", ".kmz", ".xlsx"}:
        with zipfile.ZipFile(out) as packed:
            raw = b"".join(packed.read(name) for name in packed.namelist())
    text = html.unescape(raw.decode("utf-8", "ignore"))
    if suffix == ".parquet":
        text = " ".join(json.loads(pq.read_schema(out).metadata[b"beijiang-atlas"]).values())
    assert "MIT" in text
    assert "天地图" in text
    assert "未经地图审核" in text
    assert "审图号" not in text


# -- axis order --------------------------------------------------------------------------------------------------------


def gauss_krueger(lon: float, lat: float, meridian: float) -> tuple[float, float]:
    """Easting (500 km false) and northing by Krüger's series on the ellipsoid of CGCS2000: no PROJ in it."""
    a, f = 6378137.0, 1 / 298.257222101
    n = f / (2 - f)
    mean = a / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    alpha = (n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16, 13 * n**2 / 48 - 3 * n**3 / 5, 61 * n**3 / 240)
    phi, lam = math.radians(lat), math.radians(lon - meridian)
    e = math.sqrt(f * (2 - f))
    t = math.sinh(math.atanh(math.sin(phi)) - e * math.atanh(e * math.sin(phi)))
    xi, eta = math.atan2(t, math.cos(lam)), math.asinh(math.sin(lam) / math.hypot(t, math.cos(lam)))
    north = xi + sum(one * math.sin(2 * j * xi) * math.cosh(2 * j * eta) for j, one in enumerate(alpha, 1))
    east = eta + sum(one * math.cos(2 * j * xi) * math.sinh(2 * j * eta) for j, one in enumerate(alpha, 1))
    return 500_000 + mean * east, mean * north


def first_point(gpkg: Path, feature: str) -> tuple[float, float]:
    """The coordinates of a point as they stand in the GeoPackage's bytes, by SQLite and the standard alone."""
    with closing(sqlite3.connect(gpkg)) as database:
        (blob,) = database.execute("SELECT geom FROM ports WHERE feature = ?", (feature,)).fetchone()
    envelope = (blob[3] >> 1) & 7
    at = 8 + {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[envelope]
    assert blob[at] == 1
    return struct.unpack_from("<dd", blob, at + 5)


@pytest.mark.parametrize("crs", CRS_CHOICES)
def test_eastings_come_first_and_are_right(atlas: Atlas, tmp_path: Path, crs: str) -> None:
    here = Selection(layers=("ports",))
    out = tmp_path / "a.gpkg"
    write(atlas, out, here, crs=crs)
    port = atlas.features("ports").set_index("feature").loc["ports/port/erlianhaote"]
    lon, lat = port.geometry.x, port.geometry.y
    x, y = first_point(out, "ports/port/erlianhaote")
    zone = zone_of(crs)
    if zone is None:
        assert (x, y) == (lon, lat)
    else:
        east, north = gauss_krueger(lon, lat, 3 * zone)
        prefix = zone * 1_000_000 if int(crs.removeprefix("EPSG:")) < 4541 else 0
        assert (x - prefix, y) == (pytest.approx(east, abs=0.5), pytest.approx(north, abs=0.5))
    # And back: another library reads the same file to the same place.
    back = gpd.read_file(out, layer="ports").to_crs("EPSG:4490").set_index("feature").geometry
    assert back.loc["ports/port/erlianhaote"].distance(port.geometry) < 1e-7
    with fiona.open(out, layer="ports") as source:
        assert source.crs.to_epsg() == int(crs.removeprefix("EPSG:"))


def test_shapefile_bytes_hold_eastings_first(atlas: Atlas, tmp_path: Path) -> None:
    out = tmp_path / "a.zip"
    write(atlas, out, Selection(layers=("ports",)), crs="EPSG:4547")
    with zipfile.ZipFile(out) as packed:
        raw, prj = packed.read("ports.shp"), packed.read("ports.prj").decode("ascii")
    west, south, east, north = struct.unpack_from("<4d", raw, 36)
    assert west < east < 2_000_000 < 4_000_000 < south < north
    assert "CGCS2000" in prj
    assert "114" in prj


def test_an_unknown_crs_is_refused(atlas: Atlas, tmp_path: Path) -> None:
    for crs in ("EPSG:3857", "4519", "nonsense"):
        with pytest.raises(InputError, match="choose EPSG:4490"):
            write(atlas, tmp_path / "a.gpkg", crs=crs)


def test_what_reaches_beyond_the_zone_is_said(atlas: Atlas, tmp_path: Path) -> None:
    assert "zone 38" in write(atlas, tmp_path / "a.gpkg", crs="4547").notes[0]
    one = write(atlas, tmp_path / "b.gpkg", Selection(layers=("ports",), regions=("152923",)), crs="4543")
    assert one.notes == ()


# -- GeoPackage --------------------------------------------------------------------------------------------------------


def test_geopackage_has_styles_tables_and_a_note(atlas: Atlas, tmp_path: Path) -> None:
    out = tmp_path / "a.gpkg"
    write(atlas, out, tables=tuple(TABLES))
    with closing(sqlite3.connect(out)) as database:
        styles = database.execute("SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles")
        found = {name: (column, ET.fromstring(qml), default) for name, column, qml, default in styles}
        listed = dict(database.execute("SELECT table_name, data_type FROM gpkg_contents"))
        counts = {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES}
        note = dict(database.execute("SELECT item, value FROM about"))
        (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
    assert verdict == "ok"
    assert set(found) == set(SMALL.layers)
    assert all(column == "geom" and default == 1 for column, _, default in found.values())
    dash = {one.get("value") for one in found["railways"][1].iter("Option") if one.get("name") == "use_custom_dash"}
    assert "1" in dash
    assert {name: listed[name] for name in SMALL.layers} == dict.fromkeys(SMALL.layers, "features")
    assert listed["places"] == "features"
    assert listed["projects"] == listed["about"] == "attributes"
    assert counts["places"] == len(atlas.places())
    assert counts["projects"] == len(atlas.projects())
    assert note["edition"].startswith("内部工作")
    frame = gpd.read_file(out, layer="border")
    assert list(frame["name_zh"]) == list(atlas.features("border")["name_zh"])
    assert frame["adcode"].iloc[0].isdigit()
    places = gpd.read_file(out, layer="places")
    assert places.geometry.notna().sum() == atlas.places()["lon"].notna().sum()


# -- GeoJSON -----------------------------------------------------------------------------------------------------------


def test_geojson_keeps_the_standard(atlas: Atlas, tmp_path: Path) -> None:
    out = tmp_path / "a.geojson"
    write(atlas, out)
    collection = json.loads(out.read_text(encoding="utf-8"))
    assert "crs" not in collection
    assert collection["about"]["licence"]
    assert len(collection["features"]) == total(atlas)
    assert len({feature["id"] for feature in collection["features"]}) == total(atlas)
    for feature in collection["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        west, south, east, north = shape.bounds
        assert 97 < west <= east < 127
        assert 36 < south <= north < 54
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                assert part.exterior.is_ccw
                assert not any(ring.is_ccw for ring in part.interiors)
    numbers = [number for feature in collection["features"] for number in _numbers(feature["geometry"]["coordinates"])]
    assert max(len(str(number).partition(".")[2]) for number in numbers) <= 7
    with pytest.raises(InputError, match=r"\.gpkg"):
        write(atlas, out, crs="EPSG:4547")


def _numbers(nested: object) -> Iterator[float]:
    if isinstance(nested, list):
        for one in nested:
            yield from _numbers(one)
    else:
        assert isinstance(nested, float)
        yield nested


# -- KML ---------------------------------------------------------------------------------------------------------------

K = "{http://www.opengis.net/kml/2.2}"


def test_kml_has_folders_and_inline_styles_and_asks_for_nothing(atlas: Atlas, tmp_path: Path) -> None:
    out, packed = tmp_path / "a.kml", tmp_path / "a.kmz"
    write(atlas, out)
    write(atlas, packed)
    root = ET.fromstring(out.read_bytes())
    folders = root.findall(f"{K}Document/{K}Folder")
    assert len(folders) == 4
    marks = list(root.iter(f"{K}Placemark"))
    assert len(marks) == total(atlas)
    assert all(mark.find(f"{K}Style") is not None for mark in marks)
    assert not list(root.iter(f"{K}NetworkLink"))
    assert not list(root.iter(f"{K}href"))
    text = out.read_text(encoding="utf-8").replace("http://www.opengis.net/kml/2.2", "")
    assert "href" not in text
    with zipfile.ZipFile(packed) as archive:
        names = set(archive.namelist())
        document = ET.fromstring(archive.read("doc.kml"))
    assert {link.text for link in document.iter(f"{K}href")} <= names - {"doc.kml"}
    schematic = [mark.findtext(f"{K}name", "") for mark in folders[2].iter(f"{K}Placemark")]
    assert all(name.endswith("（示意）") for name in schematic)
    counts = {folder.findtext(f"{K}name"): len(folder.findall(f"{K}Placemark")) for folder in folders}
    assert {name: len(gpd.read_file(out, layer=name)) for name in counts} == counts


def test_kml_lets_no_name_become_markup(atlas: Atlas) -> None:
    hostile = "<img src=x onerror=alert(1)>\x00&"
    row = dict.fromkeys(
        ("feature", "place", "name_zh", "name_en", "type", "adcode", "league", "status", "note"), hostile
    )
    frame = gpd.GeoDataFrame(
        [row | {"precision": "site", "source": hostile, "geometry": shapely.Point(1, 2)}], crs=4490
    )
    lines = about(atlas, [layer("ports")], "working", "EPSG:4490")
    root = ET.fromstring(kml(Chosen((layer("ports"),), {"ports": frame}, ()), "EPSG:4490", lines))
    texts = [element.text or "" for element in root.iter()]
    assert not any("<" in text or "\x00" in text for text in texts)
    assert any("img src" in text for text in texts)


# -- Shapefile ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["UTF-8", "GBK"])
def test_shapefiles_read_back_with_their_sheet(atlas: Atlas, tmp_path: Path, encoding: str) -> None:
    out = tmp_path / "a.zip"
    write(atlas, out, encoding=encoding, tables=("projects",))
    with zipfile.ZipFile(out) as packed:
        packed.extractall(tmp_path / "x")
    folder = tmp_path / "x"
    assert (folder / "border.cpg").read_text() == encoding
    dbf = (folder / "border.dbf").read_bytes()
    fields = [
        dbf[at : at + 11].split(b"\0")[0].decode("ascii")
        for at in range(32, len(dbf), 32)
        if at < 32 * (len(SHORT) + 1)
    ]
    assert fields == list(SHORT.values())
    assert len(set(fields)) == len(fields)
    assert max(map(len, fields)) <= 10
    assert "额济纳旗".encode(encoding) in dbf
    frame = gpd.read_file(folder / "border.shp")
    assert list(frame["NAME_ZH"]) == list(atlas.features("border")["name_zh"])
    assert set(frame["ADCODE"]) == set(atlas.features("border")["adcode"])
    sheet = list(csv.DictReader(io.StringIO((folder / "fields.csv").read_text(encoding="utf-8-sig"))))
    assert {row["field"] for row in sheet} >= set(fields)
    assert all(row["meaning_zh"] and row["meaning_en"] for row in sheet)
    texts = pd.read_csv(folder / "border_texts.csv", encoding="utf-8-sig", dtype=str)
    assert set(frame["FEATURE"]) == set(texts["feature"])
    assert texts["source"].notna().all()
    assert (folder / "projects.csv").is_file()


def test_texts_that_do_not_fit_are_cut_between_characters() -> None:
    assert fitting("旗" * 300, "UTF-8") == "旗" * 83 + "…"
    assert fitting("Ürümqi Ö²", "GBK") == "Urümqi O2"
    assert fitting("Ürümqi", "UTF-8") == "Ürümqi"
    assert fitting(None, "UTF-8") is None
    with pytest.raises(InputError, match="encoding UTF-8"):
        fitting("ᠮᠣᠩᠭᠣᠯ", "GBK")


def test_an_unknown_encoding_is_refused(atlas: Atlas, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="GBK"):
        write(atlas, tmp_path / "a.zip", encoding="latin1")


# -- GeoParquet --------------------------------------------------------------------------------------------------------


def test_geoparquet_holds_all_layers(atlas: Atlas, tmp_path: Path) -> None:
    out = tmp_path / "a.parquet"
    write(atlas, out, crs="EPSG:4547")
    frame = gpd.read_parquet(out)
    assert frame.crs.to_epsg() == 4547
    layers = ("ports", "border", "railways", "kongdui")
    assert frame["layer"].value_counts().to_dict() == {layer: len(atlas.features(layer)) for layer in layers}
    assert frame.total_bounds[0] < 2_000_000 < frame.total_bounds[1]
    write(atlas, out, Selection(), tables=("ledger",))
    assert pq.read_table(out).num_rows == len(atlas.ledger())


# -- CSV and XLSX ------------------------------------------------------------------------------------------------------

FORMULAS = ("=1+1", "+1", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1")


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_defused(text: str, tmp_path: Path) -> None:
    assert neutral(text) == "'" + text
    assert neutral(-5.5) == -5.5
    assert neutral("a=1") == "a=1"
    table = pd.DataFrame({"name": [text], "value": [-1.5], "=head": ["x"]})
    rows = list(csv.reader(io.StringIO(csv_bytes(table).decode("utf-8-sig"), newline="")))
    assert rows == [["name", "value", "'=head"], ["'" + text, "-1.5", "x"]]
    out = tmp_path / "a.xlsx"
    write_xlsx({"t": ("t", table)}, {"a": text}, out)
    sheet = openpyxl.load_workbook(out)["t"]
    assert sheet["A2"].data_type == sheet["C1"].data_type == "s"
    assert sheet["A2"].quotePrefix
    assert (sheet["B2"].data_type, sheet["B2"].value) == ("n", -1.5)


def test_csv_opens_in_excel(atlas: Atlas, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    write(atlas, out)
    raw = out.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b'"152923"' in raw
    assert raw.count(b"\r\n") == total(atlas) + 1
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    ports = {row["feature"]: row for row in rows if row["layer"] == "ports"}
    shape = atlas.features("ports").set_index("feature").geometry
    assert all(float(row["x"]) == pytest.approx(shape[key].x, abs=1e-7) for key, row in ports.items())
    inside = {row["feature"]: row for row in rows if row["layer"] == "border"}
    areas = atlas.features("border").set_index("feature").geometry
    assert all(areas[key].covers(shapely.Point(float(row["x"]), float(row["y"]))) for key, row in inside.items())


def test_xlsx_keeps_codes_as_text(atlas: Atlas, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    write(atlas, out, Selection())
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == [*(title for title, _ in TABLES.values()), "字段 fields", "说明 about"]
    sheet = book["地名"]
    heads = [cell.value for cell in sheet[1]]
    code = heads.index("行政区划代码 adcode")
    assert sheet.cell(2, code + 1).value == "150000"
    assert sheet.cell(2, code + 1).number_format == "@"
    lon = heads.index("经度 lon")
    assert isinstance(sheet.cell(2, lon + 1).value, float)
    assert sheet.max_row == len(atlas.places()) + 1
    assert sheet.freeze_panes == "B2"
    assert not [cell for one in book for row in one.iter_rows() for cell in row if cell.data_type == "f"]


# -- refusals ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("a.dxf", {}, ".gpkg"),
        ("a.geojson", {"tables": ("projects",)}, ".xlsx"),
        ("a.csv", {"tables": ("projects", "targets")}, "one table"),
        ("a.csv", {"tables": ("projects",), "selection": SMALL}, "one table"),
        ("a.xlsx", {"tables": ("project",)}, "projects"),
        ("missing/a.gpkg", {}, "missing"),
        ("a.gpkg", {"edition": "secret"}, "public"),
    ],
)
def test_bad_calls_are_refused_in_one_line(
    atlas: Atlas, tmp_path: Path, name: str, options: dict[str, object], words: str
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        write(atlas, tmp_path / name, **({"selection": Selection()} | options))  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_there_survives_a_refusal(atlas: Atlas, tmp_path: Path) -> None:
    out = tmp_path / "a.kml"
    out.write_text("old")
    with pytest.raises(InputError):
        write(atlas, out, crs="EPSG:4547")
    assert out.read_text() == "old"
