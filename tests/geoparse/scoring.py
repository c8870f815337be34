"""Scores of the geoparser on our own gold (tests/gold/geoparse_*.jsonl; annotation rules in docs/geoparser.md).

geoparse_reader2.jsonl and geoparse_reader3.jsonl are passages that a reader wrote and annotated without looking at the
program: rules were learnt from the errors in the first, none of the second was read. They say the place by its units
and its name (内蒙古自治区/赤峰市/赤峰站), not by an id.

Run: .venv/bin/python -m tests.geoparse.scoring [dev|heldout|reader2|reader3] [--errors]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from atlas.gazetteer import Gazetteer, load_gazetteer
from atlas.geometry import boundaries
from atlas.geoparse import Geoparser
from atlas.geoparse.certainty import CERTAINTY, Evidence
from atlas.models import Mention
from atlas.paths import geodata

GOLD = Path(__file__).parents[1] / "gold"
BINS = (0.6, 0.8, 0.9, 0.95, 0.98, 1.0)
SETS = ("plan", "region", "elsewhere")
READERS = ("reader2", "reader3")


@dataclass
class Score:
    """Counts over one set of gold."""

    exact: int = 0
    overlap_found: int = 0  # gold mentions that some prediction overlaps
    overlap_right: int = 0  # predictions that overlap some gold mention
    gold: int = 0
    predicted: int = 0
    placed: int = 0  # exact spans whose place is known
    right: int = 0
    characters: int = 0
    false_inside: int = 0  # places of Inner Mongolia where the text names none
    errors: list[str] = field(default_factory=list)
    certainties: list[tuple[float, bool]] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.exact / max(1, self.gold + self.predicted)

    @property
    def overlap_f1(self) -> float:
        recall = self.overlap_found / max(1, self.gold)
        precision = self.overlap_right / max(1, self.predicted)
        return 2 * recall * precision / max(1e-9, recall + precision)

    @property
    def right_share(self) -> float:
        return self.right / max(1, self.placed)

    @property
    def false_per_thousand(self) -> float:
        return 1000 * self.false_inside / max(1, self.characters)


@cache
def parser() -> Geoparser:
    gazetteer = load_gazetteer(geodata() / "gazetteer", boundaries.names_of_china(), boundaries.SOURCE)
    return Geoparser(gazetteer)


def gold(split: str) -> Iterator[dict]:
    for line in (GOLD / f"geoparse_{split}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def inside(target: str, gazetteer: Gazetteer) -> bool:
    """Say whether a place or group lies in the region by its code."""
    places = [gazetteer.places[member] for member in gazetteer.members(target) if member in gazetteer.places]
    return any((place.adcode or "").startswith("15") for place in places)


def score(split: str, kind: str) -> Score:
    total = Score()
    for row in gold(split):
        if row["set"] == kind:
            _add(total, row, parser().parse(row["text"]))
    return total


def _add(total: Score, row: dict, found: tuple[Mention, ...]) -> None:
    wanted = {(item["start"], item["end"]): item for item in row["mentions"]}
    needed = {span for span, item in wanted.items() if not item.get("optional")}
    text, gazetteer = row["text"], parser().gazetteer
    total.characters += len(text)
    if row["set"] == "elsewhere":
        for mention in found:
            if mention.place and inside(mention.place, gazetteer) and (mention.start, mention.end) not in wanted:
                total.false_inside += 1
                total.errors.append(f"{row['id']} false {mention.surface} -> {mention.place}")
        if all("places" in item for item in row["mentions"]):
            return  # our own gold has no mentions of these texts
    # A name nested in an annotated one (满洲里 in 满洲里综合保税区) is allowed and does not count.
    counted = [
        mention
        for mention in found
        if (mention.start, mention.end) in needed
        or not any(start <= mention.start and mention.end <= end for start, end in wanted)
    ]
    total.gold += len(needed)
    total.predicted += len(counted)
    hits = set()
    for mention in counted:
        span = (mention.start, mention.end)
        total.overlap_right += any(span[0] < end and start < span[1] for start, end in wanted)
        if span not in needed:
            total.certainties.append((mention.certainty, False))
            total.errors.append(f"{row['id']} extra {mention.surface} -> {mention.place} …{_near(text, span)}…")
            continue
        hits.add(span)
        total.exact += 1
        if "names" in wanted[span]:
            right = mention.place is None or _is_called(mention.place, wanted[span]["names"].split("/")[-1])
            total.placed += mention.place is not None
            total.right += right and mention.place is not None
            total.certainties.append((mention.certainty, right))
            if not right:
                total.errors.append(f"{row['id']} place {mention.surface} -> {mention.place}")
            continue
        places = wanted[span]["places"]
        if not any(places):
            total.certainties.append((mention.certainty, mention.place is None))
        if any(places):
            total.placed += 1
            total.right += mention.place in places
            total.certainties.append((mention.certainty, mention.place in places))
            if mention.place not in places:
                total.errors.append(f"{row['id']} place {mention.surface} -> {mention.place}, want {places}")
    for span in sorted(needed - hits):
        overlapped = any(mention.start < span[1] and span[0] < mention.end for mention in found)
        total.errors.append(f"{row['id']} {'span' if overlapped else 'missed'} {text[span[0] : span[1]]}")
    total.overlap_found += sum(
        any(mention.start < end and start < mention.end for mention in found) for start, end in needed
    )


def _is_called(target: str, name: str) -> bool:
    """Say whether a target goes by a name, with or without a generic word (大召, 大召寺) or the name of its unit."""
    gazetteer = parser().gazetteer
    known = gazetteer.places.get(target) or gazetteer.groups[target]
    return any(
        name.startswith(one) or one.startswith(name) or name.endswith(one) for one in (known.name, *known.aliases)
    )


def _near(text: str, span: tuple[int, int]) -> str:
    return text[max(0, span[0] - 8) : span[1] + 8]


def calibrate() -> dict[Evidence, tuple[int, int]]:
    """Return (right, seen) by what a mention rests on, on the development gold and the readers' passages.

    Names by form are counted on the readers' passages only: their rules were written on the gold.
    """
    marks = {0.01 * (at + 1): basis for at, basis in enumerate(Evidence)}
    kept = dict(CERTAINTY)
    CERTAINTY.update({basis: mark for mark, basis in marks.items()})
    parser.cache_clear()
    try:
        own = [pair for kind in SETS for pair in score("dev", kind).certainties]
        others = [pair for split in READERS for kind in SETS for pair in score(split, kind).certainties]
    finally:
        CERTAINTY.update(kept)
        parser.cache_clear()
    counts = {}
    for mark, basis in marks.items():
        rights = [right for mean, right in (others if basis is Evidence.FORM else own + others) if mean == mark]
        counts[basis] = sum(rights), len(rights)
    return counts


def reliability(split: str) -> list[tuple[float, float, int]]:
    """Return (mean certainty, share right, count) by bins of certainty, over the plan and the region's texts."""
    found = sorted(pair for kind in SETS for pair in score(split, kind).certainties)
    bins: list[list[tuple[float, bool]]] = [[] for _ in BINS]
    for own, right in found:
        bins[next(at for at, top in enumerate(BINS) if own <= top)].append((own, right))
    return [
        (sum(own for own, _ in one) / len(one), sum(right for _, right in one) / len(one), len(one))
        for one in bins
        if one
    ]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("split", nargs="?", default="dev", choices=("dev", "heldout", *READERS))
    options.add_argument("--errors", action="store_true")
    options.add_argument("--calibrate", action="store_true", help="print the counts for atlas/geoparse/certainty.py")
    chosen = options.parse_args()
    if chosen.calibrate:
        for basis, (right, seen) in calibrate().items():
            print(f"    Evidence.{basis.name}: ({right}, {seen}),")
        return
    for mean, share, count in reliability(chosen.split):
        print(f"{chosen.split} certainty {mean:.3f}: right {share:.3f} of {count}")
    for kind in SETS:
        total = score(chosen.split, kind)
        print(
            f"{chosen.split} {kind}: {total.characters} characters, {total.gold} mentions; exact F1 {total.f1:.3f}, "
            f"overlap F1 {total.overlap_f1:.3f}, right place {total.right_share:.3f} of {total.placed}, "
            f"false inside {total.false_per_thousand:.2f} per 1,000 characters"
        )
        if chosen.errors:
            print(*(f"  {error}" for error in total.errors), sep="\n")


if __name__ == "__main__":
    main()
