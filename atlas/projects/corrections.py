"""Reviewed rows of `geodata/corrections/projects.csv`: what no rule of language can decide, each with its reason.

Columns: provision, text, action, value, reason. `text` is words of the provision, which must occur in it exactly
once; the row is about the undertaking that is named there. Actions: `drop`; `name`, `status`, `category` set what
`value` says; `places` sets the places (`id=name as printed`, parted by `|`); `same` joins the row to the undertaking
whose name is `value`; `add` adds one whose name is `value` (or the words).
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from atlas.errors import SourceError
from atlas.models import Record
from atlas.reviewed import read_reviewed

FILE = "projects.csv"


class ProjectCorrection(Record):
    """One reviewed row."""

    provision: str = Field(min_length=1)
    text: str = Field(min_length=2)
    action: Literal["drop", "name", "status", "category", "places", "same", "add"]
    value: str = ""
    reason: str = Field(min_length=8)


def load_project_corrections(folder: Path) -> tuple[ProjectCorrection, ...]:
    """Read the reviewed rows in `folder`; without the table there are none.

    Raises:
        SourceError: a row has a missing, unknown or invalid column.
    """
    return read_reviewed(folder / FILE, ProjectCorrection)


def span_of(correction: ProjectCorrection, text: str) -> tuple[int, int]:
    """Return where the words of a correction stand in the provision's text.

    Raises:
        SourceError: they do not occur exactly once.
    """
    count = text.count(correction.text)
    if count != 1:
        raise SourceError(
            f"{FILE}: {correction.text!r} occurs {count} times in {correction.provision}, not once; "
            "give more of the words around it"
        )
    at = text.index(correction.text)
    return at, at + len(correction.text)
