"""The filter panel's data: every kind and choice with words in both languages, chips of what is chosen, counts."""

from __future__ import annotations

import json

import pytest

from atlas.filters import Filters
from atlas.models import Basis
from atlas.selection import Selection
from atlas.store import Atlas
from atlas.ui.filtering import choice_name, filter_data
from atlas.ui.state import FILTERED, View
from atlas.ui.words import LANGS, WORDS


@pytest.fixture(scope="module")
def filters(built_atlas) -> Filters:
    return Filters(Atlas(built_atlas))


@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_and_choice_has_a_name(filters: Filters, lang: str) -> None:
    data = filter_data(filters, View(lang=lang))
    assert [kind["id"] for kind in data["kinds"]] == list(FILTERED)
    for kind in data["kinds"]:
        assert kind["choices"], kind["id"]
        for choice in kind["choices"]:
            assert choice["title"], (kind["id"], choice)
    coded = {"bases": "basis", "categories": "category", "statuses": "status"}
    for kind, prefix in coded.items():
        for choice in filters.choices[kind]:
            assert f"{prefix}_{choice.id}" in WORDS
            assert choice_name(kind, choice, lang) == WORDS[f"{prefix}_{choice.id}"][LANGS.index(lang)]


def test_chips_say_what_is_chosen(filters: Filters) -> None:
    view = View(selection=Selection(regions=("152900",), bases=(Basis.NAMED,), years=(2025,)))
    chips = filter_data(filters, view)["chips"]
    assert [(chip["kind"], chip["title"]) for chip in chips] == [
        ("regions", "阿拉善盟"),
        ("bases", "点名"),
        ("years", "2025"),
    ]
    assert chips[0]["label"] == "取消筛选：阿拉善盟"


def test_a_filter_that_keeps_nothing_says_what_to_do(filters: Filters) -> None:
    view = View(selection=Selection(regions=("152923",), documents=("border",), categories=("metro",)))
    assert "取消其中一项" in filter_data(filters, view)["empty"]
    assert filter_data(filters, View())["empty"] == ""


def test_the_panel_stays_small(filters: Filters) -> None:
    assert len(json.dumps(filter_data(filters, View()), ensure_ascii=False).encode()) < 40_000
