"""Where a name can stand along a line: beside a stretch that is long and straight enough, upright, near its middle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

_STEP = 2.0  # mm between positions along the line
_GAP = 0.7  # mm between the line and the name's body
_GENERALISED = 0.35  # mm: bends that are smaller than this don't turn a name
_STRAIGHT = 0.93  # the chord's least share of the length of its stretch
_SAMPLES = 9  # of the line along a name, to find how far it bulges towards it
_COST_BEND = 60.0  # of the share that the stretch is longer than its chord
_COST_STEEP = 5.0  # of a name that stands upright, against one that lies level
_COST_BELOW = 0.8
_COST_MIDDLE = 4.0  # of a name at the line's end, against one at its middle


@dataclass(frozen=True)
class Stretches:
    """Places for a name beside a line: middles (n, 2) in mm, angles (n) in degrees from level, costs (n)."""

    middles: NDArray[np.float64]
    angles: NDArray[np.float64]
    cost: NDArray[np.float64]


def beside(line: shapely.Geometry, width: float, height: float) -> Stretches:
    """Return the places where a name of `width` by `height` mm can stand beside a line; none where it is too bent."""
    merged = shapely.line_merge(shapely.simplify(line, _GENERALISED))
    parts = [part for part in shapely.get_parts(merged) if part.length >= width * 1.05]
    rows: list[tuple[float, float, float, float]] = []
    longest = max((part.length for part in parts), default=0.0)
    for part in parts:
        starts = np.arange(0, part.length - width + 1e-9, _STEP)
        first = shapely.get_coordinates(shapely.line_interpolate_point(part, starts))
        last = shapely.get_coordinates(shapely.line_interpolate_point(part, starts + width))
        shares = np.linspace(0, 1, _SAMPLES)
        along = shapely.get_coordinates(
            shapely.line_interpolate_point(part, (starts[:, None] + width * shares).ravel())
        ).reshape(-1, _SAMPLES, 2)
        chord = last - first
        straight = np.hypot(*chord.T) / width
        turned = np.degrees(np.arctan2(chord[:, 1], chord[:, 0]))
        angles = (turned + 90) % 180 - 90
        # The line bulges to one side of its chord: the name stands clear of the bulge on either side.
        normal = np.column_stack([-np.sin(np.radians(angles)), np.cos(np.radians(angles))])
        middle = (first + last) / 2
        bulge = np.einsum("ikj,ij->ik", along - middle[:, None, :], normal)
        away = np.abs(starts + width / 2 - part.length / 2) / part.length * 2
        for side in (1, -1):
            offset = height / 2 + _GAP + np.maximum((bulge * side).max(axis=1), 0)
            middles = middle + normal * (offset * side)[:, None]
            cost = (1 - straight) * _COST_BEND + np.abs(angles) / 90 * _COST_STEEP + away * _COST_MIDDLE
            cost = cost + (_COST_BELOW if side < 0 else 0) + (1 - part.length / longest) * _COST_MIDDLE
            keep = straight >= _STRAIGHT
            rows.extend(zip(*middles[keep].T, angles[keep], cost[keep], strict=True))
    found = np.array(rows, dtype=np.float64).reshape(-1, 4)
    return Stretches(found[:, :2], found[:, 2], found[:, 3])
