"""The gazetteer: all places, groups and classes of the atlas and every name they go by."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

from atlas.errors import SourceError, UnknownNameError
from atlas.gazetteer.tables import read_classes, read_forms, read_groups, read_guarded, read_points, read_units
from atlas.gazetteer.townships import Township, township_places
from atlas.models import Group, Place, PlaceClass, Precision

UNITS = "units.csv"
OUTSIDE = "outside_seats.csv"
POINTS = (
    "ports.csv",
    "nodes.csv",
    "towns.csv",
    "water.csv",
    "nature.csv",
    "waterworks.csv",
    "transport.csv",
    "energy.csv",
    "parks.csv",
    "heritage.csv",
    "regions.csv",
    "foreign.csv",
    "local.csv",
    "beyond.csv",
)
GROUPS = ("groups.csv", "groups_nature.csv", "groups_economy.csv")


# Generic words that close official names, by type. Without it a name is still a candidate where context asks for it:
# 满洲里 where the text speaks of ports, 浑善达克 in 浑善达克、呼伦贝尔沙地.
TYPE_WORDS: dict[str, tuple[str, ...]] = {
    "port": ("口岸",),
    "airport": ("国际机场", "机场"),
    "desert": ("沙漠",),
    "sandy-land": ("沙地",),
    "reservoir": ("水库",),
    "irrigation-district": ("灌区",),
    "flood-area": ("蓄滞洪区", "分洪区", "滞洪区"),
    "forest-bureau": ("国有林业局", "林业局"),
    "gas-field": ("气田",),
    "oil-field": ("油田",),
    "coal-field": ("煤田",),
    "basin": ("盆地",),
    "plain": ("平原",),
    "grassland": ("草原",),
    "industrial-park": ("工业园区",),
}

_RURAL = ("镇", "乡", "苏木")
_TOWNSHIP = re.compile("(?:镇|苏木|(?<!族)乡)$")
_BARE = 3  # characters of the short form of a township: shorter ones are words, or names of much else
# Waters and hills that townships are named after: without 镇, 乡, 苏木 the name is theirs.
_NATURAL = ("河", "山", "湖", "海", "湾", "淖尔", "诺尔", "沐沦", "木仁", "高勒", "海子", "水")
_EVERYWHERE = frozenset(("城关镇", "民族团结乡"))  # also words
_PEOPLES = (
    "满|蒙古|回|土家|苗|侗|瑶|彝|壮|布依|仡佬|水|白|傣|哈尼|佤|拉祜|藏|羌|朝鲜|达斡尔|锡伯|哈萨克|黎|畲|土|裕固|保安|东乡|"
    "撒拉|纳西|傈僳|独龙|怒|普米|仫佬|毛南|布朗|景颇|柯尔克孜|各"
)
# Autonomous counties of peoples whose name goes without 族: 和布克赛尔蒙古自治县.
_BARE_PEOPLES = re.compile(r"(?<=\w{2})(?:蒙古|哈萨克|锡伯|塔吉克|柯尔克孜)(?:自治)?$")
# Short forms that are words of any plan.
_WORDS = frozenset({"资源", "合作", "通道", "平安", "和平", "大通"})
_AUTONOMOUS = re.compile(rf"(?:(?:{_PEOPLES})族)*自治$")  # 丰宁满族自治县
_NOT_OF_DISTRICTS = frozenset("山湖江河海泉岛港湾沙田城坪溪")
_WING = re.compile("(.).+([左右])翼")
_LONG = 5  # characters of a name that custom cuts to two


@dataclass(frozen=True)
class Name:
    """A surface form and what it may mean.

    `ambiguous` marks a form that is also a common word or another place's name: it counts only with evidence beside it.
    """

    surface: str
    targets: tuple[str, ...]
    ambiguous: bool


@dataclass(frozen=True)
class Gazetteer:
    """Places, groups and classes by id, with the index of names."""

    places: dict[str, Place]
    groups: dict[str, Group]
    classes: dict[str, PlaceClass]
    ambiguous: frozenset[tuple[str, str]]  # (surface, place id): a name only with evidence beside it
    never: frozenset[str] = frozenset()  # forms that look like names and are not
    townships: dict[str, Place] = field(default_factory=dict)  # known to the geoparser; no places of the atlas

    @cached_property
    def names(self) -> dict[str, Name]:
        """Return every surface form with its targets, in the order of the tables."""
        targets: dict[str, list[str]] = {}
        unsure: dict[str, bool] = {}
        for place in self.places.values():
            for surface in (place.name, *place.aliases):
                targets.setdefault(surface, []).append(place.id)
                unsure[surface] = unsure.get(surface, False) or (surface, place.id) in self.ambiguous
        for surface, place_id in sorted(self.ambiguous):
            if place_id not in targets.setdefault(surface, []):
                targets[surface].append(place_id)
            unsure[surface] = True
        for place in self.places.values():
            for word in TYPE_WORDS.get(place.type, ()):
                bare = place.name.removesuffix(word)
                if bare and bare != place.name and place.id not in targets.get(bare, ()):
                    targets.setdefault(bare, []).append(place.id)
                    unsure.setdefault(bare, True)
                    break
        for group in self.groups.values():
            for surface in (group.name, *group.aliases):
                if not self._spells_members(group, surface):
                    targets.setdefault(surface, []).append(group.id)
                    unsure.setdefault(surface, False)
        return {form: Name(form, tuple(dict.fromkeys(ids)), unsure[form]) for form, ids in targets.items()}

    @cached_property
    def county_forms(self) -> dict[str, Name]:
        """Return the short forms of counties outside the region (武冈) that no other place has.

        Many are common words (资源, 合作, 通道) that a reader of text has to tell apart, so they are not in `names`.
        """
        found: dict[str, list[str]] = {}
        for place in self.places.values():
            if place.type == "outside-unit" and not place.id.endswith("00") and place.name[-1] in "县市区":
                for form in _county_forms(place.name):
                    found.setdefault(form, []).append(place.id)
        return {
            form: Name(form, tuple(ids), ambiguous=True)
            for form, ids in found.items()
            if len(form) > 1 and form not in self.names and not form.endswith("自治")
        }

    def forms_in(self, codes: Collection[str], kinds: str = "县市") -> dict[str, str]:
        """Return names and short forms of units outside the region, with ids, that lie in provinces or prefectures.

        Only for a text that is about these: 金寨 in a plan of 六安.

        Args:
            codes: the first two or four digits of the units.
            kinds: the last characters of the units' names.
        """
        found: dict[str, set[str]] = {}
        for place in self.places.values():
            inside = place.id[:4] in codes or place.id[:2] in codes
            if place.type == "outside-unit" and inside and place.name[-1] in kinds and not place.id.endswith("00"):
                bare = _BARE_PEOPLES.sub("", _AUTONOMOUS.sub("", place.name[:-1]))
                forms = {place.name, bare}
                if place.name.endswith("自治县"):  # 宽甸县; 前郭县 for 前郭尔罗斯
                    forms |= {f"{bare}县", *({f"{bare[:2]}县"} if len(bare) > _BARE else ())}
                for form in forms:
                    found.setdefault(form, set()).add(place.id)
        return {
            form: next(iter(ids))
            for form, ids in found.items()
            if len(form) > 1 and len(ids) == 1 and form not in _WORDS and (form[-1] in kinds or form not in self.names)
        }

    @cached_property
    def township_forms(self) -> dict[str, Name]:
        """Return the names of townships that no place has, in full and without 镇, 乡, 苏木 (独贵塔拉).

        Sub-districts (工业街道, 建设街道) bear words of the language and count only with evidence beside them; so does
        the short form, of three characters or more.
        """
        found: dict[str, list[str]] = {}
        for place in self.townships.values():
            found.setdefault(place.name, []).append(place.id)
            bare = _TOWNSHIP.sub("", place.name)
            if len(bare) >= _BARE and bare != place.name and not bare.endswith(_NATURAL):
                found.setdefault(bare, []).append(place.id)
        return {
            form: Name(form, tuple(ids), ambiguous=not form.endswith(_RURAL))
            for form, ids in found.items()
            if len(form) >= _BARE and form not in self.names and form not in _EVERYWHERE
        }

    def place(self, place_id: str) -> Place | None:
        """Return a place or township by its id."""
        return self.places.get(place_id) or self.townships.get(place_id)

    def _spells_members(self, group: Group, surface: str) -> bool:
        """Say whether a group's name only lists its members (乌海及周边): then they are the names."""
        units = (self.places[member] for member in group.members if member.isdigit())
        listed = any(form in surface for unit in units for form in (unit.name, *unit.aliases) if len(form) > 1)
        return listed or any(joint in surface for joint in "和及与")

    def find(self, name_or_id: str) -> Place:
        """Return the place with this id or name; an exact official name wins over an alias.

        Raises:
            UnknownNameError: nothing has this id or name; names the nearest.
        """
        if name_or_id in self.places:
            return self.places[name_or_id]
        by_name = [place for place in self.places.values() if place.name == name_or_id]
        if not by_name:
            by_name = [place for place in self.places.values() if name_or_id in place.aliases]
        if not by_name:
            by_name = [self.places[place_id] for form, place_id in sorted(self.ambiguous) if form == name_or_id]
        if not by_name:
            known = [place.name for place in self.places.values()] + list(self.places)
            raise UnknownNameError("place", name_or_id, known, "see: atlas places")
        return by_name[0]

    def with_classes(self, classes: Iterable[PlaceClass]) -> Gazetteer:
        """Return the same gazetteer with other classes (once their members have been read from the text)."""
        return replace(self, classes={entry.id: entry for entry in classes})

    def members(self, target: str) -> tuple[str, ...]:
        """Return the place ids that a target stands for: itself, or the members of a group or class."""
        if target in self.groups:
            return self.groups[target].members
        if target in self.classes:
            return self.classes[target].members
        return (target,)


class OutsideUnit(Protocol):
    """A unit outside the region, as the boundary tables name it."""

    @property
    def adcode(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def short(self) -> str: ...  # noqa: D102
    @property
    def lon(self) -> float: ...  # noqa: D102
    @property
    def lat(self) -> float: ...  # noqa: D102


def load_gazetteer(
    folder: Path, outside: Iterable[OutsideUnit] = (), source: str = "", townships: Iterable[Township] = ()
) -> Gazetteer:
    """Read every table in `folder`, and add the units outside the region that no table has.

    Args:
        folder: the CSV tables.
        outside: all units of the country outside the region, so that other provinces' text resolves too.
        source: where these come from.
        townships: the region's, so that a mention of one resolves within its county.

    Raises:
        SourceError: a table is missing or invalid, an id stands twice, or a group has a member that is not a place.
    """
    places: dict[str, Place] = {}
    ambiguous: set[tuple[str, str]] = set()

    def add(place: Place, table: str) -> None:
        if place.id in places:
            raise SourceError(f"table {table}: the id {place.id} stands twice ({places[place.id].name}, {place.name})")
        places[place.id] = place

    for table, abroad in ((UNITS, False), (OUTSIDE, True)):
        for place, unsure in read_units(folder / table, outside=abroad):
            add(place, table)
            ambiguous.update((surface, place.id) for surface in unsure)
    for table in POINTS:
        for place, unsure in read_points(folder / table):
            add(place, table)
            ambiguous.update((surface, place.id) for surface in unsure)
    for unit in outside:
        ambiguous.update(_add_outside(unit, source, places))
    rules = read_guarded(folder / "guarded_names.csv")
    named = ((form, place.id) for place in places.values() for form in (place.name, *place.aliases))
    ambiguous.update((form, place_id) for form, place_id in named if form in rules["guarded"])
    plain = {(form, place_id) for form, place_id in ambiguous if form in rules["plain"]}
    for form, place_id in sorted(plain):
        if form not in (places[place_id].name, *places[place_id].aliases):
            aliases = (*places[place_id].aliases, form)
            places[place_id] = places[place_id].model_copy(update={"aliases": aliases})
    groups = {group.id: group for table in GROUPS for group in read_groups(folder / table)}
    for group in groups.values():
        for member in group.members:
            if member not in places:
                raise SourceError(f"group {group.id}: {UnknownNameError('member', member, places)}")
    classes = {entry.id: entry for entry in read_classes(folder / "classes.csv")}
    return Gazetteer(
        places=places,
        groups=groups,
        classes=classes,
        ambiguous=frozenset(ambiguous - plain),
        never=rules["never"] | read_forms(folder / "programmes.csv"),
        townships=township_places(townships, places),
    )


def _county_forms(name: str) -> Iterator[str]:
    """Yield the short forms of a county or district: 民勤, 垦利, and for the longest names the customary ones.

    喀喇沁左翼蒙古族自治县 is 喀左, 前郭尔罗斯蒙古族自治县 is 前郭. The short form of a district that ends like a
    water, a hill or a town (西湖, 南山, 古城) is rather that.
    """
    bare = _BARE_PEOPLES.sub("", _AUTONOMOUS.sub("", name[:-1])) if name.endswith("自治县") else name[:-1]
    if name[-1] != "区" or bare[-1] not in _NOT_OF_DISTRICTS:
        yield bare
    if bare != name[:-1] and (wing := _WING.fullmatch(bare)):
        yield wing[1] + wing[2]
    if bare != name[:-1] and len(bare) >= _LONG and bare[0] in "前后":
        yield bare[:2]


def _short_forms(name: str, short: str) -> tuple[str, ...]:
    """Return the short forms of a unit outside the region: 临夏, 临夏州."""
    if not short:
        return ()
    return (short, f"{short}州") if name.endswith("自治州") else (short,)


def _add_outside(unit: OutsideUnit, source: str, places: dict[str, Place]) -> set[tuple[str, str]]:
    """Add a unit outside the region if no table has it; return which of its forms need evidence.

    Provinces and prefectures go by their short forms too (河北, 张家口).
    """
    if unit.adcode in places:
        return set()
    county = not unit.adcode.endswith("00")
    short = "" if county or unit.short == unit.name else unit.short
    places[unit.adcode] = Place(
        id=unit.adcode,
        name=unit.name,
        aliases=_short_forms(unit.name, short),
        type="outside-unit",
        adcode=unit.adcode,
        parent=None,
        lon=unit.lon,
        lat=unit.lat,
        precision=Precision.BOUNDARY,
        source=source,
        note="a point inside the official boundary, not the seat",
    )
    forms = {form for form in (unit.name, short) if form}
    # 城区, 郊区, 矿区 are names of districts and ordinary words; a prefecture's short form is often a word (朝阳).
    unsure = {form for form in forms if len(form) <= 2 and not unit.adcode.endswith("0000")}
    return {(form, unit.adcode) for form in unsure}
