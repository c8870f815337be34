"""The names of a selection as people write them, checked and turned into the ids that filters work on.

Commands and Python take a league by its name, a class without its prefix, a group instead of its members; the app's own
choices pass through unchanged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from atlas.errors import InputError, UnknownNameError
from atlas.filters.items import REGION
from atlas.layers import THEMES
from atlas.models import Basis, Precision
from atlas.selection import Selection

if TYPE_CHECKING:
    from atlas.store import Atlas

_UNIT_TYPES = frozenset({"region", "league", "county"})


def resolved(atlas: Atlas, selection: Selection) -> Selection:
    """Return a selection in ids.

    Args:
        atlas: the built atlas.
        selection: regions by name, code or group; classes and parts by id or name; all else by id.

    Raises:
        UnknownNameError: there is no such layer, theme, place, class, group, document, category or status.
        InputError: a region is no unit of Inner Mongolia.
    """
    _check("layer", selection.layers, [layer.id for layer in atlas.layers()], "see: atlas layers")
    _check("theme", selection.themes, THEMES)
    _check("document", selection.documents, [document.id for document in atlas.documents()])
    if selection.categories or selection.statuses:
        projects = atlas.projects()
        _check("category", selection.categories, sorted(set(projects["category"].dropna())))
        _check("status", selection.statuses, sorted(set(projects["status"].dropna())))
    regions = region_codes(atlas, selection.regions)
    if REGION in regions:  # all of its units, so what lies beyond it goes
        places = atlas.gazetteer.places.values()
        regions = tuple(place.id for place in places if place.type == "league" and place.parent == REGION)
    gazetteer = atlas.gazetteer
    return selection.model_copy(
        update={
            "regions": regions,
            "classes": tuple(_id("class", name, gazetteer.classes) for name in selection.classes),
            "parts": tuple(_id("group", name, gazetteer.groups) for name in selection.parts),
        }
    )


def region_codes(atlas: Atlas, names: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of units by name or code; a group of units (呼包鄂) stands for its members.

    Raises:
        UnknownNameError: nothing has this name.
        InputError: it is no unit of Inner Mongolia.
    """
    groups = {form: group for group in atlas.gazetteer.groups.values() for form in (group.id, group.name)}
    codes: list[str] = []
    for name in names:
        members = groups[name].members if name in groups else (atlas.place(name).id,)
        for key in members:
            place = atlas.place(key)
            if place.type not in _UNIT_TYPES or not place.id.startswith(REGION[:2]):
                raise InputError(
                    f"region {name!r} is no unit of Inner Mongolia: give leagues or banners by name or code, "
                    "for example 阿拉善盟 or 152923"
                )
            codes.append(place.id)
    return tuple(dict.fromkeys(codes))


def precisions(names: Iterable[str]) -> tuple[Precision, ...]:
    """Return precisions by their names.

    Raises:
        UnknownNameError: there is no such precision.
    """
    known = {str(one): one for one in Precision}
    return tuple(known[name] for name in _check("precision", names, known))


def bases(names: Iterable[str]) -> tuple[Basis, ...]:
    """Return bases by their names.

    Raises:
        UnknownNameError: there is no such basis.
    """
    known = {str(one): one for one in Basis}
    return tuple(known[name] for name in _check("basis", names, known))


def _check(kind: str, names: Iterable[str], known: Collection[str], hint: str = "") -> tuple[str, ...]:
    wanted = tuple(names)
    for name in wanted:
        if name not in known:
            raise UnknownNameError(kind, name, known, *([hint] if hint else []))
    return wanted


def _id(kind: str, name: str, entries: Any) -> str:
    """Return the id of a class or group by its id, the id without its prefix, or its name."""
    found = next((one.id for one in entries.values() if name in {one.id, one.id.partition("/")[2], one.name}), None)
    if found is None:
        raise UnknownNameError(kind, name, [one.partition("/")[2] or one for one in entries])
    return str(found)
