"""A plate on another paper: the same map, with its furniture where that paper has room for it.

Designed plates put panels into the corners of an A3 frame. On a larger sheet the map grows and the type stays, so that
more names find room. On a smaller one the furniture leaves the frame: it stands beside the map (A4, slide) or below it
(upright sheets, the columns of a journal, which are cut to the height that is used and carry no title: the caption of
the article does that). Strokes and markers grow lighter with the sheet, type only a little.
"""

from __future__ import annotations

import math
from typing import get_args

import numpy as np
import shapely

from atlas.geometry import boundaries
from atlas.plate.definition import (
    FREE_HEIGHT,
    PAPER_MM,
    Block,
    Graticule,
    Orientation,
    Panel,
    Paper,
    PaperSize,
    Plate,
    PlateLayer,
    View,
)
from atlas.plate.projection import Geometries, SheetMap

_ROOM = 1.06  # the frame is so much wider and higher than its subject
_BESIDE: dict[PaperSize, float] = {"A4": 66, "A3": 88, "A2": 112, "slide": 84}  # mm: the width of the furniture
_WEIGHT: dict[PaperSize, float] = {"column": 0.55, "double": 0.75, "A4": 0.8, "slide": 0.9}
_UPRIGHT_SHARE, _LEAST_SHARE = 0.6, 0.3  # of the height of an upright sheet, for the map, at most and at least
_UPRIGHT_ROOM = 1.25  # by which a map is higher than its subject at the most
_DEGREES = (1 / 12, 0.25, 0.5, 1, 2, 4, 5, 10)
_KM = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500)
_KEYED = 1.5
_SMALL_TYPE, _LEAST_TYPE = 0.78, 5.0  # of the size of names on small figures; pt
_FOOT = 18  # mm under a frame that takes all the height of its sheet: numbers of the meridians, credits
_LOCATOR_SHARE = 0.35  # a sheet that shows less of the region than this says where it lies


def resized(
    plate: Plate, size: PaperSize, orientation: Orientation | None, focus: Geometries, *, widened: float = 1
) -> Plate:
    """Return a designed plate for another paper.

    Args:
        plate: the plate as designed.
        size: of the paper.
        orientation: the plate's own if None; figures for a journal are always upright.
        focus: shapes that the frame must show, degrees (EPSG:4490); what its own frame cuts off stays cut off.
        widened: by how much furniture beside the map is wider than usual; the map makes room for it.
    """
    orientation = "portrait" if size in FREE_HEIGHT else orientation or plate.paper.orientation
    if (size, orientation) == (plate.paper.size, plate.paper.orientation):
        return plate
    own, wanted = PAPER_MM[plate.paper.size][1], PAPER_MM[size][1]
    if size.startswith("A") and wanted > own and orientation == plate.paper.orientation:
        return _enlarged(plate, size, wanted / own)
    sheet = SheetMap.of(plate)
    subject = shapely.intersection(shapely.union_all(sheet.shapes(focus)).envelope, shapely.box(*sheet.frame))
    return fitted(plate, size, orientation, subject.bounds, locator="locator" in _blocks(plate), widened=widened)


def fitted(
    plate: Plate,
    size: PaperSize,
    orientation: Orientation,
    subject: tuple[float, float, float, float],
    *,
    locator: bool,
    widened: float = 1,
    fills: bool = False,
) -> Plate:
    """Return a plate whose frame shows a box of its own sheet (mm), with the furniture outside the frame.

    Args:
        plate: gives the map; its view says where `subject` is.
        size: of the paper.
        orientation: of the paper.
        subject: left, bottom, right, top on the plate's own sheet, mm.
        locator: whether the furniture has a locator.
        widened: by how much furniture beside the map is wider than usual.
        fills: whether the frame of a sheet that lies across takes all its height, if there is land to show all over it.
    """
    sheet = SheetMap.of(plate)
    left, bottom, right, top = subject
    wide, high = max(right - left, 1e-6), max(top - bottom, 1e-6)
    paper, panel = _furnished(plate, size, orientation, high / wide, locator=locator, widened=widened)
    if fills and orientation == "landscape":
        tall = paper.model_copy(update={"bottom": _FOOT})
        if _knows_all(sheet, tall, subject):
            paper = tall
    across, up = paper.size_mm[0] - paper.left - paper.right, paper.size_mm[1] - paper.top - paper.bottom
    scale = _rounded(sheet.scale * max(wide / across, high / up) * _ROOM)
    lon, lat = sheet.lonlat((left + right) / 2, (bottom + top) / 2)
    centre = (round(lon, 3), round(lat, 3))
    weight = _WEIGHT.get(size, 1.0)
    columns = 1 if panel.width < 90 else 2 if panel.width < 150 else 3
    key = plate.key.model_copy(update={"columns": columns}) if plate.key else None
    ground = plate.ground.model_copy(
        update={
            "national_width": plate.ground.national_width * weight,
            "provincial_width": plate.ground.provincial_width * weight,
            "national_band": plate.ground.national_band * weight,
            "provincial_band": plate.ground.provincial_band * weight,
            "country_size": max(6.5, plate.ground.country_size * weight),
            "province_size": max(5.5, plate.ground.province_size * weight),
        }
    )
    return plate.model_copy(
        update={
            "paper": paper,
            "view": View(centre=centre, scale=scale),
            "graticule": _graticule(scale, across, up, lat),
            "ground": ground,
            "layers": tuple(_lighter(layer, weight) for layer in plate.layers),
            "panels": (panel,),
            "scale_bar_km": _bar(scale, min(panel.width, 90.0)),
            "north": None,
            "insets": (),
            "key": key,
        }
    )


def wants_locator(plate: Plate, region: Geometries) -> bool:
    """Whether a plate shows so little of the region (degrees) that it must say where it lies."""
    sheet = SheetMap.of(plate)
    whole = shapely.union_all(sheet.shapes(region))
    return bool(shapely.intersection(whole, shapely.box(*sheet.frame)).area < whole.area * _LOCATOR_SHARE)


def _blocks(plate: Plate) -> set[Block]:
    return {block for panel in plate.panels for block in panel.blocks}


def _lighter(layer: PlateLayer, weight: float) -> PlateLayer:
    labels = layer.labels
    if labels and labels.size and weight < _SMALL_TYPE:
        labels = labels.model_copy(update={"size": max(_LEAST_TYPE, labels.size * _SMALL_TYPE)})
    if labels and labels.numbered and weight < _SMALL_TYPE:
        labels = labels.model_copy(update={"bare": True})
    return layer.model_copy(update={"weight": layer.weight * weight, "labels": labels})


def _enlarged(plate: Plate, size: PaperSize, by: float) -> Plate:
    """Return a plate whose map is `by` times as large; type and panels keep their size."""
    paper = plate.paper.model_copy(update={"size": size})
    # The frame grows by a little more than the sheet, since the margins stay.
    old, new = plate.frame, plate.model_copy(update={"paper": paper}).frame
    grown = min((new[2] - new[0]) / (old[2] - old[0]), (new[3] - new[1]) / (old[3] - old[1]))
    insets = tuple(
        inset.model_copy(
            update={
                "box": (
                    new[0] + (inset.box[0] - old[0]) * grown,
                    new[1] + (inset.box[1] - old[1]) * grown,
                    inset.box[2] * by,
                    inset.box[3] * by,
                ),
                "view": inset.view.model_copy(update={"scale": round(inset.view.scale / by)}),
            }
        )
        for inset in plate.insets
    )
    view = plate.view.model_copy(update={"scale": _rounded(plate.view.scale / grown)})
    return plate.model_copy(update={"paper": paper, "view": view, "insets": insets})


def _furnished(
    plate: Plate, size: PaperSize, orientation: Orientation, aspect: float, *, locator: bool, widened: float
) -> tuple[Paper, Panel]:
    """Return the paper with its margins, and the panel beside or below the frame."""
    own = _blocks(plate)
    wanted = own - {"title", "sources", "locator"} | ({"locator"} if locator else set())
    blocks: list[Block] = [*(block for block in get_args(Block) if block in wanted), "sources"]
    short, long = PAPER_MM[size]
    if size in FREE_HEIGHT:
        side = 9.0
        up = (short - 2 * side) * float(np.clip(aspect * 1.02, 0.55, 1.2))
        paper = Paper(size=size, orientation="portrait", left=side, right=side, top=7, bottom=long - 7 - up)
        return paper, Panel(corner="below", width=short - 2 * side, blocks=tuple(blocks))
    blocks = ["title", *blocks]
    if orientation == "portrait":
        up = min(long * _UPRIGHT_SHARE / widened, max((short - 24) * aspect * _UPRIGHT_ROOM, long * _LEAST_SHARE))
        paper = Paper(size=size, orientation=orientation, left=12, right=12, top=12, bottom=long - 12 - up)
        return paper, Panel(corner="below", width=short - 24, blocks=tuple(blocks))
    # A numbered key is long: it takes two columns.
    width = _BESIDE.get(size, 60.0) * (_KEYED if "key" in own else 1) * widened
    # Beside wide furniture the frame would be taller than its subject, and reach beyond where the neighbours' data end.
    up = min(short - 12 - _FOOT, (long - width - 12 - 22) * aspect * _UPRIGHT_ROOM)
    bottom = short - 12 - up
    paper = Paper(size=size, orientation=orientation, left=12, right=width + 12 + 10, top=12, bottom=bottom)
    return paper, Panel(corner="beside", width=width, blocks=tuple(blocks))


def _knows_all(sheet: SheetMap, paper: Paper, subject: tuple[float, float, float, float]) -> bool:
    """Say whether there is land to draw everywhere in the frame of a paper that shows a box of a sheet (mm)."""
    left, bottom, right, top = subject
    across, up = paper.size_mm[0] - paper.left - paper.right, paper.size_mm[1] - paper.top - paper.bottom
    shrunk = _ROOM * max((right - left) / across, (top - bottom) / up)
    x, y = (left + right) / 2, (bottom + top) / 2
    half, rise = across * shrunk / 2, up * shrunk / 2
    corners = [sheet.lonlat(x + one, y + other) for one in (-half, 0, half) for other in (-rise, rise)]
    west, south, east, north = boundaries.SHEET
    return all(west < lon < east and south < lat < north for lon, lat in corners)


def _rounded(scale: float) -> int:
    """Return a denominator of two or three figures that is at least as large."""
    step: int = 10 ** (math.floor(math.log10(scale)) - 1)
    if scale / step < 50:
        step //= 2
    return math.ceil(scale / step - 1e-9) * step


def _graticule(scale: int, across: float, up: float, lat: float) -> Graticule:
    """Return steps that put about six meridians and five parallels into a frame of so many mm."""
    km = scale / 1e6
    lon = across * km / (111.3 * math.cos(math.radians(lat))) / 6
    return Graticule(lon_step=_nearest(lon, _DEGREES), lat_step=_nearest(up * km / 111.2 / 5, _DEGREES))


def _bar(scale: int, width: float) -> tuple[int, ...]:
    """Return the marks of a scale bar that takes about two thirds of a width (mm)."""
    step = max((km for km in _KM if 4 * km * 1e6 / scale <= width * 0.66), default=1)
    return tuple(step * index for index in range(5))


def _nearest(value: float, choices: tuple[float, ...]) -> float:
    return min(choices, key=lambda choice: abs(math.log(choice / value)))
