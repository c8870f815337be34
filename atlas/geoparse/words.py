"""Word boundaries: whether a stretch of text can be a word of its own, by the dictionary of a segmenter.

`rjieba` cuts the text along its dictionary, to which the gazetteer's short names are added, and takes the likeliest
path: 新发 is cut by 创新|发展, 河北 in 闪电河北上 by 闪电河|北上. It does not guess unknown words: a name that it does
not know falls into single characters, whose edges are all boundaries. This is evidence from the language, not from a
document.

A dictionary word that straddles an edge reaches only a few characters, so a window around the name is cut, not the
whole text; and windows recur in official language, so the answers are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import rjieba

# How often a name is taken to occur among the 60 million words behind the dictionary: a short one is weighed with care.
SHORT_FREQUENCY = 300
LONG_FREQUENCY = 1000
NEW_FREQUENCY = 1000  # of a word of our day (冷链), which the dictionary is too old to have
SHORT = 2  # characters
RARE = 100  # occurrences behind the dictionary, below which a word is hardly met but as a name
REACH = 5  # characters on either side of a name that are looked at
MOST_KEPT = 200_000  # windows
_PROPER = frozenset(("ns", "nr", "nrt", "nrfg", "nz", "nt", "x"))  # tags of names, and of what has no tag
_PREPOSITIONS = frozenset("向在与和及对从至到往由于为经")
_ACTING = frozenset("vd")
_NOMINAL = frozenset(("vn",))
_LEADING = frozenset("引调输提")
_NAMES = frozenset(("ns", "nr", "nrt", "nrfg"))
# The dictionary has words made of a name and what it is the name of (黄河流域): the name inside is one all the same.
_TAILS = frozenset(
    (
        "流域",
        "平原",
        "高原",
        "盆地",
        "地区",
        "沿岸",
        "三角洲",
        "山脉",
        "草原",
        "沙漠",
        "水系",
        "人",
        "站",
        "水",
        "边",
        "畔",
        "县",
        "港",
        "机场",
        "口岸",
    )
)


class Words:
    """The dictionary of one gazetteer."""

    def __init__(self, names: Iterable[str], forms: Iterable[str] = ()) -> None:
        """Add `names`, which are words without doubt, to the segmenter's own dictionary; `forms` are all names."""
        self._jieba = rjieba.Jieba()
        self._common = frozenset(_new_words())  # also those that the dictionary takes for names (燕麦)
        for word in self._common:
            self._jieba.add_word(word, max(NEW_FREQUENCY, self._jieba.suggest_freq(word)), "n")
        self._forms = frozenset(forms)
        for name in names:
            frequency = SHORT_FREQUENCY if len(name) <= SHORT else LONG_FREQUENCY
            self._jieba.add_word(name, max(frequency, self._jieba.suggest_freq(name)), "ns")
        self._known: dict[tuple[str, int, int], bool] = {}
        self._tails: dict[str, int] = {}
        self._rare: dict[str, bool] = {}
        self._tagged: dict[str, Sequence[tuple[str, str]]] = {}

    def allow(self, text: str, start: int, end: int) -> bool:
        """Say whether no dictionary word straddles an edge of `text[start:end]`."""
        first = start - REACH if start > REACH else 0
        window = text[first : end + REACH]
        key = (window, start - first, end - first)
        known = self._known.get(key)
        if known is None:
            known = self._cut(window, start - first, end - first)
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            self._known[key] = known
        return known

    def cut(self, text: str) -> list[str]:
        """Return the words of a short text."""
        return self._jieba.cut(text, False)

    def tag(self, text: str) -> Sequence[tuple[str, str]]:
        """Return the words of a short text with their tags; kept, since official language repeats itself."""
        known = self._tagged.get(text)
        if known is None:
            known = [(word, "n" if word in self._common else tag) for word, tag in self._jieba.tag(text, False)]
            if len(self._tagged) >= MOST_KEPT:
                self._tagged.clear()
            self._tagged[text] = known
        return known

    @staticmethod
    def is_name_tag(tag: str) -> bool:
        """Say whether the tag of a word is that of a name."""
        return tag in _PROPER

    def is_one_name(self, form: str) -> bool:
        """Say whether the dictionary has a form as the name of a place or person, or not as a word at all."""
        pieces = self._jieba.tag(form, False)
        if len(form) <= SHORT:
            return len(pieces) == 1 and pieces[0][1] == "ns"
        return all(len(word) == 1 for word, _ in pieces) or (len(pieces) == 1 and pieces[0][1] in _NAMES)

    def tail(self, before: str) -> int:
        """Return how many characters at the end of `before` are a verb or adverb, 0 if none are (建立 in ，建立)."""
        known = self._tails.get(before)
        if known is None:
            piece, tag = self._jieba.tag(before, False)[-1] if before else ("", "")
            acting = len(piece) > 1 and tag[:1] in _ACTING and tag not in _NOMINAL and not self.is_rare(piece)
            known = len(piece) if acting else 0
            if len(self._tails) >= MOST_KEPT:
                self._tails.clear()
            self._tails[before] = known
        return known

    def is_rare(self, form: str) -> bool:
        """Say whether the dictionary has a form as one word that hardly ever occurs, or not at all (民勤, not 资源)."""
        known = self._rare.get(form)
        if known is None:
            one = len(self._jieba.tag(form, False)) in (1, len(form))
            known = self._rare[form] = one and self._jieba.suggest_freq(form) < RARE
        return known

    def is_person(self, form: str) -> bool:
        """Say whether the dictionary has a form as the name of a person (成吉思汗)."""
        pieces = self._jieba.tag(form, False)
        return len(pieces) == 1 and pieces[0][1] == "nr"

    def is_proper(self, form: str) -> bool:
        """Say whether a form holds no ordinary word of two characters or more (昆都仑, 霍林河; not 民族团结)."""
        return all(len(word) == 1 or tag in _PROPER for word, tag in self._jieba.tag(form, False))

    def _cut(self, window: str, start: int, end: int) -> bool:
        at = 0
        edges = {0}
        for word in self._jieba.cut(window, False):
            if at == start and (word[end - start :] in _TAILS or word[end - start :] in self._forms):
                edges.add(end)  # 山西|大同 is one word of the dictionary
            if at < start and at + len(word) == end and word[: start - at] in self._forms:
                edges.add(start)
            if at + 1 == start and at + len(word) == end and word[0] in _PREPOSITIONS:
                edges.add(start)  # 向松山 is a person in the dictionary
            if word[0] in _LEADING and at + 1 == start and at + len(word) < end and window[end : end + 1] == "水":
                edges |= {start, end}  # 引黄|河水 leads the river's water
            at += len(word)
            edges.add(at)
        return start in edges and end in edges


def _new_words() -> Iterator[str]:
    for line in Path(__file__).with_name("new_words.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from line.split()
