"""A table of any columns, page by page, as plain data for the component of the registers (static/tables.js).

The component sets every cell by `textContent` and offers no download of its own: files are made where no cell is a
formula (`atlas.exchange.sheets`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from atlas.ui.words import Lang, word

if TYPE_CHECKING:
    from collections.abc import Hashable

ROWS = 12
LONGEST = 160  # characters of a cell


class Turned(NamedTuple):
    """How somebody has turned a table: by which column (its position, `-` before it where it falls), which page."""

    sort: str = ""
    page: int = 1

    def sorted_by(self, column: str) -> Turned:
        """Return the next order of a column: rising, falling, as it came."""
        following = {column: f"-{column}", f"-{column}": ""}
        return Turned(following.get(self.sort, column))


def sheet(table: pd.DataFrame, titles: Sequence[str], turned: Turned, title: str, lang: Lang) -> dict[str, Any]:
    """Return one page of a table.

    Args:
        table: the rows.
        titles: of the columns.
        turned: order and page; what there is none of falls back to the first.
        title: of the table, for whoever hears it.
        lang: of the words.
    """
    columns = [str(at) for at in range(len(table.columns))]
    column, falls = turned.sort.removeprefix("-"), turned.sort.startswith("-")
    if column in columns:
        name = table.columns[int(column)]
        values = table[name] if _is_number(table, name) else table[name].map(_text).where(table[name].notna())
        table = table.loc[values.sort_values(ascending=not falls, kind="stable", na_position="last").index]
    pages = max(1, -(-len(table) // ROWS))
    page = min(max(1, turned.page), pages)
    first = (page - 1) * ROWS
    shown = table.iloc[first : first + ROWS]
    return {
        "lang": lang,
        "bare": True,
        "title": title,
        "status": word("register_shown", lang, first=first + 1, last=first + len(shown), count=f"{len(table):,}")
        if pages > 1
        else "",
        "empty": "" if len(table) else word("register_empty", lang),
        "columns": [
            {
                "id": key,
                "title": heading,
                "numeric": _is_number(table, table.columns[int(key)]),
                "sort": ("descending" if falls else "ascending") if key == column else "none",
                "hint": word("column_sort", lang, column=heading),
            }
            for key, heading in zip(columns, titles, strict=True)
        ],
        "rows": [
            {
                "id": str(first + at),
                "cells": [{"text": _text(value), "places": [], "place": "", "provision": ""} for value in row],
            }
            for at, row in enumerate(shown.itertuples(index=False, name=None))
        ],
        "page": page,
        "pages": pages,
        "page_title": word("pages", lang),
        "page_of": word("page_of", lang, page=page, pages=pages),
        **{key: word(f"page_{key}", lang) for key in ("previous", "next", "first", "last")},
    }


def _is_number(table: pd.DataFrame, name: Hashable) -> bool:
    return pd.api.types.is_numeric_dtype(table[name]) and not pd.api.types.is_bool_dtype(table[name])


def _text(value: Any) -> str:
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124  # NaN is not itself
        return ""
    text = f"{value:.6g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
