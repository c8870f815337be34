"""Reviewed corrections: rows of `geodata/corrections/*.csv` where a rule cannot decide, each with its reason.

- `ocr.csv` (witness, provision, before, raw, established, after, reason): a defect of text recognition. It is found by
  its words (`before` + `raw` + `after`), not by offsets; a row that does not match exactly once is refused.
- `variants.csv` (provision, base_reading, witness_reading, kind, choice, reason): the judgement on a variant that the
  collation finds; see `atlas.corpus.collate`.
- `losses.csv` (witness, provision, before, stands, lost, after, parallel, quotation, certainty, reason): a suspected
  loss that was found by reading, or a character (`stands`) that seems to stand for another; a flag only, see
  `atlas.corpus.losses`.
- `sound.csv` (witness, provision, before, after, reason): a place where a rule suspects a loss and a reader found none.
- `box_item_titles.csv` (provision, title, reason): the title of a box item of the plan, which stood on a line of its
  own in print; see `atlas.corpus.plan_boxes`.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TypeVar

from pydantic import Field, ValidationError

from atlas.errors import SourceError
from atlas.models import Record, Share

OCR, VARIANTS, LOSSES, BOX_ITEM_TITLES = "ocr.csv", "variants.csv", "losses.csv", "box_item_titles.csv"
SOUND = "sound.csv"


class OcrCorrection(Record):
    """A reviewed defect of text recognition; the reading `raw` becomes `established`."""

    witness: str = Field(min_length=1)
    provision: str = Field(min_length=1)
    before: str
    raw: str = Field(min_length=1)
    established: str
    after: str
    reason: str = Field(min_length=1)


class VariantJudgement(Record):
    """What an editor decided on a variant: its kind, the reading chosen, and why."""

    provision: str = Field(min_length=1)
    base_reading: str
    witness_reading: str
    kind: str = Field(pattern="^(substantive|orthographic|OCR)$")
    choice: str
    reason: str = Field(min_length=1)


class ReviewedLoss(Record):
    """Characters that a reader misses between `before` and `after`."""

    witness: str = Field(min_length=1)
    provision: str = Field(min_length=1)
    before: str = Field(min_length=1)
    stands: str = ""  # the character that seems to be wrong; empty where nothing stands
    lost: str = Field(min_length=1)
    after: str = Field(min_length=1)
    parallel: str  # provision that has the characters, or empty
    quotation: str
    certainty: Share
    reason: str = Field(min_length=1)


class SoundText(Record):
    """A place between `before` and `after` where a rule suspects a loss and a reader found none."""

    witness: str = Field(min_length=1)
    provision: str = Field(min_length=1)
    before: str = Field(min_length=1)
    after: str = Field(min_length=1)
    reason: str = Field(min_length=1)


class BoxItemTitle(Record):
    """The title of a box item, as printed."""

    provision: str = Field(pattern=r"^plan/box-\d+/\d+$")
    title: str = Field(min_length=1)
    reason: str = Field(min_length=1)


class Corrections(Record):
    """All reviewed rows."""

    ocr: tuple[OcrCorrection, ...] = ()
    variants: tuple[VariantJudgement, ...] = ()
    losses: tuple[ReviewedLoss, ...] = ()
    sound: tuple[SoundText, ...] = ()
    box_item_titles: tuple[BoxItemTitle, ...] = ()


Row = TypeVar("Row", bound=Record)


def load_corrections(folder: Path) -> Corrections:
    """Read the reviewed rows in `folder`; a table that is not there has none.

    Raises:
        SourceError: a table has a missing, unknown or invalid column, or says the same thing twice.
    """
    return Corrections(
        ocr=_rows(folder / OCR, OcrCorrection),
        variants=_rows(folder / VARIANTS, VariantJudgement),
        losses=_rows(folder / LOSSES, ReviewedLoss),
        sound=_rows(folder / SOUND, SoundText),
        box_item_titles=_rows(folder / BOX_ITEM_TITLES, BoxItemTitle),
    )


def _rows(path: Path, model: type[Row]) -> tuple[Row, ...]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path.name}: cannot be read ({error})") from error
    reader = csv.DictReader(text.splitlines(), strict=True)
    rows: dict[tuple[str, ...], Row] = {}
    try:
        for record in reader:
            row = model.model_validate(record)
            key = tuple(value for name, value in record.items() if name not in ("reason", "choice", "kind", "title"))
            if key in rows:
                raise SourceError(f"{path.name}, line {reader.line_num}: says the same as an earlier row; keep one")
            rows[key] = row
    except ValidationError as error:
        first = error.errors()[0]
        column = ".".join(str(part) for part in first["loc"])
        columns = ", ".join(model.model_fields)
        raise SourceError(
            f"{path.name}, line {reader.line_num}: {column}: {first['msg']}; columns are {columns}"
        ) from error
    except csv.Error as error:
        raise SourceError(f"{path.name}, line {reader.line_num}: {error}") from error
    return tuple(rows.values())
