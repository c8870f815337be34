"""Draws a composed plate from the ground up, one named group of the drawing for each of its parts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from atlas.layers import PRECISION_DASH
from atlas.models import Precision
from atlas.plate.blocks import Setting
from atlas.plate.canvas import Canvas, draw_lines, draw_marks, draw_polygons
from atlas.plate.compose import Composed
from atlas.plate.content import Shown
from atlas.plate.coverage import linework, mesh
from atlas.plate.extents import COLOUR, extent
from atlas.plate.marks import Box, Marker, Patch, rectangle
from atlas.plate.patterns import hatch
from atlas.plate.patterns import width as pattern_width
from atlas.plate.projection import SheetMap, graticule
from atlas.plate.shade import shade
from atlas.plate.surround import INSET_RIM, north
from atlas.plate.symbols import SOFT_OPACITY, SOFT_WIDTH, edge_width, point


def paint(composed: Composed, *, searchable: bool) -> Canvas:
    """Draw a composed plate; `searchable` puts text under outlined names, for formats that carry text."""
    canvas = Canvas(composed.setting.plate.paper.size_mm, cut=composed.cut)
    _paint_map(canvas, composed, searchable=searchable)
    for inset in composed.insets:
        rim = rectangle(Box(*inset.setting.sheet.frame).grown(INSET_RIM))
        draw_marks(canvas.group("inset"), [Patch(rim, "ground.paper", stroke="ground.rule", width=0.5)])
        _paint_map(canvas, inset, searchable=searchable)
    return canvas


def _paint_map(canvas: Canvas, composed: Composed, *, searchable: bool) -> None:
    """Draw one map with its furniture and its frame."""
    setting = composed.setting
    _paint_ground(canvas, setting)
    step = setting.plate.graticule
    lines = [line.line for line in graticule(setting.sheet, step.lon_step, step.lat_step)]
    draw_lines(canvas.group("graticule"), lines, setting.plate.ground.graticule, 0.3)
    for shown in setting.content.layers:
        if shown.layer.geometry.kind != "point":
            _paint_layer(canvas, shown, setting.sheet)
    _paint_boundaries(canvas, setting)
    if not setting.content.highlight.is_empty:
        outline = setting.sheet.clip(np.array([setting.content.highlight.boundary], dtype=object))
        draw_lines(canvas.group("highlight-outline"), outline, "border.band", 1.1)
    # Ports stand on the boundary: a symbol may hide a piece of a line, never the other way round.
    for shown in setting.content.layers:
        if shown.layer.geometry.kind == "point":
            _paint_points(canvas, shown, setting.sheet)
    for inset in composed.insets:
        _paint_extent(canvas, composed, inset)
    leaders = [label.leader for label in composed.labels if label.leader]
    dots = [Marker(*leader.points[0], "circle", 1.6, leader.colour, None) for leader in leaders]
    draw_marks(canvas.group("leaders"), [*leaders, *dots])
    for group in dict.fromkeys(label.group for label in composed.labels):
        own = [label for label in composed.labels if label.group == group]
        discs = [label.badge for label in own if label.badge]
        texts = [text for label in own for text in label.texts]
        draw_marks(canvas.group(f"labels-{group}"), [*discs, *texts], searchable=searchable)
    draw_marks(canvas.group("north"), north(setting))
    for panel, definition in zip(composed.panels, setting.plate.panels, strict=True):
        draw_marks(canvas.group(f"panel-{definition.corner}"), panel.marks, searchable=searchable)
    frame = [Patch(rectangle(Box(*setting.sheet.frame)), None, stroke="admin.national", width=0.8)]
    draw_marks(canvas.group("frame"), [*frame, *composed.margin], searchable=searchable)


def _paint_extent(canvas: Canvas, composed: Composed, inset: Composed) -> None:
    """Draw on the sheet what an inset shows."""
    shown = extent(composed.setting.sheet, inset.setting, ())
    outline = composed.setting.sheet.clip(np.array([shown.ring], dtype=object))
    group = canvas.group("inset-extent")
    draw_lines(group, list(outline), "ground.halo", 1.5, opacity=0.8)  # so that it shows on dark areas too
    draw_lines(group, list(outline), COLOUR, 0.6)


def _paint_ground(canvas: Canvas, setting: Setting) -> None:
    ground, plate = setting.content.ground, setting.plate.ground
    axes = canvas.group("ground")
    frame = shapely.box(*setting.sheet.frame)
    draw_polygons(axes, [frame], plate.country)
    draw_polygons(axes, setting.sheet.clip(ground.provinces), plate.province)
    # The bands' inner halves lie under the region.
    draw_polygons(canvas.group("boundary-tint"), _bands(setting), plate.tint)
    axes = canvas.group("region")
    draw_polygons(axes, setting.sheet.clip(np.array([ground.region], dtype=object)), plate.region)
    if plate.relief:
        canvas.group("relief").picture(shade(setting.sheet, plate.relief), Box(*setting.sheet.frame))
    sea = canvas.group("sea")
    draw_polygons(sea, [ground.sea], plate.country)
    draw_polygons(sea, [ground.sea], plate.sea, plate.sea_opacity)
    if not setting.content.highlight.is_empty:
        chosen = setting.sheet.clip(np.array([setting.content.highlight], dtype=object))
        draw_polygons(canvas.group("highlight"), chosen, "border.fill", 0.28)


def _bands(setting: Setting) -> list[shapely.Geometry]:
    """Return the tint bands along the region's boundary, by rank."""
    ground, plate, sheet = setting.content.ground, setting.plate.ground, setting.sheet
    rim = shapely.boundary(ground.region)
    found = []
    for line, width in ((ground.national, plate.national_band), (ground.provincial, plate.provincial_band)):
        own = linework(shapely.intersection(line, rim))
        # The band's outer edge is a soft one: it may follow the line as closely as the eye does.
        found.append(shapely.buffer(shapely.simplify(own, 0.1), width, quad_segs=6))
    return list(sheet.clip(np.array(found, dtype=object)))


def _paint_layer(canvas: Canvas, shown: Shown, sheet: SheetMap) -> None:
    """Draw a layer of areas or lines; shapes reach beyond the frame: outlines are made first and cut at it last."""
    axes = canvas.group(f"layer-{shown.layer.id}")
    kind = shown.layer.geometry.kind
    symbols, precisions = shown.symbols, shown.precisions
    groups = dict.fromkeys(zip(symbols, precisions, strict=True))
    for symbol, precision in groups:
        same = [index for index in range(len(symbols)) if (symbols[index], precisions[index]) == (symbol, precision)]
        shapes = shown.shapes[same]
        if symbol.fill:
            draw_polygons(axes, sheet.clip(shapes), symbol.fill, symbol.fill_opacity)
        if symbol.pattern:
            strokes = [line for shape in sheet.clip(shapes) for line in hatch(shape, symbol.pattern)]
            ink = symbol.stroke or symbol.fill or "ground.ink"
            draw_lines(axes, strokes, ink, pattern_width(symbol.pattern))
        if symbol.stroke and symbol.width:
            outlines = shown.outlines if len(groups) == 1 or kind != "polygon" else mesh(shapes)
            lines = [outlines] if kind == "polygon" else list(shapes)
            lines = list(sheet.clip(np.array(lines, dtype=object)))
            if kind == "polygon" and precision is Precision.DIGITISED:
                draw_lines(axes, lines, symbol.stroke, SOFT_WIDTH, opacity=SOFT_OPACITY)
            width = edge_width(symbol, precision) if kind == "polygon" else symbol.width
            draw_lines(axes, lines, symbol.stroke, width, symbol.dash or PRECISION_DASH[precision])


def _paint_points(canvas: Canvas, shown: Shown, sheet: SheetMap) -> None:
    """Draw a layer of points."""
    frame = Box(*sheet.frame)
    points = zip(shown.shapes, shown.symbols, shown.precisions, strict=True)
    draw_marks(
        canvas.group(f"layer-{shown.layer.id}"),
        [
            point(p.x, p.y, symbol, precision)
            for p, symbol, precision in points
            if not p.is_empty and Box(p.x, p.y, p.x, p.y).inside(frame)
        ],
    )


def _paint_boundaries(canvas: Canvas, setting: Setting) -> None:
    """Draw the boundaries by rank, the highest last."""
    ground, plate, sheet = setting.content.ground, setting.plate.ground, setting.sheet
    lines_by_rank: Sequence[tuple[str, shapely.Geometry, str, float]] = (
        ("coast", ground.coast, "water.line", 0.4),
        ("boundary-foreign", ground.foreign, plate.national, plate.national_width * 0.5),
        ("boundary-provincial", ground.provincial, plate.provincial, plate.provincial_width),
        ("boundary-national", ground.national, plate.national, plate.national_width),
    )
    for gid, line, stroke, width in lines_by_rank:
        draw_lines(canvas.group(gid), list(sheet.clip(np.array([line], dtype=object))), stroke, width)
