"""The reverse: what a provision reaches, on a small world and on the real documents."""

from __future__ import annotations

from atlas.governing.reach import Reached, reach
from atlas.models import Basis, Link, Relation
from atlas.store import Atlas

RELATIONS = (
    Relation("150727", "150700", "lies-in", 1.0),
    Relation("lake/hulun", "150727", "crosses", 0.83),
    Relation("port/ceke", "152923", "lies-in", 1.0),
)
CLASSES = {"class/edge": ("150727",), "class/port": ("port/ceke", "port/inland", "port/edge")}
GROUPS = {"group/two": ("lake/hulun", "lake/daihai")}


def link(target: str, basis: Basis, certainty: float = 0.9, note: str = "") -> Link:
    return Link(
        provision="rule/1",
        target=target,
        basis=basis,
        start=0,
        end=1,
        text_start=0,
        text_end=1,
        quote_start=0,
        quote_end=1,
        witness_start=0,
        witness_end=1,
        quotation="x",
        certainty=certainty,
        note=note,
    )


def reached(*links: Link) -> dict[str, Reached]:
    return {one.place: one for one in reach(links, GROUPS, CLASSES, RELATIONS)}


def test_a_group_reaches_its_members_surely_and_their_units_by_inference() -> None:
    found = reached(link("group/two", Basis.GROUP))
    assert found["lake/hulun"].basis is Basis.GROUP
    assert found["lake/hulun"].certainty == 0.9
    assert found["150727"].basis is Basis.FEATURE
    assert found["150727"].certainty < 0.7
    assert "150700" not in found, "two steps on the map are not taken"


def test_a_named_unit_reaches_its_league_and_a_named_league_its_units() -> None:
    assert reached(link("150727", Basis.NAMED))["150700"].basis is Basis.FEATURE
    assert reached(link("150700", Basis.NAMED))["150727"].basis is Basis.FEATURE


def test_the_surest_way_is_given() -> None:
    found = reached(link("lake/hulun", Basis.NAMED), link("class/edge", Basis.CLASS))
    assert found["150727"].basis is Basis.CLASS


def test_a_link_bound_to_a_scope_reaches_only_what_lies_in_it() -> None:
    found = reached(link("class/port", Basis.CLASS, note="within=class/edge"))
    assert found == {}
    assert set(reached(link("class/port", Basis.CLASS))) == set(CLASSES["class/port"])


def test_a_unit_is_not_within_a_scope_because_its_league_is() -> None:
    classes = CLASSES | {"class/leagues": ("150700",)}
    bound = link("class/edge", Basis.CLASS, note="within=class/leagues")
    assert not {one.place for one in reach([bound], GROUPS, classes, RELATIONS)}


def test_what_a_name_does_not_carry_further() -> None:
    stop = reached(link("150700", Basis.NAMED, note="node"))
    assert set(stop) == {"150700"}
    part = reached(link("lake/hulun", Basis.NAMED, note="about=class/port"))
    assert set(part) == {"lake/hulun"}
    narrow = reached(link("class/port", Basis.CLASS, note="narrower=x;beside=class/hub"))
    assert set(narrow) == set(CLASSES["class/port"]), "a class without members leaves nobody out"
    classes = CLASSES | {"class/hub": ("port/ceke",)}
    found = reach([link("class/port", Basis.CLASS, note="narrower=x;beside=class/hub")], GROUPS, classes, RELATIONS)
    assert {one.place for one in found} == {"port/inland", "port/edge"}


def test_reach_and_governing_agree_on_what_is_sure(atlas: Atlas) -> None:
    for provision in ("model/44", "ecology/40", "border/45", "security/61", "plan/9/1", "plan/box-4/2", "plan/26/2"):
        for place in atlas.reach(provision):
            if place.isdigit() and place != "150000":
                given = {record.id: record for record in atlas.governing(place)}
                assert provision in given, (provision, place)


def test_an_article_for_a_class_reaches_no_unit_outside_it(atlas: Atlas) -> None:
    border = set(atlas.gazetteer.classes["class/border"].members)
    units = {place for place in atlas.reach("security/61") if place.isdigit() and not place.endswith("00")}
    assert units == border
    assert "150000" not in atlas.reach("security/61")
