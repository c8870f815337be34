"""The registers as tables to look through: columns, rows, searching, sorting, pages; plain data for the component.

Each row keeps its position in `atlas.exchange.tables.table`, so that a download holds exactly the rows that are seen,
in their order, with all their columns. Pure but for what is remembered of an atlas.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from atlas.exchange.tables import table
from atlas.filters import kept_mentions, meant
from atlas.layers import PRECISION_TITLES
from atlas.models import Precision
from atlas.notes import note_in
from atlas.search.fold import fold
from atlas.search.pinyin import syllables
from atlas.ui.citing import short_citation
from atlas.ui.navigation import REGISTERS
from atlas.ui.words import LANGS, Lang, named, word

if TYPE_CHECKING:
    from atlas.filters import Filters
    from atlas.selection import Selection
    from atlas.store import Atlas

NAMES = REGISTERS
PAGE_ROWS = 50
LONGEST_TEXT = 160  # characters of a cell; a download has all of them

COLUMNS: dict[str, tuple[str, ...]] = {
    "projects": ("name", "category", "status", "year", "places", "quantity", "provision"),
    "targets": ("subject", "printed", "value", "kind", "year", "places", "provision"),
    "places": ("name", "english", "type", "lies_in", "precision", "links", "remark"),
    "ledger": ("surface", "means", "outcome", "certainty", "reason", "provision"),
    "provisions": ("number", "heading", "document", "length", "linked", "opening"),
}
BOUNDS = {"at-least": "≥ ", "at-most": "≤ ", "about": "≈ "}
NUMERIC = frozenset(("year", "value", "links", "linked", "certainty", "length"))


class Cell(NamedTuple):
    """What stands in a cell, and where it leads."""

    text: str = ""
    places: tuple[tuple[str, str], ...] = ()  # (id, name) instead of a text
    place: str = ""  # the text leads to this place or project
    provision: str = ""  # the text leads to this provision
    order: float | None = None  # of a number

    def words(self) -> str:
        """Return what is read in the cell."""
        return "、".join(name for _, name in self.places) or self.text


class Row(NamedTuple):
    """A row: its position in the whole table, its id, its cells, and its folded words."""

    at: int
    key: str
    cells: tuple[Cell, ...]
    folded: str


class Asked(NamedTuple):
    """What somebody wants to see of a register."""

    name: str = "projects"
    sort: str = ""  # column, with a minus before it where it falls; empty: as in the texts
    find: str = ""
    page: int = 1

    @classmethod
    def read(cls, name: str, sort: str, find: str, page: str) -> Asked:
        """Return what the address asks for; what is no register, column or page falls back to the first."""
        name = name if name in NAMES else NAMES[0]
        sort = sort if sort.removeprefix("-") in COLUMNS[name] else ""
        return cls(name, sort, find, int(page) if page.isdecimal() and len(page) < 6 and int(page) > 0 else 1)


def kept_rows(atlas: Atlas, filters: Filters, selection: Selection, name: str, lang: Lang) -> list[Row]:
    """Return the rows of a register that the shared filter keeps, in the order of the texts.

    A mention of the ledger is kept with its provision, and where it means a place (or may mean one) only with that.
    """
    everything = rows(atlas, name, lang)
    if selection == type(selection)():
        return list(everything)
    kept = filters.keep(selection)
    if name != "ledger":
        ids = kept[name]  # type: ignore[index]
        return [row for row in everything if row.key in ids]
    stays = kept_mentions((row.key for row in everything), (_meant(atlas)[row.at] for row in everything), kept)
    return [row for row, stay in zip(everything, stays, strict=True) if stay]


def found_rows(kept: Iterable[Row], find: str) -> list[Row]:
    """Return the rows that hold every one of the words that were typed, whatever their width, case or script."""
    terms = fold(find).split()
    return [row for row in kept if all(term in row.folded for term in terms)]


def sorted_rows(found: Sequence[Row], name: str, sort: str) -> list[Row]:
    """Return the rows by a column: numbers by size, words by pinyin; what is empty stands last either way."""
    column = sort.removeprefix("-")
    if column not in COLUMNS[name]:
        return list(found)
    at = COLUMNS[name].index(column)
    number = column in NUMERIC

    def full(row: Row) -> bool:
        return row.cells[at].order is not None if number else bool(row.cells[at].words())

    def order(row: Row) -> Any:
        return row.cells[at].order if number else _pinyin(row.cells[at].words())

    filled = sorted((row for row in found if full(row)), key=order, reverse=sort.startswith("-"))
    return filled + [row for row in found if not full(row)]


def table_data(
    asked: Asked,
    wanted: Sequence[Row],
    counts: Mapping[str, tuple[int, int]],
    lang: Lang,
    reachable: Collection[str],
) -> dict[str, Any]:
    """Return one page of a register as plain data.

    Args:
        asked: register, sorting, search, page.
        wanted: its rows, found and sorted.
        counts: register -> rows that the filter keeps, and all of them.
        lang: of the words.
        reachable: ids that the map view can be opened with; others lead nowhere.
    """
    pages = max(1, -(-len(wanted) // PAGE_ROWS))
    page = min(asked.page, pages)
    first = (page - 1) * PAGE_ROWS
    shown = wanted[first : first + PAGE_ROWS]
    column, falls = asked.sort.removeprefix("-"), asked.sort.startswith("-")
    kept, total = counts[asked.name]
    return {
        "lang": lang,
        "title": word(f"register_{asked.name}", lang),
        "lead": word(f"register_{asked.name}_lead", lang),
        "tabs_title": word("registers", lang),
        "tabs": [
            {
                "id": name,
                "title": word(f"register_{name}", lang),
                "count": f"{counts[name][0]:,}"
                if counts[name][0] == counts[name][1]
                else word("register_of", lang, kept=f"{counts[name][0]:,}", total=f"{counts[name][1]:,}"),
                "current": name == asked.name,
            }
            for name in NAMES
        ],
        "find": asked.find,
        "find_label": word("register_find", lang),
        "status": word("register_shown", lang, first=first + 1, last=first + len(shown), count=f"{len(wanted):,}")
        if shown
        else "",
        "empty": "" if shown else word("register_empty" if kept or not total else "register_filtered", lang),
        "columns": [
            {
                "id": key,
                "title": word(f"column_{key}", lang),
                "numeric": key in NUMERIC,
                "sort": ("descending" if falls else "ascending") if key == column else "none",
                "hint": word("column_sort", lang, column=word(f"column_{key}", lang)),
            }
            for key in COLUMNS[asked.name]
        ],
        "rows": [_row_data(row, reachable) for row in shown],
        "to_map": word("row_to_map", lang),
        "to_text": word("row_to_text", lang),
        "page": page,
        "pages": pages,
        "page_title": word("pages", lang),
        "page_of": word("page_of", lang, page=page, pages=pages),
        "previous": word("page_previous", lang),
        "next": word("page_next", lang),
        "first": word("page_first", lang),
        "last": word("page_last", lang),
    }


def taken(atlas: Atlas, name: str, wanted: Sequence[Row]) -> pd.DataFrame:
    """Return these rows of a register with all its columns, for a file."""
    return _frame(atlas, name).iloc[[row.at for row in wanted]].reset_index(drop=True)


def rows(atlas: Atlas, name: str, lang: Lang) -> tuple[Row, ...]:
    """Return all rows of a register, in the order of the texts."""
    return _rows(atlas, name, lang)


def _row_data(row: Row, reachable: Collection[str]) -> dict[str, Any]:
    return {
        "id": f"{row.at}",
        "cells": [
            {
                "text": cell.text if len(cell.text) <= LONGEST_TEXT else cell.text[: LONGEST_TEXT - 1] + "…",
                "place": cell.place if cell.place in reachable else "",
                "provision": cell.provision,
                "places": [{"id": key if key in reachable else "", "name": name} for key, name in cell.places],
            }
            for cell in row.cells
        ],
    }


@lru_cache(maxsize=10)
def _frame(atlas: Atlas, name: str) -> pd.DataFrame:
    return table(atlas, name)[0]


@lru_cache(maxsize=2)
def _meant(atlas: Atlas) -> tuple[frozenset[str], ...]:
    """Return, for each mention, the places that it means, or may mean."""
    return meant(atlas, atlas.ledger())


@lru_cache(maxsize=20)
def _rows(atlas: Atlas, name: str, lang: Lang) -> tuple[Row, ...]:
    maker = _Maker(atlas, lang)
    make = getattr(maker, name)
    listed = frozenset().union(*_meant(atlas)) if name == "places" else frozenset()
    found = []
    for at, record in enumerate(_frame(atlas, name).astype(object).to_dict("records")):
        plain = {key: None if pd.isna(value) else value for key, value in record.items()}
        if plain.get("type") == "outside-unit" and plain["id"] not in listed:
            continue  # the names of China's other units, which the reader of texts needs; no text of ours has them
        cells = make(plain)
        key = str(plain["provision"] if name == "ledger" else plain["id"])
        extra = (key, str(plain.get("aliases") or ""), str(plain.get("text") or "") if name == "provisions" else "")
        folded = " ".join((*(fold(cell.words()) for cell in cells), *(fold(text) for text in extra)))
        found.append(Row(at, key, cells, folded))
    return tuple(found)


@lru_cache(maxsize=20_000)
def _pinyin(text: str) -> tuple[str, ...]:
    """Return what a word is sorted by: the first reading of each character, Latin and digits as they are."""
    return tuple(syllables(char).split("|")[0] or char.lower() for char in text[:24])


class _Maker:
    """Makes the cells of each register in a language."""

    def __init__(self, atlas: Atlas, lang: Lang) -> None:
        self.lang, self.at = lang, LANGS.index(lang)
        self.gazetteer = atlas.gazetteer
        self.documents = {document.id: document for document in atlas.documents()}
        self.plans = [document for document in self.documents.values() if document.kind == "plan"]
        provisions = atlas.provisions()
        self.texts = {row["id"]: row for row in provisions.to_dict("records")}
        self.links = atlas.link_targets()
        self.linked = atlas.links().groupby("provision")["target"].nunique().to_dict()

    def _own(self, column: str) -> str:
        """Return the name of a column in the language of the page."""
        return column if self.lang == "zh" else f"{column}_en"

    def projects(self, row: Mapping[str, Any]) -> tuple[Cell, ...]:
        return (
            Cell(row["name"], place=row["id"]),
            Cell(named("category", row["category"] or "", self.lang)),
            Cell(named("status", row["status"] or "", self.lang)),
            _number(row["year"]),
            self._places(row["places"], row["place_ids"]),
            Cell((row["quantities"] or "").replace("|", "；")),
            self._cited(row["provision"], of_plan=True),
        )

    def targets(self, row: Mapping[str, Any]) -> tuple[Cell, ...]:
        value, high, unit = row["value"], row["high"], row["unit"] or ""
        figure = "" if value is None else f"{value:,.10g}" if high is None else f"{value:,.10g}–{high:,.10g}"
        sign = BOUNDS.get(row["bound"] or "", "")
        return (
            Cell(row["subject"]),
            Cell(row["text"] or ""),
            Cell(f"{sign}{figure} {named('unit', unit, self.lang)}".strip() if figure else "", order=value),
            Cell(named("target", row["kind"] or "", self.lang)),
            _number(row["year"]),
            self._places(row["places"], row["place_ids"]),
            self._cited(row["provision"], of_plan=True),
        )

    def places(self, row: Mapping[str, Any]) -> tuple[Cell, ...]:
        places, above = self.gazetteer.places, (row["parent"] or "", row["adcode"] or "")
        parent = next((places[key] for key in above if key != row["id"] and key in places), None)
        exact = row["precision"]
        shape = PRECISION_TITLES[Precision(exact)][self.at] if exact else word("unlocated", self.lang)
        count = self.links.get(row["id"], 0)
        return (
            Cell(row["name"], place=row["id"]),
            Cell(row["name_en"] or ""),
            Cell(named("type", row["type"], self.lang)),
            Cell(self._name(parent.id), place=parent.id) if parent else Cell(),
            Cell(shape),
            Cell(str(count) if count else "", order=count or None),
            Cell((row[self._own("note")] if row["lon"] is None else note_in(row["source"] or "", self.lang)) or ""),
        )

    def ledger(self, row: Mapping[str, Any]) -> tuple[Cell, ...]:
        target = row["place"]
        candidates = [key for key in (row["candidates"] or "").split("|") if key]
        means = (
            Cell(self._name(target), place=target)
            if target
            else Cell(places=tuple((key, self._name(key)) for key in candidates))
        )
        certainty = row["certainty"]
        return (
            Cell(row["surface"]),
            means,
            Cell(word(f"outcome_{row['status']}", self.lang)),
            Cell("" if certainty is None else f"{certainty:.0%}", order=certainty),
            Cell(row[self._own("reason")] or ""),
            self._cited(row["provision"]),
        )

    def provisions(self, row: Mapping[str, Any]) -> tuple[Cell, ...]:
        document = self.documents[row["document"]]
        headings = [part for part in (row["path"] or "").split("|") if part]
        linked = self.linked.get(row["id"], 0)
        return (
            Cell(short_citation(row["id"], row["citation"], "", self.lang), provision=row["id"]),
            Cell(row["title"] or (headings[-1] if headings else "")),
            Cell(document.short if self.lang == "zh" else document.short_en),
            Cell(f"{len(row['text']):,}", order=len(row["text"])),
            Cell(str(linked) if linked else "", order=linked or None),
            Cell(row["text"].replace("\n", " ")[:80] + ("…" if len(row["text"]) > 80 else "")),
        )

    def _places(self, names: str | None, ids: str | None) -> Cell:
        found: dict[tuple[str, str], None] = {}
        for name, key in zip((names or "").split("|"), (ids or "").split("|"), strict=False):
            known = "" if key == "-" else key
            if name:
                found[known, self._name(known) if known and self.lang == "en" else name] = None
        return Cell(places=tuple(found))

    def _name(self, key: str) -> str:
        tables = (self.gazetteer.places, self.gazetteer.groups, self.gazetteer.classes)
        entry = next((entries[key] for entries in tables if key in entries), None)
        return key if entry is None else (entry.name_en if self.lang == "en" else "") or entry.name

    def _cited(self, key: str, *, of_plan: bool = False) -> Cell:
        """Return a citation; where all are of the one plan, without its title."""
        row = self.texts.get(key)
        if row is None:
            return Cell(key)
        document = self.documents[row["document"]]
        short = "" if of_plan and len(self.plans) == 1 else document.short
        return Cell(short_citation(key, row["citation"], short, self.lang), provision=key)


def _number(value: Any) -> Cell:
    return Cell() if value is None else Cell(str(int(value)), order=float(value))
