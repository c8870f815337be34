"""Zonal statistics weigh cells that a zone covers in part, and refuse files that are not plain rasters."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.features import geometry_mask

from atlas.analysis.grid import EQUAL_AREA, project
from atlas.analysis.zonal import zonal_statistics
from atlas.errors import InputError, UnknownNameError
from atlas.store import Atlas

TRANSFORM = Affine(5000, 0, -1_300_000, 0, -5000, 1_000_000)
SHAPE = (380, 520)


def write(path: Path, values: np.ndarray, **profile: object) -> Path:
    options = {
        "driver": "GTiff",
        "dtype": values.dtype.name,
        "count": 1,
        "height": values.shape[0],
        "width": values.shape[1],
        "crs": EQUAL_AREA.to_wkt(),
        "transform": TRANSFORM,
    }
    with rasterio.open(path, "w", **(options | profile)) as target:
        target.write(values, 1)
    return path


@pytest.fixture
def ones(tmp_path: Path) -> Path:
    return write(tmp_path / "ones.tif", np.ones(SHAPE, dtype=np.float32))


def test_the_sum_of_ones_is_the_area(atlas: Atlas, ones: Path) -> None:
    table = zonal_statistics(atlas, ones, statistics=["sum", "coverage"]).set_index("place")
    for row in atlas.features("banners").itertuples():
        area = project(row.geometry).area / 25e6
        assert table.loc[row.place, "sum"] == pytest.approx(area, rel=1e-3)
    assert table["coverage"].min() == pytest.approx(1, abs=1e-3)


def test_means_agree_with_cells_counted_one_by_one(atlas: Atlas, tmp_path: Path) -> None:
    values = np.random.default_rng(3).normal(50, 10, SHAPE).astype(np.float32)
    table = zonal_statistics(atlas, write(tmp_path / "a.tif", values), "leagues", ["mean"]).set_index("place")
    for row in atlas.features("leagues").itertuples():
        inside = geometry_mask([project(row.geometry)], SHAPE, TRANSFORM, invert=True)
        assert table.loc[row.place, "mean"] == pytest.approx(values[inside].mean(), rel=0.01)


def test_nodata_is_not_counted(atlas: Atlas, tmp_path: Path) -> None:
    values = np.full(SHAPE, -1, dtype=np.float32)
    table = zonal_statistics(atlas, write(tmp_path / "a.tif", values, nodata=-1), statistics=["mean", "coverage"])
    assert table["mean"].isna().all()
    assert (table["coverage"] == 0).all()


def test_what_is_no_geotiff_is_refused(atlas: Atlas, tmp_path: Path, ones: Path) -> None:
    sneaky = tmp_path / "sneaky.tif"
    sneaky.write_text(
        f"<VRTDataset rasterXSize='2' rasterYSize='2'><SourceFilename>{ones}</SourceFilename></VRTDataset>"
    )
    with pytest.raises(InputError, match=r"sneaky\.tif is not a GeoTIFF"):
        zonal_statistics(atlas, sneaky)
    with pytest.raises(InputError, match="there is no raster file"):
        zonal_statistics(atlas, Path("/vsicurl/http://127.0.0.1/a.tif"))


def test_a_file_that_claims_too_much_is_refused(atlas: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "huge.tif"
    profile = {"driver": "GTiff", "dtype": "uint8", "count": 1, "height": 200_000, "width": 200_000}
    with rasterio.open(
        path,
        "w",
        crs="EPSG:4490",
        transform=Affine(0.0001, 0, 100, 0, -0.0001, 50),
        sparse_ok=True,
        tiled=True,
        **profile,
    ):
        pass
    with pytest.raises(InputError, match="make its cells larger"):
        zonal_statistics(atlas, path)


def test_a_missing_crs_is_asked_for(atlas: Atlas, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no CRS: assign"):
        zonal_statistics(atlas, write(tmp_path / "a.tif", np.ones(SHAPE, dtype=np.float32), crs=None))


def test_a_raster_elsewhere_is_named(atlas: Atlas, tmp_path: Path) -> None:
    far = write(tmp_path / "a.tif", np.ones((4, 4), dtype=np.float32), transform=Affine(1000, 0, 9e6, 0, -1000, 9e6))
    with pytest.raises(InputError, match="lies elsewhere"):
        zonal_statistics(atlas, far)


def test_bad_choices_are_named(atlas: Atlas, ones: Path) -> None:
    with pytest.raises(UnknownNameError, match="mean"):
        zonal_statistics(atlas, ones, statistics=["avarage"])
    with pytest.raises(InputError, match="choose a layer of areas"):
        zonal_statistics(atlas, ones, "rivers")
    with pytest.raises(InputError, match="band 2"):
        zonal_statistics(atlas, ones, band=2)
