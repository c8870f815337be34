"""What of the map and the plan's registers concerns a place: the features in it, the projects and targets that name it.

A unit is concerned by what names it and by what names something that lies in it (a port, a lake); a league also by what
concerns its banners. What only crosses a unit is a feature of it, but its projects are not counted as the unit's.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from atlas.models import Place
from atlas.store import Atlas


def within(atlas: Atlas, place: Place) -> set[str]:
    """Return the ids of a place and of everything that lies in it."""
    inside = {place.id}
    if place.type == "league":
        inside |= {one.id for one in atlas.gazetteer.places.values() if one.parent == place.id and one.type == "county"}
    units = [key for key in inside if key.isdigit()]
    return inside | {
        relation.place
        for unit in units
        for relation in atlas.relations(unit)
        if relation.unit == unit and relation.relation == "lies-in"
    }


def crossing(atlas: Atlas, place: Place) -> dict[str, float]:
    """Return the places that the map shows to lie in or cross a unit, with the share of each inside it (0–1)."""
    units = [key for key in within(atlas, place) if key.isdigit()]
    found: dict[str, float] = {}
    for unit in units:
        for relation in atlas.relations(unit):
            drawn = relation.relation != "unmapped"
            if relation.unit == unit and relation.place not in units and drawn:
                found[relation.place] = min(1.0, found.get(relation.place, 0) + relation.share)
    return found


def projects_of(atlas: Atlas, place: Place) -> pd.DataFrame:
    """Return the rows of the register that name a place, or something in it."""
    table, ids = atlas.projects(), within(atlas, place)
    return table[[not ids.isdisjoint({*row.places, row.site}) for row in table.itertuples()]]


def targets_of(atlas: Atlas, place: Place) -> pd.DataFrame:
    """Return the targets that name a place, or something in it."""
    table, ids = atlas.targets(), within(atlas, place)
    return table[[not ids.isdisjoint(row.places) for row in table.itertuples()]]


def features_of(atlas: Atlas, place: Place) -> Iterator[tuple[str, str, str, str, float]]:
    """Yield what the layers draw in a unit: layer id, Chinese name, English name, precision, share inside (0–1)."""
    shares = crossing(atlas, place)
    for layer in atlas.layers():
        if layer.geometry.rule in {"units", "class", "neighbours"}:
            continue
        for row in atlas.features(layer.id).itertuples(index=False):
            if row.place in shares:
                yield layer.id, row.name_zh, row.name_en or "", row.precision, shares[row.place]
