"""Scopes: which class a whole document or a heading addresses, and whether a provision also holds for the whole region.

Inheritance is explicit. Article 2 of the border regulation defines its class and Article 1 names it: every article of
the document reaches the class. A chapter or section whose heading has a class word reaches it with all its sections
and with the items of its boxes that name no place of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from atlas.governing.quotation import Span, clauses, sentences
from atlas.governing.rules import ClassRule
from atlas.models import PlaceClass, Provision

BOXES = {"box", "box-item"}
OPENING_CLAUSES = 2  # a class word in the first clauses of an article says whom the article is about
REPEATED = 2  # a class word in so many clauses of the first sentence says the same
SHORTEST_SENTENCE = 8  # characters; a shorter one is a heading that ran into the text
OPENING = 3  # characters before a place with which an item of a box still opens
FREE_CLAUSES = 2  # so many clauses without a place make a part of a sentence that holds for all
FREE_SHARE = 0.4  # of the text; where less names nothing narrower, the provision is about what it names

_PART = re.compile(r"第[一二三四五六七八九十]+篇")
_REGION_ONLY = re.compile(r"(自治区(人民政府|通信管理部门|所属)|自治区$)")
_EVERY_GOVERNMENT = re.compile(r"旗县级|各级|任何|鼓励")
_CLOSING = re.compile(r"本条例自.{4,14}起施行|作出具体处罚规定|依法给予处分")


class Narrow(NamedTuple):
    """A span that speaks of less than the region."""

    start: int
    end: int
    restricts: bool  # a class word that leaves all others out
    weak: bool = False


class Whole(NamedTuple):
    """The words by which a provision holds for the whole region."""

    span: Span
    in_part: bool  # only some clauses of its sentences do
    doubtful: bool  # what opens the provision touches a class
    mixed: bool  # other parts name places or address classes
    mostly_narrower: bool  # it is about those: no place is reached by what is left for all


def document_scopes(provisions: Sequence[Provision], classes: Iterable[PlaceClass]) -> dict[str, str]:
    """Return the class that a document is about, by document id.

    A document's scope is the class that one of its own articles defines and that its first provision names.
    """
    by_id = {provision.id: provision for provision in provisions}
    scopes: dict[str, str] = {}
    for entry in classes:
        defining = by_id.get(entry.defined_by)
        if defining is None or defining.kind != "article":
            continue
        purpose = next(one for one in provisions if one.document == defining.document)
        if any(word in purpose.text for word in entry.triggers):
            scopes.setdefault(defining.document, entry.id)
    return scopes


def only_for_the_region(provision: Provision) -> bool:
    """Say whether an article gives a task to the region's own government alone."""
    return bool(_REGION_ONLY.match(provision.text)) and not _EVERY_GOVERNMENT.search(provision.text)


def is_closing(provision: Provision) -> bool:
    """Say whether an article is about commencement or liability: it holds wherever the document does."""
    return bool(_CLOSING.search(provision.text))


def headings(provision: Provision) -> Iterator[str]:
    """Yield the provision's own title and the headings above it, the parts of the plan left out."""
    yield provision.title
    yield from (heading for heading in reversed(provision.path) if not _PART.match(heading))


def opens_with_a_place(provision: Provision, named: Sequence[Span]) -> bool:
    """Say whether an item of a box opens with a place: then it is about that place and nothing else."""
    return provision.kind in BOXES and bool(named) and named[0][0] <= OPENING


def heading_classes(provision: Provision, rules: Mapping[str, ClassRule], named: Sequence[Span]) -> Iterator[str]:
    """Yield the classes that the headings address.

    An item of a box that opens with a place is about that place; the heading over the box adds nothing to it.
    """
    if opens_with_a_place(provision, named):
        return
    for key, rule in rules.items():
        if rule.restricts and any(_word(rule, heading) for heading in headings(provision)):
            yield key


def _word(rule: ClassRule, text: str) -> bool:
    return any(found.group("word") for found in rule.words.finditer(text))


def holds_for_all(provision: Provision, narrow: Sequence[Narrow], headed: bool) -> Whole | None:
    """Return the words by which a provision holds for the whole region, None if it does not.

    Args:
        provision: not of a document that has a scope.
        narrow: the spans that name a place in the region or address a class, in order.
        headed: whether a heading restricts the provision to a class or a place.
    """
    text = provision.text
    if headed or (provision.kind in BOXES and any(not span.weak for span in narrow)):
        return None
    found = list(sentences(text))
    opening = [
        [span for span in narrow if _overlap(clause, span)]
        for sentence in found[:1]
        for clause in clauses(text, sentence)
    ]
    if provision.kind == "article":
        restricting = [any(span.restricts for span in clause) for clause in opening]
        if any(restricting[:OPENING_CLAUSES]) or sum(restricting) >= REPEATED:
            return None
    doubtful = any(span.weak for clause in opening[:OPENING_CLAUSES] for span in clause)
    firm = [span for span in narrow if not span.weak]
    words = _free(found, firm)
    part = next(
        (free[0] for sentence in found if len(free := _free(clauses(text, sentence), firm)) >= FREE_CLAUSES), None
    )
    whole = next((one for one in words if _length(one) >= SHORTEST_SENTENCE or len(found) == 1), None)
    if (span := whole or part) is None:
        return None
    return Whole(span, whole is None, doubtful, bool(firm), bool(firm) and _is_mostly_narrower(provision, firm))


def _is_mostly_narrower(provision: Provision, firm: Sequence[Narrow]) -> bool:
    """Say whether a provision that names places is about them: a task of the region's own, or too little is left.

    An article speaks to everybody clause by clause, a section of a plan sentence by sentence. 自治区推进呼伦湖治理 is
    what the region does there.
    """
    article = provision.kind == "article"
    of_region = provision.text.startswith("自治区") and not _EVERY_GOVERNMENT.search(provision.text)
    if article and of_region and any(not span.restricts for span in firm):
        return True
    parts = list(sentences(provision.text))
    if article:
        parts = [clause for sentence in parts for clause in clauses(provision.text, sentence)]
    return sum(map(_length, _free(parts, firm))) < FREE_SHARE * sum(map(_length, parts))


def _free(parts: Iterable[Span], firm: Sequence[Narrow]) -> list[Span]:
    """Return the parts that name nothing narrower than the region."""
    return [part for part in parts if not any(_overlap(part, span) for span in firm)]


def _length(span: Span) -> int:
    return span[1] - span[0]


def _overlap(span: Span, other: Narrow) -> bool:
    return span[0] < other.end and other.start < span[1]
