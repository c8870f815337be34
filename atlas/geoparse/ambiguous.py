"""Whether an ambiguous form is a name at all: what stands beside it, and what is named nearby."""

from __future__ import annotations

from collections.abc import Sequence

from atlas.geoparse.automaton import Match
from atlas.geoparse.context import Context
from atlas.geoparse.entries import Entries, Entry
from atlas.geoparse.evidence import Surroundings
from atlas.geoparse.waters import OF_WATER

_KINDS = frozenset(("矿区", "城区", "郊区"))  # districts, but nearly always what their words say
_TOWNSHIPS = ("镇", "乡", "苏木", "街道", "村", "嘎查")
_OF_UNITS = ("一带", "地区", "境内")  # what follows units rather than waters


class Ambiguous:
    """Judges the ambiguous forms of one gazetteer."""

    def __init__(self, entries: Entries) -> None:
        """Take what is known of each name."""
        self._entries = entries

    def is_name(
        self,
        index: int,
        matches: Sequence[Match],
        entry: Entry,
        wanted: str | None,
        around: Surroundings,
        context: Context,
    ) -> bool:
        """Say whether the ambiguous form at `index` names a place."""
        match = matches[index]
        return (
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
            or ("river" in entry.types and around.text.startswith(OF_WATER, match.end))
        )

    def is_other_river(self, index: int, entry: Entry, around: Surroundings, context: Context, *, named: bool) -> bool:
        """Say whether the short form of a county far away is a river that no table has (柳河 far from Jilin)."""
        match = around.at(index)
        if not entry.county or match.name.surface[-1] != "河":
            return False
        return not named or (self._is_far(entry, context, match.start) and self._is_among_rivers(around, index))

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


def _heads_township(index: int, matches: Sequence[Match]) -> bool:
    """Say whether a township or village known by its form stands right behind a name (丰宁|大滩镇)."""
    if index + 1 == len(matches) or matches[index + 1].start != matches[index].end:
        return False
    after = matches[index + 1]
    return after.number < 0 and after.name.surface.endswith(_TOWNSHIPS)


def _holds(code: str, other: str) -> bool:
    """Say whether the unit of one code lies in that of the other."""
    return code.endswith("00") and other.startswith(code[:2] if code.endswith("0000") else code[:4])
