"""Lakes and rivers: GSHHG shorelines and WDBII rivers (`atlas.geometry.gshhg`), named and ranked.

All vertices of the tables are kept; whoever draws leaves out what the scale cannot show (`atlas.web.geometry`,
`atlas.plate.content`). Positions are good to some kilometres, however finely the lines are drawn, and shorelines are
those of the maps of the 1960s–1980s: precision `mapped`. A lake is known by a published point inside it and checked
against its published area; a river by reviewed rows of `geodata/gazetteer/rivers_match.csv`. Lakes that GSHHG lacks or
has wrong are drawn in `geodata/shapes/lakes.geojson`. Everything leaves here as EPSG:4490, which equals WGS 84 at this
precision.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from math import dist
from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import pandas as pd
import shapely
from pydantic import Field, ValidationError, model_validator
from pyproj import Geod
from shapely.geometry import LineString, MultiLineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge, substring

from atlas.errors import SourceError, UnknownNameError
from atlas.geometry import boundaries, gshhg, shapes, slits
from atlas.models import PLACE_ID, Precision, Record, Share
from atlas.paths import geodata

CRS = "EPSG:4490"
LAKE_SOURCE = f"GSHHG 2.3, resolution {gshhg.RESOLUTION}, via {gshhg.VIA}"
RIVER_SOURCE = f"WDBII (resolution {gshhg.RESOLUTION}) via {gshhg.VIA}"
LAKES_DRAWN = "lakes.geojson"
RIVERS_MATCH = "rivers_match.csv"

# West, south, east, north in degrees: a generous box around Inner Mongolia.
BOX = (97.0, 37.0, 127.0, 54.0)

# A reviewed row names a vertex of its piece; farther than this (degrees), the table is not the one that was reviewed.
REVIEW_TOLERANCE = 0.005

# How far a measured lake may be from the range of its published areas before the polygon is taken for another one.
AREA_TOLERANCE = 0.25

# The table leaves slits of up to 600 m between lines that meet (degrees); a reservoir is a wider gap, and stays one.
SLIT = 0.006

# Runs that are shorter (km) are crumbs of the table, no waters.
CRUMB_KM = 0.05

# Geodesic length (km) from which an unnamed line ranks 2, 3; shorter ones rank 4. Named rivers rank 1.
RANK_LENGTHS_KM = (150.0, 50.0)

# What makes a unit one that a river runs through or along.
BANK_DEGREES = 0.03
LEAST_COURSE_KM = 15.0

_GRS80 = Geod(ellps="GRS80")

Area = Annotated[float, Field(gt=0)]


class LakeFacts(Record):
    """What is published about a lake that GSHHG has: a point inside it, and the range of its areas."""

    place: str = Field(pattern=PLACE_ID)
    name: str
    lon: float
    lat: float
    published_km2: tuple[Area, Area] | None  # the smallest and largest value that the shoreline may stand for
    remark: str
    source: str


# Where the water is smaller today than the shoreline drawn, the remark says so: it matters to whoever plans there.
LAKES = (
    LakeFacts(
        place="lake/hulun",
        name="呼伦湖",
        lon=117.4356,
        lat=48.9731,
        published_km2=(2210, 2339),
        remark="2,210 km², at most 2,315 (Inner Mongolia's main lakes); 2,339 km² (Wikipedia)",
        source="Wikipedia, Hulun Lake (revision 947480220): 48°58′23″N 117°26′08″E, 2,339 km²",
    ),
    LakeFacts(
        place="lake/buir",
        name="贝尔湖",
        lon=117.70,
        lat=47.82,
        published_km2=(600, 615),
        remark="about 600 km², 33 km by 19 km, most of it in Mongolia",
        source="内蒙古地区主要湖泊 (m.shh-meidi.com/quqinggailan/shengtaihuajing/2017-3-6/10195.html): 600多平方公里",
    ),
    LakeFacts(
        place="lake/dalinuoer",
        name="达里诺尔",
        lon=116.65,
        lat=43.30,
        published_km2=(238, 238),
        remark="238 km²",
        source="达来诺尔 (m.cgzdl.com/shuku/49/861.html) and 达里诺尔湖 (m.tftnews.com/news7074598): 238 km²",
    ),
    LakeFacts(
        place="lake/daihai",
        name="岱海",
        lon=112.67,
        lat=40.56,
        published_km2=(130, 182),
        remark="182 km² in the 1960s, 55 km² in 2018: the shoreline drawn is the old one, the water far smaller",
        source="Xinhua 2018-03-12, Inner Mongolia region takes action to stop major lake from shrinking (c_137033910)",
    ),
    LakeFacts(
        place="lake/dongjuyanhai",
        name="东居延海",
        lon=101.26,
        lat=42.29,
        published_km2=(38, 48),
        remark="dried up in 1992, again filled since 2005, 38 km² in August 2012; the shoreline drawn is the old one",
        source="Juyan Lake Basin (nanacatejnaqi.blogspot.com/2014/11/juyan-lake-basin.html): 38 km² in August 2012",
    ),
    LakeFacts(
        place="lake/wulagai",
        name="乌拉盖戈壁",
        lon=117.5,
        lat=45.48,
        published_km2=None,
        remark="the hollow (索林诺尔) where 乌拉盖河 ends, known by that river; no area found; often dry",
        source="Wikipedia, 乌拉盖河 (zh.wikipedia.org/zh-cn/乌拉盖尔河): flows into 乌拉盖戈壁（索林诺尔）",
    ),
)


class RiverPiece(Record):
    """A reviewed row: this part of this WDBII line belongs to this river."""

    place: str = Field(pattern=PLACE_ID)
    name: str = Field(min_length=1)
    order: int = Field(ge=1)  # downstream
    piece: int = Field(ge=0)  # id of the line in the table
    from_share: Share  # the part of the line, as shares of its length
    to_share: Share
    lon: float  # a vertex near the middle of the line, as it was seen when the row was reviewed
    lat: float

    @model_validator(mode="after")
    def _part_is_not_empty(self) -> RiverPiece:
        if self.from_share >= self.to_share:
            raise ValueError(f"from_share {self.from_share} is not below to_share {self.to_share}")
        return self


def lakes(names: Sequence[str] | None = None) -> gpd.GeoDataFrame:
    """Return the lakes: those of `LAKES` from GSHHG, then those of `geodata/shapes/lakes.geojson`.

    Args:
        names: place ids or Chinese names to keep, in the order of the whole; all lakes if None.

    Returns:
        Columns `place`, `name`, `precision`, `source`, `note`, `geometry`; EPSG:4490.

    Raises:
        SourceError: a lake is not in the tables, or too far from its published area.
        UnknownNameError: one of `names` is no lake of the atlas.
    """
    frame = _lakes().copy()
    if names is None:
        return frame
    for name in names:
        if not ((frame["place"] == name) | (frame["name"] == name)).any():
            raise UnknownNameError("lake", name, [*frame["place"], *frame["name"]], "see geodata/shapes/lakes.geojson")
    keep = frame["place"].isin(names) | frame["name"].isin(names)
    return frame[keep].reset_index(drop=True)


def rivers() -> gpd.GeoDataFrame:
    """Return the WDBII lines in `BOX`: one feature a named river, then the unnamed lines.

    Returns:
        Columns `place` (unnamed: `river/wdbii-` and the number of the line's first piece), `name` (empty if unnamed),
        `rank` (1 named; 2, 3, 4 unnamed by length), `precision`, `source`, `note`, `geometry` (MultiLineString);
        EPSG:4490.

    Raises:
        SourceError: a reviewed row does not fit the table.
    """
    return _rivers().copy()


def counties_on(river: str) -> tuple[str, ...]:
    """Return the codes of the region's county-level units that a mapped river runs through or along, in their order.

    A unit counts where at least `LEAST_COURSE_KM` of the course lies in it or within `BANK_DEGREES` of it: lines are
    good to some kilometres, and a river that is the border runs beside the line of the border.

    Raises:
        UnknownNameError: no river of this id is mapped.
    """
    known = rivers().set_index("place").geometry
    if river not in known.index:
        raise UnknownNameError("mapped river", river, [one for one in known.index if not one.startswith("river/wdbii")])
    course = known[river]
    counties = boundaries.units("county")
    near = counties[counties.intersects(shapely.box(*course.bounds).buffer(BANK_DEGREES))]
    return tuple(
        code
        for code, unit in zip(near["adcode"], near.geometry, strict=True)
        if length_km(shapely.intersection(course, unit.buffer(BANK_DEGREES))) >= LEAST_COURSE_KM
    )


def area_km2(geometry: BaseGeometry) -> float:
    """Return the geodesic area of polygons in degrees, km² on GRS 80."""
    return abs(float(_GRS80.geometry_area_perimeter(shapely.orient_polygons(geometry))[0])) / 1e6


def length_km(geometry: BaseGeometry) -> float:
    """Return the geodesic length of lines in degrees, km on GRS 80."""
    return float(_GRS80.geometry_length(geometry)) / 1e3


@cache
def _lakes() -> gpd.GeoDataFrame:
    polygons = [Polygon(ring) for _, ring in gshhg.records("gshhs", BOX, level=2)]
    rows = [_mapped_lake(facts, polygons) for facts in LAKES]
    drawn = shapes.load(geodata() / "shapes" / LAKES_DRAWN)
    for row in drawn.itertuples(index=False):
        known = row.area_km2_published
        published = "no published area found" if pd.isna(known) else f"{known:g} km² published"
        note = f"{row.note}; {published}, {area_km2(row.geometry):.0f} km² as drawn"
        rows.append(_row(row.place, row.name, row.precision, row.source, note, row.geometry))
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS)


def _mapped_lake(facts: LakeFacts, polygons: Sequence[Polygon]) -> dict[str, Any]:
    found = [polygon for polygon in polygons if polygon.contains(Point(facts.lon, facts.lat))]
    if not found:
        raise SourceError(
            f"lake {facts.place}: no GSHHG polygon contains ({facts.lon}, {facts.lat}); "
            "correct the point or draw the lake in geodata/shapes/lakes.geojson"
        )
    lake = min(found, key=lambda polygon: polygon.area)
    measured = area_km2(lake)
    smallest, largest = facts.published_km2 or (measured, measured)
    if not smallest * (1 - AREA_TOLERANCE) <= measured <= largest * (1 + AREA_TOLERANCE):
        raise SourceError(
            f"lake {facts.place}: GSHHG gives {measured:.0f} km², published are {smallest:g}–{largest:g}; "
            "draw the lake in geodata/shapes/lakes.geojson"
        )
    note = (
        f"published: {facts.remark}; {measured:.0f} km² as mapped; shoreline of older maps, positions good to some km"
    )
    source = f"{LAKE_SOURCE}; facts: {facts.source}"
    return _row(facts.place, facts.name, Precision.MAPPED.value, source, note, lake)


def _row(
    place: str, name: str, precision: str, source: str, note: str, geometry: BaseGeometry, **more: Any
) -> dict[str, Any]:
    facts = {"place": place, "name": name, **more, "precision": precision, "source": source, "note": note}
    return {**facts, "geometry": geometry}


@cache
def _rivers() -> gpd.GeoDataFrame:
    table = gshhg.records("rivers", BOX)
    lines = slits.closed({number: LineString(points) for number, points in table}, SLIT)
    box = shapely.box(*BOX)
    rows: list[dict[str, Any]] = []
    used: dict[int, list[tuple[float, float]]] = {}
    for place, pieces in _reviewed(geodata() / "gazetteer" / RIVERS_MATCH, lines).items():
        parts = []
        for piece in sorted(pieces, key=lambda piece: piece.order):
            used.setdefault(piece.piece, []).append((piece.from_share, piece.to_share))
            parts.append(substring(lines[piece.piece], piece.from_share, piece.to_share, normalized=True))
        note = f"{len(parts)} reviewed WDBII lines; positions good to some km"
        rows.append(_river(place, pieces[0].name, 1, note, shapely.line_merge(MultiLineString([*_bridged(parts)]))))
    rows += _unnamed(lines, used)
    for row in rows:
        row["geometry"] = _inside(row["geometry"], box)
    return gpd.GeoDataFrame([row for row in rows if not row["geometry"].is_empty], geometry="geometry", crs=CRS)


def _river(place: str, name: str, rank: int, note: str, geometry: BaseGeometry) -> dict[str, Any]:
    return _row(place, name, Precision.MAPPED.value, RIVER_SOURCE, note, geometry, rank=rank)


def _unnamed(lines: dict[int, LineString], used: dict[int, list[tuple[float, float]]]) -> Iterator[dict[str, Any]]:
    """Join what no named river took into runs between confluences, and rank the runs by length."""
    rest = {
        number: [substring(line, *span, normalized=True) for span in _free(used.get(number, []))]
        for number, line in lines.items()
    }
    # The table cuts its lines at whole degrees; a run is named after the first of the lines it joins, found by a
    # segment, for only their ends are shared.
    numbers = {
        segment: number for number in sorted(rest, reverse=True) for line in rest[number] for segment in _segments(line)
    }
    for run in shapely.get_parts(linemerge([line for parts in rest.values() for line in parts])):
        if length_km(run) < CRUMB_KM:
            continue
        number = min(numbers[segment] for segment in _segments(run))
        rank = 2 + sum(length_km(run) < limit for limit in RANK_LENGTHS_KM)
        note = "unnamed in WDBII, which has canals too; ranked by length; positions good to some km"
        yield _river(f"river/wdbii-{number}", "", rank, note, run)


def _segments(line: LineString) -> Iterator[frozenset[tuple[float, ...]]]:
    for ends in pairwise(line.coords):
        yield frozenset(ends)


def _bridged(parts: Sequence[LineString]) -> Iterator[LineString]:
    """Yield the parts, with a link where a slit is left between two: at a fork an end may have gone to a canal."""
    yield from parts
    for one, other in pairwise(parts):
        ends = ((a, b) for a in (one.coords[0], one.coords[-1]) for b in (other.coords[0], other.coords[-1]))
        link = LineString(min(ends, key=lambda pair: dist(*pair)))
        if 0 < link.length < SLIT:
            yield link


def _free(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the parts of 0–1 that no span takes."""
    free, end = [], 0.0
    for start, stop in sorted(spans):
        if start > end:
            free.append((end, start))
        end = max(end, stop)
    return [*free, (end, 1.0)] if end < 1 else free


def _inside(line: BaseGeometry, box: Polygon) -> MultiLineString:
    """Return what of the line lies in the box, as a MultiLineString."""
    inside = line if box.contains(line) else line.intersection(box)
    return MultiLineString(
        [part for part in shapely.get_parts(inside) if part.geom_type == "LineString" and not part.is_empty]
    )


def _reviewed(path: Path, lines: dict[int, LineString]) -> dict[str, list[RiverPiece]]:
    """Read the reviewed rows by river, in the file's order, and see that each still fits the table."""
    rivers_by_id: dict[str, list[RiverPiece]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for number, cells in enumerate(csv.DictReader(file), start=2):
                piece = RiverPiece.model_validate(cells)
                line = lines.get(piece.piece)
                if line is None or line.distance(Point(piece.lon, piece.lat)) > REVIEW_TOLERANCE:
                    raise SourceError(
                        f"{path.name} line {number}: WDBII piece {piece.piece} is not at ({piece.lon}, {piece.lat}); "
                        "the table has changed, review the rows of this river again"
                    )
                rivers_by_id.setdefault(piece.place, []).append(piece)
    except (OSError, UnicodeDecodeError, csv.Error, ValidationError) as error:
        raise SourceError(f"{path.name}: {error}") from error
    return rivers_by_id
