"""Label placement on small scenes whose answer is plain."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import shapely

from atlas.plate.crowds import apart
from atlas.plate.labels import PADDING, Form, Linework, Placed, Scene, Wanted, place
from atlas.plate.marks import Box, Text

FRAME = Box(0, 0, 100, 80)


def form(width: float = 12, height: float = 3) -> Form:
    return Form((Text(0, 0.4, "旗", 8),), width, height)


def wanted(name: str, shape: shapely.Geometry, **more: object) -> Wanted:
    return Wanted(name, "layer", more.pop("forms", (form(),)), shape, **more)  # type: ignore[arg-type]


def put(labels: list[Wanted], scene: Scene) -> tuple[list[Placed], list[Wanted]]:
    found = place(labels, scene)
    return found.labels, found.lost


def within(box: Box, shape: shapely.Geometry) -> bool:
    return bool(shape.contains(shapely.box(box.left, box.bottom, box.right, box.top)))


def test_a_label_with_room_stands_inside_its_area() -> None:
    area = shapely.box(10, 10, 50, 40)
    (placed,), lost = put([wanted("a", area)], Scene(FRAME))
    assert within(placed.box, area)
    assert placed.leader is None
    assert not lost


def test_a_second_form_is_used_where_the_first_has_no_room() -> None:
    narrow = shapely.box(10, 10, 19, 40)
    (placed,), _ = put([wanted("a", narrow, forms=(form(12, 3), form(7, 6)))], Scene(FRAME))
    assert placed.box.right - placed.box.left == pytest.approx(7)
    assert within(placed.box, narrow)


def test_a_small_area_gets_a_leader_that_starts_in_it() -> None:
    small = shapely.box(50, 40, 52, 42)
    (placed,), _ = put([wanted("a", small, leader=True)], Scene(FRAME, focus=shapely.box(45, 35, 60, 60)))
    assert placed.leader is not None
    assert small.contains(shapely.Point(placed.leader.points[0]))
    assert not within(placed.box, small)
    line = shapely.linestrings(placed.leader.points)
    assert not line.intersects(shapely.box(placed.box.left, placed.box.bottom, placed.box.right, placed.box.top))


def test_what_has_no_room_is_returned() -> None:
    area = shapely.box(10, 10, 24, 14)
    both = [wanted("first", area, priority=90), wanted("second", area, priority=10)]
    placed, lost = put(both, Scene(FRAME))
    assert [label.id for label in placed] == ["first"]
    assert [label.id for label in lost] == ["second"]


def test_obstacles_and_the_frame_are_never_touched() -> None:
    area = shapely.box(-20, -20, 60, 60)
    panel = Box(0, 0, 40, 60)
    (placed,), _ = put([wanted("a", area)], Scene(FRAME, obstacles=[panel]))
    assert not placed.box.overlaps(panel.grown(PADDING))
    assert placed.box.inside(FRAME)


def test_lines_are_left_uncovered_where_there_is_room_beside_them() -> None:
    area = shapely.box(10, 10, 90, 70)
    heavy = shapely.LineString([(0, 40), (100, 40)])
    (placed,), _ = put([wanted("a", area)], Scene(FRAME, linework=Linework.of(FRAME, [(heavy, 3)])))
    assert not shapely.box(placed.box.left, placed.box.bottom, placed.box.right, placed.box.top).intersects(heavy)


def test_linework_measures_length_times_weight() -> None:
    lines = Linework.of(FRAME, [(shapely.LineString([(10, 40), (60, 40)]), 2.0)])
    under = lines.under(np.array([[20.0, 38.0, 30.0, 42.0], [20.0, 50.0, 30.0, 52.0]]))
    assert under[0] == pytest.approx((10 + 2 * PADDING) * 2.0, rel=0.05)
    assert under[1] == 0


def test_points_are_labelled_beside_their_symbol() -> None:
    point = shapely.Point(50, 40)
    (placed,), _ = put([wanted("a", point)], Scene(FRAME))
    assert placed.box.left > point.x
    assert placed.box.bottom < point.y < placed.box.top


def test_a_name_stands_clear_of_its_own_symbol_and_of_others() -> None:
    """The right and upper right are taken by symbols: the name goes to the lower right, clear of its own."""
    point = shapely.Point(50, 40)
    right, above = Box(53, 39, 55, 41), Box(52, 42.5, 54, 44.5)
    own = Box(48, 38, 52, 42)
    (placed,), _ = put([wanted("a", point, radius=2.0)], Scene(FRAME, symbols=[own, right, above]))
    assert not any(placed.box.overlaps(box) for box in (own, right, above))
    assert placed.box.top < point.y


def test_a_point_in_a_crowd_gets_a_leader_that_starts_beside_its_symbol() -> None:
    point = shapely.Point(50, 40)
    ring = [Box(x, y, x + 5, y + 5) for x in (38, 43, 52, 57) for y in (30, 35, 40, 45)] + [Box(49, 39, 51, 41)]
    (placed,), lost = put([wanted("a", point, radius=1.0, leader=True)], Scene(FRAME, symbols=ring))
    assert not lost
    assert placed.leader is not None
    assert 1.0 < shapely.Point(placed.leader.points[0]).distance(point) < 2.5


def test_the_name_of_one_place_is_set_once_by_the_label_that_comes_first() -> None:
    seat, league = shapely.Point(30, 30), shapely.box(10, 10, 60, 60)
    both = [wanted("league", league, priority=70, place="1"), wanted("base", seat, priority=80, place="1")]
    found = place(both, Scene(FRAME))
    assert [label.id for label in found.labels] == ["base"]
    assert [label.id for label in found.said] == ["league"]
    assert not found.lost


def test_a_turned_name_takes_only_what_it_covers() -> None:
    """A name beside a slanted line leaves the corners of its bounding box to others."""
    slanted = shapely.LineString([(10, 10), (70, 70)])
    corner = shapely.Point(30, 45)
    labels = [wanted("line", slanted, forms=(form(30, 3),), priority=90), wanted("point", corner, forms=(form(4, 3),))]
    found = {label.id: label for label in place(labels, Scene(FRAME)).labels}
    assert set(found) == {"line", "point"}
    assert len(found["line"].covers) == 10
    assert found["line"].box.overlaps(Box(30, 45, 31, 46)) or found["line"].box.top > 30
    pieces = [shapely.box(b.left, b.bottom, b.right, b.top) for b in found["line"].covers]
    assert not any(piece.intersects(slanted) and piece.buffer(-0.8).intersects(slanted) for piece in pieces)


def test_a_number_stands_on_its_line_away_from_the_other_lines() -> None:
    line = shapely.LineString([(10, 40), (90, 40)])
    rival = shapely.LineString([(30, 40), (90, 40.2)])
    disc = Form((Text(1, 1, "7", 5.6),), 3.5, 3.5, badge="border.band")
    (placed,), _ = put([wanted("a", line, forms=(disc,), rivals=rival)], Scene(FRAME))
    x, y = placed.box.middle
    assert y == pytest.approx(40)
    assert x < 30
    assert placed.badge is not None
    assert (placed.badge.x, placed.badge.y) == pytest.approx((x, y))


def test_symbols_at_one_point_stand_side_by_side_and_a_firm_one_stays() -> None:
    points = np.array([[20.0, 20.0], [20.0, 20.0], [21.0, 20.5], [60.0, 60.0]])
    radii = np.array([1.0, 1.0, 1.5, 1.0])
    placed = apart(points, radii, np.array([False, False, True, False]))
    for a in range(4):
        for b in range(a + 1, 4):
            assert np.hypot(*(placed[a] - placed[b])) >= radii[a] + radii[b]
    assert np.array_equal(placed[3], [60 + 3e-6, 60])
    assert np.hypot(*(placed[2] - points[2])) < 0.2
    assert np.array_equal(apart(points, radii, np.array([False, False, True, False])), placed)


def test_two_names_on_one_line_are_parted_by_a_gap() -> None:
    """Side by side at less than the width of a character they would read as one name."""
    areas = [shapely.box(10, 10, 27, 14), shapely.box(27, 10, 44, 14)]
    placed, lost = put([wanted(str(at), area, forms=(form(16.2),)) for at, area in enumerate(areas)], Scene(FRAME))
    assert len(placed) + len(lost) == 2
    for one, other in itertools.combinations(sorted((label.box for label in placed), key=lambda box: box.left), 2):
        assert other.left - one.right >= 1.2


def test_a_point_between_two_others_is_not_robbed_of_its_only_place() -> None:
    """Three symbols in a row under an obstacle: the outer ones can go elsewhere, the middle one only below."""
    points = [shapely.Point(x, 40) for x in (46, 50, 54)]
    symbols = [Box(p.x - 1.9, 38.1, p.x + 1.9, 41.9) for p in points]
    walls = [Box(0, 42.5, 100, 80), Box(0, 0, 100, 33)]
    labels = [wanted(str(at), point, radius=1.9) for at, point in enumerate(points)]
    ordered = [labels[0], labels[2], labels[1]]
    _, lost = put(ordered, Scene(FRAME, obstacles=walls, symbols=symbols))
    assert not lost
