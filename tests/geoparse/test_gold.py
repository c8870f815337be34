"""Ratchets on the development half of our own gold: what was reached must not be lost (docs/geoparser.md)."""

from __future__ import annotations

import pytest

from atlas.geoparse.certainty import CERTAINTY, MEASURED, Evidence
from tests.geoparse.scoring import READERS, calibrate, gold, parser, reliability, score


@pytest.mark.parametrize(("kind", "f1", "right"), [("plan", 0.99, 0.99), ("region", 0.97, 0.985)])
def test_recognition_and_places_on_the_development_gold(kind: str, f1: float, right: float) -> None:
    total = score("dev", kind)
    assert total.f1 >= f1, total.errors
    assert total.right_share >= right, total.errors


def test_text_about_other_provinces_names_nothing_of_the_region() -> None:
    total = score("dev", "elsewhere")
    assert total.characters > 1000
    assert total.false_inside == 0, total.errors


@pytest.mark.parametrize(
    ("split", "kind", "f1", "right"),
    [
        ("reader2", "region", 0.98, 0.988),
        ("reader2", "elsewhere", 0.964, 1.0),
        ("reader3", "region", 0.94, 0.98),
        ("reader3", "elsewhere", 0.898, 1.0),
    ],
)
def test_recognition_and_places_on_a_readers_passages(split: str, kind: str, f1: float, right: float) -> None:
    total = score(split, kind)
    assert total.f1 >= f1
    assert total.right_share >= right
    assert kind == "region" or total.false_inside == 0


@pytest.mark.parametrize("split", READERS)
def test_a_readers_passages_are_sound(split: str) -> None:
    for row in gold(split):
        last = 0
        for item in row["mentions"]:
            assert last <= item["start"] < item["end"], row["id"]
            assert row["text"][item["start"] : item["end"]] == item["surface"]
            last = item["end"]


@pytest.mark.parametrize("split", ["dev", "heldout"])
def test_the_gold_itself_is_sound(split: str) -> None:
    gazetteer = parser().gazetteer
    for row in gold(split):
        last = 0
        for item in row["mentions"]:
            assert last <= item["start"] < item["end"] <= len(row["text"]), row["id"]
            last = item["end"]
            for target in item["places"]:
                assert target is None or target in gazetteer.places or target in gazetteer.groups, (row["id"], target)


def test_certainties_are_those_measured() -> None:
    measured = calibrate()
    for basis, (right, seen) in measured.items():
        assert abs((right + 1) / (seen + 2) - CERTAINTY[basis]) <= 0.1, (basis, right, seen, MEASURED[basis])


def test_the_surer_the_righter() -> None:
    bins = reliability("dev")
    assert bins[-1][1] >= 0.98
    assert all(share >= mean - 0.1 for mean, share, count in bins if count >= 10)


def test_certainties_hold_on_passages_whose_errors_were_not_read() -> None:
    bins = [(mean, share) for mean, share, count in reliability("reader3") if count >= 10]
    assert len(bins) == 3
    assert all(abs(share - mean) <= 0.02 for mean, share in bins)


def test_every_evidence_has_a_certainty() -> None:
    assert set(CERTAINTY) == set(Evidence)
    assert all(0 < certainty < 1 for certainty in CERTAINTY.values())
