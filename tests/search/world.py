"""An in-memory atlas for search tests: the tables that search reads, and the search tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from atlas.corpus import citation
from atlas.models import Document, Place, Provision
from atlas.search import create_index


def database(
    provisions: Sequence[Provision], places: Sequence[Place], documents: Sequence[Document]
) -> sqlite3.Connection:
    """What `atlas build` writes, as far as search reads it."""
    made = sqlite3.connect(":memory:")
    made.execute("CREATE TABLE documents (id TEXT, kind TEXT, title TEXT, short TEXT)")
    made.execute(
        "CREATE TABLE provisions (id TEXT PRIMARY KEY, document TEXT, number TEXT, title TEXT, path TEXT, "
        "citation TEXT, text TEXT)"
    )
    made.execute(
        "CREATE TABLE places (fid INTEGER PRIMARY KEY, id TEXT, name TEXT, name_en TEXT, aliases TEXT, type TEXT)"
    )
    made.executemany("INSERT INTO documents VALUES (?, ?, ?, ?)", [(d.id, d.kind, d.title, d.short) for d in documents])
    by_id = {one.id: one for one in documents}
    made.executemany(
        "INSERT INTO provisions VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (p.id, p.document, p.number, p.title, json.dumps(p.path), citation(by_id[p.document], p), p.text)
            for p in provisions
        ],
    )
    made.executemany(
        "INSERT INTO places (id, name, name_en, aliases, type) VALUES (?, ?, ?, ?, ?)",
        [(p.id, p.name, p.name_en, json.dumps(p.aliases), p.type) for p in places],
    )
    create_index(made, provisions, places)
    return made


def document(document_id: str, title: str, short: str, kind: str = "regulation") -> Document:
    """A document of which only the names matter."""
    return Document(
        id=document_id,
        kind=kind,
        title=title,
        title_en=title,
        short=short,
        short_en="",
        issuer="",
        adopted="2023-11-30",
        in_force=None,
        witness=f"{document_id}.txt",
    )


def numbered(provision: Provision, number: str, title: str = "", path: tuple[str, ...] = ()) -> Provision:
    """The provision with a printed number, a heading and headings above."""
    return provision.model_copy(update={"number": number, "title": title, "path": path})
