"""What must hold in a built atlas: each rule yields the defects it finds (`atlas check`)."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, radians
from typing import TYPE_CHECKING

import shapely
import shapely.ops
from pyproj import Geod

from atlas.geometry.boundaries import CRS, national_border
from atlas.models import Defect, Precision

if TYPE_CHECKING:
    from atlas.store import Atlas

ARTICLES = {"model": 66, "ecology": 99, "security": 89, "energy": 79, "agriculture": 79, "bridgehead": 86, "border": 73}
UNITS = {"leagues": 12, "banners": 103}
BORDER_UNITS = 20
# A land port stands at the border; where its town stands in, the town may lie further inland.
PORT_TO_BORDER_KM = {Precision.SITE: 10.0, Precision.DIGITISED: 10.0, Precision.SEAT: 20.0}
TOWN_EDGE_DEGREES = 0.02  # a town may spill over the generalised boundary by so much
LAND_KINDS = ("road", "rail")
_GEOD = Geod(ellps="GRS80")


def check(atlas: Atlas) -> tuple[Defect, ...]:
    """Return every defect of a built atlas, in the order of the rules."""
    rules = (_articles, _units, _border_class, _legal_basis, _geometry, _located, _offsets, _targets)
    return tuple(defect for rule in rules for defect in rule(atlas))


def _articles(atlas: Atlas) -> Iterator[Defect]:
    table = atlas.provisions()
    articles = table[table["kind"] == "article"].groupby("document").size()
    for document, wanted in ARTICLES.items():
        if (found := int(articles.get(document, 0))) != wanted:
            yield Defect(rule="articles", subject=document, message=f"{found} articles instead of {wanted}")


def _units(atlas: Atlas) -> Iterator[Defect]:
    for layer, wanted in UNITS.items():
        if (found := len(atlas.features(layer))) != wanted:
            yield Defect(rule="units", subject=layer, message=f"{found} units instead of {wanted}")
    for place in atlas.gazetteer.places.values():
        if place.type in {"league", "county"} and not place.name_en:
            yield Defect(rule="units", subject=place.id, message=f"{place.name} has no English name")


def _border_class(atlas: Atlas) -> Iterator[Defect]:
    border = atlas.gazetteer.classes.get("class/border")
    if border is None or len(set(border.members)) != BORDER_UNITS:
        found = len(set(border.members)) if border else 0
        yield Defect(rule="border-class", subject="class/border", message=f"{found} members instead of {BORDER_UNITS}")


def _legal_basis(atlas: Atlas) -> Iterator[Defect]:
    known = set(atlas.provisions()["id"])
    for layer in atlas.layers():
        for provision in layer.legal_basis:
            if provision not in known:
                yield Defect(rule="legal-basis", subject=layer.id, message=f"there is no provision {provision}")


def _geometry(atlas: Atlas) -> Iterator[Defect]:
    for layer in atlas.layers():
        frame = atlas.features(layer.id)
        if frame.empty and layer.pending:
            continue  # it says itself why it is empty
        if frame.empty:
            yield Defect(rule="geometry", subject=layer.id, message="the layer has no features")
            continue
        if frame.crs is None or frame.crs.to_string() != CRS:
            yield Defect(rule="geometry", subject=layer.id, message=f"CRS {frame.crs} instead of {CRS}")
        for row in frame.itertuples(index=False):
            shape = row.geometry
            if shape is None or shape.is_empty or not shape.is_valid:
                yield Defect(rule="geometry", subject=row.feature, message="empty or invalid geometry")
            if row.precision not in set(Precision) or not row.source:
                yield Defect(rule="geometry", subject=row.feature, message="no precision or no source")


def _located(atlas: Atlas) -> Iterator[Defect]:
    """Points lie inside the unit that their row names; land ports lie at the national border."""
    banners = atlas.features("banners").set_index("place").geometry
    border = national_border()
    for place in atlas.gazetteer.places.values():
        if place.lon is None or place.lat is None:
            continue
        point = shapely.Point(place.lon, place.lat)
        inside = {relation.unit for relation in atlas.relations(place.id) if relation.place == place.id}
        if (
            place.adcode in banners.index
            and place.adcode not in inside  # a lake lies in a unit by its shape, wherever its label point is
            and not banners[place.adcode].buffer(TOWN_EDGE_DEGREES).covers(point)
        ):
            yield Defect(
                rule="located",
                subject=place.id,
                message=f"{place.name} at {place.lon}, {place.lat} is outside {place.adcode}",
            )
        if place.type == "port" and place.kind.split("-")[0] in LAND_KINDS:
            distance = distance_km(point, border)
            if distance > PORT_TO_BORDER_KM.get(place.precision or Precision.SITE, 0.0):
                yield Defect(
                    rule="located", subject=place.id, message=f"{place.name} is {distance:.1f} km from the border"
                )


def distance_km(point: shapely.Point, line: shapely.Geometry) -> float:
    """Return the geodesic distance (km, GRS 80) from a point to the nearest point of a line, both in degrees."""
    # The nearest point is found in a plane stretched so that degrees of both axes are equally long here.
    stretch = shapely.transform(line, lambda xy: xy * [_cos(point.y), 1.0])
    _, nearest = shapely.ops.nearest_points(shapely.Point(point.x * _cos(point.y), point.y), stretch)
    return float(_GEOD.inv(point.x, point.y, nearest.x / _cos(point.y), nearest.y)[2]) / 1000


def _cos(lat: float) -> float:
    return cos(radians(lat))


def _offsets(atlas: Atlas) -> Iterator[Defect]:
    for row in atlas.mentions().itertuples(index=False):
        if row.witness_end <= row.witness_start:
            yield Defect(rule="offsets", subject=row.provision, message=f"{row.surface} has an empty span")


def _targets(atlas: Atlas) -> Iterator[Defect]:
    gazetteer = atlas.gazetteer
    known = gazetteer.places.keys() | gazetteer.groups.keys() | gazetteer.classes.keys()
    for target, count in atlas.link_targets().items():
        if target not in known:
            yield Defect(
                rule="targets", subject=target, message=f"{count} links to something that is not in the gazetteer"
            )
