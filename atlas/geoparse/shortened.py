"""Counties elsewhere by their short form, once a text names them in full: 民勤县 …, 民勤地处石羊河下游.

Many such forms are ordinary words (资源, 通道); only those that the dictionary hardly has are taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from atlas.gazetteer.gazetteer import Name
from atlas.geoparse.automaton import Match, NameAutomaton
from atlas.geoparse.context import REGION
from atlas.geoparse.listed import Spans

_UNITS = frozenset("县市区旗")
_SHORTEST = 3  # characters of the full name


def shortened(text: str, matches: Sequence[Match], automaton: NameAutomaton) -> Iterator[Match]:
    """Yield the short forms of counties outside the region that `matches`, which are in order, name in full."""
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
