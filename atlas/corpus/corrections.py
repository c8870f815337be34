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

from pathlib import Path

from pydantic import Field

from atlas.models import Record, Share
from atlas.reviewed import read_reviewed

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


DECIDED = frozenset({"reason", "choice", "kind", "title"})


def load_corrections(folder: Path) -> Corrections:
    """Read the reviewed rows in `folder`; a table that is not there has none.

    Raises:
        SourceError: a table has a missing, unknown or invalid column, or says the same thing twice.
    """
    return Corrections(
        ocr=read_reviewed(folder / OCR, OcrCorrection, DECIDED),
        variants=read_reviewed(folder / VARIANTS, VariantJudgement, DECIDED),
        losses=read_reviewed(folder / LOSSES, ReviewedLoss, DECIDED),
        sound=read_reviewed(folder / SOUND, SoundText, DECIDED),
        box_item_titles=read_reviewed(folder / BOX_ITEM_TITLES, BoxItemTitle, DECIDED),
    )
