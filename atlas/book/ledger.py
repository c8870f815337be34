"""The book's two registers, projects and targets, as ledgers: in the order of the plan, each provision said once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from atlas.book.dossier import Table, project_table, target_table
from atlas.book.words import word
from atlas.store import Atlas

_Cells = tuple[str, ...]


def ledgers(atlas: Atlas) -> list[dict[str, Any]]:
    """Return the tables of the book."""
    projects, targets = atlas.projects(), atlas.targets()
    targets = targets[targets["kind"] != "achieved"]
    told = project_table(atlas, projects, "zh")
    aims = target_table(atlas, targets, "zh")
    due = [(at, name, status, places, _due(amount, year)) for name, status, places, amount, year, at in told.rows]
    goals = [(at, subject, places, year, value) for subject, value, year, places, at in aims.rows]
    columns = ("evidence", "name", "status", "places", "amount")
    return [
        _ledger(told, columns, (24, 62, 24, 46, 30), due, right=(4,), across=2),
        _ledger(
            aims, ("evidence", "subject", "places", "year", "value"), (26, 41, 22, 9, 22), goals, right=(3, 4), across=3
        ),
    ]


def _due(amount: str, year: str) -> str:
    """Join the quantity and the year of a project: few have either."""
    return " · ".join(part for part in (amount, year) if part)


def _ledger(
    table: Table,
    columns: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[_Cells],
    *,
    right: Sequence[int],
    across: int,
) -> dict[str, Any]:
    """Return a table whose first cell is left empty where it says what the row above says.

    Args:
        table: whose title it bears.
        columns: keys of the words over the columns.
        widths: of the columns, in parts of the whole.
        rows: the cells.
        right: columns that are set flush right.
        across: columns of the page that it fills side by side.
    """
    starts = [not at or row[0] != rows[at - 1][0] for at, row in enumerate(rows)]
    cells = [row if start else ("", *row[1:]) for row, start in zip(rows, starts, strict=True)]
    return {
        "title": f"{table.title}（{len(rows)}）",
        "columns": [word(key, "zh") for key in columns],
        "widths": list(widths),
        "right": list(right),
        "across": across,
        "rows": [list(row) for row in cells],
        "starts": starts,
    }
