"""Co-location: which undertakings of the plan lie in or cross an ecological zone, with the words of both.

It states where things lie, within the precision of what is drawn; it does not find conflict or consent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from functools import lru_cache

import geopandas as gpd
import pandas as pd
import shapely

from atlas.analysis.concern import within
from atlas.analysis.grid import EQUAL_AREA
from atlas.errors import UnknownNameError
from atlas.governing.quotation import sentence_around
from atlas.models import Precision
from atlas.store import Atlas

LEAST_SHARE = 0.05  # of a unit that a zone covers, or of a line's length inside it, to be called co-location
_NAMED_IN = "named-in:"  # in a layer's definition: drawn from the units that a provision lists
AREAS = {"county", "league", "region", "province", "country"}


@dataclass(frozen=True)
class Colocated:
    """One undertaking and one zone."""

    project: str
    project_name: str
    place: str  # where the undertaking stands: its site, unit or route
    place_name: str
    zone: str
    zone_name: str
    layer: str
    relation: str  # lies-in: its point or all of it; crosses: a route; shares-unit: both have part of a unit
    share: float  # of the place's area or length inside the zone (0–1)
    precision: str  # the less exact of the two
    project_provision: str
    project_quotation: str
    zone_provision: str
    zone_quotation: str


def zone_layers(atlas: Atlas) -> tuple[str, ...]:
    """Return the layers of ecological areas."""
    return tuple(
        layer.id
        for layer in atlas.layers()
        if layer.geometry.kind == "polygon" and (layer.theme == "ecology" or layer.id == "lakes")
    )


def colocation(atlas: Atlas, layers: Sequence[str] | None = None, unit: str | None = None) -> pd.DataFrame:
    """Return the undertakings that lie in or cross ecological zones.

    Args:
        atlas: the built atlas.
        layers: of zones; all of `zone_layers` by default.
        unit: only undertakings that stand in this unit or cross it.

    Raises:
        UnknownNameError: there is no such layer or unit.
    """
    known = zone_layers(atlas)
    chosen = known if layers is None else tuple(layers)
    for layer in chosen:
        if layer not in known:
            raise UnknownNameError("zone layer", layer, known)
    found = _all(atlas, chosen)
    if unit is None:
        return found
    inside = within(atlas, atlas.place(unit)) | {unit}
    return found[found["place"].isin(inside)].reset_index(drop=True)


@lru_cache(maxsize=8)
def _all(atlas: Atlas, layers: tuple[str, ...]) -> pd.DataFrame:
    columns = [field.name for field in fields(Colocated)]
    rows = [astuple(row) for row in _find(atlas, layers)]
    return pd.DataFrame(rows, columns=columns).drop_duplicates(["project", "place", "zone"]).reset_index(drop=True)


def _find(atlas: Atlas, layers: tuple[str, ...]) -> Iterator[Colocated]:
    zones = _zones(atlas, layers)
    if zones.empty:
        return
    words = {row.place: _zone_words(atlas, row.place, row.name_zh, row.layer) for row in zones.itertuples(index=False)}
    tree = shapely.STRtree(zones.geometry.to_numpy())
    order = list(Precision)
    for project in atlas.projects().itertuples(index=False):
        quotation = _quoted(atlas.provision(project.provision).text, project.text_start, project.text_end)
        for place, name, precision, shape, is_area in _stands(atlas, project):
            for index in tree.query(shape, predicate="intersects"):
                zone = zones.iloc[index]
                if zone["place"] == place:
                    continue  # the undertaking is the zone's own care, not beside it
                share = _share(shape, zone.geometry)
                if share < LEAST_SHARE:
                    continue
                relation = "shares-unit" if is_area else "crosses" if share < 0.99 else "lies-in"
                less_exact = max(precision, zone["precision"], key=lambda value: order.index(Precision(value)))
                yield Colocated(
                    project.id,
                    project.name,
                    place,
                    name,
                    zone["place"],
                    zone["name_zh"],
                    zone["layer"],
                    relation,
                    round(share, 3),
                    less_exact,
                    project.provision,
                    quotation,
                    *words[zone["place"]],
                )


def _zones(atlas: Atlas, layers: tuple[str, ...]) -> gpd.GeoDataFrame:
    frames = [atlas.features(layer).assign(layer=layer) for layer in layers]
    joined = pd.concat([frame for frame in frames if len(frame)], ignore_index=True) if frames else pd.DataFrame()
    if joined.empty:
        return gpd.GeoDataFrame()
    named = joined[joined["name_zh"].fillna("") != ""].reset_index(drop=True)
    return gpd.GeoDataFrame(named, crs="EPSG:4490").to_crs(EQUAL_AREA)


def _stands(atlas: Atlas, project: object) -> Iterator[tuple[str, str, str, shapely.Geometry, bool]]:
    """Yield where an undertaking stands: place, name, precision, shape (metres), and whether it is a unit's area."""
    shapes = _shapes(atlas)
    route = shapes.get(project.id)  # type: ignore[attr-defined]
    if route is not None:
        yield route
        return
    site, named = project.site, project.places  # type: ignore[attr-defined]
    keys = [site] if isinstance(site, str) else [key for key in named if key]  # pandas turns a missing site into NaN
    for key in keys:
        if key in shapes and atlas.gazetteer.places[key].type not in {"league", "region", "province", "country"}:
            yield shapes[key]


@lru_cache(maxsize=2)
def _shapes(atlas: Atlas) -> dict[str, tuple[str, str, str, shapely.Geometry, bool]]:
    """Return the shape of every place and route that an undertaking may stand at, in metres."""
    wanted = {key for keys in atlas.projects()["places"] for key in keys if key}
    wanted |= {site for site in atlas.projects()["site"] if isinstance(site, str)}
    places = atlas.gazetteer.places
    frame = atlas.shapes_of(sorted(key for key in wanted if key in places)).to_crs(EQUAL_AREA)
    found = {
        row.place: (row.place, row.name, row.precision, row.geometry, places[row.place].type in AREAS)
        for row in frame.itertuples(index=False)
    }
    routes = atlas.projects()
    routes = routes[(routes["course"] != "") & routes["geojson"].notna()]
    lines = gpd.GeoSeries(shapely.from_geojson(routes["geojson"].to_numpy()), crs="EPSG:4490").to_crs(EQUAL_AREA)
    for key, name, precision, line in zip(routes["id"], routes["name"], routes["precision"], lines, strict=True):
        found[key] = (key, name, precision, line, False)
    return found


def _share(shape: shapely.Geometry, zone: shapely.Geometry) -> float:
    if shape.area > 0:
        return float(shapely.intersection(shape, zone).area / shape.area)
    if shape.length > 0:
        return float(shapely.intersection(shape, zone).length / shape.length)
    return 1.0


def _zone_words(atlas: Atlas, place: str, name: str, layer_id: str) -> tuple[str, str]:
    """Return the provision that speaks of a zone most plainly and its sentence; nothing where none names it.

    What names the zone itself comes first, then what names its group, then the provision whose list of units the zone
    is drawn from, then one of the layer's legal basis that has the zone's name.
    """
    links = _links(atlas)
    groups = [group.id for group in atlas.gazetteer.groups.values() if place in group.members]
    for target in (place, *groups):
        if rows := links.get(target):
            return rows[0]
    layer = next(one for one in atlas.layers() if one.id == layer_id)
    for area in layer.geometry.areas:
        for member in area.members:
            if area.place == place and member.startswith(_NAMED_IN):
                key = member.removeprefix(_NAMED_IN)
                return key, _quoted(atlas.provision(key).text, 0, 0)
    # A name's parts may stand apart in the text: 河套平原 in 河套—土默川平原.
    parts = [part for part in re.split("[—、]", name) if part]
    for form in (name, *parts, *(part.removesuffix("平原") for part in parts)):
        for key in layer.legal_basis:
            text = atlas.provision(key).text
            if (at := text.find(form)) >= 0:
                return key, _quoted(text, at, at + len(form))
    return "", ""


@lru_cache(maxsize=2)
def _links(atlas: Atlas) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in atlas.links().sort_values("certainty", ascending=False, kind="stable").itertuples(index=False):
        found.setdefault(row.target, []).append((row.provision, row.quotation))
    return found


def _quoted(text: str, start: int, end: int) -> str:
    first, last = sentence_around(text, start, end)
    return text[first:last]
