"""The register of the plan itself: measured on annotated chapters, and whole."""

from __future__ import annotations

import pytest

from atlas.build import _gazetteer
from atlas.corpus import Corpus, load_documents
from atlas.corpus.restore import restore
from atlas.gazetteer import Gazetteer
from atlas.geoparse import Geoparser
from atlas.paths import geodata
from atlas.projects.corrections import load_project_corrections
from atlas.projects.project import Project
from atlas.projects.register import register
from atlas.projects.verbs import STATUSES
from tests.projects.gold import score

World = tuple[Corpus, Gazetteer, Geoparser]


@pytest.fixture(scope="module")
def world() -> World:
    corpus = load_documents(geodata() / "documents", restore=restore)
    gazetteer, parser = _gazetteer(geodata() / "gazetteer", corpus)
    return corpus, gazetteer, parser


@pytest.fixture(scope="module")
def rows(world: World) -> tuple[Project, ...]:
    corpus, _, parser = world
    return register(corpus.provisions, parser, load_project_corrections(geodata() / "corrections"))


@pytest.mark.parametrize("chapters", ["dev", "heldout"])
def test_gold(chapters: str, world: World, rows: tuple[Project, ...]) -> None:
    found = score(chapters, rows, world[1])
    assert found.recall >= 0.97, found.missed
    assert found.precision >= 0.97, found.wrong
    assert found.places >= 0.95


def test_a_second_reader(world: World, rows: tuple[Project, ...]) -> None:
    found = score("reader2", rows, world[1], once=True)
    assert found.recall >= 0.955, found.missed
    assert found.precision >= 0.965, found.wrong
    assert found.places >= 0.92


def test_a_fourth_reader(world: World, rows: tuple[Project, ...]) -> None:
    """Who parts what shares a noun into a row for each place, and names the work itself among its places."""
    found = score("reader4", rows, world[1], once=True)
    assert found.recall >= 0.91, found.missed
    assert found.precision >= 0.89, found.wrong
    assert found.places >= 0.79


def test_there_are_several_hundred(rows: tuple[Project, ...]) -> None:
    assert 480 <= len(rows) <= 650
    assert {"railway", "road", "airport", "hub", "water", "energy", "gas", "border", "agriculture"} <= {
        row.category for row in rows
    }


def test_ids_are_unique_and_places_known(world: World, rows: tuple[Project, ...]) -> None:
    gazetteer = world[1]
    assert len({row.id for row in rows}) == len(rows)
    known = {*gazetteer.places, *gazetteer.groups, *gazetteer.classes}
    assert {place for row in rows for place in row.places if place} <= known
    assert all(len(row.places) == len(row.place_names) for row in rows)
    assert {row.status for row in rows} <= set(STATUSES)


def test_evidence_lies_in_its_provision(world: World, rows: tuple[Project, ...]) -> None:
    provisions = {one.id: one for one in world[0].provisions}
    for row in rows:
        for listing in (row.listing, *row.also):
            provision = provisions[listing.provision]
            assert provision.start <= listing.start < listing.end <= provision.end, row.name
            assert 0 <= listing.text_start < listing.text_end <= len(provision.text), row.name


def test_the_railways_keep_their_ids(rows: tuple[Project, ...]) -> None:
    railways = [row for row in rows if row.category == "railway" and row.kind == "route" and row.box == "plan/box-20"]
    assert [row.id for row in railways] == [f"railway/{number:02d}" for number in range(1, 17)]
