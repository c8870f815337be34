"""Homes of quotation marks: how well a span of the text reads as a quoted name.

A span is a known name (`names.py`), a name that this text keeps showing on lines that lost a pair, a figure with
numerals (三区三线), or it stands like one: after a verb of doing or a separator, before 工程, 行动, 等 or a stop.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import log2

from atlas.corpus.restoration.cohesion import Cohesion
from atlas.corpus.restoration.names import QUOTED

LONGEST = 30  # characters in a quotation that is looked for
STRONG_SHAPE = 3.6  # of 三区三线, 两稳一保一防一控
LONGER_KNOWN = 3.0  # cost of a known name that is but the beginning of another
_BAD_START = re.compile(
    r"坚定不移|始终|毫不|一(?:份|场|批|系列|曲)|（[一二三四五六七八九十]+）|[，、。；：）》！？”]|[的等和及与或是]|之(?!江)"
)
_BAD_END = re.compile(r"(?:[，、。；：（《“]|的|和|及|与|或|在|把|将|为了|以及|(?<![行作有人成认善大奋敢能])为)$")
_NUM = "一二两三四五六七八九十百千万双半零多"
_TWO_NUMERALS = re.compile(rf"[{_NUM}][^\W\d_{_NUM}]{{1,2}}[{_NUM}][^\W\d_{_NUM}]{{1,2}}")
_MANY_NUMERALS = re.compile(rf"(?:[{_NUM}][^\W\d_{_NUM}]{{1,2}}){{2,4}}")
_COUNTED_PAIRS = re.compile(rf"(?:[{_NUM}](?:大|项|个|条|类|张|位)[^\W\d_{_NUM}]{{2}}){{2,4}}")  # 三大支撑八项重点
_ONE_NUMERAL = re.compile(rf"[{_NUM}](?:个|大|项|条|种|类|张|位|支|批|道|座)?[^\W\d_]{{1,4}}")
_NUMERAL_BEFORE = re.compile(rf"[{_NUM}][^\W\d_{_NUM}]{{1,2}}$")
_UNEVEN = re.compile(
    rf"([{_NUM}])[^\W\d_{_NUM}]\1[^\W\d_{_NUM}]{{2}}$|([{_NUM}])[^\W\d_{_NUM}]{{2}}\2[^\W\d_{_NUM}]$"
)  # 四早|四集中 are two names
_SINGLE = re.compile(r"[^\W\d_](?:、[^\W\d_]){2,}")  # 减、降、免、返
_OPPOSED = frozenset(zip("前上内左东南先大多开早轻", "后下外右西北后小少合晚重", strict=True))
_BOTH = re.compile(r"双[^\W\d_]{1,2}")
_PERIOD = re.compile(r"(?:[一二三四五六七八九]|十[一二三四五六七八九]?)五$")
_DO = re.compile(
    r"(?:实施|开展|推进|推行|打造|构建|深化|坚持|落实|弘扬|践行|培育|创建|建立|探索|采取|通过|完善|强化|推广|开创|擦亮|实行|做好|做实|做优|"
    r"做强|建设|融入|参与|共建|统筹|健全|发挥|发扬|围绕|聚焦|按照|依托|借助|利用|立足|克服|破解|解决|突破|打通|跨越|破除|整治|防止|坚决|遏制|"
    r"杜绝|反对|纠治|形成|实现|提供|推出|提升|提高|加快|加强|推动|促进|争创|争当|获评|荣获|入选|评选|申报|注册|发布|举办|持续|巩固|扩大|启动|"
    r"执行|制定|编制|出台|增强|坚定|做到|树牢|牢记|胸怀|叫响|唱响|讲好|用好|锤炼|培养|引进|引导|支持|鼓励|组织|深入|全面|系统|广泛|大力|积极|"
    r"全力|扎实|实行|推开|完成|超额完成|编好|纳入|对接|服务|服务于|锚定|紧扣|走好|守护|守好|端稳|筑牢|办好|办实|管好|抓好|抓实|落细|"
    r"治理|清理|取缔|告别|化解|倡导|提倡|吸引|布局|谋划|规划|打响|塑造|发展|变|由|从|到|向|为|以|让|把|将|对|于|在|与|和|及|或|是|成为|作为|"
    r"购买|稳居|位列|跻身|压实|发起|传唱|"
    r"立|争|抓|建|创|促|保|破|叫|名为|做大)$"
)
_GENERIC = re.compile(
    r"(?:工程|行动|计划|战略|活动|发展|建设|管理|服务|工作|体系|机制|制度|平台|项目|产业|经济|改革|创新|治理|保护|开发|利用|企业|人才|政策|文化|旅游)+"
)
_GENERIC_END = re.compile(
    r".(?:建设|发展|工作|体系|行动|活动|机制|制度|项目|产业|管理|改革|服务|水平|能力|保护|治理|合作|融合|政策)$"
)
_CALLED = re.compile(
    r"(?:所谓|所称|称为|被誉为|誉为|叫做|命名为|题为|主题为|定名为|简称|俗称|统称|称作|称之为|素有|享有|美誉|口号|以下称|号称|被称为|名为|打造成为|授予|荣获|获得)$"
)
_TERM = re.compile(r"(?:本(?:条例|办法|规定|法|细则|意见|方案|规划)?(?:中)?所称的?|以下简称|简称为?)$")
_DEFINED = re.compile(r"，?(?:是指|指|包括|系指|的|为)|）")
_AFTER = re.compile(
    r"工程|行动|计划|战略|活动|模式|机制|制度|理念|精神|改革|政策|体系|平台|品牌|城市|建设|服务|方式|问题|规划|时期|目标|措施|试点|工作|办|"
    r"创新|管理|发展|项目|专项|经济|产业|格局|新|布局|式|期间|末|收官|开局|以来|标准|名单|任务|要求|总体|战略|重大|经验|现象|称号|美誉|之|示范|"
    r"分析|排查|追踪|管控|防控|筛查|举措|效应|态势|思维|手段|方法|做法|难点|"
    r"特色|培训|指标|沿线|合作|国家|倡议|高质量|企业|人才|人员|评|教育|宣传|主题|小区|家庭|方针|监管|治理|安全|保障|监督|中心|一体|医疗|养老|"
    r"旅游|文化|产品|系列|大数据|学科|院校|高校|实验|技术|难题|瓶颈|短板|困境|乡村|县|村|镇|园区|基地|通道|网络|结算|查询|办理|审批|统筹|"
    r"转变|消费|运动|大赛|竞赛|论坛|计划|志愿|队伍|党|责任|风险|红线|指引|方案|要素|奖|日|节|双|两个|四个|五个|大国|强国|宣讲|普法|生态|布|廊|带|圈"
)
_OUGHT = re.compile(r"行动|计划|工程|活动|战略|精神|理念|模式|机制|式(?!各)|试点|品牌|规划|时期|要求|定位")
_OF = re.compile(
    r"的(?:[^，。、的]{0,10})(?:模式|机制|理念|要求|原则|方式|转变|跨越|过渡|路子|局面|定位|格局|目标|精神|战略|思路|体系|思想|方针|总要求|号召|口号)"
)
_AS = re.compile(
    r"为(?:一体|目标|路径|抓手|引领|载体|核心|主题|依托|主线|牵引|重点|导向|支撑|突破口|契机|基础|遵循|统领|纽带|主体|特色|龙头|标准|中心)"
)
_ONE_OF = re.compile(r"一(?:份|张|支|条|座|把|曲|部|场|块)$")  # 一份“攻坚答卷”
_AIM_END = re.compile(_AS.pattern + "$")
_TURN = re.compile(r"(?:由|从|向|实现|实现由|实现从)$")
_VERB_START = re.compile(
    r"推动|推进|实施|开展|加强|优化|建设|营造|形成|基本|盘活|清理|处置|创建|弘扬|践行|坚持|树立|传承|唱响|擦亮|叫响|建成|倡导|获得|获评|荣获|入选|授予|出台|聘请|选派|评选|推荐|组建|培养|选树|支持|做优|做强|健全|完善|推出|解决|破解|深入|统筹|认定|举办|启动|围绕|聚焦|锚定|完成|新增|设立|提高|提升|促进|深化|完善|健全|加快|落实|强化|构建|打造|支持|鼓励|引导|组织|积极|扩大|"
    r"稳居|位居|跃居|位列|迅速|有效|率先|加速|切实|稳步|累计|巩固|防止|遏制|出台|压实|创新(?=推|开|实|打|建|采|探)|"
    r"主动|坚持|进一步|全面|深入|大力|继续|持续|着力|逐步|统筹|探索|建立|增强|推广|发展|培育|实现|开发|利用"
)
_STOPS = "，。、；：）！？\n"
_BRAIN = re.compile(r"[^\W\d_]{1,4}大脑")
_FIGURE = re.compile(
    r"[^\W\d_]{2,4}(?:化|式|型|路|圈|网|链|桥|线|城|园|库|码|通|云|角|米|里|步|关|点|湾|屏|窗|门|袋子|篮子|盘子|子|革命|经济|经验|人|大脑|云)$"
)


@dataclass(frozen=True)
class Learned:
    """Spans that this text shows on lines with a displaced pair: the weight of each."""

    weights: dict[str, float]

    def weight(self, span: str) -> float:
        """Return the weight of a span, 0 when nothing is known of it."""
        return self.weights.get(span, 0.0)


def learn(base: str, windows: list[tuple[int, int]], certain: list[str]) -> Learned:
    """Learn quoted names: spans that keep standing in windows with a displaced pair and hardly elsewhere.

    `certain` are spans that stand in quotation marks in place.
    """
    seen: Counter[str] = Counter()
    for start, end in windows:
        text = base[start:end]
        spans = {
            text[i : i + n]
            for n in range(2, 9)
            for i in range(len(text) - n + 1)
            if not any(c in "，、。；：（）《》！？" for c in text[i : i + n])
        }
        seen.update(spans)
    often = {span: count for span, count in seen.items() if count >= 2}
    everywhere = _occurrences(base[:400_000], often)
    weights = {}
    for span, count in often.items():
        ratio = count / max(count, everywhere[span])
        if ratio > 0.5:
            weights[span] = min(3.5, 1.1 * log2(count)) * (2 * ratio - 1)
    for span in certain:
        if 2 <= len(span) <= 12:
            weights[span] = weights.get(span, 0.0) + 4.0
    return Learned(weights)


def _occurrences(text: str, spans: dict[str, int]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for length in {len(span) for span in spans}:
        for i in range(len(text) - length + 1):
            piece = text[i : i + length]
            if piece in spans:
                counts[piece] += 1
    return counts


_SIGNS = re.compile(r"[!-~·—]")
_WITH_SIGNS: dict[str, set[str]] = {}  # 草原 -> {110, +}
for _name in QUOTED:
    if _SIGNS.search(_name):
        _WITH_SIGNS.setdefault(_SIGNS.sub("", _name), set()).add("".join(_SIGNS.findall(_name)))


def _placed_signs(name: str) -> frozenset[tuple[int, str]]:
    places = ((len(_SIGNS.sub("", name[: found.start()])), found.group()) for found in _SIGN_RUN.finditer(name))
    return frozenset(places)


_SIGN_RUN = re.compile(f"{_SIGNS.pattern}+")
_SIGN_PLACES: dict[str, frozenset[tuple[int, str]]] = {}
for _name in QUOTED:
    if _SIGNS.search(_name):
        _plain = _SIGNS.sub("", _name)
        _SIGN_PLACES[_plain] = _SIGN_PLACES.get(_plain, frozenset()) | _placed_signs(_name)


def known_signs(text: str) -> frozenset[tuple[int, str]]:
    """Return where known quoted names at the start of `text` have their signs: (characters before them, signs)."""
    for size in range(len(text), 1, -1):
        if text[:size] in _SIGN_PLACES:
            return _SIGN_PLACES[text[:size]]
    return frozenset()


def span_score(span: str, left: str, right: str, cohesion: Cohesion, learned: Learned, inner: str = "") -> float | None:
    """Return how well `span` reads as quoted between `left` and `right`; None when it cannot be.

    `inner` are the displaced tokens that stand between the two marks in the run.
    """
    span = span.replace("＋", "+")
    size = len(span)
    if not size or size > LONGEST or "。" in span[:-1] or "\n" in span or not _balanced(span):
        return None
    if (span in QUOTED and not inner) or (inner and inner in _WITH_SIGNS.get(span, ())):
        if left[-1:] == "十" and _PERIOD.fullmatch(span):
            return None  # 十三五, not 三五
        inward = max(0.0, cohesion.between(left[-1:], span[:1]) - 1.2) if _han(left[-1:]) else 0.0
        outward = max(0.0, cohesion.between(span[-1:], right[:1]) - 1.2) if _han(right[:1]) else 0.0
        sure = (7.0 if size > 2 else 5.5) - (LONGER_KNOWN if _longer(span, right, inner) else 0.0)
        return sure + min(3.0, 0.25 * size) + 0.6 * _context(left, right) - 0.9 * inward - 1.3 * outward
    if _BAD_START.match(span) or _BAD_END.search(span):
        return None
    hold = sum(
        max(-0.5, 0.9 * cohesion.between(before, after))
        for before, after in ((left[-1:], span[:1]), (span[-1:], right[:1]))
        if _han(before) and _han(after) and "的" not in (before, after)
    )
    if hold > 5.0:
        return None
    shape = _shape(span)
    if shape and ((right[:1] in _NUM and right[1:2] not in ("个", "是")) or _NUMERAL_BEFORE.search(left)):
        shape -= 2.5  # 一核两带 of 一核两带三区
    if _UNEVEN.match(span):
        shape = min(shape, 0.5)
    weight = shape + _length(size) + learned.weight(span) + _context(left, right)
    weight -= 2.0 * bool(_AIM_END.search(span))  # 以“富民”为目标, not 富民为目标
    weight -= 1.2 * bool(_GENERIC_END.search(span)) + 3.0 * bool(_GENERIC.fullmatch(span))
    parallel = _parallel(re.split(r"[、，]", span))
    weight -= 1.6 * bool(_VERB_START.match(span) and size > 2 and not parallel)
    weight += _enumeration(span, right) + parallel - _cut_off(span, left)
    if _TERM.search(left) and _DEFINED.match(right):
        weight += 5.0
    weight -= hold + 0.8 * ("的" in span and size <= 8)
    if inner.isdigit() and any(inner in _WITH_SIGNS.get(span[:end], ()) for end in range(2, size)):
        weight -= LONGER_KNOWN  # 草原110, not 草原110模式
    if weight > -1.5 and shape < STRONG_SHAPE and _holds_name(span):
        weight -= 2.0
    return weight


def _longer(span: str, right: str, inner: str) -> bool:
    """Tell whether a longer known name begins with the span: 一窗受理、集成服务; 互联网+监管 of 互联网+."""
    text = span + right
    longer = (text[:size] for size in range(len(text), len(span), -1) if text[len(span) : size] != "式")
    return any(inner in _WITH_SIGNS.get(name, ()) if inner else name in QUOTED for name in longer)


def _enumeration(span: str, right: str) -> float:
    """Weigh the commas inside a span, and a span that is but one member of a list of equals."""
    items = re.split(r"[、，]", span)
    if len(items) == 1:
        following = re.match(r"、([^，。、；：（）]{3,8})(?=[，。、；]|[^，。、；]{0,4}等)?", right)
        if following and len(span) >= 3 and _alike(span, following.group(1)):
            return -1.6
        return 0.0
    even = len(items) >= 3 and len({len(item) for item in items}) == 1 and len(items[0]) >= 3
    if even or all(_alike(items[0], item) for item in items[1:]):
        return 1.2 - 0.2 * len(items) + 0.1 * len(span)
    return -2.2 * span.count("，") - 0.8 * span.count("、")


def _parallel(items: list[str]) -> float:
    """Return the gain of a list whose members are built alike: 干中有成、稳中有进; 前生产、后整理."""
    size = len(items[0])
    if len(items) < 2 or size < 3 or any(len(item) != size for item in items):
        return 0.0
    shared = any(len({item[place] for item in items}) == 1 for place in range(size))
    opposed = len(items) == 2 and (items[0][0], items[1][0]) in _OPPOSED
    return (1.0 + 0.7 * (len(items) - 2)) if shared or opposed else 0.0


def _cut_off(span: str, left: str) -> float:
    """Return the cost of a span that is the rest of such a list: ‘干中有成、稳中有进’ after 难中有为、."""
    if left[-1:] == "、" and _SINGLE.fullmatch(span):
        return 3.0
    size = len(re.split(r"[、，]", span)[0])
    before = re.search(rf"[\u4e00-\u9fff]{{{size}}}(?=[、]$)", left) if 3 <= size <= 8 else None
    return 1.8 if before and _parallel([before.group(), span[:size]]) else 0.0


def _alike(first: str, second: str) -> bool:
    """Tell whether two members of a list are built alike: 园区化、大型化; 应并尽并、应迁尽迁; 战时防空、平时服务."""
    if len(first) < 3:
        return False
    if len(first) == len(second) and any(a == b for a, b in zip(first, second, strict=True)):
        return True
    shared = first[-1] == second[len(first) - 1 : len(first)] or first[-1] == second[-1:] or first[0] == second[0]
    return len(first) == 4 == len(second) or (shared and abs(len(first) - len(second)) <= 2)


def _han(character: str) -> bool:
    return bool(character) and "\u4e00" <= character <= "\u9fff"


def _balanced(span: str) -> bool:
    depth = 0
    for character in span:
        if character in "（《〔":
            depth += 1
        elif character in "）》〕":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def _holds_name(span: str) -> bool:
    """Tell whether a longer span holds a known name."""
    return any(span[i : i + n] in QUOTED for n in range(3, min(len(span), 11)) for i in range(len(span) - n + 1))


_SHAPES = (
    (_PERIOD, 2, 4.0),
    (_TWO_NUMERALS, 2, 3.6),
    (_MANY_NUMERALS, 6, 4.2),
    (_COUNTED_PAIRS, 8, 4.2),
    (_MANY_NUMERALS, 2, 2.4),
    (_BOTH, 2, 2.2),
    (_ONE_NUMERAL, 3, 1.6),
    (_ONE_NUMERAL, 2, 0.8),
    (_BRAIN, 3, 2.0),
    (_SINGLE, 5, 3.0),
    (_FIGURE, 3, 0.9),
)


def _shape(span: str) -> float:
    return next((weight for form, least, weight in _SHAPES if len(span) >= least and form.fullmatch(span)), 0.0)


def _length(size: int) -> float:
    if size <= 1:
        return -3.0
    if size <= 8:
        return (-0.7, 0.0, 0.9, 0.3, 0.2, 0.0, -0.1)[size - 2]
    return -0.3 - 0.16 * (size - 8)


def _context(left: str, right: str) -> float:
    return _before(left) + _after(left, right)


def _before(left: str) -> float:
    before = left[-1:]
    if _CALLED.search(left):
        return 3.0
    if _DO.search(left):
        return 1.3
    if not before or before in _STOPS or before == "”" or left.endswith("专栏"):
        return 0.7
    if _ONE_OF.search(left):
        return 1.0
    return 0.4 if before in "（的" else 0.0


_AFTERS = (
    (re.compile(r"$|[，。、；：）！？\n]"), 0.9),
    (_OUGHT, 1.8),
    (_AFTER, 1.2),
    (re.compile("等"), 1.6),
    (_OF, 2.0),
    (re.compile("[的和与及或]"), 0.7),
    (re.compile("“"), 0.8),
)


def _after(left: str, right: str) -> float:
    if _TURN.search(left) and (right[:1] in ("向", "到") if left[-1:] != "向" else right.startswith("转")):
        return 3.0  # 由“保困难”向“保发展”转变
    if left.endswith(("以", "”", "、", "走", "起", "出")) and _AS.match(right):
        return 2.5  # 以“富民”为目标
    return next((weight for form, weight in _AFTERS if form.match(right)), 0.0)
