"""Suggestions while somebody types: places by Chinese, pinyin, initials or English, documents, and provisions cited.

Typed text never raises: what means nothing gives nothing.
"""

from __future__ import annotations

import sqlite3
from typing import Literal

from atlas.errors import InputError
from atlas.models import Record
from atlas.search.find import OUTSIDE
from atlas.search.fold import fold
from atlas.search.index import check_index
from atlas.search.pinyin import typed_matches
from atlas.search.references import meant_documents, references

LONGEST_TYPED = 100  # characters
_TYPES = ("region", "league", "county", "port", "lake", "river")  # offered in this order among equals
_HOW = ("name", "alias", "english", "pinyin")


class Suggestion(Record):
    """Something that what is typed may mean."""

    kind: Literal["place", "document", "provision"]
    id: str
    label: str  # name of the place, title of the document, citation of the provision
    matched: str  # the form that was typed, whole or in part: 额济纳, Ejin Banner, border/2
    how: Literal["name", "alias", "pinyin", "english", "title", "citation"]


def suggest(database: sqlite3.Connection, typed: str, limit: int = 10) -> tuple[Suggestion, ...]:
    """Return what `typed` may mean, the likeliest first.

    Raises:
        InputError: the limit is not positive.
        AtlasError: the atlas has no search index, or one of another version.
    """
    if limit < 1:
        raise InputError(f"limit {limit}: choose 1 or more")
    check_index(database)
    key = "".join(character for character in fold(typed) if character not in ' "\n')
    if not key or len(key) > LONGEST_TYPED:
        return ()
    provisions = _provisions(database, typed)
    documents = [
        Suggestion(kind="document", id=document, label=title, matched=title, how="title")
        for document, title in meant_documents(database, typed)
    ]
    return (*provisions, *_places(database, typed, key), *documents)[:limit]


def _provisions(database: sqlite3.Connection, typed: str) -> list[Suggestion]:
    found = []
    for provision in references(database, typed):
        (label,) = database.execute("SELECT citation FROM provisions WHERE id = ?", (provision,)).fetchone()
        found.append(Suggestion(kind="provision", id=provision, label=label, matched=provision, how="citation"))
    return found


def _places(database: sqlite3.Connection, typed: str, key: str) -> list[Suggestion]:
    spaced = " ".join(fold(typed).split())
    letters = key.replace("'", "").replace("-", "")
    best: dict[str, tuple[tuple[int, ...], Suggestion]] = {}
    rows = database.execute(
        "SELECT place, how, form, key, name, type, rowid FROM search_names "
        "WHERE (first = '' AND instr(key, ?)) OR (how = 'english' AND instr(key, ?)) OR instr(first, ?)",
        (key, spaced, letters[:1] or "-"),
    )
    for place, how, form, stored, name, kind, row in rows:
        if how == "pinyin":
            closeness = _pinyin_closeness(letters, stored)
        else:
            closeness = _closeness(spaced if how == "english" else key, stored, words=how == "english")
        if closeness is None:
            continue
        order = _TYPES.index(kind) if kind in _TYPES else len(_TYPES)
        far_guess = how == "pinyin" and kind in OUTSIDE  # thousands of far places share a few initials
        rank = (int(far_guess), closeness, order, _HOW.index(how), len(form), row)
        if place not in best or rank < best[place][0]:
            best[place] = rank, Suggestion(kind="place", id=place, label=name, matched=form, how=how)
    return [suggestion for _, suggestion in sorted(best.values(), key=lambda pair: pair[0])]


def _closeness(typed: str, stored: str, *, words: bool) -> int | None:
    """Return 0 for equal, 1 for begun, 2 for held (in English: a later word is begun), None for neither."""
    if typed == stored:
        return 0
    if stored.startswith(typed):
        return 1
    return 2 if (f" {typed}" in stored if words else typed in stored) else None


def _pinyin_closeness(letters: str, reading: str) -> int | None:
    if not letters.isascii() or not letters.isalpha():
        return None
    count = typed_matches(letters, reading)
    return None if count is None else 0 if count == len(reading.split(" ")) else 1
