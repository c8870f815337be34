"""Attacks on the whole way in, beside what the same file does where nothing guards; and the ways that must work."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from affine import Affine

from atlas.errors import InputError
from atlas.intake import Limits, RefusedError, join_units, raster_statistics, read_raster, read_vectors
from atlas.intake import guard as guard_module
from atlas.intake.guard import PREFIX, environment, sweep
from atlas.store import Atlas

SECRET = "this line stands in another file"


def left() -> list[str]:
    return [one.name for one in Path(tempfile.gettempdir()).glob(f"{PREFIX}{os.getpid()}-*")]


def refused(content: bytes, name: str, **options: object) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        read_vectors(content, name, **options)  # type: ignore[arg-type]
    assert left() == []
    assert SECRET not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.zh
    assert caught.value.en
    return caught.value


def points() -> gpd.GeoDataFrame:
    names = ["策克", "=1+1", "<img src=x onerror=alert(1)>"]
    shapes = [shapely.Point(101.28, 42.41), shapely.Point(111.66, 40.82), shapely.Point(116.4, 39.9)]
    return gpd.GeoDataFrame(
        {"name": names, "value": [1.5, -2.0, 3.0], "unit": ["a", "b", "c"]}, geometry=shapes, crs=4490
    )


# -- what must work ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["geojson", "gpkg", "zip"])
def test_files_come_in_with_their_units(atlas: Atlas, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"my.{form}"
    if form == "zip":
        points().to_crs("EPSG:4527").to_file(tmp_path / "x.shp", engine="pyogrio", encoding="GBK")
        path.write_bytes(b"")
        with zipfile.ZipFile(path, "w") as packed:
            for one in tmp_path.glob("x.*"):
                packed.write(one, one.name)
    elif form == "gpkg":
        points().to_crs("EPSG:4547").to_file(path, engine="pyogrio")
    else:
        path.write_text(points().to_crs(4326).to_json(), encoding="utf-8")
    taken = read_vectors(path.read_bytes(), path.name)
    assert left() == []
    (frame,) = taken.layers.values()
    assert frame.crs == "EPSG:4490"
    assert list(frame["name"]) == list(points()["name"])
    assert shapely.distance(frame.geometry.to_numpy(), points().geometry.to_numpy()).max() < 1e-6
    assert set(taken.source_crs.values()) <= {"EPSG:4326", "EPSG:4527", "EPSG:4547"}
    joined = join_units(atlas, frame)
    assert list(joined["unit_name"]) == ["额济纳旗", atlas.at(111.66, 40.82).name, ""]
    assert list(joined["share"]) == [1, 1, 0]
    assert list(joined["unit_2"]) == ["a", "b", "c"]


def test_a_csv_says_that_it_needs_a_crs_and_takes_it() -> None:
    content = "名称,经度,纬度\n策克,101°16′48″,42.41\n无,,\n".encode("gb18030")
    asked = read_vectors(content, "points.csv")
    assert not asked.layers
    assert {"EPSG:4490", "EPSG:4547", "GCJ-02"} <= set(asked.crs_needed)
    assert asked.bounds == pytest.approx((101.28, 42.41, 101.28, 42.41))
    plain = read_vectors(content, "points.csv", crs="EPSG:4490").layers["points"]
    shifted = read_vectors(content, "points.csv", crs="GCJ-02")
    moved = plain.geometry.iloc[0].distance(shifted.layers["points"].geometry.iloc[0])
    assert 0.0005 < moved < 0.01
    assert [note.en for note in shifted.notes] == [
        "points: 1 rows without usable coordinates left out",
        "points: converted from GCJ-02",
    ]


def raster(path: Path, **profile: object) -> Path:
    options = {"driver": "GTiff", "dtype": "float32", "count": 1, "height": 60, "width": 100, "crs": "EPSG:4490"}
    options |= {"transform": Affine(0.3, 0, 97, 0, -0.3, 54), "nodata": -1.0}
    with rasterio.open(path, "w", **(options | profile)) as target:
        target.write(np.full((60, 100), 7, dtype=np.float32), 1)
    return path


def test_a_raster_comes_in_with_statistics_and_a_picture(atlas: Atlas, tmp_path: Path) -> None:
    path = raster(tmp_path / "my.tif")
    taken = read_raster(atlas, path.read_bytes(), path.name, statistics=("mean", "coverage"))
    assert left() == []
    assert len(taken.table) == 103
    assert set(taken.table["mean"]) == {7.0}
    assert taken.table["coverage"].min() > 0.99
    assert taken.grey.shape[1] == 700 or taken.grey.shape[0] == 700
    assert taken.bounds == pytest.approx((97, 36, 127, 54), abs=0.1)
    assert taken.facts["crs"] == "EPSG:4490"
    assert set(raster_statistics(atlas, path)["mean"]) == {7.0}


# -- attacks -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.csv"
    path.write_text(f"name,x,y\n{SECRET},111,40\n", encoding="utf-8")
    return path


def vrt(secret: Path) -> str:
    return (
        f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource>'
        '<GeometryType>wkbPoint</GeometryType><GeometryField encoding="PointFromColumns" x="x" y="y"/>'
        "</OGRVRTLayer></OGRVRTDataSource>"
    )


@pytest.mark.parametrize("name", ["a.geojson", "a.gpkg", "a.kml", "a.zip"])
def test_a_vrt_under_any_name_gives_no_other_file_away(secret: Path, tmp_path: Path, name: str) -> None:
    content = vrt(secret).encode()
    (tmp_path / name).write_bytes(content)
    if name != "a.zip":
        assert SECRET in pyogrio.read_dataframe(tmp_path / name).to_string()  # where nothing guards
    assert refused(content, name).reason == "content"


def test_the_environment_itself_keeps_vrt_out(secret: Path, tmp_path: Path) -> None:
    """Below the look at the first bytes there is a second wall: the drivers are not there."""
    path = tmp_path / "a.gpkg"
    path.write_text(vrt(secret), encoding="utf-8")
    code = "import pyogrio, sys; print(pyogrio.read_dataframe(sys.argv[1]).to_string())"

    def read(env: dict[str, str]) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], env=env, capture_output=True, text=True, check=False
        )
        return done.stdout

    assert SECRET in read({**os.environ})
    assert SECRET not in read(environment(tmp_path))
    listing = (
        "import pyogrio; found = pyogrio.list_drivers();"
        "bad = {'OGR_VRT', 'GDALG', 'HTTP', 'WFS', 'CSV', 'SQLite', 'KML'} & found.keys(); print(sorted(bad))"
    )
    done = subprocess.run(
        [sys.executable, "-c", listing], env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("text", ["/vsicurl/http://127.0.0.1:9/a.gpkg", "http://127.0.0.1:9/a.geojson", "/etc/passwd"])
def test_addresses_are_only_texts(text: str) -> None:
    for name in ("a.geojson", "a.gpkg", "a.kml"):
        assert refused(text.encode(), name).reason == "content"
    assert refused(b"x", text).reason in {"format", "content"}
    assert refused(b"x", "../../etc/passwd").reason == "format"


def test_a_raster_that_claims_the_world_is_refused_by_its_header(atlas: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "huge.tif"
    options = {"driver": "GTiff", "dtype": "uint8", "count": 1, "height": 400_000, "width": 400_000, "crs": "EPSG:4490"}
    options["transform"] = Affine(0.0001, 0, 97, 0, -0.0001, 54)
    with rasterio.open(
        path, "w", **options, tiled=True, blockxsize=4096, blockysize=4096, SPARSE_OK=True, BIGTIFF="YES"
    ):
        pass
    assert path.stat().st_size < 2_000_000
    start = time.monotonic()
    with pytest.raises(RefusedError) as caught:
        read_raster(atlas, path.read_bytes(), path.name)
    assert caught.value.reason == "pixels"
    assert "400000 × 400000" in str(caught.value)
    assert time.monotonic() - start < 60
    for content in (b"<VRTDataset/>", b"II*\0", b"\x89PNG"):
        with pytest.raises(RefusedError) as caught:
            read_raster(atlas, content, "a.tif")
        assert caught.value.reason in {"content", "broken"}
    with pytest.raises(InputError, match="no raster file"):
        raster_statistics(atlas, tmp_path / "none.tif")


def test_size_is_looked_at_first() -> None:
    assert refused(b"x" * 2000, "a.geojson", limits=Limits(size_bytes=1000)).reason == "size"
    assert refused(b"", "a.geojson").reason == "empty"
    many = {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": None, "properties": {}}] * 11}
    assert refused(json.dumps(many).encode(), "a.geojson", limits=Limits(features=10)).reason == "features"


def test_too_much_memory_ends_the_child_and_not_us() -> None:
    line = [[110 + number * 1e-6, 40] for number in range(400_000)]
    content = json.dumps({"type": "LineString", "coordinates": line}).encode()
    found = refused(content, "a.geojson", limits=Limits(memory_bytes=300 * 1024 * 1024))
    assert found.reason in {"memory", "broken"}
    assert read_vectors(content, "a.geojson").layers["a"].geometry.iloc[0].geom_type == "LineString"


@pytest.mark.parametrize("limits", [Limits(wall_s=2, cpu_s=30), Limits(wall_s=60, cpu_s=1)])
def test_too_much_time_ends_the_child_and_its_folder(monkeypatch: pytest.MonkeyPatch, limits: Limits) -> None:
    spin = "import sys, json; from atlas.intake.child import restrict; from pathlib import Path\n"
    spin += "restrict(json.loads((Path(sys.argv[1]) / 'task.json').read_text())['limits'])\nwhile True: pass\n"
    real = subprocess.Popen
    monkeypatch.setattr(
        guard_module.subprocess,
        "Popen",
        lambda command, **options: real([sys.executable, "-P", "-c", spin, command[-1]], **options),
    )
    start = time.monotonic()
    assert refused(b"{}", "a.geojson", limits=limits).reason == "time"
    assert time.monotonic() - start < 45


def test_what_a_killed_program_left_is_swept() -> None:
    code = "import tempfile, os, time, sys; from atlas.intake.guard import PREFIX\n"
    code += "print(tempfile.mkdtemp(prefix=f'{PREFIX}{os.getpid()}-'), flush=True); time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    folder = Path(process.stdout.readline().strip())
    sweep()
    assert folder.is_dir()  # its owner lives
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    sweep()
    assert not folder.exists()


@pytest.mark.parametrize(("name", "form"), [("mine.zip", "ZIP"), ("mine.kmz", "ZIP")])
def test_a_broken_archive_is_called_as_the_visitor_calls_it(name: str, form: str) -> None:
    with pytest.raises(RefusedError) as caught:
        read_vectors(b"PK\x03\x04 and nothing", name)
    assert caught.value.reason == "content"
    assert caught.value.values == {"name": name, "form": form}
