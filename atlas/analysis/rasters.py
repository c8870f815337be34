"""The rasters of the atlas: shaded relief, policy attention, distance to ports and to the national border.

Each is a function from the built atlas to an array on the one equal-area grid; `atlas.analysis.cog` writes them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.warp import Resampling, reproject

from atlas.analysis.attention import SIGMA_KM, attention
from atlas.analysis.distance import nearest_km, vertices
from atlas.analysis.grid import EQUAL_AREA, Grid, grid_of
from atlas.errors import SourceError, UnknownNameError
from atlas.geometry import boundaries, relief
from atlas.layers import Bilingual
from atlas.store import Atlas

NODATA = -9999.0
# Ramps run from light to dark in one hue order, so that greys and colour-blind eyes read the same order.
OCHRE = ("#faf6ea", "#f0dfb0", "#e0b96d", "#c98a3c", "#9c5a24", "#5e3013")
BLUE = ("#f1f6f8", "#c9dfea", "#94c0d8", "#5a97bd", "#2f6b97", "#143d63")


@dataclass(frozen=True)
class Raster:
    """A raster ready to be written: bands × rows × columns on `grid`."""

    id: str
    title: Bilingual
    unit: str  # empty for a picture
    method: str
    bands: NDArray[np.float32] | NDArray[np.uint8]
    nodata: float
    ramp: tuple[str, ...]  # from the least to the greatest value; empty for a picture
    grid: Grid


@dataclass(frozen=True)
class Kind:
    """A raster that can be made."""

    title: Bilingual
    unit: str
    method: str
    ramp: tuple[str, ...]
    values: Callable[[Atlas, Grid], NDArray[np.float64]] | None  # one for each cell inside; None for the relief


def _to_ports(atlas: Atlas, grid: Grid) -> NDArray[np.float64]:
    ports = atlas.features("ports")
    points = shapely.get_coordinates(ports.geometry.to_numpy())
    if not len(points):
        raise SourceError("the layer ports has no point: build the atlas again")
    return nearest_km(grid.middles(), points)


def _to_border(atlas: Atlas, grid: Grid) -> NDArray[np.float64]:
    return nearest_km(grid.middles(), vertices(boundaries.national_border()))


KINDS: dict[str, Kind] = {
    "relief": Kind(
        Bilingual(zh="地貌晕渲", en="Shaded relief"),
        "",
        f"{relief.SOURCE}, cut and warped",
        (),
        None,
    ),
    "attention": Kind(
        Bilingual(zh="政策关注度", en="Density of policy attention"),
        "provisions per 1000 km2",
        f"links by name, group and feature; areas spread evenly, points as a Gaussian of {SIGMA_KM:g} km",
        OCHRE,
        attention,
    ),
    "port-distance": Kind(
        Bilingual(zh="至最近口岸的距离（含航空口岸）", en="Distance to the nearest port of entry, airports included"),
        "km",
        "geodesic, GRS 80, from the middle of each cell to the nearest point of the layer ports",
        tuple(reversed(BLUE)),
        _to_ports,
    ),
    "border-distance": Kind(
        Bilingual(zh="至国界的距离", en="Distance to the national border"),
        "km",
        "geodesic, GRS 80, from the middle of each cell to the nearest vertex of the border at 1 km",
        tuple(reversed(BLUE)),
        _to_border,
    ),
}


def make_raster(atlas: Atlas, raster_id: str, grid: Grid | None = None) -> Raster:
    """Compute one raster.

    Args:
        atlas: the built atlas.
        raster_id: a key of `KINDS`.
        grid: what it lies on; the region's own by default.

    Raises:
        UnknownNameError: there is no such raster.
    """
    if raster_id not in KINDS:
        raise UnknownNameError("raster", raster_id, KINDS, "see: atlas raster list")
    kind = KINDS[raster_id]
    grid = grid or region_grid(atlas)
    if kind.values is None:
        return Raster(raster_id, kind.title, kind.unit, kind.method, _relief(grid), 0, kind.ramp, grid)
    bands = grid.spread(kind.values(atlas, grid), NODATA)[None]
    return Raster(raster_id, kind.title, kind.unit, kind.method, bands, NODATA, kind.ramp, grid)


def region_grid(atlas: Atlas) -> Grid:
    """Return the grid of the region."""
    return grid_of(shapely.union_all(atlas.features("region").geometry.to_numpy()))


def _relief(grid: Grid) -> NDArray[np.uint8]:
    """Return red, green, blue on the grid; 0 outside the region."""
    sheet = relief.shaded_relief((95.0, 35.5, 128.5, 55.0), width=2400, crs="EPSG:4326")
    rows, columns = grid.shape
    warped = np.zeros((3, rows, columns), dtype=np.uint8)
    west, south, east, north = sheet.bounds
    height, width = sheet.pixels.shape[:2]
    transform = type(grid.transform)((east - west) / width, 0.0, west, 0.0, (south - north) / height, north)
    reproject(
        np.moveaxis(sheet.pixels, 2, 0),
        warped,
        src_transform=transform,
        src_crs=sheet.crs,
        dst_transform=grid.transform,
        dst_crs=EQUAL_AREA.to_wkt(),
        resampling=Resampling.cubic,
    )
    return np.where(grid.inside, np.maximum(warped, 1), 0).astype(np.uint8)
