"""The reverse: which places a provision governs, with the way and the certainty of each.

What is named and who is a member is sure; the units that a named feature lies in, and the units of a named league, are
inferred. What holds for the whole region is given as the region, not as its hundred units.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from atlas.governing import notes
from atlas.governing.concerns import group_of
from atlas.governing.govern import LEAST, OF_MOST, ORDER, standing
from atlas.governing.targets import OF_LEAGUE, OF_UNIT, is_district, is_league, kind_of, weight
from atlas.models import Basis, Link, Relation


class Reached(NamedTuple):
    """A place that a provision reaches."""

    place: str
    basis: Basis
    via: str  # the id of the place, group, class or region that the provision names or addresses
    certainty: float


def reach(
    links: Iterable[Link],
    groups: Mapping[str, Iterable[str]],
    classes: Mapping[str, Iterable[str]],
    relations: Iterable[Relation],
) -> tuple[Reached, ...]:
    """Return the places that the links of one provision reach, the surest way to each, from specific to general.

    Args:
        links: of one provision.
        groups: group id -> member ids.
        classes: class id -> member ids.
        relations: all relations of the map.
    """
    related = tuple(relations)
    best: dict[str, tuple[tuple[bool, bool, int, float], Reached]] = {}
    for link in links:
        bound = {member for scope in notes.bound_to(link.note) for member in classes.get(scope, ())}
        members = groups.get(link.target) or classes.get(link.target) or ()
        if not link.target.startswith(("group/", "class/")):
            members = (link.target,)
        beside = {member for entry in notes.left_out(link.note) for member in classes.get(entry, ())}
        parts = {member for entry in notes.spoken_of_in(link.note) for member in classes.get(entry, ())}
        for member in members:
            if member in beside or group_of(kind_of(member)) in notes.spared(link.note):
                continue
            if bound and not _is_within(member, bound, related):
                continue
            for found in (Reached(member, link.basis, link.target, link.certainty), *_inferred(member, link, related)):
                inferred = found.basis is Basis.FEATURE
                if found.certainty < LEAST or (inferred and parts and found.place not in parts):
                    continue
                rank = standing(found.basis, found.certainty)
                if found.place not in best or rank < best[found.place][0]:
                    best[found.place] = (rank, found)
    records = [record for _, record in best.values()]
    return tuple(sorted(records, key=lambda record: (ORDER[record.basis], -record.certainty)))


def _is_within(member: str, scope: set[str], relations: tuple[Relation, ...]) -> bool:
    """Say whether a member belongs to a scope, or stands in one of its units, or has one of its places on its ground.

    A unit does not belong because its league does; `targets_of` says the same.
    """
    stands = not member.isdigit()
    return member in scope or any(
        (stands and relation.place == member and relation.unit in scope)
        or (relation.unit == member and relation.place in scope)
        for relation in relations
    )


def _inferred(member: str, link: Link, relations: tuple[Relation, ...]) -> Iterator[Reached]:
    if link.basis in {Basis.REGION, Basis.CLASS, Basis.FEATURE}:
        return
    for relation in relations:
        below = relation.unit == member and is_league(member)
        if below and not notes.reached_below(link.note, district=is_district(relation.place)):
            continue
        if relation.place == member:
            factor = OF_UNIT if member.isdigit() else weight(relation)
        elif below:
            factor = OF_LEAGUE
        else:
            continue
        factor *= OF_MOST if below and notes.has(link.note, notes.MOST) else 1.0
        other = relation.unit if relation.place == member else relation.place
        yield Reached(other, Basis.FEATURE, link.target, round(link.certainty * factor, 3))
