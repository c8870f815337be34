"""The furniture of a plate: title, key, legend, precision, scale, locator and sources as blocks, stacked in panels.

A block is laid out from its own upper left corner (0, 0) downwards, in mm; a panel stacks blocks and stands in a corner
of the frame, or beside or below it. Nothing here draws: `atlas.plate.canvas` does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import shapely

from atlas.plate import words
from atlas.plate.blocks import BODY, NOTE, SMALL, Laid, Setting, heading, paragraph, stack
from atlas.plate.credits import sources
from atlas.plate.definition import Block, Panel
from atlas.plate.fonts import Face
from atlas.plate.key import lay_key
from atlas.plate.legend import histogram, legend, precision
from atlas.plate.marks import Box, Mark, Patch, Text, rectangle
from atlas.plate.words import say

_PADDING = 5.0  # mm inside a panel
_GAP = 4.5  # mm between blocks
BESIDE, BELOW = 12.0, 8.0  # mm from the frame to a panel outside it: the graticule's figures stand between
_NARROW = 80.0  # mm: a title that has no more room is set smaller
_LOCATOR = (46.0, 34.0)  # mm: the most that a locator takes


@dataclass(frozen=True)
class LaidPanel:
    """A panel on the sheet."""

    box: Box
    marks: tuple[Mark, ...]


def lay_panels(setting: Setting) -> list[LaidPanel]:
    """Lay out every panel of the plate in its corner of the frame."""
    return [_lay_panel(panel, setting) for panel in setting.plate.panels]


def _lay_panel(panel: Panel, setting: Setting) -> LaidPanel:
    # Beside and below the frame the sheet itself is the panel: no box, no padding.
    framed = panel.corner not in {"beside", "below"}
    padding = _PADDING if framed else 0.0
    inner = panel.width - 2 * padding
    laid = [block for name in panel.blocks if (block := _BLOCKS[name](setting, inner)).height > 0]
    height = sum(block.height for block in laid) + _GAP * (len(laid) - 1) + 2 * padding
    left, bottom, right, top = setting.sheet.frame
    x = left if panel.corner.endswith("west") else right - panel.width
    y = top if panel.corner.startswith("north") else bottom + height
    if panel.corner == "beside":
        x, y = right + BESIDE, top
    elif panel.corner == "below":
        x, y = left, bottom - BELOW
    box = Box(x, y - height, x + panel.width, y)
    marks: list[Mark] = [Patch(rectangle(box), "ground.paper", stroke="ground.rule", width=0.5)] if framed else []
    down = y - padding
    for block in laid:
        marks.extend(mark.moved(x + padding, down) for mark in block.marks)
        down -= block.height + _GAP
    return LaidPanel(box, tuple(marks))


def _title(setting: Setting, width: float) -> Laid:
    title, lead = setting.plate.title, setting.plate.lead
    english = setting.language == "en"
    size = 21 if width > _NARROW else 15
    edition = Text(width, -2.2, say(words.EDITIONS[setting.edition], setting.language), SMALL, "border.band")
    overline = Laid(
        2.5, (Text(0, -2.2, say(words.ATLAS, setting.language), SMALL, "ground.muted"), edition.aligned("right"))
    )
    parts = [
        (0.0, overline),
        (4.5, paragraph(title.en if english else title.zh, width, size * 0.72 if english else size, face=Face.SERIF)),
        (2.6, paragraph(title.zh if english else title.en, width, 8.5, "ground.muted")),
        (4.0, paragraph(lead.en if english else lead.zh, width, BODY)),
    ]
    if setting.language == "both":
        parts.append((1.6, paragraph(lead.en, width, SMALL, "ground.muted")))
    return stack(parts)


def _scale(setting: Setting, _: float) -> Laid:
    steps = setting.plate.scale_bar_km
    sheet = setting.sheet
    ends = [sheet.bar_mm(km) for km in steps]
    number = Text(0, -2.4, f"1:{sheet.scale:,}".replace(",", " "), 8.5)
    label = Text(0, -2.4, say(words.SCALE, setting.language) + "  ", SMALL, "ground.muted")
    first = Laid(2.8, (label, number.moved(label.width, 0)))
    y = -5.0
    unit = " km" if setting.language == "en" else f" {words.KILOMETRES.zh}"
    marks: list[Mark] = []
    for index, (start, end) in enumerate(pairwise(ends)):
        box = Box(start, y - 1.2, end, y)
        fill = "admin.national" if index % 2 == 0 else "ground.paper"
        marks.append(Patch(rectangle(box), fill, stroke="admin.national", width=0.5))
    for km, end in zip(steps, ends, strict=True):
        last = km == steps[-1]
        text = Text(end, y + 1.2, str(km), NOTE)
        marks.append(text.aligned("left" if km == 0 else "middle"))
        if last:
            marks.append(Text(end + text.width / 2, y + 1.2, unit, NOTE))
    return stack([(0, first), (0, Laid(-y + 1.3, tuple(marks)))])


def _locator(setting: Setting, width: float) -> Laid:
    """Draw the outline of the region, generalised, with the sheet's frame on it: where the sheet lies."""
    region = setting.content.ground.region
    left, bottom, right, top = setting.sheet.frame
    frame = shapely.box(left, bottom, right, top)
    west, south, east, north = shapely.union_all([region.envelope, frame]).bounds
    scale = min(min(width, _LOCATOR[0]) / (east - west), _LOCATOR[1] / (north - south))
    outlines = shapely.get_parts(shapely.simplify(region, 0.15 / scale))
    marks: list[Mark] = []

    def placed(x: float, y: float) -> tuple[float, float]:
        return ((x - west) * scale, (y - north) * scale)

    for part in outlines:
        if part.area * scale**2 > 0.2:
            points = tuple(placed(float(x), float(y)) for x, y in shapely.get_coordinates(part.exterior))
            marks.append(Patch(points, "ground.land", stroke="admin.provincial", width=0.4))
    corners = tuple(placed(x, y) for x, y in ((left, bottom), (right, bottom), (right, top), (left, top)))
    marks.append(Patch(corners, "border.band", 0.12, stroke="border.band", width=0.9))
    body = Laid((north - south) * scale + 0.4, tuple(marks))
    return stack([(0, heading(words.LOCATOR, setting, width)), (2.2, body)])


_BLOCKS: dict[Block, Callable[[Setting, float], Laid]] = {
    "title": _title,
    "key": lay_key,
    "legend": legend,
    "histogram": histogram,
    "precision": precision,
    "scale": _scale,
    "locator": _locator,
    "sources": sources,
}
