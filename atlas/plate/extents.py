"""What an inset shows, on the sheet: its outline with its title, and whose names the sheet leaves to it.

A name that an inset bears need not be crowded onto the sheet; the outline's title says where to look for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

from atlas.plate.blocks import Setting
from atlas.plate.labels import PADDING, Placed, Wanted
from atlas.plate.marks import Box, Text
from atlas.plate.projection import SheetMap
from atlas.plate.surround import INSET_RIM
from atlas.plate.words import say

COLOUR = "border.band"
_SIZE = 6.4  # pt
_GAP = 0.9  # mm between the outline and its title
_LARGE = 0.25  # of an area, at least, that a part is which a reader takes for an area of its own
_MOST = 0.6  # of a shape that an inset must show to be the one that names it


@dataclass(frozen=True)
class Extent:
    """An inset as the sheet sees it."""

    title: str
    ring: shapely.LinearRing  # what it shows, mm on the sheet
    hole: Box  # where it stands, with its rim
    named: frozenset[str]  # ids of the features that it names

    def names(self, label: Wanted, focus: str) -> bool:
        """Whether the sheet leaves a name to the inset: a point's, or that of what lies mostly in it.

        The units in focus keep their names: they say where on the sheet the outline lies.
        """
        return label.id in self.named and label.group != focus and self.holds(label.shape)

    def holds(self, shape: shapely.Geometry) -> bool:
        """Whether most of a shape (mm on the sheet) lies in the outline; a point always does if the inset names it."""
        if shape.geom_type in {"Point", "MultiPoint"}:
            return True
        measure = shapely.area if "Polygon" in shape.geom_type else shapely.length
        inside = shapely.intersection(shape, shapely.Polygon(self.ring))
        return bool(measure(inside) >= _MOST * measure(shape))

    def holds_part(self, shape: shapely.Geometry) -> bool:
        """Whether most of a shape, or of one of its larger parts, lies in the outline."""
        large = [part for part in shapely.get_parts(shape) if part.area >= _LARGE * shape.area]
        return any(self.holds(part) for part in (shape, *large))


def extent(sheet: SheetMap, inset: Setting, labels: Sequence[Placed]) -> Extent:
    """Return what an inset shows of a sheet, with the labels that it bears."""
    left, bottom, right, top = inset.sheet.frame
    share = np.linspace(0, 1, 12)[:-1, None]
    corners = np.array([(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)])
    rim = np.vstack([a + (b - a) * share for a, b in pairwise(corners)])
    ring = sheet.points(np.array([inset.sheet.lonlat(x, y) for x, y in rim]))
    return Extent(
        title=say(inset.plate.title, inset.language),
        ring=shapely.linearrings(ring),
        hole=Box(*inset.sheet.frame).grown(INSET_RIM),
        named=frozenset(label.id for label in labels),
    )


def titles(extents: Sequence[Extent], frame: Box, obstacles: Sequence[Box]) -> list[Placed]:
    """Set the title of each inset beside its outline, clear of panels, symbols and one another; without room, none."""
    taken = [box.grown(PADDING) for box in obstacles]
    found: list[Placed] = []
    for number, one in enumerate(extents):
        text = Text(0, 0, one.title, _SIZE, COLOUR, halo="ground.halo")
        own = text.box
        left, bottom, right, top = shapely.bounds(one.ring)
        middle = (bottom + top - own.top - own.bottom) / 2
        places = [
            (left, top + _GAP - own.bottom),
            (right - own.right, top + _GAP - own.bottom),
            (left, bottom - _GAP - own.top),
            (right - own.right, bottom - _GAP - own.top),
            (right + _GAP, middle),
            (left - _GAP - own.right, middle),
        ]
        for x, y in places:
            set_at = text.moved(float(x), float(y))
            if set_at.box.inside(frame) and not any(set_at.box.overlaps(box) for box in taken):
                found.append(Placed(f"inset/{number}", "insets", (set_at,), set_at.box))
                taken.append(set_at.box.grown(PADDING))
                break
    return found
