"""The places of an undertaking: what its name says, what its sentence says of where, in order.

A name is read with what its enumeration shares (乌珠穆沁 becomes 乌珠穆沁沙地), so that the type decides. Where the
gazetteer has the undertaking itself (满洲里综合保税区), that is its `site` and the city is its place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import zip_longest
from typing import NamedTuple

from atlas.geoparse import Geoparser
from atlas.geoparse.entries import NAMED_AFTER, UNDERTAKINGS
from atlas.models import Mention
from atlas.projects.clauses import Span
from atlas.projects.kinds import FACILITY
from atlas.projects.routes import split_stops

SITES = UNDERTAKINGS | NAMED_AFTER | {"airport"}
# A word of the name says what kind of place an undecided stop is.
_TYPE_BY_WORD = (("输变电", "substation"), ("沙地", "sandy-land"), ("水库", "reservoir"), ("口岸", "port"))
_BRACKET = re.compile(r"（[^）]*）")
_AIRPORT = re.compile(r"(?:新|国际|运输|通用)*机场(?:口岸)?$")
_TYPE_END = re.compile("(?<=\\w{2})(?:湿地|草原|流域|灌区|水库|湖区|山区|沙区)$")
_ITSELF = 0.6  # share of a name from which a mention in it is the undertaking itself
_JOINED_TYPES = frozenset({"plain", "sandy-land", "desert", "river", "mountain", "plateau"})
_CLASS_CERTAINTY = 0.9
REGION = "150000"
# In the name of an undertaking these say whose it is (西北地区种质资源库), not where it lies.
COMPASS = frozenset({"东北", "西北", "西南", "华北", "华东", "华中", "华南"})
_ABOUT = 0.1  # share of the units named from which a plan is about a prefecture
# A river or lake that no list has, where a name begins or beside known ones: 史河堤防加固, 泾河、马莲河、蒲河流域.
_WATER = re.compile(
    r"(?![内界各引运城入环沿跨境两出本主重中]|[大小新老]?[河江湖](?!\w?[河江湖]))(?P<water>\w{1,3}[河江湖])(?!流(?!域)|水(?!系)|[道沿畔口段长泊区故湾])"
)
_BASINS = re.compile(
    r"(?:^(?!实施|推[进动]|开展|加[强快]|抓好|治理|建设|完善)|(?<=[、，。；：和及与在对以])|(?<=实施)|(?<=推进)|(?<=开展)|(?<=加强)|(?<=加快)|(?<=抓好))"
    r"(?P<waters>(?:(?!主要|重要|重点|各)\w{1,3}[河江水][、和])*(?!干|支|全|主要|重要|重点|各|中小|大江|江河|城市|黑臭|跨)\w{1,3}[河江水])(?=流域|干流|河道)"
)
_RIVER_AFTER = re.compile(r"[河江湖](?![道流])")
_RIVER_FIRST = re.compile(r"(?P<river>\w{1,2}[河江水])(?P<stop>\w{2,})")
_BESIDE = re.compile(r"[、和及]")
_UNSURE = 0.5
_ITS_OWN_NAME = ("机场", "枢纽", "电站", "电厂")  # no list has it, and it is the thing itself
_KIND_OF_LAND = re.compile(r"农牧交错[带区]$")
_WHOSE = re.compile(r"北方$")
_WATERS = frozenset({"river", "lake", "basin"})
_LANDS = frozenset({"plain", "plateau", "mountain", "desert", "sandy-land"})
_WATER_ENDS = ("河", "江", "湖", "水")
_LAND_ENDS = ("平原", "高原", "沙漠", "沙地")
_PART_OF_WATER = re.compile(r"(?:流域)?(?:[上中下]{1,2}游)?(?:沿岸|两岸)?")
_PART_OF_LAND = re.compile(r"\w{0,6}区(?=[、，；和及等])|[东西南北中]部")
_RIVER = "river/huanghe"
_ALONG_THE_RIVER = re.compile(r"沿黄(?=生态|防护|公路|城市|林|绿)")  # 沿黄生态廊道 runs along it


class Named(NamedTuple):
    """A place as an undertaking names it."""

    id: str | None
    name: str


class Home(NamedTuple):
    """Short names of the units that a plan is about: 金寨 in a plan of 六安."""

    counties: Mapping[str, str]
    districts: Mapping[str, str]  # and the prefectures; common words among them: read only where a name begins


ELSEWHERE = Home({}, {})


def home_of(parser: Geoparser, texts: Iterable[str]) -> Home:
    """Return the short names of the units of the prefectures outside the region that a plan's texts are about."""
    counted: Counter[str] = Counter(
        one.place[:4]
        for text in texts
        for one in parser.parse_reading(text)
        if one.place and one.place.isdigit() and not one.place.endswith("0000")
    )
    about = {code for code, count in counted.items() if count >= _ABOUT * counted.total() and count > 1}
    about = {code for code in about if not code.startswith(REGION[:2])}
    if not about:
        return ELSEWHERE
    gazetteer = parser.gazetteer
    seats = {
        form: f"{code}00"
        for code in about
        if (place := gazetteer.places.get(f"{code}00"))
        for form in (place.name, *place.aliases)
    }
    provinces = {code[:2] for code in about}
    return Home(gazetteer.forms_in(about), gazetteer.forms_in(provinces) | seats | gazetteer.forms_in(about, "区"))


class PlaceReader:
    """Reads the places of one provision's undertakings."""

    def __init__(self, parser: Geoparser, text: str, home: Home = ELSEWHERE) -> None:
        """Parse the text once; offsets are into it. `home` has the names that a plan of that place gives its units."""
        self._parser = parser
        self._text = text
        self._home = home
        self.mentions = self._read(text)
        self._starts = [one.start for one in self.mentions]

    def place_at(self, span: Span) -> int:
        """Return how many characters of a span's beginning name a place (0: none)."""
        here = [one for one in self._inside(span) if one.start == span.start]
        plain = [one for one in here if not self._is_site(one)]
        if plain:
            return max(one.end for one in plain) - span.start
        names = self._parser.gazetteer.names
        for length in range(min(len(span.text), 12), 1, -1):
            known = names.get(span.text[:length])
            if known and not known.ambiguous and any(self._type(target) not in SITES for target in known.targets):
                return length
            if known and length == len(_BRACKET.sub("", span.text)):
                return length  # an item that is nothing but a name, however common
        return 0

    def of_name(self, name: str, span: Span) -> tuple[list[Named], str | None]:
        """Return the places in a name, in order, and the gazetteer's entry of the undertaking itself."""
        found = self._read(name)
        inside = self._inside(span)
        site = next((one.place for one in [*found, *inside] if self._is_site(one)), None)
        named = self._chosen(found, name, name) or self._chosen(inside, self._text, name)
        bare = FACILITY.sub("", name)
        if not named and site is not None:
            named = self._chosen(self._read(bare), bare, name)
        if not named and bare != name and (place := self._by_name(bare, "")) and place.isdigit():
            named = [Named(place, bare)]  # 蚌埠机场: the whole of what is left is the name of a unit
        named = self._with_districts(named, name)
        if not named and (water := _WATER.match(name)):
            named = [Named(None, water.group("water"))]
        return named, site

    def _with_districts(self, named: list[Named], name: str) -> list[Named]:
        """Add the units whose short forms count only where a name begins or says where it leads (引水入某区)."""
        found = list(named)
        for form, place in sorted(self._home.districts.items(), key=lambda one: -len(one[0])):
            begins = name.startswith(form) and not _RIVER_AFTER.match(name, len(form))
            if not (begins or f"入{form}" in name or f"济{form}" in name):
                continue
            if not any(form in one.name or (one.name in form) or one.id == place for one in found):
                found.insert(0 if begins else len(found), Named(place, form))
        return found

    def has_members(self, place: str | None, among: Collection[str | None]) -> bool:
        """Say whether a place is a group all of whose members are among others."""
        members = self.members(place)
        return bool(members) and members <= set(among)

    def members(self, place: str | None) -> frozenset[str | None]:
        """Return the members of a group; none of what is no group."""
        group = self._parser.gazetteer.groups.get(place or "")
        return frozenset(group.members) if group else frozenset()

    def is_course(self, text: str) -> bool:
        """Say whether a text is stops joined by 至 and 经."""
        return len(split_stops(self._parser, text)) > 1

    def of_stops(self, course: str, kind: str) -> list[Named]:
        """Return the places of a route's stops; in a route every part names a place."""
        found = self._read(course + kind)
        named: list[Named] = []
        at = 0
        for stop in split_stops(self._parser, course):
            at = course.index(stop, at)
            plain = _BRACKET.sub("", stop)
            if not named and (river := _RIVER_FIRST.match(plain)) and self._by_name(river.group("stop"), kind):
                # 沅水常德至某地航道: the river, then the stop.
                named.append(Named(self._by_name(river.group("river"), kind), river.group("river")))
                plain = river.group("stop")
            here = [one for one in found if one.start == at and one.end <= at + len(stop)]
            best = max(here, key=lambda one: one.end, default=None)
            place = self._decided(best, kind) if best else None
            if place is None or (best and best.end - best.start < len(plain)):
                place = self._by_name(plain, kind) or place
            named.append(Named(place, plain))
            at += len(stop)
        return named

    def of_title(self, title: str) -> list[Named]:
        """Return the places that a heading names: what stands below it is there."""
        return self._chosen(self._read(title), title)

    def within(self, spans: Iterable[Span]) -> list[Named]:
        """Return the places that stretches of the text name, in order, each once."""
        found = [one for span in spans for one in self._inside(span)]
        return self._chosen(found, self._text)

    def _inside(self, span: Span) -> list[Mention]:
        """Return the mentions in a stretch, in order."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [one for one in self.mentions[first:last] if one.end <= span.end]

    def _chosen(self, mentions: Sequence[Mention], text: str, name: str = "") -> list[Named]:
        """Return the places of mentions in a text; in the `name` of an undertaking, without its own entry."""
        named: list[Named] = []
        for one in mentions:
            if self._is_no_place(one, text, name):
                continue
            itself = len(one.surface) >= _ITSELF * len(_BRACKET.sub("", name)) if name else False
            inner = any(other is not one and one.start <= other.start and other.end <= one.end for other in mentions)
            if self._is_site(one) and (itself or (inner and name)) and not self._units_of(one):
                continue
            if not name and any(self._holds(other, one) for other in mentions):
                continue  # works stand in 某旗经济开发区, which says more than 某旗
            for extra in self._units_of(one) or (Named(self._decided(one, name), self._printed(one, text)),):
                if extra not in named and (extra.id is None or extra.id not in {other.id for other in named}):
                    named.append(extra)
        return named

    def _holds(self, site: Mention, inner: Mention) -> bool:
        """Say whether a mention is the name of a site around another."""
        around = site is not inner and site.start <= inner.start and inner.end <= site.end
        return around and self._is_site(site) and not self._units_of(site)

    def _is_no_place(self, mention: Mention, text: str, name: str) -> bool:
        """Say whether a mention says nothing of where: the country, a kind of land, its own name.

        农牧交错带 beside 玉米主产区 is a kind of land, 北方农牧交错带 a belt; 黄河故道 is not the river.
        """
        if mention.place is None and not mention.candidates:
            if name and mention.surface.endswith(_ITS_OWN_NAME):
                return True
            return bool(name) and name.endswith(mention.surface) and FACILITY.search(mention.surface) is not None
        kind_of_land = _KIND_OF_LAND.search(mention.surface) and not _WHOSE.search(text, 0, mention.start)
        return bool(mention.surface == "中国" or kind_of_land or text.startswith("故道", mention.end))

    def _printed(self, mention: Mention, text: str) -> str:
        """Return a place as the text prints it, with the part or the basin that is meant: 西辽河上游, 黄河流域."""
        start, end = mention.start, mention.end
        kind = self._type(mention.place) if mention.place else ""
        if _KIND_OF_LAND.search(mention.surface) and (whose := _WHOSE.search(text, 0, start)):
            start = whose.start()
        land = kind in _LANDS or mention.surface.endswith(_LAND_ENDS)
        water = kind in _WATERS or (mention.place is None and mention.surface.endswith(_WATER_ENDS))
        part = _PART_OF_WATER if water else _PART_OF_LAND if land else None
        more = part.match(text, end) if part else None
        return text[start : more.end() if more else end]

    def _units_of(self, mention: Mention) -> tuple[Named, ...]:
        """Return the unit that an airport is named after: an airport project lies in it."""
        air = mention.surface.endswith("机场口岸")
        if mention.place is None or (self._type(mention.place) != "airport" and not air):
            return ()
        bare = _AIRPORT.sub("", mention.surface)
        units = tuple(Named(one.place, bare) for one in self._parser.also_named(mention))
        if units or not bare:
            return units
        place = self._by_name(bare, "")
        return (Named(place, bare),) if place else ()

    def _read(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in a text, with the basins and belts that are classes (黄河流域), in order."""
        mentions = list(self._parser.parse_reading(text))
        mentions = [self._typed_alike(one, after) for one, after in zip_longest(mentions, mentions[1:])]
        for class_id, trigger in self._class_words:
            for found in re.finditer(trigger, text):
                if not any(one.start < found.end() and found.start() < one.end for one in mentions):
                    mentions.append(
                        Mention(
                            start=found.start(),
                            end=found.end(),
                            surface=trigger,
                            place=class_id,
                            certainty=_CLASS_CERTAINTY,
                        )
                    )
        taken = [(one.start, one.end) for one in mentions if one.place]
        for form, place in sorted(self._home.counties.items(), key=lambda one: -len(one[0])):
            for found in re.finditer(f"{re.escape(form)}(?![河江湖](?![道流]))", text):
                # A name that begins inside a short form of home cuts it: 东港区 in 田东港区.
                apart = not any(start <= found.start() < end for start, end in taken)
                if apart and not self._cuts_a_name(text, found.start(), found.end()):
                    taken.append(found.span())
                    mentions = [one for one in mentions if one.end <= found.start() or found.end() <= one.start]
                    mentions.append(_mention(found.start(), form, place))
        mentions += self._waters_beside(text, mentions)
        mentions += _waters_by_name(text, mentions)
        river = _RIVER in self._parser.gazetteer.places
        for found in _ALONG_THE_RIVER.finditer(text) if river else ():
            mentions.append(
                Mention(start=found.start(), end=found.end(), surface="沿黄", place=_RIVER, certainty=_CLASS_CERTAINTY)
            )
        return tuple(sorted(mentions, key=lambda one: (one.start, -one.end)))

    def _cuts_a_name(self, text: str, start: int, end: int) -> bool:
        """Say whether a name of the list begins before a short form and ends in it: 丹东 and 东港 in 丹东港."""
        names = self._parser.gazetteer.names
        earlier = range(max(0, start - 3), start)
        return any(text[at:stop] in names for at in earlier for stop in range(start + 1, end))

    def _waters_beside(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        """Return the waters in an enumeration that begins with a known one: 泾河、马莲河、蒲河流域."""
        found: list[Mention] = []
        ends = [one.end for one in mentions if one.surface.endswith(("河", "江", "湖"))]
        starts = {one.start for one in mentions}
        for end in ends:
            at = end
            while _BESIDE.match(text, at) and at + 1 not in starts and (water := _WATER.match(text, at + 1)):
                found.append(_mention(water.start("water"), water.group("water"), None))
                at = water.end("water")
        return found

    @cached_property
    def _class_words(self) -> list[tuple[str, str]]:
        words = [
            (one.id, trigger)
            for one in self._parser.gazetteer.classes.values()
            for trigger in one.triggers
            if trigger.endswith("流域")
        ]
        return sorted(words, key=lambda word: -len(word[1]))

    def _typed_alike(self, one: Mention, after: Mention | None) -> Mention:
        """Give 河套 in 河套-土默川平原 the type of what it is joined to."""
        if after is None or after.start != one.end + 1 or after.place is None or one.place is None:
            return one
        if self._type(after.place) not in _JOINED_TYPES:
            return one
        alike = [
            place.id
            for place in self._parser.gazetteer.places.values()
            if place.type == self._type(after.place) and place.name.startswith(one.surface)
        ]
        return one.model_copy(update={"place": alike[0]}) if len(alike) == 1 else one

    def _decided(self, mention: Mention, name: str) -> str | None:
        if mention.place is not None:
            return mention.place
        if not mention.candidates:  # 某湖 behind 某湖湿地, a name that no list has
            known = self._parser.gazetteer.names.get(_TYPE_END.sub("", mention.surface))
            return known.targets[0] if known and not known.ambiguous and len(known.targets) == 1 else None
        wanted = next((kind for word, kind in _TYPE_BY_WORD if word in name), None)
        return next((target for target in mention.candidates if wanted and self._type(target) == wanted), None)

    def _by_name(self, name: str, kind: str) -> str | None:
        known = self._parser.gazetteer.names.get(name)
        if known is None:
            return self._home.counties.get(name) or self._home.districts.get(name)
        wanted = next((place_type for word, place_type in _TYPE_BY_WORD if word in kind), None)
        typed = [target for target in known.targets if wanted and self._type(target) == wanted]
        units = [target for target in known.targets if target.isdigit()]
        return (typed or units or list(known.targets))[0]

    def _is_site(self, mention: Mention) -> bool:
        return mention.place is not None and self._type(mention.place) in SITES

    def _type(self, target: str) -> str:
        place = self._parser.gazetteer.places.get(target)
        return place.type if place else "group"


def _waters_by_name(text: str, known: Sequence[Mention]) -> list[Mention]:
    """Return the waters that no list has whose basin or main stem a text names: 溆水流域, 沅水、酉水干流."""
    found: list[Mention] = []
    for chain in _BASINS.finditer(text):
        for water in re.finditer(r"[^、和]+", chain.group("waters")):
            start = chain.start("waters") + water.start()
            end = start + len(water.group())
            if not any(one.start < end and start < one.end for one in known):
                found.append(_mention(start, water.group(), None))
    return found


def _mention(start: int, surface: str, place: str | None) -> Mention:
    return Mention(start=start, end=start + len(surface), surface=surface, place=place, certainty=_UNSURE)
