"""Pane and reader narrow by the filter's documents, bases and themes, say so, and show all when asked."""

from __future__ import annotations

import pytest

from atlas.models import Basis
from atlas.selection import Selection
from atlas.ui.content import place_card
from atlas.ui.narrowing import ALL_GOVERNING, ALL_TEXTS, narrow_chapter, narrow_governing
from atlas.ui.opened import Opened
from atlas.ui.reading import CHAPTER, contents_data, reader_data
from atlas.ui.state import View

PLACE = "150781"


@pytest.fixture(scope="module")
def opened(built_atlas) -> Opened:
    return Opened(built_atlas)


def card(opened: Opened, view: View) -> dict:
    governing = opened.governing(PLACE)
    kept = narrow_governing(opened.filters, view, governing)
    return place_card(opened.atlas, opened.index, view, governing, opened.projects, kept)


@pytest.mark.parametrize(
    "selection",
    [
        Selection(documents=("border",)),
        Selection(bases=(Basis.NAMED, Basis.CLASS)),
        Selection(documents=("plan",), bases=(Basis.NAMED,)),
        Selection(themes=("water",)),
    ],
)
def test_the_pane_shows_what_the_filter_leaves(opened: Opened, selection: Selection) -> None:
    governing = opened.governing(PLACE)
    view = View(place=PLACE, selection=selection)
    kept = narrow_governing(opened.filters, view, governing)
    assert 0 < len(kept) < len(governing)
    assert [row for row in governing if row in kept] == list(kept)
    assert not selection.documents or {row.document for row in kept} <= set(selection.documents)
    assert not selection.bases or {row.basis for row in kept} <= set(selection.bases)
    shown = card(opened, view)
    assert sum(group["total"] for group in shown["groups"]) == len(kept)
    assert f"{len(kept)} / {len(governing)}" in shown["narrowed"]["line"]
    everything = card(opened, view.with_own(ALL_GOVERNING, "1"))
    assert sum(group["total"] for group in everything["groups"]) == len(governing)
    assert str(len(kept)) in everything["narrowed"]["act"]


def test_regions_do_not_narrow_what_governs_a_chosen_place(opened: Opened) -> None:
    shown = card(opened, View(place=PLACE, selection=Selection(regions=("152900",))))
    assert shown["narrowed"] == {"line": "", "act": ""}
    assert sum(group["total"] for group in shown["groups"]) == len(opened.governing(PLACE))


def test_the_reader_leaves_out_what_the_filter_does_but_not_the_open_provision(opened: Opened) -> None:
    chosen = Selection(bases=(Basis.NAMED,))
    view = View(name="texts", document="border", selection=chosen)
    kept = opened.filters.keep(chosen)["provisions"]
    chapter = next(
        one for one in opened.chapters("border") if 0 < len(kept & set(one.provisions)) < len(one.provisions)
    )
    lost = next(key for key in chapter.provisions if key not in kept)
    assert lost not in narrow_chapter(opened.filters, view, chapter.provisions)
    opened_there = view.model_copy(update={"article": lost})
    data = reader_data(opened, opened_there)
    assert {entry["id"] for entry in data["provisions"]} == (kept & set(chapter.provisions)) | {lost}
    assert data["narrowed"]["line"].endswith(f"/ {len(chapter.provisions)} 条")
    everything = reader_data(opened, opened_there.with_own(ALL_TEXTS, "1"))
    assert [entry["id"] for entry in everything["provisions"]] == list(chapter.provisions)


def test_the_reader_offers_the_documents_of_the_filter(opened: Opened) -> None:
    view = View(name="texts", selection=Selection(documents=("ecology",)))
    offered = contents_data(opened, view)["documents"]
    assert [(one["id"], one["current"]) for one in offered] == [("ecology", True)]
    assert len(contents_data(opened, view.with_own(ALL_TEXTS, "1"))["documents"]) == len(opened.known.documents)


def test_the_contents_count_what_the_filter_leaves_and_the_reader_opens_there(opened: Opened) -> None:
    chosen = Selection(bases=(Basis.NAMED,), themes=("water",))
    view = View(name="texts", document="ecology", selection=chosen)
    kept = opened.filters.keep(chosen)["provisions"]
    parts = opened.chapters("ecology")
    counts = [len(kept.intersection(part.provisions)) for part in parts]
    assert counts[0] == 0 < sum(counts)
    contents = contents_data(opened, view)["chapters"]
    assert [one["count"] for one in contents] == [str(count) for count in counts]
    first = next(at for at, count in enumerate(counts) if count)
    assert [one["current"] for one in contents].index(True) == first
    data = reader_data(opened, view)
    assert (data["key"], data["empty"]) == (parts[first].id, "")
    assert data["narrowed"]["line"] == f"按筛选（点名、水系）显示 {counts[first]} / {len(parts[first].provisions)} 条"
    asked = view.with_own(CHAPTER, parts[0].id)
    assert reader_data(opened, asked)["empty"]
    assert not reader_data(opened, asked.with_own(ALL_TEXTS, "1"))["empty"]
    unfiltered = contents_data(opened, View(name="texts", document="ecology"))["chapters"]
    assert {one["count"] for one in unfiltered} == {""}
