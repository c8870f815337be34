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
