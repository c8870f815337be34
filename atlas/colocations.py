"""Co-location: which undertakings of the plan lie in or cross an ecological zone, with the words of both.

It states where things lie, within the precision of what is drawn; it does not find conflict or consent. Pure, and part
of the build: to lay five hundred undertakings over all zones takes seconds that nobody who asks should wait for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import geopandas as gpd
import shapely

from atlas.features import EQUAL_AREA
from atlas.gazetteer import Gazetteer
from atlas.geometry.boundaries import CRS
from atlas.governing.quotation import sentence_around
from atlas.layers import Layer
from atlas.models import Link, Precision, Provision, Record, Share
from atlas.project_shapes import Shape
from atlas.projects.project import Project

LEAST_SHARE = 0.05  # of a unit that a zone covers, or of a line's length inside it, to be called co-location
ALL_OF_IT = 0.99  # from here on an undertaking lies in a zone and does not cross it
_NAMED_IN = "named-in:"  # in a layer's definition: drawn from the units that a provision lists
AREAS = frozenset({"county", "league", "region", "province", "country"})
WIDE = frozenset({"league", "region", "province", "country"})  # to name one of them says nothing about where in it
_AREA_BEFORE_POINT = {"polygon": 0, "line": 1, "point": 2}


class Colocation(Record):
    """One undertaking and one zone."""

    project: str
    project_name: str
    place: str  # where the undertaking stands: its site, unit or route
    place_name: str
    zone: str
    zone_name: str
    layer: str
    relation: Literal["lies-in", "crosses", "shares-unit"]  # a point or all of it; a route; both have part of a unit
    share: Share  # of the place's area or length inside the zone
    precision: Precision  # the less exact of the two
    project_provision: str
    project_quotation: str
    zone_provision: str
    zone_quotation: str


class Ground(NamedTuple):
    """What lies where: the layers with their features, the gazetteer, the undertakings with their shapes."""

    layers: Sequence[Layer]
    features: Mapping[str, gpd.GeoDataFrame]  # by layer id, EPSG:4490
    gazetteer: Gazetteer
    projects: Sequence[Project]
    shapes: Mapping[str, Shape]  # of the undertakings, by id


class _Stand(NamedTuple):
    """Where an undertaking stands, or a zone lies."""

    place: str
    name: str
    precision: str
    shape: shapely.Geometry  # metres of EQUAL_AREA
    is_area: bool
    layer: str = ""


def is_zone_layer(layer: Layer) -> bool:
    """Say whether a layer shows ecological areas."""
    return layer.geometry.kind == "polygon" and (layer.theme == "ecology" or layer.id == "lakes")


def colocations(ground: Ground, provisions: Sequence[Provision], links: Sequence[Link]) -> tuple[Colocation, ...]:
    """Return the undertakings that lie in or cross ecological zones, in the order of the register.

    Args:
        ground: what lies where.
        provisions: all.
        links: all, with the sentence around their evidence.
    """
    zones = list(_zones(ground))
    if not zones:
        return ()
    texts = {provision.id: provision.text for provision in provisions}
    said = _said_of(links)
    words = {zone.place: _zone_words(ground, zone, texts, said) for zone in zones}
    stands = _stands(ground)
    tree = shapely.STRtree([zone.shape for zone in zones])
    found: dict[tuple[str, str, str], Colocation] = {}
    for project in ground.projects:
        listing = project.listing
        quotation = _quoted(texts[listing.provision], listing.text_start, listing.text_end)
        for stand in _stands_of(project, stands, ground.gazetteer):
            for index in tree.query(stand.shape, predicate="intersects"):
                zone = zones[index]
                key = (project.id, stand.place, zone.place)
                if zone.place == stand.place or key in found:
                    continue  # the undertaking is the zone's own care, not beside it
                share = _share(stand.shape, zone.shape)
                if share < LEAST_SHARE:
                    continue
                within: Literal["lies-in", "crosses"] = "lies-in" if share >= ALL_OF_IT else "crosses"
                provision, words_of_zone = words[zone.place]
                found[key] = Colocation(
                    project=project.id,
                    project_name=project.name,
                    place=stand.place,
                    place_name=stand.name,
                    zone=zone.place,
                    zone_name=zone.name,
                    layer=zone.layer,
                    relation="shares-unit" if stand.is_area else within,
                    share=round(min(1.0, share), 3),
                    precision=_less_exact(stand.precision, zone.precision),
                    project_provision=listing.provision,
                    project_quotation=quotation,
                    zone_provision=provision,
                    zone_quotation=words_of_zone,
                )
    return tuple(found.values())


def _zones(ground: Ground) -> Iterator[_Stand]:
    """Yield the named zones, layer by layer."""
    for layer in ground.layers:
        frame = ground.features[layer.id]
        if is_zone_layer(layer) and len(frame):
            for row in frame.to_crs(EQUAL_AREA).itertuples(index=False):
                if row.name_zh:
                    yield _Stand(row.place, row.name_zh, row.precision, row.geometry, is_area=True, layer=layer.id)


def _stands(ground: Ground) -> dict[str, _Stand]:
    """Return the shape of every place at which an undertaking may stand, and of every route.

    A place's own feature where a layer has one, the area before the point; else its point; else nothing.
    """
    places = ground.gazetteer.places
    wanted = {key for project in ground.projects for key in (*project.places, project.site) if key in places}
    found: dict[str, _Stand] = {}
    for layer in sorted(ground.layers, key=lambda layer: _AREA_BEFORE_POINT[layer.geometry.kind]):
        frame = ground.features[layer.id]
        frame = frame[frame["place"].isin(wanted - found.keys())]
        for row in frame.to_crs(EQUAL_AREA).itertuples(index=False) if len(frame) else ():
            is_area = places[row.place].type in AREAS
            found.setdefault(row.place, _Stand(row.place, row.name_zh, row.precision, row.geometry, is_area))
    rest = [place for key in sorted(wanted - found.keys()) if (place := places[key]).lon is not None]
    points = gpd.GeoSeries(gpd.points_from_xy([one.lon for one in rest], [one.lat for one in rest]), crs=CRS)
    for place, point in zip(rest, points.to_crs(EQUAL_AREA), strict=True):
        found[place.id] = _Stand(place.id, place.name, str(place.precision), point, place.type in AREAS)
    routes = [one for one in ground.projects if one.course and ground.shapes[one.id].geometry is not None]
    lines = gpd.GeoSeries([ground.shapes[one.id].geometry for one in routes], crs=CRS).to_crs(EQUAL_AREA)
    for route, line in zip(routes, lines, strict=True):
        found[route.id] = _Stand(route.id, route.name, ground.shapes[route.id].precision, line, is_area=False)
    return found


def _stands_of(project: Project, stands: Mapping[str, _Stand], gazetteer: Gazetteer) -> Iterator[_Stand]:
    """Yield where an undertaking stands: its route, else its site, else the places that it names."""
    if project.id in stands:
        yield stands[project.id]
        return
    keys = [project.site] if project.site else [key for key in project.places if key]
    for key in keys:
        if key in stands and gazetteer.places[key].type not in WIDE:
            yield stands[key]


def _less_exact(one: str, other: str) -> Precision:
    order = list(Precision)
    return max(Precision(one), Precision(other), key=order.index)


def _share(shape: shapely.Geometry, zone: shapely.Geometry) -> float:
    for size in (shapely.area, shapely.length):
        if size(shape) > 0:
            return float(size(shapely.intersection(shape, zone)) / size(shape))
    return 1.0


def _said_of(links: Sequence[Link]) -> dict[str, tuple[str, str]]:
    """Return the provision that speaks of each target with the greatest certainty, and its sentence."""
    found: dict[str, tuple[str, str]] = {}
    for link in sorted(links, key=lambda link: -link.certainty):  # stable: equals stay in the order of reading
        found.setdefault(link.target, (link.provision, link.quotation))
    return found


def _zone_words(
    ground: Ground, zone: _Stand, texts: Mapping[str, str], said: Mapping[str, tuple[str, str]]
) -> tuple[str, str]:
    """Return the provision that speaks of a zone most plainly and its sentence; nothing where none names it.

    What names the zone itself comes first, then what names its group, then the provision whose list of units the zone
    is drawn from, then one of the layer's legal basis that has the zone's name.
    """
    groups = [group.id for group in ground.gazetteer.groups.values() if zone.place in group.members]
    for target in (zone.place, *groups):
        if target in said:
            return said[target]
    layer = next(one for one in ground.layers if one.id == zone.layer)
    for area in layer.geometry.areas:
        for member in area.members:
            if area.place == zone.place and member.startswith(_NAMED_IN):
                key = member.removeprefix(_NAMED_IN)
                return key, _quoted(texts[key], 0, 0)
    # A name's parts may stand apart in the text: 河套平原 in 河套—土默川平原.
    parts = [part for part in re.split("[—、]", zone.name) if part]
    for form in (zone.name, *parts, *(part.removesuffix("平原") for part in parts)):
        for key in layer.legal_basis:
            if (at := texts[key].find(form)) >= 0:
                return key, _quoted(texts[key], at, at + len(form))
    return "", ""


def _quoted(text: str, start: int, end: int) -> str:
    first, last = sentence_around(text, start, end)
    return text[first:last]
