"""The registers as flat tables: projects, targets, places, ledger, provisions; lists in a cell are joined by `|`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from atlas.errors import UnknownNameError
from atlas.exchange.choice import Edition, add_languages, check_edition
from atlas.exchange.public import GRID_DEGREES, ROUNDED, withheld
from atlas.filters import keep, kept_mentions, meant
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
        selection: the filter (`atlas.filters`): the rows are those that the app's table has under it. Layers narrow
            no table.
        edition: `public` drops the points that public maps may not show, and rounds what is approximate.

    Raises:
        UnknownNameError: there is no such table, document, category, status, place, class or edition.
        InputError: a region is no unit of Inner Mongolia, or no banner is in all that is chosen.
    """
    if name not in TABLES:
        raise UnknownNameError("table", name, TABLES)
    check_edition(edition)
    frame = _SOURCES[name](atlas)
    kept = keep(atlas, selection or Selection())
    if kept is not None and name == "ledger":
        frame = frame[kept_mentions(frame["provision"], meant(atlas, frame), kept)]
    elif kept is not None:
        frame = frame[frame["id"].isin(kept[name])]  # type: ignore[index]
    frame = _MAKERS[name](atlas, frame)
    left_out: tuple[str, ...] = ()
    if name == "places" and edition == "public":
        frame, left_out = _public_places(atlas, frame)
    for column in _WHOLE:
        if column in frame:
            frame[column] = frame[column].astype("Int64")
    return frame.reset_index(drop=True), left_out


def _projects(atlas: Atlas, frame: pd.DataFrame) -> pd.DataFrame:
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


def _targets(atlas: Atlas, frame: pd.DataFrame) -> pd.DataFrame:
    flat = frame.assign(
        places=[_joined(names) for names in frame["place_names"]],
        place_ids=[_joined(ids) for ids in frame["places"]],
        citation=frame["provision"].map(_citations(atlas)),
    )
    columns = "id kind subject value high unit text bound change period year baseline baseline_year attribute places"
    return flat[[*columns.split(), "place_ids", "provision", "citation", "start", "end", "box", "certainty"]]


def _places(_: Atlas, frame: pd.DataFrame) -> pd.DataFrame:
    flat = frame.assign(aliases=[_joined(names) for names in frame["aliases"]])
    add_languages(flat, "note")
    return flat


def _ledger(atlas: Atlas, frame: pd.DataFrame) -> pd.DataFrame:
    flat = frame.assign(
        candidates=[_joined(ids) for ids in frame["candidates"]],
        citation=frame["provision"].map(_citations(atlas)),
    ).rename(columns={"start": "text_start", "end": "text_end"})
    columns = "document provision citation text_start text_end witness_start witness_end surface place status certainty"
    flat = flat[[*columns.split(), "candidates", "reason"]].copy()
    add_languages(flat, "reason")
    return flat


def _provisions(_: Atlas, frame: pd.DataFrame) -> pd.DataFrame:
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


_SOURCES = {
    "projects": Atlas.projects,
    "targets": Atlas.targets,
    "places": Atlas.places,
    "ledger": Atlas.ledger,
    "provisions": Atlas.provisions,
}
_MAKERS = {
    "projects": _projects,
    "targets": _targets,
    "places": _places,
    "ledger": _ledger,
    "provisions": _provisions,
}
