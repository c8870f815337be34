"""The grid that all rasters of the atlas lie on: square cells of an equal-area conic, cut to the region.

Cells have one area everywhere, so that a density can be read as "per 1,000 km²" and summed by zones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.crs import ProjectedCRS
from pyproj.crs.coordinate_operation import AlbersEqualAreaConversion
from rasterio.features import geometry_mask

CELL_M = 2000.0

# Albers' secant equal-area conic on CGCS2000, standard parallels 41° and 50°, as on the plates.
EQUAL_AREA: CRS = ProjectedCRS(
    name="CGCS2000 / Albers Inner Mongolia",
    conversion=AlbersEqualAreaConversion(
        latitude_first_parallel=41,
        latitude_second_parallel=50,
        latitude_false_origin=45,
        longitude_false_origin=112,
    ),
    geodetic_crs=CRS.from_epsg(4490),
)
_FORWARD = Transformer.from_crs("EPSG:4490", EQUAL_AREA, always_xy=True)


@dataclass(frozen=True)
class Grid:
    """Rows × columns of square cells; `inside` (rows × columns) says which have their middle in the region."""

    transform: Affine
    inside: NDArray[np.bool_]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, columns."""
        rows, columns = self.inside.shape
        return rows, columns

    @property
    def cell_km2(self) -> float:
        """Area of a cell."""
        return abs(self.transform.a * self.transform.e) / 1e6

    def middles(self) -> NDArray[np.float64]:
        """Return (lon, lat) in degrees (EPSG:4490) of the middles of the cells inside, row by row."""
        rows, columns = np.nonzero(self.inside)
        x = self.transform.c + (columns + 0.5) * self.transform.a
        y = self.transform.f + (rows + 0.5) * self.transform.e
        lon, lat = _FORWARD.transform(x, y, direction="INVERSE")
        return np.column_stack([lon, lat])

    def spread(self, values: NDArray[np.float64], nodata: float) -> NDArray[np.float32]:
        """Return rows × columns with one value for each cell inside, `nodata` elsewhere."""
        filled = np.full(self.shape, nodata, dtype=np.float32)
        filled[self.inside] = values
        return filled


def grid_of(region: shapely.Geometry, cell_m: float = CELL_M) -> Grid:
    """Return the grid of a region.

    Args:
        region: polygon in degrees, EPSG:4490.
        cell_m: edge of a cell, metres.
    """
    shape = project(region)
    left, bottom, right, top = shape.bounds
    west, north = math.floor(left / cell_m) * cell_m, math.ceil(top / cell_m) * cell_m
    columns, rows = math.ceil((right - west) / cell_m), math.ceil((north - bottom) / cell_m)
    transform = Affine(cell_m, 0.0, west, 0.0, -cell_m, north)
    return Grid(transform, geometry_mask([shape], (rows, columns), transform, invert=True))


def project(geometry: shapely.Geometry) -> shapely.Geometry:
    """Turn a geometry in degrees (EPSG:4490) into metres of the grid's projection."""
    return shapely.transform(geometry, lambda xy: np.column_stack(_FORWARD.transform(xy[:, 0], xy[:, 1])))
