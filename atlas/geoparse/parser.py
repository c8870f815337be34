"""The geoparser: text in, mentions out, with offsets into the text exactly as it was given.

Three steps: find names (automaton, across displaced runs, and by their form), decide whether an ambiguous form is a
name at all (evidence), decide which place is meant (the type that the words around ask for, then the units named
nearby).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from atlas.gazetteer import Gazetteer
from atlas.gazetteer.townships import TYPE as TOWNSHIP
from atlas.geoparse.ambiguous import Ambiguous
from atlas.geoparse.automaton import Match, NameAutomaton, merge
from atlas.geoparse.certainty import CERTAINTY, Evidence
from atlas.geoparse.choice import Choice
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


class Geoparser:
    """Recognises and resolves the places of one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Compile the gazetteer's names."""
        self.gazetteer = gazetteer
        self._match = NameAutomaton(gazetteer)
        self._entries = Entries(gazetteer, self._match)
        self._names = Ambiguous(self._entries)
        self._places = Choice(self._entries)
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
            named = self._names.is_name(index, matches, entry, wanted, around, context)
            if self._names.is_other_river(index, entry, around, context, named=named):
                # 柳河 far from Jilin is a river that no table has, not the county.
                return [_by_form(match)]
            if not named:
                # 黄河 in 黄河南岸, which would be the irrigation district in a list of them.
                return [_inner(match.start, one) for one in self._entries.inner(match)]
        if entry.kind == TOWNSHIP:
            before = matches[index - 1] if index else None
            adjoining = before is not None and match.start - before.end <= len("的")
            return township(match, entry, self._entries.of(before) if before and adjoining else None, context)
        chosen, basis = self._places.choose(match, entry, wanted, context, around, index)
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

    def _type(self, target: str) -> str:
        place = self.gazetteer.place(target)
        return place.type if place else "group"


def _by_form(match: Match) -> Mention:
    return make_mention(match.start, match.end, match.name.surface, None, CERTAINTY[Evidence.FORM], (), REASON)


def _inner(at: int, one: Inner) -> Mention:
    return make_mention(at + one.start, at + one.end, one.surface, one.target, one.certainty, (), "")
