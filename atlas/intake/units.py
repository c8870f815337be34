"""Which banner each of a user's features lies in."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from atlas.errors import InputError
from atlas.store import Atlas

CRS = "EPSG:4490"
EQUAL_AREA = "+proj=aea +lat_1=40 +lat_2=50 +lat_0=45 +lon_0=112 +ellps=GRS80 +units=m"

_LEAST_SHARE = 1e-4  # of a feature: what is less is a shared edge, not ground


def join_units(atlas: Atlas, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the frame with the banner that holds most of each feature.

    Args:
        atlas: the built atlas.
        frame: of `read_vectors`, EPSG:4490.

    Returns:
        The same rows with `unit` (code), `unit_name`, `league`, `share` (0–1 of the feature's area, length or points
        inside that unit) and `units` (names of all that it touches, most first, joined by `|`); empty and 0 outside
        the region.

    Raises:
        InputError: the frame is in another CRS.
    """
    if frame.crs is None or frame.crs != CRS:
        raise InputError(f"features to join are in {frame.crs}, not in {CRS}: bring them to {CRS} first")
    banners = atlas.features("banners")
    areas = banners.geometry.to_crs(EQUAL_AREA).to_numpy()
    shapes = frame.geometry.to_crs(EQUAL_AREA).to_numpy()
    feature, unit = shapely.STRtree(areas).query(shapes, predicate="intersects")
    sizes = _size(shapely.intersection(shapes[feature], areas[unit]), shapes[feature])
    whole = _size(shapes, shapes)
    found: list[list[tuple[float, int]]] = [[] for _ in shapes]
    for one, at, size in zip(feature, unit, sizes, strict=True):
        if size > _LEAST_SHARE * whole[one]:
            found[one].append((-float(size), int(at)))
    rows = []
    for one, hits in enumerate(found):
        order = sorted(hits)
        best = order[0][1] if order else None
        share = 0.0 if best is None else min(1.0, -order[0][0] / whole[one]) if whole[one] else 0.0
        rows.append(
            {
                "unit": "" if best is None else banners["place"].iloc[best],
                "unit_name": "" if best is None else banners["name_zh"].iloc[best],
                "league": "" if best is None else banners["league"].iloc[best],
                "share": round(share, 4),
                "units": "|".join(banners["name_zh"].iloc[at] for _, at in order),
            }
        )
    joined = frame.copy()
    for name in ("unit", "unit_name", "league", "share", "units"):
        joined[name] = [row[name] for row in rows]
    return joined


def _size(shapes: np.ndarray, like: np.ndarray) -> np.ndarray:
    """Return area, length or number of points, by what `like` is."""
    dimension = shapely.get_dimensions(like)
    points = shapely.get_num_coordinates(shapes).astype(float)
    lines_or_points = np.where(dimension == 1, shapely.length(shapes), points)
    return np.asarray(np.where(dimension == 2, shapely.area(shapes), lines_or_points))
