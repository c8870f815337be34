"""Classes of a choropleth: which range of values each unit falls in, and the colour of each range.

Breaks lie between values that occur (quantiles moved to the nearest gap), so that equal values never fall in two
classes; ranges are written with the least and the greatest value that occur in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from atlas.errors import SourceError


@dataclass(frozen=True)
class Classes:
    """Values by place, the upper bound of each class, and the class of each place."""

    values: Mapping[str, float]
    upper: tuple[float, ...]
    of: Mapping[str, int]
    colours: tuple[str, ...]

    def index(self, value: float) -> int:
        """Return the class of a value."""
        return min(int(np.searchsorted(self.upper, value)), len(self.upper) - 1)

    def label(self, index: int) -> str:
        """Return the range of a class as it occurs: 24–31."""
        own = [value for place, value in self.values.items() if self.of[place] == index]
        low, high = min(own), max(own)
        return f"{low:g}" if low == high else f"{low:g}–{high:g}"


def classify(values: Mapping[str, float], colours: tuple[str, ...]) -> Classes:
    """Part values into as many classes as there are colours, of about the same number of units each.

    Raises:
        SourceError: there are fewer different values than classes.
    """
    distinct = np.unique(list(values.values()))
    if len(distinct) < len(colours):
        raise SourceError(
            f"a choropleth of {len(colours)} classes needs as many different values, and there are {len(distinct)}: "
            "give the plate fewer colours"
        )
    ordered = np.sort(list(values.values()))
    upper: list[float] = []
    for index in range(1, len(colours)):
        wanted = ordered[round(index * len(ordered) / len(colours)) - 1]
        # At least one value in this class, and one left for each class above it.
        left = distinct[(distinct > (upper[-1] if upper else -np.inf))]
        allowed = left[: len(left) - (len(colours) - index)]
        upper.append(float(allowed[np.argmin(np.abs(allowed - wanted))]))
    upper.append(float(distinct[-1]))
    of = {place: int(np.searchsorted(upper, value)) for place, value in values.items()}
    return Classes(dict(values), tuple(upper), of, colours)
