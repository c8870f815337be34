"""Which of several units of one name is meant: the units named nearby, then the province that the text is about.

Names repeat across the country (新城区 in Hohhot and in Xi'an). A parent unit named before decides; else the province
most often named without doubt in the whole text; else nothing does, and the mention stays ambiguous. The same evidence
says when a short form that is also a name elsewhere (清水河, 浑河, 红山) is not the region's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Protocol

NEARBY = 200  # characters back in which a parent unit speaks for its children
AROUND = 400  # characters on either side that say where the text is
CLEAR_SHARE = 0.6  # of all sure mentions that one province must have to speak for the text
REGION = "15"  # the first two digits of the region's codes
_NONE: Counter[str] = Counter()
_count = itemgetter(1)
FOREIGN_SHARE = 0.25  # of all sure mentions: with less of the region's own, a text is about other provinces


class HasProvince(Protocol):
    """What is known of a name: the province of the one unit that it can only mean, "" without one."""

    @property
    def province(self) -> str: ...  # noqa: D102


class Context:
    """What is known for sure about a text: units and where they were named."""

    def __init__(self, starts: Sequence[int], codes: Sequence[str], entries: Sequence[HasProvince] = ()) -> None:
        """Take the offset and six-digit code of every name, in order; "" where it is not that of a sure unit.

        `entries` say of each name in which province the one unit lies that it can only mean.
        """
        self._starts = [start for start, code in zip(starts, codes, strict=True) if code]
        self._codes = [code for code in codes if code]
        self._all = starts
        self._entries = entries
        self._provinces: tuple[list[int], list[str]] | None = None
        provinces = Counter([code[:2] for code in self._codes]) if self._codes else _NONE
        province, count = max(provinces.items(), key=_count, default=("", 0))
        # The province that most of the sure units lie in, "" where none has a clear majority.
        self._province = province if count >= CLEAR_SHARE * len(self._codes) else ""
        self._foreign = bool(self._codes) and provinces[REGION] < FOREIGN_SHARE * len(self._codes)

    def choose(self, candidates: Mapping[str, str], at: int) -> str | None:
        """Return the candidate that the context speaks for, None if none or several.

        `candidates` has the six-digit code of each: its own, or that of the unit it lies in.
        """
        first = bisect_left(self._starts, at - NEARBY)
        before = self._codes[first : bisect_left(self._starts, at)]
        for digits in (6, 4, 2):
            for code in reversed(before):
                if (digits == 4 and code[2:4] == "00") or (digits == 6 and code[4:] == "00"):
                    continue
                fits = [one for one, own in candidates.items() if own[:digits] == code[:digits] and one != code]
                if len(fits) == 1:
                    return fits[0]
        if self._province:
            fits = [one for one, own in candidates.items() if own[:2] == self._province]
            if len(fits) == 1:
                return fits[0]
        return None

    def township(self, candidates: Mapping[str, str], at: int, *, distinctive: bool) -> str | None:
        """Return the township that is meant; `candidates` has the code of each one's county.

        The county named around decides; else the league, if the nearest unit lies in it too; where no unit below the
        region is named around, a `distinctive` name that only one township has needs neither.
        """
        first, last = bisect_left(self._starts, at - AROUND), bisect_left(self._starts, at + AROUND)
        here = bisect_left(self._starts, at)
        around = [*reversed(self._codes[first:here]), *self._codes[here:last]]
        around = [code for code in around if code[2:4] != "00"]
        for code in around:
            if fits := [one for one, own in candidates.items() if own == code]:
                return fits[0] if len(fits) == 1 else None
        if around:
            fits = [one for one, own in candidates.items() if own[:4] == around[0][:4]]
        else:
            fits = list(candidates) if distinctive else []
        return fits[0] if len(fits) == 1 else None

    def may_mean(self, code: str) -> bool:
        """Say whether a short form may mean this unit: one of the region, or of the province the text is about."""
        return code[:2] == REGION or code[:2] == self._province

    def names_province(self, code: str, at: int) -> bool:
        """Say whether the text around `at` names something in the province of a unit for sure."""
        if self._provinces is None:
            named = [(start, one.province) for start, one in zip(self._all, self._entries, strict=True) if one.province]
            self._provinces = [start for start, _ in named], [province for _, province in named]
        starts, provinces = self._provinces
        return code[:2] in provinces[bisect_left(starts, at - AROUND) : bisect_left(starts, at + AROUND)]

    def names_league(self, code: str, at: int) -> bool:
        """Say whether the text around `at` names a unit's league, or another unit of it, and is about its province."""
        if code[:2] != self._province:
            return False
        first, last = bisect_left(self._starts, at - AROUND), bisect_left(self._starts, at + AROUND)
        return any(one[:4] == code[:4] and one != code for one in self._codes[first:last])

    def is_elsewhere(self, at: int) -> bool:
        """Say whether the text around `at` is about other provinces and names nothing of the region for sure."""
        if not self._foreign:
            return False
        first, last = bisect_left(self._starts, at - AROUND), bisect_left(self._starts, at + AROUND)
        return not any(code[:2] == REGION for code in self._codes[first:last])
