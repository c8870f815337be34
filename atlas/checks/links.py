"""The links: both ends exist, and what governs a unit is what reaches it, read from either side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from atlas.models import Basis, Defect

if TYPE_CHECKING:
    from atlas.store import Atlas

DIRECT = frozenset({Basis.NAMED, Basis.GROUP, Basis.CLASS})


def legal_basis(atlas: Atlas) -> Iterator[Defect]:
    """Look for layers that rest on a provision which does not exist."""
    known = set(atlas.provisions()["id"])
    for layer in atlas.layers():
        for provision in layer.legal_basis:
            if provision not in known:
                yield Defect(rule="legal-basis", subject=layer.id, message=f"there is no provision {provision}")


def known_ends(atlas: Atlas) -> Iterator[Defect]:
    """Look for links whose provision or target does not exist."""
    gazetteer = atlas.gazetteer
    provisions = set(atlas.provisions()["id"])
    known = gazetteer.places.keys() | gazetteer.groups.keys() | gazetteer.classes.keys()
    for target, count in atlas.link_targets().items():
        if target not in known:
            message = f"{count} links to something that is not in the gazetteer"
            yield Defect(rule="targets", subject=target, message=message)
    for provision in sorted(set(atlas.links()["provision"]) - provisions):
        yield Defect(rule="targets", subject=provision, message="links from a provision that does not exist")


def both_ways(atlas: Atlas) -> Iterator[Defect]:
    """Look for direct links that are seen from the unit but not from the provision, or the other way round."""
    reached: dict[str, set[str]] = {}
    direct: dict[str, set[str]] = {}
    for provision in atlas.provisions()["id"]:
        for one in atlas.reached(provision):
            if one.basis is not Basis.REGION:
                reached.setdefault(one.place, set()).add(provision)
                if one.basis in DIRECT:
                    direct.setdefault(one.place, set()).add(provision)
    for layer in ("leagues", "banners"):
        for unit in atlas.features(layer)["place"]:
            records = atlas.governing(unit)
            for record in records:
                if record.basis in DIRECT and record.id not in reached.get(unit, set()):
                    message = f"{record.id} governs it ({record.basis}) but does not reach it"
                    yield Defect(rule="both-ways", subject=unit, message=message)
            for provision in sorted(direct.get(unit, set()) - {record.id for record in records}):
                yield Defect(rule="both-ways", subject=unit, message=f"{provision} reaches it but does not govern it")
