"""Rasters lie on one equal-area grid, say what they are, and measure what they claim."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from pyproj import Geod
from rasterio.transform import rowcol

from atlas.analysis.attention import attention, weights
from atlas.analysis.cog import write_cog
from atlas.analysis.distance import nearest_km, vertices
from atlas.analysis.grid import Grid, grid_of, project
from atlas.analysis.rasters import KINDS, NODATA, make_raster, region_grid
from atlas.errors import InputError, UnknownNameError
from atlas.store import Atlas


@pytest.fixture
def grid(atlas: Atlas) -> Grid:
    """A coarse one: 10 km cells are enough to test."""
    return grid_of(shapely.union_all(atlas.features("region").geometry.to_numpy()), 10_000)


def test_cells_cover_the_region(atlas: Atlas) -> None:
    grid = region_grid(atlas)
    area = Geod(ellps="GRS80")
    whole = sum(abs(area.geometry_area_perimeter(shape)[0]) for shape in atlas.features("region").geometry) / 1e6
    assert grid.inside.sum() * grid.cell_km2 == pytest.approx(whole, rel=0.001)


def test_distances_are_geodesic() -> None:
    points = np.array([[111.0, 41.0], [119.0, 49.0]])
    others = np.array([[112.0, 41.0], [118.0, 49.0], [100.0, 40.0]])
    expected = [
        Geod(ellps="GRS80").inv(111, 41, 112, 41)[2] / 1000,
        Geod(ellps="GRS80").inv(119, 49, 118, 49)[2] / 1000,
    ]
    assert nearest_km(points, others) == pytest.approx(expected)


def test_the_nearest_is_the_nearest() -> None:
    """Against every pair measured on the ellipsoid."""
    random = np.random.default_rng(7)
    points = np.column_stack([random.uniform(97, 126, 300), random.uniform(37, 53, 300)])
    others = np.column_stack([random.uniform(97, 126, 40), random.uniform(37, 53, 40)])
    geod = Geod(ellps="GRS80")
    true = [min(geod.inv(*point, *other)[2] for other in others) / 1000 for point in points]
    assert nearest_km(points, others) == pytest.approx(true, rel=0.003)


def test_a_line_has_a_vertex_every_kilometre() -> None:
    line = shapely.LineString([(110, 42), (112, 43)])
    points = vertices(line)
    steps = Geod(ellps="GRS80").line_lengths(*points.T)
    assert max(steps) <= 1005


def test_ports_stand_at_no_distance(atlas: Atlas) -> None:
    raster = make_raster(atlas, "port-distance")
    ports = atlas.features("ports")
    for port in ports.geometry:
        x, y = project(port).coords[0]
        row, column = rowcol(raster.grid.transform, x, y)
        value = raster.bands[0, row, column]
        assert value == NODATA or value < 2


def test_border_units_are_nearest_to_the_border(atlas: Atlas, grid: Grid) -> None:
    raster = make_raster(atlas, "border-distance", grid)
    values = raster.bands[0][grid.inside]
    assert values.min() < 10
    assert values.max() > 400  # the far south of the region


def test_attention_keeps_the_count_of_provisions(atlas: Atlas, grid: Grid) -> None:
    density = attention(atlas, grid)
    total = density.sum() * grid.cell_km2 / 1000
    inside = {row.place for row in atlas.shapes_of(sorted(weights(atlas))).itertuples() if row.place.startswith("15")}
    assert total > sum(weights(atlas)[place] for place in inside) * 0.8
    assert total <= sum(weights(atlas).values())


@pytest.mark.parametrize("raster_id", sorted(KINDS))
def test_files_are_cloud_optimised_and_say_what_they_are(
    atlas: Atlas, grid: Grid, tmp_path: Path, raster_id: str
) -> None:
    raster = make_raster(atlas, raster_id, grid)
    out = write_cog(raster, atlas, tmp_path / "a.tif")
    with rasterio.open(out) as written:
        assert written.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert written.crs.is_projected
        assert written.tags()["TITLE"] == raster.title.zh
        assert written.tags()["ATTRIBUTION"]
        assert written.nodata == raster.nodata
        assert written.units[0] == (raster.unit or None)
        assert np.array_equal(written.read(), raster.bands)
    assert out.with_suffix(".qml").exists() == bool(raster.ramp)


def test_the_same_raster_is_the_same_bytes(atlas: Atlas, grid: Grid, tmp_path: Path) -> None:
    raster = make_raster(atlas, "border-distance", grid)
    assert (
        write_cog(raster, atlas, tmp_path / "a.tif").read_bytes()
        == write_cog(raster, atlas, tmp_path / "b.tif").read_bytes()
    )


def test_bad_calls_are_named(atlas: Atlas, grid: Grid, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="relief"):
        make_raster(atlas, "releif")
    with pytest.raises(InputError, match=r"\.tif"):
        write_cog(make_raster(atlas, "border-distance", grid), atlas, tmp_path / "a.jpg")
