"""Homes of Latin names and Roman numerals: empty brackets, gaps in enumerations, words that go with the name."""

from __future__ import annotations

import re
from functools import cache

from atlas.corpus.restoration.joints import place_after
from atlas.corpus.restoration.names import LATIN, ROUTE_AFTER, ROUTE_BEFORE
from atlas.corpus.restoration.tokens import Piece

_ROUTE = re.compile(r"[GS]\d{1,4}")
_GENERIC_AFTER = re.compile(
    r"技术|系统|平台|网络|模式|认证|标准|产业|芯片|管理|产品|设备|基站|应用|服务|核算|指数|协议|软件|算法|接口|格式|项目|机制|方案|卡|版|类|型|级"
)
_GENERIC_BEFORE = re.compile(
    r"(?:基于|采用|利用|运用|应用|通过|开发|推广|推进|发展|建设|共建|打造|加快|实施|引进|搭载|使用|开展|实施|和|与|、|的|等)$"
)
_PLAN_AFTER = re.compile(
    r"行动|计划|工程|体系|政务|模式|制度|架构|人才|企业|政策|机制|规划|工作|产业|发展|格局|服务|证书|的|等|平台|考试|方案|联动"
)
_PLAN_BEFORE = re.compile(
    r"(?:推广|实施|形成|构建|建立|推行|打造|执行|完善|严格|启动|推进|巩固|制定|出台|落实|开展|深化|实行|探索|创新|按照|采取|政|和|施)$"
)


@cache
def _known(name: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    if name not in LATIN:
        return None
    after, before = LATIN[name]
    return re.compile(after or r"(?!)"), re.compile(before or r"(?!)")


def score(piece: Piece, left: str, right: str, hold: float) -> tuple[float, str]:
    """Return how well a Latin name or Roman numeral fits between `left` and `right`, and the rule.

    `hold` tells how firmly the two neighbours hold together (`cohesion.py`).
    """
    gap = _gap(left, right)
    name = piece.text
    if piece.kind == "roman":
        fits = 6.0 if left[-1:] and left[-1:] in "于劣、和或" and right[:1] != "、" else 4.0
        return (fits, "class") if re.match(r"[类级型期、]", right) else (-2.5, "none")
    if name.startswith("“") or re.fullmatch(r"[0-9A-Z]+(?:\+[0-9A-Z]+)+", name):
        return _plan(left, right)
    if known := _known(name) or _known(name.upper()):
        after = known[0].match(right) if right else None
        weight = 3.2 * bool(after) + 0.6 * bool(after and len(after.group()) > 1) + 2.4 * bool(known[1].search(left))
        if weight:
            weight += 0.5 + 0.6 * bool(_GENERIC_BEFORE.search(left)) - max(0.0, 0.5 * hold)
        return max((weight or -1.0, "latin-name"), (gap, "gap"))
    if _ROUTE.fullmatch(name):
        return max((_route(left, right, hold), "route"), (gap - 1.0, "gap"))
    if re.fullmatch(r"\d-", name):
        return (4.5, "gap") if gap >= 3 or (left.endswith("，") and left[-2:-1] in "、，") else (-3.0, "none")
    weight = 1.2 * bool(_GENERIC_AFTER.match(right)) + 0.8 * bool(_GENERIC_BEFORE.search(left))
    return max((weight - 0.6 - max(-0.4, 0.8 * hold), "latin-name"), (gap, "gap"))


def _route(left: str, right: str, hold: float) -> float:
    weight = 3.2 * bool(ROUTE_AFTER.match(right)) + 1.8 * bool(ROUTE_BEFORE.search(left) or not left)
    weight += 1.5 * place_after(right) - max(-0.5, 0.8 * hold)
    if re.match(r"[、，和]", right) and not re.search(r"(?:国道|省道|高速|公路)$", left):
        weight -= 2.5
    return weight - 1.0


def _plan(left: str, right: str) -> tuple[float, str]:
    weight = 2.0 * bool(_PLAN_AFTER.match(right)) + 2.0 * bool(_PLAN_BEFORE.search(left))
    return weight + 0.3 if weight else -1.0, "plan-name"


def _gap(left: str, right: str) -> float:
    """Return the weight of a place where a word is missing."""
    before, after = left[-1:], right[:1]
    if before == "（" and after == "）":
        return 6.5
    if before in "、，（（" and before and after in "、，。；）" and after:
        return 5.0
    if before == "、" and re.match(r"等(?!级)|和(?!谐|平)|及(?!时)", right):
        return 5.0
    if re.search(r"[^饱温缓共总]和$|与$|及$", left) and re.match(r"[，。、；）]|等(?!级)", right):
        return 4.0
    return -1.5
