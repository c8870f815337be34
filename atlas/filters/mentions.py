"""Which rows of the ledger a selection keeps: a mention stays with its provision and with what it means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from atlas.filters.keep import Kept
    from atlas.store import Atlas


def meant(atlas: Atlas, ledger: pd.DataFrame) -> tuple[frozenset[str], ...]:
    """Return, for each mention, the places that it means, or may mean.

    Args:
        atlas: the built atlas.
        ledger: `Atlas.ledger()`, or rows of it.
    """
    members = atlas.gazetteer.members
    return tuple(
        frozenset(members(place)) if isinstance(place, str) else frozenset(candidates)
        for place, candidates in zip(ledger["place"], ledger["candidates"], strict=True)
    )


def kept_mentions(provisions: Iterable[str], places: Iterable[frozenset[str]], kept: Kept) -> list[bool]:
    """Say which mentions stay: those of a kept provision that mean (or may mean) a kept place, or none at all.

    Args:
        provisions: of each mention.
        places: of each mention (`meant`).
        kept: what the selection keeps.
    """
    texts, grounds = kept["provisions"], kept["places"]
    return [
        provision in texts and (not own or not grounds.isdisjoint(own))
        for provision, own in zip(provisions, places, strict=True)
    ]
