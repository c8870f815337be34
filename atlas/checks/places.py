"""The gazetteer: all units and members are there, and every point lies where its row says."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, radians
from typing import TYPE_CHECKING

import shapely
import shapely.ops
from pyproj import Geod

from atlas.geometry.boundaries import national_border
from atlas.models import Defect, Precision

if TYPE_CHECKING:
    from atlas.store import Atlas

UNITS = {"leagues": 12, "banners": 103}
# The lists that the texts close.
MEMBERS = {
    "class/border": 20,
    "group/shida-kongdui": 10,
    "group/yihu-lianghai": 3,
    "group/wuda-shamo": 5,
    "group/wuda-shadi": 5,
}
# A land port stands at the border; where its town stands in, the town may lie further inland.
PORT_TO_BORDER_KM = {Precision.SITE: 10.0, Precision.DIGITISED: 10.0, Precision.SEAT: 20.0}
TOWN_EDGE_DEGREES = 0.02  # a town may spill over the generalised boundary by so much
LAND_KINDS = ("road", "rail")
_GEOD = Geod(ellps="GRS80")


def units(atlas: Atlas) -> Iterator[Defect]:
    """Look for leagues and banners that are not drawn or have no English name."""
    for layer, wanted in UNITS.items():
        if (found := len(atlas.features(layer))) != wanted:
            yield Defect(rule="units", subject=layer, message=f"{found} units instead of {wanted}")
    for place in atlas.gazetteer.places.values():
        if place.type in {"league", "county"} and not place.name_en:
            yield Defect(rule="units", subject=place.id, message=f"{place.name} has no English name")


def members(atlas: Atlas) -> Iterator[Defect]:
    """Look for closed lists without all their members, and for members that stand twice or nowhere."""
    gazetteer = atlas.gazetteer
    for name, wanted in MEMBERS.items():
        found = set(gazetteer.members(name)) if name in gazetteer.groups or name in gazetteer.classes else set()
        if len(found) != wanted:
            yield Defect(rule="members", subject=name, message=f"{len(found)} members instead of {wanted}")
    lists = {entry.id: entry.members for table in (gazetteer.groups, gazetteer.classes) for entry in table.values()}
    for name, listed in lists.items():
        if len(set(listed)) != len(listed):
            yield Defect(rule="members", subject=name, message="a member stands twice")
        for member in listed:
            if member not in gazetteer.places:
                yield Defect(rule="members", subject=name, message=f"{member} is not in the gazetteer")


def inside_their_unit(atlas: Atlas) -> Iterator[Defect]:
    """Look for points outside the banner or league that their row names."""
    grounds = {layer: atlas.features(layer).set_index("place").geometry for layer in ("banners", "leagues")}
    drawn = [layer.id for layer in atlas.layers() if layer.geometry.kind != "point"]
    shaped = {place for layer in drawn for place in atlas.features(layer)["place"]}
    for place in atlas.gazetteer.places.values():
        if place.lon is None or place.lat is None:
            continue
        point = shapely.Point(place.lon, place.lat)
        # A lake lies in a unit by its shape, wherever its label point is.
        relations = atlas.relations(place.id) if place.id in shaped else ()
        inside = {relation.unit for relation in relations if relation.place == place.id}
        for unit in dict.fromkeys((place.adcode, place.parent)):
            ground = next((ground[unit] for ground in grounds.values() if unit in ground.index), None)
            if ground is not None and unit not in inside and not ground.buffer(TOWN_EDGE_DEGREES).covers(point):
                message = f"{place.name} at {place.lon}, {place.lat} is outside {unit}"
                yield Defect(rule="located", subject=place.id, message=message)


def land_ports(atlas: Atlas) -> Iterator[Defect]:
    """Look for land ports away from the national border."""
    border = national_border()
    for place in atlas.gazetteer.places.values():
        if place.type != "port" or place.kind.split("-")[0] not in LAND_KINDS or place.lon is None or place.lat is None:
            continue
        distance = distance_km(shapely.Point(place.lon, place.lat), border)
        if distance > PORT_TO_BORDER_KM.get(place.precision or Precision.SITE, 0.0):
            message = f"{place.name} is {distance:.1f} km from the border"
            yield Defect(rule="land-ports", subject=place.id, message=message)


def distance_km(point: shapely.Point, line: shapely.Geometry) -> float:
    """Return the geodesic distance (km, GRS 80) from a point to the nearest point of a line, both in degrees."""
    # The nearest point is found in a plane stretched so that degrees of both axes are equally long here.
    stretch = shapely.transform(line, lambda xy: xy * [_cos(point.y), 1.0])
    _, nearest = shapely.ops.nearest_points(shapely.Point(point.x * _cos(point.y), point.y), stretch)
    return float(_GEOD.inv(point.x, point.y, nearest.x / _cos(point.y), nearest.y)[2]) / 1000


def _cos(lat: float) -> float:
    return cos(radians(lat))
