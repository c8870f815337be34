"""Searching the built atlas: a query → ranked hits with the places of every match.

Ranking, best first: the provision that the query cites (边境条例第二条); places that are named so, then places whose
name begins so; provisions by BM25 (https://www.sqlite.org/fts5.html#the_bm25_function), where a match in a number or
title counts more than one in the text; other places whose names hold the words.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Literal

from pydantic import Field

from atlas.errors import InputError, UnknownNameError
from atlas.models import Record
from atlas.search.fold import fold
from atlas.search.index import check_index, numbers
from atlas.search.query import Phrase, expression, parse, wanted
from atlas.search.references import references
from atlas.search.snippets import Finder, merged, snippet

MOST_HITS = 10_000
_WEIGHTS = {"title": 4.0, "number": 6.0, "path": 0.25, "text": 1.0}
_NAME_WEIGHTS = {"name": 4.0, "aliases": 2.0, "name_en": 2.0}
NAMED, BEGINS, HOLDS = 0, 1, 2  # how the name of a place answers
OUTSIDE = frozenset({"outside-unit", "foreign-place"})  # types of places that do not lie in the region
_SHORTEST_BEGINNING = 2  # characters: one character begins too many names


class Hit(Record):
    """A provision or place that answers a query. All spans are (start, end) in code points, end exclusive."""

    id: str  # of the provision or place
    kind: Literal["provision", "place"]
    document: str | None  # None for a place
    number: str  # 第二条; empty for a place
    title: str  # heading of the provision (empty for articles), name of the place
    path: tuple[str, ...]  # headings above, outermost first
    found_in: tuple[str, ...]  # id, title, number, path, text; of a place name, aliases, name_en
    score: float  # BM25, higher is better; comparable among the provisions of one answer
    snippet: str
    marks: tuple[tuple[int, int], ...]  # in the snippet
    matches: tuple[tuple[int, int], ...] = Field(repr=False)  # in the provision's text, in the place's name


def search(
    database: sqlite3.Connection,
    query: str,
    *,
    documents: Sequence[str] | None = None,
    place_provisions: Collection[str] | None = None,
    limit: int = 50,
) -> tuple[Hit, ...]:
    """Search provisions and place names; the best hits first.

    Args:
        database: The built atlas, with the tables `documents`, `provisions`, `places` and the search tables.
        query: See docs/search.md.
        documents: Only provisions of these documents.
        place_provisions: Only these provisions: those that are linked with a place, which the caller knows.
        limit: At most so many hits.

    Raises:
        InputError: the query or limit cannot be used; UnknownNameError for a document that is not there.
        AtlasError: the atlas has no search index, or one of another version.
    """
    if not 1 <= limit <= MOST_HITS:
        raise InputError(f"limit {limit}: choose from 1 to {MOST_HITS}")
    tree = parse(query)
    check_index(database)
    _check_documents(database, documents)
    filtered = documents is not None or place_provisions is not None
    phrases = wanted(tree)
    finder = Finder(phrases)

    cited = references(database, query)
    scores = _provision_scores(database, expression(tree), documents, place_provisions, limit)
    first: dict[str, float] = {}
    if len(cited) == 1 and _passes(cited[0], documents, place_provisions):
        first = {cited[0]: scores.pop(cited[0], 0.0)}
    provisions = _provision_hits(database, first | scores, finder, set(first))
    places = [] if filtered else _place_hits(database, expression(tree), phrases, query, finder, limit)
    leading = [hit for rank, hit in places if rank < HOLDS]
    trailing = [hit for rank, hit in places if rank == HOLDS]
    return (*provisions[: len(first)], *leading, *provisions[len(first) :], *trailing)[:limit]


def _check_documents(database: sqlite3.Connection, documents: Sequence[str] | None) -> None:
    known = [name for (name,) in database.execute("SELECT id FROM documents")]
    for document in documents or ():
        if document not in known:
            raise UnknownNameError("document", document, known)


def _passes(provision: str, documents: Sequence[str] | None, among: Collection[str] | None) -> bool:
    return (documents is None or provision.partition("/")[0] in documents) and (among is None or provision in among)


def _rank(table: str, weights: dict[str, float]) -> str:
    return f"-bm25({table}, {', '.join(map(str, weights.values()))})"


def _provision_scores(
    database: sqlite3.Connection,
    fts: str,
    documents: Sequence[str] | None,
    among: Collection[str] | None,
    limit: int,
) -> dict[str, float]:
    where, values = ["search_provisions MATCH ?"], [fts]
    for column, allowed in (("document", documents), ("id", among)):
        if allowed is not None:
            where.append(f"search_entries.{column} IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(sorted(allowed)))
    rows = database.execute(
        f"SELECT search_entries.id, {_rank('search_provisions', _WEIGHTS)} AS score FROM search_provisions "
        "JOIN search_entries ON entry = search_provisions.rowid "
        f"WHERE {' AND '.join(where)} ORDER BY score DESC, entry LIMIT ?",
        (*values, limit),
    )
    return dict(rows.fetchall())


def _provision_hits(
    database: sqlite3.Connection, scores: dict[str, float], finder: Finder, cited: Collection[str]
) -> list[Hit]:
    rows = database.execute(
        "SELECT id, document, number, title, path, text FROM provisions WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(scores)),),
    )
    by_id = {row[0]: row for row in rows}
    hits = []
    for key, score in scores.items():
        _, document, number, title, path, text = by_id[key]
        headings = tuple(json.loads(path))
        spans = finder.spans(text)
        shown, marks = snippet(text, spans)
        fields = {"title": title, "number": numbers(key, number), "path": "\n".join(headings)}
        found = [name for name, value in fields.items() if value and finder.spans(value)]
        hits.append(
            Hit(
                id=key,
                kind="provision",
                document=document,
                number=number,
                title=title,
                path=headings,
                found_in=(*(["id"] if key in cited else []), *found, *(["text"] if spans else [])),
                score=round(score, 6),
                snippet=shown,
                marks=marks,
                matches=merged(spans),
            )
        )
    return hits


def _place_hits(
    database: sqlite3.Connection, fts: str, phrases: Sequence[Phrase], query: str, finder: Finder, limit: int
) -> list[tuple[int, Hit]]:
    """Return (rank, hit) of the places whose names answer the query, ordered by rank: named, begins, holds."""
    rows = database.execute(
        f"SELECT id, {_rank('search_places', _NAME_WEIGHTS)} AS score FROM search_places "
        "JOIN search_entries ON entry = search_places.rowid WHERE search_places MATCH ? ORDER BY score DESC, entry",
        (fts,),
    )
    ranks = _place_ranks(database, {query, *(" ".join(phrase.tokens) for phrase in phrases)})
    ranked = sorted(((ranks.get(key, HOLDS), key, score) for key, score in rows), key=lambda row: row[0])[:limit]
    details = database.execute(
        "SELECT id, name, aliases, name_en FROM places WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps([key for _, key, _ in ranked]),),
    )
    names = {key: (name, *json.loads(aliases), name_en or "") for key, name, aliases, name_en in details}
    return [(rank, _place_hit(key, names[key], score, finder)) for rank, key, score in ranked]


def _place_ranks(database: sqlite3.Connection, typed: Iterable[str]) -> dict[str, int]:
    """Return the places that lead: those that are named as typed, and those whose name begins so."""
    ranks: dict[str, int] = {}
    spaced = {" ".join(fold(words).replace('"', " ").split()) for words in typed}
    for word in spaced | {words.replace(" ", "") for words in spaced}:
        end = f"{word}\U0010ffff" if len(word) >= _SHORTEST_BEGINNING else word
        rows = database.execute(
            "SELECT place, type, how, key FROM search_names WHERE how <> 'pinyin' AND key BETWEEN ? AND ?", (word, end)
        )
        for place, kind, how, key in rows:
            # Short names of far places are everyday words (合作, 资源): only their whole name leads.
            if kind not in OUTSIDE or (how == "name" and key == word):
                ranks[place] = min(ranks.get(place, HOLDS), NAMED if key == word else BEGINS)
    return ranks


def _place_hit(key: str, names: tuple[str, ...], score: float, finder: Finder) -> Hit:
    name, *aliases, name_en = names
    known_as = f"（{'、'.join(aliases)}）" if aliases else ""
    shown = f"{name}{known_as}{' ' if name_en else ''}{name_en}"
    fields: dict[str, Any] = {"name": name, "aliases": "\n".join(aliases), "name_en": name_en}
    return Hit(
        id=key,
        kind="place",
        document=None,
        number="",
        title=name,
        path=(),
        found_in=tuple(field for field, value in fields.items() if value and finder.spans(value)),
        score=round(score, 6),
        snippet=shown,
        marks=merged(finder.spans(shown)),
        matches=merged(finder.spans(name)),
    )
