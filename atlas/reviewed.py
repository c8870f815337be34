"""Tables of reviewed rows (`geodata/corrections`), where a reader decided what no rule can: CSV in, records out."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from atlas.errors import SourceError
from atlas.models import Record

Row = TypeVar("Row", bound=Record)


def read_reviewed(path: Path, model: type[Row], decided: frozenset[str] = frozenset({"reason"})) -> tuple[Row, ...]:
    """Read a table of reviewed rows; a table that is not there has none.

    Args:
        path: a CSV file in UTF-8 whose first line names the columns.
        model: what a row is.
        decided: the columns that hold what was decided and why. Rows that are alike in all others ask the same
            question twice.

    Raises:
        SourceError: the file is no UTF-8 table, a row does not fit `model`, or asks what an earlier one asked.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path.name}: cannot be read ({error})") from error
    reader = csv.DictReader(text.splitlines(), strict=True)
    rows: dict[tuple[str, ...], Row] = {}
    try:
        for record in reader:
            row = model.model_validate(record)
            key = tuple(value for name, value in record.items() if name not in decided)
            if key in rows:
                raise SourceError(f"{path.name}, line {reader.line_num}: says the same as an earlier row; keep one")
            rows[key] = row
    except ValidationError as error:
        first = error.errors()[0]
        column = ".".join(str(part) for part in first["loc"])
        columns = ", ".join(model.model_fields)
        raise SourceError(
            f"{path.name}, line {reader.line_num}: {column}: {first['msg']}; columns are {columns}"
        ) from error
    except csv.Error as error:
        raise SourceError(f"{path.name}, line {reader.line_num}: {error}") from error
    return tuple(rows.values())
