"""Remnants: what is left of a word that lost a character (以水[源]涵养) is a character that seldom stands alone.

A segmenter (`rjieba`, its dictionary is of the language, not of these texts) cuts a passage into words. Where two
characters meet that no or one other text lets meet, and one of them is left over as a word of a single character, one
character is put between them; it is suspected to be lost if

- the left-over character then is part of a word;
- other texts have it beside either neighbour, and the passage becomes likelier by the character model
  (`atlas.corpus.characters`);
- the left-over character hardly ever stands alone in the other texts (旗, 源, 设; not 好, 大, 新).

Abbreviations coined in one text alone (绿电, 放管服) look the same: the rule is weaker than a parallel passage.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from atlas.corpus.characters import EDGE, ORDER, CharacterModel, Others, is_han

_WINDOW = 12  # characters cut anew on each side of a gap
_ATTESTED_MAX = 1  # how often other texts may have the two characters side by side
_GAIN_MIN = 2.0  # natural logarithm, mean of both directions
_SCORE_MIN = 9.0  # no clean article reaches it; gain and rarity (natural log) of the character as a word
_GLUED_MIN, _GLUED_SHARE = 3, 0.3  # two characters that are a word the dictionary lacks: 筑牢


class Remnant(NamedTuple):
    """A gap before `text[at]` where `lost` is suspected: with it, `left` is part of `word`."""

    at: int
    lost: str
    left: str  # the character that is left over
    word: str
    pair: str  # `left` and `lost` in their order
    alone: float  # share of its occurrences elsewhere in which it is a word of its own, smoothed


class Remnants:
    """Finds remnants in a text, judged by all texts but those of the same name."""

    def __init__(self, texts: Iterable[tuple[str, str]], model: CharacterModel) -> None:
        """Count which characters stand alone in `(name, text)`; `model` is of the same texts."""
        import rjieba  # noqa: PLC0415  # its dictionary takes a quarter of a second, and only a build needs it

        self._model = model
        self._alone: Counter[str] = Counter()
        self._own: dict[str, Counter[str]] = defaultdict(Counter)
        for name, text in texts:
            single = Counter(word for word in rjieba.cut(text, False) if len(word) == 1)
            self._alone.update(single)
            self._own[name].update(single)
        self._after: dict[str, list[str]] = defaultdict(list)
        self._before: dict[str, list[str]] = defaultdict(list)
        for run in sorted(run for run in model.total if len(run) == 2 and is_han(run)):
            self._after[run[0]].append(run[1])
            self._before[run[1]].append(run[0])

    def find(self, name: str, text: str, ignored: frozenset[str] = frozenset()) -> Iterator[Remnant]:
        """Yield at most one remnant for each gap of `text`; characters in `ignored` are never proposed."""
        others = self._model.without(name)
        whole = EDGE + text + EDGE
        words = _cut(whole)
        for at in range(1, len(whole)):
            one, two = whole[at - 1], whole[at]
            if not (is_han(one) or is_han(two)) or others.count(one + two) > _ATTESTED_MAX:
                continue
            before = is_han(one) and words[at - 1][1] == 1 and not _glued(others, whole[at - 2 : at])
            after = is_han(two) and words[at][1] == 1 and not _glued(others, whole[at : at + 2])
            best: tuple[float, Remnant] | None = None
            for lost in self._proposed(one if before else "", two if after else "", ignored):
                found = self._judged(others, name, whole, at, lost, (before, after))
                if found and (best is None or found[0] > best[0]):
                    best = found
            if best and best[0] >= _SCORE_MIN:
                yield best[1]._replace(at=at - 1)

    def _proposed(self, before: str, after: str, ignored: frozenset[str]) -> list[str]:
        return sorted({*self._after.get(before, ()), *self._before.get(after, ())} - ignored)

    def _judged(
        self, others: Others, name: str, text: str, at: int, lost: str, alone: tuple[bool, bool]
    ) -> tuple[float, Remnant] | None:
        """Return how plausible it is that `lost` is missing before `text[at]`, and the remnant."""
        one, two = text[at - 1], text[at]
        if any(is_han(pair) and not others.count(pair) for pair in (one + lost, lost + two)):
            return None
        first = max(0, at - _WINDOW)
        words = _cut(text[first:at] + lost + text[at : at + _WINDOW])
        gap = at - first
        joined = [(one, one + lost)] * (alone[0] and words[gap - 1][0] == words[gap][0])
        joined += [(two, lost + two)] * (alone[1] and words[gap + 1][0] == words[gap][0])
        if not joined:
            return None
        gain = sum(others.gain(text[max(0, at + 1 - ORDER) : at], lost, text[at : at - 1 + ORDER])) / 2
        if gain < _GAIN_MIN:
            return None
        share, left, pair = min((self._share_alone(others, name, left), left, pair) for left, pair in joined)
        return gain - math.log(share), Remnant(at, lost, left, words[gap][2], pair, share)

    def _share_alone(self, others: Others, name: str, character: str) -> float:
        alone = self._alone[character] - self._own.get(name, Counter())[character]
        return (alone + 0.5) / (others.count(character) + 2)


def _cut(text: str) -> list[tuple[int, int, str]]:
    """Return for each character of `text` where its word begins, how long it is, and the word."""
    import rjieba  # noqa: PLC0415

    out: list[tuple[int, int, str]] = []
    for word in rjieba.cut(text, False):
        out += [(len(out), len(word), word)] * len(word)
    return out


def _glued(others: Others, pair: str) -> bool:
    """Tell whether two characters keep company as a word does."""
    seen = others.count(pair)
    return len(pair) == 2 and seen >= _GLUED_MIN and seen >= _GLUED_SHARE * min(map(others.count, pair))
