"""Homes of quoted figures (“12345”热线, “1324”工作机制) and of the marks of notes (①, [] before 内)."""

from __future__ import annotations

import re

from atlas.corpus.restoration.tokens import Piece

_CODE_AFTER = re.compile(
    r"热线|模式|发展思路|平台|工程|行动|战略|计划|体系|机制|工作思路|思路|工作法|工作|格局|目标|总体|发展|政务|便民|急救|报警|消防|投诉|举报|"
    r"产业|规划|布局|方案|人才|专项|政策|警务|客服|服务|服务热线|等|[）。，；]"
)
_CODE_BEFORE = re.compile(
    r"(?:实施|推广|构建|建立|打造|落实|推进|深化|实行|推行|围绕|拨打|开展|优化|整合|依托|市委|区委|县委|省委|旗委|盟委|简称|称|"
    r"执行|完善|探索|形成|提升|新基建|创新|聚焦|按照|坚持|锚定|贯彻|以|和|与|、|，|的|发展|政策)$"
)


def score(piece: Piece, left: str, right: str, hold: float) -> tuple[float, str]:
    """Return how well quoted figures or the mark of a note fit between `left` and `right`, and the rule."""
    return _code(left, right, hold) if piece.kind == "code" else _item(piece.text, left, right)


def _code(left: str, right: str, hold: float) -> tuple[float, str]:
    """Weigh quoted figures that name a scheme or a hotline: “12345”热线, “1324”工作机制, （以下简称“71118”）."""
    called = re.search(r"(?:以下简称|简称|称为?)$", left) and right[:1] in "）。，、"
    after = bool(_CODE_AFTER.match(right)) and bool(right)
    weight = 2.4 * (after and right[:1] not in "）。，；等") + 1.0 * after + 1.4 * bool(_CODE_BEFORE.search(left))
    weight += 4.0 * bool(called) + 2.0 * bool(weight and re.match(r"[和与、及](?!谐|平)", right))
    return (weight - max(-0.5, 0.8 * hold), "code") if weight else (-1.0, "none")


def _item(text: str, left: str, right: str) -> tuple[float, str]:
    """Weigh the mark of a note or of an item: ① opens a sentence, 1. a paragraph, [] stands before 内."""
    opens = not left or left[-1:] in "：。；\n）"
    if text[0].isdigit():
        begins = not left or left[-1:] in "。\n"
        return (4.0, "item") if begins and right[:1] not in "，。、；：）" else (-1.5, "none")
    if text == "[]":
        return (5.5, "item") if right[:1] in ("内", "中") and opens else (-1.5, "none")
    return (3.5 if left[-1:] not in "）" else 1.5, "item") if opens else (-1.5, "none")
