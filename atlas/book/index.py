"""The index of places: every place of the gazetteer that the texts name or a plate shows, with plate and square.

Sorted by pinyin, as Chinese readers look names up; the readings come from pypinyin, which knows words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, groupby

from pypinyin import lazy_pinyin

from atlas.book.sheets import Sheet
from atlas.models import Place, Record

_SOME, _MOST = 8, 0.6  # of so many plates a place that more than this share names is named on the base of all


class Reference(Record):
    """Where an index entry leads."""

    plate: str
    number: int
    square: str


class Entry(Record):
    """A name of the index."""

    id: str
    name: str
    refs: tuple[Reference, ...]  # none where no plate shows the place
    everywhere: bool = False  # nearly every plate names it: only the first is referred to


class Letter(Record):
    """The entries under one letter."""

    letter: str
    entries: tuple[Entry, ...]


def make_index(places: Iterable[Place], sheets: Mapping[str, Sheet], named: set[str]) -> tuple[Letter, ...]:
    """Return the index of a book.

    Args:
        places: the gazetteer.
        sheets: the drawn plates, in the order of their numbers.
        named: ids of places that the documents name.
    """
    found: dict[str, list[Reference]] = {}
    for number, (plate, sheet) in enumerate(sheets.items(), 1):
        for place, square in sheet.squares:
            refs = found.setdefault(place, [])
            if all(ref.number != number for ref in refs):  # a place in two layers of a plate is one entry
                refs.append(Reference(plate=plate, number=number, square=square))
    entries = [
        (reading(place.name), _entry(place, found.get(place.id, ()), len(sheets)))
        for place in places
        if place.id in found or place.id in named
    ]
    entries.sort(key=lambda pair: (pair[0], pair[1].name))
    return tuple(
        Letter(letter=letter, entries=tuple(entry for _, entry in group))
        for letter, group in groupby(entries, key=lambda pair: pair[0][:1].upper())
    )


def halves(letters: Sequence[Letter]) -> tuple[tuple[Letter, ...], ...]:
    """Return the index in two parts of about the same length, a page each; letters stay whole."""
    ends = list(accumulate(len(letter.entries) for letter in letters))
    cut = sum(end <= ends[-1] / 2 for end in ends) if ends else 0
    return tuple(tuple(part) for part in (letters[:cut], letters[cut:]) if part)


def _entry(place: Place, refs: Sequence[Reference], plates: int) -> Entry:
    """Return the entry of a place; one that most plates of the book name is referred to once."""
    everywhere = plates >= _SOME and len(refs) > plates * _MOST
    return Entry(id=place.id, name=_shown(place), refs=tuple(refs[:1] if everywhere else refs), everywhere=everywhere)


def reading(name: str) -> str:
    """Return the pinyin of a name, by which it is sorted."""
    return "".join(lazy_pinyin(name, errors="default")).lower()


def _shown(place: Place) -> str:
    # The typeface sets a curved apostrophe as wide as a Chinese character.
    english = place.name_en.replace("’", "'")
    return f"{place.name} {english}" if english and len(english) <= 24 else place.name
