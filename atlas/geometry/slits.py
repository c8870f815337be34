"""Slits between lines that meet: where a map data set ends one line just short of another, the two are joined."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.ops import substring

_TOUCH = 1e-9  # degrees: nearer than this, lines touch


class _End(NamedTuple):
    line: int
    side: int  # 0 the line's first vertex, -1 its last


def closed(lines: Mapping[int, LineString], slit: float) -> dict[int, LineString]:
    """Return the lines, each loose end that is nearer to another line than `slit` lengthened to it.

    An end goes to the nearest end of another line, and only where there is none to the nearest point of a line. Two
    ends that ran past each other are cut where they cross. An end that another was lengthened to is loose no more, so
    that no slit is closed twice; nor is one that only runs past a line that it has crossed. Lines shorter than a slit
    are left as they are: they would be led back to where they begin.

    Args:
        lines: by number, in degrees.
        slit: the widest slit, in the lines' units.
    """
    numbers = list(lines)
    shapes = np.array([lines[number] for number in numbers], dtype=object)
    ends = [_End(index, side) for index in range(len(numbers)) for side in (0, -1)]
    points = np.array([Point(shapes[end.line].coords[end.side]) for end in ends], dtype=object)
    line_tree, end_tree = shapely.STRtree(shapes), shapely.STRtree(points)
    found: list[tuple[float, int, int | None, Point]] = []  # width, loose end, the end that it meets, where
    for index, (end, point) in enumerate(zip(ends, points, strict=True)):
        if shapes[end.line].length <= slit:
            continue
        near = [at for at in line_tree.query(point, predicate="dwithin", distance=slit) if at != end.line]
        if not near or min(shapely.distance(shapes[near], point)) <= _TOUCH:
            continue
        others = [at for at in end_tree.query(point, predicate="dwithin", distance=slit) if ends[at].line != end.line]
        if others:
            met = min(others, key=lambda at: float(shapely.distance(points[at], point)))
            found.append((float(points[met].distance(point)), index, met, points[met]))
        elif min(shapely.distance(shapes[near], _last(shapes[end.line], end.side, slit))) > _TOUCH:
            nearest = min(near, key=lambda at: float(shapely.distance(shapes[at], point)))
            foot = shapes[nearest].interpolate(shapes[nearest].project(point))
            found.append((float(foot.distance(point)), index, None, foot))
    loose = {index for _, index, _, _ in found}
    joined: set[int] = set()
    result = dict(lines)
    for _, index, met, where in sorted(found, key=lambda row: row[:2]):
        if index in joined:
            continue
        joined |= {index} if met is None else {index, met}
        own = numbers[ends[index].line]
        stretch = _last(result[own], ends[index].side, 2 * slit)
        crossing = None
        if met is not None:
            other = numbers[ends[met].line]
            crossing = _crossing(stretch, _last(result[other], ends[met].side, 2 * slit), points[index])
        if crossing is None:
            result[own] = _lengthened(result[own], ends[index].side, where)
            continue
        result[own] = _cut(result[own], ends[index].side, crossing)
        if met in loose:
            result[other] = _cut(result[other], ends[met].side, crossing)
    return result


def _last(line: LineString, side: int, length: float) -> LineString:
    """Return the stretch of a line at its end."""
    return substring(line, *((0, length) if side == 0 else (line.length - length, line.length)))


def _crossing(one: LineString, other: LineString, end: Point) -> Point | None:
    """Return where two stretches cross, farthest from the end of the first; None where they don't."""
    points = [part for part in shapely.get_parts(shapely.intersection(one, other)) if part.geom_type == "Point"]
    # A short line can meet the other at its far end too: that is no crossing, and nothing would be left of it.
    far = [stretch.boundary for stretch in (one, other)]
    inner = [point for point in points if min(shapely.distance(far, point)) > _TOUCH]
    return max(inner, key=lambda point: float(point.distance(end)), default=None)


def _lengthened(line: LineString, side: int, to: Point) -> LineString:
    vertices = list(line.coords)
    return LineString([to.coords[0], *vertices] if side == 0 else [*vertices, to.coords[0]])


def _cut(line: LineString, side: int, at: Point) -> LineString:
    """Return the line without what lies beyond a point of it, at its end; the point is its new end."""
    along = line.project(at)
    rest = substring(line, along, line.length) if side == 0 else substring(line, 0, along)
    vertices = list(rest.coords)
    vertices[0 if side == 0 else -1] = at.coords[0]
    return LineString(vertices)
