"""Reading a built atlas: SQLite in read-only mode, one connection a thread, rows as mappings with lists unpacked."""

from __future__ import annotations

import json
import sqlite3
import threading
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from atlas.errors import AtlasError, NotBuiltError, UnknownNameError
from atlas.models import Record

Model = TypeVar("Model", bound=Record)

_LIST_COLUMNS = {
    "aliases",
    "members",
    "triggers",
    "path",
    "places",
    "place_names",
    "quantities",
    "listing",
    "also",
    "stretch",
    "candidates",
    "other_witnesses",
}


class Reader:
    """The file of a built atlas."""

    def __init__(self, path: Path) -> None:
        """Open the GeoPackage at `path`.

        Raises:
            NotBuiltError: there is none.
            AtlasError: the file is not an atlas.
        """
        if not path.is_file():
            raise NotBuiltError(f"there is no built atlas at {path}: run `atlas build` first")
        self.path = path.resolve()
        self._local = threading.local()
        try:
            tables = {name for (name,) in self._rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        except sqlite3.DatabaseError as error:
            raise AtlasError(f"{path} is not an atlas ({error}): run `atlas build` to make it again") from error
        if missing := {"provisions", "witnesses", "headings", "links", "places", "layers"} - tables:
            raise AtlasError(f"{path} lacks {', '.join(sorted(missing))}: run `atlas build` to make it again")

    @property
    def _database(self) -> sqlite3.Connection:
        if not hasattr(self._local, "database"):
            self._local.database = sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)
        connection: sqlite3.Connection = self._local.database
        return connection

    def _rows(self, query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        return self._execute(query, values).fetchall()

    def _execute(self, query: str, values: tuple[Any, ...]) -> sqlite3.Cursor:
        try:
            return self._database.execute(query, values)
        except sqlite3.OperationalError as error:
            if "no such" not in str(error):
                raise
            raise self._of_another_version(str(error)) from error

    def _model(self, model: type[Model], row: dict[str, Any]) -> Model:
        """Return a row as a record.

        Raises:
            AtlasError: the file was built by another version, whose records differ.
        """
        try:
            return model.model_validate(row)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise self._of_another_version(f"{model.__name__}.{where}: {first['msg']}") from error

    def _of_another_version(self, why: str) -> AtlasError:
        return AtlasError(
            f"{self.path} was built by another version of the program ({why}): run `atlas build` to make it again"
        )

    def _records(self, query: str, values: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
        cursor = self._execute(query, values)
        names = [column[0] for column in cursor.description]
        return [
            {
                name: json.loads(cell) if name in _LIST_COLUMNS and cell is not None else cell
                for name, cell in zip(names, row, strict=True)
            }
            for row in cursor
        ]

    def close(self) -> None:
        """Close this thread's connection."""
        if hasattr(self._local, "database"):
            self._local.database.close()
            del self._local.database

    @cached_property
    def counts(self) -> dict[str, int]:
        """Rows of every table and layer, by name."""
        names = [name for (name,) in self._rows("SELECT table_name FROM gpkg_contents ORDER BY table_name")]
        return {name: self._rows(f'SELECT count(*) FROM "{name}"')[0][0] for name in names}

    def _check(self, kind: str, value: str, known: list[str], hint: str = "") -> None:
        if value not in known:
            raise UnknownNameError(kind, value, known, hint)


def with_tuples(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its lists as tuples, which frozen records want."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
