"""What the pane says: plain runs of text that are the text again, whatever stands in it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.errors import UnknownNameError
from atlas.filters import Filters
from atlas.layers import catalogue
from atlas.models import Basis
from atlas.selection import Selection
from atlas.store import Atlas
from atlas.ui.content import article_card, place_card, runs, welcome
from atlas.ui.index import Index, make_index
from atlas.ui.opened import project_basis
from atlas.ui.state import PAGE, View
from atlas.ui.words import LANGS, WORDS, named, word


@pytest.fixture
def index(atlas: Atlas) -> Index:
    return make_index(catalogue(), {layer.id: atlas.properties(layer.id) for layer in catalogue()})


# -- runs --------------------------------------------------------------------------------------------------------------


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=8))
def test_runs_are_the_text_again(text: str, marks: list[tuple[int, int]]) -> None:
    assert "".join(run["text"] for run in runs(text, marks)) == text


def test_runs_mark_what_they_are_told() -> None:
    text = "在𠮷额济纳旗和<b>满洲里市</b>。"
    spans = [(text.index(name), text.index(name) + len(name)) for name in ("额济纳旗", "满洲里市")]
    assert [run["text"] for run in runs(text, spans) if run["mark"]] == ["额济纳旗", "满洲里市"]


# -- places ------------------------------------------------------------------------------------------------------------


def test_the_card_of_a_banner(atlas: Atlas, index: Index) -> None:
    governing = atlas.governing("152923")
    card = place_card(atlas, index, View(place="152923"), governing)
    assert (card["title"], card["subtitle"]) == ("额济纳旗", "Ejin Banner")
    facts = {fact["label"]: fact for fact in card["facts"]}
    assert facts["代码"]["value"] == "152923"
    assert facts["所属盟市"] == {"label": "所属盟市", "value": "阿拉善盟", "place": "152900"}
    assert [group["basis"] for group in card["groups"]] == list(dict.fromkeys(str(row.basis) for row in governing))
    assert sum(group["total"] for group in card["groups"]) == len(governing)
    named_group = card["groups"][0]
    first = next(item for item in named_group["items"] if item["id"] == "border/2")
    assert first["number"] == "第二条"
    assert {"text": "额济纳旗", "mark": True} in first["quotation"]


def test_region_wide_provisions_stay_closed_until_asked(atlas: Atlas, index: Index) -> None:
    governing = atlas.governing("152923")
    view = View(place="152923")

    def region(view: View) -> dict:
        return next(
            group for group in place_card(atlas, index, view, governing)["groups"] if group["basis"] == "region"
        )

    assert region(view)["items"] == []
    assert region(view)["total"] > 100
    assert len(region(view.with_more(Basis.REGION))["items"]) == PAGE


def test_the_pane_stays_small(atlas: Atlas, index: Index) -> None:
    """Payload is what makes many sessions wait: no card of any place sends more than 80 kB at first."""
    for place in index.places:
        try:
            governing = atlas.governing(place)
        except UnknownNameError:
            governing = project_basis(atlas, place)
        card = place_card(atlas, index, View(place=place), governing)
        assert len(json.dumps(card, ensure_ascii=False).encode()) < 80_000, place


def test_a_railway_rests_on_the_item_that_lists_it(atlas: Atlas, index: Index) -> None:
    (basis,) = project_basis(atlas, "railway/01")
    card = place_card(atlas, index, View(place="railway/01"), [basis])
    assert basis.id == "plan/box-20/1"
    ((start, end),) = basis.marks
    assert basis.quotation[start:end].startswith("包头至银川")
    assert card["groups"][0]["items"][0]["number"] == "专栏20（一）"
    assert project_basis(atlas, "railway/none") == ()


# -- articles ----------------------------------------------------------------------------------------------------------


def test_the_card_of_an_article(atlas: Atlas, index: Index) -> None:
    card = article_card(atlas, index, View(place="152923", article="border/2"))
    assert card["title"] == "第二条"
    text = "\n".join("".join(run["text"] for run in paragraph) for paragraph in card["paragraphs"])
    assert text == atlas.provision("border/2").text
    assert [place["id"] for place in card["places"]] == list(atlas.reach("border/2"))
    own = [run["text"] for paragraph in card["paragraphs"] for run in paragraph if run.get("own")]
    assert own == ["额济纳旗"]
    assert card["back"] == "返回 额济纳旗"


def test_every_article_has_a_card_with_its_whole_text(atlas: Atlas, index: Index) -> None:
    for article in atlas.provisions()["id"]:
        card = article_card(atlas, index, View(article=article))
        shown = "".join(run["text"] for paragraph in card["paragraphs"] for run in paragraph)
        lines = [line for line in atlas.provision(article).text.split("\n") if line.strip()]
        assert shown == "".join(lines), article


# -- the start, the index, the words -----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_start_names_every_document(atlas: Atlas, index: Index, lang: str) -> None:
    card = welcome(atlas, index, lang)
    assert len(card["documents"]) == 8
    assert "66" in card["documents"][0]["note"]
    assert card["examples"]


def hides(index: Index, kept: frozenset[str]) -> set[str]:
    """What the map hides when it is told so, as static/atlas-map.js has it."""
    hidden, staying = index.narrowed(kept)
    assert not {feature.split("/")[0] for feature in hidden} & set(staying)
    of_layers = {row.feature for layer in staying for row in index.features[layer]}
    return set(hidden) | of_layers - {f"{layer}/{name}" for layer, names in staying.items() for name in names}


def test_a_filter_by_league_hides_the_rest(atlas: Atlas, index: Index) -> None:
    kept = Filters(atlas).keep(Selection(regions=("152900",)))["features"]
    hidden = hides(index, kept)
    shown = [row.name_zh for row in index.features["banners"] if row.feature not in hidden]
    assert sorted(shown) == sorted(["阿拉善左旗", "阿拉善右旗", "额济纳旗"])
    assert not {row.feature for row in index.features["neighbours"]} & hidden
    ours = {row.feature for layer in index.layers for row in index.features[layer.id] if layer.id != "neighbours"}
    assert hidden == ours - kept
    told = index.narrowed(kept)
    assert len(json.dumps(told)) < len(json.dumps(sorted(hidden))) / 3
    assert index.narrowed(Filters(atlas).keep(Selection())["features"]) == ((), {})


def test_the_card_of_a_project_that_no_layer_draws(atlas: Atlas, index: Index) -> None:
    rows = {row["id"]: row for row in atlas.projects().to_dict("records")}
    key = next(key for key, row in rows.items() if row["places"] and key not in index.places)
    card = place_card(atlas, index, View(place=key), project_basis(atlas, key), rows)
    assert card["title"] == rows[key]["name"]
    named_here = [member for place in rows[key]["places"] for member in atlas.gazetteer.members(place)]
    assert [place["id"] for place in card["under"]] == named_here
    assert card["groups"][0]["items"][0]["id"] == rows[key]["provision"]


def test_every_place_has_a_word_for_its_type_and_status(index: Index) -> None:
    for row in index.places.values():
        assert f"type_{row.type}" in WORDS, row
        assert not row.status or f"status_{row.status}" in WORDS, row


def test_words_come_in_both_languages() -> None:
    for key, pair in WORDS.items():
        assert len(pair) == len(LANGS)
        assert pair[0], key
        assert pair[1], key
    assert word("certainty", "zh", percent=85) == "可信度 85%"
    assert named("type", "unheard-of", "zh") == "unheard-of"
    with pytest.raises(UnknownNameError, match="did you mean"):
        word("layer", "zh")
