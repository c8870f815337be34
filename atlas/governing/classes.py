"""Members of classes: read from the provision that lists them, or worked out from what the gazetteer knows.

A cell of members holds ids and a few tokens, resolved here in the order of the table:

- `class/border`: the members of a class above it;
- `type:port`, `type:port/land`, `type:port/open`: every place of a type (ports: all, those by road, rail or water,
  those that are no mere plan);
- `in:150100`: the county-level units of a league or city;
- `leagues-of:TOKEN`, `units-of:TOKEN`: the leagues or county-level units that hold the places of a token;
- `items-of:plan/box-6`: the league that each item of a box opens with, and its units.

A class that is closed and has no members has them in its defining provision: 本条例所称边境地区，是指…，包括A、B和C.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from atlas.errors import SourceError
from atlas.gazetteer import Gazetteer
from atlas.geoparse import Geoparser
from atlas.models import Place, PlaceClass, Provision

# The defining clause: 本条例所称边境地区，是指…，包括A、B和C。
_LISTING = re.compile(r"所称(?P<term>[^，。；]{1,20})，?(?:是)?指[^。]*?包括(?P<list>[^。]+)。")
_BY_LAND = ("road", "rail", "water")
_TOKEN = re.compile(r"(type|in|leagues-of|units-of|items-of):(.+)|(class/[a-z0-9-]+)")


@dataclass(frozen=True)
class _Known:
    """What tokens are resolved with."""

    gazetteer: Gazetteer
    provisions: Sequence[Provision]
    parser: Geoparser
    classes: Mapping[str, PlaceClass]  # those above in the table


def read_members(entry: PlaceClass, provisions: Sequence[Provision], parser: Geoparser) -> PlaceClass:
    """Return the class with the members that its defining provision lists, in the provision's order.

    A class that has members already, or that no provision defines, is returned as it is.

    Raises:
        SourceError: the defining provision is not there, defines no such term, or its list has names nobody knows.
    """
    if entry.members or not entry.closed:
        return entry
    provision = next((one for one in provisions if one.id == entry.defined_by), None)
    if provision is None:
        raise SourceError(f"class {entry.id}: its defining provision {entry.defined_by!r} is not in the corpus")
    for clause in _LISTING.finditer(provision.text):
        if clause.group("term") not in entry.triggers:
            continue
        listed = [item for item in re.split(r"[、和及]", clause.group("list")) if item]
        mentions = parser.parse_reading(clause.group("list"))
        found = tuple(mention.place for mention in mentions if mention.place)
        if len(found) != len(listed):
            known = {mention.surface for mention in mentions if mention.place}
            lost = [item for item in listed if item not in known]
            raise SourceError(
                f"class {entry.id}: {entry.defined_by} lists places the gazetteer lacks: {'、'.join(lost)}"
            )
        return entry.model_copy(update={"members": found})
    raise SourceError(f"class {entry.id}: {entry.defined_by} has no clause 所称{entry.triggers[0]}…包括…")


def with_members(gazetteer: Gazetteer, provisions: Sequence[Provision], parser: Geoparser) -> Gazetteer:
    """Return the gazetteer with the members of every class.

    Raises:
        SourceError: a member or token means nothing, or a defining provision does not list what it should.
    """
    done: dict[str, PlaceClass] = {}
    for entry in gazetteer.classes.values():
        known = _Known(gazetteer, provisions, parser, done)
        members = [place for cell in entry.members for place in _resolve(cell, entry.id, known)]
        named = entry.model_copy(update={"members": tuple(dict.fromkeys(members))})
        done[entry.id] = read_members(named, provisions, parser) if not entry.members else named
    return gazetteer.with_classes(done.values())


def _resolve(cell: str, owner: str, known: _Known) -> Iterable[str]:
    if cell in known.gazetteer.places:
        return (cell,)
    token = _TOKEN.fullmatch(cell)
    if token is None:
        raise SourceError(f"class {owner}: the member {cell!r} is not in the gazetteer; see: atlas places")
    if token.group(3):
        if cell not in known.classes:
            raise SourceError(f"class {owner}: {cell} must stand above it in classes.csv")
        return known.classes[cell].members
    return _RESOLVERS[token.group(1)](token.group(2), owner, known)


def _of_type(value: str, owner: str, known: _Known) -> Iterable[str]:
    kind, _, only = value.partition("/")
    return [
        place.id for place in known.gazetteer.places.values() if place.type == kind and _WHICH.get(only, _any)(place)
    ]


def _any(_: Place) -> bool:
    return True


# The notes of ports.csv open with the status: Open, Seasonal, Approved, Not among …, or Planned.
_WHICH: dict[str, Callable[[Place], bool]] = {
    "land": lambda place: place.kind.split("-")[0] in _BY_LAND,
    "open": lambda place: not place.note.startswith("Planned"),
}


def _in(value: str, owner: str, known: _Known) -> Iterable[str]:
    if value not in known.gazetteer.places:
        raise SourceError(f"class {owner}: there is no unit {value!r} whose units could be members")
    return [place.id for place in known.gazetteer.places.values() if place.type == "county" and place.parent == value]


def _units_of(value: str, owner: str, known: _Known) -> list[str]:
    units = (_county(known.gazetteer.places[place]) for place in _resolve(value, owner, known))
    return list(dict.fromkeys(unit for unit in units if unit in known.gazetteer.places))


def _leagues_of(value: str, owner: str, known: _Known) -> Iterable[str]:
    leagues = (unit[:4] + "00" for unit in _units_of(value, owner, known))
    return sorted({league for league in leagues if league in known.gazetteer.places})


def _county(place: Place) -> str:
    return place.id if place.type == "county" else (place.adcode or "")


def _items_of(value: str, owner: str, known: _Known) -> Iterable[str]:
    items = [one for one in known.provisions if one.id.startswith(f"{value}/")]
    if not items:
        raise SourceError(f"class {owner}: the corpus has no items of {value}")
    found: list[str] = []
    for item in items:
        opening = known.parser.parse_reading(item.title or item.text)[:1] or known.parser.parse_reading(item.text)[:1]
        league = opening[0].place if opening else None
        if league is None or known.gazetteer.places[league].type != "league":
            raise SourceError(f"class {owner}: {item.id} does not open with the name of a league or city")
        found += [league, *_in(league, owner, known)]
    return found


_RESOLVERS: dict[str, Callable[[str, str, _Known], Iterable[str]]] = {
    "type": _of_type,
    "in": _in,
    "units-of": _units_of,
    "leagues-of": _leagues_of,
    "items-of": _items_of,
}
