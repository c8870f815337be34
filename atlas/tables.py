"""The attribute tables of the built atlas, made from the records themselves: a field is a column.

Text, numbers and truth values become SQLite types; lists, tuples and mappings become JSON text; enumerations their
value. A record that gains a field gains a column, with nothing to change here.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic_core import to_jsonable_python


class Table(NamedTuple):
    """A table ready to be written: `columns` name -> SQL type, rows in their order."""

    columns: dict[str, str]
    rows: list[tuple[Any, ...]]

    def create(self, name: str) -> str:
        """Return the SQL that creates the table; `id` is its key. Names are quoted: some are words of SQL."""
        keys = {"id": " PRIMARY KEY"}
        columns = (f'"{column}" {kind}{keys.get(column, "")}' for column, kind in self.columns.items())
        return f"CREATE TABLE {name} ({', '.join(columns)})"

    def insert(self, name: str) -> str:
        """Return the SQL that inserts a row."""
        return f"INSERT INTO {name} VALUES ({', '.join('?' * len(self.columns))})"


def record_table(
    model: type[BaseModel],
    records: Iterable[BaseModel],
    extra: Mapping[str, str] | None = None,
    values: Iterable[Sequence[Any]] | None = None,
) -> Table:
    """Return the table of `records`, with `extra` columns (name -> SQL type) before the fields.

    Args:
        model: the class of all the records, also where there are none.
        records: what to write.
        extra: columns that are not fields.
        values: the extra cells of each record, in the same order.
    """
    fields = model.model_fields
    columns = dict(extra or {}) | {name: _sql_type(field.annotation) for name, field in fields.items()}
    before: Iterable[Sequence[Any]] = values if values is not None else iter(lambda: (), None)
    rows = [
        (*cells, *(_cell(getattr(record, name)) for name in fields))
        for record, cells in zip(records, before, strict=values is not None)
    ]
    return Table(columns, rows)


def _sql_type(annotation: Any) -> str:
    """Return TEXT, INTEGER or REAL for a field's annotation; what is optional has its own type."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return _sql_type(next(one for one in typing.get_args(annotation) if one is not type(None)))
    if isinstance(annotation, type) and issubclass(annotation, (bool, int)):
        return "INTEGER"
    return "REAL" if annotation is float else "TEXT"


def _cell(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (BaseModel, list, tuple, dict)):
        return json.dumps(to_jsonable_python(value), ensure_ascii=False, sort_keys=True)
    return value
