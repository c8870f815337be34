"""Names by their form again: once a text says what 四家子村 or 大佘太镇 is, the name is known in all of it."""

from __future__ import annotations

from collections.abc import Sequence

from atlas.geoparse.automaton import Match
from atlas.geoparse.forms import SYLLABLES
from atlas.geoparse.listed import Spans, name_at

REPEATED = 3  # characters: shorter names by form may be words elsewhere
_GOING_ON = SYLLABLES | set("东西南北中上下")


def again(text: str, found: Sequence[Match], matches: Sequence[Match]) -> list[Match]:
    """Return the other places of the text where a name that was found stands (四家子村, once said where it lies)."""
    others: list[Match] = []
    taken, tables = Spans(found), Spans(matches)
    for surface in {match.name.surface for match in found if len(match.name.surface) >= REPEATED}:
        short = surface[:-1] if surface[-1] in "镇乡" and len(surface) > REPEATED else ""
        at = text.find(short or surface)
        while at >= 0:
            end = at + len(surface)
            is_short = short and text[at:end] != surface  # 大佘太 is 大佘太镇 again
            end -= bool(is_short)
            goes_on = is_short and (text[end : end + 1] in _GOING_ON or tables.overlap(at, end))
            if not goes_on and not taken.overlap(at, end) and not tables.reach_out(at, end):
                others.append(name_at(text, at, end))
            at = text.find(short or surface, end)
    return apart(others)


def apart(found: list[Match]) -> list[Match]:
    """Return matches in order, of those that overlap the first and longest."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept
