"""The matrix: how many provisions, projects and targets touch each unit, by document, subject, basis or category.

Provisions are those of `Atlas.governing`, projects and targets those that name the unit, something in it, or a group or
league that it belongs to. What holds for the whole region is kept apart: it is the same for every unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

import pandas as pd

from atlas.analysis.concern import within
from atlas.analysis.themes import subjects
from atlas.errors import UnknownNameError
from atlas.models import Basis
from atlas.store import Atlas

By = Literal["document", "theme", "basis", "category"]
What = Literal["provisions", "projects", "targets"]
Level = Literal["county", "league"]
REGION = "150000"
COLUMNS = ["unit", "what", "id", "document", "theme", "basis", "category"]


def touching(
    atlas: Atlas,
    level: Level = "county",
    *,
    kinds: tuple[What, ...] = ("provisions", "projects", "targets"),
    region_wide: bool = True,
) -> pd.DataFrame:
    """Return the long form: a row for each provision, project or target that touches a unit.

    Args:
        atlas: the built atlas.
        level: banners, or leagues and cities.
        kinds: what is looked up; one of them alone is much quicker than all.
        region_wide: whether to list what holds for the whole region, which is the most and the same for all.

    Returns:
        Columns `unit`, `what` (provisions, projects, targets), `id`, `document`, `theme`, `basis` and `category`
        (of a project; of a target its kind; empty for provisions).
    """
    table = atlas.provisions()
    theme = subjects(table.to_dict("records"))
    document = dict(zip(table["id"], table["document"], strict=True))
    rows: list[tuple[str, str, str, str, str, str, str]] = []
    registers: list[tuple[What, pd.DataFrame, str]] = [
        ("projects", atlas.projects(), "category"),
        ("targets", atlas.targets().query("kind != 'achieved'"), "kind"),
    ]
    entries = [
        (what, str(row["id"]), row["provision"], str(row[category]), _named(row))
        for what, register, category in registers
        for row in register.to_dict("records")
        if what in kinds
    ]
    gazetteer = atlas.gazetteer
    members = {group.id: set(group.members) for group in gazetteer.groups.values()}
    classes = {entry.id: set(entry.members) for entry in gazetteer.classes.values()}
    for unit in units(atlas, level):
        for record in atlas.governing(unit, region_wide=region_wide) if "provisions" in kinds else ():
            rows.append((unit, "provisions", record.id, document[record.id], theme[record.id], str(record.basis), ""))
        inside = within(atlas, atlas.gazetteer.places[unit]) if entries else set()
        parent = atlas.gazetteer.places[unit].parent
        for what, key, provision, category, named in entries:
            basis = _basis(unit, inside, parent, named, members, classes)
            if basis:
                rows.append((unit, what, key, document[provision], theme[provision], str(basis), category))
    return pd.DataFrame(rows, columns=COLUMNS)


def units(atlas: Atlas, level: Level) -> list[str]:
    """Return the codes of the region's units of a level, in their official order."""
    found = (place.id for place in atlas.gazetteer.places.values() if place.type == level and place.id.startswith("15"))
    return sorted(found)


def _named(row: dict[str, object]) -> set[str]:
    places = row["places"]
    site = row.get("site")
    found = {str(place) for place in places if place} if isinstance(places, Iterable) else set()
    return found | ({str(site)} if isinstance(site, str) else set())


def _basis(
    unit: str,
    inside: set[str],
    parent: str | None,
    named: set[str],
    members: dict[str, set[str]],
    classes: dict[str, set[str]],
) -> Basis | None:
    """Say how an undertaking touches a unit: by its name, by something in it, or by what it belongs to."""
    if unit in named:
        return Basis.NAMED
    if not inside.isdisjoint(named) or (parent in named and parent != REGION):
        return Basis.FEATURE
    if any(unit in members[name] or parent in members[name] for name in named & members.keys()):
        return Basis.GROUP
    if any(unit in classes[name] or parent in classes[name] for name in named & classes.keys()):
        return Basis.CLASS
    return Basis.REGION if REGION in named else None


def matrix(
    atlas: Atlas,
    by: By = "document",
    what: What = "provisions",
    *,
    level: Level = "county",
    bases: Iterable[Basis] = (Basis.NAMED, Basis.GROUP, Basis.FEATURE, Basis.CLASS),
    touched: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return units × columns: how many touch each unit.

    Args:
        atlas: the built atlas.
        by: what the columns are.
        what: what is counted.
        level: banners, or leagues and cities.
        bases: which relations count; what is region-wide is left out unless asked for.
        touched: `touching(atlas, level)`, where the caller has it already.

    Returns:
        `unit`, `name`, `name_en`, `league`, a column for each value of `by`, and `total`.

    Raises:
        UnknownNameError: there is no such column, count or level.
    """
    for kind, value, choices in (
        ("by", by, get_args(By)),
        ("what", what, get_args(What)),
        ("level", level, get_args(Level)),
    ):
        if value not in choices:
            raise UnknownNameError(kind, value, choices)
    long = touching(atlas, level) if touched is None else touched
    kept = long[(long["what"] == what) & long["basis"].isin([str(basis) for basis in bases])]
    order = list(dict.fromkeys(long.loc[long["what"] == what, by]))
    if by == "basis":
        order = [str(basis) for basis in Basis if str(basis) in {str(one) for one in bases}]
    wide = pd.crosstab(kept["unit"], kept[by]).reindex(index=units(atlas, level), columns=order, fill_value=0)
    wide["total"] = wide.sum(axis=1)
    places = atlas.gazetteer.places
    wide.insert(0, "league", [_name_of(atlas, places[unit].parent) for unit in wide.index])
    wide.insert(0, "name_en", [places[unit].name_en for unit in wide.index])
    wide.insert(0, "name", [places[unit].name for unit in wide.index])
    return wide.rename_axis("unit").rename_axis(columns=None).reset_index()


def _name_of(atlas: Atlas, place: str | None) -> str:
    found = atlas.gazetteer.places.get(place or "")
    return found.name if found else ""
