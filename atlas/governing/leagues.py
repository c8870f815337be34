"""As what a unit is named: as itself, as a stop of a line, for a thing that stands in it, or for some of its units.

What is said of 赤峰 as a hub holds for the city, not for its banners; what is said of 赤峰市北部 for some of them only;
and 包头 in a list of airports is the airport of Baotou.
"""

from __future__ import annotations

import re

from atlas.governing import notes
from atlas.governing.scopes import BOXES
from atlas.models import Mention, Provision

# Further names of a list that the unit stands in, with the rank that a thing of theirs has.
_RANK = r"(?:国家级|自治区级)?"
LIST = rf"{_RANK}(?:[、和及与\-—–]\w{{2,6}}?{_RANK})*?等?"
# Things that carry the name of the city they stand in, by the words for them. An airport stands somewhere in or near
# its city, so it does not stand for the districts; the others are at the seat.
_THINGS = {
    notes.AIRPORT: "机场|航空港|空港|临空经济|航线|航空快件",
    "bonded": "综合保税区|保税物流中心",
    "venue": "会展中心|大市场|资源库",
    "hub": "陆港|枢纽",
    "zone": "高新区|高新技术产业开发区|产业园|人才社区|新城",
    "net": "大数据|互换局|转接点|直联点|出入口|城市大脑|城市体检|地铁",
}
# What stands behind a unit that is only named for such a thing: 鄂尔多斯、呼和浩特综合保税区.
_FOR_A_THING = re.compile(
    LIST + r"[\w“”（）]{0,12}?(?:" + "|".join(f"(?P<{key}>{words})" for key, words in _THINGS.items()) + ")"
)
_NAMED = {
    notes.AIRPORT: "机场|航空口岸",
    "bonded": _THINGS["bonded"],
    "venue": "会展中心|大市场",
    "hub": "物流枢纽|陆港",
}
_NAME = re.compile("(?:" + "|".join(f"(?P<{key}>{words})" for key, words in _NAMED.items()) + ")$")
_SOME_OF_ITS = re.compile(LIST + r"(?P<number>\d+)个旗县")  # 呼和浩特市、包头市12个旗县: only some of theirs
_PART = re.compile(r"[东西南北中]{1,2}部")  # 赤峰市北部: not all of it
_MEETING = re.compile(LIST + r"(?:三|两)?(?:地|盟市)?交界")  # a spot where units meet is not all of them
_AS_CITIES = re.compile(LIST + "等城市")  # 呼和浩特、鄂尔多斯等城市: the towns, not their banners
_STOP = re.compile(r"[至经]")
_NODES = re.compile(r"(?P<airport>航空|机场)|枢纽|铁路|公路")  # headings of boxes that list the nodes of a network


def as_what(provision: Provision, mention: Mention) -> str:
    """Return the note that says as what a unit is named: a stop, for a thing in it, or for some of its units."""
    before, after = provision.text[: mention.start], provision.text[mention.end : mention.end + 40]
    if any(pattern.match(after) for pattern in (_MEETING, _SOME_OF_ITS, _PART)):
        return notes.SOME
    thing = _thing_behind(after)
    headings = (provision.title, *provision.path[-1:]) if provision.kind in BOXES else ()
    listed = [found for heading in headings if (found := _NODES.search(heading))]
    if any(found["airport"] for found in listed):
        thing = notes.AIRPORT
    named = mention.surface.endswith(("机场", "口岸")) or before.endswith(("至", "经"))
    behind = thing or any(pattern.match(after) for pattern in (_STOP, _AS_CITIES))
    return notes.join(notes.NODE if listed or named or behind else "", notes.meant_for(thing))


def count_behind(text: str, mention: Mention) -> tuple[int, int]:
    """Return how many units of the leagues of a list are meant, and where the number stands; (0, 0) if none is said."""
    found = _SOME_OF_ITS.match(text[mention.end : mention.end + 40])
    return (int(found["number"]), mention.end + found.start("number")) if found else (0, 0)


def _thing_behind(after: str) -> str:
    found = _FOR_A_THING.match(after)
    return found.lastgroup or "" if found else ""


def thing(name: str) -> str:
    """Return what kind of thing a place is that carries the name of a unit (包头机场), or nothing."""
    found = _NAME.search(name)
    return found.lastgroup or "" if found else ""


def is_named_after(name: str, unit: str) -> bool:
    """Say whether a thing carries the name of a unit: 呼和浩特白塔国际机场, not 白塔机场."""
    return bool(unit) and name.startswith(_short(unit))


def _short(unit: str) -> str:
    return re.sub("(?<=..)(市|盟|地区)$", "", unit)
