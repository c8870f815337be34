"""Provinces by their one-character names in a list that says so: 晋、陕、宁三省, 陕、甘、宁、青五省区.

Alone, and joined without a mark (蒙晋冀), such a character is a word, a surname or part of a group's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from atlas.geoparse.automaton import Match, NameAutomaton

SHORT = {
    **{"京": "北京", "津": "天津", "冀": "河北", "晋": "山西", "蒙": "内蒙古", "辽": "辽宁", "吉": "吉林"},
    **{"黑": "黑龙江", "沪": "上海", "苏": "江苏", "浙": "浙江", "皖": "安徽", "闽": "福建", "赣": "江西"},
    **{"鲁": "山东", "豫": "河南", "鄂": "湖北", "湘": "湖南", "粤": "广东", "桂": "广西", "琼": "海南"},
    **{"渝": "重庆", "川": "四川", "黔": "贵州", "滇": "云南", "藏": "西藏", "陕": "陕西", "甘": "甘肃"},
    **{"青": "青海", "宁": "宁夏", "新": "新疆"},
}
_ONE = f"[{''.join(SHORT)}]"
_COUNT = "两二三四五六七八九十"
# A list right before 省, with or without its number.
_LIST = re.compile(rf"((?:{_ONE}[、和及与])+{_ONE})等?(?:[\d{_COUNT}]个?)?$")
_BEFORE = frozenset([*SHORT, *_COUNT, *"0123456789个等"])
_LONGEST = 64  # characters


def provinces(text: str, automaton: NameAutomaton) -> Iterator[Match]:
    """Yield the provinces that the lists of a text name by one character each."""
    past = text.find("省")
    while past >= 0:
        if text[past - 1] in _BEFORE and (listed := _LIST.search(text, max(0, past - _LONGEST), past)):
            for at in range(listed.start(1), listed.end(1), 2):
                found = automaton.find(SHORT[text[at]])
                if found is not None:
                    name, number = found
                    yield Match(at, at + 1, replace(name, surface=text[at]), number)
        past = text.find("省", past + 1)
