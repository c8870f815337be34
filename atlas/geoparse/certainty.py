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
    Evidence.FULL_NAME: (210, 210),
    Evidence.ALIAS: (138, 139),
    Evidence.USUAL: (70, 70),
    Evidence.TYPE_WORD: (10, 10),
    Evidence.NEARBY: (6, 6),
    Evidence.LIST: (28, 29),
    Evidence.UNDECIDED: (0, 1),
    Evidence.FORM: (11, 11),
}

CERTAINTY: dict[Evidence, float] = {
    basis: round((right + 1) / (seen + 2), 3) for basis, (right, seen) in MEASURED.items()
}
