"""A plate of what a user has chosen: layers and a region, fitted to a paper, in the atlas's own style."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import shapely

from atlas.layers import Bilingual, Layer
from atlas.plate.definition import (
    Albers,
    Facing,
    Graticule,
    Ground,
    LabelRule,
    Orientation,
    Panel,
    Paper,
    PaperSize,
    Plate,
    PlateLayer,
    SymbolChange,
    View,
)
from atlas.plate.layout import fitted, wants_locator
from atlas.plate.projection import Geometries, SheetMap

ID = "selection"
_LEAST_KM = 120.0  # across: a city district still shows where it lies
_DETAIL = 4_000_000  # at larger scales than 1 to this, banners bear their names
_OF_BOX = re.compile(r" of box(es)? .*")  # English titles say without brackets what Chinese ones say within
_TITLED = 3  # so many layers are named in the title


def selected(
    layers: tuple[Layer, ...],
    region: Geometries,
    subject: Geometries,
    *,
    only: Mapping[str, tuple[str, ...]],
    title: Bilingual | None,
    lead: Bilingual,
    highlight: tuple[str, ...],
    size: PaperSize,
    orientation: Orientation,
    relief: float,
) -> Plate:
    """Design a plate.

    Args:
        layers: what to show, besides leagues and banners, which every plate has.
        region: the shapes of the whole region, degrees (EPSG:4490).
        subject: the shapes that the frame is to show; degrees.
        only: the features to show of a layer, by its id; all where it isn't in there.
        title: of the plate; made of the layers' titles if None.
        lead: the line under the title: what was chosen.
        highlight: codes of units to set off; none where the whole region is meant.
        size: of the paper.
        orientation: of the paper.
        relief: how strong the relief is, 0 to 1.
    """
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(np.asarray(subject, dtype=object)))
    lat = (south + north) / 2
    span = max(north - south, 1.0)
    plate = Plate(
        id=ID,
        title=title or titled(layers),
        lead=lead,
        paper=Paper(),
        view=View(centre=((west + east) / 2, lat), scale=1_000_000),
        projection=Albers(parallels=(round(south + span / 6, 2), round(north - span / 6, 2))),
        graticule=Graticule(lon_step=1, lat_step=1),
        ground=Ground(focus="leagues", national_width=1.7, provincial_width=1.1, relief=relief),
        layers=tuple(
            PlateLayer(id=entry.id, labels=LabelRule(size=6.6, priority=75, overhang=0.5), only=only.get(entry.id))
            for entry in layers
        )
        or (PlateLayer(id="leagues"),),
        highlight=highlight,
        panels=(Panel(corner="northwest", width=90, blocks=("title", "legend", "precision", "scale", "sources")),),
        facing=Facing(introduction=lead),
    )
    sheet = SheetMap.of(plate)
    left, bottom, right, top = shapely.total_bounds(sheet.shapes(np.asarray(subject, dtype=object)))
    least = _LEAST_KM * 1e6 / sheet.scale
    grow = max(0.0, (least - (right - left)) / 2)
    rise = max(0.0, (least * 0.7 - (top - bottom)) / 2)
    box = (left - grow, bottom - rise, right + grow, top + rise)
    placed = fitted(plate, size, orientation, box, locator=False, fills=True)
    shown = (*_base(layers, placed.view.scale, placed.layers[0].weight), *placed.layers)
    placed = placed.model_copy(update={"layers": _named_once(shown, layers)})
    if wants_locator(placed, region):
        again = fitted(plate, size, orientation, box, locator=True, fills=True)
        placed = placed.model_copy(update={"panels": again.panels})
    return placed


def _base(layers: tuple[Layer, ...], scale: int, weight: float) -> tuple[PlateLayer, ...]:
    """Return leagues and banners, where the user hasn't chosen them."""
    chosen = {entry.id for entry in layers} | (set() if layers else {"leagues"})
    detail = scale < _DETAIL
    names = LabelRule(size=6.2, priority=60, overhang=0.4) if detail else None
    base = (
        PlateLayer(id="banners", symbol=SymbolChange(width=0.35 if detail else 0.25), labels=names, weight=weight),
        PlateLayer(
            id="leagues",
            symbol=SymbolChange(width=0.7),
            labels=None if detail else LabelRule(size=7.5, priority=72, overhang=0.5),
            weight=weight,
        ),
    )
    return tuple(entry for entry in base if entry.id not in chosen)


def _named_once(shown: tuple[PlateLayer, ...], layers: tuple[Layer, ...]) -> tuple[PlateLayer, ...]:
    """Take the names from classes of banners (border units …) where the banners bear theirs already."""
    if not any(entry.id == "banners" and entry.labels for entry in shown):
        return shown
    classes = {entry.id for entry in layers if entry.geometry.rule == "class" and entry.geometry.kind == "polygon"}
    return tuple(entry.model_copy(update={"labels": None}) if entry.id in classes else entry for entry in shown)


def titled(layers: tuple[Layer, ...], of: Bilingual | None = None) -> Bilingual:
    """Return a title of the layers' names, without what they say in brackets, after the one region chosen (`of`)."""
    names = dict.fromkeys(
        (entry.title.zh.partition("（")[0], _OF_BOX.sub("", entry.title.en.partition(" (")[0])) for entry in layers
    )
    shown, more = list(names)[:_TITLED], len(names) - _TITLED
    zh = "、".join(name for name, _ in shown) + (f"等{len(names)}类" if more > 0 else "")
    en = ", ".join(name for _, name in shown) + (f" and {more} more" if more > 0 else "")
    if not shown:
        zh, en = "行政区划", "Administrative units"
    return Bilingual(zh=f"{of.zh}：{zh}", en=f"{of.en}: {en}") if of else Bilingual(zh=zh, en=en)
