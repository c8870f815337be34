"""The geoparser: text in, mentions out, with offsets into the text exactly as it was given.

Three steps: find names (automaton, across displaced runs, and by their form), decide whether an ambiguous form is a
name at all (evidence), decide which place is meant (the type that the words around ask for, then the units named
nearby).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from atlas.gazetteer import Gazetteer
from atlas.gazetteer.townships import TYPE as TOWNSHIP
from atlas.geoparse.automaton import Match, NameAutomaton, merge
from atlas.geoparse.certainty import CERTAINTY, Evidence
from atlas.geoparse.context import REGION, Context
from atlas.geoparse.displaced import Bridges
from atlas.geoparse.entries import NAMED_AFTER, UNDERTAKINGS, Entries, Entry, Inner
from atlas.geoparse.evidence import Surroundings
from atlas.geoparse.layout import BLOCK, blocks, full_width, joined
from atlas.geoparse.many import parse_many
from atlas.geoparse.mentions import flat, make_mention, place_at
from atlas.geoparse.provinces import provinces
from atlas.geoparse.settled import settled
from atlas.geoparse.shortened import shortened
from atlas.geoparse.townships import township
from atlas.geoparse.unlisted import REASON, unlisted
from atlas.models import Mention

# Works whose name also names the unit that they serve, though as a mention only the work is meant.
SERVES = frozenset(("airport", "port"))
OF_TOWNSHIP = "a township, which the atlas knows only by its county"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_COMPOSED = UNDERTAKINGS | NAMED_AFTER
_KINDS = frozenset(("矿区", "城区", "郊区"))  # districts, but nearly always what their words say
_TOWNSHIPS = ("镇", "乡", "苏木", "街道", "村", "嘎查")
_WATERS = frozenset(("river", "lake", "wetland", "reservoir"))
_OF_UNITS = ("一带", "地区", "境内")  # what follows units rather than waters
_WATER = (
    "流域",
    "干流",
    "支流",
    "水系",
    "上游",
    "中游",
    "下游",
    "两岸",
    "沿岸",
    "河段",
    "水质",
    "水位",
    "汇入",
    "注入",
    "源头",
    "发源",
    "源自",
    "流经",
    "流入",
    "河道",
    "断流",
    "全长",
    "尾闾",
    "水量",
    "来水",
    "调水",
    "灌溉",
    "径流",
    "洪水",
    "汛",
    "断面",
    "生态流量",
    "下泄",
    "水资源",
    "引水",
    "分水",
    "水面",
    "大堤",
    "防洪",
    "河谷",
)


class Geoparser:
    """Recognises and resolves the places of one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Compile the gazetteer's names."""
        self.gazetteer = gazetteer
        self._match = NameAutomaton(gazetteer)
        self._entries = Entries(gazetteer, self._match)
        self._bridges = Bridges(self._match, self._entries.undertakings())

    def parse(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in any text, in order; offsets are into `text` as given.

        Page marks and line breaks that the page layout put inside a name do not hide it. No mention lies in another.
        """
        view = joined(text)
        found = flat(self._reading(view.text if view else text))
        if view is None:
            return found
        view.place(found)
        return found

    def parse_many(self, texts: Iterable[str]) -> Iterator[tuple[Mention, ...]]:
        """Yield the mentions of each text, the same as `parse` gives; many short ones cost less together."""
        return parse_many(self, texts)

    def parse_reading(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in a text of the atlas, which is already joined and clean; offsets are into it.

        A very long text is read in blocks, each with its own surroundings. The unit in the name of a zone (满洲里 in
        满洲里综合保税区) is a mention of its own behind that of the zone. Townships are no places of the atlas.
        """
        known = self.gazetteer.townships
        return tuple(
            one.model_copy(
                update={"place": None, "candidates": (), "reason": f"{known[one.place].name}: {OF_TOWNSHIP}"}
            )
            if one.place in known
            else one
            for one in self._reading(text)
        )

    def _reading(self, text: str) -> tuple[Mention, ...]:
        text = full_width(text)
        try:
            return self._parse_blocks(text)
        except UnicodeEncodeError:
            # Halves of surrogate pairs, which no encoding has: a character each that is in no name.
            return self._parse_blocks(_LONE_SURROGATE.sub("\ufffd", text))

    def _parse_blocks(self, text: str) -> tuple[Mention, ...]:
        if len(text) <= BLOCK:
            return tuple(self._parse(text, 0))
        return tuple(mention for at, block in blocks(text) for mention in self._parse(block, at))

    def _parse(self, text: str, offset: int) -> list[Mention]:
        """Return the mentions in a block that begins at `offset`."""
        mentions = self.read(text, self.names_in(text), Surroundings(text))
        if offset:
            for mention in mentions:
                place_at(mention, mention.start + offset, mention.end + offset)
        return mentions

    def names_in(self, text: str) -> list[Match]:
        """Return the names of tables in a text, in order, also those that something displaced has cut in two."""
        matches = self._match(text)
        if across := self._bridges(text, matches):
            matches = merge(matches, across)
        if short := list(provinces(text, self._match)):
            matches = merge(matches, short)
        return matches

    def read(self, text: str, matches: list[Match], around: Surroundings) -> list[Mention]:
        """Return the mentions in a text of which the names of tables and the generic words are known."""
        if not matches and not around.forms and "旗" not in around.text:
            return []
        matches = settled(text, matches, self._match)
        if short := list(shortened(text, matches, self._match)):
            matches = merge(matches, short)
        if by_form := unlisted(text, matches, self._match.words, around.forms, around.areas):
            matches = merge(matches, by_form)
        if not matches:
            return []
        around.settle(matches)
        entries = [self._entries.of(match) for match in matches]
        context = Context([match.start for match in matches], [entry.code for entry in entries], entries)
        mentions: list[Mention] = []
        for index, (match, entry) in enumerate(zip(matches, entries, strict=True)):
            start, end, name, number = match
            if around.may_be_no_place(match) and around.is_no_place(match, entry.kind):
                continue
            if entry.kind == "group" and self._is_tail(index, matches):
                continue
            if number < 0:
                mentions.append(_by_form(match))
                continue
            wanted = around.wanted_type(index) if entry.types else None
            if entry.simple or (entry.fixed and wanted not in entry.types):
                if not (entry.short_of_region and context.is_elsewhere(start)):
                    mentions.append(
                        make_mention(start, end, name.surface, entry.default, entry.certainty, entry.others, "")
                    )
                continue
            mentions += self._of_several(index, matches, entry, wanted, around, context)
        return mentions

    def _is_tail(self, index: int, matches: Sequence[Match]) -> bool:
        """Say whether a group only sums up the list right before it (科尔沁和浑善达克两大沙地)."""
        match = matches[index]
        group = self.gazetteer.groups.get(match.name.targets[0]) if match.name.targets else None
        if group is None or not index or matches[index - 1].end != match.start:
            return False
        return not set(group.members).isdisjoint(matches[index - 1].name.targets)

    def also_named(self, mention: Mention) -> tuple[Mention, ...]:
        """Return the unit that a mention names beside its place: 满洲里 or 满洲里口岸 as a port names the city too."""
        if mention.place is None or self._type(mention.place) not in SERVES:
            return ()
        units = [target for target in mention.candidates if target.isdigit()]
        if not units and mention.surface in self.gazetteer.names:
            inner = self._match.inside(self.gazetteer.names[mention.surface])
            units = [found.name.targets[0] for found in inner if self._entries.of(found).is_unit]
        return tuple(
            mention.model_copy(
                update={"place": code, "certainty": min(mention.certainty, CERTAINTY[Evidence.TYPE_WORD])}
            )
            for code in units[:1]
        )

    def _of_several(
        self,
        index: int,
        matches: Sequence[Match],
        entry: Entry,
        wanted: str | None,
        around: Surroundings,
        context: Context,
    ) -> list[Mention]:
        """Return the mentions of a name that is ambiguous, has several places, or holds other names."""
        match = matches[index]
        if match.name.ambiguous:
            if entry.only_of_region and wanted not in entry.types and context.is_elsewhere(match.start):
                return []
            named = (
                (entry.proper and not (entry.county and self._is_far(entry, context, match.start)))
                or wanted in entry.types
                or self._follows_parent(index, matches, entry, around)
                or self._is_apposed(index, matches)
                or self._has_sibling(entry, around, index)
                or self._precedes_child(index, matches)
                or (_heads_township(index, matches) and not self._is_far(entry, context, match.start))
                or self._is_rare_county(entry, context, around, match)
                or self._opens_clause(entry, context, around, match)
                or (not entry.weak and match.name.surface not in _KINDS and around.is_supported(index))
                or ("river" in entry.types and around.text.startswith(_WATER, match.end))
            )
            is_water = entry.county and match.name.surface[-1] == "河"
            if is_water and (
                not named or (self._is_far(entry, context, match.start) and self._is_among_rivers(around, index))
            ):
                # 柳河 far from Jilin is a river that no table has, not the county.
                return [_by_form(match)]
            if not named:
                # 黄河 in 黄河南岸, which would be the irrigation district in a list of them.
                return [_inner(match.start, one) for one in self._entries.inner(match)]
        if entry.kind == TOWNSHIP:
            before = matches[index - 1] if index else None
            adjoining = before is not None and match.start - before.end <= len("的")
            return township(match, entry, self._entries.of(before) if before and adjoining else None, context)
        chosen, basis = self._choose(match, entry, wanted, context, around, index)
        if match.name.ambiguous and basis is not Evidence.UNDECIDED:
            basis = Evidence.LIST
        # 新城、老城 in a text on Yinchuan.
        in_region = match.name.ambiguous and chosen is not None and entry.codes[chosen][:2] == REGION
        targets = match.name.targets
        mention = make_mention(
            match.start,
            match.end,
            match.name.surface,
            chosen,
            CERTAINTY[basis],
            targets if chosen is None else tuple(target for target in targets if target != chosen),
            "" if chosen else f"{len(targets)} places have this name and nothing beside it decides",
        )
        kind = entry.kinds[chosen] if chosen else ""
        if kind not in _COMPOSED or match.end - match.start != len(match.name.surface):
            return [] if in_region and context.is_elsewhere(match.start) else [mention]
        inner = [_inner(match.start, one) for one in self._entries.inner(match)]
        return inner if inner and kind in UNDERTAKINGS else [mention, *inner]

    def _is_among_rivers(self, around: Surroundings, index: int) -> bool:
        """Say whether another item of the list is a river of a table, or one by its form (杜贵河及柳河)."""
        first, last = around.run(index)
        if around.text.startswith(_OF_UNITS, around.at(index).end):
            return False  # 图里河、漠河一带
        others = [around.at(at) for at in range(first, last + 1) if at != index]
        return any(
            other.name.surface[-1] == "河" if other.number < 0 else self._entries.of(other).kind == "river"
            for other in others
        )

    def _is_far(self, entry: Entry, context: Context, at: int) -> bool:
        """Say whether nothing near a county's short form lies in its province."""
        return not any(context.names_province(code, at) for code in entry.codes.values() if code)

    def _has_sibling(self, entry: Entry, around: Surroundings, index: int) -> bool:
        """Say whether another name of the enumeration is that of a unit of the same league (松山、红山)."""
        leagues = {code[:4] for target, code in entry.codes.items() if target.isdigit() and code[4:] != "00"}
        first, last = around.run(index) if leagues else (index, index)
        return any(
            code[:4] in leagues and target not in entry.codes
            for at in range(first, last + 1)
            if at != index
            for target, code in self._entries.of(around.at(at)).codes.items()
            if target.isdigit() and code[4:] != "00"
        )

    def _is_apposed(self, index: int, matches: Sequence[Match]) -> bool:
        """Say whether a name of the same place stands right before or behind (鹿城包头)."""
        match = matches[index]
        own = set(match.name.targets)
        near = [
            other
            for at in (index - 1, index + 1)
            if 0 <= at < len(matches) and ((other := matches[at]).end == match.start or match.end == other.start)
        ]
        return any(not other.name.ambiguous and not own.isdisjoint(other.name.targets) for other in near)

    def _by_sibling(self, entry: Entry, around: Surroundings, index: int) -> str | None:
        """Return the one target in the league that most units of the enumeration may lie in."""
        first, last = around.run(index)
        leagues = Counter(
            league
            for at in range(first, last + 1)
            if at != index
            for league in {code[:4] for code in self._entries.of(around.at(at)).codes.values() if code}
        )
        best = max((leagues[code[:4]] for code in entry.codes.values()), default=0)
        fits = [target for target, code in entry.codes.items() if best and leagues[code[:4]] == best]
        return fits[0] if len(fits) == 1 else None

    def _follows_parent(self, index: int, matches: Sequence[Match], entry: Entry, around: Surroundings) -> bool:
        """Say whether a name stands right behind a unit that one of its targets lies in (包头市青山)."""
        if not index or around.text[matches[index - 1].end : matches[index].start] not in ("", "的"):
            return False
        parents = {target for target in matches[index - 1].name.targets if target.isdigit()}
        return any(
            code[:4] + "00" in parents or code[:2] + "0000" in parents or (code in parents and code != target)
            for target, code in entry.codes.items()
            if target.isdigit() or target.startswith(("town/", "township/"))
        )

    def _precedes_child(self, index: int, matches: Sequence[Match]) -> bool:
        """Say whether a unit that lies in one of a name's targets stands right behind the name (金昌金川区)."""
        if index + 1 == len(matches) or matches[index + 1].start != matches[index].end:
            return False
        after = self._entries.of(matches[index + 1])
        parents = {target for target in matches[index].name.targets if target.isdigit()}
        return after.is_unit and any(code != after.code and _holds(code, after.code) for code in parents)

    def _is_rare_county(self, entry: Entry, context: Context, around: Surroundings, match: Match) -> bool:
        """Say whether a county's short form, no word in use, stands in text on its province or behind a way there."""
        if not entry.county or not entry.rare or entry.district:
            return False
        return not self._is_far(entry, context, match.start) or around.is_headed_for(match)

    def _opens_clause(self, entry: Entry, context: Context, around: Surroundings, match: Match) -> bool:
        """Say whether a unit's short form, no word in use, opens a clause where its league's other units are named."""
        if not entry.rare or not around.opens_clause(match):
            return False
        units = [target for target in entry.codes if target.isdigit() and target[4:] != "00"]
        return any(context.names_league(unit, match.start) for unit in units)

    def _choose(
        self,
        match: Match,
        entry: Entry,
        wanted: str | None,
        context: Context,
        around: Surroundings,
        index: int,
    ) -> tuple[str | None, Evidence]:
        """Return the target that is meant, None if nothing decides, and what that rests on."""
        targets = match.name.targets
        if len(targets) == 1:
            return targets[0], Evidence.FULL_NAME if entry.official else Evidence.ALIAS
        if by_kind := self._by_kind(entry, wanted, around, index):
            return by_kind, Evidence.TYPE_WORD
        if usual := self._usual(match, entry, context, around, index):
            return usual, Evidence.USUAL
        candidates = {target: code for target, code in entry.codes.items() if code}
        chosen = context.choose(candidates, match.start) or self._by_sibling(entry, around, index)
        return (chosen, Evidence.NEARBY) if chosen else (None, Evidence.UNDECIDED)

    def _by_kind(self, entry: Entry, wanted: str | None, around: Surroundings, index: int) -> str | None:
        """Return the one target of the kind that the words beside the list ask for, or that its sure names have.

        阿拉善左旗 in full is the banner, whatever list it stands in; 满洲里 may be the port. Among deserts (库布其、
        乌兰布和) a name means the desert.
        """
        if any(target.isdigit() for target in entry.official):
            return None
        asked = [target for target, kind in entry.kinds.items() if kind == wanted] if wanted else []
        if len(asked) == 1:
            return asked[0]
        if entry.official:
            return None
        first, last = around.run(index)
        kinds = {
            other.kind
            for at in range(first, last + 1)
            if at != index and (other := self._entries.of(around.at(at))).simple
        }
        alike = [target for target, kind in entry.kinds.items() if kind in kinds] if kinds else []
        return alike[0] if len(alike) == 1 else None

    def _usual(self, match: Match, entry: Entry, context: Context, around: Surroundings, index: int) -> str | None:
        """Return the target that the name means where nothing asks for a kind."""
        official = entry.official
        if len(official) == 1:
            # 根河 is a river and, for short, a city: the words behind or the list say which.
            cities = [target for target in entry.codes if target.isdigit() and context.may_mean(target)]
            is_city = len(cities) == 1 and entry.kinds[official[0]] == "river"
            return cities[0] if is_city and not self._is_water(match, around, index) else official[0]
        rivers = [target for target, kind in entry.kinds.items() if kind == "river"]
        if len(rivers) == 1 and around.text.startswith(_WATER, match.end):
            return rivers[0]  # 黑龙江水系
        return entry.default

    def _is_water(self, match: Match, around: Surroundings, index: int) -> bool:
        """Say whether the words behind a name, or the sure names of its list, speak of a river."""
        if around.text.startswith(_WATER, match.end):
            return True
        first, last = around.run(index)
        kinds = [self._entries.of(around.at(at)).kind for at in range(first, last + 1) if at != index]
        return not _WATERS.isdisjoint(kinds)

    def _type(self, target: str) -> str:
        place = self.gazetteer.place(target)
        return place.type if place else "group"


def _heads_township(index: int, matches: Sequence[Match]) -> bool:
    """Say whether a township or village known by its form stands right behind a name (丰宁|大滩镇)."""
    if index + 1 == len(matches) or matches[index + 1].start != matches[index].end:
        return False
    after = matches[index + 1]
    return after.number < 0 and after.name.surface.endswith(_TOWNSHIPS)


def _holds(code: str, other: str) -> bool:
    """Say whether the unit of one code lies in that of the other."""
    return code.endswith("00") and other.startswith(code[:2] if code.endswith("0000") else code[:4])


def _by_form(match: Match) -> Mention:
    return make_mention(match.start, match.end, match.name.surface, None, CERTAINTY[Evidence.FORM], (), REASON)


def _inner(at: int, one: Inner) -> Mention:
    return make_mention(at + one.start, at + one.end, one.surface, one.target, one.certainty, (), "")
