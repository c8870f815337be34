"""Registers and targets of other plans' plain text, measured on invented plans (tests/gold/other_plans)."""

from __future__ import annotations

import pytest

from atlas.build import _gazetteer
from atlas.corpus import load_documents
from atlas.corpus.restore import restore
from atlas.geoparse import Geoparser
from atlas.own_plan import own_projects, own_targets, provisions
from atlas.paths import geodata
from tests.projects.other import LAST, LATER, READ, UNREAD, Found, score_projects, score_targets, text_of


@pytest.fixture(scope="module")
def parser() -> Geoparser:
    corpus = load_documents(geodata() / "documents", restore=restore)
    return _gazetteer(geodata() / "gazetteer", corpus)[1]


def total(found: list[Found]) -> tuple[float, float, float]:
    """Recall, precision, and the share of what is found that is right in all else."""
    hits = sum(one.hits for one in found)
    return (
        hits / sum(one.asked for one in found),
        sum(one.right for one in found) / sum(one.listed for one in found),
        sum(one.placed for one in found) / hits,
    )


@pytest.mark.parametrize(
    ("plans", "least", "right"), [(READ, 0.97, 0.96), (UNREAD, 0.96, 0.95), (LATER, 0.93, 0.9), (LAST, 0.96, 0.9)]
)
def test_projects(plans: tuple[str, ...], least: float, right: float, parser: Geoparser) -> None:
    found = [
        score_projects(plan, [row for row, _ in own_projects(text_of(plan), plan, parser)], parser.gazetteer)
        for plan in plans
    ]
    recall, precision, places = total(found)
    assert recall >= least, [one.missed for one in found]
    assert precision >= 0.97, [one.wrong for one in found]
    assert places >= right, [one.misplaced for one in found]


@pytest.mark.parametrize("plans", [READ, UNREAD, LATER, LAST])
def test_targets(plans: tuple[str, ...], parser: Geoparser) -> None:
    found = [score_targets(plan, own_targets(text_of(plan), plan, parser)) for plan in plans]
    recall, precision, wording = total(found)
    assert recall >= 0.97, [one.missed for one in found]
    assert precision >= 0.97, [one.wrong for one in found]
    assert wording >= 0.95, [one.misplaced for one in found]


@pytest.mark.parametrize("plan", [*READ, *UNREAD, *LATER, *LAST])
def test_offsets_are_into_the_file(plan: str, parser: Geoparser) -> None:
    text = text_of(plan)
    for one in provisions(text, plan):
        assert "".join(text[at] for at in one.origin) == one.text
    for row, _ in own_projects(text, plan, parser):
        assert 0 <= row.listing.start < row.listing.end <= len(text)
