"""What can be chosen of each kind, with its words: data of the atlas, in the order in which a planner expects them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from atlas.filters.items import REGION, Items
from atlas.layers import PRECISION_TITLES, THEMES, Layer
from atlas.models import Basis, Precision, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.filters.keep import Kind
    from atlas.store import Atlas


class Choice(Record):
    """A value of a filter. Empty words mean that the interface has its own for the value."""

    id: str
    zh: str = ""
    en: str = ""
    parent: str = ""  # of a county: its league


def choices(atlas: Atlas, layers: Sequence[Layer], items: Items) -> dict[Kind, tuple[Choice, ...]]:
    """Return the choices of each kind; what would keep nothing at all is left out."""
    gazetteer = atlas.gazetteer
    counties = [item.key for item in items.by_subject["units"]]
    leagues = sorted({gazetteer.places[code].parent or "" for code in counties})
    regions = []
    for league in leagues:
        regions.append(Choice(id=league, zh=gazetteer.places[league].name, en=gazetteer.places[league].name_en))
        regions.extend(
            Choice(id=code, zh=place.name, en=place.name_en, parent=league)
            for code in counties
            if (place := gazetteer.places[code]).parent == league
        )
    # A class of things of which only the league is known (ranges without a point) is no choice among banners.
    held_classes = {key for unit in items.units if unit.id in counties for key in unit.classes}
    projects, targets = items.by_subject["projects"], items.by_subject["targets"]
    works = [work for item in (*projects, *targets) for work in item.works]
    documents = {item.ways[0][2] for item in items.by_subject["provisions"]}
    shown = {precision for item in items.by_subject["features"] for precision in item.precisions}
    return {
        "regions": tuple(regions),
        "classes": tuple(
            Choice(id=key, zh=entry.name, en=entry.name_en)
            for key, entry in gazetteer.classes.items()
            if key in held_classes
        ),
        "parts": tuple(
            Choice(id=key, zh=group.name, en=group.name_en)
            for key, group in gazetteer.groups.items()
            if group.members and all(_is_league(member) for member in group.members)
        ),
        "documents": tuple(
            Choice(id=document.id, zh=document.title, en=document.title_en)
            for document in atlas.documents()
            if document.id in documents
        ),
        "bases": tuple(Choice(id=str(basis)) for basis in Basis),
        "themes": tuple(
            Choice(id=theme, zh=titles[0], en=titles[1])
            for theme, titles in THEMES.items()
            if any(layer.theme == theme for layer in layers)
        ),
        "layers": tuple(Choice(id=layer.id, zh=layer.title.zh, en=layer.title.en) for layer in layers),
        "categories": _by_number(work[0] for item in projects for work in item.works),
        "statuses": _by_number(work[1] for item in projects for work in item.works),
        "years": tuple(Choice(id=year, zh=year, en=year) for year in sorted({work[2] for work in works} - {""})),
        "precisions": tuple(
            Choice(id=str(precision), zh=PRECISION_TITLES[precision][0], en=PRECISION_TITLES[precision][1])
            for precision in Precision
            if str(precision) in shown
        ),
    }


def _is_league(key: str) -> bool:
    return key.isdigit() and key.startswith(REGION[:2]) and key.endswith("00") and key != REGION


def _by_number(values: Iterable[str]) -> tuple[Choice, ...]:
    """Return the values from the most to the least frequent."""
    number: dict[str, int] = {}
    for value in values:
        if value:
            number[value] = number.get(value, 0) + 1
    return tuple(Choice(id=value) for value in sorted(number, key=lambda value: (-number[value], value)))
