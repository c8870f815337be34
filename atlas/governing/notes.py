"""What a link's note says: a few tokens parted by `;`, so that the reason can be given in words where it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

BY_SCOPE = "document-scope"  # the document is about the class, this article does not repeat the word
BY_HEADING = "heading-scope"  # the heading above addresses the class
WEAK = "touches"  # the words touch the class without addressing it
RETROSPECTIVE = "retrospective"  # the provision reports what has been done
IN_PART = "in-part"  # other clauses of the sentence are about named places
MIXED = "mixed"  # other sentences are about named places or classes
HEADS = "heads"  # the item of a box opens with the league and is about all of it
NODE = "node"  # the city or league is only where a line stops or a thing of its seat stands
AIRPORT = "airport"  # a thing that a unit may be named for
SOME = "some"  # only some units of the league are meant, or the spot where it meets others
BASIN = "basin"  # the class is a basin, which holds the land in it
MOST = "most"  # so many units of the leagues are meant that it is more likely than not for each
_NARROWER = "narrower="  # a word that names only a part of the class
_PARTLY = "partly="  # other words of the provision name only a part of the class
_BESIDE = "beside="  # classes that the narrowing word leaves out
_FOR = "for="  # the kind of thing that the unit is named for
_ABOUT = "about="  # the part of the region that the heading is about, or the units in which the project is
_SPARES = "spares="  # groups of things (see concerns.py) that it does not concern
_LANDS = "lands="  # kinds of land and water that the sentence speaks of
_NATURE = "nature="  # the same of what is said of a stretch of ground with all that is on it
_ROUTE, _AT = "route=", "at="  # the line that runs through the unit, and the way point that it has there
_WITHIN = "within="  # reaches only what the document's or heading's scope reaches too
REMEMBERED = 1024  # notes whose meaning is kept: some hundred forms stand on two thousand links


def join(*tokens: str) -> str:
    """Return a note."""
    return ";".join(token for token in tokens if token)


def narrower(word: str) -> str:
    """Return the token that says which word narrows."""
    return _NARROWER + word if word else ""


def partly(word: str) -> str:
    """Return the token that says which other word of the provision names only a part."""
    return _PARTLY + word if word else ""


def within(scopes: Iterable[str]) -> str:
    """Return the token that binds a link to the classes of its document or heading."""
    return _listing(_WITHIN, scopes)


def beside(classes: Iterable[str]) -> str:
    """Return the token that says which classes the narrowing word leaves out."""
    return _listing(_BESIDE, classes)


def about(classes: Iterable[str]) -> str:
    """Return the token that says in which classes or units alone a named thing of nature is spoken of."""
    return _listing(_ABOUT, classes)


def meant_for(thing: str) -> str:
    """Return the token that says for what kind of thing a unit is named (包头 in a list of airports)."""
    return _FOR + thing if thing else ""


def spares(groups: Iterable[str]) -> str:
    """Return the token that says which groups of things it does not concern."""
    return _listing(_SPARES, groups)


def lands(kinds: Iterable[str]) -> str:
    """Return the token that says of which kinds of land and water the sentence speaks."""
    return _listing(_LANDS, kinds)


def nature(kinds: Iterable[str]) -> str:
    """Return the token that says which kinds of land and water on a stretch of ground the sentence speaks of."""
    return _listing(_NATURE, kinds)


def passing(route: str, point: str, *, city: bool = False) -> str:
    """Return the note of a link to a unit that a route runs through; of a city it reaches nothing below it."""
    return join(SOME if city else "", _ROUTE + route, _AT + point)


def has(note: str, token: str) -> bool:
    """Say whether a note has a token."""
    return token in note.split(";")


def instead(note: str, token: str, other: str) -> str:
    """Return a note with one token in the place of another."""
    return ";".join(other if one == token else one for one in note.split(";"))


def reached_below(note: str, *, district: bool) -> bool:
    """Say whether a link to a league reaches its units, or an urban district of the city.

    A thing at the seat is in the districts; an airport only in the unit that it stands in, which is reached through it.
    """
    return not has(note, SOME) and (not has(note, NODE) or (district and thing(note) != AIRPORT))


@lru_cache(maxsize=REMEMBERED)
def thing(note: str) -> str:
    """Return the kind of thing that the unit is named for, or nothing."""
    return _value(note, _FOR)


def narrowing_word(note: str) -> str:
    """Return the word that narrows, or nothing."""
    return _value(note, _NARROWER)


def partial_word(note: str) -> str:
    """Return the other word that names only a part, or nothing."""
    return _value(note, _PARTLY)


def route(note: str) -> tuple[str, str]:
    """Return the line that runs through the unit and its way point there, or two empty texts."""
    return _value(note, _ROUTE), _value(note, _AT)


@lru_cache(maxsize=REMEMBERED)
def bound_to(note: str) -> tuple[str, ...]:
    """Return the classes that the link is bound to, if any: it reaches only what one of them reaches too."""
    return _values(note, _WITHIN)


@lru_cache(maxsize=REMEMBERED)
def spared(note: str) -> tuple[str, ...]:
    """Return the groups of things that the link does not concern."""
    return _values(note, _SPARES)


@lru_cache(maxsize=REMEMBERED)
def spoken_lands(note: str) -> tuple[str, ...]:
    """Return the kinds of land and water that the sentence of the link speaks of."""
    return _values(note, _LANDS)


@lru_cache(maxsize=REMEMBERED)
def spoken_nature(note: str) -> tuple[str, ...]:
    """Return the kinds of land and water on the ground of the class that the sentence speaks of."""
    return _values(note, _NATURE)


@lru_cache(maxsize=REMEMBERED)
def left_out(note: str) -> tuple[str, ...]:
    """Return the classes whose members the link does not reach."""
    return _values(note, _BESIDE)


@lru_cache(maxsize=REMEMBERED)
def spoken_of_in(note: str) -> tuple[str, ...]:
    """Return the classes or units outside of which units are not reached through what is named."""
    return _values(note, _ABOUT)


def _listing(key: str, values: Iterable[str]) -> str:
    listed = "|".join(values)
    return key + listed if listed else ""


def _values(note: str, key: str) -> tuple[str, ...]:
    return tuple(filter(None, _value(note, key).split("|")))


def _value(note: str, key: str) -> str:
    return next((token.removeprefix(key) for token in note.split(";") if token.startswith(key)), "")
