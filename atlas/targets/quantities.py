"""Quantities in running text: a number with its unit, read into a value that a machine can compute with.

`5500万亩` is 55,000,000 mu; `2-3名` is a range; `85％、55％` are two. Dates, voltages and other ratings are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atlas.models import Record

# Multipliers between the number and the unit.
TIMES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
TIMES["万亿"] = 1_000_000_000_000

# Units as printed, longest first when matched; the second member is the unit of `value`, the third a factor.
UNITS: dict[str, tuple[str, float]] = {
    "平方公里": ("km2", 1),
    "平方千米": ("km2", 1),
    "平方米": ("m2", 1),
    "公顷": ("ha", 1),
    "亩": ("mu", 1),
    "公里": ("km", 1),
    "千米": ("km", 1),
    "吨标准煤": ("tce", 1),
    "吨标煤": ("tce", 1),
    "吨/年": ("t/yr", 1),
    "吨": ("t", 1),
    "公斤": ("kg", 1),
    "斤": ("kg", 0.5),
    "立方米/年": ("m3/yr", 1),
    "立方米/日": ("m3/day", 1),
    "立方米": ("m3", 1),
    "立方米/秒": ("m3/s", 1),
    "微克/立方米": ("ug/m3", 1),
    "米": ("m", 1),
    "千瓦时": ("kWh", 1),
    "千瓦": ("kW", 1),
    "兆瓦": ("kW", 1_000),
    "吉瓦": ("kW", 1_000_000),
    "美元": ("USD", 1),
    "元": ("CNY", 1),
    "人次": ("person-times", 1),
    "人": ("persons", 1),
    "名": ("persons", 1),
    "头": ("head", 1),
    "只": ("head", 1),
    "％": ("percent", 1),
    "%": ("percent", 1),
    "‰": ("per mille", 1),
    "个百分点": ("percentage points", 1),
    "倍": ("times", 1),
    "岁": ("years of age", 1),
    "户": ("households", 1),
    "家": ("enterprises", 1),
    "小时": ("h", 1),
    "分钟": ("min", 1),
    "天": ("days", 1),
    "次": ("times done", 1),
    "辆": ("vehicles", 1),
    "台": ("machines", 1),
    "套": ("sets", 1),
    "株": ("trees", 1),
    "册": ("volumes", 1),
    "部": ("pieces", 1),
    "场": ("events", 1),
    "年": ("years", 1),
    "张": ("beds", 1),
    "件": ("pieces", 1),
    "种": ("kinds", 1),
    "条": ("lines", 1),
    "座": ("works", 1),
    "处": ("sites", 1),
    "所": ("institutions", 1),
    "个": ("count", 1),
    "Gbps": ("Gbps", 1),
    "Tbps": ("Gbps", 1_000),
    "吨公里": ("t km", 1),
    "标准箱": ("TEU", 1),
    "箱": ("TEU", 1),
    "架次": ("flights", 1),
    "分贝": ("dB", 1),
    "孔": ("works", 1),
    "眼": ("works", 1),
    "间": ("rooms", 1),
    "支": ("teams", 1),
    "艘": ("ships", 1),
    "列": ("trains", 1),
    "项": ("items", 1),
    "批": ("batches", 1),
    "类": ("kinds", 1),
}
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_NUMBER = r"\d+(?:\.\d+)?"
_TIMES = "百万|千万|万亿|千(?!米)|[十百万亿]?"
_QUANTITY = re.compile(
    rf"(?<![A-Za-z\d.+-])(?P<low>{_NUMBER})(?:(?:{_TIMES})(?:%|％|‰)?(?P<dash>[-—–－~～至]{{1,2}})(?P<high>{_NUMBER}))?"
    rf"(?P<times>{_TIMES})(?P<unit>{_UNIT})(?P<more>标准?煤)?"
)
# A coefficient has no unit: 利用系数提高到0.58.
_RATIO = re.compile(r"(?:系数|收入比|比值)[^\d，。；]{1,8}(?P<low>\d\.\d+)(?P<times>)(?P<unit>)(?![\d.%％‰])")
# Counted nouns that stand right behind a number, without a classifier: 80个旗县, 50个; 36旗县 too.
_NOUN = re.compile(rf"(?<![A-Za-z\d.+-])(?P<low>{_NUMBER})(?P<times>[十百千万亿]?)(?P<unit>旗县|盟市|嘎查村)")
# What follows a number that is a name, a date or a rating.
_NOT = re.compile(r"\d{4}年|\d+年(?:代|底|末|初|前|内|后|期)|\d{1,2}月")


class Quantity(Record):
    """A number with its unit: `text` as printed at `start:end`, `value` (to `high` for a range) in `unit`."""

    start: int
    end: int
    text: str
    number: float  # as printed: 5500
    value: float  # with the multiplier: 55000000
    high: float | None = None
    unit: str  # normalised: mu
    unit_text: str  # as printed: 万亩


def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities in a text, in order."""
    return tuple(sorted(_find(text), key=lambda one: one.start))


def _find(text: str) -> Iterator[Quantity]:
    taken: set[int] = set()
    for pattern in (_QUANTITY, _NOUN, _RATIO):
        for found in pattern.finditer(text):
            if not taken.isdisjoint(range(*found.span())):
                continue
            if _is_date(text, found):
                continue
            taken.update(range(*found.span()))
            yield _quantity(found)


def _is_date(text: str, found: re.Match[str]) -> bool:
    """Say whether 2025年 or 2005年前 is a date; 30年 is not."""
    if found.group("unit") != "年":
        return False
    return (len(found.group("low")) == 4 and found.group("low").isdigit()) or bool(_NOT.match(text, found.start()))


def _quantity(found: re.Match[str]) -> Quantity:
    parts = found.groupdict()
    times = TIMES.get(parts["times"] or "", 1)
    unit = (parts["unit"] or "") + (parts.get("more") or "")
    normal, factor = UNITS.get(unit, ("count", 1)) if unit else ("ratio", 1)
    high = parts.get("high")
    return Quantity(
        start=found.start("low"),
        end=found.end(),
        text=found.group()[found.start("low") - found.start() :],
        number=float(parts["low"]),
        value=_clean(float(parts["low"]) * times * factor),
        high=_clean(float(high) * times * factor) if high else None,
        unit=normal,
        unit_text=f"{parts['times'] or ''}{unit}",
    )


def _clean(value: float) -> float:
    """Take the dust of binary fractions off: 6.6万 is 66000."""
    return round(value, 6)
