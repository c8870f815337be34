"""Property columns of a stranger's table: short unique names, plain values, a limited number of them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from atlas.intake.limits import Limits

Cell = str | int | float | bool | None
RESERVED = {"geometry", "unit", "unit_name", "league", "units", "share"}  # what `join_units` adds
_NAME_LENGTH = 60
_BIGGEST = 2**53  # the largest whole number that JSON and floats agree on


def column_names(names: Iterable[str], limits: Limits) -> dict[str, str]:
    """Return clean unique names of at most `limits.columns` columns, by the names in the file."""
    found: dict[str, str] = {}
    used = set(RESERVED)
    for name in names:
        if len(found) >= limits.columns:
            break
        stem = clean(str(name), _NAME_LENGTH) or "column"
        fresh, number = stem, 2
        while fresh in used:
            fresh, number = f"{stem}_{number}", number + 1
        used.add(fresh)
        found[name] = fresh
    return found


def row(properties: Mapping[str, Any], names: Mapping[str, str], limits: Limits) -> dict[str, Cell]:
    """Return one row under the clean names."""
    return {fresh: cell(properties.get(name), limits) for name, fresh in names.items()}


def cell(value: Any, limits: Limits) -> Cell:
    """Return a value as text, number, truth value or nothing."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < _BIGGEST else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, bytes):
        return f"({len(value)} bytes)"
    if isinstance(value, (dict, list, tuple)):
        value = json.dumps(value, ensure_ascii=False, default=str)
    return clean(str(value), limits.text_length)


def clean(text: str, most: int) -> str:
    """Return a text of at most `most` characters without control characters and what turns the order of writing."""
    kept = "".join(one if one.isprintable() or one == "\u3000" else " " for one in text[: most * 2]).strip()
    return kept if len(kept) <= most else kept[: most - 1] + "…"
