"""Point symbols that would cover one another, moved apart as far as they must be, and no further.

Several things often stand at one seat: their symbols would hide each other. They are pushed apart step by step along
the line between them (side by side where they share one point), until none overlaps; a margin note counts those moved.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from atlas.layers import Symbol
from atlas.plate.fonts import MM_PER_POINT

MOVED = 0.3  # mm: less is not noticed
_AIR = 0.15  # mm between two symbols
_FIRM = 0.02  # how far a firm symbol yields, of what another does
_STEPS = 200
_DIAGONAL = 2**0.5 / 2


def radius(symbol: Symbol) -> float:
    """Return how far a point's symbol reaches from its middle, mm; a diamond stands on its corner."""
    return symbol.size * MM_PER_POINT * (_DIAGONAL if symbol.marker == "diamond" else 0.5)


def apart(
    points: NDArray[np.float64], radii: NDArray[np.float64], firm: NDArray[np.bool_] | None = None
) -> NDArray[np.float64]:
    """Return where symbols stand so that none covers another.

    Args:
        points: middles (n, 2), mm.
        radii: of the symbols (n), mm.
        firm: which of them stand on the thing itself: beside others they keep their place.
    """
    placed = points.astype(np.float64).copy()
    if len(placed) < 2:
        return placed
    least = radii[:, None] + radii[None, :] + _AIR
    # Symbols at one point part along a level line, in their order; so little that it only gives a direction.
    placed[:, 0] += np.arange(len(placed)) * 1e-6
    first, second = np.triu_indices(len(placed), 1)
    reach = np.hypot(*(placed[first] - placed[second]).T) < least[first, second] + 6 * radii.max()
    first, second = first[reach], second[reach]
    wanted = least[first, second]
    yields = np.where(np.zeros(len(placed), dtype=bool) if firm is None else firm, _FIRM, 1.0)
    share = (yields[first] / (yields[first] + yields[second]))[:, None]
    for _ in range(_STEPS):
        between = placed[second] - placed[first]
        distance = np.hypot(*between.T)
        missing = wanted - distance
        if not (missing > 1e-3).any():
            break
        push = np.where(missing > 0, missing, 0)[:, None] * between / np.maximum(distance, 1e-12)[:, None]
        np.add.at(placed, first, -push * share)
        np.add.at(placed, second, push * (1 - share))
    return placed
