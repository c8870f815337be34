"""Commitments said in words instead of digits: 全覆盖, 全部完成, 县县通气 are all of something, 百万亩 is a million mu.

`all_of` finds what is to hold for every member of a class (100 percent; nearly, where the text says 基本); `in_words`
reads numbers written as words of magnitude, and 翻一番 as twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atlas.targets.quantities import TIMES, UNITS, Quantity

_ALL = re.compile(
    r"(?<!健)全覆盖(?!的|监管|监督|全民)|全面覆盖|(?P<each>[县市村乡镇户旗盟])(?P=each)通\w{0,3}|全回收|应(?P<verb>\w)尽(?P=verb)(?!的)|"
    r"(?:全部|所有)(?=\w{0,14}(?:完成|建成|创成|达到|达标|摘帽|通\w))|(?:基本|全面)完成(?=\w*(?:改造|整治|治理|建设)(?:任务)?(?:$|[，。；]))"
)
MAGNITUDES = frozenset("十百千万亿")
_NEARLY = re.compile(r"基本\w{0,2}$")
_MAGNITUDE = "|".join(sorted(TIMES, key=len, reverse=True))
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_IN_WORDS = re.compile(rf"(?<![\d几数上成近余第一二三四五六七八九十百千万亿])(?P<times>{_MAGNITUDE})(?P<unit>{_UNIT})")
_DOUBLED = re.compile(r"翻(?P<times>一|两|三)?番")
_DOUBLINGS = {None: 1, "一": 1, "两": 2, "三": 3}
# What is counted in such words must be a thing: 百年, 千年, 万元 (of a rate), 十项 are not meant as numbers.
_FIGURES = {"名", "人", "亩", "千瓦", "吨", "公里", "头", "只", "平方公里"}


def all_of(text: str) -> Iterator[tuple[Quantity, bool]]:
    """Yield 100 percent wherever a text says that all of something is meant, and whether only nearly all is."""
    for found in _ALL.finditer(text):
        nearly = found.group().startswith("基本") or bool(_NEARLY.search(text, 0, found.start()))
        yield (
            Quantity(
                start=found.start(),
                end=found.end(),
                text=found.group(),
                number=100,
                value=100,
                unit="percent",
                unit_text="",
            ),
            nearly,
        )


def in_words(text: str) -> Iterator[Quantity]:
    """Yield the quantities of a text whose number is a word: 千名, 百万亩, 千万千瓦, 翻一番."""
    for found in _IN_WORDS.finditer(text):
        if found.group("unit") not in _FIGURES:
            continue
        unit, factor = UNITS[found.group("unit")]
        value = float(TIMES[found.group("times")])
        yield Quantity(
            start=found.start(),
            end=found.end(),
            text=found.group(),
            number=value,
            value=value * factor,
            unit=unit,
            unit_text=found.group("unit"),
        )
    for found in _DOUBLED.finditer(text):
        value = float(2 ** _DOUBLINGS[found.group("times")])
        yield Quantity(
            start=found.start(),
            end=found.end(),
            text=found.group(),
            number=value,
            value=value,
            unit="times",
            unit_text="番",
        )
