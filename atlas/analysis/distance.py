"""Geodesic distance from many points to the nearest of some others, in km.

The nearest is found on the unit sphere (a dot product, so that thousands of vertices cost little), its distance then
measured on the ellipsoid of CGCS2000 with `pyproj.Geod`. Sphere and ellipsoid may disagree on which of two is nearer
only where both are equally far to within 0.3 %.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

GEOD = Geod(ellps="GRS80")
_CHUNK = 20_000  # rows of the product of all pairs that are held at once
STEP_KM = 1.0  # between vertices of a line, so that its nearest vertex stands for its nearest point


def nearest_km(points: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each of `points` the distance to the nearest of `others`, km.

    Args:
        points: (n, 2) of lon, lat in degrees, EPSG:4490.
        others: (m, 2), the same.
    """
    at, to = _unit(points), _unit(others)
    nearest = np.concatenate(
        [np.argmax(at[start : start + _CHUNK] @ to.T, axis=1) for start in range(0, len(at), _CHUNK)]
    )
    metres = GEOD.inv(points[:, 0], points[:, 1], others[nearest, 0], others[nearest, 1])[2]
    return np.asarray(metres) / 1000


def vertices(lines: shapely.Geometry, step_km: float = STEP_KM) -> NDArray[np.float64]:
    """Return points (lon, lat) along lines, no further apart than `step_km`."""
    # A degree of latitude is 111 km and one of longitude less, so a step in degrees never exceeds the step in km.
    dense = shapely.segmentize(lines, step_km / 111.7)
    return np.asarray(shapely.get_coordinates(dense), dtype=np.float64)


def _unit(lonlat: NDArray[np.float64]) -> NDArray[np.float32]:
    lon, lat = np.radians(lonlat).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]).astype(np.float32)
