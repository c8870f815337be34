"""Reading the CSV tables of `geodata/gazetteer/`: every row becomes a record, or an error that names file and line.

The tables are UTF-8 with a header; lists inside a cell are parted by `|`; an empty cell is an absent value.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from atlas.errors import SourceError
from atlas.models import Group, Place, PlaceClass

Row = dict[str, str]


def rows(path: Path, required: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    """Yield `(line number, row)` of a table, cells stripped.

    Raises:
        SourceError: the file is missing, not UTF-8, lacks a required column, or a row has too many or too few cells.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SourceError(
            f"table {path.name} is missing from {path.parent.name}/: restore it from the repository"
        ) from None
    except UnicodeDecodeError as error:
        raise SourceError(f"table {path.name} is not UTF-8 (byte {error.start}): save it as UTF-8") from error
    reader = csv.DictReader(text.splitlines())
    missing = [name for name in required if name not in (reader.fieldnames or ())]
    if missing:
        raise SourceError(f"table {path.name} lacks the column {', '.join(missing)}")
    for row in reader:
        if None in row or None in row.values():
            raise SourceError(f"table {path.name}, line {reader.line_num}: wrong number of cells")
        yield reader.line_num, {key: value.strip() for key, value in row.items()}


def split(cell: str) -> tuple[str, ...]:
    """Return the parts of a `|`-separated cell."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def number(cell: str) -> float | None:
    """Return a cell as a number, None when it is empty."""
    return float(cell) if cell else None


def _invalid(path: Path, line: int, error: Exception) -> SourceError:
    detail = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
    return SourceError(f"table {path.name}, line {line}: {detail}")


def read_points(path: Path) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Yield `(place, ambiguous aliases)` of a table with an `id` column (ports, nodes, water, mines …)."""
    required = (
        "id",
        "name",
        "name_en",
        "aliases",
        "type",
        "adcode",
        "lon",
        "lat",
        "precision",
        "source",
        "date",
        "note",
    )
    for line, row in rows(path, required):
        sources = [row["source"], row.get("source2", "")]
        try:
            place = Place(
                id=row["id"],
                name=row["name"],
                name_en=row["name_en"],
                aliases=split(row["aliases"]),
                type=row["type"],
                kind=row.get("kind", ""),
                adcode=row["adcode"] or None,
                parent=row["adcode"] or None,
                lon=number(row["lon"]),
                lat=number(row["lat"]),
                precision=row["precision"] or None,
                source="; ".join(source for source in sources if source),
                date=row["date"],
                note=row["note"],
            )
        except ValueError as error:
            raise _invalid(path, line, error) from error
        yield place, split(row.get("ambiguous_aliases", ""))


def read_units(path: Path, *, outside: bool = False) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Yield `(place, ambiguous aliases)` of a table of administrative units, keyed by six-digit code.

    Raises:
        SourceError: names the line and what is wrong.
    """
    required = ("adcode", "name", "name_en", "aliases", "seat", "lon", "lat", "precision", "source", "date", "note")
    for line, row in rows(path, required):
        code = row["adcode"]
        try:
            place = Place(
                id=code,
                name=row["name"],
                name_en=row["name_en"],
                aliases=split(row["aliases"]),
                type="outside-unit" if outside else _level(code),
                adcode=code,
                parent=_parent(code),
                lon=number(row["lon"]),
                lat=number(row["lat"]),
                precision=row["precision"] or None,
                source=row["source"],
                date=row["date"],
                note=row["note"],
            )
        except ValueError as error:
            raise _invalid(path, line, error) from error
        yield place, split(row.get("ambiguous_aliases", ""))


def _level(code: str) -> str:
    """Return the type that a six-digit code of GB/T 2260 says: region, league or county."""
    if code.endswith("0000"):
        return "region"
    return "league" if code.endswith("00") else "county"


def _parent(code: str) -> str | None:
    """Return the code of the unit above, by the structure of GB/T 2260."""
    if code.endswith("0000"):
        return None
    return code[:2] + "0000" if code.endswith("00") else code[:4] + "00"


def read_forms(path: Path) -> frozenset[str]:
    """Return the forms of a table of programmes and organisations whose names hold a place's name but name no place."""
    return frozenset(row["form"] for _, row in rows(path, ("form", "reason")))


def read_guarded(path: Path) -> dict[str, frozenset[str]]:
    """Return forms by rule: `guarded` need evidence beside them, `plain` do not after all, `never` are no names.

    Raises:
        SourceError: a rule that is none of these.
    """
    found: dict[str, set[str]] = {"guarded": set(), "plain": set(), "never": set()}
    for line, row in rows(path, ("form", "rule", "reason")):
        if row["rule"] not in found:
            raise SourceError(f"table {path.name}, line {line}: rule {row['rule']!r}: choose {', '.join(found)}")
        found[row["rule"]].add(row["form"])
    return {rule: frozenset(forms) for rule, forms in found.items()}


def read_groups(path: Path) -> Iterator[Group]:
    """Yield the groups of a table."""
    for line, row in rows(path, ("id", "name", "name_en", "aliases", "members", "source")):
        try:
            yield Group(
                id=row["id"],
                name=row["name"],
                name_en=row["name_en"],
                aliases=split(row["aliases"]),
                members=split(row["members"]),
                source=row["source"],
            )
        except ValueError as error:
            raise _invalid(path, line, error) from error


def read_classes(path: Path) -> Iterator[PlaceClass]:
    """Yield the classes of a table; `members` is empty where the program reads them from `defined_by`."""
    for line, row in rows(path, ("id", "name", "name_en", "triggers", "members", "closed", "defined_by")):
        try:
            yield PlaceClass(
                id=row["id"],
                name=row["name"],
                name_en=row["name_en"],
                triggers=split(row["triggers"]),
                members=split(row["members"]),
                closed={"yes": True, "no": False}[row["closed"]],
                defined_by=row["defined_by"],
            )
        except KeyError as error:
            raise SourceError(f"table {path.name}, line {line}: closed is {error}, choose yes or no") from error
        except ValueError as error:
            raise _invalid(path, line, error) from error
