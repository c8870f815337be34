"""What precision does to a symbol on paper: solid, thin, soft-edged or dashed lines; filled or hollow points."""

from __future__ import annotations

from atlas.layers import Symbol
from atlas.models import Precision
from atlas.plate.marks import Marker

MAPPED = 0.65  # of the width of the edge of an area that was traced from a map data set
SOFT_WIDTH, SOFT_OPACITY = 3.4, 0.22  # pt: the pale band under the edge of an area drawn by us from published facts
_HOLLOW_EDGE = 1.1  # pt


def edge_width(symbol: Symbol, precision: Precision) -> float:
    """Return the width of an area's outline, pt."""
    return symbol.width * (MAPPED if precision is Precision.MAPPED else 1)


def point(x: float, y: float, symbol: Symbol, precision: Precision) -> Marker:
    """Return the symbol of a point: filled on the thing itself, hollow where the seat of a unit stands in."""
    shape, colour = symbol.marker or "circle", symbol.fill or symbol.stroke
    if precision is Precision.SEAT:
        return Marker(x, y, shape, max(symbol.size - _HOLLOW_EDGE, 2.0), "ground.paper", colour, _HOLLOW_EDGE)
    return Marker(x, y, shape, symbol.size, symbol.fill, symbol.stroke, symbol.width)
