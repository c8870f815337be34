"""The style of a text's figures: how many decimals its rates and amounts have.

It is read off what the damage leaves certain: the decimals between a point and its per cent sign, and those of a run
that ends in a decimal. A plan says 42.6亿元 and 12%, a statistical report 6168.23亿元 and 12.1%.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from atlas.corpus.restoration.tokens import Piece

_RATE = re.compile(r"(?<![\d.])\d+%|\.(\d{1,2})%")
_LAST_AMOUNT = re.compile(r"\.(\d{1,2})$")
_RATES = (0.4, 0.5, 0.1)  # shares of rates with no, one, two decimals in official prose of all kinds
_AMOUNTS = (0.3, 0.45, 0.25)
_PRIOR = 6.0  # how many numbers the common shares weigh
_LIMIT = 1.6


@dataclass(frozen=True)
class Style:
    """`rates`, `amounts`: weights of no, one, two decimals."""

    rates: tuple[float, ...]
    amounts: tuple[float, ...]

    def weight(self, piece: Piece, right: str) -> float:
        """Return how well the form of a number before `right` goes with the text's other numbers; 0 is indifferent."""
        if piece.kind == "percent":
            return self.rates[min(2, _places(piece.text))]
        if piece.kind != "number" or ":" in piece.text or "/" in piece.text:
            return 0.0
        if right[:1] == "亿" or (right[:1] == "万" and right[1:2] in "元美吨亩" and "." in piece.text):
            return self.amounts[min(2, _places(piece.text))]
        return 0.0


def _places(text: str) -> int:
    return len(text.rstrip("%‰").partition(".")[2])


def read_style(runs: Iterable[str]) -> Style:
    """Return the style that the displaced runs of a text show."""
    rates: Counter[int] = Counter()
    amounts: Counter[int] = Counter()
    for run in runs:
        rates.update(len(found.group(1) or "") for found in _RATE.finditer(run))
        if amount := _LAST_AMOUNT.search(run):
            amounts[len(amount.group(1))] += 1
    decimal = sum(amounts.values())
    if decimal:  # whole amounts are seen by no sign of their own
        amounts[0] = round(decimal * _AMOUNTS[0] / (1 - _AMOUNTS[0]))
    return Style(_weights(rates, _RATES), _weights(amounts, _AMOUNTS))


def _weights(seen: Counter[int], common: tuple[float, ...]) -> tuple[float, ...]:
    total = sum(seen.values())
    shares = [(seen[k] + _PRIOR * share) / (total + _PRIOR) for k, share in enumerate(common)]
    return tuple(max(-_LIMIT, min(_LIMIT, log(now / share))) for now, share in zip(shares, common, strict=True))
