"""The targets of the plan itself, measured on annotated chapters (tests/gold/targets_*.jsonl)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from atlas.build import _gazetteer
from atlas.corpus import Corpus, load_documents
from atlas.corpus.restoration.table import indicator_table
from atlas.corpus.restore import restore
from atlas.paths import geodata
from atlas.targets.corrections import load_target_corrections
from atlas.targets.find import targets
from atlas.targets.target import Target

GOLD = Path(__file__).parent.parent / "gold"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_documents(geodata() / "documents", restore=restore)


@pytest.fixture(scope="module")
def found(corpus: Corpus) -> tuple[Target, ...]:
    _, parser = _gazetteer(geodata() / "gazetteer", corpus)
    box = next(one for one in corpus.provisions if one.id == "plan/box-1")
    witness = (geodata() / "documents" / box.witness).read_text(encoding="utf-8")
    rows = load_target_corrections(geodata() / "corrections")
    return targets(corpus.provisions, parser, indicator_table(witness), rows)


def gold(name: str) -> list[dict[str, Any]]:
    lines = (GOLD / f"targets_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("chapters", ["dev", "heldout"])
def test_gold(chapters: str, found: tuple[Target, ...]) -> None:
    wanted = gold(chapters)
    provisions = {one["provision"] for one in wanted}
    rows = [row for row in found if row.kind in ("commitment", "coverage") and row.provision in provisions]
    hits: list[tuple[dict[str, Any], Target]] = []
    for one in wanted:
        same = [
            row
            for row in rows
            if row.provision == one["provision"]
            and (row.value, row.high or row.value, row.unit) == (one["value"], one["high"], one["unit"])
            and row not in [target for _, target in hits]
        ]
        same.sort(key=lambda row: one["subject"] not in row.subject)
        hits += [(one, same[0])] if same else []
    missed = [one for one in wanted if one not in [hit for hit, _ in hits]]
    assert len(hits) >= 0.97 * len(wanted), missed
    assert len(hits) >= 0.97 * len(rows), [row.text for row in rows if row not in [target for _, target in hits]]
    assert sum(one["subject"] in row.subject for one, row in hits) >= 0.97 * len(hits)
    assert sum(one["year"] == row.year for one, row in hits) >= 0.97 * len(hits)


def test_a_second_reader(corpus: Corpus, found: tuple[Target, ...]) -> None:
    """Every number that a second reader took for a commitment, who had seen neither the program nor the first rows."""
    wanted = gold("reader2")
    missed = []
    for one in wanted:
        start = corpus.find(one["provision"]).text.index(one["quote"])
        here = [
            row
            for row in found
            if row.provision == one["provision"] and row.text_start < start + len(one["quote"]) and start < row.text_end
        ]
        if here:
            assert one["value"] in [value for row in here for value in (row.value, row.high)], one
        else:
            missed.append(one)
    assert len(missed) <= 0.06 * len(wanted), missed


def test_box_1_comes_first_with_its_twenty_indicators(found: tuple[Target, ...]) -> None:
    assert [row.kind for row in found[:21]] == ["indicator"] * 20 + [found[20].kind]
    assert found[20].kind != "indicator"
    by_subject = {row.subject: row for row in found[:20]}
    assert by_subject["森林覆盖率"].value == 23.5
    assert by_subject["常住人口城镇化率"].baseline == 64.1
    assert by_subject["粮食综合生产能力"].bound == "national-requirement"


def test_ids_are_unique_and_evidence_lies_in_its_provision(corpus: Corpus, found: tuple[Target, ...]) -> None:
    provisions = {one.id: one for one in corpus.provisions}
    assert len({row.id for row in found}) == len(found)
    for row in found:
        provision = provisions[row.provision]
        assert provision.start <= row.start < row.end <= provision.end
        if row.kind != "indicator":
            assert row.text in provision.text[row.text_start : row.text_end]


def test_a_corrupt_value_would_be_seen(found: tuple[Target, ...]) -> None:
    (farmland,) = [row for row in found if row.provision == "plan/12/1" and row.subject == "高标准农田"]
    assert (farmland.value, farmland.unit, farmland.year, farmland.bound) == (55_000_000, "mu", 2025, "at-least")
