"""Names that no table has, known by their form: 察素齐镇 behind its banner, 文得根水利枢纽.

Two forms are sure enough. A township, village or waterwork right behind the county that it lies in; and syllables of
which Mongolian, Manchu and Tungusic names are written, none of them part of an ordinary word, before a generic word.
They are mentions without a place: the ledger says that the gazetteer lacks them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from atlas.gazetteer.gazetteer import Name
from atlas.geoparse.automaton import Match
from atlas.geoparse.words import Words

REASON = "not in the gazetteer: known by its form only"

CHILD_WORDS = ("镇", "苏木", "乡", "嘎查", "街道", "水库", "水利枢纽")
_TOWNSHIP = "镇|苏木|乡|嘎查|街道"
FORM_WORDS = (
    "水利枢纽",
    "水库",
    "灌区",
    "林场",
    "遗址",
    "草原",
    "湿地",
    "沙漠",
    "沙地",
    "石林",
    "苏木",
    "嘎查",
    "河",
    "诺尔",
    "淖尔",
)
_FORMS = frozenset(FORM_WORDS)
_CHILD = re.compile(rf"(?P<own>[\u4e00-\u9fff]{{2,5}}?)(?:{_TOWNSHIP}|水库|水利枢纽|嘎查村)(?![级区域域村容长])")
_NEXT = re.compile(rf"[、和及](?P<own>[\u4e00-\u9fff]{{2,5}}?)(?:{_TOWNSHIP})(?![级区域村容长])")
# Ideographs that transliterate; those that official prose uses in words of its own are left out (和, 本, 大, 中 …).
_SYLLABLES = frozenset(
    "阿巴白宝毕博布察朝楚达道德得登都尔额鄂恩噶嘎甘戈格根固哈海汗罕浩赫呼胡浑霍吉贾嘉金喀卡柯科克库奎拉喇赖兰勒"
    "里丽林伦罗洛满毛茂蒙莫木穆纳那乃奈淖诺讷尼宁努潘其奇恰钦青萨赛桑沙善绍舍什石斯苏索塔台泰坦特腾天图土托陀"
    "瓦维温翁沃乌希锡席夏新雅亚延杨伊音英尤玉扎哲珠准图贡盖嫩召庙腰宝仁昌勿珲鲁朗帐廷浪敖包召善淖"
)
_LONGEST = 6  # syllables
_BEFORE = frozenset(
    "的和与及在对从向等为以了各该本全两三把被让使由于并或其所有是不也又都将到至往去来上下中内外前后东西南北过经游看入"
)
# What stands before a generic word without being a name.
_NOT_NAMES = re.compile(
    r"[的和与及在对从向等为以了各该本全两三四五六七八九十几每将把被让使由于并或其所有是不也又都应可能要]|"
    r"建设|重点|下辖|境内|中心|城区|农村|牧区|边境|沿边|城镇|乡镇|特色|中小|周边|推进|实施|加强|开展|支持|人民|"
    r"政府|国家|自治|部分|地区|行政|大型|小型|病险|淤地|新型|示范|美丽|街道|大街|政协|党委|机关"
)


def unlisted(
    text: str, matches: Sequence[Match], words: Words, generics: Sequence[tuple[int, int, str]]
) -> list[Match]:
    """Return the names known by their form only, in order, none of which overlaps a match.

    `generics` are the generic words of the text as (start, end, word).
    """
    words_of_text = {word for _, _, word in generics}
    candidates: list[Match] = []
    if matches and not words_of_text.isdisjoint(CHILD_WORDS):
        candidates += _children(text, matches, words)
    if not words_of_text.isdisjoint(_FORMS):
        candidates += _by_form(text, generics, words)
    if not candidates:
        return []
    starts = [match.start for match in matches]
    kept: list[Match] = []
    for candidate in sorted(candidates, key=lambda one: (one.start, -one.end)):
        before = bisect_left(starts, candidate.end) - 1
        if before >= 0 and matches[before].end > candidate.start:
            continue
        if not kept or candidate.start >= kept[-1].end:
            kept.append(candidate)
    return kept


def _children(text: str, matches: Sequence[Match], words: Words) -> Iterator[Match]:
    """Yield the townships and waterworks that stand right behind their county, and those listed with them."""
    for parent in matches:
        code = parent.name.targets[0]
        if not code.isdigit() or code.endswith("00"):
            continue
        form, at = _CHILD, parent.end
        while (child := form.match(text, at)) and not _NOT_NAMES.search(child["own"]):
            start = child.start("own")
            if not words.allow(text, start, child.end()):
                break
            yield _match(text, start, child.end())
            form, at = _NEXT, child.end()


def _by_form(text: str, generics: Sequence[tuple[int, int, str]], words: Words) -> Iterator[Match]:
    for at, end, word in generics:
        if word not in _FORMS:
            continue
        start = at
        while start and at - start < _LONGEST and text[start - 1] in _SYLLABLES:
            start -= 1
        if at - start >= 2:
            start = _whole(text, start, at, words)
        own = text[start:at]
        if len(own) < 2 or _NOT_NAMES.search(own):
            continue
        if words.is_proper(own) and words.allow(text, start, end):
            yield _match(text, start, end)


def _whole(text: str, start: int, at: int, words: Words) -> int:
    """Return where a name begins whose first syllables are not among those that transliterate (文得根, 莫日格勒)."""
    for piece in reversed(words.cut(text[max(0, start - 4) : start])):
        if len(piece) > 1 or not "\u4e00" <= piece <= "\u9fff" or at - start >= _LONGEST or piece in _BEFORE:
            break
        start -= 1
    return start


def _match(text: str, start: int, end: int) -> Match:
    return Match(start, end, Name(text[start:end], (), ambiguous=False))
