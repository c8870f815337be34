"""Provisions as a table for spreadsheets and statistics programs: CSV after RFC 4180, but with line feeds."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from atlas.models import Provision

COLUMNS = ("id", "document", "kind", "number", "title", "path", "witness", "start", "end", "restored", "text")
PATH_SEPARATOR = " > "  # stands in no heading


def provisions_csv(provisions: Iterable[Provision]) -> str:
    """Return the provisions as CSV with a header row; paragraphs are parted by a line feed inside the quoted text.

    `start` and `end` count Unicode code points of the witness's file; `restored` is true or false.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in provisions:
        cells = {name: getattr(item, name) for name in COLUMNS}
        cells["path"] = PATH_SEPARATOR.join(item.path)
        cells["restored"] = "true" if item.restored else "false"
        writer.writerow(cells.values())
    return out.getvalue()
