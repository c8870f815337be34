"""What a plate shows and where on the sheet: the grid square of every place, and the list beside its articles.

The square of a point is that of its symbol, of a line or an area that of its name: there a reader looks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import shapely

from atlas.book.grid import square
from atlas.models import Record
from atlas.plate.compose import Composed
from atlas.plate.content import Shown

_BASE = {"banners", "leagues"}  # what lies under every plate: listed only where nothing else bears a name
_KINDS = ("point", "line", "polygon")


class Row(Record):
    """A feature of the list."""

    name: str
    square: str
    number: int | None = None  # in the plate's key


class Group(Record):
    """The features of one layer, or of one league where the plate shows nothing but units."""

    title: str
    rows: tuple[Row, ...]


def squares(composed: Composed) -> Iterator[tuple[str, str]]:
    """Yield the place of every feature that can be seen, with its grid square."""
    for shown in composed.setting.content.layers:
        if shown.rule.labels is None:
            continue  # what bears no name on the plate cannot be found there by it
        for index, found in _found(composed, shown):
            place = shown.features["place"].iloc[index]
            if place:
                yield str(place), found


def register(composed: Composed) -> tuple[Group, ...]:
    """Return what the plate names, by layer: points first, as in the legend."""
    named = [shown for shown in composed.setting.content.layers if shown.rule.labels is not None]
    own = [shown for shown in named if shown.layer.id not in _BASE]
    if not own:
        return _by_league(composed, next((shown for shown in named if shown.layer.id == "banners"), None))
    numbers = {row.feature: row.number for row in composed.setting.key}
    groups = []
    for shown in sorted(own, key=lambda one: _KINDS.index(one.layer.geometry.kind)):
        rows = _rows(composed, shown, numbers)
        if rows:
            groups.append(Group(title=shown.layer.title.zh, rows=rows))
    return tuple(groups)


def _rows(composed: Composed, shown: Shown, numbers: Mapping[str, int]) -> tuple[Row, ...]:
    """Return the features of a layer, each name once; in the order of the key, else of the layer."""
    rows: dict[str, Row] = {}
    for index, found in _found(composed, shown):
        feature = shown.features.iloc[index]
        if name := str(feature["name_zh"] or ""):
            rows.setdefault(name, Row(name=name, square=found, number=numbers.get(str(feature["feature"]))))
    return tuple(sorted(rows.values(), key=lambda row: row.number or 0))


def _by_league(composed: Composed, shown: Shown | None) -> tuple[Group, ...]:
    """Return the units by the league that they belong to."""
    leagues: dict[str, list[Row]] = {}
    for index, found in _found(composed, shown) if shown else ():
        feature = shown.features.iloc[index] if shown else {}
        leagues.setdefault(str(feature["league"]), []).append(Row(name=str(feature["name_zh"]), square=found))
    return tuple(Group(title=league, rows=tuple(rows)) for league, rows in leagues.items())


def _found(composed: Composed, shown: Shown) -> Iterator[tuple[int, str]]:
    """Yield the row of every visible feature of a layer with its square: those whose name stands on the sheet first."""
    frame = composed.setting.sheet.frame
    window = shapely.box(*frame)
    names = {label.id: label.box.middle for label in composed.labels if not label.leader}
    rest: list[tuple[int, str]] = []
    for index, shape in enumerate(shown.shapes):
        at = names.get(str(shown.features["feature"].iloc[index]))
        if at and shown.layer.geometry.kind != "point":
            yield index, square(*at, frame)
            continue
        seen = shapely.intersection(shape, window)
        if not seen.is_empty:
            middle = np.asarray(seen.representative_point().coords[0])
            rest.append((index, square(float(middle[0]), float(middle[1]), frame)))
    yield from rest
