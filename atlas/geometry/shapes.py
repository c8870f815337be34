"""The GeoJSON that we drew ourselves (`geodata/shapes`), validated on loading: nothing without a provenance gets in.

Coordinates are (lon, lat) in degrees. RFC 7946 files say WGS 84; the frame is labelled EPSG:4490 (CGCS2000), which at
this precision is the same. A drawn shape is `digitised` (vertices from published facts) or `schematic` (only relation).
"""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path
from typing import Annotated, Any, Literal

import geopandas as gpd
import shapely
from pydantic import Field, StringConstraints, ValidationError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from atlas.errors import SourceError
from atlas.models import PLACE_ID, Precision, Record

CRS = "EPSG:4490"

# West, south, east, north in degrees: Inner Mongolia with its neighbourhood. What is outside was drawn wrongly, most
# often with the axes swapped.
BOUNDS = (90.0, 35.0, 130.0, 55.0)

Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
Kilometres = Annotated[float, Field(gt=0)]


class ShapeProperties(Record):
    """What every drawn feature must say of itself."""

    id: str = Field(pattern=PLACE_ID)
    name: Text
    name_en: Text
    precision: Literal[Precision.DIGITISED, Precision.SCHEMATIC]
    source: tuple[Text, ...] = Field(min_length=1)  # title and address or name of each published source
    method: Text  # how the vertices came about
    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")  # when the sources were seen
    note: Text
    error_km: Kilometres  # estimated horizontal error
    length_km_published: Kilometres | None = None
    basin_km2_published: Kilometres | None = None
    area_km2_published: Kilometres | None = None


def load(path: Path) -> gpd.GeoDataFrame:
    """Read and check one GeoJSON of `geodata/shapes`.

    Returns:
        Columns `place` (the feature's id), the other fields of `ShapeProperties` (`source` joined with "; ") and
        `geometry`; EPSG:4490; in the file's order.

    Raises:
        SourceError: names the file, the feature and what is wrong with it.
    """
    rows: list[dict[str, Any]] = []
    for number, feature in enumerate(_features(path), start=1):
        label = f"shapes {path.name}, feature {number}"
        properties = _properties(feature, label)
        geometry = _geometry(feature, f"{label} ({properties.id})")
        row = properties.model_dump(exclude={"id", "source", "precision"})
        row |= {"source": "; ".join(properties.source), "precision": properties.precision.value}
        rows.append({"place": properties.id, **row, "geometry": geometry})
    repeated = [place for place, count in Counter(row["place"] for row in rows).items() if count > 1]
    if repeated:
        raise SourceError(f"shapes {path.name}: id {repeated[0]!r} stands twice; give each feature its own id")
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS)


def _features(path: Path) -> list[Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise SourceError(f"shapes {path.name}: cannot be read as GeoJSON ({error})") from error
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise SourceError(f"shapes {path.name}: not a FeatureCollection; wrap the features in one")
    if "crs" in document:
        raise SourceError(f"shapes {path.name}: has a crs member; RFC 7946 allows WGS 84 only, reproject and drop it")
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise SourceError(f"shapes {path.name}: has no features; add one or remove the file")
    return features


def _properties(feature: Any, label: str) -> ShapeProperties:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise SourceError(f"{label}: not a GeoJSON Feature")
    properties = feature.get("properties")
    name = properties.get("id") if isinstance(properties, dict) else None
    try:
        return ShapeProperties.model_validate(properties)
    except ValidationError as error:
        defects = "; ".join(f"{'.'.join(map(str, one['loc'])) or 'properties'}: {one['msg']}" for one in error.errors())
        raise SourceError(f"{label} ({name or 'no id'}): {defects}") from error


def _geometry(feature: dict[str, Any], label: str) -> BaseGeometry:
    try:
        geometry = shape(feature["geometry"])
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError) as error:
        raise SourceError(f"{label}: its geometry cannot be read ({error})") from error
    if geometry.is_empty:
        raise SourceError(f"{label}: its geometry is empty")
    if geometry.has_z or not all(math.isfinite(value) for value in geometry.bounds):
        raise SourceError(f"{label}: coordinates must be plain (lon, lat) pairs of finite degrees")
    if not geometry.is_valid:
        raise SourceError(f"{label}: invalid geometry ({shapely.is_valid_reason(geometry)})")
    if not geometry.is_simple:
        raise SourceError(f"{label}: the line crosses itself; redraw it without loops")
    west, south, east, north = geometry.bounds
    if west < BOUNDS[0] or south < BOUNDS[1] or east > BOUNDS[2] or north > BOUNDS[3]:
        raise SourceError(
            f"{label}: bounds {west:.3f}, {south:.3f}, {east:.3f}, {north:.3f} leave {BOUNDS}; "
            "check that each pair is (lon, lat)"
        )
    return geometry
