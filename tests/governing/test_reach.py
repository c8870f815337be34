"""The reverse: what a provision reaches, on a small world and on the real documents."""

from __future__ import annotations

from collections.abc import Mapping

from atlas.governing.govern import targets_of
from atlas.governing.reach import Around, Reached, reach
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


def reached(
    *links: Link, classes: Mapping[str, tuple[str, ...]] = CLASSES, inferred: bool = True
) -> dict[str, Reached]:
    found = reach(
        links,
        {**GROUPS, **classes},
        Around(RELATIONS),
        lambda place: targets_of(place, {}, GROUPS, classes, RELATIONS),
        inferred=inferred,
    )
    return {one.place: one for one in found}


def test_a_group_reaches_its_members_surely_and_their_units_by_inference() -> None:
    found = reached(link("group/two", Basis.GROUP))
    assert found["lake/hulun"].basis is Basis.GROUP
    assert found["lake/hulun"].certainty == 0.9
    assert found["150727"].basis is Basis.FEATURE
    assert found["150727"].certainty < 0.7
    assert found["150700"].certainty < found["150727"].certainty, "a further step is less sure"
    assert set(reached(link("group/two", Basis.GROUP), inferred=False)) == set(GROUPS["group/two"])


def test_a_named_unit_reaches_its_league_and_a_named_league_its_units() -> None:
    assert reached(link("150727", Basis.NAMED))["150700"].basis is Basis.FEATURE
    assert reached(link("150700", Basis.NAMED))["150727"].basis is Basis.FEATURE


def test_the_surest_way_is_given() -> None:
    found = reached(link("lake/hulun", Basis.NAMED), link("class/edge", Basis.CLASS))
    assert found["150727"].basis is Basis.CLASS


def test_a_link_bound_to_a_scope_reaches_only_what_lies_in_it() -> None:
    found = reached(link("class/port", Basis.CLASS, note="within=class/edge"))
    assert found == {}
    assert set(reached(link("class/port", Basis.CLASS), inferred=False)) == set(CLASSES["class/port"])


def test_a_unit_is_not_within_a_scope_because_its_league_is() -> None:
    classes = CLASSES | {"class/leagues": ("150700",)}
    bound = link("class/edge", Basis.CLASS, note="within=class/leagues")
    assert "150727" not in reached(bound, classes=classes)


def test_what_a_name_does_not_carry_further() -> None:
    stop = reached(link("150700", Basis.NAMED, note="node"))
    assert set(stop) == {"150700"}
    part = reached(link("lake/hulun", Basis.NAMED, note="about=class/port"))
    assert set(part) == {"lake/hulun"}
    narrow = reached(link("class/port", Basis.CLASS, note="narrower=x;beside=class/hub"), inferred=False)
    assert set(narrow) == set(CLASSES["class/port"]), "a class without members leaves nobody out"
    classes = CLASSES | {"class/hub": ("port/ceke",)}
    found = reached(
        link("class/port", Basis.CLASS, note="narrower=x;beside=class/hub"), classes=classes, inferred=False
    )
    assert set(found) == {"port/inland", "port/edge"}


def test_places_come_as_the_text_has_them(atlas: Atlas) -> None:
    listed = [place for place in atlas.reach("border/2") if place.isdigit()]
    assert listed == list(atlas.gazetteer.classes["class/border"].members), "in the order of Article 2"


def test_what_holds_for_the_region_reaches_it_and_not_its_hundred_units() -> None:
    assert list(reached(link("150000", Basis.REGION, 0.8))) == ["150000"]


def test_reach_is_governing_the_other_way_round(atlas: Atlas) -> None:
    """For every place and provision, with the same basis and certainty: what is found in one is found in the other."""
    forth: dict[tuple[str, str], tuple[Basis, float]] = {}
    for place in atlas.gazetteer.places:
        for record in atlas.governing(place, region_wide=False):
            forth[record.id, place] = (record.basis, record.certainty)
    back = {
        (provision, one.place): (one.basis, one.certainty)
        for provision in atlas.provisions()["id"]
        for one in atlas.reached(provision)
        if one.basis is not Basis.REGION
    }
    assert {key: value for key, value in forth.items() if key[1] != "150000"} == {
        key: value for key, value in back.items() if key[1] != "150000" and key[1] in atlas.gazetteer.places
    }


def test_an_article_for_a_class_reaches_no_unit_outside_it(atlas: Atlas) -> None:
    border = set(atlas.gazetteer.classes["class/border"].members)
    units = {place for place in atlas.reach("security/61") if place.isdigit() and not place.endswith("00")}
    assert units == border
    assert "150000" not in atlas.reach("security/61")
