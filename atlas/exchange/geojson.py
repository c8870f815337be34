"""GeoJSON after RFC 7946: WGS 84, longitude first, outer rings counter-clockwise, at most seven decimals, no `crs`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from atlas.errors import InputError
from atlas.exchange.choice import Chosen
from atlas.exchange.projection import GEOGRAPHIC

DECIMALS = 7  # of a degree: about a centimetre


def write_geojson(chosen: Chosen, crs: str, lines: Mapping[str, str], part: Path) -> None:
    """Write one FeatureCollection; each feature names its layer, the note is the foreign member `about`.

    Raises:
        InputError: another CRS is asked for, which the standard forbids.
    """
    part.write_text(geojson(chosen, crs, lines), encoding="utf-8")


def geojson(chosen: Chosen, crs: str, lines: Mapping[str, str]) -> str:
    """Return the text of the file; raises as `write_geojson` does."""
    if crs not in GEOGRAPHIC:
        raise InputError(f"GeoJSON is always in degrees (RFC 7946), not {crs}: choose EPSG:4326, or .gpkg for {crs}")
    features = [
        {
            "type": "Feature",
            "id": row["feature"],
            "properties": {"layer": layer.id} | {key: _plain(cell) for key, cell in row.items() if key != "geometry"},
            "geometry": geometry(row["geometry"]),
        }
        for layer in chosen.layers
        for row in chosen.features[layer.id].to_dict("records")
    ]
    collection = {"type": "FeatureCollection", "about": dict(lines), "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def geometry(shape: shapely.Geometry) -> dict[str, Any] | None:
    """Return a shape (degrees) as a GeoJSON geometry with rounded coordinates, outer rings counter-clockwise."""
    if shape is None or shape.is_empty:
        return None
    turned = shapely.orient_polygons(shapely.force_2d(shape), exterior_cw=False)
    rounded = shapely.transform(turned, lambda xy: np.round(xy, DECIMALS))
    found: dict[str, Any] = shapely.geometry.mapping(rounded)
    return found


def _plain(value: Any) -> Any:
    return None if value is None or pd.isna(value) else value
