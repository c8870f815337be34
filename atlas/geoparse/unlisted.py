"""Names that no table has, known by their form: 察素齐镇 behind its banner, 文得根水利枢纽, 营盘壕煤矿.

A generic word (atlas/geoparse/forms.py) closes the name. Where it begins is read from the words before it: a mark of
punctuation, a name, a word that only connects, or an ordinary word ends the search. What lies between has to be
proper: syllables, or words that a dictionary of the language has as names; an ordinary word (团结镇) counts only right
behind the unit that it lies in, or in a list of the like. In a list between names that are known, an item of
syllables is a name too (正蓝旗、阿都呼都格、锡林浩特). All are mentions without a place: the gazetteer lacks them.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from atlas.geoparse.automaton import Match
from atlas.geoparse.chains import behind_unit, by_dash
from atlas.geoparse.finder import Finder
from atlas.geoparse.listed import (
    Spans,
    by_gloss,
    listed,
    old_banners,
)
from atlas.geoparse.repeated import again, apart
from atlas.geoparse.routes import by_end, by_route
from atlas.geoparse.words import Words
from atlas.geoparse.zones import zones

REASON = "not in the gazetteer: known by its form only"
_start = itemgetter(0)  # of a match


def unlisted(
    text: str,
    matches: Sequence[Match],
    words: Words,
    generics: Sequence[tuple[int, int, str]],
    areas: Sequence[tuple[int, int]] = (),
) -> list[Match]:
    """Return the names known by their form only, in order; one that holds or extends a match goes before it.

    `generics` are the generic words of the text that may close a name, as (start, end, word), `areas` where those of
    protected areas and resorts are.
    """
    listing = bool(matches) and ("、" in text or "以" in text)
    routes = [*by_route(text, matches, words), *by_end(text, matches, words)]
    banners = list(old_banners(text, matches)) if "旗" in text else []
    if not generics and not matches and not banners:
        return []
    finder = Finder(text, matches, words)
    for at, end, word in generics:
        # Most generic words stand behind a word that closes the search (的河流, 、河, 建立社区): they cost no call.
        if at and "\u3400" <= text[at - 1] <= "\u9fff" and not finder.is_acted_on(at):
            finder.by_generic(at, end, word)
    found = apart([*routes, *banners, *finder.found]) if routes or banners else finder.found
    if found:
        spans = {(match.start, match.end) for match in matches}
        found = [match for match in found if (match.start, match.end) not in spans]
        found = apart(found + again(text, apart(found), matches))
    if areas and (wide := list(zones(text, sorted([*matches, *found], key=_start), words, areas))):
        found = apart([*found, *wide])
    glosses = list(by_gloss(text, [*matches, *found], words)) if "称" in text or "名" in text else []
    if glosses:
        taken = Spans(sorted(matches, key=_start))
        found = apart(found + [one for one in glosses if not taken.overlap(one.start, one.end)])
    known = sorted([*matches, *found], key=_start) if found else matches
    if chained := [*by_dash(text, known, words), *behind_unit(text, known)]:
        taken = Spans(known)
        found = apart(found + [one for one in chained if not taken.overlap(one.start, one.end)])
    if listing:
        names = sorted([*matches, *found], key=_start) if found else matches
        items = listed(text, names, words)
        if items:
            taken = Spans(found)
            found = apart(found + [item for item in items if not taken.overlap(item.start, item.end)])
    return found
