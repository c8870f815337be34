from __future__ import annotations

import shapely
from shapely.geometry import LineString

from atlas.geometry import slits

MAIN = LineString([(0, 0), (10, 0)])


def test_a_mouth_is_lengthened_to_its_river():
    found = slits.closed({1: MAIN, 2: LineString([(5, 3), (5, 0.2)])}, 0.5)
    assert list(found[2].coords) == [(5, 3), (5, 0.2), (5, 0)]
    assert found[1].equals_exact(MAIN, 0)


def test_ends_meet_once():
    found = slits.closed({1: MAIN, 2: LineString([(10.3, 0.1), (15, 0)])}, 0.5)
    assert sum(len(line.coords) for line in found.values()) == 5
    assert (10.3, 0.1) in found[1].coords or (10, 0) in found[2].coords
    assert found[1].distance(found[2]) == 0


def test_wide_gaps_and_ends_that_touch_stay():
    lines = {1: MAIN, 2: LineString([(5, 3), (5, 0.6)]), 3: LineString([(2, 4), (2, 0)])}
    found = slits.closed(lines, 0.5)
    assert all(found[number].equals_exact(line, 0) for number, line in lines.items())


def test_a_line_that_ran_past_another_gets_no_hook():
    lines = {1: MAIN, 2: LineString([(5, 3), (5, -0.2)])}
    assert slits.closed(lines, 0.5)[2].equals_exact(lines[2], 0)


def test_a_crumb_is_not_led_back_to_where_it_begins():
    lines = {1: MAIN, 2: LineString([(5, 0), (5, 0.3)])}
    assert slits.closed(lines, 0.5)[2].equals_exact(lines[2], 0)


def test_a_ring_is_not_closed_upon_itself():
    lines = {1: LineString([(0, 0), (4, 0), (4, 4), (0, 0.3)])}
    assert slits.closed(lines, 0.5)[1].equals_exact(lines[1], 0)


def test_ends_that_ran_past_each_other_are_cut_where_they_cross():
    lines = {1: LineString([(0, 0), (10, 0)]), 2: LineString([(9.8, -0.1), (15, 5)])}
    found = slits.closed(lines, 0.5)
    assert found[1].coords[-1] == found[2].coords[0]
    assert found[1].length < 10
    assert shapely.line_merge(shapely.multilinestrings(list(found.values()))).is_simple


def test_an_end_that_a_third_line_touches_is_not_cut():
    lines = {1: MAIN, 2: LineString([(9.8, -0.1), (15, 5)]), 3: LineString([(9.8, -0.1), (9.8, -5)])}
    found = slits.closed(lines, 0.5)
    assert found[2].equals_exact(lines[2], 0)
    assert found[1].coords[-1] != (10, 0)
    assert found[1].distance(found[2]) < 1e-9
