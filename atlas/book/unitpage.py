"""The page of a border unit: its map, facts and features on the left, projects and governing provisions beside it.

A page holds less than a dossier: each relation gets a share of it, so that the few provisions that name the unit don't
leave without room the many that address the class it belongs to. What is left out is counted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import geopandas as gpd

from atlas.analysis.concern import crossing, projects_of
from atlas.book.dossier import facts, project_table
from atlas.book.facing import shorter
from atlas.book.words import basis_title
from atlas.models import Basis, Governing
from atlas.store import Atlas

_COLUMN = 212.0  # mm of the two columns that rows may fill, each; the rest is for what the reckoning misses
_LINE, _ACROSS = 4.6, 35  # mm, characters
_ROW, _TITLE = 4.1, 12.5  # mm that a row takes beside its lines, and a group's title with what it says of the rest
_KEPT = {"代码", "别名", "所属", "面积", "所属群组", "所属类别"}
# Rows of each group that stand in any case where there are so many; what room is left goes to them in turn.
_LEAST = {"projects": 8, Basis.NAMED: 6, Basis.GROUP: 3, Basis.FEATURE: 4, Basis.CLASS: 8}
_QUOTED = 68  # characters of a quotation
_NAMES = 12  # features of a layer that are named

_Rows = list[tuple[str, str]]
Names = Mapping[str, Sequence[tuple[str, str]]]


def drawn_names(atlas: Atlas) -> Names:
    """Return the title of every layer but those of units, with the place and the name of each of its features."""
    return {
        layer.title.zh: [(str(row["place"] or ""), str(row["name_zh"] or "")) for row in atlas.properties(layer.id)]
        for layer in atlas.layers()
        if layer.geometry.rule not in {"units", "class", "neighbours"}
    }


def unit_page(atlas: Atlas, code: str, shapes: gpd.GeoDataFrame, names: Names) -> dict[str, Any]:
    """Return the values of a unit's page.

    Args:
        atlas: the built atlas.
        code: of the unit.
        shapes: from `Atlas.shapes_of`, of all units.
        names: from `drawn_names`, read once for all units.
    """
    place = atlas.place(code)
    short = {one.title: one.short for one in atlas.documents()}
    projects = project_table(atlas, projects_of(atlas, place), "zh")
    found: list[tuple[str, int, _Rows]] = []
    if projects.rows:
        rows = [(f"{row[1]}　{row[5]}", row[0]) for row in projects.rows]
        found.append((projects.title, _LEAST["projects"], rows))
    for basis, governing in groupby(atlas.governing(code, region_wide=False), key=lambda row: row.basis):
        rows = [(" ".join(shorter(row.citation, short)), _quoted(row)) for row in governing]
        found.append((basis_title(basis, "zh"), _LEAST.get(basis, 3), rows))
    counts = _shares([(least, rows) for _, least, rows in found])
    return {
        "id": code,
        "title": place.name,
        "subtitle": place.name_en,
        "file": f"unit-{code}.pdf",
        "facts": [fact.model_dump() for fact in facts(atlas, place, "zh", shapes) if fact.label in _KEPT],
        "features": _features(atlas, code, names),
        "groups": [
            _group(title, rows[:count], len(rows)) for (title, _, rows), count in zip(found, counts, strict=True)
        ],
    }


def _shares(groups: list[tuple[int, _Rows]]) -> list[int]:
    """Return how many rows of each group the page holds: its least first, then one of each in turn."""
    room = _COLUMN * 2 - _TITLE * len(groups)
    counts = [0] * len(groups)
    for round_ in range(max((len(rows) for _, rows in groups), default=0)):
        for at, (least, rows) in enumerate(groups):
            wanted = min(least, len(rows)) if round_ == 0 else counts[at] + 1
            while counts[at] < min(wanted, len(rows)):
                height = _ROW + _LINE * math.ceil(len(rows[counts[at]][1]) / _ACROSS)
                if height > room:
                    return counts
                room -= height
                counts[at] += 1
    return counts


def _group(title: str, rows: _Rows, total: int) -> dict[str, Any]:
    left = total - len(rows)
    return {
        "title": f"{title}（{total}）",
        "rows": [list(row) for row in rows],
        "rest": f"另有{left}条，见该旗市区的档案。" if left else "",
    }


def _features(atlas: Atlas, code: str, names: Names) -> list[dict[str, str]]:
    """Return the names of what the layers draw in a unit, a line each layer."""
    inside = crossing(atlas, atlas.place(code))
    found = {
        title: list(dict.fromkeys(name for place, name in rows if place in inside and name))
        for title, rows in names.items()
    }
    return [{"label": title, "value": _some(own)} for title, own in found.items() if own]


def _some(names: list[str]) -> str:
    more = len(names) - _NAMES
    return "、".join(names[:_NAMES]) + (f"等{len(names)}处" if more > 0 else "")


def _quoted(row: Governing) -> str:
    """Return the quotation, cut to what a line or two can hold around the words that name the place."""
    if len(row.quotation) <= _QUOTED:
        return row.quotation
    start = max(0, (row.marks[0][0] if row.marks else 0) - _QUOTED // 2)
    end = min(len(row.quotation), start + _QUOTED)
    return ("…" if start else "") + row.quotation[start:end] + ("…" if end < len(row.quotation) else "")
