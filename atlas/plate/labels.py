"""Label placement: greedy over scored candidates, so that no two labels, leaders or panels overlap.

Labels are placed from the highest to the lowest priority. A label of an area prefers room inside it, near its widest
place and off its lines, on one line or else on two; one that may use a leader goes outside when it doesn't fit. What
has no place is returned, never dropped in silence. Deterministic: candidates are tried in a fixed order, ties keep the
first.

Shapes are generalised here by a quarter of a millimetre, which only the scores see; what is drawn is never touched.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from atlas.plate.courses import beside
from atlas.plate.marks import Box, Stroke, Text, turned_box

PADDING = 0.5  # mm between a label and anything it may not touch
_GRID = 0.6  # mm between candidate positions inside an area, more in a large one
_GRID_SHARE = 1 / 32  # of a large area's breadth
_CELL = 0.2  # mm: of the grid on which linework is summed
_RINGS = np.arange(2.5, 31, 1.5)  # mm from the anchor to a label outside
_DIRECTIONS = 32
_GENERALISED = 0.25  # mm

# What each mm (or the whole label) costs, one mm away from the best place being _COST_AWAY.
_COST_AWAY = 0.2
_COST_LINE = 1.1  # per mm of line under the label and per point of the line's width
_COST_NEAR = 1.6  # per mm that another label is nearer than _ROOM
_ROOM = 3.0
_COST_LEADER = 0.8
_COST_LEADER_OVER_FOCUS = 0.7
_COST_OVER_FOCUS = 10.0
_COST_OVERHANG = 22.0
_COST_OFF = 16.0
_COST_FORM = 6.0  # of each form after the first
_GAIN_CLEARANCE = 1.2  # per mm from the area's edge, up to _ENOUGH_CLEARANCE
_ENOUGH_CLEARANCE = 2.5


@dataclass(frozen=True)
class Form:
    """One way to set a label: its lines relative to the lower left corner of its box, mm."""

    texts: tuple[Text, ...]
    width: float
    height: float


@dataclass(frozen=True)
class Wanted:
    """A label to place: the forms it may take, the best first, and the shape it names (mm)."""

    id: str
    group: str
    forms: tuple[Form, ...]
    shape: shapely.Geometry
    priority: int = 50
    overhang: float = 0  # the share of the label that may lie outside its area
    leader: bool = False
    off: shapely.Geometry | None = None  # an area that the label had better leave free


@dataclass(frozen=True)
class Placed:
    """A label with its place: texts and leader on the sheet, and the box that they fill."""

    id: str
    group: str
    texts: tuple[Text, ...]
    box: Box
    leader: Stroke | None = None


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
        shape = (
            math.ceil((frame.top - frame.bottom) / _CELL) + 1,
            math.ceil((frame.right - frame.left) / _CELL) + 1,
        )
        sums = np.zeros(shape)
        for line, weight in lines:
            xy = shapely.get_coordinates(shapely.segmentize(line, _CELL / 2))
            columns = np.floor((xy[:, 0] - frame.left) / _CELL).astype(np.intp) + 1
            rows = np.floor((xy[:, 1] - frame.bottom) / _CELL).astype(np.intp) + 1
            on = (columns > 0) & (rows > 0) & (columns < shape[1]) & (rows < shape[0])
            # A cell counts once however many vertices lie in it: as one cell's length of line.
            touched = np.zeros(shape, dtype=bool)
            touched[rows[on], columns[on]] = True
            sums[touched] += weight * _CELL
        return cls(frame, sums.cumsum(axis=0).cumsum(axis=1))

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
    focus: shapely.Geometry = field(default_factory=shapely.Polygon)  # labels outside should stay off it
    linework: Linework | None = None

    def lines_under(self, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what covering lines costs each box."""
        return self.linework.under(boxes) * _COST_LINE if self.linework else np.zeros(len(boxes))


@dataclass(frozen=True)
class _Candidates:
    form: Form
    boxes: NDArray[np.float64]  # (n, 4): left, bottom, right, top
    cost: NDArray[np.float64]
    leaders: NDArray[np.object_] | None = None
    angles: NDArray[np.float64] | None = None  # degrees anticlockwise about the box's middle


@dataclass
class _Taken:
    """What is on the sheet already."""

    blocked: list[Box]
    labels: list[Box]
    leaders: list[shapely.Geometry]


def place(wanted: Sequence[Wanted], scene: Scene) -> tuple[list[Placed], list[Wanted]]:
    """Place labels; returns those placed, in the order wanted, and those for which there is no room."""
    taken = _Taken([obstacle.grown(PADDING) for obstacle in scene.obstacles], [], [])
    focus = shapely.simplify(scene.focus, _GENERALISED)
    shapely.prepare(focus)
    scene = Scene(scene.frame, scene.obstacles, focus, scene.linework)
    placed: dict[str, Placed] = {}
    lost: list[Wanted] = []
    # Of equal rank the smallest goes first: it has the fewest places to choose from.
    for label in sorted(wanted, key=lambda label: (-label.priority, label.shape.area)):
        found = _best(label, scene, taken)
        if found is None:
            lost.append(label)
            continue
        taken.blocked.append(found.box.grown(PADDING))
        taken.labels.append(found.box)
        if found.leader:
            taken.leaders.append(shapely.linestrings(found.leader.points))
        placed[found.id] = found
    return [placed[label.id] for label in wanted if label.id in placed], lost


def _best(label: Wanted, scene: Scene, taken: _Taken) -> Placed | None:
    """Return the cheapest free place of the first group of candidates that has one."""
    for group in _groups(label, scene):
        found: list[tuple[float, Placed]] = []
        for candidates in group:
            cost, free = _costs(label, candidates, scene, taken)
            for index in np.argsort(cost, kind="stable"):
                line = candidates.leaders[index] if candidates.leaders is not None else None
                if free[index] and (line is None or not _leader_blocked(line, taken, scene.frame)):
                    angle = 0.0 if candidates.angles is None else float(candidates.angles[index])
                    put = _put(label, candidates.form, candidates.boxes[index], line, angle)
                    found.append((float(cost[index]), put))
                    break
        if found:
            return min(found, key=lambda pair: pair[0])[1]
    return None


def _costs(
    label: Wanted, candidates: _Candidates, scene: Scene, taken: _Taken
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return what each candidate costs on the sheet as it stands, and whether its place is free."""
    boxes, blocked = candidates.boxes, _boxes(taken.blocked)
    cells = shapely.box(*boxes.T)
    free = _within(boxes, scene.frame.grown(-PADDING)) & ~_hit(boxes, blocked)
    for leader in taken.leaders:
        free &= ~shapely.intersects(cells, leader)
    cost = candidates.cost + _crowding(boxes, _boxes(taken.labels))
    if label.off is not None:
        cost = cost + _share(label.off, boxes) * _COST_OFF
    return cost, free


def _groups(label: Wanted, scene: Scene) -> Iterator[list[_Candidates]]:
    """Yield groups of candidates: those inside the area in every form, then those outside it."""
    if label.shape.is_empty:
        return
    kinds = {part.geom_type for part in shapely.get_parts(label.shape)}
    if "Polygon" not in kinds:
        if kinds & {"LineString", "LinearRing"}:
            yield [_along(label.shape, form, scene, rank * _COST_FORM) for rank, form in enumerate(label.forms)]
            return
        for form in label.forms:
            yield [_around_point(shapely.get_parts(label.shape)[0], form, scene)]
        return
    shape = _body(label.shape)
    heart = np.array(shapely.maximum_inscribed_circle(shape, tolerance=0.3).coords[0])
    yield [
        _inside(shape, heart, form, scene, label.overhang, rank * _COST_FORM) for rank, form in enumerate(label.forms)
    ]
    if label.leader:
        yield [_outside(heart, label.forms[0], scene)]


def _body(shape: shapely.Geometry) -> shapely.Polygon:
    """Return the largest part of an area, generalised."""
    areas = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    largest = max(areas, key=lambda part: part.area)
    return max(shapely.get_parts(shapely.simplify(largest, _GENERALISED)), key=lambda part: part.area)


def _put(
    label: Wanted, form: Form, corners: NDArray[np.float64], line: shapely.Geometry | None, angle: float
) -> Placed:
    left, bottom, right, top = (float(value) for value in corners)
    if angle:
        x, y = (left + right) / 2, (bottom + top) / 2
        level = [text.moved(x - form.width / 2, y - form.height / 2) for text in form.texts]
        texts = tuple(text.turned(angle, (x, y)) for text in level)
        return Placed(label.id, label.group, texts, Box(left, bottom, right, top))
    leader = None
    if line is not None:
        leader = Stroke(tuple((float(x), float(y)) for x, y in line.coords), 0.4, form.texts[-1].colour)
    texts = tuple(text.moved(left, bottom) for text in form.texts)
    return Placed(label.id, label.group, texts, Box(left, bottom, right, top), leader)


def _inside(
    shape: shapely.Polygon, heart: NDArray[np.float64], form: Form, scene: Scene, overhang: float, base: float
) -> _Candidates:
    """Candidates on a grid inside the area; the share `overhang` of a label may lie over its edge."""
    left, bottom, right, top = shape.bounds
    step = max(_GRID, math.sqrt(shape.area) * _GRID_SHARE)
    xs, ys = np.meshgrid(np.arange(left + step / 2, right, step), np.arange(bottom + step / 2, top, step))
    shapely.prepare(shape)
    centres = np.column_stack([xs.ravel(), ys.ravel()])
    centres = np.vstack([centres[shapely.contains_xy(shape, centres[:, 0], centres[:, 1])], heart])
    half = np.array([form.width / 2, form.height / 2])
    cells = shapely.box(*np.hstack([centres - half, centres + half]).T)
    if not overhang:
        keep = np.asarray(shapely.contains_properly(shape, cells))
        cost = np.full(int(keep.sum()), base)
    else:
        share = _share(shape, shapely.bounds(cells))
        keep = share >= 1 - overhang
        cost = base + (1 - share[keep]) * _COST_OVERHANG
    cells, centres = cells[keep], centres[keep]
    clearance = shapely.distance(cells, shape.boundary)
    cost = cost + np.hypot(*(centres - heart).T) * _COST_AWAY
    cost = cost - np.minimum(clearance, _ENOUGH_CLEARANCE) * _GAIN_CLEARANCE
    boxes = np.hstack([centres - half, centres + half])
    return _Candidates(form, boxes, cost + scene.lines_under(boxes))


def _outside(heart: NDArray[np.float64], form: Form, scene: Scene) -> _Candidates:
    """Candidates around the area, joined to its heart by a leader."""
    angles = np.arange(_DIRECTIONS) * (2 * math.pi / _DIRECTIONS)
    rings, turns = (grid.ravel() for grid in np.meshgrid(_RINGS, angles, indexing="ij"))
    towards = np.column_stack([np.cos(turns), np.sin(turns)])
    half = np.array([form.width / 2, form.height / 2])
    # The leader meets the middle of the label's near side, or of its upper or lower edge.
    joints = heart + towards * rings[:, None]
    steep = np.abs(towards[:, 1]) > math.sin(math.radians(60))
    none = np.zeros(len(rings))
    shift = np.where(
        steep[:, None],
        np.column_stack([none, np.sign(towards[:, 1]) * half[1]]),
        np.column_stack([np.sign(towards[:, 0]) * half[0], none]),
    )
    centres = joints + shift
    boxes = np.hstack([centres - half, centres + half])
    ends = joints - towards * 0.4
    lines = shapely.linestrings(np.stack([np.broadcast_to(heart, joints.shape), ends], axis=1))
    covered = _share(scene.focus, boxes)
    steps = np.linspace(0, 1, 13)[:, None, None]
    along = heart + (ends - heart) * steps
    over_focus = shapely.contains_xy(scene.focus, along[..., 0], along[..., 1]).mean(axis=0) * rings
    cost = rings * _COST_LEADER + scene.lines_under(boxes)
    cost = cost + covered * _COST_OVER_FOCUS + over_focus * _COST_LEADER_OVER_FOCUS
    return _Candidates(form, boxes, cost, lines)


def _along(line: shapely.Geometry, form: Form, scene: Scene, base: float) -> _Candidates:
    """Candidates beside a line; the box is the one that the turned name fills."""
    lines = [part for part in shapely.get_parts(line) if part.geom_type in {"LineString", "LinearRing"}]
    found = beside(shapely.multilinestrings(lines), form.width, form.height)
    boxes = turned_box(found.middles, form.width, form.height, found.angles)
    return _Candidates(form, boxes, base + found.cost + scene.lines_under(boxes) * 0.3, angles=found.angles)


def _around_point(point: shapely.Point, form: Form, scene: Scene) -> _Candidates:
    """Eight positions around a point, in the usual order of preference: right and above first."""
    x, y, w, h = point.x, point.y, form.width, form.height
    gap, near = 1.4, 1.1
    corners = [
        (x + gap, y - h / 2), (x + near, y + near), (x + near, y - h - near),
        (x - gap - w, y - h / 2), (x - w - near, y + near), (x - w - near, y - h - near),
        (x - w / 2, y + gap), (x - w / 2, y - h - gap),
    ]  # fmt: skip
    boxes = np.array([(left, bottom, left + w, bottom + h) for left, bottom in corners])
    return _Candidates(form, boxes, np.arange(len(boxes), dtype=float) + scene.lines_under(boxes) * 0.5)


def _share(shape: shapely.Geometry, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of each box that lies in a shape, from 9 by 4 samples."""
    shapely.prepare(shape)
    across, up = np.meshgrid((np.arange(9) + 0.5) / 9, (np.arange(4) + 0.5) / 4)
    left, bottom, right, top = (edge[:, None] for edge in boxes.T)
    xs = left + (right - left) * across.ravel()
    ys = bottom + (top - bottom) * up.ravel()
    return np.asarray(shapely.contains_xy(shape, xs, ys).mean(axis=1))


def _crowding(boxes: NDArray[np.float64], labels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what it costs to stand close to other labels."""
    if not len(labels):
        return np.zeros(len(boxes))
    a, b = boxes[:, None, :], labels[None, :, :]
    across = np.maximum(np.maximum(b[..., 0] - a[..., 2], a[..., 0] - b[..., 2]), 0)
    upright = np.maximum(np.maximum(b[..., 1] - a[..., 3], a[..., 1] - b[..., 3]), 0)
    missing = np.maximum(_ROOM - np.hypot(across, upright), 0)
    return np.asarray(missing.sum(axis=1) * _COST_NEAR)


def _leader_blocked(line: shapely.Geometry, taken: _Taken, frame: Box) -> bool:
    cells = shapely.box(*_boxes(taken.blocked).T) if taken.blocked else np.array([])
    inside = shapely.box(frame.left, frame.bottom, frame.right, frame.top)
    touched = bool(shapely.intersects(line, cells).any()) or any(line.intersects(other) for other in taken.leaders)
    return touched or not inside.contains(line)


def _boxes(boxes: Sequence[Box]) -> NDArray[np.float64]:
    return np.array([(b.left, b.bottom, b.right, b.top) for b in boxes]).reshape(-1, 4)


def _within(boxes: NDArray[np.float64], frame: Box) -> NDArray[np.bool_]:
    low = (boxes[:, 0] >= frame.left) & (boxes[:, 1] >= frame.bottom)
    return np.asarray(low & (boxes[:, 2] <= frame.right) & (boxes[:, 3] <= frame.top))


def _hit(boxes: NDArray[np.float64], blocked: NDArray[np.float64]) -> NDArray[np.bool_]:
    if not len(blocked):
        return np.zeros(len(boxes), dtype=bool)
    a, b = boxes[:, None, :], blocked[None, :, :]
    apart = (a[..., 2] <= b[..., 0]) | (b[..., 2] <= a[..., 0]) | (a[..., 3] <= b[..., 1]) | (b[..., 3] <= a[..., 1])
    return np.asarray((~apart).any(axis=1))
