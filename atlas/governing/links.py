"""Provisions to targets: what each provision names or addresses, with the words that say so.

A provision may have several links: to the places it names, to the classes it addresses, and to the whole region where
some of its sentences name nothing narrower. A document or heading whose scope is a class reaches that class also with
the provisions that do not repeat the word; these links say in their note that they rest on the scope.

Every link states a relation found in the text, not a legal conclusion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from atlas.gazetteer import Gazetteer
from atlas.governing import concerns, notes
from atlas.governing.evidence import link_at, link_whole
from atlas.governing.leagues import LIST, as_what, count_behind
from atlas.governing.notes import BY_SCOPE
from atlas.governing.quotation import Span, sentence_around
from atlas.governing.rules import ClassRule, plain_rules
from atlas.governing.scopes import (
    BOXES,
    OPENING,
    Narrow,
    document_scopes,
    heading_classes,
    holds_for_all,
    is_closing,
    only_for_the_region,
    opens_with_a_place,
)
from atlas.governing.targets import LAND, NATURAL, is_league, kind_of
from atlas.models import Basis, Link, Mention, Place, Provision

__all__ = ["BY_SCOPE", "REGION", "find_links"]

REGION = "150000"

CERTAIN_CLASS_WORD = 0.95
CERTAIN_WHOLE_NAME = 0.95
CERTAIN_WEAK_WORD = 0.65
CERTAIN_BY_SCOPE = 0.9
CERTAIN_CLOSING = 0.85
CERTAIN_REGION_ONLY = 0.75  # an article of the scope that gives a task to the region's government alone
CERTAIN_HEADING = 0.85
CERTAIN_HEADING_OF_BOX = 0.6
CERTAIN_REGION = 0.8
CERTAIN_REGION_MIXED = 0.55  # other parts name places or classes: readers of the lists agree in 58 of 100 cases
CERTAIN_REGION_DOUBTFUL = 0.6  # what opens the provision touches a class
CERTAIN_REGION_RETROSPECT = 0.5
OF_NARROWER = 0.75  # of the certainty, where the word names only a part of the class
OF_PARTLY_NARROWER = 0.97  # of the certainty, where other words of the provision name only a part
OF_LOCATED = 0.6  # of the certainty, where an item of a box says in which units its project is
OF_PASSING = 0.5  # of the certainty, where a river is only what a project in other places draws from
OF_PASSING_GROUP = 0.4  # where an item about a place only says that it belongs to the group
OF_ROUTE = 0.6  # of the certainty, where a road or railway is only called after a range
MOST_OF = 0.5  # of the units of some leagues: if more are counted, each is more likely meant than not
OF_RETROSPECT = 0.5  # of the certainty, where the provision reports what has been done
OF_OUTSIDE = 0.6  # of the certainty, where a place outside the region is only a direction or a partner

_RETROSPECT = ("发展成就", "面临形势")
_PRODUCT = re.compile(r"(草原|黑|白)?(肉?羊绒?|肉?牛|大米|马铃薯|葡萄)")
_ORGANISATION = re.compile(r"(师范|农业|工业|科技|医科|民族)?(大学|学院|集团|公司|银行|日报|电视台)")
_SUBSTANCE = re.compile(r"(高铝)?粉煤灰|煤矸石|褐煤")  # 蒙西高铝粉煤灰 is a kind of ash, wherever it is used
_ROUTE = re.compile(r"\w{0,2}(通道|公路|铁路|高速)")  # what is called after a range is not about the range
_CULTURE = re.compile(r"(国家)?文化")  # 黄河文化 is not the river
_LENT_WATER = re.compile(LIST + r"外调水")  # rivers that water is brought from to somewhere else
_BASIN = re.compile("流域")  # a basin is an area, not what water is drawn from
_AIMS = re.compile("目标")  # what a section of aims says of a kind of place touches it
_EXAMPLES = re.compile(r"等\d+个$")  # a class word behind it is what the names before it are examples of
_NUMBER = re.compile(r"\d+个(旗县|旗|县)")  # so many units of the class, and not all
_CLOSES, _SOME_OF = "closes", "some of"
_LANDS_BEFORE = re.compile(r"(森林|草原)\w{0,4}、(\w{2,8}、)*$")
_BECOMES = ("打造成为", "建设成为", "发展成为", "构筑")
_WIDE = frozenset({"region", "foreign-region", "corridor", "pilot-zone", "museum", "venue"})
_UNDERTAKINGS = frozenset(
    ["farm-base", "logistics-hub", "metro", "mining-area", "tour-route", "venue", "water-project", "facility"]
)
_LONG_NAME = 5  # characters
_NEAR = 2  # characters between a named port and the word that closes its list (等口岸)


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
    whole = _whole_names(gazetteer)
    return tuple(
        link
        for provision in provisions
        for link in _links_of(
            provision,
            [*mentions.get(provision.id, ()), *_in_whole(provision, whole, mentions.get(provision.id, ()))],
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
    placed = [mention for mention in mentions if _names_a_place(provision.text, mention)]
    inside = [mention for mention in placed if _in_region(mention.place or "", gazetteer)]
    spans = [(mention.start, mention.end) for mention in inside]
    headed = [] if scope else list(heading_classes(provision, rules, spans))
    bounds = (scope,) if scope else tuple(headed)
    about_a_place = opens_with_a_place(provision, spans)
    classes = list(_classes(provision, inside, gazetteer, rules, bounds))
    if about_a_place:
        # Only what the place itself is called: 黄土高原 in an item about it addresses the units on it.
        classes = [
            one for one in classes if any(at <= one[0].text_start and one[0].text_end <= end for at, end in spans)
        ]
    passing = _in_passing(provision, inside, rules, gazetteer)
    parts = [key for key in headed if rules[key].restricts and _has_units(gazetteer.classes[key].members)]
    for mention in placed:
        factor = OF_PASSING_GROUP if (mention.place or "") in gazetteer.groups else OF_PASSING
        link = _named(provision, mention, gazetteer, factor if mention in passing else 1.0, parts)
        if notes.has(link.note, notes.SOME) and _are_most(provision.text, mention, placed, gazetteer):
            link = link.model_copy(update={"note": notes.instead(link.note, notes.SOME, notes.MOST)})
        yield link
    yield from (link for link, _ in classes)
    addressed = {link.target for link, _ in classes if not notes.has(link.note, notes.WEAK)}
    if scope:
        if scope not in addressed:
            yield _by_scope(provision, scope, rules.get(scope))
        return
    for target in headed:
        if target not in addressed and not _is_narrower(provision, addressed, target, gazetteer):
            sure = CERTAIN_HEADING_OF_BOX if provision.kind == "box-item" else CERTAIN_HEADING
            spares = concerns.spared(provision, (0, 1), people=True) if rules[target].people else ()
            note = notes.join(notes.BY_HEADING, notes.BASIN if rules[target].basin else "", notes.spares(spares))
            yield link_whole(provision, target, Basis.CLASS, round(sure * rules[target].certainty, 3), note)
    titled = any(mention.surface in provision.title for mention in inside)
    narrow = [Narrow(one.start, one.end, restricts=False) for one in inside if one not in passing]
    narrow += [span for _, of_class in classes for span in of_class]
    if whole := holds_for_all(provision, sorted(narrow), bool(headed) or titled):
        sure = CERTAIN_REGION_MIXED if whole.mixed else CERTAIN_REGION
        if whole.doubtful:
            sure = min(sure, CERTAIN_REGION_DOUBTFUL)
        if _is_retrospect(provision):
            sure = CERTAIN_REGION_RETROSPECT
        note = notes.join(
            notes.IN_PART if whole.in_part else notes.MIXED if whole.mixed else "",
            notes.MOSTLY_NARROWER if whole.mostly_narrower else "",
            notes.RETROSPECTIVE if _is_retrospect(provision) else "",
        )
        yield link_whole(provision, REGION, Basis.REGION, sure, note, whole.span)


# -- names that stand whole in a text -----------------------------------------------------------------------------


def _whole_names(gazetteer: Gazetteer) -> tuple[tuple[str, str], ...]:
    """Return (name, place) of the works and undertakings whose names are long enough to mean nothing else."""
    return tuple(
        (name, place.id)
        for place in gazetteer.places.values()
        if place.type in _UNDERTAKINGS
        for name in (place.name, *place.aliases)
        if len(name) >= _LONG_NAME
    )


def _in_whole(provision: Provision, names: Iterable[tuple[str, str]], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the undertakings that a text names in whole, where the parser saw the lake or city in the name."""
    seen = {mention.place for mention in mentions}
    for name, place in names:
        at = provision.text.find(name)
        if at >= 0 and place not in seen:
            seen.add(place)
            yield Mention(
                start=at,
                end=at + len(name),
                surface=name,
                place=place,
                candidates=(place,),
                certainty=CERTAIN_WHOLE_NAME,
            )


# -- what is named ---------------------------------------------------------------------------------------------------


def _names_a_place(text: str, mention: Mention) -> bool:
    """Say whether a mention names a place that the text speaks of: not the region itself, a brand or a body."""
    if mention.place is None or mention.place == REGION:
        return False
    after = text[mention.end : mention.end + 8]
    if _ORGANISATION.match(after) or _SUBSTANCE.match(after):
        return False
    if kind_of(mention.place) in NATURAL and _CULTURE.match(after):
        return False
    first, last = sentence_around(text, mention.start, mention.end)
    return not (_PRODUCT.match(after) and "品牌" in text[first:last])


def _in_passing(
    provision: Provision, mentions: Sequence[Mention], rules: Mapping[str, ClassRule], gazetteer: Gazetteer
) -> list[Mention]:
    """Return what is named without being spoken of.

    Rivers and the like that are a part of another name, or that a project elsewhere draws from; and in an item of a box
    that opens with a place, the groups that the place is only said to belong to (立足呼包鄂榆城市群中心城市地位).
    """
    phrases = [span for rule in rules.values() for span in _spans(rule.lookalikes, provision.text)]
    kinds = {kind_of(mention.place or "") for mention in mentions}
    elsewhere = provision.kind in BOXES and bool(kinds - {"river"})
    about = mentions[0].place if provision.kind in BOXES and mentions and mentions[0].start <= OPENING else None
    return [
        mention
        for mention in mentions
        if (
            (kind := kind_of(mention.place or "")) in NATURAL
            and (
                (elsewhere and kind == "river" and not _BASIN.match(provision.text[mention.end :]))
                or _LENT_WATER.match(provision.text[mention.end : mention.end + 20])
                or any(start <= mention.start and mention.end <= end for start, end in phrases)
            )
        )
        or (about is not None and about in gazetteer.members(mention.place or "") and mention.place != about)
    ]


def _in_region(target: str, gazetteer: Gazetteer) -> bool:
    """Say whether a target is at least in part in the region."""
    return any(
        _is_inside(place) for member in gazetteer.members(target) if (place := gazetteer.places.get(member)) is not None
    )


def _is_inside(place: Place) -> bool:
    if place.type in {"outside-unit", "foreign-place"}:
        return False
    if place.adcode is None:  # it lies in several units, or is a region or corridor that leads far beyond
        return place.type not in _WIDE
    return place.adcode.startswith(REGION[:2])


def _named(
    provision: Provision, mention: Mention, gazetteer: Gazetteer, factor: float, parts: Sequence[str] = ()
) -> Link:
    target = mention.place or ""
    basis = Basis.GROUP if target.startswith("group/") else Basis.NAMED
    certainty = mention.certainty * factor
    if kind_of(target) in LAND and _ROUTE.match(provision.text[mention.end : mention.end + 8]):
        certainty *= OF_ROUTE
    if not _in_region(target, gazetteer):
        certainty *= OF_OUTSIDE
    if retrospect := _is_retrospect(provision):
        certainty *= OF_RETROSPECT
    note = notes.join(
        notes.RETROSPECTIVE if retrospect else "",
        as_what(provision, mention) if target.isdigit() else "",
        notes.about(parts) if kind_of(target) in NATURAL else "",
        notes.lands(concerns.lands(provision)) if target.isdigit() else "",
    )
    return link_at(provision, target, basis, mention.start, mention.end, round(certainty, 3), note)


def _is_narrower(provision: Provision, addressed: Iterable[str], heading: str, gazetteer: Gazetteer) -> bool:
    """Say whether an item of a box addresses a part of the class of its heading: the river's banks, not the basin."""
    whole = set(gazetteer.classes[heading].members)
    return provision.kind in BOXES and any(
        set(members) < whole and _has_units(members)
        for target in addressed
        if target in gazetteer.classes and (members := gazetteer.classes[target].members)
    )


def _are_most(text: str, mention: Mention, mentions: Iterable[Mention], gazetteer: Gazetteer) -> bool:
    """Say whether a number counts most units of the leagues in the list before it (甲市、乙市51个旗县)."""
    number, at = count_behind(text, mention)
    leagues = {one.place for one in mentions if number and count_behind(text, one) == (number, at)}
    units = sum(place.type == "county" and place.parent in leagues for place in gazetteer.places.values())
    return units * MOST_OF < number <= units


def _is_retrospect(provision: Provision) -> bool:
    return provision.title in _RETROSPECT


# -- what is addressed -----------------------------------------------------------------------------------------------


def _classes(
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
        firm = [span for span in _spans(rule.words, provision.text) if not _is_named(span, mentions, members)]
        spans = firm or list(_spans(rule.weak_words, provision.text))
        if spans:
            found[key] = (spans, aims or not firm)
    opening = [
        key
        for key, (spans, weak) in found.items()
        if rules[key].restricts and not weak and _opens(provision, spans) and _has_units(gazetteer.classes[key].members)
    ]
    # A league that is named says in which part of the class the project is, a banner says where it is.
    banners = any((place := mention.place or "").isdigit() and not is_league(place) for mention in mentions)
    located = OF_LOCATED if provision.kind in BOXES and banners else 1.0
    for key, (spans, weak) in found.items():
        bound = () if key in bounds or key in opening else (*bounds, *opening)
        restricts = rules[key].restricts and not weak
        # A class that leaves nobody out says nothing against all units if it has no members, or only kinds of land.
        counts = restricts or any(map(_is_of_people, gazetteer.classes[key].members))
        counted = [_counted(provision.text, span) for span in spans]
        factor = 1.0 if any(one == _CLOSES for one in counted) else located
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


def _has_units(members: Sequence[str]) -> bool:
    """Say whether a class is a territory: it has county-level units, not only leagues that answer for something."""
    return any(member.isdigit() and not member.endswith("00") for member in members)


def _is_of_people(member: str) -> bool:
    return member.isdigit() or kind_of(member) == "port"


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
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
    note = notes.join(note, notes.lands(concerns.lands(provision, (start, end))) if rule.people else "")
    if word := rule.narrowed(provision.text, start, end):
        certainty *= OF_NARROWER
        others = [other for other in rules.values() if set(other.triggers) & set(rule.narrower)]
        siblings = [other.id for other in others if word not in other.triggers]
        note = notes.join(note, notes.narrower(word), notes.beside(siblings if len(siblings) < len(others) else ()))
    elif part := rule.narrow_word(provision.text):
        certainty *= OF_PARTLY_NARROWER
        note = notes.join(note, notes.partly(part))
    return link_at(provision, rule.id, Basis.CLASS, start, end, round(certainty, 3), note)


def _by_scope(provision: Provision, scope: str, rule: ClassRule | None) -> Link:
    certainty, word = CERTAIN_BY_SCOPE, rule.narrow_word(provision.text) if rule else ""
    if is_closing(provision):
        certainty = CERTAIN_CLOSING
    elif only_for_the_region(provision):
        certainty = CERTAIN_REGION_ONLY
    if word:
        certainty *= OF_NARROWER
    note = notes.join(BY_SCOPE, notes.narrower(word))
    return link_whole(provision, scope, Basis.CLASS, round(certainty, 3), note)


# -- links -----------------------------------------------------------------------------------------------------------
