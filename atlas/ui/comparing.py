"""Two to four units side by side: area, classes, features, provisions, projects, targets, and what they share. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pyproj import Geod

from atlas.analysis.colocation import colocation
from atlas.analysis.concern import crossing, projects_of, targets_of
from atlas.layers import PRECISION_TITLES
from atlas.models import Basis, Governing, Place, Precision
from atlas.ui.citing import short_citation
from atlas.ui.units import is_unit
from atlas.ui.words import LANGS, Lang, named, word

if TYPE_CHECKING:
    from atlas.store import Atlas
    from atlas.ui.index import Index

MOST_UNITS = 4
MOST_LISTED = 40  # provisions of one list, co-locations of one unit
OUTLINES = frozenset({"units", "class", "neighbours"})  # rules whose features are units, not things in them
NEAR = (Basis.NAMED, Basis.GROUP, Basis.FEATURE, Basis.CLASS)


def read_units(text: str, known: Mapping[str, Place]) -> tuple[str, ...]:
    """Return the units that an address names: banners and leagues of the region, at most four, each once."""
    found = (code for code in dict.fromkeys(text.split(",")) if code in known)
    return tuple(code for code in found if is_unit(known[code]))[:MOST_UNITS]


def unit_name(place: Place, lang: Lang) -> str:
    """Return its name in the language."""
    return (place.name_en if lang == "en" else "") or place.name


def picker(atlas: Atlas, lang: Lang) -> list[dict[str, Any]]:
    """Return the units to choose from: a league with its banners each."""
    units = [place for place in atlas.gazetteer.places.values() if is_unit(place)]
    leagues = sorted((place for place in units if place.type == "league"), key=lambda place: place.id)
    return [
        {
            "title": unit_name(league, lang),
            "units": [{"id": league.id, "name": word("whole_league", lang, name=unit_name(league, lang))}]
            + [
                {"id": place.id, "name": unit_name(place, lang)}
                for place in sorted(units, key=lambda place: place.id)
                if place.parent == league.id
            ],
        }
        for league in leagues
    ]


@lru_cache(maxsize=2)
def areas(atlas: Atlas) -> dict[str, float]:
    """Return the area of each unit within its boundary, square kilometres on the ellipsoid (GRS 80)."""
    geod = Geod(ellps="GRS80")
    return {
        str(row.place): abs(geod.geometry_area_perimeter(row.geometry)[0]) / 1e6
        for layer in ("banners", "leagues")
        for row in atlas.features(layer).itertuples(index=False)
    }


def side_by_side(
    atlas: Atlas, index: Index, units: Sequence[str], governing: Callable[[str], Sequence[Governing]], lang: Lang
) -> list[dict[str, Any]]:
    """Return the rows of the comparison: a label and, for each unit, lines of text with their counts and links."""
    places = [atlas.gazetteer.places[unit] for unit in units]
    at = LANGS.index(lang)
    size = areas(atlas)
    texts = {unit: Counter(record.basis for record in governing(unit)) for unit in units}
    rows = [
        _row("cmp_area", lang, [[_line(f"{size[unit]:,.0f} km²")] if unit in size else [] for unit in units]),
        _row(
            "cmp_classes",
            lang,
            [
                [
                    _line((entry.name_en if lang == "en" else "") or entry.name)
                    for entry in atlas.gazetteer.classes.values()
                    if place.id in entry.members
                ]
                for place in places
            ],
        ),
        _row("cmp_features", lang, [_features(atlas, index, place, at) for place in places]),
        _row(
            "cmp_provisions",
            lang,
            [
                [_line(word(f"basis_{basis}", lang), texts[unit][basis]) for basis in Basis if texts[unit][basis]]
                + [_line(word("cmp_read", lang), place=unit)]
                for unit in units
            ],
        ),
    ]
    registers = {unit: projects_of(atlas, place) for unit, place in zip(units, places, strict=True)}
    for key, column, kind in (("cmp_categories", "category", "category"), ("cmp_statuses", "status", "status")):
        counted = {unit: Counter(registers[unit][column]) for unit in units}
        order = [value for value, _ in sum(counted.values(), Counter()).most_common()]
        rows.append(
            _row(
                key,
                lang,
                [
                    [
                        _line(named(kind, str(value), lang), counted[unit][value])
                        for value in order
                        if counted[unit][value]
                    ]
                    for unit in units
                ],
            )
        )
    rows.append(_row("cmp_targets", lang, [_targets(atlas, place) for place in places]))
    return rows


def _row(key: str, lang: Lang, cells: list[list[dict[str, Any]]]) -> dict[str, Any]:
    return {
        "id": key,
        "title": word(key, lang),
        "note": word(f"{key}_note", lang) if key in {"cmp_area", "cmp_features", "cmp_categories"} else "",
        "cells": cells,
    }


def _line(text: str, count: int | str = "", *, place: str = "", provision: str = "") -> dict[str, Any]:
    return {"text": text, "count": str(count), "place": place, "provision": provision}


def _features(atlas: Atlas, index: Index, place: Place, at: int) -> list[dict[str, Any]]:
    inside = crossing(atlas, place)
    lines = []
    for layer in index.layers:
        if layer.geometry.rule in OUTLINES:
            continue
        found = {row.place for row in index.features[layer.id] if row.place in inside}
        if found:
            lines.append(_line((layer.title.zh, layer.title.en)[at], len(found)))
    return lines


def _targets(atlas: Atlas, place: Place) -> list[dict[str, Any]]:
    table = targets_of(atlas, place)
    table = table[table["kind"] != "achieved"]
    return [
        _line(f"{row.subject} {row.text}", "" if row.year != row.year else int(row.year), provision=row.provision)
        for row in table.head(MOST_LISTED).itertuples()
    ]


def shared(
    atlas: Atlas, units: Sequence[str], governing: Callable[[str], Sequence[Governing]], lang: Lang
) -> list[dict[str, Any]]:
    """Return the provisions that govern all of the units, several, or one alone; without what is region-wide.

    Lists stand in this order: all, then each unit alone, then what some but not all share.
    """
    places = atlas.gazetteer.places
    of: dict[str, set[str]] = {}
    citation: dict[str, str] = {}
    short = {document.id: document.short for document in atlas.documents()}
    for unit in units:
        for record in governing(unit):
            if record.basis in NEAR:
                of.setdefault(record.id, set()).add(unit)
                citation[record.id] = short_citation(record.id, record.citation, short[record.document], lang)
    groups: dict[frozenset[str], list[str]] = {frozenset(units): [], **{frozenset((unit,)): [] for unit in units}}
    for key, held in of.items():
        groups.setdefault(frozenset(held), []).append(key)
    lists = []
    for sharing, keys in groups.items():
        comma = ", " if lang == "en" else "、"
        names = comma.join(unit_name(places[unit], lang) for unit in units if unit in sharing)
        title = word("cmp_all", lang) if len(sharing) == len(units) else word("cmp_only", lang, names=names)
        lists.append(
            {
                "title": title,
                "count": len(keys),
                "items": [{"id": key, "text": citation[key]} for key in keys[:MOST_LISTED]],
                "more": word("cmp_more", lang, count=len(keys) - MOST_LISTED) if len(keys) > MOST_LISTED else "",
            }
        )
    return lists


def beside(atlas: Atlas, units: Sequence[str], lang: Lang) -> list[dict[str, Any]]:
    """Return, for each unit, the projects that stand in it and lie in an ecological zone, with the words of both."""
    at = LANGS.index(lang)
    short = {document.id: document.short for document in atlas.documents()}
    of = dict(atlas.provisions()[["id", "document"]].itertuples(index=False, name=None))
    found = []
    for unit in units:
        table = colocation(atlas, unit=unit)
        found.append(
            {
                "title": unit_name(atlas.gazetteer.places[unit], lang),
                "count": len(table),
                "items": [
                    {
                        "project": row.project_name,
                        "place": word("cmp_in_place", lang, name=_named(atlas, row.place, row.place_name, lang)),
                        "zone": _named(atlas, row.zone, row.zone_name, lang),
                        "gap": " " if lang == "en" else "",
                        "relation": word(f"relation_{row.relation.replace('-', '_')}", lang),
                        "precision": PRECISION_TITLES[Precision(row.precision)][at],
                        "quotations": [
                            {
                                "id": key,
                                "title": short_citation(key, atlas.citation(key), short[of[key]], lang),
                                "text": text,
                            }
                            for key, text in (
                                (row.project_provision, row.project_quotation),
                                (row.zone_provision, row.zone_quotation),
                            )
                            if key
                        ],
                    }
                    for row in table.head(MOST_LISTED).itertuples()
                ],
                "more": word("cmp_more", lang, count=len(table) - MOST_LISTED) if len(table) > MOST_LISTED else "",
            }
        )
    return found


def _named(atlas: Atlas, key: str, name: str, lang: Lang) -> str:
    """Return the English name of a place, group or class where there is one and it is wanted."""
    gazetteer = atlas.gazetteer
    for table in (gazetteer.places, gazetteer.groups, gazetteer.classes):
        if lang == "en" and key in table and table[key].name_en:
            return table[key].name_en
    return name
