"""The public edition (公开送审稿): what public maps may not show is withheld, what is approximate is rounded.

The grid is that of DESIGN §6: 0.01°, about one kilometre.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from atlas.models import Precision
from atlas.store import Atlas

GRID_DEGREES = 0.01
ROUNDED = frozenset({str(Precision.DIGITISED), str(Precision.SCHEMATIC)})


def coarse(features: dict[str, gpd.GeoDataFrame]) -> tuple[dict[str, gpd.GeoDataFrame], list[str]]:
    """Return features with digitised and schematic coordinates rounded, and one line that says how many."""
    rounded = {key: frame.set_geometry(gpd.GeoSeries(_coarse(frame), crs=frame.crs)) for key, frame in features.items()}
    count = sum(int(frame["precision"].isin(ROUNDED).sum()) for frame in features.values())
    if not count:
        return rounded, []
    return rounded, [
        f"{count} 个要素（据公开资料绘制或示意）的坐标取整到 {GRID_DEGREES}° / "
        f"{count} digitised or schematic features are rounded to {GRID_DEGREES}°"
    ]


def withheld(atlas: Atlas) -> frozenset[str]:
    """Return the places that only layers draw which the public edition leaves out: their points are withheld, too."""
    hidden: set[str] = set()
    shown: set[str] = set()
    for layer in atlas.layers():
        places = set(atlas.features(layer.id)["place"]) if not layer.pending else set()
        if "public" in layer.editions:
            shown |= places
        else:
            hidden |= places
    return frozenset(hidden - shown)


def _coarse(frame: gpd.GeoDataFrame) -> np.ndarray:
    shapes = frame.geometry.to_numpy()
    if not frame["precision"].isin(ROUNDED).any():
        return np.asarray(shapes)
    rounded = shapely.set_precision(shapes, GRID_DEGREES)
    # What is smaller than the grid stays as one cell, so that it is not lost.
    middle = shapely.set_precision(shapely.centroid(shapes), GRID_DEGREES)
    cell = shapely.buffer(middle, GRID_DEGREES, cap_style="square")
    west_east = np.array([1.0, 0.0])
    stroke = np.array(
        [shapely.LineString([xy, xy + GRID_DEGREES * west_east]) for xy in shapely.get_coordinates(middle)]
    )
    dimension = shapely.get_dimensions(shapes)
    stand_in = np.where(dimension == 2, cell, np.where(dimension == 1, stroke, middle))
    # Coordinates are multiples of the grid but for the last bit of a float, which is cut off here.
    clean = shapely.transform(np.where(shapely.is_empty(rounded), stand_in, rounded), lambda xy: np.round(xy, 2))
    return np.asarray(np.where(frame["precision"].isin(ROUNDED), clean, shapes))
