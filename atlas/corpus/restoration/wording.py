"""Words of a damaged text: where one begins and ends, by the dictionary of a segmenter.

`rjieba` cuts what stayed behind. A measure word that lost its number falls out as a word of its own (金牌|枚, 航线|条),
a noun that only looks like one does not (国家, 用户). This is evidence from the language, not from a document.
"""

from __future__ import annotations

LONGEST_WORD = 8  # characters of a word that are looked at


class Wording:
    """The words of one text."""

    def __init__(self, base: str) -> None:
        """Cut `base`, the text without its displaced characters."""
        import rjieba  # noqa: PLC0415  # its dictionary takes a quarter of a second, and only a build needs it

        self._words: dict[int, str] = {}
        position = 0
        for word in rjieba.cut(base, False):
            self._words[position] = word[:LONGEST_WORD]
            position += len(word)
        self._end = position

    def at(self, slot: int) -> str:
        """Return the word that begins at a slot, "" when the slot lies inside a word or at the end."""
        return self._words.get(slot, "")

    def parts(self, slot: int) -> bool:
        """Tell whether a slot lies between two words."""
        return slot in self._words or slot >= self._end
