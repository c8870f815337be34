"""What a provision names: the mentions that speak of a place, and the link to each with how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from atlas.gazetteer import Gazetteer
from atlas.governing import concerns, notes
from atlas.governing.addressed import words_of
from atlas.governing.evidence import link_at
from atlas.governing.leagues import LIST, as_what, count_behind
from atlas.governing.quotation import sentence_around
from atlas.governing.rules import ClassRule
from atlas.governing.scopes import BOXES, OPENING
from atlas.governing.targets import LAND, NATURAL, REGION, is_league, kind_of
from atlas.models import Basis, Link, Mention, Place, Provision

CERTAIN_WHOLE_NAME = 0.95
OF_ROUTE = 0.6  # of the certainty, where a road or railway is only called after a range
MOST_OF = 0.5  # of the units of some leagues: if more are counted, each is more likely meant than not
OF_RETROSPECT = 0.5  # of the certainty, where the provision reports what has been done
OF_OUTSIDE = 0.6  # of the certainty, where a place outside the region is only a direction or a partner
RETROSPECT = ("发展成就", "面临形势")  # titles of sections that report

_PRODUCT = re.compile(r"(草原|黑|白)?(肉?羊绒?|肉?牛|大米|马铃薯|葡萄)")
_ORGANISATION = re.compile(r"(师范|农业|工业|科技|医科|民族)?(大学|学院|集团|公司|银行|日报|电视台)")
_SUBSTANCE = re.compile(r"(高铝)?粉煤灰|煤矸石|褐煤")  # 蒙西高铝粉煤灰 is a kind of ash, wherever it is used
_ROUTE = re.compile(r"\w{0,2}(通道|公路|铁路|高速)")  # what is called after a range is not about the range
_CULTURE = re.compile(r"(国家)?文化")  # 黄河文化 is not the river
_LENT_WATER = re.compile(LIST + r"外调水")  # rivers that water is brought from to somewhere else
_BASIN = re.compile("流域")  # a basin is an area, not what water is drawn from
_WIDE = frozenset({"region", "foreign-region", "corridor", "pilot-zone", "museum", "venue"})
_UNDERTAKINGS = frozenset(
    ["farm-base", "logistics-hub", "metro", "mining-area", "tour-route", "venue", "water-project", "facility"]
)
_LONG_NAME = 5  # characters


def whole_names(gazetteer: Gazetteer) -> tuple[tuple[str, str], ...]:
    """Return (name, place) of the works and undertakings whose names are long enough to mean nothing else."""
    return tuple(
        (name, place.id)
        for place in gazetteer.places.values()
        if place.type in _UNDERTAKINGS
        for name in (place.name, *place.aliases)
        if len(name) >= _LONG_NAME
    )


def in_whole(provision: Provision, names: Iterable[tuple[str, str]], mentions: Sequence[Mention]) -> Iterator[Mention]:
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


def names_a_place(text: str, mention: Mention) -> bool:
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


def in_passing(
    provision: Provision, mentions: Sequence[Mention], rules: Mapping[str, ClassRule], gazetteer: Gazetteer
) -> list[Mention]:
    """Return what is named without being spoken of.

    Rivers and the like that are a part of another name, or that a project elsewhere draws from; and in an item of a box
    that opens with a place, the groups that the place is only said to belong to (立足呼包鄂榆城市群中心城市地位).
    """
    phrases = [span for rule in rules.values() for span in words_of(rule.lookalikes, provision.text)]
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


def in_region(target: str, gazetteer: Gazetteer) -> bool:
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


def link_by_name(
    provision: Provision,
    mention: Mention,
    gazetteer: Gazetteer,
    factor: float,
    parts: Sequence[str] = (),
    where: Sequence[str] = (),
) -> Link:
    """Return the link to what a mention names.

    Args:
        provision: that names it.
        mention: of it.
        gazetteer: that knows it.
        factor: of the certainty.
        parts: the parts of the region that the heading is about.
        where: the units in which the project is, if the item of a box says so; see `units_of_project`.
    """
    target = mention.place or ""
    basis = Basis.GROUP if target.startswith("group/") else Basis.NAMED
    certainty = mention.certainty * factor
    if kind_of(target) in LAND and _ROUTE.match(provision.text[mention.end : mention.end + 8]):
        certainty *= OF_ROUTE
    if not in_region(target, gazetteer):
        certainty *= OF_OUTSIDE
    if retrospect := provision.title in RETROSPECT:
        certainty *= OF_RETROSPECT
    heads = provision.kind == "box-item" and mention.start <= OPENING and is_league(target)
    note = notes.join(
        notes.RETROSPECTIVE if retrospect else "",
        notes.HEADS if heads else "",
        notes.spares(concerns.spared(provision, (mention.start, mention.end), people=True)) if heads else "",
        as_what(provision, mention) if target.isdigit() else "",
        notes.about(where or parts) if kind_of(target) in NATURAL else "",
        notes.lands(concerns.lands(provision)) if target.isdigit() else "",
    )
    return link_at(provision, target, basis, mention.start, mention.end, round(certainty, 3), note)


def units_of_project(provision: Provision, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the units in which the project of a box item is, where it is said of it (某流域治理在甲市、乙旗).

    A river or desert that the project is called after is spoken of there and nowhere else.
    """
    if provision.kind != "box-item":
        return ()
    units = [one for one in mentions if (one.place or "").isdigit()]
    at = next((one.start for one in units if provision.text[: one.start].endswith("在")), -1)
    end = min((cut for mark in "，。；" if (cut := provision.text.find(mark, at)) >= 0), default=len(provision.text))
    return tuple(dict.fromkeys(one.place or "" for one in units if at >= 0 and at <= one.start < end))


def are_most(text: str, mention: Mention, mentions: Iterable[Mention], gazetteer: Gazetteer) -> bool:
    """Say whether a number counts most units of the leagues in the list before it (甲市、乙市51个旗县)."""
    number, at = count_behind(text, mention)
    leagues = {one.place for one in mentions if number and count_behind(text, one) == (number, at)}
    units = sum(place.type == "county" and place.parent in leagues for place in gazetteer.places.values())
    return units * MOST_OF < number <= units
