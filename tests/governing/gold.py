"""Reading and scoring the gold lists: provisions that surely govern a place, may govern it, surely do not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from atlas.models import Basis
from atlas.store import Atlas

FOLDER = Path(__file__).resolve().parent.parent / "gold"
_RANGE = re.compile(r"(.+/)(\d+)\.\.(\d+)")


class Judged(NamedTuple):
    """The judged provisions of one place."""

    place: str
    name: str
    sure: frozenset[str]
    may: frozenset[str]
    wrong: frozenset[str]


class Score(NamedTuple):
    """How the program's answer compares with the judgement."""

    lost: tuple[str, ...]  # sure, but not given, or only as region-wide
    wrong: tuple[str, ...]  # given though known to be wrong (a plan section may be region-wide all the same)
    unjudged: tuple[str, ...]  # given on a basis narrower than the region, and on no list
    unsure: tuple[str, ...]  # sure, but given with less than 0.6
    found: int
    given: int


def expand(item: str) -> Iterator[str]:
    """Yield the ids of `border/1..73`."""
    if span := _RANGE.fullmatch(item):
        yield from (f"{span[1]}{number}" for number in range(int(span[2]), int(span[3]) + 1))
    else:
        yield item


def load(name: str) -> list[Judged]:
    """Return the judged places of a list; what a range of `may` repeats of `sure` is sure."""
    lines = (FOLDER / f"governing_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    found = []
    for row in map(json.loads, lines):
        sure, may, wrong = (
            frozenset(one for item in row[key] for one in expand(item)) for key in ("sure", "may", "wrong")
        )
        found.append(Judged(row["place"], row["name"], sure, may - sure, wrong))
    return found


def _holds_more(provision: str) -> bool:
    """A plan section that is wrong for a place by what it names may hold other sentences for all."""
    return provision.startswith("plan/") and "/box-" not in provision


def score(atlas: Atlas, judged: Judged) -> Score:
    """Return how the answer for a place compares with its lists."""
    records = {record.id: record for record in atlas.governing(judged.place)}
    given = records.keys()
    narrow = {key for key, record in records.items() if record.basis is not Basis.REGION}
    listed = judged.sure | judged.may | judged.wrong
    return Score(
        lost=tuple(sorted(judged.sure - narrow)),
        wrong=tuple(sorted(key for key in judged.wrong & given if key in narrow or not _holds_more(key))),
        unjudged=tuple(sorted(narrow - listed)),
        unsure=tuple(sorted(key for key in judged.sure & narrow if records[key].certainty < 0.6)),
        found=len(judged.sure & narrow),
        given=len(narrow & listed),
    )
