"""What stands around a generic word of one text: names of tables, marks, lists, units, verbs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from atlas.geoparse.automaton import Match
from atlas.geoparse.borders import (
    DATE,
    GLOSS,
    SAME,
    TURNED,
    followers,
    is_ideograph,
)
from atlas.geoparse.forms import (
    HARD,
    OPENING,
    SYLLABLES,
)
from atlas.geoparse.kinds import (
    CONNECTORS,
    STREETS,
    URBAN,
    VILLAGES,
)
from atlas.geoparse.listed import SHORTEST
from atlas.geoparse.words import Words

UNIT_END = frozenset("省市盟旗县区镇乡")
VERBAL = frozenset("vdpcu")
VERBS = frozenset(("v", "d"))  # nothing but a verb or adverb: 深化, not 胜利
SIDES = frozenset("东西南北中")
WINDOW = 6  # characters
LOW = 4  # characters: longer parts have to look transliterated
_LONGEST_GLOSS = 22  # characters
LONGEST_OPENING = 2  # characters before the floor that a word which opens a name may begin in


def _may_hold(before: Match, match: Match) -> bool:
    """Say whether a sure name may be that of the unit that a short one lies in: 河北|沧州, not 洪山区|和平."""
    codes = [target for target in match.name.targets if target.isdigit()]
    if len(codes) < len(match.name.targets):
        return True
    parents = [target.rstrip("0") for target in before.name.targets if target.isdigit()]
    return any(code.startswith(parent) for code in codes for parent in parents)


class Setting:
    """A text with the names that tables have in it and those found by form, and questions about its places."""

    def __init__(self, text: str, matches: Sequence[Match], words: Words) -> None:
        """Take a text and the names of tables in it."""
        self.text, self.words = text, words
        # A short ambiguous name counts behind a sure one (河北|沧州).
        self.matches = [
            match
            for before, match in zip((None, *matches), matches, strict=False)
            if not match.name.ambiguous
            or len(match.name.surface) > SHORTEST
            or (
                before is not None
                and before.end == match.start
                and not before.name.ambiguous
                and _may_hold(before, match)
            )
        ]
        self._starts = [match.start for match in self.matches]
        self._ends = {match.end for match in self.matches}
        self._unsure = [match for match in matches if match.name.ambiguous]
        self._unsure_starts = [match.start for match in self._unsure]
        self._unsure_ends = [match.end for match in self._unsure]
        self.found: list[Match] = []

    @cached_property
    def _provinces(self) -> frozenset[str]:
        """Return the first two digits of the units that are named for sure."""
        sure = (match.name.targets for match in self.matches if not match.name.ambiguous)
        return frozenset(target[:2] for targets in sure for target in targets if target.isdigit())

    def _spells_units(self, unit: Match, end: int) -> bool:
        """Say whether a short form of a unit that lies in another ends right behind it at `end`."""
        index = bisect_left(self._unsure_starts, unit.end)
        if index == len(self._unsure) or self._unsure_starts[index] != unit.end or self._unsure[index].end != end:
            return False
        return _may_hold(unit, self._unsure[index])

    def _is_of_provinces_named(self, match: Match) -> bool:
        """Say whether a name is that of a unit in whose province something else is named for sure."""
        codes = {target[:2] for target in match.name.targets if target.isdigit()}
        return not codes.isdisjoint(self._provinces)

    def _is_behind_unit(self, at: int) -> bool:
        """Say whether two to four characters part `at` from a unit in full (洪山区|和平|街道)."""
        return any(end in self._ends and self.text[end - 1] in UNIT_END for end in range(at - LOW, at - 1))

    def _is_parent(self, match: Match) -> bool:
        """Say whether a name is one of a unit that may hold townships and works."""
        first = next(iter(match.name.targets), "")
        return first.startswith(("town/", "township/")) or (first.isdigit() and not first.endswith("0000"))

    def _is_listed(self, start: int, word: str) -> bool:
        """Say whether the name before in a list ends with the same generic word (阴河、崩河)."""
        if not start or not SAME.match(self.text, start - 1):
            return False
        before = start - 1
        if gloss := GLOSS.search(self.text, max(0, before - _LONGEST_GLOSS), before):
            before = gloss.start()
        alike = tuple(next((kin for kin in (STREETS, VILLAGES | URBAN) if word in kin), (word,)))
        if self.found and self.found[-1].end == before and self.text.endswith(alike, 0, before):
            return True
        at = bisect_left(self._starts, before) - 1
        return at >= 0 and self.matches[at].end == before and self.matches[at].name.surface.endswith(alike)

    def _is_followed(self, end: int, word: str, times: int = 1) -> bool:
        """Say whether the next item of a list, or so many, end with the same generic word (月亮湖、天鹅湖)."""
        return bool(followers(word, times, urban=word in URBAN).match(self.text, end))

    def _is_next(self, start: int) -> bool:
        """Say whether an item of a list begins at `start` and the one before it is a name."""
        if not start or not SAME.match(self.text, start - 1):
            return False
        before = start - 1
        return before in self._ends or bool(self.found and self.found[-1].end == before)

    def _is_marked(self, start: int) -> bool:
        """Say whether a name begins where punctuation, a connecting word or another name ends."""
        if not start or not is_ideograph(self.text[start - 1]) or self.text[start - 1] in CONNECTORS:
            return True
        if DATE.search(self.text, max(0, start - 2), start):
            return True
        opening = OPENING.match(self.text, max(0, start - LONGEST_OPENING - 1), start)
        if opening is not None and opening.end() == start:
            return True
        before = bisect_left(self._starts, start) - 1
        return before >= 0 and self.matches[before].end == start

    def _is_marked_or_hard(self, start: int) -> bool:
        return self._is_marked(start) or self.text[start - 1] in HARD

    def _begins_with_verb(self, start: int, at: int, tags: frozenset[str] = VERBAL) -> bool:
        """Say whether what stands before a generic word begins with a verb or adverb (发现|哈拉哈达)."""
        piece, tag = self.words.tag(self.text[start:at])[0] if start < at else ("", "")
        if len(piece) == at - start and self.words.is_rare(piece):
            return False  # 鼎新|镇
        return len(piece) > 1 and (tag if tags is VERBS else tag[:1]) in tags

    def _transliterates(self, at: int) -> bool:
        """Say whether a character that is also a particle stands among syllables (乌额格其苏木, 、那日图苏木)."""
        text = self.text
        if text[at] not in SYLLABLES:
            return False
        opens = (not is_ideograph(text[at - 1]) or text[at - 1] in "有") and text[at + 1 : at + 2] in SYLLABLES
        return opens or text[at - 1] in SYLLABLES

    def _hides(self, start: int, at: int, end: int) -> bool:
        """Say whether the name would hide an ambiguous one at its end without looking like a longer name (信|青山)."""
        index = bisect_left(self._unsure_ends, end)
        if index == len(self._unsure) or self._unsure_ends[index] != end:
            return False
        before = self.text[start : self._unsure[index].start]
        before = before[1:] if before[:1] in TURNED else before  # 小|莫尔|根河
        hides = start < self._unsure[index].start < at
        return hides and (len(before) < SHORTEST or not all(one in SYLLABLES for one in before))
