"""Where a name begins that a generic word closes: the words before it, from the generic word backwards."""

from __future__ import annotations

from bisect import bisect_left

from atlas.geoparse.automaton import Match
from atlas.geoparse.borders import (
    BESIDE,
    BORDERS,
    DESCRIBING,
    ORDINAL,
    PART,
    SIDED,
    WATERSIDE,
    is_ideograph,
)
from atlas.geoparse.evidence import SURNAMES
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
    CHAINED,
    CONNECTORS,
    GAUGED,
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
    VILLAGES,
    VOLTS,
    WATERS,
)
from atlas.geoparse.listed import LINES, SHORTEST, is_clean
from atlas.geoparse.repeated import REPEATED
from atlas.geoparse.setting import LONGEST_OPENING, LOW, SIDES, VERBAL, VERBS, WINDOW, Setting

_NUMERALS = frozenset("一二三四五六七八九十")


class Beginnings(Setting):
    """Finds where names begin in one text."""

    def _start(self, at: int, end: int, word: str, last: Match | None) -> int:
        """Return where the name begins that a generic word closes and no name of a table touches, `at` for none."""
        if word in VILLAGES:
            last = self._short_parent(at) or last
        start = self._begin(at, word, last)
        short = at - start < LOW and (start == at or not SYLLABLES.issuperset(self.text[start:at]))
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
        first = max(floor, at - WINDOW)
        pieces = self.words.tag(text[first:end]) if word in OPEN else ()
        if not pieces or pieces[-1][1] != "ns":
            return otherwise
        start = end - len(pieces[-1][0])
        known = at - start >= SHORTEST or (word == "湖" and start < at and text[start] in SIDES)
        behind_verb = len(pieces) > 1 and pieces[-2][1] in VERBAL and len(pieces[-2][0]) == 1
        return start if known and (otherwise == at or behind_verb) else otherwise  # 借|东湖

    def _short_parent(self, at: int) -> Match | None:
        """Return the unit by its short form that a township lies in, in text on its province (扎旗|好力保|镇)."""
        index = bisect_left(self._unsure_ends, at - SHORTEST + 1) - 1
        if index < 0 or self._unsure_ends[index] < at - LOW:
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

    def _before_number(self, at: int, word: str) -> int:
        """Return where what a number says of a mine or station begins (胜利|西二号露天煤矿, 扎木图|500千伏开关站).

        0 where a unit only says where the station is (武川|500千伏变电站).
        """
        number = ORDINAL if word in MINES else VOLTS
        found = number.search(self.text, max(0, at - 8), at)
        if found is None:
            return at
        return 0 if word in POWER and found.start() in self._ends else found.start()

    def _begin(self, at: int, word: str, last: Match | None) -> int:
        """Return where the name begins that a generic word at `at` closes, `at` itself where it closes none."""
        text = self.text
        floor = max(0, at - GENERIC[word], last.end if last is not None else 0)
        behind_unit = last is not None and floor == last.end and (self._is_parent(last) or word == "峡")
        opening = OPENING.match(text, max(0, floor - LONGEST_OPENING), at)
        opened = opening is not None and opening.end() > floor
        if opening is not None and opened:
            floor, behind_unit = opening.end(), False
        if text[floor] in SIDES and (part := PART.match(text, floor, at)):
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
            or ((followed or chained) and self._is_marked(item) and not self._begins_with_verb(item, at, VERBS))
        )
        bordering = (
            word in VILLAGES
            and text[item - 1] in BESIDE
            and (text[item - 2] in SIDES or BORDERS.match(text, past) is not None)
        )
        # 滋养着|幸福河|两岸
        watering = word == "河" and self._is_marked_or_hard(item) and WATERSIDE.match(text, past) is not None
        alone = (
            (word in TOWNS or word in RESERVES or word == "国际机场" or bordering or watering)
            and at - item <= LOW
            and (watering or self._is_marked(item))
            and not self._begins_with_verb(item, at)
            and not EAGER.intersection(text[item:at].removeprefix(PEACE))
        )
        ordinal = word in MINES and text[at : at + 2] not in MINES  # 胜利|西二号露天煤矿
        # 集通线|衙门庙站
        halt = word == "站" and opened and text.endswith(LINES, 0, item) and not self._begins_with_verb(item, at)
        station = word in POWER and opened and not self._begins_with_verb(item, at, VERBS)
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
            len(word) + len(own) > LOW
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
            or (len(own) > LOW and 2 * sum(one in SYLLABLES for one in own) < len(own))
            or (not is_proper and not supported)
            or (word in CLOSE and not (supported or marked))
            or (word in STREETS and not (listed or len(word) > 1 or own[-1:] in SIDES))
            or not own
            or (own[0] in HARD and not SYLLABLES.issuperset(own))
            or own == own[0] * SHORTEST
            or NOT_NAMES.search(own)
        ):
            return at
        return start

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
