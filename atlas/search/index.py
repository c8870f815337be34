"""Writing the search tables into the atlas that is being built.

Two FTS5 tables without a content of their own (`content=''`), so that no text is stored twice: hits read it from the
tables `provisions` and `places`. Source: https://www.sqlite.org/fts5.html#contentless_tables. The same provisions and
places give the same bytes.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing

from atlas.errors import AtlasError
from atlas.models import Place, Provision
from atlas.search.fold import VERSION, fold, indexed, tokens
from atlas.search.pinyin import syllables

# Not in gpkg_contents: QGIS has no use for them. `search_entries` gives what a row of the FTS5 tables is; entries
# number the provisions in their order and go on with the places. `search_names` serves suggestions.
TABLES: dict[str, str] = {
    "search_settings": "CREATE TABLE search_settings (name TEXT PRIMARY KEY, value TEXT)",
    "search_entries": "CREATE TABLE search_entries (entry INTEGER PRIMARY KEY, kind TEXT, id TEXT, document TEXT)",
    "search_provisions": "CREATE VIRTUAL TABLE search_provisions USING fts5("
    "title, number, path, text, content='', tokenize='ascii')",
    "search_places": "CREATE VIRTUAL TABLE search_places USING fts5("
    "name, aliases, name_en, content='', tokenize='ascii')",
    "search_names": "CREATE TABLE search_names (place TEXT, name TEXT, type TEXT, how TEXT, form TEXT, key TEXT, "
    "first TEXT)",
}
_NEEDED_MODULES = {"fts5": "FTS5", "json_each": "JSON"}


def create_index(
    database: sqlite3.Connection, provisions: Iterable[Provision], places: Iterable[Place]
) -> dict[str, int]:
    """Write the search tables, in place of older ones, beside the tables `provisions` and `places`; the caller commits.

    Returns:
        How many provisions, places and forms of names are indexed, by table.

    Raises:
        AtlasError: this Python's SQLite cannot do full-text search.
    """
    check_sqlite(sqlite3.sqlite_version, {name for (name,) in database.execute("PRAGMA module_list")})
    for name, statement in TABLES.items():
        database.execute(f"DROP TABLE IF EXISTS {name}")
        database.execute(statement)
    database.execute("INSERT INTO search_settings VALUES ('folding', ?)", (VERSION,))
    entry = 0
    for entry, provision in enumerate(provisions, start=1):  # the places go on counting
        database.execute(
            "INSERT INTO search_entries VALUES (?, 'provision', ?, ?)", (entry, provision.id, provision.document)
        )
        database.execute(
            "INSERT INTO search_provisions (rowid, title, number, path, text) VALUES (?, ?, ?, ?, ?)",
            (
                entry,
                *map(
                    _cut,
                    (
                        provision.title,
                        numbers(provision.id, provision.number),
                        "\n".join(provision.path),
                        provision.text,
                    ),
                ),
            ),
        )
    counts = {"search_provisions": entry, "search_places": 0, "search_names": 0}
    for place in places:
        entry += 1
        database.execute("INSERT INTO search_entries VALUES (?, 'place', ?, NULL)", (entry, place.id))
        database.execute(
            "INSERT INTO search_places (rowid, name, aliases, name_en) VALUES (?, ?, ?, ?)",
            (entry, *map(_cut, (place.name, "\n".join(place.aliases), place.name_en))),
        )
        forms = list(_forms(place))
        database.executemany("INSERT INTO search_names VALUES (?, ?, ?, ?, ?, ?, ?)", forms)
        counts["search_places"] += 1
        counts["search_names"] += len(forms)
    database.execute("CREATE INDEX search_names_key ON search_names (key)")
    database.execute("CREATE INDEX IF NOT EXISTS search_places_id ON places (id)")
    for name in ("search_provisions", "search_places"):
        database.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")  # one segment: small, and read at once
    return counts


def check_sqlite(version: str, modules: Collection[str]) -> None:
    """Refuse an SQLite without what search needs.

    Raises:
        AtlasError: names what is missing.
    """
    if missing := [title for module, title in _NEEDED_MODULES.items() if module not in modules]:
        raise AtlasError(
            f"this Python's SQLite ({version}) lacks {' and '.join(missing)}, which search needs: use a Python whose "
            "SQLite is 3.30 or newer and built with FTS5 and JSON (those of python.org, Debian, conda and uv are)"
        )


def check_index(database: sqlite3.Connection) -> None:
    """Refuse an atlas without a search index, or with one that other rules of folding made.

    Raises:
        AtlasError: it has to be built again.
    """
    with closing(database.cursor()) as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'search_settings'")
        if cursor.fetchone() == (0,):
            raise AtlasError("the atlas has no search index: run `atlas build` to make it again")
        found = cursor.execute("SELECT value FROM search_settings WHERE name = 'folding'").fetchone()
        if found != (VERSION,):
            made_by = found[0] if found else "nothing known"
            raise AtlasError(
                f"the search index was made by {made_by}, this installation has {VERSION}: run `atlas build`"
            )


def _cut(text: str) -> str:
    return indexed(tokens(text))


def numbers(provision_id: str, number: str) -> str:
    """Return the number as printed and, from the id, with Arabic digits, so that 第2条 finds 第二条."""
    unit = re.fullmatch(r"第.+([条篇章节])", number)
    last = re.search(r"(\d+)$", provision_id)
    return f"{number}\n第{last[1]}{unit[1]}" if unit and last else number


def _forms(place: Place) -> Iterator[tuple[str, ...]]:
    """Yield a row of `search_names` for every way to type a name; `first`: letters that pinyin may begin with."""
    of = (place.id, place.name, place.type)
    for how, form in (("name", place.name), *(("alias", alias) for alias in place.aliases)):
        yield (*of, how, form, "".join(fold(form).split()), "")
        if reading := syllables(form):
            first = "".join(sorted({choice[0] for choice in reading.partition(" ")[0].split("|")}))
            yield (*of, "pinyin", form, reading, first)
    if place.name_en:
        yield (*of, "english", place.name_en, " ".join(fold(place.name_en).split()), "")
