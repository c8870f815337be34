"""Forms of numbers: how many figures stand before and after the point of what is counted by a unit.

Things come in whole numbers (17条), quantities with 万 or 亿 mostly with one decimal (42.6亿元), rates below a hundred
with one. Weights are logarithms of rough shares in official prose of all kinds; `USUAL` is the share of a usual form.
"""

from __future__ import annotations

import re
from math import log, log10

USUAL = 1.9  # minus the logarithm of the share of a usual form: forms are weighed against it
_NEVER = -6.0


_TEN_THOUSANDS = "万(?!吨级)"


class _Form:
    """The forms before one kind of unit: `figures` by their number, `places` behind the point."""

    def __init__(self, unit: str, figures: tuple[float, ...], places: tuple[float, ...]) -> None:
        self.unit = re.compile(unit)
        self._figures = figures
        self._places = places
        self._huge = -1.5 if unit == _TEN_THOUSANDS else 0.0  # ten thousand 万 are one 亿

    def weight(self, text: str) -> float:
        whole, _, part = text.partition(".")
        size = max(1, len((whole + part).lstrip("0")))
        figures = self._figures[size - 1] if size <= len(self._figures) else _NEVER
        places = self._places[len(part)] if len(part) < len(self._places) else _NEVER
        huge = self._huge if len(whole) > 4 else 0.0
        return max(_NEVER, figures + places + huge + USUAL)


_COUNT = (-1.3, -1.1, -1.2, -1.6, -2.6, -4.0)
_WHOLE = (-0.3, -7.0, -8.0)
_FORMS = (
    _Form("个百分点", (-0.8, -0.7, -1.8), (-1.2, -0.45, -1.6)),
    _Form("倍", (-0.8, -0.9, -2.2, -4.0), (-0.7, -0.8, -2.2)),
    _Form("[‰％]", (-1.6, -0.8, -0.8, -2.0), (-1.5, -0.9, -0.9)),
    _Form("万亿", (-1.6, -1.0, -0.8, -1.6, -2.5), (-1.2, -0.8, -0.8)),
    _Form("亿", (-1.9, -1.35, -1.05, -1.15, -1.5, -1.9, -2.4, -4.0), (-1.0, -0.6, -1.1)),
    _Form("万元", (-1.5, -1.1, -1.1, -1.6, -2.6), (-0.5, -1.2, -2.4)),
    _Form(_TEN_THOUSANDS, (-1.8, -1.2, -1.05, -1.25, -1.6, -2.1, -3.0), (-0.9, -0.65, -1.1)),
    _Form("元(?:立方米|吨|千瓦时|公斤|斤|平方米|度|公里)", (-1.2, -0.9, -1.0, -1.8), (-0.9, -0.9, -1.2)),
    _Form("美?元", (-2.8, -2.0, -1.5, -1.2, -1.2, -3.0), (-0.25, -2.3, -2.3)),
    _Form("周?岁", (-1.3, -0.5, -1.3), (-0.4, -1.2, -2.5)),
    _Form("人(?!次|年)", _COUNT, (-0.35, -2.0, -2.2, -3.0)),
    _Form("公里|平方|立方|公顷|公斤|毫米|吨|米|亩|千|斤|克", (-1.6, -1.2, -1.05, -1.3, -2.0, -4.0), (-0.6, -1.0, -1.6)),
    _Form("小时", (-0.9, -0.9, -1.8, -2.2, -2.6), (-0.3, -1.3, -4.5)),
    _Form("天|分钟|个?月|日|个工作日|年", (-0.9, -0.9, -2.2, -5.0), (-0.2, -2.2, -4.5)),
    _Form(
        "(?:个|户|家|条|项|座|所|处|届|次|号|位|名|种|套|台|辆|艘|架|册|件|例|批|枚|支|块|间|只|头|株|场|余|多|班|列|部|人次)",
        _COUNT,
        _WHOLE,
    ),
)
_OTHER = _Form("", (-1.4, -1.1, -1.1, -1.5, -2.4, -4.0), (-0.6, -1.0, -2.0, -4.0))


_RATE = _Form("", (-1.2, -0.9, -1.0, -1.8, -3.0), (-0.9, -0.8, -1.2))  # 每千人3.4张
_PER_HEAD = re.compile(r"每[十百千万][^，。；]{0,13}$")


def form_weight(number: str, left: str, right: str) -> float:
    """Return how usual the form of a number is between what stands left and right of it; 0 is usual."""
    text = number.replace(",", "").lstrip(":")
    if _PER_HEAD.search(left):
        return _RATE.weight(text)
    return next((form for form in _FORMS if form.unit.match(right)), _OTHER).weight(text)


def percent_form(text: str) -> float:
    """Return how usual the form of a percentage (or of a range of them) is."""
    return min((_rate_form(part) for part in re.findall(r"\d+(?:\.\d+)?", text)), default=0.0)


def _rate_form(text: str) -> float:
    whole, _, part = text.partition(".")
    if len(whole) > 2:
        return 0.0 if text == "100" else ((-0.8 if text < "200" else -1.3) if len(whole) == 3 else -3.0)
    if part:
        return (0.5, -0.9, -4.0, -5.0)[len(part) - 1] - (0.1 if len(whole) > 1 else 0.0)
    if len(whole) == 1:
        return -0.4 if whole != "0" else -4.0
    return 0.3 if whole[1] in "05" else 0.0


def figures_prior(text: str) -> float:
    """Return how likely the figures of a number are by themselves: small leading ones, round whole numbers."""
    first = int(next((c for c in text if c in "123456789"), "5"))
    weight = 0.6 * log(9 * log10(1 + 1 / first))
    part = text.partition(".")[2]
    if part:
        if not text.strip("0."):
            return _NEVER
        return weight - (0.9 if part.endswith("0") else 0.0)
    return weight + (round_bonus(text) or -0.05)


def round_bonus(text: str) -> float:
    """Return how much likelier a whole number is for its zeros at the end, in prose that plans."""
    whole = text.replace(",", "")
    zeros = len(whole) - len(whole.rstrip("0"))
    if not zeros or "." in text:
        return 0.0
    if len(whole) - zeros > 3:  # 90030 is not round
        return 0.2 * zeros
    return 0.2 if len(whole) == 2 else 0.75 * zeros + (0.5 if len(whole) > zeros + 1 and zeros > 1 else 0.0)
