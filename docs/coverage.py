"""Makes the marked part of `docs/geoparser.md`: what became of every mention, counted in the built atlas.

`python docs/coverage.py` writes it anew; `tests/test_coverage_page.py` compares it with the page.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import atlas
from atlas.store import Atlas

PAGE = Path(__file__).resolve().parent / "geoparser.md"
OPENING, CLOSING = "<!-- made by docs/coverage.py: do not edit -->\n", "<!-- end -->\n"
STATUSES = ("placed", "ambiguous", "unplaceable")


def section(opened: Atlas) -> str:
    """Return the tables: mentions by document and outcome, and each name that has no point with its reason."""
    ledger = opened.ledger()
    lines = ["", "| document | mentions | placed | ambiguous | unplaceable | placed, % |", "|---|---|---|---|---|---|"]
    for document in opened.documents():
        lines.append(_row(document.id, ledger[ledger["document"] == document.id]))
    lines += [_row("all", ledger), ""]
    lost = ledger[ledger["status"] != "placed"]
    lines += ["| not placed | as | mentions | in | reason |", "|---|---|---|---|---|"]
    for (reason, _), rows in lost.groupby(["reason", "status"], sort=False):
        forms = "、".join(dict.fromkeys(rows["surface"]))
        where = ", ".join(dict.fromkeys(rows["document"]))
        lines.append(f"| {forms} | {rows['status'].iloc[0]} | {len(rows)} | {where} | {reason.replace('|', '/')} |")
    return "\n".join(lines) + "\n\n"


def _row(title: str, rows: pd.DataFrame) -> str:
    counts = [int((rows["status"] == status).sum()) for status in STATUSES]
    share = f"{100 * counts[0] / len(rows):.1f}" if len(rows) else "–"
    return f"| {title} | {len(rows)} | {' | '.join(map(str, counts))} | {share} |"


def replaced(page: str, made: str) -> str:
    """Return the page with what stands between its two marks replaced."""
    before, rest = page.split(OPENING)
    return before + OPENING + made + CLOSING + rest.split(CLOSING)[1]


def main() -> None:
    """Write the page from the built atlas."""
    PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), section(atlas.open())), encoding="utf-8")


if __name__ == "__main__":
    main()
