"""Finds the names that a generic word closes: by itself, behind a name of a table, or as a part of a longer one."""

from __future__ import annotations

from bisect import bisect_left

from atlas.geoparse.automaton import Match
from atlas.geoparse.beginnings import Beginnings
from atlas.geoparse.borders import (
    AFTER_CLOSE,
    AFTER_PORT,
    NO_GO,
    SLOPE,
    TURNED,
    is_ideograph,
)
from atlas.geoparse.extending import extends
from atlas.geoparse.forms import (
    CLOSE,
    GENERIC,
    RESERVES,
    SYLLABLES,
)
from atlas.geoparse.kinds import (
    BEFORE_ITEMS,
    HALVED,
    MINES,
    POWER,
    STOCKADES,
    STREETS,
    TOWNS,
    VILLAGES,
    WATERS,
)
from atlas.geoparse.listed import SHORTEST, name_at, whole_start
from atlas.geoparse.repeated import REPEATED
from atlas.geoparse.setting import SIDES, UNIT_END, WINDOW


class Finder(Beginnings):
    """Finds the names by form of one text."""

    def is_acted_on(self, at: int) -> bool:
        """Say whether a verb ends at `at` that is no name: not behind a unit or in a list (建立|社区, 、团结|镇)."""
        text = self.text
        size = self.words.tail(text[at - 3 if at > 3 else 0 : at])
        if not size or at in self._ends:
            return False
        unsure = bisect_left(self._unsure_ends, at)
        if unsure < len(self._unsure_ends) and self._unsure_ends[unsure] == at:
            return False  # 大连 is an adverb of the dictionary
        start = at - size
        is_bound = text[start - 1 : start] in BEFORE_ITEMS or start in self._ends
        return not is_bound and not (self.found and self.found[-1].end in (start, at))

    def by_generic(self, at: int, end: int, word: str) -> None:
        """Note the name that the generic word at `at` closes, if there is one."""
        text = self.text
        after = text[end : end + 1]
        if after in NO_GO or self.text[at - len(word) : at] == word or (after == "两" and text.startswith("两委", end)):
            return
        numbered = self._before_number(at, word) if word in MINES or word in POWER else at
        if not numbered or not is_ideograph(text[numbered - 1]) or self._goes_on(at, end, word):
            return
        if self.found and self.found[-1].end == at and text[at - 1] not in "镇乡村" + text[at]:
            start = self.found[-1].start  # 白海子|镇
            if word in RESERVES:
                before = bisect_left(self._starts, start) - 1
                start = self._owner(start, self.matches[before] if before >= 0 else None)
            self._add(start, end)
            return
        at = numbered
        if word in VILLAGES and self.found and self.found[-1].end == at - 1 and text[at - 1] in SIDES:
            self._add(self.found[-1].start, end)  # 龙王庙|西嘎查
            return
        before = bisect_left(self._starts, at) - 1
        last = self.matches[before] if before >= 0 else None
        turned = word.endswith("站") or word in STREETS
        if last is not None and last.end == at - 1 and turned and text[at - 1] in SIDES:
            at -= 1
        if last is not None and last.end == at:
            self._extend(last, end, word)
        elif last is not None and last.end == end and word in WATERS and len(last.name.surface) <= SHORTEST:
            self._prefixed(before, at, word)
        elif last is not None and at < last.end < end and text[last.end : end] in GENERIC:
            self._extend(last, end, text[last.end : end])  # 苏木山|林场
        elif last is None or last.end < at:
            start = self._start(at, end, word, last)
            if start < at and not self._hides(start, at, end):
                # 阿烧哈山西麓 holds no 山西, 扎敦河边 no 河边.
                reach = end if SLOPE.match(text, end) else end + WINDOW
                first = max(0, start - WINDOW)
                own = text[start:at]
                sure = len(own) >= REPEATED and SYLLABLES.issuperset(own)  # 海拉苏镇|海拉苏 is no 镇海
                if sure or self.words.allow(text[first:reach], start - first, end - first):
                    self._add(self._first_half(start, at, word, last), end)

    def _goes_on(self, at: int, end: int, word: str) -> bool:
        """Say whether a generic word of one character is only the first of another word (站 in 站点)."""
        text = self.text
        if len(word) > 1 or not (word in CLOSE or word == "召"):
            return False
        if word == "站" and text[at - 1] in SIDES and end - 2 in self._ends:
            return False  # 呼和浩特|东站驶出
        if word in STOCKADES and (text[at - 1] == "家" or self._is_behind_unit(at)):
            return False  # 郑家屯老站房, 阳高县守口堡杏花节
        return not (AFTER_PORT if word == "港" else AFTER_CLOSE).match(text, end)

    def _prefixed(self, index: int, at: int, word: str) -> None:
        """Note the longer water that a short one of a table is only the end of (小莫尔根河, not 根河)."""
        first = self.matches[index].start
        if first and self.text[first - 1] in SIDES and (first == 1 or self._is_marked(first - 1)):
            self._add(first - 1, at + len(word))  # 东|辽河
            return
        if not first or self.text[first - 1] not in SYLLABLES:
            return
        start = self._begin(at, word, self.matches[index - 1] if index else None)
        before = self.text[start : self.matches[index].start]
        before = before[1:] if before[:1] in TURNED else before
        if len(before) >= SHORTEST and SYLLABLES.issuperset(before):
            self._add(start, at + len(word))

    def _owner(self, start: int, last: Match | None) -> int:
        """Return where the name of a reserve begins that the region's or a city's bare name opens."""
        if last is None or last.end != start or not last.name.targets or last.name.surface[-1] in UNIT_END:
            return start
        return last.start if last.name.targets[0].isdigit() else start

    def _first_half(self, start: int, at: int, word: str, last: Match | None) -> int:
        """Return where a name begins of which a table has the first part for something else.

        乌力吉|木仁河 is a water; 内蒙古|南海湿地自然保护区 has the region's bare name in its own.
        """
        if word in RESERVES:
            return self._owner(start, last)
        bare = last is not None and last.end == start and last.name.surface[-1] not in UNIT_END
        if last is not None and bare and word in TOWNS and start == at - 1 and SYLLABLES.issuperset(last.name.surface):
            return last.start  # 图克|木苏木
        if last is None or last.end != start or word not in HALVED or not SYLLABLES.issuperset(self.text[start:at]):
            return start
        surface, targets = last.name.surface, last.name.targets
        is_half = len(surface) > SHORTEST and SYLLABLES.issuperset(surface)
        is_half = is_half and bool(targets) and not any(target.isdigit() for target in targets)
        return last.start if is_half else start  # 乌力吉木仁河

    def _extend(self, last: Match, end: int, word: str) -> None:
        """Note the longer name that a generic word makes of a name that a table has (锡林浩特站)."""
        if not extends(self.text, last, end, word):
            return
        start = whole_start(self.text, last)
        if word in RESERVES:
            before = bisect_left(self._starts, start) - 1
            start = self._owner(start, self.matches[before] if before >= 0 else None)
        self._add(start, end)

    def _add(self, start: int, end: int) -> None:
        while self.found and self.found[-1].end > start:
            if self.found[-1].start <= start and self.found[-1].end >= end:
                return
            self.found.pop()
        self.found.append(name_at(self.text, start, end))
