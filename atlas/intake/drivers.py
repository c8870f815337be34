"""GeoPackage and Shapefile through GDAL with one allowed driver each, after a look at the first bytes.

The environment of the child skips every other driver before GDAL is loaded (guard.py); `enabled_drivers` says it again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import fiona
import shapely
from fiona.errors import FionaError
from shapely.errors import ShapelyError

from atlas.intake.limits import Limits, RefusedError

MAGIC = {"GPKG": b"SQLite format 3\0", "ESRI Shapefile": b"\x00\x00\x27\x0a"}
TITLES = {"GPKG": "GeoPackage", "ESRI Shapefile": "Shapefile"}


def read_file(
    path: Path, driver: str, name: str, limits: Limits
) -> list[tuple[str, list[dict[str, Any]], list[Any], str]]:
    """Return (name, properties, shapes, CRS as WKT or "") of each layer that has shapes.

    Raises:
        RefusedError: it is no such file, is broken, or holds too much.
    """
    with path.open("rb") as file:
        if not file.read(16).startswith(MAGIC[driver]):
            raise RefusedError("content", name=name, form=TITLES[driver])
    try:
        found = []
        count = 0
        for layer in fiona.listlayers(path, enabled_drivers=[driver]) if driver == "GPKG" else [None]:
            with fiona.open(path, layer=layer, enabled_drivers=[driver]) as source:
                if source.schema["geometry"] == "None":
                    continue
                rows, shapes = [], []
                for feature in source:
                    count += 1
                    if count > limits.features:
                        raise RefusedError("features", most=limits.features)
                    rows.append(dict(feature["properties"]))
                    geometry = feature["geometry"]
                    shapes.append(None if geometry is None else shapely.geometry.shape(geometry))
                found.append((layer or path.stem, rows, shapes, source.crs_wkt))
    except (FionaError, ShapelyError, OSError, ValueError, UnicodeDecodeError) as error:
        raise RefusedError("broken", name=name) from error
    return found
