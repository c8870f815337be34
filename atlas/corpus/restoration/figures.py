"""Homes of numbers: how well a number fits between what stands left and right of a slot.

A place wants a number when it cannot do without one: a measure word with no numeral before it (突破万美元, 等个旗县),
年 after 到, a verb of quantity before a stop (达到。), 以上 after a verb, empty brackets. The weights are logarithmic;
they were set by hand on tests/gold/restore_dev.jsonl and on simulated damage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from atlas.corpus.restoration.forms import form_weight, percent_form
from atlas.corpus.restoration.measures import NUMERAL, STOP, size_weight, unit_weight
from atlas.corpus.restoration.tokens import Piece, is_year

_END_RIGHT = re.compile(r"以上|以下|以内|以外|左右|上下")
_END_VERB = re.compile(
    r"(?:达到|达|增长|同比增长|提高|提升|增加|下降|降低|减少|增产|减产|压减|增收|增亏|回落|回升|上升|上涨|下跌|收窄|扩大|增速|增幅|降幅|涨幅|占|占比|占比为|为|至|到|"
    r"控制在|稳定在|保持在|维持在|超过|突破|超|逾|近|约|低于|高于|优于|不低于|不高于|不超过|不小于|不少于|翻|仅|由|从|"
    r"比重|比例|比率|速度|实际增长|年均递增|递增|递减|微增|略增|净增|略降|增|降|涨|跌|升|相差|扣除|加权|按)$"
)
_END_WEAK = re.compile(
    r"(?:率|率分别|盖度|的|分别|指数|系数|贡献|和|及|与|、|（|到|比上年|较上年|同比|环比|年均|在|幅度|水平|强度|提供|完成|全国|全区|实现)$"
)
_IDLE = re.compile(
    r"(?:更加|不断|持续|大幅|显著|进一步|明显|稳步|有效|逐步|切实|全面|着力|水平|能力|质量|整体|同步|加快|快速|平稳|有所|得到|大力|合理|较快|稳定|质效|更)"
    r"(?:增长|提高|提升|增加|下降|降低|减少|回升|上升|扩大|收窄)$"
)
_LEVEL = re.compile(r"(?:率|占比|比重|比例|占|盖度|覆盖面|水平)[^，。、；]{0,5}$")
_SMALL = re.compile(
    r"(?:失业率|出生率|死亡率|自然增长率|增长率|不良率|漏损率|通胀率|利率|税率|赤字率|违约率|事故率|发病率|强度|贡献|增速|增幅|涨幅|降幅)[^，。、；]{0,5}$"
)
_KEPT = re.compile(r"(?:稳定在|保持在|维持在|不低于|达到|超过|以上的|上可办率)$")
_GROWTH = re.compile(r"(?:增长|提高|下降|降低|回落|增|降|升|涨|增速|增幅|减少|增加|上涨|下跌)[^，。、；]{0,2}$")
_LETTERS = re.compile(r"[A-Za-z℃°μ]")
_GAP_LEFT = re.compile(
    r"(?:达到|达|为|占|占比|超过|突破|超|逾|近|约|低于|高于|不低于|不高于|控制在|稳定在|保持在|在|至|到|增至|降至|和|及|与|由|从|的|第|分别)$"
)
_NOT_GAP_LEFT = re.compile(
    r"(?:作为|行为|以为|成为|认为|人为|所在|内在|外在|存在|潜在|实在|直到|到达|得到|做到|感到|附近|靠近|最近|亲近|远近|目的|有的|标的|普及|以及|参与|大约|节约|条约|公约|契约|合约|集约|制约|预约|违约|签约|履约|侵占|甚至|不至|周到|看到|听到|提到|见到|遇到|受到|收到|找到|等到|独到|报到|迟到|签到|想到|直至|乃至|以至|截至|备至|沸沸|高超|发达|表达|传达|到达|下达|直达|通达|抵达|全达|送达|转达|宽达|温和|缓和|总和|共和|饱和|中和|柔和|谐和|和|赋与|给与)$"
)
_PERCENT_NOUN = re.compile(
    r"[\u4e00-\u9fff]{2,6}(?:面积|人口|耕地|土地|旗县|乡镇|企业|产品|家庭|农户|牧户|设备|资金|用户|学生|人员)"
)
_PERCENT_UNIT = re.compile(
    r"(?:以上的?)?(?:旗县|县（|县区|县城|乡镇|苏木|行政村|建制村|嘎查|中小学|学校|农户|家庭|医院|社区|村庄)"
)
_EACH = re.compile("增长|下降|提高|降低|增加|减少|上涨|下跌|回落|达到|为|占|比|较|完成|实现|同比|上升|增至|降至")
_BEFORE_EACH = re.compile(r"(?:分别|比上年末?|较上年末?|比上年同期|同比|环比)$")
_RATE_IS = re.compile(r"(?:率|增速|增幅)为$")  # 贡献率为-8.6%
_NEGATIVE = re.compile(r"(?:为|率|增速|增长|比上年|同比|增幅|环比)$")
_ALL = re.compile("所有|全部|各|每|全区|全省|全市|全县|多数|其他|其余")
_CLAUSE_VERB = re.compile(r"(?:压减|增长|下降|减少|提高|降低|增加|占|达到|超过|压缩|缩短|上升|分别)[^，。；、]{1,10}$")
_AFTER_END = re.compile(
    r"[" + STOP + r"]|$|的|和|及|与|或|（|下降|提高|增加|增长|上升|提升|降|升|高于|低于|比上|较上|比|较"
)
_NOT_YEAR = re.compile(r"年(?:均|产|轻|龄|限|份|会|货|检|报|味|薪|鉴|夜|糕|迈|幼|景|画|级)")
_OF_RATE = re.compile(r"的(?:比例|标准|速度|幅度|份额|贴息|增速)(?![化体])")  # 按10%的比例
_RATIO = re.compile(r"(?:上年的|比为|之比为?|比例为|比例(?:不低于|不超过|达到|约为)?|结构为|调整为|优化为|由|为)$")
_YEARLY = re.compile(
    r"年(?:销售|减排|营业|接待|吞吐|综合|处理|设计|加工|外送|供水|供气|供电|用水|输送|输水|出栏|交易|纳税|主营|开行|产值|产能|发电)"
)
_YEAR_LEFT = re.compile(
    r"(?:由|到|自|从|截至|至|在|较|比|于|预计|计划|力争|确保|截止|早在|始建|成立|发布|印发|和|、|，|。|；|：|（|\n|以|锚定|紧扣|展望|面向|迎接|与|及|按|即|自治区|全区|全国|全省|全市|截止|（始于|的|建于|—)$"
)
_YEAR_WORD = frozenset(
    "今明去每多近全当青少成老中往新历连同学上童幼丰元早次常终翌逐延拜过整半两几数一二三四五六七八九十百千万本该周壮晚百某初末跨"
)
_DURATION = re.compile(
    r"(?:延长|以|约|近|满|为期|超过|期限|用|再|经过|历时|连续|至少|长达|有效期|期限为|不少于|不超过|提前|推迟|期为|期|仅|任期|每|每隔|工作|从业|经营|使用)$"
)
_SERIAL = re.compile(r"(?:号|个|项|条|届|批|类|级|期|期工程|号楼)")
_PROGRAMME = re.compile(r"(?:人才|工程|行动|计划|战略|培养|政策|专项)")


@dataclass(frozen=True)
class Slot:
    """What a slot wants: weights of a counted unit, of a year, of a percentage or bare number at a clause's end."""

    unit: float
    year: float
    end: float
    bracket: float
    serial: float
    left: str
    right: str


@lru_cache(maxsize=100_000)
def slot(left: str, right: str, word: str) -> Slot:
    """Return what the slot between `left` (up to 12 characters) and `right` (up to 16) wants.

    `word` is the word that begins there (`wording.py`).
    """
    return Slot(
        unit_weight(left, right, word),
        _year(left, right),
        _end(left, right),
        _bracket(left, right),
        _serial(left, right),
        left,
        right,
    )


def _year(left: str, right: str) -> float:
    before = left[-1:]
    if right[:1] == "年":
        return _of_year(left, right)
    if right[:2] == "月份" or (right[:1] == "月" and right[1:2] not in "球亮饼嫂季刊"):
        return 5.0 if not left or before in "年，。、；至到从自在\n（" else 0.0
    if right[:1] == "日" and right[1:2] not in "常益前本程报夜语元历均":
        if before and before in "月至到、":
            return 5.0
        return 5.0 if re.match(r"日(?:内|以内|以上|前)", right) and re.search(r"[起后前满过]$", left) else 0.0
    if right[:1] in ("至", "到") and re.match(r".{0,4}年", right[1:]) and re.search(r"(?:[年，。、从自]|^)$", left):
        return 1.5
    return 0.0


def _of_year(left: str, right: str) -> float:
    if _NOT_YEAR.match(right) or left[-1:] in _YEAR_WORD:
        return 0.0
    if _YEARLY.match(right):
        return 1.0
    if re.match(r"年(?:内|以上|以下|以内)", right) and left[-1:] in ("，", "；", "：", ""):
        return 5.0  # 3年内无事故, 2025年内完成
    if _DURATION.search(left) and not re.match(r"年(?:底|初|末|度|终)", right):
        return 5.0
    if right[1:2] == "年":  # 到2025年年均
        return 6.0
    weight = 6.0 if _YEAR_LEFT.search(left) or not left else 2.5
    return weight - 2.0 if re.match(r"年(?:底|初|末|度|终)", right) else weight


def _end(left: str, right: str) -> float:
    each = _BEFORE_EACH.search(left) and _EACH.match(right)
    if each or right[:1] == "：" or (left[-1:] == "占" and right[:1] == "比"):
        return 0.0  # 分别增长5.8%、6.8%; 比上年增长4.6%; 里程分别为：国道; 占比
    verb = bool(_END_VERB.search(left) and not _IDLE.search(left) and not _NOT_GAP_LEFT.search(left))
    weak = bool(_END_WEAK.search(left))
    gap = bool(_GAP_LEFT.search(left) and not _NOT_GAP_LEFT.search(left))
    if _END_RIGHT.match(right):
        counted = left[-1:] in "级以层之万亿个元里吨亩人名家户岁年月日天次倍点米时克瓦" + NUMERAL
        return 0.0 if counted else (5.0 if verb else (4.0 if weak else 2.5))
    if not right or right[0] in STOP:
        if gap:
            return 6.0
        if verb:
            return 3.8 if right[:1] != "、" else 2.6
        return 2.2 if weak else (1.9 if _CLAUSE_VERB.search(left) else 0.3)
    return _inside_clause(left, right, verb=verb, weak=weak, gap=gap)


def _inside_clause(left: str, right: str, *, verb: bool, weak: bool, gap: bool) -> float:
    if gap and re.match(r"(?:和|及|与|以及|或)", right):
        return 5.5
    if verb and _AFTER_END.match(right):
        return 2.6
    if _OF_RATE.match(right) and "\u4e00" <= left[-1:] <= "\u9fff":
        return 4.0
    if left[-1:] in ("占", "达") and right[:1] == "的":
        return 3.0
    return 1.2 if weak and _AFTER_END.match(right) else 0.0


def _bracket(left: str, right: str) -> float:
    before = left[-1:]
    after = right[:1]
    if before == "（" and after == "）":
        return 6.0
    if before in ("〔", "［") and after in ("〕", "］"):
        return 7.0
    if before in ("〕", "］") and after == "号":
        return 7.0
    if before == "第" and after == "号":
        return 5.0
    return 0.0


def _serial(left: str, right: str) -> float:
    """Numbers that name: 专栏3, 图1, 新世纪321人才工程."""
    if re.search(r"(?:^|[。\n；：，、）])专栏$", left) or (left.endswith("专栏") and right[:1] not in STOP):
        return 6.0
    if re.search(r"(?:附件|附表|附录)$", left) and right[:1] not in ("、", "，"):
        return 2.5
    if re.search(r"[。\n；：（见如](?:表|图|例|式|注)$", left):
        return 2.5
    if _PROGRAMME.match(right) and re.search(r"(?:新世纪|实施|推进|施|[、，。程“])$", left):
        return 1.6
    if re.search(r"(?:中国制造|热线|拨打|(?<!移动)电话)$", left) and (not right or right[0] in STOP):
        return 2.4
    return 0.0


def score(piece: Piece, want: Slot) -> tuple[float, str]:
    """Return how well a number fits (0 is indifferent) and the rule that says so."""
    if piece.kind == "percent" or (piece.kind == "range" and piece.text[-1] in "%‰"):
        weight, rule = _percent(want)
        if piece.text[0] == "-" and not _NEGATIVE.search(want.left):
            return -2.5, "none"
        if piece.text[0] == "-" and _RATE_IS.search(want.left):
            weight += 2.0
        return weight + _plausible(piece.text, want.left) + percent_form(piece.text), rule
    if piece.kind == "year" or (piece.kind == "range" and _years(piece.text)):
        return _dated(piece, want)
    return _counted(piece, want)


def _years(text: str) -> bool:
    return all(is_year(part) for part in re.split(r"[-—–～~]", text))


def _percent(want: Slot) -> tuple[float, str]:
    if want.unit >= 3 and not want.end:
        return -4.0, "clause-end"
    if want.bracket >= 6 and want.right[:1] == "）":
        return 2.0, "brackets"
    if want.end >= 1:
        return want.end + 0.6, "clause-end"
    if _PERCENT_UNIT.match(want.right) and re.search(r"[和及对有在、使的达到]$", want.left):
        return 1.8, "share-of"
    if _PERCENT_NOUN.match(want.right) and want.year == 0 and not _ALL.match(want.right):
        return (1.6 if want.left[-1:] in "和及的对在" else 1.0), "share-of"
    return -2.5, "none"


def _plausible(text: str, left: str) -> float:
    """Weigh the size of a percentage: growth is mostly under 20, a rate or share mostly over, hardly any above 100."""
    parts = [float(part) for part in re.findall(r"\d+(?:\.\d+)?", text.replace(",", ""))]
    value = parts[-1] if parts else 0.0
    if value > 100:
        return 0.5 if value < 200 and re.search(r"(?:的|完成|为|达到)$", left) else -1.5
    if _LEVEL.search(left) and not _SMALL.search(left):
        return 0.4 if value >= 30 else (-0.1 if value >= 10 else -1.6)
    if _SMALL.search(left):
        return next((weight for limit, weight in _SMALLS if value < limit), -2.0)
    if _KEPT.search(left):
        return 0.3 if value >= 20 else -0.3
    if _GROWTH.search(left):
        return next((weight for limit, weight in _GROWTHS if value < limit), -1.9)
    return 0.0


_SMALLS = ((10, 0.6), (20, -0.4), (40, -1.0))
_GROWTHS = ((10, 0.4), (20, 0.4), (30, -0.3), (50, -1.0))


def _dated(piece: Piece, want: Slot) -> tuple[float, str]:
    options = [(-2.5, "none")]
    if piece.kind == "range" and want.right[:2] == "年年":
        return -2.5, "none"  # each year has its own 年: 2013年—2030年
    if want.year and want.right[:1] == "年":
        options.append((want.year + 1.0, "year"))
        if _DURATION.search(want.left):
            options[-1] = (1.0, "year")
    if want.bracket:
        options.append((want.bracket + (1.0 if want.right[:1] in "〕］" else -1.5), "brackets"))
    if want.unit:
        size = size_weight(float(piece.text), want.left, want.right) if piece.kind == "year" else 0.0
        options.append((want.unit - 0.8 + size, "measure-word"))
    if want.serial:
        options.append((want.serial, "serial"))
    if want.year and want.right[:1] in ("至", "到"):
        options.append((want.year, "year"))
    if re.search(r"(?:中国制造|版|规划)$", want.left):
        options.append((2.5, "serial"))
    if want.end >= 5:
        options.append((want.end - 5.0, "clause-end"))
    return max(options)


def _counted(piece: Piece, want: Slot) -> tuple[float, str]:
    number = piece.text.lstrip("><≥≤±").rstrip(".")
    letters = _LETTERS.search(number)
    number = number[: letters.start()] if letters else number
    if piece.kind == "range":
        number = re.split(r"[-—–～~]", number)[-1]
    whole = not any(sign in number for sign in ".:/")
    value = float(number) if re.fullmatch(r"\d+(?:\.\d+)?", number) else 2.0
    options = [(-2.5, "none")]
    if letters:  # carries its unit
        options.append(
            (want.end if want.end else (1.0 if re.match(r"[\u4e00-\u9fff]", want.right) else -1), "clause-end")
        )
        return max(options)
    if want.unit:
        weight = want.unit
        weight += form_weight(number, want.left, want.right) + 0.7 * size_weight(value, want.left, want.right)
        options.append((weight, "measure-word"))
    if want.year:
        options.append((_date_part(want, value, whole), "date"))
    if any(sign in number for sign in ":：/"):
        return _part(number, want)
    if want.bracket:
        named = want.left[-1:] == "（" and "\u4e00" <= want.left[-2:-1] <= "\u9fff"  # 生产总值（）
        options.append((want.bracket - 2.0 * (not whole or value >= 1000) - 2.5 * named, "brackets"))
        if want.right[:1] in "〕］":
            options[-1] = (-3.0, "brackets")
    if want.serial:
        options.append((want.serial if whole and value < 10000 else -2.0, "serial"))
        if re.search(r"专栏$|附件$", want.left) and value > 99:
            options[-1] = (-2.0, "serial")
    if want.end:
        rate = 2.0 if _GROWTH.search(want.left) else 0.0
        options.append((want.end - 2.9 - rate, "clause-end"))
    if not whole and piece.kind == "number" and re.search(r"(?:计划|工程|行动|工业|教育|版本|系统|互联网)$", want.left):
        options.append((1.5 if number.endswith(".0") else -1.0, "version"))
    return max(options)


def _part(number: str, want: Slot) -> tuple[float, str]:
    """Weigh a ratio (13.2:41.1:45.7) or a fraction (1/5)."""
    open_end = not want.right or want.right[0] in STOP or want.right[0] in "以的左调提优和"
    if "/" in number:
        return (5.5, "fraction") if open_end and re.search(r"[占达到的为]$", want.left) else (-1.0, "none")
    if _RATIO.search(want.left):
        return (5.0 if open_end else 1.5), "ratio"
    return (want.end, "ratio") if want.end >= 2 else (-1.0, "none")


def _date_part(want: Slot, value: float, whole: bool) -> float:
    if not whole:
        return -3.0
    if want.right[:1] == "年":
        if value > 120:
            return -3.0
        if value > 60 or re.match(r"年(?:底|初|末|度|终)", want.right):
            return -2.5
        spell = re.match(r"年(?:内|以上|以下|以内|累计|左右)", want.right) or _DURATION.search(want.left)
        return want.year if spell else min(want.year - 3.0, 1.5)
    limit = 12 if want.right[:1] == "月" else 31
    return want.year if 1 <= value <= limit else -3.0
