"""Finds the names that a generic word closes: where each begins, by the words before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from atlas.geoparse.automaton import Match
from atlas.geoparse.borders import (
    AFTER_CLOSE,
    AFTER_PORT,
    BESIDE,
    BORDERS,
    DATE,
    DESCRIBING,
    GLOSS,
    NO_GO,
    ORDINAL,
    PART,
    SAME,
    SIDED,
    SLOPE,
    TURNED,
    WATERSIDE,
    followers,
    is_ideograph,
)
from atlas.geoparse.evidence import SURNAMES
from atlas.geoparse.extending import extends
from atlas.geoparse.forms import (
    CLOSE,
    EAGER,
    GENERIC,
    HAMLETS,
    HARD,
    NOT_NAMES,
    OPEN,
    OPENING,
    RESERVES,
    SOFT,
    SYLLABLES,
)
from atlas.geoparse.kinds import (
    BEFORE_ITEMS,
    CHAINED,
    CONNECTORS,
    GAUGED,
    HALVED,
    MINES,
    NATURAL,
    OPENERS,
    PEACE,
    POWER,
    SITES,
    STOCKADES,
    STOPS,
    STREETS,
    TAKING,
    TOWNS,
    URBAN,
    VILLAGES,
    VOLTS,
    WATERS,
)
from atlas.geoparse.listed import LINES, SHORTEST, is_clean, name_at, whole_start
from atlas.geoparse.repeated import REPEATED
from atlas.geoparse.words import Words

_UNIT_END = frozenset("省市盟旗县区镇乡")
_NUMERALS = frozenset("一二三四五六七八九十")
_WINDOW = 6  # characters
_VERBAL = frozenset("vdpcu")
_VERBS = frozenset(("v", "d"))  # nothing but a verb or adverb: 深化, not 胜利
_SIDES = frozenset("东西南北中")
_LOW = 4  # characters: longer parts have to look transliterated
_LONGEST_GLOSS = 22  # characters
_LONGEST_OPENING = 2  # characters before the floor that a word which opens a name may begin in


def _may_hold(before: Match, match: Match) -> bool:
    """Say whether a sure name may be that of the unit that a short one lies in: 河北|沧州, not 洪山区|和平."""
    codes = [target for target in match.name.targets if target.isdigit()]
    if len(codes) < len(match.name.targets):
        return True
    parents = [target.rstrip("0") for target in before.name.targets if target.isdigit()]
    return any(code.startswith(parent) for code in codes for parent in parents)


class Finder:
    """Finds the names by form of one text."""

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
        if word in VILLAGES and self.found and self.found[-1].end == at - 1 and text[at - 1] in _SIDES:
            self._add(self.found[-1].start, end)  # 龙王庙|西嘎查
            return
        before = bisect_left(self._starts, at) - 1
        last = self.matches[before] if before >= 0 else None
        turned = word.endswith("站") or word in STREETS
        if last is not None and last.end == at - 1 and turned and text[at - 1] in _SIDES:
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
                reach = end if SLOPE.match(text, end) else end + _WINDOW
                first = max(0, start - _WINDOW)
                own = text[start:at]
                sure = len(own) >= REPEATED and SYLLABLES.issuperset(own)  # 海拉苏镇|海拉苏 is no 镇海
                if sure or self.words.allow(text[first:reach], start - first, end - first):
                    self._add(self._first_half(start, at, word, last), end)

    def _goes_on(self, at: int, end: int, word: str) -> bool:
        """Say whether a generic word of one character is only the first of another word (站 in 站点)."""
        text = self.text
        if len(word) > 1 or not (word in CLOSE or word == "召"):
            return False
        if word == "站" and text[at - 1] in _SIDES and end - 2 in self._ends:
            return False  # 呼和浩特|东站驶出
        if word in STOCKADES and (text[at - 1] == "家" or self._is_behind_unit(at)):
            return False  # 郑家屯老站房, 阳高县守口堡杏花节
        return not (AFTER_PORT if word == "港" else AFTER_CLOSE).match(text, end)

    def _start(self, at: int, end: int, word: str, last: Match | None) -> int:
        """Return where the name begins that a generic word closes and no name of a table touches, `at` for none."""
        if word in VILLAGES:
            last = self._short_parent(at) or last
        start = self._begin(at, word, last)
        short = at - start < _LOW and (start == at or not SYLLABLES.issuperset(self.text[start:at]))
        if short or (word in SITES and start < at):
            start = self._known(at, end, word, last, start)
        return self._behind_short_unit(start, at)

    def _known(self, at: int, end: int, word: str, last: Match | None, otherwise: int) -> int:
        """Return where a name begins that the dictionary has as a whole (东风镇).

        Or one of which a table has the first part: a form that needs evidence has it in the word of a work (龙口|水库).
        """
        text, floor = self.text, last.end if last is not None else 0
        index = bisect_left(self._unsure_ends, at)
        if word in SITES and index < len(self._unsure_ends) and self._unsure_ends[index] == at:
            return self._unsure[index].start
        first = max(floor, at - _WINDOW)
        pieces = self.words.tag(text[first:end]) if word in OPEN else ()
        if not pieces or pieces[-1][1] != "ns":
            return otherwise
        start = end - len(pieces[-1][0])
        known = at - start >= SHORTEST or (word == "湖" and start < at and text[start] in _SIDES)
        behind_verb = len(pieces) > 1 and pieces[-2][1] in _VERBAL and len(pieces[-2][0]) == 1
        return start if known and (otherwise == at or behind_verb) else otherwise  # 借|东湖

    def _before_number(self, at: int, word: str) -> int:
        """Return where what a number says of a mine or station begins (胜利|西二号露天煤矿, 扎木图|500千伏开关站).

        0 where a unit only says where the station is (武川|500千伏变电站).
        """
        number = ORDINAL if word in MINES else VOLTS
        found = number.search(self.text, max(0, at - 8), at)
        if found is None:
            return at
        return 0 if word in POWER and found.start() in self._ends else found.start()

    def _short_parent(self, at: int) -> Match | None:
        """Return the unit by its short form that a township lies in, in text on its province (扎旗|好力保|镇)."""
        index = bisect_left(self._unsure_ends, at - SHORTEST + 1) - 1
        if index < 0 or self._unsure_ends[index] < at - _LOW:
            return None
        unit = self._unsure[index]
        known = unit.name.surface[-1] == "旗" or self.words.is_rare(unit.name.surface)
        return unit if known and self._is_marked_or_hard(unit.start) and self._is_of_provinces_named(unit) else None

    def _behind_short_unit(self, start: int, at: int) -> int:
        """Return where a name begins of which the first part is a unit's short form, in text on its province.

        丰宁|大滩镇, 松原|前郭|查干花镇: two characters and more have to be left.
        """
        index = bisect_left(self._unsure_starts, start)
        while index < len(self._unsure) and self._unsure_starts[index] == start:
            unit = self._unsure[index]
            if unit.end == at - 1 and self._spells_units(unit, at + 1):
                return at  # 信阳|光山
            if unit.end > at - SHORTEST or not self._is_of_provinces_named(unit):
                break
            start = unit.end
            index += 1
        return start

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
        return any(end in self._ends and self.text[end - 1] in _UNIT_END for end in range(at - _LOW, at - 1))

    def _prefixed(self, index: int, at: int, word: str) -> None:
        """Note the longer water that a short one of a table is only the end of (小莫尔根河, not 根河)."""
        first = self.matches[index].start
        if first and self.text[first - 1] in _SIDES and (first == 1 or self._is_marked(first - 1)):
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
        if last is None or last.end != start or not last.name.targets or last.name.surface[-1] in _UNIT_END:
            return start
        return last.start if last.name.targets[0].isdigit() else start

    def _first_half(self, start: int, at: int, word: str, last: Match | None) -> int:
        """Return where a name begins of which a table has the first part for something else.

        乌力吉|木仁河 is a water; 内蒙古|南海湿地自然保护区 has the region's bare name in its own.
        """
        if word in RESERVES:
            return self._owner(start, last)
        bare = last is not None and last.end == start and last.name.surface[-1] not in _UNIT_END
        if last is not None and bare and word in TOWNS and start == at - 1 and SYLLABLES.issuperset(last.name.surface):
            return last.start  # 图克|木苏木
        if last is None or last.end != start or word not in HALVED or not SYLLABLES.issuperset(self.text[start:at]):
            return start
        surface, targets = last.name.surface, last.name.targets
        is_half = len(surface) > SHORTEST and SYLLABLES.issuperset(surface)
        is_half = is_half and bool(targets) and not any(target.isdigit() for target in targets)
        return last.start if is_half else start  # 乌力吉木仁河

    def _begin(self, at: int, word: str, last: Match | None) -> int:
        """Return where the name begins that a generic word at `at` closes, `at` itself where it closes none."""
        text = self.text
        floor = max(0, at - GENERIC[word], last.end if last is not None else 0)
        behind_unit = last is not None and floor == last.end and (self._is_parent(last) or word == "峡")
        opening = OPENING.match(text, max(0, floor - _LONGEST_OPENING), at)
        opened = opening is not None and opening.end() > floor
        if opening is not None and opened:
            floor, behind_unit = opening.end(), False
        if text[floor] in _SIDES and (part := PART.match(text, floor, at)):
            floor = part.end()
        if self.found and self.found[-1].end >= floor:
            floor, behind_unit = min(self.found[-1].end, at), True
        item = self._item(at, floor)
        if item == at:
            return at
        start = self._proper(at, item)
        is_proper = start < at
        gauged = word in GAUGED and text.startswith("断面", at + len(word)) and self._is_marked(item)
        if not (is_proper or opened or behind_unit) and text[item] not in EAGER:
            # No proper part, and running text before: no mark, list or connecting word for ordinary words.
            before = text[item - 1] if item else "\n"
            if is_ideograph(before) and before not in OPENERS and not (last is not None and last.end == item):
                return at
        past = at + len(word)
        followed = word in NATURAL and self._is_followed(at + len(word), word)
        chained = word in CHAINED and self._is_followed(at + len(word), word, 2)
        listed = self._is_listed(start, word) or ((followed or chained) and is_proper)
        peaceful = (word in VILLAGES or word == "街道") and text.startswith(PEACE, item)
        item += (text[item] in EAGER and not peaceful) or (gauged and text[item] in CONNECTORS)
        item_listed = item < start and (
            self._is_listed(item, word)
            or ((followed or chained) and self._is_marked(item) and not self._begins_with_verb(item, at, _VERBS))
        )
        bordering = (
            word in VILLAGES
            and text[item - 1] in BESIDE
            and (text[item - 2] in _SIDES or BORDERS.match(text, past) is not None)
        )
        # 滋养着|幸福河|两岸
        watering = word == "河" and self._is_marked_or_hard(item) and WATERSIDE.match(text, past) is not None
        alone = (
            (word in TOWNS or word in RESERVES or word == "国际机场" or bordering or watering)
            and at - item <= _LOW
            and (watering or self._is_marked(item))
            and not self._begins_with_verb(item, at)
            and not EAGER.intersection(text[item:at].removeprefix(PEACE))
        )
        ordinal = word in MINES and text[at : at + 2] not in MINES  # 胜利|西二号露天煤矿
        # 集通线|衙门庙站
        halt = word == "站" and opened and text.endswith(LINES, 0, item) and not self._begins_with_verb(item, at)
        station = word in POWER and opened and not self._begins_with_verb(item, at, _VERBS)
        poured = word in WATERS and opened and item == floor and text[item - 1] == "入"
        seated = halt or station or gauged or poured or text[item - 2 : item] == "府驻"  # 县政府驻|开通镇
        nominal = seated or (item == floor and behind_unit and (ordinal or not self._begins_with_verb(item, at)))
        if (
            item < start
            and (item_listed or nominal or alone)
            and is_clean(text[item:at], after_unit=nominal or item_listed)
        ):
            start, listed = item, listed or item_listed or alone
        own = text[start:at]
        close = start == floor and behind_unit
        stops = word in STOPS and not is_ideograph((text[at + 1 :] or " ")[0])
        behind_word = text[start - 1 : start] in HARD and (
            stops or word in STREETS or (is_proper and len(own) >= SHORTEST and own[0] not in DESCRIBING)
        )
        long_enough = (
            len(word) + len(own) > _LOW
            or (word == "港" and len(own) >= REPEATED)
            or (word in STOCKADES and len(own) == SHORTEST and own[-1] == "家")
            or stops
            or (len(own) >= REPEATED and self._is_next(start))
            or (opened and start == floor and len(own) >= SHORTEST and word not in STREETS)
            or (len(own) >= SHORTEST and SIDED.match(text, past) is not None)
            or (len(own) >= SHORTEST and text[start - 1] in BESIDE and BORDERS.match(text, past) is not None)
        )
        marked = (long_enough and self._is_marked(start)) or behind_word
        supported = close or listed or seated
        if (
            (len(own) < SHORTEST and not (listed or (close and own not in _NUMERALS)))
            or (len(own) > _LOW and 2 * sum(one in SYLLABLES for one in own) < len(own))
            or (not is_proper and not supported)
            or (word in CLOSE and not (supported or marked))
            or (word in STREETS and not (listed or len(word) > 1 or own[-1:] in _SIDES))
            or not own
            or (own[0] in HARD and not SYLLABLES.issuperset(own))
            or own == own[0] * SHORTEST
            or NOT_NAMES.search(own)
        ):
            return at
        return start

    def _hides(self, start: int, at: int, end: int) -> bool:
        """Say whether the name would hide an ambiguous one at its end without looking like a longer name (信|青山)."""
        index = bisect_left(self._unsure_ends, end)
        if index == len(self._unsure) or self._unsure_ends[index] != end:
            return False
        before = self.text[start : self._unsure[index].start]
        before = before[1:] if before[:1] in TURNED else before  # 小|莫尔|根河
        hides = start < self._unsure[index].start < at
        return hides and (len(before) < SHORTEST or not all(one in SYLLABLES for one in before))

    def _begins_with_verb(self, start: int, at: int, tags: frozenset[str] = _VERBAL) -> bool:
        """Say whether what stands before a generic word begins with a verb or adverb (发现|哈拉哈达)."""
        piece, tag = self.words.tag(self.text[start:at])[0] if start < at else ("", "")
        if len(piece) == at - start and self.words.is_rare(piece):
            return False  # 鼎新|镇
        return len(piece) > 1 and (tag if tags is _VERBS else tag[:1]) in tags

    def _proper(self, at: int, first: int) -> int:
        """Return where the proper part of the ideographs from `first` to a generic word at `at` begins."""
        text = self.text
        start = at
        for piece, tag in reversed(self.words.tag(text[first:at])):
            is_ordinal = piece[0] in _NUMERALS and (piece[1:] == "道" or (start < at and _NUMERALS.issuperset(piece)))
            is_name = (
                self.words.is_name_tag(tag)
                or piece in HAMLETS
                or (len(piece) == SHORTEST and piece[1] == "家" and piece[0] in SURNAMES)
                or (SYLLABLES.issuperset(piece) and self.words.is_rare(piece))
            )
            if len(piece) > 1 and not is_ordinal and not is_name:
                break
            start -= len(piece)
        while start < at and text[start] in SOFT:
            if text[start - 1 : start] in TAKING and SYLLABLES.issuperset(text[start + 1 : at]):
                break  # 将|通古勒格淖尔苏木
            start += 1
        run = at
        while run > first and text[run - 1] in SYLLABLES:
            run -= 1
        return min(start, run) if at - run >= REPEATED and text[run] not in SOFT else start

    def _item(self, at: int, floor: int) -> int:
        """Return where the ideographs before a generic word begin, `floor` at the least."""
        first, text = at, self.text
        while first > floor and "\u3400" <= (character := text[first - 1]) <= "\u9fff":
            if character in HARD and not self._transliterates(first - 1):
                break
            if character in "年月日" and first > 1 and text[first - 2].isdigit():
                break  # 2006年|银根苏木
            first -= 1
        return first

    def _transliterates(self, at: int) -> bool:
        """Say whether a character that is also a particle stands among syllables (乌额格其苏木, 、那日图苏木)."""
        text = self.text
        if text[at] not in SYLLABLES:
            return False
        opens = (not is_ideograph(text[at - 1]) or text[at - 1] in "有") and text[at + 1 : at + 2] in SYLLABLES
        return opens or text[at - 1] in SYLLABLES

    def _extend(self, last: Match, end: int, word: str) -> None:
        """Note the longer name that a generic word makes of a name that a table has (锡林浩特站)."""
        if not extends(self.text, last, end, word):
            return
        start = whole_start(self.text, last)
        if word in RESERVES:
            before = bisect_left(self._starts, start) - 1
            start = self._owner(start, self.matches[before] if before >= 0 else None)
        self._add(start, end)

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

    def _is_marked_or_hard(self, start: int) -> bool:
        return self._is_marked(start) or self.text[start - 1] in HARD

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
        opening = OPENING.match(self.text, max(0, start - _LONGEST_OPENING - 1), start)
        if opening is not None and opening.end() == start:
            return True
        before = bisect_left(self._starts, start) - 1
        return before >= 0 and self.matches[before].end == start

    def _add(self, start: int, end: int) -> None:
        while self.found and self.found[-1].end > start:
            if self.found[-1].start <= start and self.found[-1].end >= end:
                return
            self.found.pop()
        self.found.append(name_at(self.text, start, end))
