"""GCJ-02, the shifted coordinates of Chinese web maps, to WGS 84: the published forward shift, inverted by iteration.

Source of the shift: the algorithm that public libraries agree on (for instance googollee/eviltransform). It has no
closed inverse; four rounds of correction bring the error below a millimetre, far less than the shift's own doubts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_AXIS_M = 6378245.0  # semi-major axis of the Krasovsky ellipsoid, on which the shift is computed
_ECCENTRICITY = 0.00669342162296594323  # squared
_CHINA = (72.004, 0.8293, 137.8347, 55.8271)  # west, south, east, north: outside, the shift is nothing
_ROUNDS = 4

Degrees = NDArray[np.float64]


def to_wgs84(lonlat: Degrees) -> Degrees:
    """Return coordinates (n × 2; degrees) freed of the shift."""
    found = np.array(lonlat, dtype=float)
    for _ in range(_ROUNDS):
        found = found + (lonlat - from_wgs84(found))
    return found


def from_wgs84(lonlat: Degrees) -> Degrees:
    """Return coordinates (n × 2; WGS 84, degrees) with the shift, inside the rectangle in which it is applied."""
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    west, south, east, north = _CHINA
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    x, y = lon - 105.0, lat - 35.0
    waves = (20 * np.sin(6 * x * np.pi) + 20 * np.sin(2 * x * np.pi)) * 2 / 3
    root = np.sqrt(np.abs(x))
    north_m = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north_m = north_m + (20 * np.sin(y * np.pi) + 40 * np.sin(y / 3 * np.pi)) * 2 / 3
    north_m = north_m + (160 * np.sin(y / 12 * np.pi) + 320 * np.sin(y * np.pi / 30)) * 2 / 3
    east_m = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east_m = east_m + (20 * np.sin(x * np.pi) + 40 * np.sin(x / 3 * np.pi)) * 2 / 3
    east_m = east_m + (150 * np.sin(x / 12 * np.pi) + 300 * np.sin(x / 30 * np.pi)) * 2 / 3
    radians = np.radians(lat)
    bend = 1 - _ECCENTRICITY * np.sin(radians) ** 2
    d_lat = np.degrees(north_m * bend * np.sqrt(bend) / (_AXIS_M * (1 - _ECCENTRICITY)))
    d_lon = np.degrees(east_m * np.sqrt(bend) / (_AXIS_M * np.cos(radians)))
    shift = np.stack([d_lon, d_lat], axis=1)
    return np.asarray(lonlat + np.where(inside[:, None], shift, 0.0))
