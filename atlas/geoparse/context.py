"""Which of several units of one name is meant: the units named nearby, then the province that the text is about.

Names repeat across the country (新城区 in Hohhot and in Xi'an). A parent unit named before decides; else the province
most often named without doubt in the whole text; else nothing does, and the mention stays ambiguous.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

NEARBY = 200  # characters back in which a parent unit speaks for its children
CLEAR_SHARE = 0.6  # of all sure mentions that one province must have to speak for the text


class Context:
    """What is known for sure about a text: units and where they were named."""

    def __init__(self, sure: Sequence[tuple[int, str]]) -> None:
        """Take (offset, six-digit code) of every sure unit, in order."""
        self._sure = sure
        provinces = Counter(code[:2] for _, code in sure)
        (self._province, count), *_ = provinces.most_common(1) or [("", 0)]
        self._clear = count >= CLEAR_SHARE * max(1, sum(provinces.values()))

    def choose(self, candidates: Sequence[str], at: int) -> str | None:
        """Return the candidate (six-digit codes) that the context speaks for, None if it speaks for none or several."""
        before = [code for start, code in self._sure if at - NEARBY <= start < at]
        for digits in (4, 2):
            for code in reversed(before):
                if digits == 4 and code[2:4] == "00":
                    continue
                fits = [one for one in candidates if one[:digits] == code[:digits]]
                if len(fits) == 1:
                    return fits[0]
        if self._clear:
            fits = [one for one in candidates if one[:2] == self._province]
            if len(fits) == 1:
                return fits[0]
        return None
