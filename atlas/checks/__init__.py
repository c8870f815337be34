"""What must hold in a built atlas: each rule yields the defects it finds (`atlas check`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from atlas.checks import links, places, registers, shapes, texts
from atlas.models import Defect

if TYPE_CHECKING:
    from atlas.store import Atlas

__all__ = ["RULES", "check"]

RULES: tuple[Callable[[Atlas], Iterator[Defect]], ...] = (
    texts.articles,
    texts.plan_units,
    texts.offsets,
    places.units,
    places.members,
    places.inside_their_unit,
    places.land_ports,
    shapes.complete,
    shapes.inside_the_extent,
    shapes.one_id_each,
    shapes.attributed,
    shapes.continuous_rivers,
    links.legal_basis,
    links.known_ends,
    links.both_ways,
    registers.provisions,
    registers.known_places,
)


def check(atlas: Atlas) -> tuple[Defect, ...]:
    """Return every defect of a built atlas, in the order of the rules."""
    return tuple(defect for rule in RULES for defect in rule(atlas))
