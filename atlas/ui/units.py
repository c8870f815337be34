"""Which places are units that can be compared: cheap to load, because every address is checked by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.models import Place


def is_unit(place: Place) -> bool:
    """Say whether a place is a banner or a league of the region."""
    return place.id.isdigit() and place.id.startswith("15") and place.type in {"county", "league"}
