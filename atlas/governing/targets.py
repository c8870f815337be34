"""Through what a provision may reach a place: itself, its groups, what lies in it, its classes, the region.

How sure each way is:

- the place itself, its groups and its classes: as sure as the link;
- a unit through a feature on its ground (a lake, river, port), through its league, or a league through its units and
  what lies in them: inferred, 0.7 and less;
- a port or town through the classes of the unit that holds it: inferred too. That unit's name alone reaches neither it
  nor a lake: an airport of the banner does not concern the gully in it. Only the port of the city's own name is often
  meant with the city (二连浩特).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from atlas.governing.concerns import group_of
from atlas.governing.leagues import is_named_after, thing
from atlas.governing.reasons import Names, Reason, both
from atlas.models import Basis, Relation

REGION = "150000"

OF_FEATURE = 0.7  # a feature in the unit
OF_PART = 0.55  # a mountain range or other wide land of which a small part is in the unit
OF_TRACE = 0.4  # a feature of which next to nothing is in the unit
OF_LEAGUE = 0.6  # the league that the unit stands under
OF_UNIT = 0.65  # a unit of the league
OF_INNER_FEATURE = 0.55  # a feature in a unit of the league
OF_CLASS_BELOW = 0.6  # a class to which only units or features below belong
OF_COVER = 0.75  # a class of land of which a good part of the unit is
OF_OWN_PORT = 0.75  # a class of the port that carries the name of its city
OF_CLASS_FAR = 0.5  # of a league: a class to which only a feature in one of its units belongs
OF_CLASS_OF_NATURE = 0.85  # a class of land and water, for a thing of nature: it may be about people only
OF_NAMESAKE = 0.65  # the city that a port is named after: 二连浩特 is often said for both
OF_MEANT = 0.9  # the unit whose name stands for a thing in it: 包头 in a list of airports
OF_CLASS_OF_HOLDER = 0.55  # a class of the unit that holds a port or town
OF_HEADING_LEAGUE = 0.5  # what a box item about a whole league says, for a port or zone in it
OF_LAND = 0.55  # what is said of a unit, or a class of units, and of such land, for a thing of nature in the unit
OF_CLASS_BY_PORT = 0.6  # the same where the class is one of units by their ports (口岸城市)
ITSELF = "itself"  # of a thing named after its city: reached by what is said of the city, but not of other things in it
NO_WAY = 0.0  # only binds: what is certain to this degree is never given
OF_REGION_OF_NATURE = 0.6  # what holds for the whole region, for a thing of nature: most of it is about people
CITIES, DISTRICTS = 20, 20  # the last numbers of cities in a province and of urban districts in a city
PART = 0.1  # share of an area under which only a small part of it is in the unit
COVERED = 0.3  # share of a unit from which on it counts as such land itself
MOST = 0.9  # share of a thing in the units of a class from which on the class holds it
TRACE = 0.02  # share of an area under which next to nothing of it is in the unit

# Things of nature have no government: what addresses a unit's people does not address them.
NATURAL = frozenset(
    [
        "lake",
        "river",
        "kongdui",
        "desert",
        "sandy-land",
        "mountain",
        "plain",
        "plateau",
        "wetland",
        "grassland",
        "basin",
    ]
)
LAND = frozenset(["mountain", "plain", "plateau", "grassland", "basin"])
_OF_LEAGUES = frozenset(("trade", "industry"))  # groups of things that a plan for a whole league is about
_LINES = frozenset({"river", "kongdui"})


class Target(NamedTuple):
    """A target through which provisions reach a place."""

    id: str
    basis: Basis
    why: str
    why_en: str
    factor: float
    inner: bool = False  # a city, for a district of it: what is in the city is in its districts
    group: str = ""  # a class, for a thing that stands in a member or is one: what group of things it is of
    land: str = ""  # a unit or class, for a thing of nature in it: reached where such land is spoken of
    held: bool = False  # a class, for a thing of nature in its units: reached if the class is a basin
    nature: str = ""  # a class, for a thing of nature in its units, of this kind: reached where that is spoken of
    headed: bool = False  # a league, for a thing in it: reached by the items of boxes that are about all of it
    thing: str = ""  # a unit, for a thing that carries its name: reached by what is said of such a thing in it


class Map(NamedTuple):
    """What the gazetteer and the map know, ready to be asked."""

    names: Names
    groups: Mapping[str, Iterable[str]]
    classes: Mapping[str, Iterable[str]]
    relations: tuple[Relation, ...]


def targets_of(
    place: str,
    names: Mapping[str, str],
    groups: Mapping[str, Iterable[str]],
    classes: Mapping[str, Iterable[str]],
    relations: Iterable[Relation],
    *,
    in_region: bool = True,
    names_en: Mapping[str, str] | None = None,
) -> list[Target]:
    """Return every target that reaches `place`, the most specific first.

    Args:
        place: the place's id.
        names: display names of places, groups and classes, by id.
        groups: group id -> member ids.
        classes: class id -> member ids.
        relations: all relations, or those that the place and the units below it take part in.
        in_region: whether what holds for the whole region reaches it.
        names_en: English display names by id, where there are some.
    """
    known = Map(Names(names, names_en), groups, classes, tuple(relations))
    found = [_target(place, Basis.NAMED, known.names.named(place)), *_grouped(place, known)]
    if is_league(place):
        found += _below_league(place, known)
    elif place.isdigit():
        found += _around_unit(place, known)
    own = [entry for entry, members in classes.items() if place in members]
    sure = OF_CLASS_OF_NATURE if kind_of(place) in NATURAL else 1.0
    group = group_of(kind_of(place))
    found += [
        _target(entry, Basis.CLASS, known.names.addressed(place, entry), sure)._replace(group=group) for entry in own
    ]
    if not place.isdigit():
        found += _of_holder(place, known)
    if in_region and kind_of(place) in NATURAL:
        reason = both(known.names.everywhere(), known.names.natural(place))
        found.append(_target(REGION, Basis.REGION, reason, OF_REGION_OF_NATURE))
    elif in_region:
        found.append(_target(REGION, Basis.REGION, known.names.everywhere()))
    return found


def is_league(place: str) -> bool:
    """Say whether an id is that of a league or city of the region."""
    return place.isdigit() and place.endswith("00") and not place.endswith("0000")


def is_district(place: str) -> bool:
    """Say whether an id is that of an urban district (市辖区) of a prefecture-level city, as GB/T 2260 numbers them."""
    return place.isdigit() and 1 <= int(place[2:4]) <= CITIES and 1 <= int(place[4:]) <= DISTRICTS


def city_of(district: str) -> str:
    """Return the id of the prefecture-level city that an urban district is a part of."""
    return f"{district[:4]}00"


def kind_of(place: str) -> str:
    """Return the kind that an id opens with, empty for units."""
    return place.partition("/")[0] if "/" in place else ""


def _target(target: str, basis: Basis, reason: Reason, factor: float = 1.0) -> Target:
    return Target(target, basis, reason.zh, reason.en, round(factor, 3))


def _grouped(place: str, known: Map, further: Reason | None = None, factor: float = 1.0) -> Iterator[Target]:
    """Yield the groups of a place; with `further` they are those of another place, which is not a sure way."""
    for group, members in known.groups.items():
        if place in members:
            reason = known.names.grouped(place, group)
            basis = Basis.FEATURE if further else Basis.GROUP
            yield _target(group, basis, both(reason, further) if further else reason, factor)


def _by_way_of(
    other: str,
    further: Reason,
    factor: float,
    known: Map,
    *,
    of_class: float,
    skip: Iterable[str] = (),
) -> Iterator[Target]:
    """Yield another place, its groups and its classes as ways to a place that it has to do with."""
    yield _target(other, Basis.FEATURE, both(known.names.named(other), further), factor)
    yield from _grouped(other, known, further, factor)
    for entry, members in known.classes.items():
        if other in members and entry not in skip:
            reason = both(known.names.addressed(other, entry), further)
            yield _target(entry, Basis.FEATURE, reason, of_class)


def _around_unit(unit: str, known: Map) -> Iterator[Target]:
    """Yield the ways to a county-level unit: what lies in it, and its league."""
    for relation in known.relations:
        if relation.place == unit:
            reason = known.names.subordinate(unit, relation.unit)
            named = both(known.names.named(relation.unit), reason)
            yield _target(relation.unit, Basis.FEATURE, named, OF_LEAGUE)._replace(inner=is_district(unit))
            yield from _grouped(relation.unit, known, reason, OF_LEAGUE)
        elif relation.unit == unit:
            position, sure = _position(relation, known), weight(relation)
            of_class = OF_OWN_PORT if _is_its_port(relation, known) else min(sure, OF_CLASS_BELOW)
            if kind_of(relation.place) in _LINES and relation.share < TRACE:
                of_class = OF_TRACE  # a river that only rises here: the divide is near, and the basin begins beyond
            yield from _by_way_of(relation.place, position, sure, known, of_class=of_class)
            if relation.cover >= COVERED:
                yield from _as_land(relation, known)
            yield from (one for one in _meant(relation.place, known, _position(relation, known)) if one.id != unit)


def _as_land(relation: Relation, known: Map) -> Iterator[Target]:
    """Yield the classes of land and units by which a unit that such land covers in good part is reached.

    A class of the land alone (荒漠生态系统) reaches no unit: what holds for it holds wherever there is such land.
    """
    position = known.names.covers(relation.place, relation.unit, relation.cover)
    for entry, members in known.classes.items():
        if relation.place in members and any(member.isdigit() for member in members):
            reason = both(known.names.addressed(relation.place, entry), position)
            yield _target(entry, Basis.FEATURE, reason, OF_COVER)


def _below_league(league: str, known: Map) -> Iterator[Target]:
    """Yield the ways to a league: its units, and what lies in them."""
    units = {relation.place for relation in known.relations if relation.unit == league and relation.place.isdigit()}
    own = {entry for entry, members in known.classes.items() if league in members}
    for relation in known.relations:
        if relation.unit == league:
            below = relation.place.isdigit()
            reason = known.names.subordinate(relation.place, league) if below else _position(relation, known)
            factor = OF_UNIT if below else min(OF_INNER_FEATURE, weight(relation))
            yield from _by_way_of(relation.place, reason, factor, known, of_class=min(factor, OF_CLASS_BELOW), skip=own)
        elif relation.unit in units:
            reason = both(_position(relation, known), known.names.subordinate(relation.unit, league))
            factor = min(OF_INNER_FEATURE, weight(relation))
            yield from _by_way_of(relation.place, reason, factor, known, of_class=min(factor, OF_CLASS_FAR), skip=own)


def _of_holder(place: str, known: Map) -> Iterator[Target]:
    """Yield the classes of the units that hold a port, town or site, and the city that a port is named after.

    Of a thing of nature they are no way to it, but they say what binds it: the deserts of the border are those in its
    units.
    """
    if kind_of(place) in NATURAL:
        units = {relation.unit for relation in known.relations if relation.place == place}
        for entry, members in known.classes.items():
            if place not in members and not units.isdisjoint(members):
                yield Target(entry, Basis.FEATURE, "", "", NO_WAY)
        yield from _of_land(place, known)
        for entry, relation in _held(place, known, ("crosses", "lies-in")):
            reason = both(known.names.addressed(relation.unit, entry), _position(relation, known))
            group, across = group_of(kind_of(place)), relation.relation == "crosses"
            yield _target(entry, Basis.FEATURE, reason, OF_LAND)._replace(
                group=group, held=across, nature=kind_of(place)
            )
        return
    yield from _meant(place, known)
    group = group_of(kind_of(place))
    for entry, relation in _held(place, known):
        reason = both(known.names.addressed(relation.unit, entry), _position(relation, known))
        yield _target(entry, Basis.FEATURE, reason, OF_CLASS_OF_HOLDER)._replace(group=group)
    for relation in known.relations:
        if relation.place != place or relation.relation != "lies-in":
            continue
        if _is_its_port(relation, known):
            reason = both(known.names.named(relation.unit), _position(relation, known))
            yield _target(relation.unit, Basis.FEATURE, reason, OF_NAMESAKE)._replace(thing=ITSELF)
        if group in _OF_LEAGUES:
            yield from (one._replace(group=group) for one in _of_league(relation, known))
        for entry, members in known.classes.items():
            if relation.unit in members and place not in members:
                reason = both(known.names.addressed(relation.unit, entry), _position(relation, known))
                of_kind = entry.startswith(f"class/{kind_of(place)}-")
                factor = OF_CLASS_BY_PORT if of_kind else OF_CLASS_OF_HOLDER
                yield _target(entry, Basis.FEATURE, reason, factor)._replace(group=group)


def _held(place: str, known: Map, relations: Sequence[str] = ("crosses",)) -> Iterator[tuple[str, Relation]]:
    """Yield the classes in whose units nearly all of a thing lies that crosses several, with where most of it does."""
    across = [one for one in known.relations if one.place == place and one.relation in relations]
    for entry, members in known.classes.items():
        inside = [one for one in across if one.unit in members]
        if inside and place not in members and sum(one.share for one in inside) >= MOST:
            yield entry, max(inside, key=lambda one: one.share)


def _of_league(relation: Relation, known: Map) -> Iterator[Target]:
    """Yield the league of the unit that a port or zone stands in."""
    for above in known.relations:
        if above.place == relation.unit and is_league(above.unit):
            stands = both(_position(relation, known), known.names.subordinate(relation.unit, above.unit))
            reason = both(known.names.named(above.unit), stands)
            yield _target(above.unit, Basis.FEATURE, reason, OF_HEADING_LEAGUE)._replace(headed=True)


def _is_its_port(relation: Relation, known: Map) -> bool:
    """Say whether a thing is the port that carries the name of the city it lies in."""
    return known.names.zh(relation.place) == f"{known.names.zh(relation.unit).removesuffix('市')}口岸"


def _of_land(place: str, known: Map) -> Iterator[Target]:
    """Yield the units that a thing of nature lies in, their leagues and classes: ways where such land is spoken of."""
    kind = kind_of(place)
    seen: set[str] = set()
    for relation in known.relations:
        if relation.place != place or (relation.relation == "crosses" and relation.share < PART):
            continue
        leagues = [one.unit for one in known.relations if one.place == relation.unit]
        entries = [entry for entry, members in known.classes.items() if relation.unit in members]
        for target in (relation.unit, *leagues, *entries):
            if target in seen or place in known.classes.get(target, ()):
                continue
            seen.add(target)
            named = known.names.addressed(relation.unit, target) if target in entries else known.names.named(target)
            reason = both(named, _position(relation, known))
            yield _target(target, Basis.FEATURE, reason, OF_LAND)._replace(land=kind)


def _meant(place: str, known: Map, further: Reason | None = None) -> Iterator[Target]:
    """Yield the units whose names may stand for a thing in them, as in a list of airports.

    With `further` for the unit that the thing stands in, which is not a sure way.
    """
    name = known.names.zh(place)
    if not (kind := thing(name)):
        return
    units = [relation.unit for relation in known.relations if relation.place == place]
    units += [relation.unit for relation in known.relations if relation.place in units and relation.place.isdigit()]
    for unit in units:
        if is_named_after(name, known.names.zh(unit)):
            reason = known.names.meant(place, unit)
            basis, factor = (Basis.FEATURE, OF_FEATURE * OF_MEANT) if further else (Basis.NAMED, OF_MEANT)
            yield _target(unit, basis, both(reason, further) if further else reason, factor)._replace(thing=kind)


def _position(relation: Relation, known: Map) -> Reason:
    if relation.relation == "lies-in":
        return known.names.lies_in(relation.place, relation.unit)
    return known.names.crosses(relation.place, relation.unit, relation.share)


def weight(relation: Relation) -> float:
    """Return how sure it is that what holds for a feature holds for the unit: shares of a long line say little."""
    if relation.relation != "crosses" or kind_of(relation.place) in _LINES or relation.share >= PART:
        return OF_FEATURE
    return OF_TRACE if relation.share < TRACE else OF_PART
