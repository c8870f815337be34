"""The registers as flat tables: projects, targets, places, ledger, provisions; lists in a cell are joined by `|`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from atlas.analysis.concern import within
from atlas.errors import UnknownNameError
from atlas.exchange.choice import Edition, check_edition, units_of
from atlas.exchange.projects import narrowed, provision_documents
from atlas.exchange.public import GRID_DEGREES, ROUNDED, withheld
from atlas.models import Basis
from atlas.selection import Selection
from atlas.store import Atlas

TABLES: dict[str, tuple[str, str]] = {
    "projects": ("项目", "undertakings that the plan names"),
    "targets": ("指标", "quantified commitments of the plan"),
    "places": ("地名", "the gazetteer"),
    "ledger": ("地名台账", "every mention, and what became of it"),
    "provisions": ("条款", "the texts"),
}
_WHOLE = ("year", "baseline_year", "start", "end", "text_start", "text_end", "witness_start", "witness_end")


def table(
    atlas: Atlas, name: str, selection: Selection | None = None, edition: Edition = "working"
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return one table, and what was left out of it.

    Args:
        atlas: the built atlas.
        name: of `TABLES`.
        selection: regions, classes and parts keep what names the chosen units or something in them (provisions: what
            governs them on one of `bases`, by default every basis but region-wide); documents, categories, statuses,
            years and precisions filter what has them.
        edition: `public` drops the points that public maps may not show, and rounds what is approximate.

    Raises:
        UnknownNameError: there is no such table, document, category, status, place, class or edition.
    """
    if name not in TABLES:
        raise UnknownNameError("table", name, TABLES)
    check_edition(edition)
    selection = selection or Selection()
    units = units_of(atlas, selection)
    inside = None if units is None else _inside(atlas, units)
    make = {"projects": _projects, "targets": _targets, "places": _places, "ledger": _ledger}
    frame = _provisions(atlas, selection, units) if name == "provisions" else make[name](atlas, selection, inside)
    left_out: tuple[str, ...] = ()
    if name == "places" and edition == "public":
        frame, left_out = _public_places(atlas, frame)
    for column in _WHOLE:
        if column in frame:
            frame[column] = frame[column].astype("Int64")
    return frame.reset_index(drop=True), left_out


def _inside(atlas: Atlas, units: frozenset[str]) -> frozenset[str]:
    """Return the chosen banners, what lies in them, and the leagues all of whose banners are chosen."""
    places = atlas.gazetteer.places
    found = set(units)
    for unit in units:
        found |= within(atlas, places[unit])
    found |= {place.id for place in places.values() if place.adcode in units}
    leagues = {place.parent for place in places.values() if place.id in units}
    for league in leagues:
        banners = {one.id for one in places.values() if one.parent == league and one.type == "county"}
        if league and banners <= units:
            found.add(league)
    return frozenset(found)


def _touches(atlas: Atlas, named: Iterable[Any], inside: frozenset[str]) -> bool:
    members = (member for name in named if isinstance(name, str) for member in atlas.gazetteer.members(name))
    return not inside.isdisjoint(members)


def _projects(atlas: Atlas, selection: Selection, inside: frozenset[str] | None) -> pd.DataFrame:
    frame = narrowed(atlas.projects(), selection, provision_documents(atlas))
    if inside is not None:
        frame = frame[[_touches(atlas, (*row.places, row.site), inside) for row in frame.itertuples()]]
    drawn = {layer.id: set(atlas.features(layer.id)["place"]) for layer in atlas.layers() if layer.theme == "corridors"}
    citations = _citations(atlas)
    return pd.DataFrame(
        {
            "id": frame["id"],
            "name": frame["name"],
            "category": frame["category"],
            "kind": frame["kind"],
            "verb": frame["verb"],
            "status": frame["status"],
            "places": [_joined(names) for names in frame["place_names"]],
            "place_ids": [_joined(one or "-" for one in ids) for ids in frame["places"]],
            "site": frame["site"],
            "geometry": [
                next((f"{layer}/{key}" for layer, ids in drawn.items() if key in ids), None) for key in frame["id"]
            ],
            "quantities": [_joined(one["text"] for one in found) for found in frame["quantities"]],
            "year": frame["year"],
            "level": frame["level"],
            "provision": frame["provision"],
            "citation": frame["provision"].map(citations),
            "start": frame["start"],
            "end": frame["end"],
            "box": frame["box"],
            "also": [_joined(dict.fromkeys(one["provision"] for one in found)) for found in frame["also"]],
            "certainty": frame["certainty"],
        }
    )


def _targets(atlas: Atlas, selection: Selection, inside: frozenset[str] | None) -> pd.DataFrame:
    frame = narrowed(atlas.targets(), selection, provision_documents(atlas))
    if inside is not None:
        frame = frame[[_touches(atlas, row.places, inside) for row in frame.itertuples()]]
    flat = frame.assign(
        places=[_joined(names) for names in frame["place_names"]],
        place_ids=[_joined(ids) for ids in frame["places"]],
        citation=frame["provision"].map(_citations(atlas)),
    )
    columns = "id kind subject value high unit text bound change period year baseline baseline_year attribute places"
    return flat[[*columns.split(), "place_ids", "provision", "citation", "start", "end", "box", "certainty"]]


def _places(atlas: Atlas, selection: Selection, inside: frozenset[str] | None) -> pd.DataFrame:
    frame = atlas.places()
    frame["aliases"] = [_joined(names) for names in frame["aliases"]]
    if inside is not None:
        frame = frame[frame["id"].isin(inside)]
    if selection.precisions:
        frame = frame[frame["precision"].isin([str(one) for one in selection.precisions])]
    return frame


def _ledger(atlas: Atlas, selection: Selection, inside: frozenset[str] | None) -> pd.DataFrame:
    frame = atlas.ledger()
    if selection.documents:
        frame = frame[frame["document"].isin(selection.documents)]
    if inside is not None:
        frame = frame[[_touches(atlas, (row.place, *row.candidates), inside) for row in frame.itertuples()]]
    flat = frame.assign(
        candidates=[_joined(ids) for ids in frame["candidates"]],
        citation=frame["provision"].map(_citations(atlas)),
    ).rename(columns={"start": "text_start", "end": "text_end"})
    columns = "document provision citation text_start text_end witness_start witness_end surface place status certainty"
    return flat[[*columns.split(), "candidates", "reason"]]


def _provisions(atlas: Atlas, selection: Selection, units: frozenset[str] | None) -> pd.DataFrame:
    frame = atlas.provisions()
    if selection.documents:
        frame = frame[frame["document"].isin(selection.documents)]
    if units is not None:
        bases = set(selection.bases or (basis for basis in Basis if basis is not Basis.REGION))
        governing = {one.id for unit in units for one in atlas.governing(unit) if one.basis in bases}
        frame = frame[frame["id"].isin(governing)]
    return frame.assign(path=[_joined(headings) for headings in frame["path"]], restored=frame["restored"].astype(bool))


def _public_places(atlas: Atlas, frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    hidden = frame["id"].isin(withheld(atlas))
    rough = frame["precision"].isin(ROUNDED) & frame["lon"].notna()
    public = frame[~hidden].copy()
    for column in ("lon", "lat"):
        public[column] = public[column].where(~rough, public[column].round(2))
    said = []
    if hidden.any():
        names = "、".join(frame.loc[hidden, "name"])
        said.append(f"地名表略去 {int(hidden.sum())} 处公开地图不得表示的对象：{names} / places not for public maps")
    if rough.any():
        said.append(f"地名表 {int((rough & ~hidden).sum())} 处坐标取整到 {GRID_DEGREES}° / places rounded")
    return public, tuple(said)


def _citations(atlas: Atlas) -> dict[str, str]:
    provisions = atlas.provisions()
    return dict(zip(provisions["id"], provisions["citation"], strict=True))


def _joined(values: Iterable[Any]) -> str:
    return "|".join(str(value) for value in values)
