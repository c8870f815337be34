"""Label placement on small scenes whose answer is plain."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from atlas.plate.labels import PADDING, Form, Linework, Scene, Wanted, place
from atlas.plate.marks import Box, Text

FRAME = Box(0, 0, 100, 80)


def form(width: float = 12, height: float = 3) -> Form:
    return Form((Text(0, 0.4, "旗", 8),), width, height)


def wanted(name: str, shape: shapely.Geometry, **more: object) -> Wanted:
    return Wanted(name, "layer", more.pop("forms", (form(),)), shape, **more)  # type: ignore[arg-type]


def within(box: Box, shape: shapely.Geometry) -> bool:
    return bool(shape.contains(shapely.box(box.left, box.bottom, box.right, box.top)))


def test_a_label_with_room_stands_inside_its_area() -> None:
    area = shapely.box(10, 10, 50, 40)
    (placed,), lost = place([wanted("a", area)], Scene(FRAME))
    assert within(placed.box, area)
    assert placed.leader is None
    assert not lost


def test_a_second_form_is_used_where_the_first_has_no_room() -> None:
    narrow = shapely.box(10, 10, 19, 40)
    (placed,), _ = place([wanted("a", narrow, forms=(form(12, 3), form(7, 6)))], Scene(FRAME))
    assert placed.box.right - placed.box.left == pytest.approx(7)
    assert within(placed.box, narrow)


def test_a_small_area_gets_a_leader_that_starts_in_it() -> None:
    small = shapely.box(50, 40, 52, 42)
    (placed,), _ = place([wanted("a", small, leader=True)], Scene(FRAME, focus=shapely.box(45, 35, 60, 60)))
    assert placed.leader is not None
    assert small.contains(shapely.Point(placed.leader.points[0]))
    assert not within(placed.box, small)
    line = shapely.linestrings(placed.leader.points)
    assert not line.intersects(shapely.box(placed.box.left, placed.box.bottom, placed.box.right, placed.box.top))


def test_what_has_no_room_is_returned() -> None:
    area = shapely.box(10, 10, 24, 14)
    both = [wanted("first", area, priority=90), wanted("second", area, priority=10)]
    placed, lost = place(both, Scene(FRAME))
    assert [label.id for label in placed] == ["first"]
    assert [label.id for label in lost] == ["second"]


def test_obstacles_and_the_frame_are_never_touched() -> None:
    area = shapely.box(-20, -20, 60, 60)
    panel = Box(0, 0, 40, 60)
    (placed,), _ = place([wanted("a", area)], Scene(FRAME, obstacles=[panel]))
    assert not placed.box.overlaps(panel.grown(PADDING))
    assert placed.box.inside(FRAME)


def test_lines_are_left_uncovered_where_there_is_room_beside_them() -> None:
    area = shapely.box(10, 10, 90, 70)
    heavy = shapely.LineString([(0, 40), (100, 40)])
    (placed,), _ = place([wanted("a", area)], Scene(FRAME, linework=Linework.of(FRAME, [(heavy, 3)])))
    assert not shapely.box(placed.box.left, placed.box.bottom, placed.box.right, placed.box.top).intersects(heavy)


def test_linework_measures_length_times_weight() -> None:
    lines = Linework.of(FRAME, [(shapely.LineString([(10, 40), (60, 40)]), 2.0)])
    under = lines.under(np.array([[20.0, 38.0, 30.0, 42.0], [20.0, 50.0, 30.0, 52.0]]))
    assert under[0] == pytest.approx((10 + 2 * PADDING) * 2.0, rel=0.05)
    assert under[1] == 0


def test_points_are_labelled_beside_their_symbol() -> None:
    point = shapely.Point(50, 40)
    (placed,), _ = place([wanted("a", point)], Scene(FRAME))
    assert placed.box.left > point.x
    assert placed.box.bottom < point.y < placed.box.top
