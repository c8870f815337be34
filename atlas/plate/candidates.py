"""Where a label may stand: candidate places inside an area, around a point, along a line, or outside with a leader.

Each place has a cost, one mm away from the best place being `COST_AWAY`; `atlas.plate.labels` chooses among those that
are free. Shapes are generalised here by a quarter of a millimetre, which only the costs see; what is drawn is never
touched.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from atlas.plate.courses import beside
from atlas.plate.marks import Box, Text, turned_box

PADDING = 0.5  # mm between a label and anything it may not touch
GENERALISED = 0.25  # mm
_GRID = 0.6  # mm between candidate positions inside an area, more in a large one
_GRID_SHARE = 1 / 24  # of a large area's breadth
_CELL = 0.2  # mm: of the grid on which linework is summed
_RINGS = np.arange(2.5, 31, 1.5)  # mm from the anchor to a label outside
_DIRECTIONS = 32
_GAP = 0.5  # mm between a point's symbol and its name
_ON_LINE = 2.0  # mm between the places of a number on its line

COST_AWAY = 0.2
_COST_LINE = 1.1  # per mm of line under the label and per point of the line's width
_COST_LEADER = 0.8
_COST_LEADER_OVER_FOCUS = 0.7
_COST_OVER_FOCUS = 10.0
_COST_OVERHANG = 22.0
_COST_BEYOND = 6.0  # of a line's name beyond the region, where the line lies in it too
_COST_MIDDLE = 6.0  # of a number at its line's end, against one at its middle
_COST_RIVAL, _RIVAL_ROOM = 12.0, 1.5  # of a number where its line runs with another, within so many mm
_GAIN_CLEARANCE = 1.2  # per mm from the area's edge, up to _ENOUGH_CLEARANCE
_ENOUGH_CLEARANCE = 2.5
MOST_GAIN = _GAIN_CLEARANCE * _ENOUGH_CLEARANCE


@dataclass(frozen=True)
class Form:
    """One way to set a label: its lines relative to the lower left corner of its box, mm.

    With a `badge` (palette key) it is a number in a disc that stands on its line.
    """

    texts: tuple[Text, ...]
    width: float
    height: float
    badge: str = ""


@dataclass(frozen=True)
class Linework:
    """Lines that labels had better not cover, as a summed-area table of their length times weight.

    `table[row, column]` holds all that lies below and left of that corner of a grid of `_CELL` mm over the frame, so
    the sum under any box is four look-ups.
    """

    frame: Box
    table: NDArray[np.float64]

    @classmethod
    def of(cls, frame: Box, lines: Sequence[tuple[shapely.Geometry, float]]) -> Linework:
        """Sample lines along their course; each comes with its weight (width in points)."""
        rows_in, columns_in = (
            math.ceil((frame.top - frame.bottom) / _CELL) + 1,
            math.ceil((frame.right - frame.left) / _CELL) + 1,
        )
        sums = np.zeros(rows_in * columns_in)
        for line, weight in lines:
            xy = shapely.get_coordinates(shapely.segmentize(line, _CELL / 2))
            columns = np.floor((xy[:, 0] - frame.left) / _CELL).astype(np.intp) + 1
            rows = np.floor((xy[:, 1] - frame.bottom) / _CELL).astype(np.intp) + 1
            on = (columns > 0) & (rows > 0) & (columns < columns_in) & (rows < rows_in)
            # A cell counts once however many vertices lie in it: as one cell's length of line.
            sums[np.unique(rows[on] * columns_in + columns[on])] += weight * _CELL
        return cls(frame, sums.reshape(rows_in, columns_in).cumsum(axis=0).cumsum(axis=1))

    def under(self, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the weighted length of line under each box and its halo, mm times points."""
        left, bottom, right, top = boxes.T
        columns = [left - PADDING - self.frame.left, right + PADDING - self.frame.left]
        rows = [bottom - PADDING - self.frame.bottom, top + PADDING - self.frame.bottom]
        x0, x1 = (np.clip(np.round(edge / _CELL), 0, self.table.shape[1] - 1).astype(int) for edge in columns)
        y0, y1 = (np.clip(np.round(edge / _CELL), 0, self.table.shape[0] - 1).astype(int) for edge in rows)
        table = self.table
        return np.asarray(table[y1, x1] - table[y0, x1] - table[y1, x0] + table[y0, x0])


@dataclass
class Scene:
    """What labels must keep clear of or would rather not cover (all in mm)."""

    frame: Box
    obstacles: Sequence[Box] = ()
    symbols: Sequence[Box] = ()  # point symbols: no name may cover one, though it may stand close by
    focus: shapely.Geometry = field(default_factory=shapely.Polygon)  # labels outside should stay off it
    linework: Linework | None = None

    def lines_under(self, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what covering lines costs each box."""
        return self.linework.under(boxes) * _COST_LINE if self.linework else np.zeros(len(boxes))


@dataclass(frozen=True)
class Candidates:
    """Places for one form of a label."""

    form: Form
    boxes: NDArray[np.float64]  # (n, 4): left, bottom, right, top
    cost: NDArray[np.float64]
    leaders: NDArray[np.object_] | None = None
    angles: NDArray[np.float64] | None = None  # degrees anticlockwise about the box's middle
    area: shapely.Geometry | None = None  # the nearness of whose edge has still to be charged (`cleared`)

    def pieces(self) -> NDArray[np.float64]:
        """Return what each place covers as boxes (n, k, 4): a turned name as a chain of short ones along it."""
        if self.angles is None:
            return self.boxes[:, None, :]
        return turned_pieces(self.boxes, self.form.width, self.form.height, self.angles)


def turned_pieces(
    boxes: NDArray[np.float64], width: float, height: float, angles: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the boxes (n, k, 4) that cover rectangles turned about the middles of `boxes`, one for each height."""
    count = max(1, math.ceil(width / height))
    middles = np.column_stack([boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]]) / 2
    along = (np.arange(count) + 0.5) / count - 0.5
    towards = np.column_stack([np.cos(np.radians(angles)), np.sin(np.radians(angles))]) * width
    centres = middles[:, None, :] + along[None, :, None] * towards[:, None, :]
    flat = turned_box(centres.reshape(-1, 2), width / count, height, np.repeat(angles, count))
    return flat.reshape(len(boxes), count, 4)


def inside(shape: shapely.Polygon, heart: NDArray[np.float64], form: Form, scene: Scene, overhang: float) -> Candidates:
    """Places on a grid inside the area; the share `overhang` of a label may lie over its edge."""
    left, bottom, right, top = shape.bounds
    step = max(_GRID, math.sqrt(shape.area) * _GRID_SHARE)
    xs, ys = np.meshgrid(np.arange(left + step / 2, right, step), np.arange(bottom + step / 2, top, step))
    shapely.prepare(shape)
    centres = np.column_stack([xs.ravel(), ys.ravel()])
    centres = np.vstack([centres[shapely.contains_xy(shape, centres[:, 0], centres[:, 1])], heart])
    half = np.array([form.width / 2, form.height / 2])
    boxes = np.hstack([centres - half, centres + half])
    if not overhang:
        keep = np.asarray(shapely.contains_properly(shape, shapely.box(*boxes.T)))
        cost = np.zeros(int(keep.sum()))
    else:
        covered = share(shape, boxes)
        keep = covered >= 1 - overhang
        cost = (1 - covered[keep]) * _COST_OVERHANG
    boxes, centres = boxes[keep], centres[keep]
    cost = cost + np.hypot(*(centres - heart).T) * COST_AWAY
    return Candidates(form, boxes, cost + scene.lines_under(boxes), area=shape)


def cleared(area: shapely.Geometry, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what each box gains by its distance from the area's edge, `MOST_GAIN` at the most."""
    clearance = shapely.distance(shapely.box(*boxes.T), area.boundary)
    return np.asarray(np.minimum(clearance, _ENOUGH_CLEARANCE) * _GAIN_CLEARANCE)


def outside(
    anchor: NDArray[np.float64], form: Form, scene: Scene, *, start: float = 0.0, over_focus: bool = False
) -> Candidates:
    """Places around an anchor, joined to it by a leader that starts `start` mm from it.

    Names of areas had better leave the region (`over_focus` false); those of points stand on it anyway.
    """
    angles = np.arange(_DIRECTIONS) * (2 * math.pi / _DIRECTIONS)
    rings, turns = (grid.ravel() for grid in np.meshgrid(_RINGS + start, angles, indexing="ij"))
    towards = np.column_stack([np.cos(turns), np.sin(turns)])
    half = np.array([form.width / 2, form.height / 2])
    # The leader meets the middle of the label's near side, or of its upper or lower edge.
    joints = anchor + towards * rings[:, None]
    steep = np.abs(towards[:, 1]) > math.sin(math.radians(60))
    none = np.zeros(len(rings))
    shift = np.where(
        steep[:, None],
        np.column_stack([none, np.sign(towards[:, 1]) * half[1]]),
        np.column_stack([np.sign(towards[:, 0]) * half[0], none]),
    )
    centres = joints + shift
    boxes = np.hstack([centres - half, centres + half])
    starts, ends = anchor + towards * start, joints - towards * 0.4
    lines = shapely.linestrings(np.stack([starts, ends], axis=1))
    cost = rings * _COST_LEADER + scene.lines_under(boxes)
    if not over_focus:
        steps = np.linspace(0, 1, 13)[:, None, None]
        along = starts + (ends - starts) * steps
        on_focus = shapely.contains_xy(scene.focus, along[..., 0], along[..., 1]).mean(axis=0) * rings
        cost = cost + share(scene.focus, boxes) * _COST_OVER_FOCUS + on_focus * _COST_LEADER_OVER_FOCUS
    return Candidates(form, boxes, cost, lines)


def along(line: shapely.Geometry, form: Form, scene: Scene) -> Candidates:
    """Places beside a line; the box is the one that the turned name fills."""
    lines = [part for part in shapely.get_parts(line) if part.geom_type in {"LineString", "LinearRing"}]
    found = beside(shapely.multilinestrings(lines), form.width, form.height)
    boxes = turned_box(found.middles, form.width, form.height, found.angles)
    placed = Candidates(form, boxes, found.cost, angles=found.angles)
    pieces = placed.pieces()
    under = scene.lines_under(pieces.reshape(-1, 4)).reshape(pieces.shape[:2]).sum(axis=1)
    cost = found.cost + under * 0.3
    if len(boxes) and not scene.focus.is_empty and shapely.intersects(line, scene.focus):
        cost = cost + (1 - share(scene.focus, boxes)) * _COST_BEYOND
    return Candidates(form, boxes, cost, angles=found.angles)


def on_line(line: shapely.Geometry, form: Form, scene: Scene, rivals: shapely.Geometry | None) -> Candidates:
    """Places for a number on its line, best near the middle and where no other line of the layer runs with it."""
    merged = shapely.line_merge(line) if line.geom_type == "MultiLineString" else line
    parts = [part for part in shapely.get_parts(merged) if part.geom_type in {"LineString", "LinearRing"}]
    longest = max(part.length for part in parts)
    points, away = [], []
    for part in parts:
        at = np.linspace(0, part.length, max(3, round(part.length / _ON_LINE) + 1))
        points.append(shapely.get_coordinates(shapely.line_interpolate_point(part, at)))
        away.append(np.abs(at / max(part.length, 1e-9) - 0.5) * 2 + (1 - part.length / longest))
    centres, far = np.vstack(points), np.concatenate(away)
    half = np.array([form.width / 2, form.height / 2])
    boxes = np.hstack([centres - half, centres + half])
    cost = far * _COST_MIDDLE + scene.lines_under(boxes) * 0.3
    if rivals is not None and not rivals.is_empty:
        near = shapely.distance(shapely.points(centres), rivals)
        cost = cost + np.clip(1 - near / _RIVAL_ROOM, 0, 1) * _COST_RIVAL
    return Candidates(form, boxes, cost)


def around_point(point: shapely.Point, radius: float, form: Form, scene: Scene) -> Candidates:
    """Sixteen positions around a point's symbol, in the usual order of preference: right and above first."""
    x, y, w, h = point.x, point.y, form.width, form.height
    gap, near = radius + _GAP, radius * 0.85 + _GAP
    corners = [
        (x + gap, y - h / 2), (x + near, y + near), (x + near, y - h - near),
        (x - gap - w, y - h / 2), (x - w - near, y + near), (x - w - near, y - h - near),
        (x - w / 2, y + gap), (x - w / 2, y - h - gap),
        (x + gap, y), (x + gap, y - h), (x - gap - w, y), (x - gap - w, y - h),
        (x - w / 4, y + gap), (x - w / 4, y - h - gap), (x - 3 * w / 4, y + gap), (x - 3 * w / 4, y - h - gap),
    ]  # fmt: skip
    boxes = np.array([(left, bottom, left + w, bottom + h) for left, bottom in corners])
    return Candidates(form, boxes, np.arange(len(boxes), dtype=float) * 0.8 + scene.lines_under(boxes) * 0.5)


def share(shape: shapely.Geometry, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of each box that lies in a shape, from 7 by 3 samples."""
    shapely.prepare(shape)
    across, up = np.meshgrid((np.arange(7) + 0.5) / 7, (np.arange(3) + 0.5) / 3)
    left, bottom, right, top = (edge[:, None] for edge in boxes.T)
    xs = left + (right - left) * across.ravel()
    ys = bottom + (top - bottom) * up.ravel()
    return np.asarray(shapely.contains_xy(shape, xs, ys).mean(axis=1))
