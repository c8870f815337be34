"""Narrowing items down by a selection, and counting what each further choice would leave. Pure.

Choices of one kind are joined by OR, the kinds by AND. Where and which text belong together: a provision is kept by
`border units` and `named` only if it names a border unit, not if it names something else and is region-wide besides.
Region, class and part meet in one unit: a river is kept by `Hulunbuir` and `border units` only if it touches a border
unit of Hulunbuir.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from atlas.filters.items import SUBJECTS, Item, Subject, Unit
from atlas.models import Basis
from atlas.selection import Selection

Kind = Literal[
    "regions",
    "classes",
    "parts",
    "documents",
    "bases",
    "themes",
    "layers",
    "categories",
    "statuses",
    "years",
    "precisions",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
PLACE_KINDS: tuple[Kind, ...] = ("regions", "classes", "parts")
_WORK_KINDS: tuple[Kind, ...] = ("categories", "statuses", "years")
_OWN_KINDS: tuple[Kind, ...] = ("themes", "layers", "precisions")

# Whose number stands beside a choice of each kind.
COUNTED: dict[Kind, Subject] = {
    "regions": "units",
    "classes": "units",
    "parts": "units",
    "documents": "provisions",
    "bases": "provisions",
    "themes": "features",
    "layers": "features",
    "precisions": "features",
    "categories": "projects",
    "statuses": "projects",
    "years": "projects",
}

Counts = Mapping[Kind, Mapping[str, int]]


class Kept(Mapping[Subject, frozenset[str]]):
    """The ids that a selection keeps, by subject; each subject is gone through when it is first asked for."""

    def __init__(self, items: Mapping[Subject, Sequence[Item]], wanted: _Wanted) -> None:
        self._items, self._wanted = items, wanted
        self._found: dict[Subject, tuple[Item, ...]] = {}

    def items_of(self, subject: Subject) -> tuple[Item, ...]:
        """Return the kept items of a subject in their order."""
        if subject not in self._found:
            self._found[subject] = tuple(item for item in self._items[subject] if _passes(item, self._wanted))
        return self._found[subject]

    def __getitem__(self, subject: Subject) -> frozenset[str]:
        return frozenset(item.key for item in self.items_of(subject))

    def __iter__(self) -> Iterator[Subject]:
        return iter(SUBJECTS)

    def __len__(self) -> int:
        return len(SUBJECTS)


@dataclass(frozen=True)
class Narrowed:
    """What a selection keeps, by subject, and how many of the counted subject each choice would leave."""

    kept: Kept
    counts: Counts


class _Wanted:
    """A selection as sets, with the units that its kinds of place allow, all of them or all but one."""

    def __init__(self, selection: Selection, units: Sequence[Unit]) -> None:
        self.sets: dict[Kind, frozenset[str]] = {
            kind: frozenset(str(value) for value in getattr(selection, kind)) for kind in KINDS
        }
        self.own = tuple(kind for kind in _OWN_KINDS if self.sets[kind])
        self.work = tuple((at, self.sets[kind]) for at, kind in enumerate(_WORK_KINDS) if self.sets[kind])
        self.places = tuple(kind for kind in PLACE_KINDS if self.sets[kind])
        self.placed = bool(self.places)
        self.texts = bool(self.sets["documents"] or self.sets["bases"])
        self.allowed: dict[Kind | None, frozenset[str]] = {
            skipped: frozenset(unit.id for unit in units if self._holds(unit, skipped))
            for skipped in (None, *PLACE_KINDS)
        }

    def _holds(self, unit: Unit, skipped: Kind | None) -> bool:
        return all(kind == skipped or not self.sets[kind].isdisjoint(unit.of(kind)) for kind in self.places)

    def takes_basis(self, basis: str, skipped: Kind | None) -> bool:
        """Say whether a basis is wanted; what holds for the whole region answers no question about a part of it."""
        wanted = self.sets["bases"]
        if skipped == "bases":
            return True
        return basis in wanted if wanted else not (self.placed and basis == Basis.REGION)


def narrow(items: Mapping[Subject, Sequence[Item]], units: Sequence[Unit], selection: Selection) -> Narrowed:
    """Return what a selection keeps of the items, and the counts of each choice under all *other* kinds.

    Args:
        items: by subject.
        units: the units with the leagues, classes and parts that they belong to.
        selection: what was chosen; what names nothing keeps nothing.
    """
    wanted = _Wanted(selection, units)
    by_id = {unit.id: unit for unit in units}
    kept = Kept(items, wanted)
    counts: dict[Kind, dict[str, int]] = {kind: {} for kind in KINDS}
    for kind in KINDS:
        tally = counts[kind]
        # Where nothing of a kind is chosen, its choices are those of what is kept anyway; only that what is region-wide
        # comes back when its basis is asked for.
        wider = bool(wanted.sets[kind]) or (kind == "bases" and wanted.placed)
        pool = items[COUNTED[kind]] if wider else kept.items_of(COUNTED[kind])
        for item in pool:
            for choice in _open_choices(item, wanted, kind, by_id):
                tally[choice] = tally.get(choice, 0) + 1
    return Narrowed(kept, counts)


def _passes(item: Item, wanted: _Wanted) -> bool:
    return _own_pass(item, wanted, None) and _work_pass(item, wanted) and _way_pass(item, wanted)


def _own_pass(item: Item, wanted: _Wanted, skipped: Kind | None) -> bool:
    if item.ground:  # units and their outlines carry the map: only where and by which text narrows them
        return True
    return all(kind == skipped or not wanted.sets[kind].isdisjoint(_own(item, kind)) for kind in wanted.own)


def _own(item: Item, kind: Kind) -> frozenset[str]:
    if kind == "themes":
        return item.themes
    return item.layers if kind == "layers" else item.precisions


def _work_pass(item: Item, wanted: _Wanted) -> bool:
    if not wanted.work:
        return True
    return any(_work_fits(work, wanted, None) for work in item.works)


def _work_fits(work: tuple[str, str, str], wanted: _Wanted, skipped: int | None) -> bool:
    return all(at == skipped or work[at] in values for at, values in wanted.work)


def _way_pass(item: Item, wanted: _Wanted) -> bool:
    documents = wanted.sets["documents"]
    allowed = wanted.allowed[None]
    if not (wanted.placed or wanted.texts):
        return True
    texts = wanted.texts or item.textual
    for units, basis, document in item.ways:
        if wanted.placed and units.isdisjoint(allowed):
            continue
        if not texts:
            return True
        if documents and document not in documents:
            continue
        if wanted.takes_basis(basis, None):
            return True
    return False


def _open_choices(item: Item, wanted: _Wanted, kind: Kind, by_id: Mapping[str, Unit]) -> Iterable[str]:
    """Return the choices of a kind under which an item would stand, all other kinds as they are."""
    if kind in _OWN_KINDS:
        fits = _own_pass(item, wanted, kind) and _work_pass(item, wanted) and _way_pass(item, wanted)
        return _own(item, kind) if fits and not item.ground else ()
    if not _own_pass(item, wanted, None):
        return ()
    if kind in _WORK_KINDS:
        if not _way_pass(item, wanted):
            return ()
        position = _WORK_KINDS.index(kind)
        return {work[position] for work in item.works if _work_fits(work, wanted, position)} - {""}
    if not _work_pass(item, wanted):
        return ()
    return _way_choices(item, wanted, kind, by_id)


def _way_choices(item: Item, wanted: _Wanted, kind: Kind, by_id: Mapping[str, Unit]) -> set[str]:
    documents = wanted.sets["documents"]
    by_place = kind in PLACE_KINDS
    allowed = wanted.allowed[kind if by_place else None]
    placed = any(other != kind for other in wanted.places)
    texts = wanted.texts or item.textual
    found: set[str] = set()
    for units, basis, document in item.ways:
        if placed and units.isdisjoint(allowed):
            continue
        if texts and kind != "documents" and documents and document not in documents:
            continue
        if texts and not wanted.takes_basis(basis, kind):
            continue
        if kind == "documents":
            found.add(document)
        elif kind == "bases":
            found.add(basis)
        else:
            for unit in units & allowed:
                found.update(by_id[unit].of(kind))
    return found - {""}
