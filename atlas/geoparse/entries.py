"""What is known of each name before any text is read: its kind, the unit that it can only mean, the names inside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from atlas.gazetteer import Gazetteer
from atlas.gazetteer.gazetteer import Name
from atlas.gazetteer.townships import TYPE as TOWNSHIP
from atlas.geoparse.automaton import Match, NameAutomaton
from atlas.geoparse.certainty import CERTAINTY, Evidence
from atlas.geoparse.context import REGION

# Undertakings named after places: the text names the place (岱海 in 岱海生态应急补水工程); they are projects.
UNDERTAKINGS = frozenset(
    (
        "water-project",
        "tour-belt",
        "tour-route",
        "tour-area",
        "route",
        "pipeline",
        "metro",
        "culture-park",
        "venue",
        "museum",
        "corridor",
        "facility",
        "farm-base",
        "mining-area",
        "logistics-hub",
    )
)
# Sites named after a place: both are meant (呼和浩特综合保税区 and 呼和浩特).
NAMED_AFTER = frozenset(
    (
        "pilot-zone",
        "high-tech-zone",
        "industrial-park",
        "park",
        "bonded-zone",
        "bonded-centre",
        "border-zone",
    )
)
# Kinds of which a name of so few characters recurs elsewhere (浑河, 红山, 柴河).
RECURRING = frozenset(
    ("river", "lake", "mountain", "wetland", "grassland", "reservoir", "town", "flood-area", "kongdui", "substation")
)
# Prefectures whose short form is an ordinary word, or nearly always something else than the prefecture.
_WORDS = frozenset(
    (
        "日照",
        "来宾",
        "白银",
        "黄石",
        "天水",
        "金华",
        "安康",
        "大理",
        "吉林",
        "海北",
        "海西",
        "海东",
        "海南",
        "黄南",
        "河源",
        "长治",
        "孝感",
    )
)
SHORT = 3  # characters
COUNTRY = "中国"  # inside a longer name (中国（内蒙古）自由贸易试验区) it is not the place that is meant


class Inner(NamedTuple):
    """A name inside a longer one."""

    start: int
    end: int
    surface: str
    target: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name brings along."""

    kind: str  # type of its first target
    code: str  # six-digit code of the one unit that it can only mean, or that its one place lies in; else ""
    province: str  # the first two digits of the unit that it can only mean, also where that is a province; else ""
    is_unit: bool  # it can only mean one unit
    simple: bool  # one target, sure, and no other name inside that counts
    default: str | None  # what it means where nothing beside it says otherwise
    certainty: float
    kinds: dict[str, str]  # target to its type
    types: frozenset[str]  # of its targets, where it has several or is ambiguous
    others: tuple[str, ...]  # targets but the default
    fixed: bool  # without a generic word beside its list, it means the default whatever the text
    official: tuple[str, ...]  # targets of which it is the official name
    codes: dict[str, str]  # target to the six-digit code of itself or of the unit that it lies in
    short_of_region: bool  # a short natural name of the region that recurs elsewhere
    only_of_region: bool  # all its targets lie in the region
    proper: bool  # though ambiguous, it is made of no ordinary words: which place it means is the only question
    distinctive: bool  # a township's name in full, of three characters and more before 镇 and made of no ordinary words
    county: bool  # the short form of a county outside the region: hardly ever named without its province (安宁, 甘泉)
    district: bool  # the short form of a district outside the region
    weak: bool  # of these, one that is an ordinary word too: only beside the units of its own prefecture
    rare: bool  # a short form that is no word of the language in use (双辽, 九原; not 资源, 新城)


UNLISTED = Entry(
    kind="unlisted",
    code="",
    province="",
    is_unit=False,
    simple=False,
    default=None,
    certainty=CERTAINTY[Evidence.FORM],
    kinds={},
    types=frozenset(),
    others=(),
    fixed=False,
    official=(),
    codes={},
    short_of_region=False,
    only_of_region=False,
    proper=False,
    distinctive=False,
    county=False,
    district=False,
    weak=False,
    rare=False,
)


def _is_of_prefecture(name: Name) -> bool:
    """Say whether a form is that of a prefecture and no word besides (盘锦, 许昌; not 日照)."""
    return name.surface not in _WORDS and any(target.endswith("00") for target in name.targets)


class Entries:
    """The entries of a gazetteer's names, made when first asked."""

    def __init__(self, gazetteer: Gazetteer, automaton: NameAutomaton) -> None:
        """Prepare room for one entry a name."""
        self._gazetteer = gazetteer
        self._automaton = automaton
        self._made: list[Entry | None] = [None] * len(automaton.patterns)
        self._inner: dict[str, tuple[Inner, ...]] = {}

    def of(self, match: Match) -> Entry:
        """Return the entry of the name of a match."""
        if match.number < 0:
            return UNLISTED
        entry = self._made[match.number]
        if entry is None:
            # The form that the table has, not the longer one that a text may have made of it.
            name = self._automaton.names[match.number] or match.name
            entry = self._made[match.number] = self._make(name)
        return entry

    def undertakings(self) -> frozenset[int]:
        """Return the indexes of the names of undertakings."""
        return frozenset(
            index
            for index, name in enumerate(self._automaton.names)
            if name is not None and self._kind(name.targets[0]) in UNDERTAKINGS
        )

    def inner(self, match: Match) -> tuple[Inner, ...]:
        """Return the sure names inside a name, each with the place that it means by itself."""
        surface = match.name.surface
        if surface not in self._inner:
            self._inner[surface] = tuple(
                Inner(found.start, found.end, found.name.surface, target, CERTAINTY[Evidence.ALIAS])
                for found in self._automaton.inside(match.name)
                if (not found.name.ambiguous or self._is_proper(found.name.surface))
                and self._kind(found.name.targets[0]) not in UNDERTAKINGS | NAMED_AFTER
                and found.name.surface != COUNTRY
                and (target := self._usual(found.name))
            )
        return self._inner[surface]

    def _make(self, name: Name) -> Entry:
        targets = name.targets
        kind = self._kind(targets[0])
        official = tuple(target for target in targets if self._name(target) == name.surface)
        single = len(targets) == 1 and not name.ambiguous
        default = self._usual(name)
        speaks = default is not None and (default.isdigit() or (single and len(name.surface) > SHORT))
        basis = Evidence.USUAL if len(targets) > 1 else Evidence.FULL_NAME if official else Evidence.ALIAS
        codes = {target: self._code(target) for target in targets}
        inside = [code[:2] == REGION for code in codes.values()]
        county = kind != TOWNSHIP and name.surface not in self._gazetteer.names
        is_district = county and all(self._name(target)[-1] == "区" for target in targets)
        return Entry(
            kind=kind,
            code=codes[default] if default and not name.ambiguous and speaks and kind != TOWNSHIP else "",
            province=default[:2]
            if default and default.isdigit() and (not name.ambiguous or _is_of_prefecture(name))
            else "",
            is_unit=single and targets[0].isdigit(),
            simple=single and kind not in UNDERTAKINGS | NAMED_AFTER | {TOWNSHIP},
            default=default,
            certainty=CERTAINTY[basis],
            others=tuple(target for target in targets if target != default),
            fixed=not name.ambiguous
            and default is not None
            and len(targets) > 1
            and not (set(map(self._kind, targets)) & (UNDERTAKINGS | NAMED_AFTER | {"river", TOWNSHIP})),
            kinds={target: self._kind(target) for target in targets},
            types=frozenset() if single else frozenset(map(self._kind, targets)),
            official=official,
            codes=codes,
            short_of_region=kind in RECURRING and len(name.surface) <= SHORT and all(inside),
            only_of_region=all(inside),
            proper=not is_district
            and (
                (self._is_proper(name.surface) and not (kind == TOWNSHIP and self._is_person(name.surface)))
                or (
                    kind == "outside-unit"
                    and (self._automaton.words.is_one_name(name.surface) or _is_of_prefecture(name))
                )
            ),
            distinctive=kind == TOWNSHIP
            and not name.ambiguous
            and self._is_proper(name.surface.removesuffix("苏木").removesuffix("镇").removesuffix("乡")),
            county=county,
            district=is_district,
            weak=county
            and not self._automaton.words.is_rare(name.surface)
            and not self._automaton.words.is_one_name(name.surface)
            and not self._is_proper(name.surface),
            rare=name.ambiguous and self._automaton.words.is_rare(name.surface),
        )

    def _is_proper(self, surface: str) -> bool:
        """Say whether a form of some length is made of no ordinary words."""
        return len(surface) >= SHORT and self._automaton.words.is_proper(surface)

    def _is_person(self, surface: str) -> bool:
        return self._automaton.words.is_person(surface)

    def _usual(self, name: Name) -> str | None:
        """Return the one target, or the one unit, that a sure name means by itself."""
        if len(name.targets) == 1:
            return name.targets[0]
        official = [target for target in name.targets if self._name(target) == name.surface]
        # An alias that a table gives goes before a name whose generic word was left out (河套, not 河套灌区).
        given = [target for target in name.targets if self._gives(target, name.surface)]
        units = [target for target in (official or name.targets) if target.isdigit()]
        for chosen in (
            units,
            # 鄂托克 is 鄂托克旗 rather than 鄂托克前旗.
            [target for target in units if self._name(target)[:-1] == name.surface],
            official,
            given,
        ):
            if len(chosen) == 1:
                return chosen[0]
        return None

    def _gives(self, target: str, surface: str) -> bool:
        place = self._gazetteer.places.get(target)
        return place is not None and (surface in place.aliases or (surface, target) in self._gazetteer.ambiguous)

    def _kind(self, target: str) -> str:
        place = self._gazetteer.place(target)
        return place.type if place else "group"

    def _name(self, target: str) -> str:
        place = self._gazetteer.place(target)
        return place.name if place else self._gazetteer.groups[target].name

    def _code(self, target: str) -> str:
        place = self._gazetteer.place(target)
        return (place.adcode or "") if place else ""
