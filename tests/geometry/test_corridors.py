"""Lines through nodes, and along a course between them."""

from __future__ import annotations

import pytest
import shapely

from atlas.geometry.corridors import along, corridor


def test_way_points_stand_after_their_stop() -> None:
    line = corridor([(0, 0), (2, 0), (4, 0)], {0: [(1, 1)], 1: [(3, -1)]})
    assert list(line.coords) == [(0, 0), (1, 1), (2, 0), (3, -1), (4, 0)]


def test_one_stop_is_no_corridor() -> None:
    with pytest.raises(ValueError, match="two stops"):
        corridor([(0, 0)])


@pytest.mark.parametrize("turned", [False, True])
def test_along_a_course_in_either_direction(turned: bool) -> None:
    course = shapely.LineString([(0, 0), (1, 1), (2, 0), (3, 1), (4, 0)])
    course = shapely.reverse(course) if turned else course
    points = along(course, (0.5, 0.4), (3.5, 0.6))
    assert points[1:-1] == [(1, 1), (2, 0), (3, 1)]
    assert points[0] == pytest.approx((0.45, 0.45))
    back = along(course, (3.5, 0.6), (0.5, 0.4))
    assert shapely.LineString(back).equals_exact(shapely.LineString(points[::-1]), 1e-9)


def test_the_longest_part_of_a_broken_course_counts() -> None:
    course = shapely.MultiLineString([[(0, 0), (1, 0)], [(5, 0), (6, 0), (9, 0)]])
    assert along(course, (5, 1), (9, 1)) == [(5, 0), (6, 0), (9, 0)]
