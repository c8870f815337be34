"""The plan's table of main indicators as targets; the rows come from the damaged table (`restoration.table`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from atlas.corpus.restoration.table import Indicator
from atlas.errors import SourceError
from atlas.models import Provision
from atlas.targets.quantities import UNITS
from atlas.targets.target import Bound, Change, Period, Target

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_ROW = re.compile(r"（）")
_TIMES = {"万": 10_000, "亿": 100_000_000}
_BASE = re.compile(r"(20\d\d)年实际值")
BASE_YEAR, TARGET_YEAR = 2020, 2025


def from_indicators(
    indicators: Sequence[Indicator], provision: Provision, base_year: int = BASE_YEAR, target_year: int = TARGET_YEAR
) -> Iterator[Target]:
    """Yield the rows of a table of indicators as targets.

    Args:
        indicators: the rows, as `indicator_table` reads them from the witness.
        provision: the box that the table stands in.
        base_year: of the table's first column of values.
        target_year: of its second.

    Raises:
        SourceError: the box has fewer rows than the table.
    """
    starts = [found.start() for found in _ROW.finditer(provision.text)]
    if len(starts) < len(indicators):
        raise SourceError(f"{provision.id}: {len(starts)} rows in the text, {len(indicators)} in the table")
    notes = provision.text.find("注：")
    ends = [*starts[1:], notes if notes > 0 else len(provision.text)]
    for row, begin, end in zip(indicators, starts, ends, strict=False):
        start, stop = provision.witness_span(begin, end)
        target = _stated(row)
        unit, times = _unit(row.unit)
        first = next((year for note in row.notes if (year := _BASE.search(note))), None)
        base = _number(row.value_2020, times)
        yield Target(
            id=f"target/box-1/{row.number}",
            kind="indicator",
            subject=row.name,
            value=_number(target, times),
            unit=unit,
            text=_with_unit(target, row.unit) if _number(target, times) is not None else target,
            bound=_bound(target),
            change=_change(row.name, target),
            period=_period(row, target),
            year=target_year,
            baseline=base,
            baseline_year=int(first.group(1)) if first else (base_year if base is not None else None),
            attribute=row.attribute,
            provision=provision.id,
            start=start,
            end=stop,
            text_start=begin,
            text_end=end,
            box=provision.id,
            certainty=0.95,
        )


def _stated(row: Indicator) -> str:
    """Return the cell that holds the target: the level of the last year, else the annual or cumulative value."""
    return row.value_2025 if row.value_2025 not in ("—", "") else row.change


def _with_unit(cell: str, unit: str) -> str:
    """Return the cell with the unit of its row where a reader expects it: before 左右, not after."""
    value = cell.removesuffix("左右")
    return f"{value}{unit}{cell[len(value) :]}"


def _unit(text: str) -> tuple[str, float]:
    for prefix, times in _TIMES.items():
        if text.startswith(prefix):
            return UNITS.get(text[1:], (text[1:], 1))[0], times
    return UNITS.get(text, (text, 1))[0], 1


def _number(cell: str, times: float) -> float | None:
    found = _NUMBER.search(cell)
    return round(float(found.group()) * times, 6) if found else None


def _bound(cell: str) -> Bound:
    if "国家要求" in cell:
        return "national-requirement"
    if cell.startswith((">", "≥", "＞")):
        return "at-least"
    if cell.startswith(("<", "≤", "＜")):
        return "at-most"
    return "about" if cell.endswith("左右") else "exactly"


def _change(name: str, cell: str) -> Change:
    if name.endswith("降低"):
        return "decrease"
    return "increase" if name.endswith("增长") or cell.startswith("[") else "level"


def _period(row: Indicator, cell: str) -> Period:
    if cell.startswith("["):
        return "cumulative"
    return "annual" if cell == row.change and _NUMBER.search(cell) else ""
