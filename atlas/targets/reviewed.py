"""Tables of reviewed rows: CSV in, validated records out; used for projects and for targets."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from atlas.errors import SourceError
from atlas.models import Record

Row = TypeVar("Row", bound=Record)


def read_reviewed(path: Path, model: type[Row]) -> tuple[Row, ...]:
    """Read a table of reviewed rows; a table that is not there has none.

    Raises:
        SourceError: the file is no UTF-8 table, a row does not fit `model`, or a row stands twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path.name}: cannot be read ({error})") from error
    reader = csv.DictReader(text.splitlines(), strict=True)
    rows: list[Row] = []
    try:
        for record in reader:
            row = model.model_validate(record)
            if row in rows:
                raise SourceError(f"{path.name}, line {reader.line_num}: the row stands twice; keep one")
            rows.append(row)
    except ValidationError as error:
        first = error.errors()[0]
        column = ".".join(str(part) for part in first["loc"])
        columns = ", ".join(model.model_fields)
        raise SourceError(
            f"{path.name}, line {reader.line_num}: {column}: {first['msg']}; columns are {columns}"
        ) from error
    except csv.Error as error:
        raise SourceError(f"{path.name}, line {reader.line_num}: {error}") from error
    return tuple(rows)
