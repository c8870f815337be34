"""Static plates: one designed sheet from the built atlas, as PDF, SVG or PNG.

A plate is a definition in `layers/plates/*.toml`; symbols come from the layers, colours from the palette. The same
atlas and definition give the same bytes. Nothing about one plate is written here.
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from atlas.errors import UnknownNameError
from atlas.plate.compose import compose
from atlas.plate.content import PlateSource
from atlas.plate.definition import Edition, Language, load_plate, plate_ids
from atlas.plate.output import check_target, write
from atlas.plate.paint import paint

__all__ = ["draw", "plate_ids"]


def draw(
    atlas: PlateSource,
    plate_id: str,
    out: Path,
    *,
    language: Language = "zh",
    edition: Edition = "working",
) -> Path:
    """Draw one plate and put it at `out` in one step; what was there stays until the new file is whole.

    Args:
        atlas: the built atlas (`atlas.store.Atlas`).
        plate_id: a definition in `layers/plates/`.
        out: a file that ends in .pdf, .svg or .png (PNG at 300 dpi).
        language: of all words on the sheet; `both` sets English under the Chinese.
        edition: `working` (内部工作) or `public` (公开送审稿), which leaves out what public maps may not show.

    Raises:
        InputError: the file type is unknown, or the folder is missing or cannot be written.
        UnknownNameError: there is no such plate, layer, language or edition.
        MissingGlyphError: a character that the typeface lacks.
    """
    for kind, value, choices in (
        ("language", language, get_args(Language)),
        ("edition", edition, get_args(Edition)),
    ):
        if value not in choices:
            raise UnknownNameError(kind, value, choices)
    form = check_target(out)
    plate = load_plate(plate_id)
    composed = compose(atlas, plate, language, edition)
    canvas = paint(composed, searchable=form == "pdf")
    return write(canvas.figure, out, composed.setting)
