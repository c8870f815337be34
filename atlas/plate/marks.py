"""What furniture and labels are made of, before anything is drawn: texts, rules and boxes in mm on the sheet.

Keeping them as plain records lets a test ask whether two labels overlap or a legend leaves its box without rendering.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from atlas.plate.fonts import MM_PER_POINT, Face, width_mm

# Of the type size: how far Chinese characters reach above and below the baseline in both typefaces.
ASCENT = 0.88
DESCENT = 0.12


@dataclass(frozen=True)
class Box:
    """A rectangle on the sheet, mm."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def inside(self, other: Box) -> bool:
        """Whether this lies wholly in `other`."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.bottom <= self.bottom
            and self.top <= other.top
        )

    def grown(self, by: float) -> Box:
        """Return this with `by` mm added on each side."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    @property
    def middle(self) -> tuple[float, float]:
        """The centre."""
        return ((self.left + self.right) / 2, (self.bottom + self.top) / 2)


@dataclass(frozen=True)
class Text:
    """One line of text; `x`, `y` is the left end of its baseline (mm), `size` in points, `colour` a palette key."""

    x: float
    y: float
    text: str
    size: float
    colour: str = "ground.ink"
    face: Face = Face.SANS
    spacing: float = 0  # em between characters
    slanted: bool = False
    halo: str = ""  # palette key of the halo, none if empty
    angle: float = 0  # degrees anticlockwise about the left end of the baseline

    @property
    def width(self) -> float:
        """Width of the line, mm."""
        return width_mm(self.text, self.face, self.size, self.spacing)

    @property
    def box(self) -> Box:
        """The rectangle that the characters' bodies fill."""
        em = self.size * MM_PER_POINT
        if not self.angle:
            return Box(self.x, self.y - DESCENT * em, self.x + self.width, self.y + ASCENT * em)
        turn = math.radians(self.angle)
        corners = [(x, y) for x in (0, self.width) for y in (-DESCENT * em, ASCENT * em)]
        xs = [self.x + x * math.cos(turn) - y * math.sin(turn) for x, y in corners]
        ys = [self.y + x * math.sin(turn) + y * math.cos(turn) for x, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def aligned(self, to: Literal["left", "middle", "right"]) -> Text:
        """Move the line so that its `x` becomes its left end, middle or right end."""
        share = {"left": 0.0, "middle": 0.5, "right": 1.0}[to]
        return replace(self, x=self.x - share * self.width)

    def moved(self, dx: float, dy: float) -> Text:
        """Return the line elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def turned(self, angle: float, about: tuple[float, float]) -> Text:
        """Return the line turned by `angle` degrees anticlockwise about a point of the sheet."""
        turn = math.radians(angle)
        dx, dy = self.x - about[0], self.y - about[1]
        x = about[0] + dx * math.cos(turn) - dy * math.sin(turn)
        y = about[1] + dx * math.sin(turn) + dy * math.cos(turn)
        return replace(self, x=x, y=y, angle=self.angle + angle)


@dataclass(frozen=True)
class Stroke:
    """A line through points (mm); `width` in points, `dash` in multiples of the width."""

    points: tuple[tuple[float, float], ...]
    width: float
    colour: str
    dash: tuple[float, ...] = ()
    opacity: float = 1

    def moved(self, dx: float, dy: float) -> Stroke:
        """Return the line elsewhere."""
        return replace(self, points=tuple((x + dx, y + dy) for x, y in self.points))


@dataclass(frozen=True)
class Patch:
    """A filled outline through points (mm); `width` of its outline in points, colours are palette keys."""

    points: tuple[tuple[float, float], ...]
    fill: str | None
    opacity: float = 1
    stroke: str | None = None
    width: float = 0

    def moved(self, dx: float, dy: float) -> Patch:
        """Return the patch elsewhere."""
        return replace(self, points=tuple((x + dx, y + dy) for x, y in self.points))


@dataclass(frozen=True)
class Marker:
    """A point symbol, `size` in points."""

    x: float
    y: float
    shape: str
    size: float
    fill: str | None
    stroke: str | None
    width: float = 0

    def moved(self, dx: float, dy: float) -> Marker:
        """Return the symbol elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)


Mark = Text | Stroke | Patch | Marker


def turned_box(
    middles: NDArray[np.float64], width: float, height: float, angles: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the boxes (n, 4: left, bottom, right, top) that rectangles around `middles` fill, turned by `angles`."""
    turn = np.radians(angles)
    half_x = (width * np.abs(np.cos(turn)) + height * np.abs(np.sin(turn))) / 2
    half_y = (width * np.abs(np.sin(turn)) + height * np.abs(np.cos(turn))) / 2
    half = np.column_stack([half_x, half_y])
    return np.hstack([middles - half, middles + half])


def rectangle(box: Box) -> tuple[tuple[float, float], ...]:
    """Return the corners of a box, anticlockwise."""
    return ((box.left, box.bottom), (box.right, box.bottom), (box.right, box.top), (box.left, box.top))
