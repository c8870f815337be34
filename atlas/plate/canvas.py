"""Draws marks and geometries with matplotlib on a sheet whose unit is the millimetre.

Each group of the drawing (a layer, the labels, a panel) is one set of axes over the whole sheet with its own id, which
becomes a named group in SVG. Text is real text, so that a PDF can be searched; slanted and letter-spaced text, which
matplotlib cannot set, is drawn as outlines over one invisible line of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path as Outline
from matplotlib.text import Text as TextArtist
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from atlas.layers import palette
from atlas.plate.fonts import MM_PER_POINT, check, properties, width_mm
from atlas.plate.marks import Mark, Marker, Patch, Stroke, Text
from atlas.plate.projection import Geometries

HALO_POINTS = 2.2
_SLANT_DEGREES = 12
_MARKERS = {"circle": "o", "square": "s", "diamond": "D", "triangle": "^"}


class Canvas:
    """A sheet of `size_mm` to draw on, group by group, from the lowest to the highest."""

    def __init__(self, size_mm: tuple[float, float], ground: str = "ground.paper") -> None:
        self.size_mm = size_mm
        self.figure = Figure(figsize=(size_mm[0] / 25.4, size_mm[1] / 25.4), facecolor=colour(ground))

    def group(self, gid: str) -> Axes:
        """Open a new group above all others; its coordinates are mm from the sheet's lower left corner."""
        axes = self.figure.add_axes((0, 0, 1, 1), zorder=len(self.figure.axes))
        axes.set_axis_off()
        axes.set_xlim(0, self.size_mm[0])
        axes.set_ylim(0, self.size_mm[1])
        axes.set_gid(gid)
        return axes


def colour(key: str) -> str:
    """Return the colour of a palette key."""
    return palette()[key]


def draw_polygons(axes: Axes, shapes: Geometries | Sequence[shapely.Geometry], fill: str, opacity: float = 1) -> None:
    """Fill polygons (mm) without an outline."""
    paths = [outline for shape in shapes if (outline := _outline(shape)) is not None]
    if paths:
        axes.add_collection(
            PathCollection(paths, facecolors=colour(fill), alpha=opacity, edgecolors="none", linewidths=0),
            autolim=False,
        )


def draw_lines(
    axes: Axes,
    shapes: Geometries | Sequence[shapely.Geometry],
    stroke: str,
    width: float,
    dash: tuple[float, ...] = (),
    opacity: float = 1,
) -> None:
    """Draw lines (mm) of `width` points; `dash` in multiples of the width."""
    parts = [np.asarray(part.coords)[:, :2] for shape in shapes for part in _lines(shape)]
    if parts:
        style = (0, dash) if dash else "solid"
        axes.add_collection(
            LineCollection(
                parts,
                colors=colour(stroke),
                linewidths=width,
                linestyles=[style],
                alpha=opacity,
                capstyle="butt" if dash else "round",
                joinstyle="round",
            ),
            autolim=False,
        )


def draw_marks(axes: Axes, marks: Iterable[Mark], *, searchable: bool = True) -> None:
    """Draw marks in their order, all halos below all else.

    Args:
        axes: the group to draw in.
        marks: what to draw.
        searchable: put invisible text under letter-spaced and slanted text (for formats that carry text).

    Raises:
        MissingGlyphError: a character that the typeface lacks.
    """
    order = list(marks)
    for mark in order:
        if isinstance(mark, Text):
            check(mark.text, mark.face)
            if mark.halo:
                for outline in _glyphs(mark):
                    halo = colour(mark.halo)
                    axes.add_artist(
                        PathPatch(outline, facecolor=halo, edgecolor=halo, linewidth=HALO_POINTS, joinstyle="round")
                    )
    for mark in order:
        if isinstance(mark, Text):
            _write(axes, mark, searchable=searchable)
        elif isinstance(mark, Stroke):
            draw_lines(axes, [shapely.linestrings(mark.points)], mark.colour, mark.width, mark.dash)
        elif isinstance(mark, Patch):
            axes.add_artist(
                Polygon(
                    mark.points,
                    closed=True,
                    facecolor=(colour(mark.fill), mark.opacity) if mark.fill else "none",
                    edgecolor=colour(mark.stroke) if mark.stroke and mark.width else "none",
                    linewidth=mark.width,
                    joinstyle="miter",
                )
            )
        else:
            _point(axes, mark)


def _point(axes: Axes, mark: Marker) -> None:
    axes.add_artist(
        Line2D(
            [mark.x],
            [mark.y],
            marker=_MARKERS[mark.shape],
            markersize=mark.size,
            markerfacecolor=colour(mark.fill) if mark.fill else "none",
            markeredgecolor=colour(mark.stroke) if mark.stroke else "none",
            markeredgewidth=mark.width,
            linestyle="none",
        )
    )


def _write(axes: Axes, mark: Text, *, searchable: bool) -> None:
    outlined = bool(mark.spacing or mark.slanted)
    if outlined:
        for outline in _glyphs(mark):
            axes.add_artist(PathPatch(outline, facecolor=colour(mark.colour), edgecolor="none", linewidth=0))
    if not outlined or searchable:
        axes.add_artist(
            TextArtist(
                mark.x,
                mark.y,
                mark.text,
                fontproperties=properties(mark.face, mark.size),
                color=colour(mark.colour),
                alpha=0 if outlined else 1,
                rotation=mark.angle,
                rotation_mode="anchor",
                parse_math=False,
            )
        )


def _glyphs(mark: Text) -> list[Outline]:
    """Return the outlines of a line of text in mm, with its spacing and slant."""
    font = properties(mark.face, mark.size)
    runs = list(mark.text) if mark.spacing else [mark.text]
    step = mark.spacing * mark.size * MM_PER_POINT
    outlines: list[Outline] = []
    x = 0.0
    for run in runs:
        place = Affine2D().scale(MM_PER_POINT)
        if mark.slanted:
            place = place.skew_deg(_SLANT_DEGREES, 0)
        if run.strip():
            glyphs = TextPath((0, 0), run, size=mark.size, prop=font)
            place = place.translate(x, 0).rotate_deg(mark.angle).translate(mark.x, mark.y)
            outlines.append(place.transform_path(glyphs))
        x += width_mm(run, mark.face, mark.size) + step
    return outlines


def _outline(shape: shapely.Geometry) -> Outline | None:
    """Return a polygon or multipolygon as one path with holes."""
    vertices: list[np.ndarray[tuple[int, int], np.dtype[np.float64]]] = []
    codes: list[np.ndarray[tuple[int], np.dtype[np.uint8]]] = []
    for part in shapely.get_parts(shape):
        if part.geom_type != "Polygon" or part.is_empty:
            continue
        # Fill is by winding number: holes must turn the other way.
        for ring in (shapely.orient_polygons(part).exterior, *shapely.orient_polygons(part).interiors):
            xy = np.asarray(ring.coords)[:, :2]
            code = np.full(len(xy), Outline.LINETO, dtype=np.uint8)
            code[0], code[-1] = Outline.MOVETO, Outline.CLOSEPOLY
            vertices.append(xy)
            codes.append(code)
    return Outline(np.concatenate(vertices), np.concatenate(codes)) if vertices else None


def _lines(shape: shapely.Geometry) -> list[shapely.LineString]:
    """Return the line strings of a geometry, the rings of a polygon among them; points are left out."""
    found: list[shapely.LineString] = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            found.extend([part.exterior, *part.interiors])
        elif part.geom_type in {"LineString", "LinearRing"}:
            found.append(part)
        elif part.geom_type in {"MultiLineString", "MultiPolygon", "GeometryCollection"}:
            found.extend(_lines(part))
    return [line for line in found if not line.is_empty]
