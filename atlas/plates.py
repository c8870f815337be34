"""Static plates: one designed sheet from the built atlas, as PDF, SVG, PNG or TIFF.

A plate is a definition in `layers/plates/*.toml`, or made from what a user has chosen (`choose`); symbols come from the
layers, colours from the palette. The same atlas and definition give the same bytes. Nothing about one plate is written
here.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import numpy as np
import shapely

from atlas.analysis.matrix import Level, matrix, touching
from atlas.errors import InputError, UnknownNameError
from atlas.filters import is_ground, keep, placed, resolved, where
from atlas.layers import Bilingual, Layer, catalogue, layer
from atlas.plate.compose import Composed, compose
from atlas.plate.content import PlateSource
from atlas.plate.definition import (
    FREE_HEIGHT,
    PAPER_MM,
    Edition,
    Language,
    Orientation,
    PaperSize,
    Plate,
    load_plate,
    plate_ids,
)
from atlas.plate.georeference import world_files
from atlas.plate.layout import resized
from atlas.plate.output import DPI, FORMATS, Georeference, check_dpi, check_target, encode, save
from atlas.plate.paint import paint
from atlas.plate.selected import selected, titled
from atlas.selection import Selection
from atlas.store import Atlas

__all__ = ["choose", "compose_plate", "draw", "picture", "plate_ids", "values_of"]

_RELIEF = 0.6


def draw(
    atlas: PlateSource,
    plate: str | Plate,
    out: Path,
    *,
    language: Language = "zh",
    edition: Edition = "working",
    paper: PaperSize | None = None,
    orientation: Orientation | None = None,
    dpi: int = DPI,
    georeferenced: Georeference = "none",
) -> Path:
    """Draw one plate and put it at `out` in one step; what was there stays until the new file is whole.

    Args:
        atlas: the built atlas (`atlas.store.Atlas`).
        plate: the id of a definition in `layers/plates/`, or a plate (`choose`).
        out: a file that ends in .pdf, .svg, .png, .tif or .tiff.
        language: of all words on the sheet; `both` sets English under the Chinese.
        edition: `working` (内部工作) or `public` (公开送审稿), which leaves out what public maps may not show.
        paper: another paper than the plate's own: A2, A3, A4, `slide` (16:9), `double` (175 mm), `column` (85 mm).
        orientation: of that paper.
        dpi: of a PNG or TIFF.
        georeferenced: `world` writes a world file and a .prj beside a PNG or TIFF, `geotiff` puts both into a TIFF.

    Raises:
        InputError: the file type is unknown, the folder is missing or cannot be written, or the paper is too small.
        UnknownNameError: there is no such plate, layer, language, edition, paper or orientation.
        MissingGlyphError: a character that the typeface lacks.
    """
    form = check_target(out, georeferenced)
    check_dpi(dpi)
    composed = compose_plate(atlas, plate, language=language, edition=edition, paper=paper, orientation=orientation)
    canvas = paint(composed, searchable=form == "pdf")
    setting = composed.setting
    content = encode(
        canvas.figure, form, setting, dpi=dpi, georeferenced=georeferenced, maps=composed.maps, cut=composed.cut
    )
    beside = world_files(out, setting.plate, setting.sheet, dpi) if georeferenced == "world" else {}
    return save(content, out, beside)


def picture(
    atlas: PlateSource,
    plate: str | Plate,
    form: str,
    *,
    language: Language = "zh",
    edition: Edition = "working",
    paper: PaperSize | None = None,
    orientation: Orientation | None = None,
    dpi: int = DPI,
) -> bytes:
    """Return a plate as the bytes of a file, for a page that offers it: `form` is pdf, svg, png or tiff."""
    forms = tuple(dict.fromkeys(FORMATS.values()))
    if form not in forms:
        raise UnknownNameError("plate format", form, forms)
    check_dpi(dpi)
    composed = compose_plate(atlas, plate, language=language, edition=edition, paper=paper, orientation=orientation)
    figure = paint(composed, searchable=form == "pdf").figure
    return encode(figure, form, composed.setting, dpi=dpi, maps=composed.maps, cut=composed.cut)


def compose_plate(
    atlas: PlateSource,
    plate: str | Plate,
    *,
    language: Language = "zh",
    edition: Edition = "working",
    paper: PaperSize | None = None,
    orientation: Orientation | None = None,
) -> Composed:
    """Lay out a plate on a paper, with the values of its choropleth; arguments as of `draw`."""
    for kind, value, choices in (
        ("language", language, get_args(Language)),
        ("edition", edition, get_args(Edition)),
        ("paper size", paper or "A3", tuple(PAPER_MM)),
        ("orientation", orientation or "landscape", get_args(Orientation)),
    ):
        if value not in choices:
            raise UnknownNameError(kind, value, choices)
    designed = load_plate(plate) if isinstance(plate, str) else plate
    values = values_of(atlas, designed)
    if not (paper or orientation):
        return compose(atlas, designed, language, edition, values)
    shapes = atlas.features(designed.ground.keep_clear or designed.ground.focus).geometry.to_numpy()
    size = paper or designed.paper.size
    # Long keys and two languages may need wider furniture than others, at the map's cost.
    for widened in (1.0, 1.3):
        with contextlib.suppress(InputError):
            fitting = resized(designed, size, orientation, shapes, widened=widened)
            return compose(atlas, fitting, language, edition, values)
    return compose(atlas, resized(designed, size, orientation, shapes, widened=1.6), language, edition, values)


def values_of(atlas: PlateSource, plate: Plate) -> Mapping[str, float] | None:
    """Return how much touches each unit, by place id, for a plate that has a choropleth; None for others.

    Provisions count as in `atlas matrix`: those that hold for the whole region are left out.
    """
    if plate.choropleth is None:
        return None
    if not isinstance(atlas, Atlas):
        raise InputError(f"plate {plate.id!r} counts provisions: it needs a built atlas")
    level: Level = "county" if plate.choropleth.layer == "banners" else "league"
    measure = plate.choropleth.measure
    touched = touching(atlas, level, kinds=(measure,), region_wide=False)
    table = matrix(atlas, "document", measure, level=level, touched=touched)
    return {str(unit): float(total) for unit, total in zip(table["unit"], table["total"], strict=True)}


def choose(
    atlas: Atlas,
    selection: Selection,
    *,
    about: Selection | None = None,
    title: Bilingual | None = None,
    paper: PaperSize = "A3",
    orientation: Orientation | None = None,
    relief: bool = False,
) -> Plate:
    """Design a plate of what a user has chosen: its layers, the features that the filter keeps, fitted to its regions.

    Leagues and banners carry the sheet as they carry the map: they are drawn whole, and those kept are set off.
    Nothing is written and the atlas isn't changed, so that a page may call it as often as it likes.

    Args:
        atlas: the built atlas.
        selection: layers (or those of the themes) to show, and the filter (`atlas.filters`).
        about: regions, classes and parts that the sheet is fitted to; those of the filter by default.
        title: made of the layers' titles if None.
        paper: a paper size.
        orientation: landscape unless the paper is a journal's column.
        relief: lay shaded relief under everything.

    Raises:
        InputError: nothing is left of the selection, or a layer has no features yet.
        UnknownNameError: an unknown layer, region, class or paper.
    """
    if paper not in PAPER_MM:
        raise UnknownNameError("paper size", paper, tuple(PAPER_MM))
    shown = _layers(selection)
    about = resolved(atlas, where(about or selection))
    kept = keep(atlas, selection)
    only: dict[str, tuple[str, ...]] = {}
    for entry in shown:
        if kept is not None and not is_ground(entry):
            only[entry.id] = tuple(key for key in atlas.features(entry.id)["feature"] if key in kept["features"])
    left = tuple(entry for entry in shown if only.get(entry.id) != ())
    if shown and not left:
        raise InputError(
            f"the filter leaves nothing of {', '.join(entry.id for entry in shown)}: widen it",
            f"筛选之后，{'、'.join(entry.title.zh for entry in shown)}没有要素：请放宽筛选",
        )
    banners, region = atlas.features("banners"), atlas.features("region").geometry.to_numpy()
    everywhere = frozenset(banners["place"])
    units = _units(atlas, about)
    subject = region if units is None else banners.geometry[banners["place"].isin(units)].to_numpy()
    set_off = (everywhere if units is None else units) & (everywhere if kept is None else kept["units"])
    return selected(
        left,
        region,
        np.asarray([shapely.union_all(subject).envelope], dtype=object),
        only=only,
        title=title or titled(left, _one(atlas, about)),
        lead=_lead(atlas, about, filtered=bool(only)),
        highlight=() if set_off == everywhere else tuple(sorted(set_off)),
        size=paper,
        orientation="portrait" if paper in FREE_HEIGHT else orientation or "landscape",
        relief=_RELIEF if relief else 0.0,
    )


def _layers(selection: Selection) -> tuple[Layer, ...]:
    """Return the layers to show: those named, or else those of the themes.

    Raises:
        InputError: a layer has no features yet.
    """
    of_themes = [entry.id for entry in catalogue() if entry.theme in selection.themes and not entry.pending]
    names = dict.fromkeys(selection.layers or of_themes)
    found = tuple(layer(name) for name in names if name not in {"region", "neighbours"})
    for entry in found:
        if entry.pending:
            raise InputError(f"layer {entry.id!r} has no features yet: {entry.pending.zh}; choose another layer")
    return found


def _units(atlas: Atlas, about: Selection) -> frozenset[str] | None:
    """Return the banners that regions, classes and parts leave together; None where none is named."""
    kept = keep(atlas, about) if placed(about) else None
    return None if kept is None else kept["units"]


def _one(atlas: Atlas, about: Selection) -> Bilingual | None:
    """Return what the plate is about if that is one region or class, which then heads its title."""
    names = _named(atlas, about)
    return Bilingual(zh=names[0][0], en=names[0][1] or names[0][0]) if len(names) == 1 else None


def _named(atlas: Atlas, about: Selection) -> list[tuple[str, str]]:
    """Return the names, in Chinese and English, of the regions, classes and parts that were chosen."""
    gazetteer = atlas.gazetteer
    tables = (gazetteer.places, gazetteer.classes, gazetteer.groups)
    keys = (*about.regions, *about.classes, *about.parts)
    return [(table[key].name, table[key].name_en) for key in keys for table in tables if key in table]


def _lead(atlas: Atlas, about: Selection, *, filtered: bool) -> Bilingual:
    """Say in a line what was chosen, and that features are missing where they are."""
    names = _named(atlas, about)
    zh, en = "、".join(zh for zh, _ in names), ", ".join(en or zh for zh, en in names)
    lead = Bilingual(zh=f"所选地区：{zh}。", en=f"Selected: {en}.")
    if not names:
        lead = Bilingual(zh="全区。", en="The whole region.")
    if filtered:
        lead = Bilingual(zh=f"{lead.zh}只画出筛选留下的要素。", en=f"{lead.en} Only what a filter keeps is drawn.")
    return lead
