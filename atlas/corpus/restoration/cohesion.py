"""How firmly two characters hold together as parts of one word: a table of neighbours and the text's own counts.

`cohesion.txt` counts neighbouring Han characters in the documents of the atlas (`bench/restore.py --table` makes it);
the text in hand is counted too. Where two neighbours hold together, no quotation mark or hyphen stands between them.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib.resources import files
from math import log

_HAN = re.compile(r"[\u4e00-\u9fff]+")
SAMPLE = 400_000  # characters of a text that are counted


@cache
def _table() -> dict[str, int]:
    text = files("atlas.corpus.restoration").joinpath("cohesion.txt").read_text(encoding="utf-8")
    return {line[:2]: int(line[3:]) for line in text.splitlines() if len(line) > 3}


def count_pairs(text: str) -> Counter[str]:
    """Count neighbouring Han characters."""
    counts: Counter[str] = Counter()
    for match in _HAN.finditer(text):
        word = match.group()
        counts.update(word[i : i + 2] for i in range(len(word) - 1))
    return counts


class Cohesion:
    """Pair counts of the table and of one text."""

    def __init__(self, text: str) -> None:
        """Count the first `SAMPLE` characters of `text`."""
        self._pairs = Counter(_table())
        for pair, count in count_pairs(text[:SAMPLE]).items():
            if count > 1:  # one occurrence is the place in question itself
                self._pairs[pair] += count - 1
        self._first: Counter[str] = Counter()
        self._second: Counter[str] = Counter()
        for pair, count in self._pairs.items():
            self._first[pair[0]] += count
            self._second[pair[1]] += count
        self._total = max(1, self._pairs.total())
        self._cache: dict[str, float] = {}

    def between(self, left: str, right: str) -> float:
        """Return how firmly two neighbours hold together: above 1 is inside a word, below 0 is a word boundary."""
        pair = left + right
        known = self._cache.get(pair)
        if known is None:
            count = self._pairs.get(pair, 0)
            expected = (self._first.get(left, 0) + 2) * (self._second.get(right, 0) + 2) / self._total
            known = max(-3.0, min(4.0, log((count + 0.15) / (expected + 0.15))))
            self._cache[pair] = known
        return known
