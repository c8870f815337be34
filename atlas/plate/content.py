"""What a plate shows, in millimetres: the ground with its boundaries by rank, and the layers' features.

Boundaries are the atlas's own (Tianditu) vertices, projected and cut at the frame: nothing is simplified or snapped. A
line that two units share is drawn once, by the higher rank. Of lines and lakes, vertices are left out that paper cannot
show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from typing import Protocol

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from atlas.errors import SourceError
from atlas.geometry.detail import thinned
from atlas.layers import Layer, Symbol, layer
from atlas.models import Precision
from atlas.plate.classes import Classes, classify
from atlas.plate.coverage import joined, linework, mesh, shared
from atlas.plate.crowds import MOVED, apart, radius
from atlas.plate.definition import Edition, Plate, PlateLayer
from atlas.plate.projection import GEOGRAPHIC, Geometries, SheetMap

_Read = Callable[[str], gpd.GeoDataFrame]

_MARGIN = 8.0  # mm beyond the frame to which shapes are kept, so that no outline shows at the frame
_NEAR = 2.0  # mm within which a foreign country makes the outline of China a land border
_OPENING = 1.2  # mm: gaps between data sets that are narrower are not sea
_BESIDE = 1.2  # mm: what lies nearer to a line counts as lying on it
_DETAIL = 0.05  # mm: what lines and lakes may lose of their bends, a quarter of the thinnest line's width
_PUBLIC_GRID = 0.01  # degrees: what the public edition may show of digitised and schematic coordinates (DESIGN §6)
_ROUNDED = {Precision.DIGITISED, Precision.SCHEMATIC}


class Gazetteer(Protocol):
    """What a plate asks of the gazetteer."""

    def members(self, target: str) -> tuple[str, ...]:
        """Return the place ids of a group or class, in its source's order."""


class PlateSource(Protocol):
    """What a plate asks of the atlas (`atlas.store.Atlas` offers it)."""

    @property
    def meta(self) -> Mapping[str, str]:
        """`version`, `built_from` (hash of the inputs) and `date` of the built atlas."""

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer, for the order of a class's members."""

    def features(self, layer_id: str) -> gpd.GeoDataFrame:
        """One layer: `feature`, `place`, `name_zh`, `name_en`, `type`, `league`, `precision` …; EPSG:4490."""


@dataclass(frozen=True)
class Shown:
    """A layer on the sheet: its definition, what the plate says of it, its features, and their shapes in mm."""

    layer: Layer
    rule: PlateLayer
    features: gpd.GeoDataFrame
    shapes: Geometries
    visible: NDArray[np.bool_]  # whether the frame shows it
    classes: Classes | None = None  # of a choropleth
    moved: int = 0  # point symbols that stand beside their place, so that none covers another

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        """The symbol of each feature, with what the plate restates."""
        if self.classes:
            own = restated(self.layer.style.symbol({}), self.rule)
            colours = [self.classes.colours[self.classes.of[place]] for place in self.features["place"]]
            return tuple(own.model_copy(update={"fill": colour, "fill_opacity": 1.0}) for colour in colours)
        named = list(dict.fromkeys(case.property for case in self.layer.style.cases))
        rows = self.features[named].to_dict("records")
        if not self.layer.style.cases:
            return (restated(self.layer.style.symbol({}), self.rule),) * len(self.features)
        return tuple(restated(self.layer.style.symbol(row), self.rule) for row in rows)

    @cached_property
    def precisions(self) -> tuple[Precision, ...]:
        """The precision of each feature."""
        return tuple(Precision(value) for value in self.features["precision"])

    @cached_property
    def outlines(self) -> shapely.Geometry:
        """The outlines of an area layer as lines, each shared line once; nothing for others."""
        return mesh(self.shapes) if self.layer.geometry.kind == "polygon" else shapely.MultiLineString()


@dataclass(frozen=True)
class Ground:
    """What the layers lie on (mm): areas, the outlines by rank, and the named neighbours."""

    region: shapely.Geometry
    sea: shapely.Geometry
    countries: Geometries
    provinces: Geometries
    national: shapely.Geometry
    provincial: shapely.Geometry
    coast: shapely.Geometry
    foreign: shapely.Geometry  # between two neighbouring countries
    neighbours: gpd.GeoDataFrame
    neighbour_shapes: Geometries


@dataclass(frozen=True)
class Content:
    """All that a plate shows of the atlas, and the layers that its edition leaves out."""

    ground: Ground
    layers: tuple[Shown, ...]
    units: gpd.GeoDataFrame  # the features of the focus: the leagues' names in both languages
    left_out: tuple[Layer, ...]
    highlight: shapely.Geometry  # the units that the plate is about; empty where it is about all

    def shown(self, layer_id: str) -> Shown | None:
        """Return a layer of the plate, None if the edition leaves it out."""
        return next((entry for entry in self.layers if entry.layer.id == layer_id), None)


def restated(symbol: Symbol, rule: PlateLayer) -> Symbol:
    """Return a symbol with what the plate changes of it."""
    changes = {name: value for name, value in rule.symbol.model_dump().items() if value is not None}
    changed = symbol.model_copy(update=changes)
    if rule.weight == 1:
        return changed
    return changed.model_copy(update={"width": changed.width * rule.weight, "size": changed.size * rule.weight})


def gather(
    atlas: PlateSource, plate: Plate, sheet: SheetMap, edition: Edition, values: Mapping[str, float] | None = None
) -> Content:
    """Read what a plate shows, project it and cut it at the frame.

    Args:
        atlas: the built atlas.
        plate: what to show.
        sheet: the map on the sheet.
        edition: working or public.
        values: of a choropleth, by place id.

    Raises:
        UnknownNameError: the plate names a layer that the catalogue or the atlas doesn't have.
        SourceError: a layer that must be polygons is empty or something else, or a choropleth has no values.
    """
    if plate.choropleth and values is None:
        raise SourceError(f"plate {plate.id}: it has a choropleth; pass the values of its units")
    read = cache(partial(_read, atlas))  # leagues are ground, layer and names at once
    ground = _ground(read, plate, sheet)
    rules = {rule.id: rule for rule in plate.layers}
    definitions = sorted((layer(name) for name in rules), key=lambda entry: (entry.order, entry.id))
    kept = [entry for entry in definitions if edition in entry.editions]
    frames = {entry.id: _chosen(read(entry.id), rules[entry.id]) for entry in kept}
    shown = []
    for entry in kept:
        features = frames[entry.id]
        geometry = features.geometry.to_numpy()
        if edition == "public":
            geometry = _coarse(geometry, features["precision"].to_numpy())
        shapes = sheet.clip(sheet.shapes(geometry), _MARGIN)
        if entry.geometry.separate:
            shapes = thinned(shapes, _DETAIL)
        others = frames.get(rules[entry.id].near)
        if others is not None:
            close = _close(shapes, sheet.shapes(others.geometry.to_numpy()))
            features, shapes = features[close].reset_index(drop=True), shapes[close]
        classes = None
        if plate.choropleth and values is not None and plate.choropleth.layer == entry.id:
            own = {place: values.get(place, 0.0) for place in features["place"]}
            classes = classify(own, plate.choropleth.colours)
        visible = np.asarray(shapely.intersects(shapes, shapely.box(*sheet.frame)))
        shown.append(Shown(entry, rules[entry.id], features, shapes, visible, classes))
    left_out = tuple(entry for entry in definitions if entry not in kept)
    highlight = sheet.clip(np.array([_highlight(read, plate, sheet)], dtype=object), _MARGIN)[0]
    return Content(ground, tuple(_uncrowded(shown)), read(plate.ground.focus), left_out, highlight)


def _chosen(features: gpd.GeoDataFrame, rule: PlateLayer) -> gpd.GeoDataFrame:
    """Return the features that the plate shows of a layer."""
    return features if rule.only is None else features[features["feature"].isin(rule.only)].reset_index(drop=True)


def _close(shapes: Geometries, others: Geometries) -> NDArray[np.bool_]:
    """Say which shapes lie by any of the others (mm)."""
    return np.asarray(shapely.dwithin(shapes, shapely.union_all(others), _BESIDE))


def _uncrowded(shown: Sequence[Shown]) -> list[Shown]:
    """Return the layers with point symbols moved apart where one would cover another."""
    where = [
        (index, row)
        for index, entry in enumerate(shown)
        if entry.layer.geometry.kind == "point"
        for row in np.flatnonzero(entry.visible)
    ]
    if len(where) < 2:
        return list(shown)
    points = np.array([shapely.get_coordinates(shown[index].shapes[row])[0] for index, row in where])
    radii = np.array([radius(shown[index].symbols[row]) for index, row in where])
    firm = np.array([shown[index].precisions[row] is Precision.SITE for index, row in where])
    placed = apart(points, radii, firm)
    far = np.hypot(*(placed - points).T) >= MOVED
    shapes = {index: shown[index].shapes.copy() for index, _ in where}
    for (index, row), at, moved in zip(where, placed, far, strict=True):
        if moved:
            shapes[index][row] = shapely.Point(at)
    counts = Counter(index for (index, _), moved in zip(where, far, strict=True) if moved)
    return [
        replace(entry, shapes=shapes[index], moved=counts[index]) if index in shapes else entry
        for index, entry in enumerate(shown)
    ]


def _highlight(read: _Read, plate: Plate, sheet: SheetMap) -> shapely.Geometry:
    """Return the units that the plate is about as one shape in mm."""
    wanted = set(plate.highlight)
    found: list[shapely.Geometry] = []
    for name in ("banners", "leagues") if wanted else ():
        features = read(name)
        chosen = features[features["place"].isin(wanted)]
        wanted -= set(chosen["place"])
        found.extend(sheet.shapes(chosen.geometry.to_numpy()))
    if wanted:
        raise SourceError(f"plate {plate.id}: highlight names {', '.join(sorted(wanted))}, not units of the region")
    return shapely.union_all(np.array(found, dtype=object)) if found else shapely.Polygon()


def _read(atlas: PlateSource, layer_id: str) -> gpd.GeoDataFrame:
    features = atlas.features(layer_id)
    if features.crs is None or not features.crs.equals(GEOGRAPHIC, ignore_axis_order=True):
        raise SourceError(f"layer {layer_id}: its CRS is {features.crs}, not EPSG:4490; build the atlas again")
    return features


def _coarse(geometry: Geometries, precision: Geometries) -> Geometries:
    """Round the coordinates of digitised and schematic shapes, as the public edition must."""
    affected = np.isin(precision, [str(value) for value in _ROUNDED])
    rounded = shapely.set_precision(geometry, _PUBLIC_GRID)
    # What is smaller than the grid stays visible as the cell that it lies in.
    west, south, east, north = (
        _PUBLIC_GRID * turn(edge / _PUBLIC_GRID)
        for turn, edge in zip((np.floor, np.floor, np.ceil, np.ceil), shapely.bounds(geometry).T, strict=True)
    )
    rounded = np.where(shapely.is_empty(rounded), shapely.box(west, south, east, north), rounded)
    return np.where(affected, rounded, geometry)


def _ground(read: _Read, plate: Plate, sheet: SheetMap) -> Ground:
    focus = read(plate.ground.focus)
    region = joined(sheet.shapes(focus.geometry.to_numpy()))
    if region.is_empty or region.area == 0:
        raise SourceError(f"plate {plate.id}: the ground {plate.ground.focus!r} has no area; choose a polygon layer")
    around = read(plate.ground.neighbours)
    around = around[around["type"].isin(["province", "country"])].reset_index(drop=True)
    shapes = sheet.clip(sheet.shapes(around.geometry.to_numpy()), _MARGIN)
    seen = ~shapely.is_empty(shapes)
    around, shapes = around[seen].reset_index(drop=True), shapes[seen]
    foreign = (around["type"] == "country").to_numpy()
    countries, provinces = shapes[foreign], shapes[~foreign]
    # All are cut beyond the frame alike, so the cut itself becomes a line only where nobody sees it.
    inner = sheet.clip(np.array([region], dtype=object), _MARGIN)[0]
    china = joined(np.array([inner, *provinces], dtype=object))
    outline = china.boundary
    abroad = shapely.buffer(shapely.simplify(shapely.union_all(countries), 0.2), _NEAR, quad_segs=4)
    between = shared(np.array([inner, *provinces], dtype=object))
    if between is None:
        edges = shapely.union_all(shapely.boundary(np.array([inner, *provinces], dtype=object)))
        between = linework(shapely.difference(edges, outline))
    frame = shapely.box(*sheet.frame)
    gaps = shapely.difference(frame, shapely.union_all([china, *countries]))
    rough = shapely.simplify(gaps, 0.2)
    sea = shapely.intersection(gaps, shapely.buffer(shapely.buffer(rough, -_OPENING), _OPENING * 1.5))
    return Ground(
        region=region,
        sea=sea,
        countries=countries,
        provinces=provinces,
        national=linework(shapely.intersection(outline, abroad)),
        provincial=between,
        coast=linework(shapely.difference(sea.boundary, frame.boundary)),
        foreign=_shared(countries),
        neighbours=around,
        neighbour_shapes=shapes,
    )


def _shared(areas: Geometries) -> shapely.Geometry:
    """Return the lines that any two of the areas have in common."""
    outlines = shapely.boundary(areas)
    pairs = [(a, b) for index, a in enumerate(outlines) for b in outlines[index + 1 :]]
    return linework(shapely.union_all([shapely.intersection(a, b) for a, b in pairs]))
