"""Label placement: greedy over scored candidates, so that no two labels, leaders, symbols or panels overlap.

Labels are placed from the highest to the lowest priority. A label of an area prefers room inside it, near its widest
place and off its lines, on one line or else on two; one that may use a leader goes outside when it doesn't fit. A place
that several layers name is named once, by the label that comes first. What has no place is returned, never dropped in
silence. Deterministic: candidates are tried in a fixed order, ties keep the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from atlas.plate.candidates import (
    GENERALISED,
    MOST_GAIN,
    PADDING,
    Candidates,
    Form,
    Linework,
    Scene,
    along,
    around_point,
    cleared,
    inside,
    on_line,
    outside,
    share,
)
from atlas.plate.marks import Box, Marker, Stroke, Text

__all__ = ["PADDING", "Form", "Linework", "Placed", "Placement", "Scene", "Wanted", "place"]

_SYMBOL_PADDING = 0.15  # mm between a name and a point's symbol
_CLEAR_OF_SYMBOL = 1.65  # of its radius, where a leader starts: outside the corners of its box
_BESIDE = 1.2  # mm between two names on one line
_RING = 0.7  # pt: the edge of a number's disc

_SEEN = 4.0  # mm: farther from a mark than this, a name of its place is not seen to be its own

_COST_NEAR = 1.6  # per mm that another label is nearer than _ROOM
_ROOM = 3.0
_COST_OFF = 16.0
_COST_FORM = 6.0  # of each form after the first


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
    led: Form | None = None  # the form outside its area, where the first one is made for its fill
    off: shapely.Geometry | None = None  # an area that the label had better leave free
    place: str = ""  # the place that it names; a mark beside which another label of it stands needs none
    radius: float = 0.9  # mm: of a point's symbol
    rivals: shapely.Geometry | None = None  # other lines, with which a number might be mistaken


@dataclass(frozen=True)
class Placed:
    """A label with its place: texts and leader on the sheet, the box that they fill, and what of it they cover."""

    id: str
    group: str
    texts: tuple[Text, ...]
    box: Box
    leader: Stroke | None = None
    badge: Marker | None = None
    pieces: tuple[Box, ...] = ()  # of a turned name, a chain of boxes; the box itself if empty

    @property
    def covers(self) -> tuple[Box, ...]:
        """The boxes that the label really covers."""
        return self.pieces or (self.box,)


@dataclass(frozen=True)
class Placement:
    """What became of the labels wanted."""

    labels: list[Placed]
    lost: list[Wanted]  # no room
    said: list[Wanted]  # another label names their place


@dataclass
class _Taken:
    """What is on the sheet already."""

    blocked: list[Box]
    labels: list[Box]
    leaders: list[shapely.Geometry]
    symbols: NDArray[np.float64]


def place(wanted: Sequence[Wanted], scene: Scene) -> Placement:
    """Place labels; those placed are returned in the order wanted.

    Points that stand side by side may take one another's places: where one found none, it gets the first choice among
    its equals in a second try, which is kept if more find room.
    """
    first = _placed(wanted, scene, frozenset())
    crowded = frozenset(label.id for label in first.lost if label.shape.geom_type == "Point")
    if not crowded:
        return first
    second = _placed(wanted, scene, crowded)
    return second if len(second.lost) < len(first.lost) else first


def _placed(wanted: Sequence[Wanted], scene: Scene, before: frozenset[str]) -> Placement:
    """Place labels one by one; those `before` go first among labels of their priority."""
    symbols = _boxes([box.grown(_SYMBOL_PADDING) for box in scene.symbols])
    taken = _Taken([obstacle.grown(PADDING) for obstacle in scene.obstacles], [], [], symbols)
    focus = shapely.simplify(scene.focus, GENERALISED)
    shapely.prepare(focus)
    scene = replace(scene, focus=focus)
    placed: dict[str, Placed] = {}
    lost: list[Wanted] = []
    said: list[Wanted] = []
    named: dict[str, list[Box]] = {}
    # Of equal rank the smallest goes first: it has the fewest places to choose from.
    for label in sorted(wanted, key=lambda label: (-label.priority, label.id not in before, label.shape.area)):
        if _is_said(label, named):
            said.append(label)
            continue
        found = _best(label, scene, taken)
        if found is None:
            lost.append(label)
            continue
        taken.blocked.extend(_parted(box, found) for box in found.covers)
        taken.labels.extend(found.covers)
        if found.leader:
            taken.leaders.append(shapely.linestrings(found.leader.points))
        placed[found.id] = found
        named.setdefault(label.place, []).extend(found.covers)
    # A place that found no room at first may have been named by a later label.
    said += [label for label in lost if _is_said(label, named)]
    lost = [label for label in lost if not _is_said(label, named)]
    return Placement([placed[label.id] for label in wanted if label.id in placed], lost, said)


def _is_said(label: Wanted, named: Mapping[str, Sequence[Box]]) -> bool:
    """Say whether a label of the same place stands in its area or beside its mark."""
    boxes = _boxes(named.get(label.place, ()) if label.place else ())
    return bool((shapely.distance(label.shape, shapely.box(*boxes.T)) <= _SEEN).any())


def _parted(box: Box, label: Placed) -> Box:
    """Return what a label keeps free: more beside a level name than above it, or two in a line read as one."""
    beside = PADDING if label.pieces or label.badge else _BESIDE
    return Box(box.left - beside, box.bottom - PADDING, box.right + beside, box.top + PADDING)


def _best(label: Wanted, scene: Scene, taken: _Taken) -> Placed | None:
    """Return the cheapest free place of the first group of candidates that has one."""
    for group in _groups(label, scene):
        found: list[tuple[float, Placed]] = []
        for rank, candidates in group:
            if not len(candidates.boxes):
                continue
            cost, free = _costs(label, candidates, scene, taken)
            cost = cost + rank * _COST_FORM
            for index in np.argsort(cost, kind="stable"):
                line = candidates.leaders[index] if candidates.leaders is not None else None
                if free[index] and (line is None or not _leader_blocked(line, taken, scene.frame)):
                    found.append((float(cost[index]), _put(label, candidates, index, line)))
                    break
        if found:
            return min(found, key=lambda pair: pair[0])[1]
    return None


def _costs(
    label: Wanted, candidates: Candidates, scene: Scene, taken: _Taken
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return what each candidate costs on the sheet as it stands, and whether its place is free."""
    boxes, pieces = candidates.boxes, candidates.pieces()
    flat = pieces.reshape(-1, 4)
    blocked = _hit(flat, _boxes(taken.blocked))
    if not candidates.form.badge:
        blocked |= _hit(flat, taken.symbols)
    free = _within(boxes, scene.frame.grown(-PADDING)) & ~blocked.reshape(pieces.shape[:2]).any(axis=1)
    if taken.leaders and free.any():
        cells = shapely.box(*boxes[free].T)
        free[free] = ~np.any([shapely.intersects(cells, leader) for leader in taken.leaders], axis=0)
    cost = candidates.cost + _crowding(boxes, _boxes(taken.labels))
    if label.off is not None and free.any():
        cost[free] += share(label.off, boxes[free]) * _COST_OFF
    if candidates.area is not None and free.any():
        # Distances are dear, so only those places are measured that the gain can still make the best.
        close = np.flatnonzero(free & (cost <= cost[free].min() + MOST_GAIN))
        cost[close] -= cleared(candidates.area, boxes[close])
    return cost, free


def _groups(label: Wanted, scene: Scene) -> Iterator[list[tuple[int, Candidates]]]:
    """Yield groups of candidates with the rank of their form: those at the shape itself, then those with a leader."""
    if label.shape.is_empty:
        return
    kinds = {part.geom_type for part in shapely.get_parts(label.shape)}
    if "Polygon" in kinds:
        shape = _body(label.shape)
        heart = np.array(shapely.maximum_inscribed_circle(shape, tolerance=0.3).coords[0])
        yield [(rank, inside(shape, heart, form, scene, label.overhang)) for rank, form in enumerate(label.forms)]
        if label.leader:
            yield [(0, outside(heart, label.led or label.forms[0], scene))]
    elif kinds & {"LineString", "LinearRing"}:
        if label.forms[0].badge:
            yield [(0, on_line(label.shape, label.forms[0], scene, label.rivals))]
            return
        yield [(rank, along(label.shape, form, scene)) for rank, form in enumerate(label.forms)]
        if label.leader:
            longest = max(shapely.get_parts(shapely.line_merge(label.shape)), key=lambda part: part.length)
            middle = shapely.get_coordinates(shapely.line_interpolate_point(longest, 0.5, normalized=True))[0]
            yield [(rank, outside(middle, form, scene, over_focus=True)) for rank, form in enumerate(label.forms)]
    else:
        point = shapely.get_parts(label.shape)[0]
        for form in label.forms:
            yield [(0, around_point(point, label.radius, form, scene))]
        if label.leader:
            anchor = np.array([point.x, point.y])
            start = label.radius * _CLEAR_OF_SYMBOL
            yield [
                (rank, outside(anchor, form, scene, start=start, over_focus=True))
                for rank, form in enumerate(label.forms)
            ]


def _body(shape: shapely.Geometry) -> shapely.Polygon:
    """Return the largest part of an area, generalised."""
    areas = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    largest = max(areas, key=lambda part: part.area)
    return max(shapely.get_parts(shapely.simplify(largest, GENERALISED)), key=lambda part: part.area)


def _put(label: Wanted, candidates: Candidates, index: int, line: shapely.Geometry | None) -> Placed:
    form = candidates.form
    left, bottom, right, top = (float(value) for value in candidates.boxes[index])
    box, middle = Box(left, bottom, right, top), ((left + right) / 2, (bottom + top) / 2)
    angle = 0.0 if candidates.angles is None else float(candidates.angles[index])
    if angle:
        level = [text.moved(middle[0] - form.width / 2, middle[1] - form.height / 2) for text in form.texts]
        texts = tuple(text.turned(angle, middle) for text in level)
        pieces = tuple(Box(*(float(edge) for edge in piece)) for piece in candidates.pieces()[index])
        return Placed(label.id, label.group, texts, box, pieces=pieces)
    leader = None
    if line is not None:
        leader = Stroke(tuple((float(x), float(y)) for x, y in line.coords), 0.4, form.texts[-1].colour)
    badge = None
    if form.badge:
        # Matplotlib's sizes are points; the disc fills the box.
        size = (right - left) * 72 / 25.4 - _RING
        badge = Marker(*middle, "circle", size, "ground.paper", form.badge, _RING)
    texts = tuple(text.moved(left, bottom) for text in form.texts)
    return Placed(label.id, label.group, texts, box, leader, badge)


def _crowding(boxes: NDArray[np.float64], labels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what it costs to stand close to other labels."""
    cost = np.zeros(len(boxes))
    # Only labels near the candidates as a whole can crowd one of them.
    low, high = boxes[:, :2].min(axis=0) - _ROOM, boxes[:, 2:].max(axis=0) + _ROOM
    near = (labels[:, 0] < high[0]) & (labels[:, 1] < high[1]) & (labels[:, 2] > low[0]) & (labels[:, 3] > low[1])
    for left, bottom, right, top in labels[near]:
        across = np.maximum(np.maximum(left - boxes[:, 2], boxes[:, 0] - right), 0)
        upright = np.maximum(np.maximum(bottom - boxes[:, 3], boxes[:, 1] - top), 0)
        cost += np.maximum(_ROOM - np.hypot(across, upright), 0) * _COST_NEAR
    return cost


def _leader_blocked(line: shapely.Geometry, taken: _Taken, frame: Box) -> bool:
    inside_frame = shapely.box(frame.left, frame.bottom, frame.right, frame.top)
    for boxes in (_boxes(taken.blocked), taken.symbols):
        if len(boxes) and bool(shapely.intersects(line, shapely.box(*boxes.T)).any()):
            return True
    return any(line.intersects(other) for other in taken.leaders) or not inside_frame.contains(line)


def _boxes(boxes: Sequence[Box]) -> NDArray[np.float64]:
    return np.array([(b.left, b.bottom, b.right, b.top) for b in boxes]).reshape(-1, 4)


def _within(boxes: NDArray[np.float64], frame: Box) -> NDArray[np.bool_]:
    low = (boxes[:, 0] >= frame.left) & (boxes[:, 1] >= frame.bottom)
    return np.asarray(low & (boxes[:, 2] <= frame.right) & (boxes[:, 3] <= frame.top))


def _hit(boxes: NDArray[np.float64], blocked: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say which boxes share more than an edge with any of those that are blocked."""
    hit = np.zeros(len(boxes), dtype=bool)
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    near = (blocked[:, 0] < high[0]) & (blocked[:, 1] < high[1]) & (blocked[:, 2] > low[0]) & (blocked[:, 3] > low[1])
    for left, bottom, right, top in blocked[near]:
        hit |= (boxes[:, 2] > left) & (right > boxes[:, 0]) & (boxes[:, 3] > bottom) & (top > boxes[:, 1])
    return hit
