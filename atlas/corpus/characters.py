"""A character model of the corpus: how likely a stretch of text is, judged by all the *other* provisions.

Counts of runs of one to six characters with absolute discounting and back-off to shorter runs (Ney, Essen and Kneser
1994), read forwards and backwards. What a provision says itself is taken out of the counts before it is judged, so that
a damaged phrase cannot vouch for itself.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

ORDER = 6  # characters of the longest run
_DISCOUNT = 0.75
_UNSEEN = 0.1  # added to the count of every character
EDGE = "\n"  # stands before and after each text


def is_han(text: str) -> bool:
    """Return whether `text` is ideographs only (and not empty)."""
    return text != "" and all("\u3400" <= character <= "\u9fff" for character in text)


class CharacterModel:
    """Counts of character runs over named texts; `without` gives the counts that leave one name out."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        """Count `(name, text)`; the same name may come several times (witnesses of one provision)."""
        self.total: Counter[str] = Counter()
        self._own: dict[str, Counter[str]] = defaultdict(Counter)
        self.between: dict[tuple[str, str], set[str]] = defaultdict(set)  # what stands between two characters
        for name, text in texts:
            runs = _runs(EDGE + text + EDGE)
            self.total.update(runs)
            self._own[name].update(runs)
        self.after: Counter[str] = Counter()  # how many different characters follow a run
        self.before: Counter[str] = Counter()
        for run in self.total:
            if len(run) > 1:
                self.after[run[:-1]] += 1
                self.before[run[1:]] += 1
            if len(run) in (3, 4) and is_han(run[1:-1]):
                self.between[run[0], run[-1]].add(run[1:-1])
        self.characters = sum(count for run, count in self.total.items() if len(run) == 1)
        self.alphabet = sum(len(run) == 1 for run in self.total)

    def without(self, name: str) -> Others:
        """Return the counts of all texts but those called `name`."""
        return Others(self, self._own.get(name, {}))


class Others:
    """The model without one provision."""

    def __init__(self, model: CharacterModel, own: Mapping[str, int]) -> None:
        """Subtract `own` from `model` as counts are asked for."""
        self._model = model
        self._own = own

    def count(self, run: str) -> int:
        """Return how often the other provisions say `run`."""
        return self._model.total.get(run, 0) - self._own.get(run, 0)

    def gain(self, left: str, inserted: str, right: str) -> tuple[float, float]:
        """Return how much likelier `left + inserted + right` is than `left + right`: read forwards, backwards.

        Natural logarithms; the price of the inserted characters themselves is included.
        """
        left, right = left[1 - ORDER :], right[: ORDER - 1]
        forwards = self._forwards(left, inserted + right) - self._forwards(left, right)
        backwards = self._backwards(left + inserted, right) - self._backwards(left, right)
        return forwards, backwards

    def _forwards(self, history: str, text: str) -> float:
        whole = history + text
        at = len(history)
        return sum(self._log(whole[max(0, i + 1 - ORDER) : i], whole[i], ahead=True) for i in range(at, len(whole)))

    def _backwards(self, text: str, future: str) -> float:
        whole = text + future
        return sum(self._log(whole[i + 1 : i + ORDER], whole[i], ahead=False) for i in range(len(text)))

    def _log(self, context: str, character: str, *, ahead: bool) -> float:
        model = self._model
        share = (self.count(character) + _UNSEEN) / (model.characters + _UNSEEN * model.alphabet)
        kinds = model.after if ahead else model.before
        for length in range(1, len(context) + 1):
            near = context[-length:] if ahead else context[:length]
            seen = self.count(near)
            different = min(kinds.get(near, 0), seen)
            if different <= 0:
                break
            found = self.count(near + character if ahead else character + near)
            share = (max(found - _DISCOUNT, 0) + _DISCOUNT * different * share) / seen
        return math.log(share)


def _runs(text: str) -> Counter[str]:
    return Counter(text[i : i + size] for size in range(1, ORDER + 1) for i in range(len(text) - size + 1))
