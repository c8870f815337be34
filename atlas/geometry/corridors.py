"""Corridors: schematic lines through the nodes that a text names and through sourced way points between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import shapely

Point = tuple[float, float]


def corridor(stops: Sequence[Point], via: Mapping[int, Sequence[Point]] | None = None) -> shapely.LineString:
    """Return the line through `stops` (lon, lat; degrees), straight between them but for the way points.

    Args:
        stops: two or more nodes in order.
        via: after which stop (0 for between the first two) which way points follow, in order.

    Raises:
        ValueError: fewer than two stops.
    """
    if len(stops) < 2:
        raise ValueError(f"a corridor needs two stops, not {len(stops)}")
    points: list[Point] = []
    for index, stop in enumerate(stops):
        points.append(stop)
        if via and index < len(stops) - 1:
            points.extend(via.get(index, ()))
    return shapely.LineString(points)


def along(course: shapely.Geometry, start: Point, end: Point) -> list[Point]:
    """Return the points of a course, such as a river, between the places on it nearest to `start` and `end` (lon, lat).

    Of a course in several parts the longest counts. The points run from `start` to `end`.
    """
    merged = shapely.line_merge(course) if course.geom_type == "MultiLineString" else course
    line = max(shapely.get_parts(merged), key=shapely.length)
    first, last = (float(shapely.line_locate_point(line, shapely.Point(point))) for point in (start, end))
    low, high = sorted((first, last))
    between = [
        (float(x), float(y))
        for x, y in shapely.get_coordinates(line)
        if low < float(shapely.line_locate_point(line, shapely.Point(x, y))) < high
    ]
    ends = [shapely.get_coordinates(shapely.line_interpolate_point(line, at))[0] for at in (low, high)]
    points = [(float(ends[0][0]), float(ends[0][1])), *between, (float(ends[1][0]), float(ends[1][1]))]
    return points if first <= last else points[::-1]
