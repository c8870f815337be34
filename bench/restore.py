"""Restoration: its growth at 1×, 10× and 100× the text, beside a plain scan of the same text in the same run.

Run: .venv/bin/python -m bench.restore [--scales 1,10,100] [--unit 4000]
     .venv/bin/python -m bench.restore --table    makes atlas/corpus/restoration/cohesion.txt again

The units are a piece of the plan, and prose with its figures in place, repeated. The peer reads the same text once
with one regular expression (what finding the runs costs at least). Ratios are what to compare: a linear program keeps
its time per character at every scale.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from atlas.corpus import restoration
from atlas.corpus.restoration.cohesion import count_pairs
from atlas.corpus.restoration.stream import RUN, page_marks, take_apart
from atlas.corpus.restore import restore
from atlas.paths import geodata

PLAN = "004_7968cd12a72fd71d.txt"
PROSE = Path(__file__).parents[1] / "tests" / "gold" / "restore_prose_dev.txt"
LEAST = 4  # occurrences from which a pair is kept in the table


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def growth(scales: list[int], unit: int) -> None:
    plan = (geodata() / "documents" / PLAN).read_text(encoding="utf-8")
    piece = plan[plan.index("综合经济实力和绿色发展水平") :][:unit]
    clean = PROSE.read_text(encoding="utf-8")
    restore(piece)  # word lists and caches
    first: dict[str, float] = {}
    print(f"{'text':>9}  {'characters':>10}  {'seconds':>8}  {'per character, to 1×':>20}  {'to a plain scan':>15}")
    for name, text in (("damaged", piece), ("undamaged", clean)):
        for scale in scales:
            whole = text * scale
            scan = min(seconds(lambda t=whole: sum(1 for _ in RUN.finditer(t))) for _ in range(3))
            taken = seconds(lambda t=whole: restore(t))
            per = taken / len(whole)
            first.setdefault(name, per)
            print(f"{name:>9}  {len(whole):>10}  {taken:>8.2f}  {per / first[name]:>20.2f}  {taken / scan:>15.0f}")


def table() -> None:
    text = []
    for path in sorted((geodata() / "documents").glob("*.txt")):
        raw = path.read_text(encoding="utf-8")
        text.append(take_apart(raw, page_marks(raw)).base)
    counts = count_pairs("\n".join(text))
    rows = "".join(f"{pair} {count}\n" for pair, count in sorted(counts.items()) if count >= LEAST)
    target = Path(restoration.__file__).with_name("cohesion.txt")
    target.write_text(rows, encoding="utf-8")
    print(f"{rows.count(chr(10))} pairs written to {target.name}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--scales", default="1,10,100")
    parser.add_argument("--unit", type=int, default=4000)
    parser.add_argument("--table", action="store_true")
    options = parser.parse_args()
    if options.table:
        table()
    else:
        growth([int(scale) for scale in options.scales.split(",")], options.unit)
