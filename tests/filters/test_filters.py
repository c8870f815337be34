"""One filter for everything: kinds join by AND, choices of a kind by OR; a count says what a choice would leave."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas.filters import KINDS, SUBJECTS, Filters, Item, narrow
from atlas.filters.items import REGION, Unit
from atlas.filters.keep import COUNTED
from atlas.models import Basis, Precision
from atlas.selection import Selection
from atlas.store import Atlas


@pytest.fixture(scope="module")
def filters(built_atlas) -> Filters:
    return Filters(Atlas(built_atlas))


def only(kept, subject: str) -> frozenset[str]:
    return kept[subject]


# -- on made-up items ------------------------------------------------------------------------------------------------

UNITS = (
    Unit("A1", frozenset({"A1", "A"}), frozenset({"border"}), frozenset({"east"})),
    Unit("A2", frozenset({"A2", "A"}), frozenset(), frozenset({"east"})),
    Unit("B1", frozenset({"B1", "B"}), frozenset({"border", "port"}), frozenset({"west"})),
)
PROVISIONS = (
    Item("names-a1", ((frozenset({"A1"}), "named", "law"),), textual=True),
    Item("names-a2", ((frozenset({"A2"}), "named", "plan"),), textual=True),
    Item("whole", ((frozenset({"A1", "A2", "B1"}), "region", "law"),), textual=True),
    Item("both", ((frozenset({"B1"}), "class", "law"), (frozenset({"A1", "A2", "B1"}), "region", "law")), textual=True),
)
MADE_UP = dict.fromkeys(SUBJECTS, ()) | {
    "provisions": PROVISIONS,
    "units": tuple(Item(unit.id, ((frozenset({unit.id}), "", ""),), ground=True) for unit in UNITS),
    "features": (
        Item("river", ((frozenset({"A2", "B1"}), "named", "law"),), themes=frozenset({"water"})),
        Item("mine", ((frozenset({"A1"}), "", ""),), (("mine", "build", "2025"),), themes=frozenset({"nodes"})),
    ),
}


def kept(subject: str, **chosen) -> set[str]:
    return set(narrow(MADE_UP, UNITS, Selection(**chosen)).kept[subject])


def test_region_class_and_part_meet_in_one_unit() -> None:
    """The river touches A (in A2) and the border (in B1), but no border unit of A."""
    assert kept("features", regions=("A",)) == {"river", "mine"}
    assert kept("features", classes=("border",)) == {"river", "mine"}
    assert kept("features", regions=("A",), classes=("border",)) == {"mine"}


def test_what_holds_everywhere_is_no_answer_about_a_part_unless_asked_for() -> None:
    assert kept("provisions", regions=("A",)) == {"names-a1", "names-a2"}
    assert kept("provisions", regions=("B",)) == {"both"}
    assert kept("provisions", regions=("A",), bases=(Basis.REGION,)) == {"whole", "both"}
    assert kept("provisions") == {"names-a1", "names-a2", "whole", "both"}


def test_place_and_basis_must_belong_together() -> None:
    assert kept("provisions", regions=("A",), bases=(Basis.CLASS,)) == set()
    assert kept("provisions", regions=("B",), bases=(Basis.CLASS,)) == {"both"}


def test_works_and_themes() -> None:
    assert kept("features", categories=("mine",), statuses=("build",)) == {"mine"}
    assert kept("features", categories=("mine",), statuses=("complete",)) == set()
    assert kept("features", themes=("water", "nodes")) == {"river", "mine"}
    assert kept("units", themes=("water",)) == {"A1", "A2", "B1"}  # units carry the map


def test_counts_leave_the_own_kind_out() -> None:
    counts = narrow(MADE_UP, UNITS, Selection(regions=("A1",))).counts
    assert counts["regions"] == {"A1": 1, "A": 2, "A2": 1, "B1": 1, "B": 1}
    assert counts["classes"] == {"border": 1}
    assert counts["bases"] == {"named": 1, "region": 2}


# -- on the atlas ----------------------------------------------------------------------------------------------------


def test_nothing_chosen_keeps_everything(filters: Filters) -> None:
    found = filters.keep(Selection())
    for subject in SUBJECTS:
        assert found[subject] == {item.key for item in filters.items[subject]}
    assert len(found["units"]) == 103


def test_the_question_of_a_planner(filters: Filters, built_atlas) -> None:
    """Which border units have a port, a railway project, and lie in the Yellow River basin?"""
    atlas = Atlas(built_atlas)
    members = {key: set(atlas.gazetteer.classes[key].members) for key in ("class/border", "class/yellow-river-basin")}
    found = filters.keep(Selection(classes=("class/border",)))["units"]
    assert found == members["class/border"]
    with_railway = filters.keep(Selection(classes=("class/border",), categories=("railway",)))["units"]
    assert "150702" not in with_railway
    assert with_railway < found
    named = {
        place for row in atlas.projects().to_dict("records") if row["category"] == "railway" for place in row["places"]
    }
    assert named & found <= with_railway


def test_a_class_that_lists_a_league_and_some_of_its_banners_has_those_banners(filters: Filters, built_atlas) -> None:
    """Alxa League lies in the Yellow River basin by Alxa Left Banner alone; 额济纳旗 is in no way of it."""
    atlas = Atlas(built_atlas)
    members = set(atlas.gazetteer.classes["class/yellow-river-basin"].members)
    leagues = {place.parent for place in atlas.gazetteer.places.values() if place.id in members}
    assert "152900" in members & leagues
    found = filters.keep(Selection(classes=("class/yellow-river-basin",)))["units"]
    assert found == {code for code in members if code.isdigit() and not code.endswith("00")}
    assert "152921" in found
    assert "152923" not in found


def test_a_league_keeps_its_banners_and_what_lies_in_them(filters: Filters) -> None:
    found = filters.keep(Selection(regions=("152900",)))
    assert found["units"] == {"152921", "152922", "152923"}
    assert {"banners/152923", "leagues/152900"} <= found["features"]
    assert "banners/150781" not in found["features"]
    assert "border/2" in found["provisions"]
    assert "model/1" not in found["provisions"]


def test_a_place_of_which_only_the_league_is_known_stands_in_no_banner(filters: Filters, built_atlas) -> None:
    atlas = Atlas(built_atlas)
    leagues = {unit.id for unit in filters.units if unit.id.endswith("00")}
    vague = [item.key for item in filters.items["places"] if len(item.ways[0][0]) == 1 and item.ways[0][0] <= leagues]
    for key in vague:
        place = atlas.gazetteer.places[key]
        (league,) = next(item for item in filters.items["places"] if item.key == key).ways[0][0]
        county = next(unit.id for unit in filters.units if league in unit.regions and unit.id != league)
        assert place.id in filters.keep(Selection(regions=(league,)))["places"]
        assert place.id not in filters.keep(Selection(regions=(county,)))["places"]


def test_a_document_keeps_its_own_provisions(filters: Filters) -> None:
    found = filters.keep(Selection(documents=("border",)))
    assert {key.split("/")[0] for key in found["provisions"]} == {"border"}
    assert found["projects"] == frozenset()


def test_precision_keeps_what_is_drawn_so(filters: Filters, built_atlas) -> None:
    atlas = Atlas(built_atlas)
    found = filters.keep(Selection(precisions=(Precision.SITE,)))["features"]
    for layer in atlas.layers():
        for row in atlas.properties(layer.id):
            if layer.theme != "administrative":
                assert (row["feature"] in found) == (row["precision"] == "site"), row["feature"]


CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "regions": st.sampled_from([("150700",), ("150781", "152923"), ("150100",)]),
        "classes": st.sampled_from([("class/border",), ("class/yellow-river-basin", "class/port-county")]),
        "parts": st.just(("group/dongbu-mengshi",)),
        "documents": st.sampled_from([("border",), ("plan", "ecology")]),
        "themes": st.sampled_from([("water",), ("nodes", "corridors")]),
        "categories": st.sampled_from([("railway",), ("water", "energy")]),
        "statuses": st.just(("build",)),
        "years": st.just((2025,)),
        "bases": st.sampled_from([(Basis.NAMED,), (Basis.CLASS, Basis.REGION)]),
        "precisions": st.just((Precision.SITE,)),
    },
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(chosen=CHOICES)
def test_a_count_is_what_the_choice_would_leave(filters: Filters, chosen) -> None:
    """The number beside each choice is the number of what is kept when that choice alone is made of its kind."""
    counts = filters.narrow(Selection(**chosen)).counts
    for kind in KINDS:
        for choice in list(filters.choices[kind])[:3]:
            value = int(choice.id) if kind == "years" else choice.id
            value = {"bases": Basis, "precisions": Precision}.get(kind, lambda one: one)(value)
            alone = filters.keep(Selection(**{**chosen, kind: (value,)}))[COUNTED[kind]]
            if kind in {"themes", "layers", "precisions"}:  # what carries the map is not counted
                alone = {item.key for item in filters.items["features"] if item.key in alone and not item.ground}
            assert counts[kind].get(choice.id, 0) == len(alone), (kind, choice.id)


def test_choices_have_words_and_keep_something(filters: Filters) -> None:
    nothing = filters.narrow(Selection()).counts
    for kind in ("regions", "classes", "parts", "documents", "themes", "precisions"):
        for choice in filters.choices[kind]:
            assert choice.zh, choice
            assert choice.en, choice
            assert nothing[kind].get(choice.id), (kind, choice.id)
    assert REGION not in {choice.id for choice in filters.choices["regions"]}
