"""Draws marks and geometries with matplotlib on a sheet whose unit is the millimetre.

Each group of the drawing (a layer, the labels, a panel) is one artist with its own id, which becomes a named group in
SVG (axes would do the same, but cost more than all that is drawn in them). Text is real text, so that a PDF can be
searched; slanted and letter-spaced text, which matplotlib cannot set, is drawn as outlines over one invisible line of
text. Nothing is snapped to pixels: snapping moves the strokes of small characters onto one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D, Transform
from numpy.typing import NDArray
from PIL import Image

from atlas.layers import palette
from atlas.plate.fonts import MM_PER_POINT, Face, check, properties, width_mm
from atlas.plate.marks import Box, Mark, Marker, Patch, Stroke, Text
from atlas.plate.projection import Geometries

HALO_POINTS = 2.2
_SLANT_DEGREES = 12
_MARKERS = {"circle": "o", "square": "s", "diamond": "D", "triangle": "^"}


class Group(Artist):  # type: ignore[misc, unused-ignore]  # matplotlib's stubs leave Artist untyped
    """What is drawn together, in mm from the sheet's lower left corner."""

    def __init__(self, gid: str, figure: Figure, to_display: Transform) -> None:
        super().__init__()
        self.set_gid(gid)
        self.set_figure(figure)
        self._sheet = figure
        self._to_display = to_display
        self._children: list[Artist] = []

    def add(self, artist: Artist) -> None:
        """Put an artist above those that the group holds."""
        artist.set_figure(self._sheet)
        if not artist.is_transform_set():
            artist.set_transform(self._to_display)
        artist.set_snap(False)
        self._children.append(artist)

    def picture(self, pixels: NDArray[np.uint8], box: Box) -> None:
        """Put a picture (rows from the top, RGBA) into a box of the sheet (mm)."""
        image = Picture(pixels, box, self._to_display)
        image.set_figure(self._sheet)
        self._children.append(image)

    def draw(self, renderer: RendererBase) -> None:
        """Draw the children in their order as one named group."""
        renderer.open_group("layer", gid=self.get_gid())
        for artist in self._children:
            artist.draw(renderer)
        renderer.close_group("layer")


class Picture(Artist):  # type: ignore[misc, unused-ignore]
    """Pixels in a box of the sheet. Vector formats carry them as they are: the reader's program scales them.

    matplotlib's own pictures in a box are first blown up to the resolution of print, which took a third of drawing a
    plate and made the file four times as large.
    """

    def __init__(self, pixels: NDArray[np.uint8], box: Box, to_display: Transform) -> None:
        super().__init__()
        self._pixels, self._box, self._to_display = pixels, box, to_display

    def draw(self, renderer: RendererBase) -> None:
        """Place the pixels in the box, whole pixels of the page in a raster format."""
        box = self._box
        (left, bottom), (right, top) = self._to_display.transform([(box.left, box.bottom), (box.right, box.top)])
        context = renderer.new_gc()
        if renderer.option_scale_image():
            rows = np.ascontiguousarray(self._pixels[::-1])
            place = Affine2D.from_values(right - left, 0, 0, top - bottom, 0, 0)
            renderer.draw_image(context, left, bottom, rows, place)
        else:
            x, y = round(left), round(bottom)
            size = (max(1, round(right) - x), max(1, round(top) - y))
            scaled = Image.fromarray(self._pixels).resize(size, Image.Resampling.BICUBIC)
            renderer.draw_image(context, x, y, np.asarray(scaled)[::-1])
        context.restore()


class Line(Artist):  # type: ignore[misc, unused-ignore]
    """A line of text, set where its mark says: its width is known, so that nothing is laid out anew.

    matplotlib's own text measures every line three times before it draws it, which cost a fifth of a plate.
    """

    def __init__(self, mark: Text, *, hidden: bool) -> None:
        super().__init__()
        self._mark, self._hidden = mark, hidden

    def draw(self, renderer: RendererBase) -> None:
        """Write the line; a hidden one can only be found by a search."""
        mark = self._mark
        x, y = self.get_transform().transform((mark.x, mark.y))
        if renderer.flipy():
            y = renderer.get_canvas_width_height()[1] - y
        renderer.open_group("text")
        context = renderer.new_gc()
        context.set_foreground(colour(mark.colour))
        context.set_alpha(0 if self._hidden else 1)
        renderer.draw_text(context, x, y, mark.text, properties(mark.face, mark.size), mark.angle, ismath=False)
        context.restore()
        renderer.close_group("text")


class Canvas:
    """A sheet of `size_mm` to draw on, group by group, from the lowest to the highest.

    `cut` mm at the lower end of the layout are left away (a figure whose furniture needed less room than was kept).
    """

    def __init__(self, size_mm: tuple[float, float], ground: str = "ground.paper", cut: float = 0) -> None:
        self.size_mm = (size_mm[0], size_mm[1] - cut)
        inches = (self.size_mm[0] / 25.4, self.size_mm[1] / 25.4)
        self.figure = Figure(figsize=inches, facecolor=colour(ground))
        self._to_display = Affine2D().translate(0, -cut).scale(1 / 25.4) + self.figure.dpi_scale_trans

    def group(self, gid: str) -> Group:
        """Open a new group above all others; its coordinates are mm from the sheet's lower left corner."""
        group = Group(gid, self.figure, self._to_display)
        group.set_zorder(len(self.figure.artists))
        self.figure.add_artist(group)
        return group


def colour(key: str) -> str:
    """Return the colour of a palette key."""
    return palette()[key]


def draw_polygons(group: Group, shapes: Geometries | Sequence[shapely.Geometry], fill: str, opacity: float = 1) -> None:
    """Fill polygons (mm) without an outline."""
    paths = [outline for shape in shapes if (outline := _outline(shape)) is not None]
    if paths:
        group.add(PathCollection(paths, facecolors=colour(fill), alpha=opacity, edgecolors="none", linewidths=0))


def draw_lines(
    group: Group,
    shapes: Geometries | Sequence[shapely.Geometry],
    stroke: str,
    width: float,
    dash: tuple[float, ...] = (),
    opacity: float = 1,
) -> None:
    """Draw lines (mm) of `width` points; `dash` in multiples of the width."""
    parts = [_printed(np.asarray(part.coords)[:, :2]) for shape in shapes for part in _lines(shape)]
    if parts:
        style = (0, dash) if dash else "solid"
        group.add(
            LineCollection(
                parts,
                colors=colour(stroke),
                linewidths=width,
                linestyles=[style],
                alpha=opacity,
                capstyle="butt" if dash else "round",
                joinstyle="round",
            )
        )


def draw_marks(group: Group, marks: Iterable[Mark], *, searchable: bool = True) -> None:
    """Draw marks in their order, all halos below all else.

    Args:
        group: the group to draw in.
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
                    group.add(
                        PathPatch(outline, facecolor=halo, edgecolor=halo, linewidth=HALO_POINTS, joinstyle="round")
                    )
    for mark in order:
        if isinstance(mark, Text):
            _write(group, mark, searchable=searchable)
        elif isinstance(mark, Stroke):
            lines = [shapely.linestrings(mark.points)]
            draw_lines(group, lines, mark.colour, mark.width, mark.dash, mark.opacity)
        elif isinstance(mark, Patch):
            group.add(
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
            _point(group, mark)


def _point(group: Group, mark: Marker) -> None:
    group.add(
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


def _write(group: Group, mark: Text, *, searchable: bool) -> None:
    outlined = bool(mark.spacing or mark.slanted)
    if outlined:
        for outline in _glyphs(mark):
            group.add(PathPatch(outline, facecolor=colour(mark.colour), edgecolor="none", linewidth=0))
    if not outlined or searchable:
        group.add(Line(mark, hidden=outlined))


def _glyphs(mark: Text) -> list[Outline]:
    """Return the outlines of a line of text in mm, with its spacing and slant."""
    runs = list(mark.text) if mark.spacing else [mark.text]
    step = mark.spacing * mark.size * MM_PER_POINT
    outlines: list[Outline] = []
    x = 0.0
    for run in runs:
        place = Affine2D().scale(MM_PER_POINT)
        if mark.slanted:
            place = place.skew_deg(_SLANT_DEGREES, 0)
        if run.strip():
            glyphs = _outline_of(run, mark.face, mark.size)
            place = place.translate(x, 0).rotate_deg(mark.angle).translate(mark.x, mark.y)
            turned = place.transform_path(glyphs)
            outlines.append(Outline(_printed(np.asarray(turned.vertices)), turned.codes))
        x += width_mm(run, mark.face, mark.size) + step
    return outlines


@lru_cache(maxsize=4096)  # a name's halo and its letters are the same, and many names share their characters
def _outline_of(run: str, face: Face, size: float) -> Outline:
    """Return the outline of a run of characters in points; not to be written to."""
    return TextPath((0, 0), run, size=size, prop=properties(face, size))


def _printed(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return vertices (mm) on whole hundredths of a point: 3.5 µm, finer than any press, in two thirds of the bytes."""
    return np.round(xy / MM_PER_POINT, 2) * MM_PER_POINT


def _outline(shape: shapely.Geometry) -> Outline | None:
    """Return a polygon or multipolygon as one path with holes."""
    vertices: list[np.ndarray[tuple[int, int], np.dtype[np.float64]]] = []
    codes: list[np.ndarray[tuple[int], np.dtype[np.uint8]]] = []
    for part in shapely.get_parts(shape):
        if part.geom_type != "Polygon" or part.is_empty:
            continue
        # Fill is by winding number: holes must turn the other way.
        for ring in (shapely.orient_polygons(part).exterior, *shapely.orient_polygons(part).interiors):
            xy = _printed(np.asarray(ring.coords)[:, :2])
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
