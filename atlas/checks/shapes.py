"""The layers: every feature has a valid shape inside the extent, an id of its own, precision, source, attribution."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from atlas.geometry.boundaries import CRS
from atlas.models import Defect, Precision

if TYPE_CHECKING:
    from atlas.store import Atlas

# West, south, east, north (degrees): the country and its neighbours, for what is only context; for all else the region
# with the length of corridors that leave it.
CONTEXT = ("neighbours",)
CONTEXT_EXTENT = (70.0, 15.0, 141.0, 75.0)
EXTENT = (95.0, 29.0, 129.0, 56.0)
RIVER_GAP_KM = 10.0  # a reservoir may interrupt a river's line by so much
KM_PER_DEGREE = 111.2


def complete(atlas: Atlas) -> Iterator[Defect]:
    """Look for layers that are empty without a reason, and features without valid shape, precision or source."""
    for layer in atlas.layers():
        frame = atlas.features(layer.id)
        if frame.empty and layer.pending:
            continue
        if frame.empty:
            yield Defect(rule="geometry", subject=layer.id, message="the layer has no features")
            continue
        if frame.crs is None or frame.crs.to_string() != CRS:
            yield Defect(rule="geometry", subject=layer.id, message=f"CRS {frame.crs} instead of {CRS}")
        for row in frame.itertuples(index=False):
            shape = row.geometry
            if shape is None or shape.is_empty or not shape.is_valid:
                yield Defect(rule="geometry", subject=row.feature, message="empty or invalid geometry")
            if row.precision not in set(Precision) or not row.source:
                yield Defect(rule="geometry", subject=row.feature, message="no precision or no source")


def inside_the_extent(atlas: Atlas) -> Iterator[Defect]:
    """Look for shapes off the map, as swapped or projected coordinates would be."""
    for layer in atlas.layers():
        west, south, east, north = CONTEXT_EXTENT if layer.id in CONTEXT else EXTENT
        frame = atlas.features(layer.id)
        bounds = frame.bounds
        outside = (
            (bounds["minx"] < west) | (bounds["miny"] < south) | (bounds["maxx"] > east) | (bounds["maxy"] > north)
        )
        for feature in frame["feature"][outside]:
            yield Defect(rule="extent", subject=feature, message=f"reaches outside {west}–{east}°E, {south}–{north}°N")


def one_id_each(atlas: Atlas) -> Iterator[Defect]:
    """Look for ids that two features have, or that do not open with their layer's."""
    seen: Counter[str] = Counter()
    for layer in atlas.layers():
        ids = atlas.features(layer.id)["feature"]
        seen.update(ids)
        for feature in ids:
            if not feature.startswith(f"{layer.id}/"):
                yield Defect(rule="feature-ids", subject=feature, message=f"stands in layer {layer.id}")
    for feature, count in seen.items():
        if count > 1:
            yield Defect(rule="feature-ids", subject=feature, message=f"{count} features have this id")


def attributed(atlas: Atlas) -> Iterator[Defect]:
    """Look for layers that do not name their sources in both languages."""
    for layer in atlas.layers():
        if not layer.attribution.zh.strip() or not layer.attribution.en.strip():
            yield Defect(rule="attribution", subject=layer.id, message="no attribution in one of the languages")


def continuous_rivers(atlas: Atlas) -> Iterator[Defect]:
    """Look for named rivers whose parts do not hang together, but for the reservoirs on them."""
    frame = atlas.features("rivers")
    for name, rows in frame[frame["name_zh"] != ""].groupby("name_zh"):
        if (gap := widest_gap_km(rows)) > RIVER_GAP_KM:
            yield Defect(rule="rivers", subject=str(name), message=f"a gap of {gap:.0f} km")


def widest_gap_km(rows: gpd.GeoDataFrame) -> float:
    """Return the widest gap (km) that must be crossed to walk along all parts of a river.

    Args:
        rows: its features; lines, EPSG:4490.
    """
    # One plane for the whole river, good to some percent: the gap is compared with kilometres, not measured.
    south, north = rows.total_bounds[[1, 3]]
    scale = np.array([np.cos(np.radians((south + north) / 2)), 1.0]) * KM_PER_DEGREE
    merged = shapely.line_merge(shapely.union_all(rows.geometry.to_numpy()))
    parts = shapely.transform(shapely.get_parts(merged), lambda xy: xy * scale)
    # Grow from one part, always to the nearest (Prim): the longest step is the widest gap.
    away = np.array([parts[0].distance(part) for part in parts])
    widest = 0.0
    while np.isfinite(away).any():
        nearest = int(np.nanargmin(np.where(np.isfinite(away), away, np.nan)))
        widest = max(widest, float(away[nearest]))
        away = np.where(np.isfinite(away), np.minimum(away, shapely.distance(parts, parts[nearest])), np.inf)
        away[nearest] = np.inf
    return widest
