"""Counties elsewhere by their short form, once a text names them in full: 民勤县 …, 民勤地处石羊河下游.

Many such forms are ordinary words (资源, 通道); only those that the dictionary hardly has are taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from atlas.gazetteer.gazetteer import Name
from atlas.geoparse.automaton import Match, NameAutomaton
from atlas.geoparse.context import REGION
from atlas.geoparse.listed import Positions, Spans

_UNITS = frozenset("县市区旗")
_LETTERED = Positions("市", "旗")
_NOT_FIRST = frozenset("全本我各该此城县都上股超夜集门区盟国红彩战锦")
_GOING_ON = frozenset("场民区级值政价井面容集帜县长委辖直府")
_SHORTEST = 3  # characters of the full name


def shortened(text: str, matches: Sequence[Match], automaton: NameAutomaton) -> Iterator[Match]:
    """Yield the short forms of counties outside the region that `matches`, which are in order, name in full."""
    yield from _by_first(text, matches, automaton)
    full: dict[str, Match] = {}
    for match in matches:
        surface, targets = match.name.surface, match.name.targets
        if (
            len(targets) == 1
            and targets[0].isdigit()
            and not targets[0].startswith(REGION)
            and len(surface) >= _SHORTEST
            and surface[-1] in _UNITS
            and not match.name.ambiguous
        ):
            full.setdefault(surface[:-1], match)
    if not full:
        return
    sure = Spans([match for match in matches if not match.name.ambiguous])
    for short, match in full.items():
        known = automaton.find(short)
        if (known is not None and known[0].targets != match.name.targets) or not automaton.words.is_rare(short):
            continue
        name = Name(short, match.name.targets, ambiguous=False)
        at = text.find(short)
        while at >= 0:
            end = at + len(short)
            if not sure.overlap(at, end) and automaton.words.allow(text, at, end):
                yield Match(at, end, name, match.number)
            at = text.find(short, end)


def _by_first(text: str, matches: Sequence[Match], automaton: NameAutomaton) -> Iterator[Match]:
    """Yield cities and banners of the region by their first character (满市), once the text names them for sure."""
    places = [at for at in _LETTERED(text) if at and text[at - 1] not in _NOT_FIRST and not _is_inside(text, at)]
    if not places:
        return
    firsts: dict[str, dict[str, Match]] = {}
    for match in matches:
        target = match.name.targets[0] if len(match.name.targets) == 1 and not match.name.ambiguous else ""
        if target.startswith(REGION) and target[4:] != "00":
            firsts.setdefault(match.name.surface[0], {}).setdefault(target, match)
    taken = Spans(matches)
    for at in places:
        named = firsts.get(text[at - 1], {})
        if len(named) == 1 and not taken.overlap(at - 1, at + 1):
            ((target, match),) = named.items()
            whole = automaton.find(match.name.surface.rstrip("市旗") + text[at])
            if whole is None or whole[0].targets != (target,):
                continue  # 东胜 is no city
            yield Match(at - 1, at + 1, Name(text[at - 1 : at + 1], (target,), ambiguous=False), match.number)


def _is_inside(text: str, at: int) -> bool:
    """Say whether the word of a unit at `at` stands in the middle of a phrase (全市场, 大城市)."""
    before = text[at - 2] if at > 1 else "\n"
    return "\u4e00" <= before <= "\u9fff" or text[at + 1 : at + 2] in _GOING_ON
