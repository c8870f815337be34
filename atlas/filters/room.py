"""The filters of one built atlas: items and choices made once, results kept, because many sessions ask the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from atlas.filters.choices import Choice, choices
from atlas.filters.items import make_items
from atlas.filters.keep import KINDS, Kept, Kind, Narrowed, narrow
from atlas.selection import Selection

if TYPE_CHECKING:
    from atlas.layers import Layer
    from atlas.store import Atlas

REMEMBERED = 200  # selections


class Filters:
    """What a selection keeps of one atlas."""

    def __init__(self, atlas: Atlas, layers: Sequence[Layer] | None = None) -> None:
        """Make the items.

        Args:
            atlas: the built atlas.
            layers: those whose features count; all of the atlas by default.
        """
        chosen = tuple(atlas.layers() if layers is None else layers)
        items = make_items(atlas, chosen)
        self.units = items.units
        self.items = items.by_subject
        self.choices: dict[Kind, tuple[Choice, ...]] = choices(atlas, chosen, items)
        self._narrow = lru_cache(maxsize=REMEMBERED)(lambda selection: narrow(self.items, self.units, selection))

    def narrow(self, selection: Selection) -> Narrowed:
        """Return what a selection keeps and the counts of its choices."""
        return self._narrow(selection)

    def keep(self, selection: Selection) -> Kept:
        """Return the ids that a selection keeps: of units, features, provisions, projects, targets and places."""
        return self._narrow(selection).kept

    def known(self) -> dict[Kind, tuple[str, ...]]:
        """Return the values that a selection may hold, by kind."""
        return {kind: tuple(choice.id for choice in self.choices[kind]) for kind in KINDS}
