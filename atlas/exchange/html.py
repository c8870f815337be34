"""The chosen map as one offline HTML file: layers, legend, search, and what governs each place on a card."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import geopandas as gpd

from atlas.exchange.choice import Chosen, add_languages
from atlas.geometry import relief
from atlas.layers import THEMES, palette
from atlas.models import Basis
from atlas.store import Atlas
from atlas.web.geometry import feature_collection
from atlas.web.publish import CREDIT, on_screen, outline
from atlas.web.standalone import data_uri, page
from atlas.web.state import FRAME, HOME
from atlas.web.style import MAX_ZOOM, MIN_ZOOM, layer_values, precision_values

RELIEF_WIDTH = 1200  # pixels: some 170 kB; the picture's source has no more to tell at these scales
MOST_QUOTES = 12  # of the provisions that name one place
EXTRA = ("adcode", "league", "source", "note", "note_en")


@dataclass(frozen=True)
class View:
    """How the map opens."""

    shown: tuple[str, ...] = ()  # layer ids; by default those that the atlas opens with, or all where only few are in
    selected: str | None = None  # place id
    look_at: tuple[str, ...] = ()  # place ids to zoom to; the whole region by default
    lang: Literal["zh", "en"] = "zh"


Progress = Callable[[int, int], None]


def write_html(
    atlas: Atlas,
    chosen: Chosen,
    lines: Mapping[str, str],
    part: Path,
    view: View | None = None,
    progress: Progress | None = None,
) -> None:
    """Write the page.

    Args:
        atlas: the built atlas.
        chosen: layers and features.
        lines: the note.
        part: the file to write.
        view: how the map opens.
        progress: told how many of the places have been looked up.
    """
    part.write_text(html(atlas, chosen, lines, view, progress), encoding="utf-8", newline="\n")


def html(
    atlas: Atlas,
    chosen: Chosen,
    lines: Mapping[str, str],
    view: View | None = None,
    progress: Progress | None = None,
) -> str:
    """Return the page; the same atlas and choice give the same text."""
    view = view or View()
    files: dict[str, Any] = {}
    banners = atlas.features("banners")
    drawn = _drawn(chosen, banners)
    specs = []
    for layer in chosen.layers:
        frame = drawn[layer.id]
        extra = {str(row["feature"]): {name: _plain(row[name]) for name in EXTRA} for row in frame.to_dict("records")}
        name = f"{layer.id}.geojson"
        files[name] = json.loads(feature_collection(frame, extra))
        specs.append({**layer_values(layer, palette()), "url": name, "count": len(frame)})
    ground = relief.shaded_relief(width=RELIEF_WIDTH)
    west, south, east, north = ground.bounds_lonlat
    files["outline.geojson"] = json.loads(outline(banners))
    files["atlas.json"] = {
        "layers": specs,
        "precisions": precision_values(),
        "credit": CREDIT,
        "outline": "outline.geojson",
        "relief": {"url": data_uri(ground.encode()), "bounds": [[south, west], [north, east]]},
    }
    places = [
        str(place)
        for layer in chosen.layers
        if layer.geometry.rule != "neighbours"
        for place in chosen.features[layer.id]["place"]
    ]
    governing, quotes = _governing(atlas, list(dict.fromkeys(places)), progress)
    few = len(chosen.layers) <= 8
    shown = view.shown or tuple(layer.id for layer in chosen.layers if layer.shown or few)
    data = {
        "files": files,
        "config": "atlas.json",
        "options": {"home": _corners(HOME), "frame": _corners(FRAME), "zooms": [MIN_ZOOM, MAX_ZOOM]},
        "themes": [{"id": key, "title": {"zh": zh, "en": en}} for key, (zh, en) in THEMES.items()],
        "shown": list(shown),
        "selected": view.selected,
        "look_at": list(view.look_at),
        "lang": view.lang,
        "edition": dict(zip(("zh", "en"), lines["edition"].split(" / "), strict=True)),
        "about": dict(lines),
        "governing": governing,
        "quotes": quotes,
    }
    return page(data, lines["title"])


def _drawn(chosen: Chosen, banners: gpd.GeoDataFrame) -> dict[str, gpd.GeoDataFrame]:
    """Return the features as they are drawn: units simplified together with all their neighbours, then filtered."""
    units = banners.copy()
    add_languages(units, "note")
    drawn = on_screen({**chosen.features, "banners": units}, chosen.layers)
    if "banners" in chosen.features:
        drawn["banners"] = drawn["banners"][drawn["banners"]["feature"].isin(chosen.features["banners"]["feature"])]
    return drawn


def _governing(
    atlas: Atlas, places: Sequence[str], progress: Progress | None
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what governs each place (counts by basis, indices of quotations) and the quotations themselves."""
    links = atlas.links()
    region_wide = set(links.loc[links["basis"] == str(Basis.REGION), "provision"])
    known = atlas.gazetteer.places
    quotes: list[dict[str, Any]] = []
    index: dict[tuple[str, str, tuple[tuple[int, int], ...]], int] = {}
    found: dict[str, Any] = {}
    for done, place in enumerate(places):
        if progress and done % 20 == 0:
            progress(done, len(places))
        if place not in known:
            continue
        records = atlas.governing(place, region_wide=False)
        counts = {
            str(basis): sum(one.basis is basis for one in records) for basis in Basis if basis is not Basis.REGION
        }
        own = []
        for one in [record for record in records if record.basis is Basis.NAMED][:MOST_QUOTES]:
            key = (one.id, one.quotation, one.marks)
            if key not in index:
                index[key] = len(quotes)
                quotes.append(
                    {"citation": one.citation, "text": one.quotation, "marks": [list(mark) for mark in one.marks]}
                )
            own.append(index[key])
        rest = len(region_wide - {one.id for one in records}) if atlas.in_region(known[place]) else 0
        found[place] = {"counts": {key: count for key, count in counts.items() if count}, "region": rest, "quotes": own}
    return found, quotes


def _corners(bounds: tuple[float, float, float, float]) -> list[list[float]]:
    west, south, east, north = bounds
    return [[south, west], [north, east]]


def _plain(value: Any) -> str:
    return "" if value is None or value != value else str(value)  # noqa: PLR0124  # NaN is not itself
