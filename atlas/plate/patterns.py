"""Patterns of lines and dots over areas: what keeps two areas apart where colour is lost, in grey or on a poor printer.

Patterns are geometry in mm, not a printer's fill, so that every format shows the same; they are anchored to the sheet,
so that they run on unbroken from one area to the next.
"""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import NDArray

from atlas.layers import Pattern

WIDTHS: dict[Pattern, float] = {"dots": 0.85, "sparse": 0.85}  # pt; of a dot its diameter
LINE_WIDTH = 0.35  # pt, of all others
_STEP = 1.7  # mm between lines
_DOT_STEP, _SPARSE_STEP = 1.7, 2.9
_DOT = 0.02  # mm: a stroke so short, with round ends, is a dot in every format
_ANGLES: dict[Pattern, tuple[float, ...]] = {
    "rising": (45,),
    "falling": (135,),
    "level": (0,),
    "upright": (90,),
    "crossed": (45, 135),
}


def hatch(shape: shapely.Geometry, pattern: Pattern) -> list[shapely.Geometry]:
    """Return the strokes of a pattern inside an area (mm)."""
    if shape.is_empty:
        return []
    if pattern in _ANGLES:
        found = [shapely.intersection(_ruled(shape.bounds, angle), shape) for angle in _ANGLES[pattern]]
        return [lines for lines in found if not lines.is_empty]
    step = _DOT_STEP if pattern == "dots" else _SPARSE_STEP
    dots = _staggered(shape.bounds, step)
    shapely.prepare(shape)
    inside = dots[shapely.contains_xy(shape, dots[:, 0], dots[:, 1])]
    if not len(inside):
        return []
    ends = np.stack([inside, inside + np.array([_DOT, 0.0])], axis=1)
    return [shapely.multilinestrings(shapely.linestrings(ends))]


def width(pattern: Pattern) -> float:
    """Return the width of a pattern's strokes, pt."""
    return WIDTHS.get(pattern, LINE_WIDTH)


def _ruled(bounds: tuple[float, float, float, float], angle: float) -> shapely.Geometry:
    """Return parallel lines over a box, `angle` degrees from level, at distances that count from the sheet's corner."""
    left, bottom, right, top = bounds
    along = np.array([math.cos(math.radians(angle)), math.sin(math.radians(angle))])
    across = np.array([-along[1], along[0]])
    corners = np.array([(x, y) for x in (left, right) for y in (bottom, top)])
    low, high = (corners @ across).min(), (corners @ across).max()
    start, end = (corners @ along).min(), (corners @ along).max()
    offsets = np.arange(math.floor(low / _STEP), math.ceil(high / _STEP) + 1) * _STEP
    first = offsets[:, None] * across + start * along
    last = offsets[:, None] * across + end * along
    return shapely.multilinestrings(shapely.linestrings(np.stack([first, last], axis=1)))


def _staggered(bounds: tuple[float, float, float, float], step: float) -> NDArray[np.float64]:
    """Return a grid of points over a box, every other row shifted by half a step."""
    left, bottom, right, top = bounds
    rows = np.arange(math.floor(bottom / step), math.ceil(top / step) + 1)
    columns = np.arange(math.floor(left / step) - 1, math.ceil(right / step) + 1)
    x, y = np.meshgrid(columns * step, rows * step)
    return np.column_stack([(x + (rows % 2)[:, None] * step / 2).ravel(), y.ravel()])
