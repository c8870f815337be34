"""The record of the register: an undertaking that a plan lists, with where the plan says so."""

from __future__ import annotations

from pydantic import Field

from atlas.models import Record, Share
from atlas.targets.quantities import Quantity


class Listing(Record):
    """A place in a document that names an undertaking."""

    provision: str
    start: int  # of the name, in the witness
    end: int
    text_start: int  # of the name, in the provision's text
    text_end: int


class Project(Record):
    """An undertaking of a plan; one row however often the plan names it."""

    id: str = Field(pattern=r"^[a-z]+/[a-z0-9-]+$")
    name: str = Field(min_length=2)  # clean, with what an enumeration shares
    category: str  # railway, road, airport, hub, water, energy, gas, zone, park, agriculture …
    kind: str  # facility, programme, measure, route
    verb: str  # the plan's own; empty where a list has none
    status: str  # complete, build, advance, prepare, study, operate
    places: tuple[str | None, ...]  # place or group ids in order; None where the gazetteer lacks the name
    place_names: tuple[str, ...]  # as printed, in the same order
    site: str | None = None  # the gazetteer's own entry for the undertaking, where it has one
    quantities: tuple[Quantity, ...] = ()  # offsets into the provision's text
    year: int | None = None  # by which, where the sentence says so
    level: str = ""  # national, regional, league, banner: where the text says whose it is
    listing: Listing
    box: str = ""  # plan/box-20, empty for prose
    also: tuple[Listing, ...] = ()  # where else the plan names it
    course: str = ""  # of a route: the stops as printed
    stretch: tuple[str, ...] = ()  # place ids of the part that is meant, empty: all of it
    branch_of: str | None = None
    certainty: Share
