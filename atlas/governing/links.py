"""Provisions to targets: what each provision names or addresses, with the words that say so.

A provision may have several links: to the places it names, to the classes it addresses, and to the whole region where
some of its sentences name nothing narrower. A document or heading whose scope is a class reaches that class also with
the provisions that do not repeat the word; these links say in their note that they rest on the scope.

Every link states a relation found in the text, not a legal conclusion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from atlas.gazetteer import Gazetteer
from atlas.governing import notes
from atlas.governing.addressed import classes_addressed, has_units, is_narrower, link_by_heading, link_by_scope
from atlas.governing.evidence import link_whole
from atlas.governing.named import (
    RETROSPECT,
    are_most,
    in_passing,
    in_region,
    in_whole,
    link_by_name,
    names_a_place,
    units_of_project,
    whole_names,
)
from atlas.governing.notes import BY_SCOPE
from atlas.governing.rules import ClassRule, plain_rules
from atlas.governing.scopes import Narrow, Whole, document_scopes, heading_classes, holds_for_all, opens_with_a_place
from atlas.governing.targets import REGION
from atlas.models import Basis, Link, Mention, Provision

__all__ = ["BY_SCOPE", "REGION", "find_links"]

CERTAIN_REGION = 0.8
CERTAIN_REGION_MIXED = 0.55  # other parts name places or classes: readers of the lists agree in 58 of 100 cases
CERTAIN_REGION_DOUBTFUL = 0.6  # what opens the provision touches a class
CERTAIN_REGION_RETROSPECT = 0.5
OF_PASSING = 0.5  # of the certainty, where a river is only what a project in other places draws from
OF_PASSING_GROUP = 0.4  # where an item about a place only says that it belongs to the group


def find_links(
    provisions: Sequence[Provision],
    mentions: Mapping[str, Sequence[Mention]],
    gazetteer: Gazetteer,
    rules: Mapping[str, ClassRule] | None = None,
) -> tuple[Link, ...]:
    """Return every link, in the order of the provisions.

    Args:
        provisions: the corpus.
        mentions: per provision id, its mentions with offsets into the provision's text.
        gazetteer: with the members of its classes.
        rules: how the words of each class are read; the triggers alone if not given.
    """
    known = rules if rules is not None else plain_rules(gazetteer.classes.values())
    scopes = document_scopes(provisions, gazetteer.classes.values())
    whole = whole_names(gazetteer)
    return tuple(
        link
        for provision in provisions
        for link in _links_of(
            provision,
            [*mentions.get(provision.id, ()), *in_whole(provision, whole, mentions.get(provision.id, ()))],
            gazetteer,
            known,
            scopes.get(provision.document),
        )
    )


def _links_of(
    provision: Provision,
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    rules: Mapping[str, ClassRule],
    scope: str | None,
) -> Iterator[Link]:
    placed = [mention for mention in mentions if names_a_place(provision.text, mention)]
    inside = [mention for mention in placed if in_region(mention.place or "", gazetteer)]
    spans = [(mention.start, mention.end) for mention in inside]
    headed = [] if scope else list(heading_classes(provision, rules, spans))
    bounds = (scope,) if scope else tuple(headed)
    about_a_place = opens_with_a_place(provision, spans)
    classes = list(classes_addressed(provision, inside, gazetteer, rules, bounds))
    if about_a_place:
        # Only what the place itself is called: 黄土高原 in an item about it addresses the units on it.
        classes = [
            one for one in classes if any(at <= one[0].text_start and one[0].text_end <= end for at, end in spans)
        ]
    passing = in_passing(provision, inside, rules, gazetteer)
    parts = [key for key in headed if rules[key].restricts and has_units(gazetteer.classes[key].members)]
    where = units_of_project(provision, inside)
    for mention in placed:
        factor = OF_PASSING_GROUP if (mention.place or "") in gazetteer.groups else OF_PASSING
        link = link_by_name(provision, mention, gazetteer, factor if mention in passing else 1.0, parts, where)
        if notes.has(link.note, notes.SOME) and are_most(provision.text, mention, placed, gazetteer):
            link = link.model_copy(update={"note": notes.instead(link.note, notes.SOME, notes.MOST)})
        yield link
    yield from (link for link, _ in classes)
    addressed = {link.target for link, _ in classes if not notes.has(link.note, notes.WEAK)}
    if scope:
        if scope not in addressed:
            yield link_by_scope(provision, scope, rules.get(scope))
        return
    for target in headed:
        if target not in addressed and not is_narrower(provision, addressed, target, gazetteer):
            yield link_by_heading(provision, target, rules[target])
    titled = any(mention.surface in provision.title for mention in inside)
    narrow = [Narrow(one.start, one.end, restricts=False) for one in inside if one not in passing]
    narrow += [span for _, of_class in classes for span in of_class]
    if whole := holds_for_all(provision, sorted(narrow), bool(headed) or titled):
        yield _of_the_region(provision, whole)


def _of_the_region(provision: Provision, whole: Whole) -> Link:
    retrospect = provision.title in RETROSPECT
    sure = CERTAIN_REGION_MIXED if whole.mixed else CERTAIN_REGION
    if whole.doubtful:
        sure = min(sure, CERTAIN_REGION_DOUBTFUL)
    if retrospect:
        sure = CERTAIN_REGION_RETROSPECT
    note = notes.join(
        notes.IN_PART if whole.in_part else notes.MIXED if whole.mixed else "",
        notes.RETROSPECTIVE if retrospect else "",
    )
    # What is about the places that it names lies in the region: it is no reason for any other place.
    basis = Basis.FEATURE if whole.mostly_narrower else Basis.REGION
    return link_whole(provision, REGION, basis, sure, note, whole.span)
