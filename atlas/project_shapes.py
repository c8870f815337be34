"""Where the undertakings of the register lie: a geometry for each, or the reason why there is none.

A route is a line through its stops and through sourced way points, always schematic. Another undertaking lies where
the gazetteer has it (`site`), else at the places that the text gives it: drawn shapes and mapped waters as they are,
units at their seats, groups and classes at their members. Coordinates are (lon, lat), EPSG:4490.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import shapely

from atlas.errors import SourceError
from atlas.gazetteer import Gazetteer
from atlas.gazetteer.tables import rows
from atlas.geometry import areas, shapes, water
from atlas.geometry.corridors import Point, corridor
from atlas.models import Precision
from atlas.projects.project import Project

# Degrees (about 1 km): what a shape loses where it only shows which lake or desert an undertaking is about.
_TOLERANCE = 0.01
_NO_PLACE = "原文没有点出地点"


class Shape(NamedTuple):
    """A geometry, how exact it is, and what it shows (or why there is none)."""

    geometry: shapely.Geometry | None
    precision: str
    note: str


class Drawn(NamedTuple):
    """A line of the table of lines that serves some undertakings: its geometry and what it says of itself."""

    geometry: shapely.Geometry
    note: str


def located(place: str | None, gazetteer: Gazetteer) -> Point | None:
    """Return the point (lon, lat) of a place of the gazetteer, None where it has none."""
    found = gazetteer.places.get(place or "")
    return None if found is None or found.lon is None or found.lat is None else (found.lon, found.lat)


def known_shapes(folder: Path) -> dict[str, tuple[shapely.Geometry, Precision]]:
    """Return the shapes that places have beside their points: drawn ones in `folder`, mapped lakes and rivers."""
    frames = [water.rivers(), water.lakes()]
    frames += [shapes.load(path) for path in sorted(folder.glob("*.geojson"))]
    return {
        row.place: (shapely.simplify(row.geometry, _TOLERANCE), Precision(row.precision))
        for frame in frames
        for row in frame.itertuples(index=False)
    }


class Waypoint(NamedTuple):
    """A sourced point that a course runs through between two of its stops."""

    course: str
    after: int  # the stop that it follows; 0: the first
    order: int
    name: str
    point: Point


def read_waypoints(path: Path) -> tuple[Waypoint, ...]:
    """Return the way points of the table.

    Raises:
        SourceError: a row without a source, or with a cell that is no number.
    """
    found = []
    for line, row in rows(path, ("corridor", "order", "after", "name", "lon", "lat", "source")):
        if not row["source"]:
            raise SourceError(f"table {path.name}, line {line}: {row['name']} has no source")
        try:
            point = (float(row["lon"]), float(row["lat"]))
            found.append(Waypoint(row["corridor"], int(row["after"]), int(row["order"]), row["name"], point))
        except ValueError as error:
            raise SourceError(f"table {path.name}, line {line}: {error}") from error
    return tuple(found)


def legs(waypoints: Iterable[Waypoint]) -> dict[str, dict[int, tuple[Point, ...]]]:
    """Return the way points (lon, lat) of each course, by the stop that they follow, in their order."""
    found: dict[str, dict[int, list[Waypoint]]] = {}
    for one in waypoints:
        found.setdefault(one.course, {}).setdefault(one.after, []).append(one)
    return {
        course: {after: tuple(one.point for one in sorted(leg, key=lambda one: one.order)) for after, leg in of.items()}
        for course, of in found.items()
    }


def units_on(waypoints: Iterable[Waypoint], counties: gpd.GeoDataFrame) -> dict[str, dict[str, str]]:
    """Return the units that each course has way points in, with the name of the first: course -> adcode -> name.

    Args:
        waypoints: of all courses.
        counties: polygons with `adcode`, EPSG:4490.
    """
    found: dict[str, dict[str, str]] = {}
    for one in waypoints:
        for at in counties.sindex.query(shapely.Point(one.point), predicate="within"):
            found.setdefault(one.course, {}).setdefault(str(counties["adcode"].iloc[at]), one.name)
    return found


def project_shapes(
    projects: Sequence[Project],
    gazetteer: Gazetteer,
    waypoints: Mapping[str, Mapping[int, Sequence[Point]]],
    known: Mapping[str, tuple[shapely.Geometry, Precision]],
    drawn: Mapping[str, Drawn],
) -> dict[str, Shape]:
    """Return the shape of every undertaking, by its id.

    Args:
        projects: the register.
        gazetteer: has the points of places and the members of groups.
        waypoints: course -> after which stop (0: the first) -> way points.
        known: shapes of places, by id.
        drawn: lines that are drawn for an undertaking by hand, by its name.
    """
    found: dict[str, Shape] = {}
    for project in projects:
        if project.name in drawn:
            line = drawn[project.name]
            found[project.id] = Shape(line.geometry, Precision.SCHEMATIC.value, line.note)
        elif project.course:
            found[project.id] = _route(project, gazetteer, waypoints)
        else:
            found[project.id] = _site(project, gazetteer, known)
    return found | _chained(projects, gazetteer, found)


def _route(project: Project, gazetteer: Gazetteer, waypoints: Mapping[str, Mapping[int, Sequence[Point]]]) -> Shape:
    stops = list(zip((located(place, gazetteer) for place in project.places), project.place_names, strict=True))
    lost = [name for point, name in stops if point is None]
    points = [point for point, _ in stops if point is not None]
    missing = f"未定位节点：{'、'.join(lost)}" if lost else ""
    if len(points) < 2:
        return Shape(None, "", missing or "只有一个节点，连不成线") if points else Shape(None, "", missing or _NO_PLACE)
    # Way points are counted from the stops as printed: they can only be used where every stop is placed.
    via = {} if lost else waypoints.get(project.course, {})
    between = sum(len(leg) for leg in via.values())
    note = f"示意线：经纲要所列{len(points)}个节点" + (f"和{between}个有来源的途经点" if between else "")
    note += "连成，不是线位" + (f"；{missing}" if missing else "")
    return Shape(corridor(points, via), Precision.SCHEMATIC.value, note)


def _chained(projects: Sequence[Project], gazetteer: Gazetteer, found: Mapping[str, Shape]) -> dict[str, Shape]:
    """Draw sections of one road that meet at stops without a point as one line from end to end.

    白音查干至安业, 安业至公主埂 and 公主埂至经棚 are one line, 白音查干 to 经棚, as long as nobody knows where the two
    stops between them lie.
    """
    shared: dict[str, Shape] = {}
    chain: list[Project] = []
    for project in (*projects, None):
        joins = (
            project is not None
            and bool(chain)
            and bool(project.course)
            and project.listing.provision == chain[-1].listing.provision
            and project.places[:1] == chain[-1].places[-1:]
            and located(project.places[0], gazetteer) is None
        )
        if joins and project is not None:
            chain.append(project)
            continue
        if len(chain) > 1:
            shared |= _whole(chain, gazetteer)
        chain = [project] if project is not None and project.course and found[project.id].geometry is None else []
    return shared


def _whole(chain: Sequence[Project], gazetteer: Gazetteer) -> dict[str, Shape]:
    ends = (located(chain[0].places[0], gazetteer), located(chain[-1].places[-1], gazetteer))
    if ends[0] is None or ends[1] is None:
        return {}
    names = [chain[0].place_names[0], *(one.place_names[-1] for one in chain)]
    note = f"示意线：{'—'.join(names)}合画为一条，不是线位；未定位节点：{'、'.join(names[1:-1])}"
    shape = Shape(corridor([ends[0], ends[1]]), Precision.SCHEMATIC.value, note)
    return {one.id: shape for one in chain}


def _site(project: Project, gazetteer: Gazetteer, known: Mapping[str, tuple[shapely.Geometry, Precision]]) -> Shape:
    own = gazetteer.places.get(project.site or "")
    if own is not None and own.lon is not None and own.lat is not None and own.precision is not None:
        return Shape(shapely.Point(own.lon, own.lat), own.precision.value, f"{own.name}的位置")
    parts: list[shapely.Geometry] = []
    precisions: list[Precision] = []
    lost: list[str] = []
    for place, name in zip(project.places, project.place_names, strict=True):
        here = list(_shapes_of(place, gazetteer, known))
        parts += [geometry for geometry, _ in here]
        precisions += [precision for _, precision in here]
        if not here:
            lost.append(name)
    missing = f"未定位：{'、'.join(lost)}" if lost else ""
    if not parts:
        return Shape(None, "", missing or _NO_PLACE)
    note = "原文所列地点的位置，不是工程范围" + (f"；{missing}" if missing else "")
    return Shape(_collected(parts), areas.least_exact(precisions).value, note)


def _shapes_of(
    place: str | None, gazetteer: Gazetteer, known: Mapping[str, tuple[shapely.Geometry, Precision]]
) -> Iterable[tuple[shapely.Geometry, Precision]]:
    """Yield the shapes of a place, or of the members of a group or class."""
    if place is None:
        return
    members = (place,) if place in known or place in gazetteer.places else gazetteer.members(place)
    for member in members:
        if member in known:
            yield known[member]
            continue
        entry = gazetteer.places.get(member)
        point = located(member, gazetteer)
        if entry is not None and point is not None and entry.precision is not None:
            yield shapely.Point(point), entry.precision


def _collected(parts: Sequence[shapely.Geometry]) -> shapely.Geometry:
    """Return one geometry of several: of one kind a Multi, of several kinds a collection."""
    if len(parts) == 1:
        return parts[0]
    single = [part for one in parts for part in shapely.get_parts(one)]
    kinds = {part.geom_type for part in single}
    maker = {"Point": shapely.MultiPoint, "LineString": shapely.MultiLineString, "Polygon": shapely.MultiPolygon}
    if len(kinds) > 1:
        return shapely.GeometryCollection(single)
    joined: shapely.Geometry = maker[kinds.pop()](single)
    return joined if joined.is_valid else shapely.GeometryCollection(single)
