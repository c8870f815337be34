"""How sure a mention is: the share of right ones among mentions that rest on the same evidence, on our own gold.

Measured on the development half of the gold (tests/gold/geoparse_dev.jsonl; `python -m tests.geoparse.scoring dev
--calibrate` prints the counts): a mention is right when its span and its place are. Laplace's rule keeps a basis that
was never seen wrong from being called certain: (right + 1) / (seen + 2).
"""

from __future__ import annotations

from enum import StrEnum


class Evidence(StrEnum):
    """What a reading rests on."""

    FULL_NAME = "full-name"  # the official name of one place
    ALIAS = "alias"  # another name that only one place has
    USUAL = "usual"  # several places have the name; the one that bears it first is meant
    TYPE_WORD = "type-word"  # a generic word beside the list chose among them
    NEARBY = "nearby"  # a unit named nearby, or the province of the text, chose among them
    LIST = "list"  # a form that is also a word or another name, used as a name
    UNDECIDED = "undecided"  # several places, nothing decides
    FORM = "form"  # a name that no table has


# (right, seen) on the development gold.
MEASURED: dict[Evidence, tuple[int, int]] = {
    Evidence.FULL_NAME: (223, 224),
    Evidence.ALIAS: (136, 137),
    Evidence.USUAL: (77, 77),
    Evidence.TYPE_WORD: (10, 10),
    Evidence.NEARBY: (6, 6),
    Evidence.LIST: (32, 33),
    Evidence.UNDECIDED: (0, 1),
    # Not the development gold (62 of 62), which its rules were written on: the first look at real passages.
    Evidence.FORM: (120, 130),
}

CERTAINTY: dict[Evidence, float] = {
    basis: round((right + 1) / (seen + 2), 3) for basis, (right, seen) in MEASURED.items()
}
