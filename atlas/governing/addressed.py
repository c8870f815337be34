"""Whom a provision addresses: the classes that its words, its document or its headings speak to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from atlas.gazetteer import Gazetteer
from atlas.governing import concerns, notes
from atlas.governing.evidence import link_at, link_whole
from atlas.governing.notes import BY_SCOPE
from atlas.governing.quotation import Span
from atlas.governing.rules import ClassRule
from atlas.governing.scopes import BOXES, Narrow, is_closing, only_for_the_region
from atlas.governing.targets import is_league, kind_of
from atlas.models import Basis, Link, Mention, Provision

CERTAIN_CLASS_WORD = 0.95
CERTAIN_WEAK_WORD = 0.65
CERTAIN_BY_SCOPE = 0.9
CERTAIN_CLOSING = 0.85
CERTAIN_HEADING = 0.85
CERTAIN_HEADING_OF_BOX = 0.6
CERTAIN_REGION_ONLY = 0.75  # an article of the scope that gives a task to the region's government alone
OF_NARROWER = 0.75  # of the certainty, where the word names only a part of the class
OF_PARTLY_NARROWER = 0.97  # of the certainty, where other words of the provision name only a part
OF_LOCATED = 0.6  # of the certainty, where an item of a box says in which units its project is

_AIMS = re.compile("目标")  # what a section of aims says of a kind of place touches it
_EXAMPLES = re.compile(r"等\d+个$")  # a class word behind it is what the names before it are examples of
_NUMBER = re.compile(r"\d+个(旗县|旗|县)")  # so many units of the class, and not all
_CLOSES, _SOME_OF = "closes", "some of"
_LANDS_BEFORE = re.compile(r"(森林|草原)\w{0,4}、(\w{2,8}、)*$")
_BECOMES = ("打造成为", "建设成为", "发展成为", "构筑")
_NEAR = 2  # characters between a named port and the word that closes its list (等口岸)


def classes_addressed(
    provision: Provision,
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    rules: Mapping[str, ClassRule],
    bounds: Sequence[str],
) -> Iterator[tuple[Link, list[Narrow]]]:
    """Yield a link for each class that the provision addresses, at the best of its words, and all their spans."""
    found: dict[str, tuple[list[Span], bool]] = {}
    aims = provision.kind == "section" and bool(_AIMS.search(provision.title))
    for key, rule in rules.items():
        if not rule.counts_in(provision.document) or key not in gazetteer.classes:
            continue
        members = gazetteer.classes[key].members
        firm = [span for span in words_of(rule.words, provision.text) if not _is_named(span, mentions, members)]
        spans = firm or list(words_of(rule.weak_words, provision.text))
        if spans:
            found[key] = (spans, aims or not firm)
    opening = [
        key
        for key, (spans, weak) in found.items()
        if rules[key].restricts and not weak and _opens(provision, spans) and has_units(gazetteer.classes[key].members)
    ]
    # A league that is named says in which part of the class the project is, a banner says where it is.
    banners = [mention for mention in mentions if (one := mention.place or "").isdigit() and not is_league(one)]
    for key, (spans, weak) in found.items():
        bound = () if key in bounds or key in opening else (*bounds, *opening)
        restricts = rules[key].restricts and not weak
        # A class that leaves nobody out says nothing against all units if it has no members, or only kinds of land.
        counts = restricts or any(map(_is_of_people, gazetteer.classes[key].members))
        counted = [_counted(provision.text, span) for span in spans]
        stands = provision.kind not in BOXES or all(_beside(provision.text, span, banners) for span in spans)
        factor = 1.0 if stands or any(one == _CLOSES for one in counted) else OF_LOCATED
        if all(one == _SOME_OF for one in counted):
            factor *= OF_NARROWER
        yield (
            _class_link(provision, rules, key, spans, bound, weak=weak, factor=factor),
            [Narrow(start, end, restricts=restricts, weak=not restricts) for start, end in spans if counts],
        )


def _counted(text: str, span: Span) -> str:
    """Say how a number counts the members of a class: all (阿巴嘎等33个牧业旗县) or some (东部盟市36个旗县)."""
    if _EXAMPLES.search(text[: span[0]]):
        return _CLOSES
    return _SOME_OF if _NUMBER.match(text[span[1] : span[1] + 8]) else ""


def _opens(provision: Provision, spans: Sequence[Span]) -> bool:
    """Say whether one of the spans stands in the first clause of an article: whoever is addressed there is bound."""
    comma = provision.text.find("，")
    return provision.kind == "article" and spans[0][0] < (comma if comma >= 0 else len(provision.text))


def has_units(members: Sequence[str]) -> bool:
    """Say whether a class is a territory: it has county-level units, not only leagues that answer for something."""
    return any(member.isdigit() and not member.endswith("00") for member in members)


def _is_of_people(member: str) -> bool:
    return member.isdigit() or kind_of(member) == "port"


def words_of(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    """Yield where a class word stands.

    A word that a definition explains (所称…，是指) addresses nobody, nor one for what somebody else becomes
    (将甲、乙打造成为东部地区增长极), nor a kind of land in a list of all kinds (森林、草原、湿地、荒漠生态系统).
    """
    for found in pattern.finditer(text):
        before = text[: found.start()]
        if _LANDS_BEFORE.search(before):
            continue
        explained = before.endswith("所称") and text[found.end() : found.end() + 3].startswith("，是指")
        if found.group("word") and not explained and not before.endswith(_BECOMES):
            yield found.span("word")


def _is_named(span: Span, mentions: Iterable[Mention], members: Sequence[str]) -> bool:
    """Say whether the word only closes or opens a list of members (满洲里、策克等口岸; 重要口岸枢纽满洲里、…)."""
    return any(
        mention.place in members
        and (mention.start < span[0] <= mention.end + _NEAR or span[1] <= mention.start <= span[1] + _NEAR)
        for mention in mentions
    )


def _beside(text: str, span: Span, banners: Iterable[Mention]) -> bool:
    """Say whether the banners that a text names stand beside a class word in a list (建设甲流域、乙旗等旅游带).

    They say where the project of the class is if they do not: 甲流域治理在乙旗、丙旗.
    """
    between = (text[span[1] : one.start] for one in banners)
    return all("、" in words and "在" not in words for words in between)


def _class_link(
    provision: Provision,
    rules: Mapping[str, ClassRule],
    key: str,
    spans: Sequence[Span],
    bound: Sequence[str],
    *,
    weak: bool,
    factor: float,
) -> Link:
    rule = rules[key]
    start, end = spans[0]
    certainty = (CERTAIN_WEAK_WORD if weak else CERTAIN_CLASS_WORD) * rule.certainty * factor
    spares = concerns.spared(provision, (start, end), people=rule.people)
    basin = notes.BASIN if rule.basin else ""
    note = notes.join(notes.WEAK if weak else "", basin, notes.within(bound), notes.spares(spares))
    if rule.people:
        note = notes.join(note, notes.lands(concerns.lands(provision, (start, end))))
    elif not weak and not rule.basin:
        note = notes.join(note, notes.nature(concerns.nature(provision, (start, end))))
    if word := rule.narrowed(provision.text, start, end):
        certainty *= OF_NARROWER
        others = [other for other in rules.values() if set(other.triggers) & set(rule.narrower)]
        siblings = [other.id for other in others if word not in other.triggers]
        note = notes.join(note, notes.narrower(word), notes.beside(siblings if len(siblings) < len(others) else ()))
    elif part := rule.narrow_word(provision.text):
        certainty *= OF_PARTLY_NARROWER
        note = notes.join(note, notes.partly(part))
    return link_at(provision, rule.id, Basis.CLASS, start, end, round(certainty, 3), note)


def link_by_scope(provision: Provision, scope: str, rule: ClassRule | None) -> Link:
    """Return the link to the class that the whole document is about."""
    certainty, word = CERTAIN_BY_SCOPE, rule.narrow_word(provision.text) if rule else ""
    if is_closing(provision):
        certainty = CERTAIN_CLOSING
    elif only_for_the_region(provision):
        certainty = CERTAIN_REGION_ONLY
    if word:
        certainty *= OF_NARROWER
    note = notes.join(BY_SCOPE, notes.narrower(word))
    return link_whole(provision, scope, Basis.CLASS, round(certainty, 3), note)


def is_narrower(provision: Provision, addressed: Iterable[str], heading: str, gazetteer: Gazetteer) -> bool:
    """Say whether an item of a box addresses a part of the class of its heading: the river's banks, not the basin."""
    whole = set(gazetteer.classes[heading].members)
    return provision.kind in BOXES and any(
        set(members) < whole and has_units(members)
        for target in addressed
        if target in gazetteer.classes and (members := gazetteer.classes[target].members)
    )


def link_by_heading(provision: Provision, target: str, rule: ClassRule) -> Link:
    """Return the link to a class that a heading above the provision addresses."""
    sure = CERTAIN_HEADING_OF_BOX if provision.kind == "box-item" else CERTAIN_HEADING
    spares = concerns.spared(provision, (0, 1), people=True) if rule.people else ()
    note = notes.join(notes.BY_HEADING, notes.BASIN if rule.basin else "", notes.spares(spares))
    return link_whole(provision, target, Basis.CLASS, round(sure * rule.certainty, 3), note)
