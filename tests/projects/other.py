"""Scoring of registers of other plans: invented plans of other provinces in tests/gold/other_plans.

The plans are invented, in the manner of provincial ones, with the forms in which plain text has boxes. What they name
was written down before the program had seen them. Some were read while the rules were made (`READ`), the others kept
for a first look at three stages (`UNREAD`, `LATER`, `LAST`). A place of the gold is the beginning of a name.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from atlas.gazetteer import Gazetteer
from atlas.projects.identity import same_key
from atlas.projects.project import Project
from atlas.targets.target import Target

FOLDER = Path(__file__).parent.parent / "gold" / "other_plans"
READ = ("huaihe", "longdong", "liaodong", "nanchong", "songyuan")
UNREAD = ("dianxi", "luxi", "beijiang")
LATER = ("baise", "yanan")
LAST = ("huaihua", "zhangjiakou")
ALIKE = 0.7


@dataclass(frozen=True)
class Found:
    """Counts over plans, and what is wrong."""

    asked: int
    hits: int
    listed: int
    right: int
    placed: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]
    misplaced: tuple[str, ...]


def text_of(plan: str) -> str:
    """The text of a plan."""
    return (FOLDER / f"{plan}.txt").read_text(encoding="utf-8")


def gold(kind: str, plan: str) -> list[dict[str, Any]]:
    """The rows of a plan: `projects` or `targets`."""
    lines = (FOLDER / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["plan"] == plan]


def score_projects(plan: str, rows: Sequence[Project], gazetteer: Gazetteer) -> Found:
    """Match rows to gold one to one, the most alike first."""
    wanted = gold("projects", plan)
    pairs = sorted(
        (
            (SequenceMatcher(None, same_key(one["name"]), same_key(row.name)).ratio(), i, j)
            for i, one in enumerate(wanted)
            for j, row in enumerate(rows)
        ),
        reverse=True,
    )
    to_row: dict[int, int] = {}
    for alike, i, j in pairs:
        if alike >= ALIKE and i not in to_row and j not in to_row.values():
            to_row[i] = j
    asked = [i for i, one in enumerate(wanted) if not one["borderline"]]
    hits = [i for i in asked if i in to_row]
    loose = {to_row[i] for i in to_row if wanted[i]["borderline"]}
    wrong = [row.name for j, row in enumerate(rows) if j not in to_row.values()]
    placed = [i for i in hits if _same_places(wanted[i]["places"], rows[to_row[i]], gazetteer)]
    return Found(
        asked=len(asked),
        hits=len(hits),
        listed=len(rows) - len(loose),
        right=len(rows) - len(loose) - len(wrong),
        placed=len(placed),
        missed=tuple(wanted[i]["name"] for i in asked if i not in to_row),
        wrong=tuple(wrong),
        misplaced=tuple(
            f"{wanted[i]['name']}: {wanted[i]['places']}, found {list(rows[to_row[i]].place_names)}"
            for i in hits
            if i not in placed
        ),
    )


def _same_places(wanted: Sequence[str], row: Project, gazetteer: Gazetteer) -> bool:
    if len(wanted) != len(row.places):
        return False
    for name, place, printed in zip(wanted, row.places, row.place_names, strict=True):
        known = gazetteer.places.get(place or "")
        forms = {printed, *((known.name, *known.aliases) if known else ())}
        if not any(form.startswith(name) for form in forms):
            return False
    return True


def score_targets(plan: str, rows: Sequence[Target]) -> Found:
    """Match targets to gold by value and unit, then ask for the rest; `placed` counts those with all of it right."""
    wanted = gold("targets", plan)
    left = list(rows)
    hits: list[tuple[dict[str, Any], Target]] = []
    for one in sorted(wanted, key=lambda one: bool(one["borderline"])):
        same = [row for row in left if (row.value, row.high, row.unit) == (one["value"], one["high"], one["unit"])]
        same.sort(key=lambda row: one["subject"] not in row.subject)
        if same:
            hits.append((one, same[0]))
            left.remove(same[0])
    asked = [one for one in wanted if not one["borderline"]]
    got = [(one, row) for one, row in hits if not one["borderline"]]
    bad = [
        f"{one['subject']} {one['bound']} {one['change']} {one['year']}, found {row.subject} {row.bound} {row.change} "
        f"{row.year} {row.text}"
        for one, row in got
        if one["subject"] not in row.subject
        or (one["bound"], one["change"], one["year"]) != (row.bound, row.change, row.year)
    ]
    return Found(
        asked=len(asked),
        hits=len(got),
        listed=len(got) + len(left),
        right=len(got),
        placed=len(got) - len(bad),
        missed=tuple(f"{one['subject']} {one['value']}" for one in asked if one not in [hit for hit, _ in hits]),
        wrong=tuple(f"{row.subject} {row.text}" for row in left),
        misplaced=tuple(bad),
    )
