"""GeoJSON read with nothing but a JSON parser, so that no text of another format can stand in for it."""

from __future__ import annotations

import json
from typing import Any

import shapely
from shapely.errors import ShapelyError

from atlas.intake.limits import Limits, RefusedError

WGS84 = "EPSG:4326"


def read_geojson(content: bytes, name: str, limits: Limits) -> tuple[list[dict[str, Any]], list[Any], str]:
    """Return properties, shapes and the CRS: WGS 84, or what an old `crs` member names.

    Raises:
        RefusedError: no GeoJSON, too many features, nested too deeply.
    """
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except RecursionError as error:
        raise RefusedError("nested") from error
    except (ValueError, UnicodeDecodeError) as error:
        raise RefusedError("content", name=name, form="GeoJSON") from error
    if not isinstance(found, dict):
        raise RefusedError("content", name=name, form="GeoJSON")
    features = found.get("features") if found.get("type") == "FeatureCollection" else [found]
    if not isinstance(features, list):
        raise RefusedError("content", name=name, form="GeoJSON")
    if len(features) > limits.features:
        raise RefusedError("features", most=limits.features)
    rows, shapes = [], []
    for feature in features:
        if not isinstance(feature, dict):
            raise RefusedError("content", name=name, form="GeoJSON")
        bare = feature.get("type") != "Feature"
        properties = {} if bare else feature.get("properties")
        rows.append(properties if isinstance(properties, dict) else {})
        shapes.append(_shape(feature if bare else feature.get("geometry"), name))
    return rows, shapes, _crs(found)


def _shape(geometry: Any, name: str) -> Any:
    if geometry is None:
        return None
    try:
        return shapely.geometry.shape(geometry)
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
        raise RefusedError("content", name=name, form="GeoJSON") from error


def _crs(collection: dict[str, Any]) -> str:
    crs = collection.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    code = name.rpartition(":")[2]
    return f"EPSG:{code}" if "EPSG" in name.upper() and code.isdigit() else WGS84
