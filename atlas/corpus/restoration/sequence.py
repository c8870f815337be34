"""Numbers that follow one another: parts are smaller than the whole, 提高到 rises, equals are of like size.

Weights are logarithmic; they were set by hand on prose with simulated damage.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import log10

FURTHEST = 30  # characters between two numbers that are compared
_NEAR = 16
_PART = re.compile(r"其中|含")
_RISE = re.compile(r"(?:提高|增加|增长|上升|扩大|提升|攀升|跃升|增|升)(?:到|至|为)")
_FALL = re.compile(r"(?:减少|下降|降低|压缩|压减|缩短|缩小|精简|回落|降|减)(?:到|至|为)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(%?)")
_ORDERED, _AGAINST = 0.5, -2.5
_ALIKE = 0.4  # two equals side by side are of like size


@lru_cache(maxsize=200_000)
def follows(before: str, after: str, gap: str, right: str) -> float:
    """Return how well a number goes with the number before it.

    `gap` is the text between the slots: it begins with what the first number counts; `right` stands after the second.
    """
    first, second = _NUMBER.fullmatch(before), _NUMBER.fullmatch(after)
    if first is None or second is None or first.group(1) != second.group(1):
        return 0.0
    if not first.group(1) and _unit(gap) != _unit(right):
        return 0.0
    one, two = float(before.rstrip("%")), float(after.rstrip("%"))
    near = len(gap) <= _NEAR
    weight = 0.0
    if near and _RISE.search(gap):
        weight = _ORDERED if two > one else _AGAINST
    elif near and _FALL.search(gap):
        weight = _ORDERED if two < one else _AGAINST
    elif first.group(1):
        weight = 0.0
    elif _PART.search(gap):
        weight = 0.2 if two <= one else _AGAINST
    elif near:
        weight = max(-1.2, _ALIKE - 0.6 * abs(log10(max(two, 0.01) / max(one, 0.01))))
    return weight


def _unit(text: str) -> str:
    size = 2 if text[:1] in ("万", "亿", "平", "立", "公", "千", "百") else 1
    return text[:size]
