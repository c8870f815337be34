"""The search grid: every point of the frame has one square, and the marks stand over them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atlas.book.grid import divisions, marks, square

FRAME = (14.0, 19.0, 406.0, 283.0)


def test_corners() -> None:
    columns, rows = divisions(FRAME)
    last = chr(ord("A") + columns - 1)
    assert square(14, 283, FRAME) == "A1"
    assert square(406, 283, FRAME) == f"{last}1"
    assert square(14, 19, FRAME) == f"A{rows}"
    assert square(406, 19, FRAME) == f"{last}{rows}"


@given(st.floats(14, 406), st.floats(19, 283))
def test_the_nearest_marks_name_the_square(x: float, y: float) -> None:
    found = marks(FRAME)
    column = min(found["columns"], key=lambda mark: (abs(mark[1] - x), mark[0]))
    row = min(found["rows"], key=lambda mark: (abs(mark[1] - y), mark[0]))
    own = square(x, y, FRAME)
    half_x = (FRAME[2] - FRAME[0]) / len(found["columns"]) / 2
    half_y = (FRAME[3] - FRAME[1]) / len(found["rows"]) / 2
    assert own[0] == column[0] or abs(abs(column[1] - x) - half_x) < 1e-6
    assert own[1:] == row[0] or abs(abs(row[1] - y) - half_y) < 1e-6
