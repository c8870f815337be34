"""The cover's map: the region with its leagues and the border units in their colour, without a word."""

from __future__ import annotations

import io
from dataclasses import replace

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.backends.backend_pdf import FigureCanvasPdf

from atlas.plate.canvas import Canvas, draw_lines, draw_polygons
from atlas.plate.coverage import joined, mesh
from atlas.plate.definition import load_plate
from atlas.plate.projection import SheetMap
from atlas.store import Atlas

SIZE = (270.0, 190.0)  # mm
_PLATE = "border"  # whose projection it has
_SCALE = 9_800_000


def cover(atlas: Atlas) -> bytes:
    """Return the map as a PDF of `SIZE`; boundaries are drawn vertex by vertex, as on the plates."""
    plate = load_plate(_PLATE)
    sheet = replace(SheetMap.of(plate), scale=_SCALE)
    shapes = {name: sheet.shapes(atlas.features(name).geometry.to_numpy()) for name in ("leagues", "border", "banners")}
    region = joined(shapes["leagues"])
    west, south, east, north = shapely.bounds(region)
    by = np.array([(SIZE[0] - east - west) / 2, (SIZE[1] - north - south) / 2])
    moved = {name: shapely.transform(found, lambda xy: xy + by) for name, found in shapes.items()}
    canvas = Canvas(SIZE)
    canvas.figure.set_facecolor("none")  # the page's own white shows
    draw_polygons(canvas.group("region"), moved["leagues"], "ground.land")
    draw_polygons(canvas.group("border"), moved["border"], "border.fill", 0.55)
    draw_lines(canvas.group("banners"), [mesh(moved["banners"])], "ground.rule", 0.25)
    draw_lines(canvas.group("leagues"), [mesh(moved["leagues"])], "admin.league", 0.6)
    outline = shapely.transform(region, lambda xy: xy + by).boundary
    draw_lines(canvas.group("outline"), [outline], "admin.national", 1.1)
    with mpl.rc_context({"pdf.compression": 3, "path.simplify": False}):
        FigureCanvasPdf(canvas.figure)
        out = io.BytesIO()
        canvas.figure.savefig(out, format="pdf", metadata={"CreationDate": None})
    return out.getvalue()
