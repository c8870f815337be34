"""The units that a named railway or road runs through between the places that the text names.

A plan names the ends of a line. Where its course is known by sourced way points (`geodata/gazetteer/waypoints.csv`:
mostly stations of the line that is there), the units in which they stand are reached too: the line runs through them.
A line through an urban district passes its city; one through a banner or county says nothing of its league.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from atlas.governing import notes
from atlas.governing.evidence import link_at
from atlas.governing.targets import city_of, is_district, is_league
from atlas.models import Basis, Link, Provision

CERTAINTY = 0.6  # a way point is known, but not that the planned line keeps to it


class Route(NamedTuple):
    """A railway or road that a text names, with the way points of its course."""

    name: str
    course: str
    listings: tuple[tuple[str, int, int], ...]  # where it is named: provision, start and end in its text


def passing_links(
    routes: Iterable[Route],
    units_on: Mapping[str, Mapping[str, str]],
    provisions: Mapping[str, Provision],
    named: Collection[tuple[str, str]] = (),
) -> Iterator[Link]:
    """Yield a link for each unit that a route runs through, from each provision that names the route.

    Args:
        routes: those that the texts name.
        units_on: course -> unit -> name of a way point in it.
        provisions: by id.
        named: pairs of provision and unit that need no such link, because the words name the unit.
    """
    for route in routes:
        for unit, point in _with_cities(units_on.get(route.course, {})).items():
            note = notes.passing(route.name, point, city=is_league(unit))
            for provision, start, end in route.listings:
                if (provision, unit) not in named:
                    yield link_at(provisions[provision], unit, Basis.FEATURE, start, end, CERTAINTY, note)


def _with_cities(points: Mapping[str, str]) -> dict[str, str]:
    """Return units with their way points, and the cities whose urban districts are among them."""
    cities: dict[str, str] = {}
    for unit, point in points.items():
        if is_district(unit):
            cities.setdefault(city_of(unit), point)
    return {**points, **cities}
