"""Scoring of the register against the annotated chapters in tests/gold/projects_*.jsonl.

Gold rows were written by reading the chapters before any output was looked at: provision, name, places, and whether a
careful reader might leave the row out (`borderline`: neither asked for nor counted as an error). The rows of `reader2`
are a second reader's, who had seen neither the program nor the first rows, and wrote what is named again only once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from atlas.gazetteer import Gazetteer
from atlas.projects.identity import same_key
from atlas.projects.project import Project

FOLDER = Path(__file__).parent.parent / "gold"
ALIKE = 0.6


@dataclass(frozen=True)
class Score:
    """Shares of the gold rows that are found, of the found rows that are gold, and of those with the right places."""

    recall: float
    precision: float
    places: float
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


def score(name: str, rows: Sequence[Project], gazetteer: Gazetteer, *, once: bool = False) -> Score:
    """Match rows to gold within each provision, the most alike first, one to one.

    Args:
        name: of the gold.
        rows: the register.
        gazetteer: for the names of places.
        once: the gold has an undertaking once, wherever it is named again: one listing of a row is enough.
    """
    gold = [json.loads(line) for line in (FOLDER / f"projects_{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    provisions = {one["provision"] for one in gold}
    chapters = {one.split("/")[1] for one in provisions if "box-" not in one}
    listed = [
        (row, listing.provision)
        for row in rows
        for listing in (row.listing, *row.also)
        if listing.provision in provisions or listing.provision.split("/")[1] in chapters
    ]
    pairs = sorted(
        (
            (SequenceMatcher(None, same_key(one["name"]), same_key(row.name)).ratio(), i, j)
            for i, one in enumerate(gold)
            for j, (row, provision) in enumerate(listed)
            if provision == one["provision"]
        ),
        reverse=True,
    )
    to_row: dict[int, int] = {}
    to_gold: dict[int, int] = {}
    for alike, i, j in pairs:
        if alike >= ALIKE and i not in to_row and j not in to_gold:
            to_row[i], to_gold[j] = j, i
    asked = [i for i, one in enumerate(gold) if not one["borderline"]]
    hits = [i for i in asked if i in to_row]
    firm = [j for j in range(len(listed)) if j not in to_gold or not gold[to_gold[j]]["borderline"]]
    if once:
        known = {id(listed[j][0]) for j in to_gold}
        firm = [j for j in firm if j in to_gold or id(listed[j][0]) not in known]
    right = [j for j in firm if j in to_gold]
    placed = [i for i in hits if _same_places(gold[i]["places"], listed[to_row[i]][0], gazetteer)]
    return Score(
        recall=len(hits) / len(asked),
        precision=len(right) / len(firm),
        places=len(placed) / len(hits),
        missed=tuple(f"{gold[i]['provision']} {gold[i]['name']}" for i in asked if i not in to_row),
        wrong=tuple(f"{listed[j][1]} {listed[j][0].name}" for j in firm if j not in to_gold),
    )


def _same_places(wanted: Sequence[str], row: Project, gazetteer: Gazetteer) -> bool:
    if len(wanted) != len(row.places):
        return False
    for name, place, printed in zip(wanted, row.places, row.place_names, strict=True):
        forms = {printed, printed.removesuffix("流域")}
        if place in gazetteer.places:
            forms |= {gazetteer.places[place].name, *gazetteer.places[place].aliases}
        elif place in gazetteer.groups:
            forms |= {gazetteer.groups[place].name, *gazetteer.groups[place].aliases}
        if not any(form.startswith(name) for form in forms):
            return False
    return True
