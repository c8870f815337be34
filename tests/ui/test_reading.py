"""The reader: chapters hold every provision once and their whole text; a paragraph has a reach of its own."""

from __future__ import annotations

import json

import pytest

from atlas.selection import Selection
from atlas.store import Atlas
from atlas.ui.describing import about_data
from atlas.ui.listing import list_card
from atlas.ui.opened import Opened
from atlas.ui.reading import PARAGRAPH, contents_data, reach_of, reader_data, where
from atlas.ui.state import View
from atlas.ui.words import LANGS


@pytest.fixture(scope="module")
def opened(built_atlas) -> Opened:
    return Opened(built_atlas)


def test_chapters_hold_every_provision_once_in_order(opened: Opened) -> None:
    for document in opened.known.documents:
        held = [key for chapter in opened.chapters(document) for key in chapter.provisions]
        assert held == list(opened.atlas.provisions(document)["id"])
    assert len(opened.chapters("border")) == 9
    plan = opened.chapters("plan")
    assert sum(chapter.title.startswith("第") for chapter in plan) == 54
    assert plan[0].title.startswith("序言")


def test_a_chapter_shows_its_whole_text_and_stays_small(opened: Opened) -> None:
    for document, article in (("border", "border/2"), ("plan", "plan/33/2"), ("ecology", "ecology/40")):
        data = reader_data(opened, View(name="texts", article=article))
        assert article in {entry["id"] for entry in data["provisions"]}
        for entry in data["provisions"]:
            text = "".join(run["text"] for one in entry["paragraphs"] for run in one["runs"])
            assert text == opened.atlas.provision(entry["id"]).text.replace("\n", ""), entry["id"]
        assert where(opened, View(article=article))[0] == document
        assert len(json.dumps(data, ensure_ascii=False).encode()) < 120_000


def test_a_paragraph_has_a_reach_of_its_own(opened: Opened) -> None:
    view = View(name="texts", article="border/2")
    assert set(reach_of(opened, view)) == set(opened.atlas.reach("border/2"))
    second = reach_of(opened, view.with_own(PARAGRAPH, "2"))
    assert len(second) == 20
    assert "152923" in second
    article = next(one for one in reader_data(opened, view.with_own(PARAGRAPH, "2"))["provisions"] if one["current"])
    assert len(article["paragraphs"][1]["reach"]["places"]) == 20
    assert not article["paragraphs"][2]["reach"]


@pytest.mark.parametrize("wrong", ["0", "99", "x", "<b>", "-1"])
def test_a_paragraph_that_is_not_there_is_the_whole_provision(opened: Opened, wrong: str) -> None:
    view = View(name="texts", article="border/2").with_own(PARAGRAPH, wrong)
    assert set(reach_of(opened, view)) == set(opened.atlas.reach("border/2"))


def test_neighbours_turn_from_the_first_to_the_last_chapter(opened: Opened) -> None:
    assert reader_data(opened, View(document="border"))["before"] == {}
    last = opened.chapters("border")[-1].id
    data = reader_data(opened, View(article=last))
    assert (data["after"], data["before"]["title"]) == ({}, "第八章 保障监督")
    assert [one["current"] for one in contents_data(opened, View(article=last))["chapters"]].index(True) == 8


@pytest.mark.parametrize("lang", LANGS)
def test_the_list_holds_what_the_map_shows(opened: Opened, lang: str) -> None:
    view = View(lang=lang, layers=("banners", "lakes"), selection=Selection(regions=("150700",)))
    card = list_card(opened, view)
    kept = opened.filters.keep(view.selection)["features"]
    shown = {row["feature"] for layer in card["layers"] for row in layer["rows"]}
    assert shown == {key for key in kept if key.split("/")[0] in {"banners", "lakes"}}
    assert sum(len(league["units"]) for league in card["leagues"]) == 14


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_about_the_data_counts(opened: Opened, lang: str, built_atlas) -> None:
    data = about_data(opened, lang)
    coverage = data["tables"][0]["rows"]
    assert coverage[-1][2] == Atlas(built_atlas).counts["mentions"]
    assert sum(row[2] for row in coverage[:-1]) == coverage[-1][2]
    assert sum(row[2] for row in data["tables"][1]["rows"]) == sum(map(len, opened.index.features.values()))
    assert opened.atlas.meta["built_from"] in {value for _, value in data["facts"]}


def test_a_click_finds_the_unit_and_everything_there(opened: Opened) -> None:
    lake = opened.atlas.place("lake/hulun")
    here = opened.ground.at(lake.lon, lake.lat, 0.01)
    assert here.unit in {"150727", "150781", "150703"}
    assert {"lake/hulun", here.unit, "150700"} <= set(here.places)
    assert opened.ground.at(99.2, 42.2, 0.0).unit == "152923"
    assert opened.ground.at(116.4, 39.9, 0.0).unit is None  # Beijing
