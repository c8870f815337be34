"""The filters of one built atlas: items and choices made once, results kept, because many sessions ask the same.

`keep` is the one door for exports and plates: it takes names as people write them, and it asks the filters that the app
asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from atlas.errors import InputError
from atlas.filters.choices import Choice, choices
from atlas.filters.items import make_items
from atlas.filters.keep import KINDS, PLACE_KINDS, Kept, Kind, Narrowed, narrow
from atlas.filters.names import resolved
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


_shared: WeakKeyDictionary[Atlas, Filters] = WeakKeyDictionary()
_making = Lock()


def filters_of(atlas: Atlas) -> Filters:
    """Return the filters of an atlas over all its layers; made once and shared."""
    with _making:
        if atlas not in _shared:
            _shared[atlas] = Filters(atlas)
        return _shared[atlas]


def keep(atlas: Atlas, selection: Selection) -> Kept | None:
    """Return what a selection keeps, whatever layers it names; None where it filters nothing.

    Args:
        atlas: the built atlas.
        selection: names as people write them (`atlas.filters.names.resolved`).

    Raises:
        UnknownNameError: a name is unknown.
        InputError: a region is no unit of Inner Mongolia, or no banner is in all that is chosen.
    """
    wanted = resolved(atlas, selection).model_copy(update={"layers": ()})
    if wanted == Selection():
        return None
    filters = filters_of(atlas)
    if placed(selection) and not filters.keep(where(wanted))["units"]:
        named = ", ".join(name for kind in PLACE_KINDS for name in getattr(selection, kind))
        raise InputError(
            f"no banner belongs to {named} at once: leave one of them out",
            "没有一个旗县市区同时符合所选的盟市旗县、类别和板块：请去掉其中一项",
        )
    return filters.keep(wanted)


def placed(selection: Selection) -> bool:
    """Say whether a selection names regions, classes or parts."""
    return any(getattr(selection, kind) for kind in PLACE_KINDS)


def where(selection: Selection) -> Selection:
    """Return a selection's regions, classes and parts alone."""
    return Selection.model_validate({kind: getattr(selection, kind) for kind in PLACE_KINDS})
