"""Unions and outlines of areas that share their edges vertex by vertex, as boundaries do: far faster than by overlay.

Both fall back to overlay where the areas are no such coverage, so that the result is the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from atlas.plate.projection import Geometries


@dataclass(frozen=True)
class _Segments:
    """Vertices, the vertex at which each segment starts, and the same number for the same segment."""

    xy: NDArray[np.float64]
    start: NDArray[np.intp]
    group: NDArray[np.intp]


def joined(areas: Geometries) -> shapely.Geometry:
    """Return the union of areas."""
    return shapely.coverage_union_all(areas) if shapely.coverage_is_valid(areas) else shapely.union_all(areas)


def mesh(areas: Geometries) -> shapely.Geometry:
    """Return the outlines of areas as lines, each shared line once."""
    if not shapely.coverage_is_valid(areas):
        return linework(shapely.union_all(shapely.boundary(areas)))
    segments, count = _segments(areas)
    return _lines(segments, _first(segments), count > 0)


def shared(areas: Geometries) -> shapely.Geometry | None:
    """Return the lines that two of the areas have in common; None where the areas are no coverage."""
    if not shapely.coverage_is_valid(areas):
        return None
    segments, count = _segments(areas)
    return _lines(segments, _first(segments), count > 1)


def linework(shape: shapely.Geometry) -> shapely.Geometry:
    """Keep the lines of a geometry and join them end to end, so that strokes don't break at every vertex of another."""
    pieces = shapely.get_parts(shapely.get_parts(shape))
    parts = pieces[shapely.get_type_id(pieces) == shapely.GeometryType.LINESTRING]
    if not len(parts):
        return shapely.MultiLineString()
    return shapely.line_merge(shapely.multilinestrings(parts))


def _segments(areas: Geometries) -> tuple[_Segments, NDArray[np.intp]]:
    """Return the segments of all rings in their order, and how often each occurs, whichever way it runs."""
    rings = shapely.get_rings(shapely.get_parts(areas))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    inner = np.flatnonzero(ring[1:] == ring[:-1])
    start, end = xy[inner], xy[inner + 1]
    turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    key = np.where(turned[:, None], np.hstack([end, start]), np.hstack([start, end]))
    order = np.lexsort(key.T)
    new = np.ones(len(key), dtype=bool)
    new[1:] = (key[order][1:] != key[order][:-1]).any(axis=1)
    group = np.empty(len(key), dtype=np.intp)
    group[order] = np.cumsum(new) - 1
    return _Segments(xy, inner, group), np.bincount(group)[group]


def _first(segments: _Segments) -> NDArray[np.bool_]:
    """Say which segments occur for the first time."""
    first = np.zeros(len(segments.group), dtype=bool)
    first[np.unique(segments.group, return_index=True)[1]] = True
    return first


def _lines(segments: _Segments, first: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> shapely.Geometry:
    """Join the wanted segments, each once, to lines as long as they follow one another, and these end to end."""
    start = segments.start[first & wanted]
    if not len(start):
        return shapely.MultiLineString()
    breaks = np.flatnonzero(np.diff(start) != 1) + 1
    runs = np.split(start, breaks)
    lengths = np.array([len(run) + 1 for run in runs])
    vertices = np.concatenate([np.append(run, run[-1] + 1) for run in runs])
    lines = shapely.linestrings(segments.xy[vertices], indices=np.repeat(np.arange(len(runs)), lengths))
    return shapely.line_merge(shapely.multilinestrings(lines))
