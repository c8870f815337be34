"""The items that filters narrow down: plain records made of the built atlas once.

An item knows in which units it lies or holds (`ways`, each with the basis and the document of the text that says so),
which works of the plan it has part in, and its own themes, layers and precisions. Units are the county-level units of
the region, by code; a place of which only the league is known stands in the league's code and in no county.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from atlas.layers import Layer
from atlas.models import Basis

if TYPE_CHECKING:
    from atlas.store import Atlas

Subject = Literal["units", "features", "provisions", "projects", "targets", "places"]
SUBJECTS: tuple[Subject, ...] = get_args(Subject)

REGION = "150000"
# Layers whose features carry the map: themes and precisions do not take them away.
GROUND_RULES = frozenset({"units", "neighbours"})
GROUND_THEME = "administrative"

# The theme on whose layers a category of works stands; others stand on none.
CATEGORY_THEMES = {
    "water": "water",
    "ecology": "ecology",
    **dict.fromkeys(("railway", "road", "gas"), "corridors"),
    **dict.fromkeys(
        ("agriculture", "airport", "border", "centre", "culture", "digital", "energy", "hub", "logistics", "mine"),
        "nodes",
    ),
    **dict.fromkeys(("park", "tourism", "zone"), "nodes"),
}

Way = tuple[frozenset[str], str, str]  # (units, basis, document); empty strings where no text says so
Work = tuple[str, str, str]  # (category, status, target year); the year is empty where none is set


class Unit(NamedTuple):
    """A county-level unit, or a league as a whole (where more is not known), with what it belongs to."""

    id: str
    regions: frozenset[str]  # itself and its league
    classes: frozenset[str]
    parts: frozenset[str]

    def of(self, kind: str) -> frozenset[str]:
        """Return what it belongs to of a kind: `regions`, `classes` or `parts`."""
        if kind == "regions":
            return self.regions
        return self.classes if kind == "classes" else self.parts


class Item(NamedTuple):
    """Something that a filter keeps or hides."""

    key: str
    ways: tuple[Way, ...]
    works: tuple[Work, ...] = ()
    themes: frozenset[str] = frozenset()
    layers: frozenset[str] = frozenset()
    precisions: frozenset[str] = frozenset()
    ground: bool = False
    textual: bool = False  # a text itself: what holds for the whole region is no answer about a part


def is_ground(layer: Layer) -> bool:
    """Say whether a layer only carries the map: units, and what lies around the region."""
    return layer.geometry.rule in GROUND_RULES and layer.theme == GROUND_THEME


class Items(NamedTuple):
    """Everything that filters work on."""

    units: tuple[Unit, ...]
    by_subject: Mapping[Subject, tuple[Item, ...]]


def make_items(atlas: Atlas, layers: Iterable[Layer]) -> Items:
    """Return the items of a built atlas.

    Args:
        atlas: the built atlas.
        layers: those whose features count.
    """
    return _Maker(atlas, tuple(layers)).items()


class _Maker:
    """The tables of the atlas, folded by place."""

    def __init__(self, atlas: Atlas, layers: tuple[Layer, ...]) -> None:
        self.gazetteer = atlas.gazetteer
        self.layers = layers
        self.rows = {layer.id: atlas.properties(layer.id) for layer in layers}
        self.projects: list[dict[str, Any]] = atlas.projects().to_dict("records")
        self.targets: list[dict[str, Any]] = atlas.targets().to_dict("records")
        provisions = atlas.provisions()
        self.document = dict(zip(provisions["id"], provisions["document"], strict=True))
        self.links = atlas.links()[["provision", "target", "basis"]].itertuples(index=False, name=None)
        places = self.gazetteer.places
        self.counties = frozenset(
            key for key, place in places.items() if place.type == "county" and key.startswith(REGION[:2])
        )
        leagues = {places[code].parent or code for code in self.counties}
        self.children: dict[str, set[str]] = {code: {code} for code in leagues}
        for code in self.counties:
            self.children[places[code].parent or code].add(code)
        self.children[REGION] = set(self.counties) | leagues
        self.lies_in: dict[str, set[str]] = {}
        for relation in atlas.all_relations:
            if relation.unit in self.counties:
                self.lies_in.setdefault(relation.place, set()).add(relation.unit)
        self.undrawn = {(one.place, one.unit) for one in atlas.all_relations if one.relation == "unmapped"}
        self.named_places = {row["id"]: tuple(row["places"] or ()) for row in self.projects}
        self._fold_links()
        self._fold_governed(atlas)
        self._fold_works()

    # -- where things are ------------------------------------------------------------------------------------------

    def units_of(self, key: str) -> frozenset[str]:
        """Return the units that a place, project, group or class lies in or stands for."""
        if key in self.counties:
            return frozenset((key,))
        if key in self.children:
            return frozenset(self.children[key])
        members = self.gazetteer.members(key)
        if members != (key,):
            return frozenset().union(*(self._units_as_member(member, members) for member in members))
        found = set(self.lies_in.get(key, ()))
        place = self.gazetteer.places.get(key)
        if place is not None and not found:
            for code in (place.adcode, place.parent):
                if code in self.counties or (code in self.children and code != REGION and not found):
                    found.add(str(code))
        for named in self.named_places.get(key, ()):
            if named not in {key, REGION}:
                found |= self.units_of(named)
        return frozenset(found)

    def _units_as_member(self, member: str, members: Collection[str]) -> frozenset[str]:
        """Return the units of a member of a class or group; a league beside banners of its own stands for those."""
        own = self.children.get(member, set()) & self.counties
        return frozenset((member,)) if own.intersection(members) else self.units_of(member)

    def _fold_links(self) -> None:
        """Fold the links by provision, and by the place that they name or address."""
        self.of_provision: dict[str, set[tuple[str, str]]] = {}  # provision -> (target, basis)
        self.texts: dict[str, set[tuple[str, str]]] = {}  # place -> (basis, document)
        for provision, target, basis in self.links:
            self.of_provision.setdefault(provision, set()).add((target, basis))
            for member in self.gazetteer.members(target):
                self.texts.setdefault(member, set()).add((basis, self.document[provision]))

    def _fold_governed(self, atlas: Atlas) -> None:
        """Fold what governs each unit: a filter by a banner keeps what the banner's own page lists."""
        self.governed: dict[str, dict[str, set[str]]] = {}  # provision -> basis -> units
        wide = {pair for pair in self.texts.get(REGION, ()) if pair[0] == Basis.REGION}
        for unit in self.children[REGION]:
            records = atlas.governing(unit, region_wide=False)
            for record in records:
                self.governed.setdefault(record.id, {}).setdefault(str(record.basis), set()).add(unit)
            self.texts[unit] = {(str(record.basis), record.document) for record in records} | wide

    def _fold_works(self) -> None:
        """Fold the register by place and by provision."""
        self.works: dict[str, set[Work]] = {}
        self.unit_works: dict[str, set[Work]] = {}
        self.provision_works: dict[str, set[Work]] = {}
        for row in self.projects:
            work = _work(row)
            self.provision_works.setdefault(row["provision"], set()).add(work)
            for key in (row["id"], *(row["places"] or ())):
                self.works.setdefault(key, set()).add(work)
            for unit in self._near_units(row):
                self.unit_works.setdefault(unit, set()).add(work)

    def _near_units(self, row: dict[str, Any]) -> frozenset[str]:
        """Return the units that a project names or whose places it names."""
        return frozenset().union(*(self.units_of(place) for place in row["places"] or ()))

    # -- the items ---------------------------------------------------------------------------------------------------

    def items(self) -> Items:
        place_layers: dict[str, set[Layer]] = {}
        precisions: dict[str, set[str]] = {}
        for layer in self.layers:
            for row in self.rows[layer.id]:
                place_layers.setdefault(row["place"], set()).add(layer)
                precisions.setdefault(row["place"], set()).add(row["precision"])
        self.place_layers = {key: tuple(found) for key, found in place_layers.items()}
        self.shape_precisions = precisions
        return Items(
            units=tuple(self._unit(code) for code in sorted(self.children[REGION])),
            by_subject={
                "units": tuple(self._unit_item(code) for code in sorted(self.counties)),
                "features": tuple(self._feature(layer, row) for layer in self.layers for row in self.rows[layer.id]),
                "provisions": tuple(self._provision(key) for key in self.document),
                "projects": tuple(self._project(row) for row in self.projects),
                "targets": tuple(self._target(row) for row in self.targets),
                "places": tuple(self._place(key) for key in self.gazetteer.places),
            },
        )

    def _unit(self, code: str) -> Unit:
        gazetteer = self.gazetteer
        return Unit(
            code,
            regions=frozenset((code, gazetteer.places[code].parent or code)),
            classes=frozenset(key for key in gazetteer.classes if code in self._members(key)),
            parts=frozenset(key for key in gazetteer.groups if code in self._members(key)),
        )

    def _members(self, key: str) -> frozenset[str]:
        if not hasattr(self, "_member_units"):
            self._member_units: dict[str, frozenset[str]] = {}
        if key not in self._member_units:
            self._member_units[key] = self.units_of(key)
        return self._member_units[key]

    def _ways(self, key: str) -> tuple[Way, ...]:
        units = self.units_of(key)
        return tuple((units, basis, document) for basis, document in sorted(self.texts.get(key, ()))) or (
            (units, "", ""),
        )

    def _unit_item(self, code: str) -> Item:
        return Item(code, self._ways(code), tuple(self.unit_works.get(code, ())), ground=True)

    def _feature(self, layer: Layer, row: Mapping[str, Any]) -> Item:
        key = row["place"]
        works: set[Work] = self.works.get(key, set()) | {("", str(row["status"] or ""), "")}
        if key in self.counties or key in self.children:
            works = set().union(*(self.unit_works.get(unit, set()) for unit in self.units_of(key)))
        ways = self._ways(key)
        if undrawn := {unit for place, unit in self.undrawn if place == key}:
            # What is drawn elsewhere is no feature of a unit that only its undrawn reach is in.
            ways = tuple((units - undrawn, basis, document) for units, basis, document in ways)
        return Item(
            row["feature"],
            ways,
            tuple(works),
            themes=frozenset((layer.theme,)),
            layers=frozenset((layer.id,)),
            precisions=frozenset((row["precision"],)),
            ground=is_ground(layer),
        )

    def _provision(self, key: str) -> Item:
        document = self.document[key]
        linked = self.of_provision.get(key, set())
        # By its basis it is kept wherever its places are; with a place, by what reaches the unit.
        bases = sorted({basis for _, basis in linked})
        ways = [
            (self.units_of(REGION) if basis == Basis.REGION else frozenset[str](), basis, document) for basis in bases
        ]
        ways += [(frozenset(units), basis, document) for basis, units in sorted(self.governed.get(key, {}).items())]
        on = [layer for target, _ in linked for layer in self.place_layers.get(target, ())]
        themes: set[str] = {layer.theme for layer in on if layer.theme != GROUND_THEME}
        based = {layer for layer in self.layers if key in layer.legal_basis}
        works = self.provision_works.get(key, set())
        themes |= {layer.theme for layer in based} | {
            CATEGORY_THEMES[category] for category, _, _ in works if category in CATEGORY_THEMES
        }
        return Item(
            key,
            tuple(ways) or ((frozenset(), "", document),),
            tuple(works),
            themes=frozenset(themes),
            layers=frozenset(layer.id for layer in (*on, *based)),
            precisions=self._precisions(target for target, _ in linked),
            textual=True,
        )

    def _project(self, row: dict[str, Any]) -> Item:
        places = tuple(row["places"] or ())
        theme = CATEGORY_THEMES.get(row["category"])
        on = {layer for key in (row["id"], *places) for layer in self.place_layers.get(key, ())}
        return Item(
            row["id"],
            ((self.units_of(row["id"]), *self._says(row, places)),),
            (_work(row),),
            themes=frozenset((theme,)) if theme else frozenset(),
            layers=frozenset(layer.id for layer in on),
            precisions=self._precisions((row["id"], *places)),
        )

    def _target(self, row: dict[str, Any]) -> Item:
        places = tuple(row["places"] or ())
        units = frozenset().union(*(self.units_of(place) for place in places))
        works = {("", "", _year(row["year"]))}
        works |= {(category, status, _year(row["year"])) for category, status, _ in self._listed(row["provision"])}
        return Item(
            row["id"],
            ((units, *self._says(row, places)),),
            tuple(works),
            themes=frozenset(
                CATEGORY_THEMES[category]
                for category, _, _ in self._listed(row["provision"])
                if category in CATEGORY_THEMES
            ),
            precisions=self._precisions(places),
        )

    def _listed(self, provision: str) -> set[Work]:
        return self.provision_works.get(provision, set())

    def _says(self, row: dict[str, Any], places: tuple[str, ...]) -> tuple[str, str]:
        named = any(place != REGION for place in places)
        return (str(Basis.NAMED if named else Basis.REGION), self.document[row["provision"]])

    def _place(self, key: str) -> Item:
        place = self.gazetteer.places[key]
        layers = self.place_layers.get(key, ())
        works = self.unit_works.get(key, set()) if key in self.counties else self.works.get(key, set())
        return Item(
            key,
            self._ways(key),
            tuple(works),
            themes=frozenset(layer.theme for layer in layers),
            layers=frozenset(layer.id for layer in layers),
            precisions=frozenset((str(place.precision),)) if place.precision else frozenset(),
        )

    def _precisions(self, keys: Iterable[str]) -> frozenset[str]:
        """Return how exactly the places are drawn, by their shapes or else by their points."""
        found: set[str] = set()
        for key in keys:
            for member in self.gazetteer.members(key):
                place = self.gazetteer.places.get(member)
                if member in self.shape_precisions:
                    found |= self.shape_precisions[member]
                elif place is not None and place.precision:
                    found.add(str(place.precision))
        return frozenset(found)


def _work(row: Mapping[str, Any]) -> Work:
    return (row["category"] or "", row["status"] or "", _year(row["year"]))


def _year(value: Any) -> str:
    return "" if value is None or value != value else str(int(value))  # noqa: PLR0124  # NaN of the table
