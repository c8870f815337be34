"""Shapes of a stranger's file: counted, brought to EPSG:4490, mended where they cross themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyproj
import shapely
from pyproj.exceptions import CRSError, ProjError

from atlas.intake.gcj02 import to_wgs84
from atlas.intake.limits import Limits, RefusedError

TARGET = "EPSG:4490"
GCJ02 = "GCJ-02"
_EPSG = re.compile(r"^EPSG:\d{4,6}$")
# What agrees with CGCS2000 to centimetres: no number is to change.
_SAME = {4490, 4326, 4979, 4480, 4258}


def crs_of(text: str) -> pyproj.CRS:
    """Return the CRS that a caller names as `EPSG:…`, or that a file states as WKT.

    Raises:
        RefusedError: it is unknown, or no CRS of the ground. PROJ strings are refused: they can name files.
    """
    wanted = text.strip()
    wanted = f"EPSG:{wanted}" if wanted.isdigit() else wanted
    try:
        if _EPSG.match(wanted.upper()):
            found = pyproj.CRS.from_epsg(int(wanted[5:]))
        elif re.match(r"^\s*[A-Z_]+\[", wanted):
            found = pyproj.CRS.from_wkt(wanted)
        else:
            raise RefusedError("crs", crs=wanted)
    except CRSError as error:
        raise RefusedError("crs", crs=wanted) from error
    if not (found.is_geographic or found.is_projected or found.is_compound):
        raise RefusedError("crs", crs=found.name)
    return found


def label(crs: str) -> str:
    """Return a short name of a CRS: its code where it has one."""
    if crs.upper() == GCJ02:
        return GCJ02
    found = crs_of(crs)
    code = found.to_epsg()
    return f"EPSG:{code}" if code else str(found.name)


def settled(shapes: Sequence[Any], crs: str, limits: Limits) -> np.ndarray:
    """Return shapes in EPSG:4490, longitude first: flat, valid, `None` where nothing is left.

    Args:
        shapes: shapely geometries or None, longitude or easting first.
        crs: `EPSG:…`, WKT or `GCJ-02`.
        limits: of vertices.

    Raises:
        RefusedError: too many vertices, an unusable CRS, or coordinates that lie nowhere.
    """
    flat = shapely.force_2d(np.array(shapes, dtype=object))
    if int(shapely.get_num_coordinates(flat).sum()) > limits.vertices:
        raise RefusedError("vertices", most=limits.vertices)
    moved = _moved(flat, crs)
    xy = shapely.get_coordinates(moved)
    if not len(xy):
        raise RefusedError("no-features")
    if not np.isfinite(xy).all() or np.abs(xy[:, 0]).max() > 180 or np.abs(xy[:, 1]).max() > 90:
        west, south, east, north = shapely.total_bounds(flat)
        raise RefusedError("coordinates", detail=f"{west:g}, {south:g}, {east:g}, {north:g}")
    broken = ~shapely.is_valid(moved) & ~shapely.is_missing(moved)
    if broken.any():
        # The default method can hang on rings that cross themselves often; this one does not.
        moved[broken] = shapely.make_valid(moved[broken], method="structure", keep_collapsed=False)
    moved[shapely.is_empty(moved)] = None
    return np.asarray(moved)


def _moved(shapes: np.ndarray, crs: str) -> np.ndarray:
    if crs.upper() == GCJ02:
        return np.asarray(shapely.transform(shapes, to_wgs84))
    source = crs_of(crs)
    if source.to_epsg() in _SAME:
        return shapes
    try:
        transformer = pyproj.Transformer.from_crs(source, TARGET, always_xy=True)

        def move(xy: np.ndarray) -> np.ndarray:
            return np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))

        return np.asarray(shapely.transform(shapes, move))
    except ProjError as error:
        raise RefusedError("crs", crs=source.name) from error
