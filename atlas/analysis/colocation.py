"""Co-location as it was built, narrowed: undertakings of the plan in ecological zones, with the words of both.

What it is and how it is found: `atlas/colocations.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import pandas as pd

from atlas.analysis.concern import within
from atlas.colocations import is_zone_layer
from atlas.errors import UnknownNameError
from atlas.store import Atlas


def zone_layers(atlas: Atlas) -> tuple[str, ...]:
    """Return the layers of ecological areas."""
    return tuple(layer.id for layer in atlas.layers() if is_zone_layer(layer))


def colocation(atlas: Atlas, layers: Sequence[str] | None = None, unit: str | None = None) -> pd.DataFrame:
    """Return the undertakings that lie in or cross ecological zones; columns of `colocations.Colocation`.

    Args:
        atlas: the built atlas.
        layers: of zones; all of `zone_layers` by default.
        unit: only undertakings that stand in this unit or cross it.

    Raises:
        UnknownNameError: there is no such layer or unit.
    """
    found = _all(atlas)
    if layers is not None:
        known = zone_layers(atlas)
        for layer in layers:
            if layer not in known:
                raise UnknownNameError("zone layer", layer, known)
        found = found[found["layer"].isin(layers)]
    if unit is not None:
        found = found[found["place"].isin(within(atlas, atlas.place(unit)) | {unit})]
    return found.reset_index(drop=True)


@lru_cache(maxsize=2)
def _all(atlas: Atlas) -> pd.DataFrame:
    return atlas.colocations()
