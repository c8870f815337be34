"""Features that a layer's definition describes: unions of units and shapes, lines through nodes, places that are named.

The lines stand in `geodata/shapes/lines.csv` and `line_nodes.csv`: a node is a place of the gazetteer, a point of its
own with its source, or `along:river/huanghe`, the mapped course between the nodes before and after it. All are
schematic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from atlas.errors import SourceError, UnknownNameError
from atlas.gazetteer import Gazetteer
from atlas.gazetteer.tables import rows
from atlas.geometry import areas, boundaries, shapes, water
from atlas.geometry.corridors import Point, along, corridor
from atlas.layers import Area, Layer
from atlas.models import Mention, Place, Precision
from atlas.project_shapes import Drawn, Shape
from atlas.projects.project import Project

LINES = "lines.csv"
LINE_NODES = "line_nodes.csv"
NAMED_IN = "named-in:"
COUNTIES_OF = "counties-of:"  # the county-level members of a group or class, without leagues and features
COUNTIES_ON = "counties-on:"  # the county-level units on a mapped river
ALONG = "along:"


@dataclass(frozen=True)
class Sources:
    """What features are made from."""

    gazetteer: Gazetteer
    shapes_folder: Path
    mentions: Mapping[str, Sequence[Mention]] = field(default_factory=dict)  # by provision
    projects: tuple[Project, ...] = ()  # the register
    shapes: Mapping[str, Shape] = field(default_factory=dict)  # of the undertakings, by id


def of_place(place: Place) -> dict[str, Any]:
    """Return the columns of a feature that are those of its place."""
    return {
        "place": place.id,
        "name_zh": place.name,
        "name_en": place.name_en,
        "type": place.type,
        "adcode": place.adcode or "",
        "note": place.note,
    }


# -- unions ------------------------------------------------------------------------------------------------------------


def make_areas(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    """Return the features of a layer of areas.

    Raises:
        SourceError: a member is neither a unit, a drawn shape, a group, a class nor a provision that names a unit.
    """
    drawn = _drawn(sources.shapes_folder)
    found = [_area(layer, area, sources, drawn) for area in layer.geometry.areas]
    return gpd.GeoDataFrame(found, crs=boundaries.CRS)


def _area(layer: Layer, area: Area, sources: Sources, drawn: Mapping[str, Any]) -> dict[str, Any]:
    members = _members(layer, area, sources, drawn)
    known = sources.gazetteer.places
    units = areas.without_parts(member for member in members if member.isdigit())
    parts = [areas.unit_boundaries()[code] for code in units if code in areas.unit_boundaries()]
    precisions = [Precision.BOUNDARY] * len(parts)
    origins = [boundaries.SOURCE] if parts else []
    for member in members:
        if member in drawn:
            parts.append(drawn[member].geometry)
            precisions.append(Precision(drawn[member].precision))
            origins.append(f"{member}：{drawn[member].source}")
    if not parts:
        raise SourceError(f"layer {layer.id}, {area.place}: no member has a shape; see `members`")
    precision = areas.least_exact([*precisions, *([area.precision] if area.precision else [])])
    used = (*units, *(member for member in members if member in drawn))
    names = "、".join(known[member].name if member in known else drawn[member].name for member in used)
    lists = [member.removeprefix(NAMED_IN) for member in area.members if member.startswith(NAMED_IN)]
    courses = [member.removeprefix(COUNTIES_ON) for member in area.members if member.startswith(COUNTIES_ON)]
    listed = f"名单由程序读自{'、'.join(lists)}：" if lists else "由以下合成："
    if courses:
        origins.append(water.RIVER_SOURCE)
        listed = f"{'、'.join(known[course].name for course in courses)}流经的旗县："
    alone = drawn[used[0]] if len(used) == 1 and used[0] in drawn else None
    if alone is not None:  # nothing is put together: the shape speaks for itself
        listed, names = "", alone.note
    return _described(area, sources, drawn) | {
        "status": area.status,
        "precision": precision.value,
        "source": "；".join([*lists, *dict.fromkeys(origins)]),
        "note": f"{listed}{names}" + (f"；{area.note}" if area.note else ""),
        "geometry": areas.together(parts, in_region=area.in_region),
    }


def _described(area: Area, sources: Sources, drawn: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that describe an area: its own words, else those of the gazetteer or of its drawn shape."""
    gazetteer = sources.gazetteer
    if area.place in gazetteer.places:
        facts = of_place(gazetteer.places[area.place])
    else:
        entry = gazetteer.groups.get(area.place) or gazetteer.classes.get(area.place) or drawn.get(area.place)
        names = {"name_zh": entry.name, "name_en": entry.name_en} if entry else {"name_zh": "", "name_en": ""}
        facts = {"place": area.place, "type": area.type, "adcode": "", **names}
    if area.name:
        facts |= {"name_zh": area.name.zh, "name_en": area.name.en}
    return facts


def _members(layer: Layer, area: Area, sources: Sources, drawn: Mapping[str, Any]) -> tuple[str, ...]:
    gazetteer = sources.gazetteer
    found: list[str] = []
    for member in area.members:
        if member.startswith(NAMED_IN):
            provision = member.removeprefix(NAMED_IN)
            units = [place.id for place in _named(sources, (provision,)) if place.id.isdigit()]
            if not units:
                raise SourceError(f"layer {layer.id}, {area.place}: {provision} names no unit")
            found.extend(units)
        elif member.startswith(COUNTIES_OF):
            listed = gazetteer.members(member.removeprefix(COUNTIES_OF))
            found.extend(code for code in listed if code.isdigit() and not code.endswith("00"))
        elif member.startswith(COUNTIES_ON):
            found.extend(water.counties_on(member.removeprefix(COUNTIES_ON)))
        elif member in gazetteer.groups or member in gazetteer.classes:
            found.extend(gazetteer.members(member))
        elif member in gazetteer.places or member in drawn:
            found.append(member)
        else:
            known = [*gazetteer.places, *gazetteer.groups, *gazetteer.classes, *drawn]
            raise SourceError(f"layer {layer.id}, {area.place}: {UnknownNameError('member', member, known)}")
    return tuple(dict.fromkeys(found))


def _drawn(folder: Path) -> dict[str, Any]:
    """Return all drawn shapes by id."""
    return {
        row.place: row for path in sorted(folder.glob("*.geojson")) for row in shapes.load(path).itertuples(index=False)
    }


# -- lines -------------------------------------------------------------------------------------------------------------


def make_lines(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    """Return the lines of a layer, from the two tables; a line of an undertaking takes its status from the register.

    Raises:
        SourceError: a line without nodes, a node that is no place with a point, a point without a source, an
            undertaking that the register does not have.
    """
    by_name = {project.name: project for project in sources.projects}
    found = []
    for row, line in _table(sources.shapes_folder, sources.gazetteer):
        if row["layer"] != layer.id:
            continue
        project = by_name.get(row["undertaking"])
        if row["undertaking"] and project is None:
            known = [one.name for one in sources.projects if one.category in layer.geometry.categories]
            raise SourceError(f"table {LINES}: {UnknownNameError('undertaking', row['undertaking'], known)}")
        found.append(
            {
                "place": row["line"],
                "name_zh": row["name"],
                "name_en": row["name_en"],
                "type": row["type"],
                "status": row["status"] if project is None else project.status,
                "precision": Precision.SCHEMATIC.value,
                "source": row["source"],
                "note": line.note,
                "geometry": line.geometry,
            }
        )
    return gpd.GeoDataFrame(found, crs=boundaries.CRS)


def drawn_lines(folder: Path, gazetteer: Gazetteer) -> dict[str, Drawn]:
    """Return the lines of the table that are drawn for an undertaking, by its name in the register.

    Raises:
        SourceError: as `make_lines`.
    """
    return {row["undertaking"]: line for row, line in _table(folder, gazetteer) if row["undertaking"]}


def _table(folder: Path, gazetteer: Gazetteer) -> Iterator[tuple[dict[str, str], Drawn]]:
    legs = _legs(folder / LINE_NODES, gazetteer)
    columns = ("line", "layer", "undertaking", "name", "name_en", "type", "status", "source", "note")
    for number, row in rows(folder / LINES, columns):
        if row["line"] not in legs or not row["source"]:
            raise SourceError(f"table {LINES}, line {number}: {row['line']} has no nodes or no source")
        stops, names = legs[row["line"]]
        note = f"示意线：{'—'.join(names)}，只表示关系，不是线位"
        yield row, Drawn(corridor(stops), f"{note}；{row['note']}" if row["note"] else note)


def _legs(path: Path, gazetteer: Gazetteer) -> dict[str, tuple[list[Point], list[str]]]:
    """Return the points and the names of the nodes of every line."""
    table: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for number, row in rows(path, ("line", "node", "name", "lon", "lat", "source")):
        table.setdefault(row["line"], []).append((number, row))
    return {line: _through(path, nodes, gazetteer) for line, nodes in table.items()}


def _through(
    path: Path, nodes: list[tuple[int, dict[str, str]]], gazetteer: Gazetteer
) -> tuple[list[Point], list[str]]:
    located = [None if row["node"].startswith(ALONG) else _node(path, number, row, gazetteer) for number, row in nodes]
    points: list[Point] = []
    names: list[str] = []
    for index, (number, row) in enumerate(nodes):
        here = located[index]
        if here is not None:
            points.append(here[0])
            names.append(here[1])
            continue
        before, after = (located[at] if 0 <= at < len(nodes) else None for at in (index - 1, index + 1))
        if before is None or after is None:
            raise SourceError(f"table {path.name}, line {number}: {row['node']} needs a node before and after it")
        points.extend(along(_course(path, number, row["node"].removeprefix(ALONG)), before[0], after[0]))
        names.append(f"（沿{row['name']}）")
    return points, names


def _node(path: Path, number: int, row: dict[str, str], gazetteer: Gazetteer) -> tuple[Point, str]:
    if not row["node"]:
        if not row["source"]:
            raise SourceError(f"table {path.name}, line {number}: {row['name']} has no source")
        try:
            return (float(row["lon"]), float(row["lat"])), row["name"]
        except ValueError as error:
            raise SourceError(f"table {path.name}, line {number}: {error}") from error
    places = [gazetteer.places[member] for member in gazetteer.members(row["node"]) if member in gazetteer.places]
    points = [(place.lon, place.lat) for place in places if place.lon is not None and place.lat is not None]
    if not points:
        choices = [key for key, place in gazetteer.places.items() if place.lon is not None]
        raise SourceError(
            f"table {path.name}, line {number}: {UnknownNameError('place with a point', row['node'], choices)}"
        )
    middle = (sum(point[0] for point in points) / len(points), sum(point[1] for point in points) / len(points))
    named = gazetteer.groups[row["node"]].name if row["node"] in gazetteer.groups else places[0].name
    return middle, row["name"] or named


def _course(path: Path, number: int, place: str) -> shapely.Geometry:
    rivers = water.rivers()
    found = rivers[rivers["place"] == place]
    if found.empty:
        raise SourceError(f"table {path.name}, line {number}: no mapped river {place!r}; see: atlas features rivers")
    return found.geometry.iloc[0]


# -- places that provisions name ---------------------------------------------------------------------------------------


def make_named(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    """Return the places of the layer's types that its provisions name: points at them, or the boundaries of units."""
    found: dict[str, dict[str, Any]] = {}
    for status in layer.geometry.named:
        for provision in status.provisions:
            for place in _named(sources, (provision,)):
                if place.type not in layer.geometry.types:
                    continue
                if place.id in found:
                    found[place.id]["provisions"].append(provision)
                    continue
                geometry, precision, source = _shape_of(place, layer)
                if geometry is not None:
                    found[place.id] = of_place(place) | {
                        "status": status.status,
                        "precision": precision,
                        "source": source,
                        "geometry": geometry,
                        "provisions": [provision],
                    }
    for row in found.values():
        listed = "、".join(dict.fromkeys(row.pop("provisions")))
        row["source"] = f"{listed}；{row['source']}"
        row["note"] = f"{listed}点名"
    return gpd.GeoDataFrame(list(found.values()), crs=boundaries.CRS)


def _shape_of(place: Place, layer: Layer) -> tuple[shapely.Geometry | None, str, str]:
    if layer.geometry.kind == "polygon":
        return areas.unit_boundaries().get(place.id), Precision.BOUNDARY.value, boundaries.SOURCE
    if place.lon is None or place.lat is None or place.precision is None:
        return None, "", ""
    return shapely.Point(place.lon, place.lat), place.precision.value, place.source


def _named(sources: Sources, provisions: Iterable[str]) -> list[Place]:
    """Return the places that provisions name, each once, in the text's order.

    Raises:
        SourceError: there is no such provision.
    """
    found: dict[str, Place] = {}
    for provision in provisions:
        if provision not in sources.mentions:
            raise SourceError(f"a layer names {UnknownNameError('provision', provision, sources.mentions)}")
        for mention in sources.mentions[provision]:
            for member in sources.gazetteer.members(mention.place or ""):
                if place := sources.gazetteer.places.get(member):
                    found.setdefault(place.id, place)
    return list(found.values())


def status_of(place: Place, layer: Layer, sources: Sources) -> str:
    """Return the status of a site by the provision that names it, or the unit that it is named after."""
    for status in layer.geometry.named:
        for provision in status.provisions:
            for mention in sources.mentions.get(provision, ()):
                if mention.place == place.id or place.name.startswith(mention.surface):
                    return status.status
    return ""
