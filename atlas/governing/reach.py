"""The reverse: which places a provision governs, with the way and the certainty of each.

It asks `govern` of every place that a link may lead to, so that the two directions cannot disagree. What holds for the
whole region is given as the region, not as its hundred units.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from atlas.governing.govern import ORDER, Target, govern
from atlas.governing.targets import REGION
from atlas.models import Basis, Link, Relation

STEPS = 2  # on the map, from what is named to what is reached: from a league by its units to the ports in them


class Reached(NamedTuple):
    """A place that a provision reaches."""

    place: str
    basis: Basis
    via: str  # the id of the place, group, class or region that the provision names or addresses
    certainty: float


class Around:
    """What lies in, on or over what: the places next to each place on the map, through their relations."""

    def __init__(self, relations: Iterable[Relation]) -> None:
        """Take the relations of the map."""
        self._near: dict[str, set[str]] = {}
        for one in relations:
            self._near.setdefault(one.place, set()).add(one.unit)
            self._near.setdefault(one.unit, set()).add(one.place)

    def within(self, places: Iterable[str], steps: int = STEPS) -> set[str]:
        """Return the places themselves and those up to so many steps from them."""
        found = set(places)
        edge = found
        for _ in range(steps):
            edge = {other for place in edge for other in self._near.get(place, ())} - found
            found |= edge
        return found


def reach(
    links: Sequence[Link],
    members_of: Mapping[str, Iterable[str]],
    around: Around,
    targets_of: Callable[[str], Iterable[Target]],
    *,
    inferred: bool = True,
) -> tuple[Reached, ...]:
    """Return the places that the links of one provision reach, the surest way to each, from specific to general.

    Args:
        links: of one provision.
        members_of: group or class id -> member ids.
        around: the map.
        targets_of: a place's ways, as `govern` takes them.
        inferred: whether to take ways over the map too, or only what is named and who is a member.
    """
    named = list(dict.fromkeys(place for link in links for place in members_of.get(link.target, (link.target,))))
    cited = {link.provision: "" for link in links}
    found = []
    for place in around.within(named, STEPS if inferred else 0):
        if place == REGION and any(link.basis is Basis.REGION for link in links):
            certainty = max(link.certainty for link in links if link.basis is Basis.REGION)
            found.append(Reached(REGION, Basis.REGION, REGION, certainty))
            continue
        ways = [target for target in targets_of(place) if target.basis is not Basis.REGION]
        found += [
            Reached(place, record.basis, record.via, record.certainty)
            for record in govern(links, ways, cited, cited)
            if inferred or record.basis is not Basis.FEATURE
        ]
    # As the text has them: a hundredth more or less, by which form of a name is used, is no order (see `govern`).
    place_in_text = {place: at for at, place in enumerate(named)}
    last = len(named)
    return tuple(
        sorted(
            found,
            key=lambda one: (ORDER[one.basis], -round(one.certainty, 1), place_in_text.get(one.place, last), one.place),
        )
    )
