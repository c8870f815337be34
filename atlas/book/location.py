"""The map of a dossier: where a place lies, with what the text speaks of most, sized to stand in a column of text."""

from __future__ import annotations

import math
from typing import Literal

import geopandas as gpd
import numpy as np
import shapely

from atlas.book.words import Language
from atlas.layers import Bilingual
from atlas.plate.compose import compose
from atlas.plate.definition import (
    Albers,
    Edition,
    Facing,
    Graticule,
    Ground,
    LabelRule,
    Paper,
    Plate,
    PlateLayer,
    SymbolChange,
    View,
)
from atlas.plate.output import encode
from atlas.plate.paint import paint
from atlas.store import Atlas

_PAPER = Paper(size="figure", left=9, right=9, top=7, bottom=18)  # what the notes leave free below is cut off
_PAPER_EN = _PAPER.model_copy(update={"bottom": 26.0})  # the credit has both languages, and two or three lines
_DPI = 250  # of a PNG: sharp in print, some hundred kilobytes
_ROOM = 1.5  # the frame is so much wider and higher than the place
_LEAST_KM = 160.0  # across, so that a city district still shows where it lies
# What a planner looks for around a banner; points and lines only, so that the units stay legible.
_LAYERS = ("rivers", "lakes", "kongdui", "railways", "expressways", "ports", "airports")


def location_map(
    atlas: Atlas,
    place: str,
    language: Language,
    edition: Edition = "working",
    shapes: gpd.GeoDataFrame | None = None,
    form: Literal["pdf", "png"] = "pdf",
) -> bytes | None:
    """Return a picture of the place in its surroundings, None for a place without a shape or outside the region.

    Args:
        atlas: the built atlas.
        place: id.
        language: of the labels.
        edition: working or public.
        shapes: from `Atlas.shapes_of`, where the caller draws many maps: it reads every layer.
        form: PDF, or PNG for programs that show no PDF within a text.
    """
    drawn = atlas.shapes_of([place]) if shapes is None else shapes[shapes["place"] == place]
    if drawn.empty:
        return None
    region = atlas.features("region").total_bounds
    bounds = drawn.total_bounds
    if not shapely.box(*bounds).intersects(shapely.box(*region)):
        return None
    plate = _plate(atlas, place, bounds, _PAPER if language == "zh" else _PAPER_EN)
    composed = compose(atlas, plate, language, edition)
    return encode(paint(composed, searchable=form == "pdf").figure, form, composed.setting, dpi=_DPI)


def _plate(atlas: Atlas, place: str, bounds: np.ndarray, paper: Paper) -> Plate:
    west, south, east, north = (float(edge) for edge in bounds)
    centre = (round((west + east) / 2, 2), round((south + north) / 2, 2))
    entry = atlas.place(place)
    unit = entry.id if entry.type in {"county", "league"} else None
    scale = _scale(centre, bounds, paper)
    whole = entry.type in {"region", "league"}
    small = LabelRule(size=5.6)
    own = LabelRule(size=7.5, overhang=0.6, leaders=True)
    step = 4.0 if scale > 5_000_000 else 2.0 if scale > 2_500_000 else 1.0 if scale > 900_000 else 0.5
    available = {layer.id for layer in atlas.layers()}
    layers = [
        PlateLayer(id="banners", symbol=SymbolChange(width=0.3), labels=None if scale > 6_000_000 else small),
        *(PlateLayer(id=name, labels=None if whole else small) for name in _LAYERS if name in available),
        PlateLayer(id="leagues", symbol=SymbolChange(width=0.7), labels=own if whole else None),
    ]
    title = Bilingual(zh=entry.name, en=entry.name_en or entry.name)
    return Plate(
        id="location",
        title=title,
        lead=title,
        paper=paper,
        view=View(centre=centre, scale=scale),
        projection=Albers(parallels=_parallels(south, north)),
        graticule=Graticule(lon_step=step, lat_step=step / 2),
        ground=Ground(focus="leagues", national_width=1.1, provincial_width=0.7, country_size=8, province_size=6),
        layers=tuple(layers),
        highlight=(unit,) if unit else (),
        panels=(),
        facing=Facing(introduction=title),
    )


def _scale(centre: tuple[float, float], bounds: np.ndarray, paper: Paper) -> int:
    """Return a round denominator at which the place fits the frame with room around it."""
    west, south, east, north = (float(edge) for edge in bounds)
    width, height = (168 - paper.left - paper.right, 118 - paper.top - paper.bottom)
    across = max((east - west) * 111.3 * math.cos(math.radians(centre[1])) * _ROOM, _LEAST_KM)
    upwards = max((north - south) * 111.2 * _ROOM, _LEAST_KM * height / width)
    exact = max(across * 1e6 / width, upwards * 1e6 / height)
    round_to = 100_000 if exact > 1_000_000 else 50_000
    return math.ceil(exact / round_to) * round_to


def _parallels(south: float, north: float) -> tuple[float, float]:
    """Return standard parallels a sixth inside the sheet's span, the usual rule for a conic."""
    span = max(north - south, 1.0)
    return round(south + span / 6, 2), round(north - span / 6, 2)
