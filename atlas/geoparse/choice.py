"""Which of its places a name means: the kind that the words around ask for, what it usually is, the units nearby."""

from __future__ import annotations

from collections import Counter

from atlas.geoparse.automaton import Match
from atlas.geoparse.certainty import Evidence
from atlas.geoparse.context import Context
from atlas.geoparse.entries import Entries, Entry
from atlas.geoparse.evidence import Surroundings
from atlas.geoparse.waters import OF_WATER

_WATERS = frozenset(("river", "lake", "wetland", "reservoir"))


class Choice:
    """Chooses among the places of the names of one gazetteer."""

    def __init__(self, entries: Entries) -> None:
        """Take what is known of each name."""
        self._entries = entries

    def choose(
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
        if len(rivers) == 1 and around.text.startswith(OF_WATER, match.end):
            return rivers[0]  # 黑龙江水系
        return entry.default

    def _is_water(self, match: Match, around: Surroundings, index: int) -> bool:
        """Say whether the words behind a name, or the sure names of its list, speak of a river."""
        if around.text.startswith(OF_WATER, match.end):
            return True
        first, last = around.run(index)
        kinds = [self._entries.of(around.at(at)).kind for at in range(first, last + 1) if at != index]
        return not _WATERS.isdisjoint(kinds)

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
