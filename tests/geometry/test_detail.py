from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from atlas.geometry.detail import thinned

STEPS = st.lists(st.floats(-1, 1), min_size=2, max_size=60)


@given(STEPS, st.floats(0.01, 2))
def test_no_line_moves_by_more_than_the_tolerance(heights, tolerance):
    line = shapely.linestrings([(x, y) for x, y in enumerate(heights)])
    found = thinned(np.array([line], dtype=object), tolerance)[0]
    assert shapely.hausdorff_distance(line, found, densify=0.05) <= tolerance * 1.001 + 1e-9
    assert found.coords[0] == line.coords[0]
    assert found.coords[-1] == line.coords[-1]
    assert set(found.coords) <= set(line.coords)


def test_areas_stay_valid_and_keep_their_islands():
    lake = shapely.difference(shapely.Point(0, 0).buffer(10, quad_segs=64), shapely.Point(0, 0).buffer(1, quad_segs=64))
    found = thinned(np.array([lake, shapely.linestrings([(0, 0), (5, 0.01), (9, 0)])], dtype=object), 0.5)
    assert found[0].is_valid
    assert len(found[0].interiors) == 1
    assert shapely.get_num_coordinates(found[0]) < shapely.get_num_coordinates(lake) / 5
    assert found[1].equals_exact(shapely.linestrings([(0, 0), (9, 0)]), 0)


def test_a_ring_smaller_than_the_tolerance_keeps_its_length() -> None:
    pond = shapely.LineString([(0, 0), (0.1, 0), (0.1, 0.1), (0, 0)])
    (kept,) = thinned(np.array([pond], dtype=object), 5)
    assert kept.equals(pond)
