"""Homes of joints: hyphens between names, arrows in chains, plus signs, slashes between units, dots, long dashes."""

from __future__ import annotations

import re

from atlas.corpus.restoration.names import PLUS_HEADS
from atlas.corpus.restoration.tokens import Piece
from atlas.corpus.restoration.words import words as word_list

_HEADS = re.compile(f"(?:{'|'.join(sorted(PLUS_HEADS, key=len, reverse=True))})$")
_HEAD = re.compile("|".join(sorted(PLUS_HEADS, key=len, reverse=True)))
_PER = re.compile(
    r"(?:百平方公里|百公里|万人|百人|年|日|天|小时|人|亩|平方公里|立方米|升|户|公里|公顷|秒|平方米|千瓦时|月|次|吨|标准箱)"
)
_UNIT = re.compile(r"(?:吨|元|米|公里|千瓦|千瓦时|人|次|克|标准煤|头|只|件|人次|个|立方|斤|升|册|辆|列|班|帕|车)$")
_CJK = re.compile(r"[\u4e00-\u9fff]")
_LONGEST_PLACE = 6
SPAN = 4.5  # weight of a dash between two dates that lost their figures: 年|年
_THING = re.compile(
    r"(?:矿|物|料|件|片|器|剂|品|油|醇|烯|烃|酯|酸|碱|胺|苯|材|金属|矿石|路|电池|组件|淀粉|糖|钠|钙|气|煤|焦|钢|铁|铝|铜|合金|硅|箔|棒|带|板|管|线|丝|布|纱|粉|液|浆|胶|药|肥|肉|奶|皮|毛|绒|车|机|船|板材|锭|坯|圆|杆|型|）)$"
)


_CHAIN_WORDS = word_list("chain")
_PRODUCTS = word_list("products")
PLACE_NAMES = word_list("places")
_SEGMENT = re.compile(r"(?<=[，、。；：（）])[\u4e00-\u9fff]{2,6}(?=[，、。；：（）])")
_SAMPLE = 400_000


def terms(text: str) -> frozenset[str]:
    """Return what stands between two marks of punctuation in a text: 多晶硅、单晶硅; its ends are ends of words."""
    return frozenset(_SEGMENT.findall(text[:_SAMPLE])) | _CHAIN_WORDS | _PRODUCTS


def _ends(left: str, words: frozenset[str]) -> bool:
    return any(left[-n:] in words for n in range(2, 9) if len(left) >= n)


def _begins(right: str, words: frozenset[str]) -> bool:
    return any(right[:n] in words for n in range(2, 9) if len(right) >= n)


def place_before(left: str) -> bool:
    """Tell whether a place name ends here."""
    return any(left[-n:] in PLACE_NAMES for n in range(2, _LONGEST_PLACE + 1) if len(left) >= n)


def place_after(right: str) -> bool:
    """Tell whether a place name begins here."""
    return any(right[:n] in PLACE_NAMES for n in range(2, _LONGEST_PLACE + 1) if len(right) >= n)


def score(piece: Piece, left: str, right: str, hold: float, words: frozenset[str]) -> tuple[float, str]:
    """Return how well a joint fits.

    `hold` tells how firmly its two neighbours hold together (`cohesion.py`), `words` are known terms (`terms`).
    """
    known = 1.2 * _ends(left, words) + 1.2 * _begins(right, words)
    if piece.kind == "joint":
        both = _ends(left, words) and _begins(right, words)
        return _hyphen(left, right, -2.6 if both else hold - 0.6 * known)
    if piece.kind == "arrow":
        made = _ends(left, _PRODUCTS) and _begins(right, _PRODUCTS)
        return _arrow(left, right, -4.0 if made else hold - known)
    if piece.kind == "plus":
        return _plus(left, right, hold)
    if piece.kind == "dash":
        return _dash(left, right)
    if piece.kind == "dot":
        return 0.8 - max(0.0, 1.2 * hold), "dot"
    per = piece.kind == "slash" and _UNIT.search(left) and _PER.match(right)
    return (6.5, "per") if per else (-1.5, "none")


def _between_words(left: str, right: str) -> bool:
    return bool(_CJK.match(left[-1:]) and _CJK.match(right[:1]))


def _hyphen(left: str, right: str, hold: float) -> tuple[float, str]:
    if left[-1:] in "年月日" and left[-1:] and right[:1] == left[-1:]:
        return SPAN, "span-of-time"
    if not _between_words(left, right):
        return -3.0, "none"
    before, after = place_before(left), place_after(right)
    if before and after:
        return 6.0 - max(0.0, hold), "between-places"
    if before or after:
        return 0.9 - max(0.0, 1.2 * hold), "between-places"
    return 0.2 - max(-3.0, 1.0 * hold), "between-words"


def _arrow(left: str, right: str, hold: float) -> tuple[float, str]:
    if not (_CJK.match(left[-1:]) or left[-1:] == "）") or not _CJK.match(right[:1]):
        return -3.0, "none"
    weight = 0.6 - max(-4.0, 1.0 * hold)
    if _THING.search(left):
        weight += 1.5
    if left[-1:] == "）":
        weight += 2.5
    if any(left[-n:][:2] == right[:2] for n in range(2, 8)):
        weight += 2.0  # 稀土原矿→稀土精矿
    if left[-1:] == right[:1]:
        weight += 1.5  # 煤→煤焦油
    if right[1:2] == "、":
        weight += 1.2  # 聚烯烃→桶、管、膜
    if left[-1:] in right[1:5]:
        weight += 1.0  # 单晶硅→硅片, 多晶硅→单晶硅
    return weight, "chain"


def _plus(left: str, right: str, hold: float) -> tuple[float, str]:
    head = bool(_HEADS.search(left))
    nxt = bool(_HEAD.match(right))
    if not _CJK.match(left[-1:]):
        return -2.0, "none"
    weight = 0.2 + 3.0 * head + 1.5 * nxt - max(-0.5, 0.9 * hold)
    return weight, "plus"


_STATED = re.compile(r"增长|达到|以上|以内|左右|下降|提高到|突破|超过|控制在")
_EXPLAINS = re.compile(r"从|让|即|就是|这|既|不仅|比如|例如|无论")
_SHORT_SENTENCE = re.compile(r"[\u4e00-\u9fff、“”]{2,18}(?:，[\u4e00-\u9fff、“”]{4,18})?。")
_TWO_CLAUSES = re.compile(r"[\u4e00-\u9fff、“”]{2,10}，[\u4e00-\u9fff、“”]{4,14}$")


def _dash(left: str, right: str) -> tuple[float, str]:
    """Weigh a long dash: it opens a paragraph of a list (——坚持系统观念。) or an apposition."""
    if not left or left[-1:] in "。：！？；\n":
        found = _SHORT_SENTENCE.match(right)
        if found is None:
            return (2.6 if _TWO_CLAUSES.match(right) else 2.0), "paragraph"
        stated = len(found.group()) > 11 or _STATED.search(found.group())  # a sentence that lost its figures
        return (3.0 if stated else 5.0) + (0.6 if left[-1:] == "：" else 0.0), "paragraph"
    if left[-1:] in "，、（" or right[:1] in "，。、；）":
        return -2.0, "none"
    return (2.4, "apposition") if _EXPLAINS.match(right) else (-1.0, "none")
