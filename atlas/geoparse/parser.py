"""The geoparser: text in, mentions out, with offsets into the text exactly as it was given.

Three steps: find names (automaton), decide whether an ambiguous form is a name at all (evidence), decide which place is
meant (the type that the words around ask for, then the units named nearby).
"""

from __future__ import annotations

from collections.abc import Sequence

from atlas.corpus.reading import reading
from atlas.gazetteer import Gazetteer
from atlas.geoparse.automaton import Match, NameAutomaton
from atlas.geoparse.context import Context
from atlas.geoparse.evidence import is_supported, runs, wanted_type
from atlas.models import Mention

# How sure a reading is, by what it rests on; to be replaced by figures calibrated on gold (docs/decisions.md).
SURE_FULL_NAME = 0.99
SURE_ALIAS = 0.95
SURE_BY_CONTEXT = 0.85
SURE_BY_LIST = 0.8
UNDECIDED = 0.5

# Undertakings named after places: the text names the place (岱海 in 岱海生态应急补水工程), the rest is a project.
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
        "logistics-hub",
    )
)
# Works whose name also names the unit that they serve, though as a mention only the work is meant.
SERVES = frozenset(("airport", "port"))


class Geoparser:
    """Recognises and resolves the places of one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Compile the gazetteer's names."""
        self.gazetteer = gazetteer
        self._match = NameAutomaton(gazetteer)

    def parse(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in any text, in order; offsets are into `text` as given.

        Page marks and line breaks that the page layout put inside a name do not hide it.
        """
        view = reading(text)
        return tuple(
            mention.model_copy(
                update={"start": view.origin[mention.start], "end": view.origin[mention.end - 1] + 1},
            )
            for mention in self.parse_reading(view.text)
        )

    def parse_reading(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in a text that is already joined and clean; offsets are into it."""
        matches = list(self._match(text))
        context = Context([(match.start, code) for match in matches if (code := self._sure_unit(match))])
        wanted = self._wanted(text, matches)
        mentions: list[Mention] = []
        for run in runs(text, matches):
            sure = any(not matches[index].name.ambiguous for index in run)
            for index in run:
                member = matches[index]
                if member.name.ambiguous and not (
                    self._is_of_type(member, wanted[index])
                    or is_supported(text, member, sure_in_run=sure, parent_before=self._follows_parent(member, matches))
                ):
                    continue
                mentions += self._with_inner(member, self._resolve(member, wanted[index], context), context)
        return tuple(mentions)

    def also_named(self, mention: Mention) -> tuple[Mention, ...]:
        """Return the unit that a mention names beside its place: 满洲里 or 满洲里口岸 as a port names the city too."""
        if mention.place is None or self._type(mention.place) not in SERVES:
            return ()
        units = [target for target in mention.candidates if target.isdigit()]
        if not units:
            name = self.gazetteer.names[mention.surface]
            inner = self._match.inside(Match(mention.start, mention.end, name))
            units = [code for found in inner if (code := self._sure_unit(found))]
        return tuple(
            mention.model_copy(update={"place": code, "certainty": min(mention.certainty, SURE_BY_LIST)})
            for code in units[:1]
        )

    def _with_inner(self, match: Match, mention: Mention, context: Context) -> list[Mention]:
        """Return the mention with the places that its own name holds, or only these where it is an undertaking."""
        kind = self._type(mention.place) if mention.place else ""
        if kind not in UNDERTAKINGS | NAMED_AFTER:
            return [mention]
        inner = [
            self._resolve(found, None, context)
            for found in self._match.inside(match)
            if not found.name.ambiguous and self._type(found.name.targets[0]) not in UNDERTAKINGS | NAMED_AFTER
        ]
        return inner if inner and kind in UNDERTAKINGS else [mention, *inner]

    def _wanted(self, text: str, matches: Sequence[Match]) -> list[str | None]:
        """Return for each match the place type that the words around its enumeration ask for."""
        wanted: list[str | None] = []
        for run in runs(text, matches, loose=True):
            wanted += [wanted_type(text, matches[run[0]], matches[run[-1]])] * len(run)
        return wanted

    def _is_of_type(self, match: Match, wanted: str | None) -> bool:
        return wanted is not None and any(self._type(target) == wanted for target in match.name.targets)

    def _sure_unit(self, match: Match) -> str | None:
        """Return the code of the one unit that a name can only mean."""
        if match.name.ambiguous or len(match.name.targets) != 1 or not match.name.targets[0].isdigit():
            return None
        return match.name.targets[0]

    def _follows_parent(self, match: Match, matches: Sequence[Match]) -> bool:
        """Say whether the name stands right behind a unit that one of its targets lies in (包头市青山)."""
        parents = {
            target for other in matches if other.end == match.start for target in other.name.targets if target.isdigit()
        }
        return any(
            target.isdigit() and (target[:4] + "00" in parents or target[:2] + "0000" in parents)
            for target in match.name.targets
        )

    def _resolve(self, match: Match, wanted: str | None, context: Context) -> Mention:
        targets = match.name.targets
        chosen, certainty = self._choose(match, wanted, context)
        if match.name.ambiguous:
            certainty = min(certainty, SURE_BY_LIST)
        reason = "" if chosen else f"{len(targets)} places have this name and nothing beside it decides"
        return Mention(
            start=match.start,
            end=match.end,
            surface=match.name.surface,
            place=chosen,
            certainty=certainty,
            candidates=tuple(target for target in targets if target != chosen),
            reason=reason,
        )

    def _choose(self, match: Match, wanted: str | None, context: Context) -> tuple[str | None, float]:
        """Return the target that is meant, None if nothing decides, and how sure that is."""
        targets = match.name.targets
        if len(targets) == 1:
            return targets[0], SURE_FULL_NAME if self._name(targets[0]) == match.name.surface else SURE_ALIAS
        official = [target for target in targets if self._name(target) == match.name.surface]
        of_type = [target for target in targets if wanted and self._type(target) == wanted]
        # 阿拉善左旗 in full is the banner, whatever list it stands in; 满洲里 may be the port.
        if len(of_type) == 1 and not any(target.isdigit() for target in official):
            return of_type[0], SURE_BY_CONTEXT
        if len(official) == 1:
            return official[0], SURE_ALIAS
        units = [target for target in (official or targets) if target.isdigit()]
        if len(units) == 1:
            return units[0], SURE_BY_CONTEXT
        if near := context.choose(units, match.start):
            return near, SURE_BY_CONTEXT
        return None, UNDECIDED

    def _type(self, target: str) -> str:
        place = self.gazetteer.places.get(target)
        return place.type if place else "group"

    def _name(self, target: str) -> str:
        place = self.gazetteer.places.get(target)
        return place.name if place else self.gazetteer.groups[target].name
