"""As what a league or city is named: as itself, as a stop of a line, for a thing at its seat, or for some of its units.

What is said of 赤峰 as a hub holds for the city, not for its banners; what is said of 赤峰市北部 for some of them only.
"""

from __future__ import annotations

import re

from atlas.governing import notes
from atlas.governing.scopes import BOXES
from atlas.models import Mention, Provision

# Further names of a list that the league stands in.
LIST = r"(?:[、和及与-]\w{2,6}?)*?等?"
# What stands behind a league that is only named for a thing at its seat: 鄂尔多斯、呼和浩特综合保税区.
_AT_THE_SEAT = re.compile(
    LIST + r"[\w“”（）]{0,12}?(?:综合保税区|保税物流中心|临空经济|高新区|高新技术产业开发区|机场|航空港|陆港|空港|枢纽|"
    r"大数据|互换局|转接点|直联点|出入口|城市大脑|城市体检|人才社区|产业园|地铁|新城|航线)"
)
_SOME_OF_ITS = re.compile(LIST + r"\d+个旗县")  # 呼和浩特市、包头市12个旗县: only some of theirs
_PART = re.compile(r"[东西南北中]{1,2}部")  # 赤峰市北部: not all of it
_MEETING = re.compile(LIST + r"(?:三|两)?(?:地|盟市)?交界")  # a spot where units meet is not all of them
_AS_CITIES = re.compile(LIST + "等城市")  # 呼和浩特、鄂尔多斯等城市: the towns, not their banners
_STOP = re.compile(r"[至经]")
_NODES = re.compile(r"航空|机场|枢纽|铁路|公路")  # headings of boxes that list the nodes of a network


def as_what(provision: Provision, mention: Mention) -> str:
    """Return the note that says as what a league or city is named: a stop, for its seat, or for some of its units."""
    before, after = provision.text[: mention.start], provision.text[mention.end : mention.end + 40]
    if any(pattern.match(after) for pattern in (_MEETING, _SOME_OF_ITS, _PART)):
        return notes.SOME
    listed = provision.kind in BOXES and any(
        _NODES.search(heading) for heading in (provision.title, *provision.path[-1:])
    )
    named = mention.surface.endswith(("机场", "口岸")) or before.endswith(("至", "经"))
    behind = any(pattern.match(after) for pattern in (_STOP, _AT_THE_SEAT, _AS_CITIES))
    return notes.NODE if listed or named or behind else ""
