"""The search grid of the book's plates: letters across, numbers down, squares of about the same size on every sheet."""

from __future__ import annotations

import string

CELL_MM = 50.0  # about; the frame is cut into whole squares

Frame = tuple[float, float, float, float]  # left, bottom, right, top, mm


def divisions(frame: Frame) -> tuple[int, int]:
    """Return how many columns and rows a frame is cut into."""
    left, bottom, right, top = frame
    return max(1, round((right - left) / CELL_MM)), max(1, round((top - bottom) / CELL_MM))


def square(x: float, y: float, frame: Frame) -> str:
    """Return the square of a point (mm): `C2` is the third column and the second row from the top."""
    left, bottom, right, top = frame
    columns, rows = divisions(frame)
    column = min(columns - 1, max(0, int((x - left) / (right - left) * columns)))
    row = min(rows - 1, max(0, int((top - y) / (top - bottom) * rows)))
    return f"{string.ascii_uppercase[column]}{row + 1}"


def marks(frame: Frame) -> dict[str, list[tuple[str, float]]]:
    """Return the letters with the middle of each column, and the numbers with the middle of each row (mm)."""
    left, bottom, right, top = frame
    columns, rows = divisions(frame)
    return {
        "columns": [
            (string.ascii_uppercase[index], left + (right - left) * (index + 0.5) / columns) for index in range(columns)
        ],
        "rows": [(str(index + 1), top - (top - bottom) * (index + 0.5) / rows) for index in range(rows)],
    }
