"""How sure a mention is: the share of right ones among mentions that rest on the same evidence.

Counted on the development half of our own gold (tests/gold/geoparse_dev.jsonl) and on a reader's passages
(geoparse_reader2.jsonl) as they were read before anything was learnt from them: a mention is right when its span and
its place are. Laplace's rule, (right + 1) / (seen + 2), keeps a basis that was never seen wrong from being called
certain.
`python -m tests.geoparse.scoring --calibrate` prints the counts of today, which are better on what was learnt.
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


# (right, seen): on the development gold, and at the first look at the reader's passages.
MEASURED: dict[Evidence, tuple[int, int]] = {
    Evidence.FULL_NAME: (262 + 125, 263 + 126),
    Evidence.ALIAS: (142 + 63, 143 + 65),
    Evidence.USUAL: (79 + 13, 79 + 14),
    Evidence.TYPE_WORD: (11, 11),
    Evidence.NEARBY: (6 + 5, 6 + 5),
    Evidence.LIST: (32 + 28, 33 + 32),
    Evidence.UNDECIDED: (0, 1 + 1),
    # Not the development gold (78 of 78), which its rules were written on: two first looks.
    Evidence.FORM: (120 + 39, 130 + 54),
}

CERTAINTY: dict[Evidence, float] = {
    basis: round((right + 1) / (seen + 2), 3) for basis, (right, seen) in MEASURED.items()
}
