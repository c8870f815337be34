"""Reviewed rows of `geodata/corrections/targets.csv`: what no rule of language can decide, each with its reason.

Columns: provision, text, action, value, reason. `text` is words of the provision that hold the number, found exactly
once; actions: `drop` (no target), `subject`, `kind` (set what `value` says).
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from atlas.models import Record
from atlas.reviewed import read_reviewed

FILE = "targets.csv"


class TargetCorrection(Record):
    """One reviewed row."""

    provision: str = Field(min_length=1)
    text: str = Field(min_length=2)
    action: Literal["drop", "subject", "kind"]
    value: str = ""
    reason: str = Field(min_length=8)


def load_target_corrections(folder: Path) -> tuple[TargetCorrection, ...]:
    """Read the reviewed rows in `folder`; without the table there are none.

    Raises:
        SourceError: a row has a missing, unknown or invalid column.
    """
    return read_reviewed(folder / FILE, TargetCorrection)
