"""A PDF says where its maps lie: read back, its coordinates are those of the sheet."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader
from pyproj import CRS, Transformer

from atlas import plates
from atlas.plate.geo_pdf import POINTS_PER_MM
from atlas.plate.projection import GEOGRAPHIC
from atlas.plates import compose_plate
from atlas.store import Atlas


@pytest.fixture(scope="module", params=[("lakes", None), ("border", "column")], ids=["lakes", "border-column"])
def case(request: pytest.FixtureRequest, built_atlas: Path, tmp_path_factory: pytest.TempPathFactory):
    plate, paper = request.param
    atlas = Atlas(built_atlas)
    out = tmp_path_factory.mktemp("geo") / f"{plate}.pdf"
    plates.draw(atlas, plate, out, paper=paper)
    return compose_plate(atlas, plate, paper=paper), out


def test_every_map_of_the_sheet_has_its_viewport(case) -> None:
    composed, out = case
    page = PdfReader(out).pages[0]
    assert [str(one["/Name"]) for one in page["/VP"]] == [one.name for one in composed.maps]
    for viewport, located in zip(page["/VP"], composed.maps, strict=True):
        left, bottom, right, top = (float(edge) for edge in viewport["/BBox"])
        shares = np.array([float(value) for value in viewport["/Measure"]["/LPTS"]]).reshape(-1, 2)
        latlon = np.array([float(value) for value in viewport["/Measure"]["/GPTS"]]).reshape(-1, 2)
        page_mm = np.array([left, bottom]) + shares * np.array([right - left, top - bottom])
        sheet_mm = page_mm / POINTS_PER_MM + (0, composed.cut)
        assert np.abs(located.sheet.points(latlon[:, ::-1]) - sheet_mm).max() < 0.01
        told = CRS.from_wkt("".join(viewport["/Measure"]["/GCS"]["/WKT"]))
        lon, lat = located.sheet.centre
        ours = located.sheet.metres(*located.sheet.middle)
        theirs = Transformer.from_crs(GEOGRAPHIC, told, always_xy=True).transform(lon, lat)
        assert theirs == pytest.approx(ours, abs=0.5)


@pytest.mark.skipif(shutil.which("gdalinfo") is None, reason="GDAL's programs are not installed")
def test_gdal_reads_it(case) -> None:
    composed, out = case
    formats = subprocess.run(["gdalinfo", "--formats"], check=True, capture_output=True, text=True).stdout
    if "PDF" not in formats:
        pytest.skip("this GDAL does not read PDF")
    told = json.loads(subprocess.run(["gdalinfo", "-json", out], check=True, capture_output=True, text=True).stdout)
    west, across, _, north, _, down = told["geoTransform"]
    width, height = told["size"]
    plate = composed.setting.plate
    sheet = composed.setting.sheet
    upper = sheet.metres(0, plate.paper.size_mm[1])
    lower = sheet.metres(plate.paper.size_mm[0], composed.cut)
    pixel = abs(across)
    assert (west, north) == pytest.approx(upper, abs=2 * pixel)
    assert (west + across * width, north + down * height) == pytest.approx(lower, abs=2 * pixel)
