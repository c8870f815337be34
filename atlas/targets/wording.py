"""How plan language says what is to be reached: bounds, changes, periods, and the noun that a number is about."""

from __future__ import annotations

import re
from typing import NamedTuple

from atlas.targets.target import Bound, Change, Period

_AT_LEAST = re.compile(r"不低于|不少于|(?<!不)超过|突破|至少|(?<!不)大于|(?<!不)高于")
_AT_MOST = re.compile(r"不超过|不高于|不大于|控制在|(?<!不)小于|(?<!不)低于")
_ABOUT = re.compile(r"(?:接|将)?近$|约$|大约$|大体$|基本(?:达到|实现|保持|稳定在)?$")
_HOLD = re.compile(r"稳定在|(?:保持|维持|稳定)(?:在)?(?:约)?$|动态稳定|稳定保持")
_MORE = re.compile(r"新增|净增|增长(?!率|极)|提高(?!到|至)|增加(?!到|至|值)|扩大(?!到)|晋升|延长")
_LESS = re.compile(r"降低(?!到|至)|减少(?!到|至)|下降(?!到|至)|(?:压减|压缩)(?!到|至)")
_ANNUAL = re.compile(r"每年|年均|年产|/年")
_CUMULATIVE = re.compile(r"累计|五年|期间")
_DAILY = re.compile(r"日新增|每日|/日|日均")
# The words between a subject and its number.
_JOINT = re.compile(
    r"(?:到20\d\d年|“十.五”时期|年均|全部|基本|总体|力争|努力|也|均|都|分别|累计|动态|已|要|将|约|不低于|不少于|不超过|超过|突破|达到|达|净增|接近|近|"
    r"稳定在|保持在|维持在|保持|维持|控制在|降到|降至|缩小到|缩小至|恢复到|恢复至|提高到|提高至|提高|增加到|增加|增长|降低|下降|减少|晋升|延长|新增|[较比]20\d\d年|为|至|到)+$"
)
# What it is raised from stands between (由62%提高到).
_FROM = re.compile(r"(?:由|从)(?:20\d\d年的?)?\d[\d.]*[^，、。\d]*(?:到|至|为)$")
_VERB = re.compile(
    r"^(?:重点|率先|大力|积极|加快|持续|着力|加强|力争|并|年|日|每年|柔性)*"
    r"(?:和(?=改造|改建|扩建|提升)|解决|建设|建成(?!区)|新建|改扩建|扩建|创建|打造|保护(?!性)|培育|培养|发展|推动|推进|实施|完成|形成|治理|改造|疏通整治|恢复|引进|新增|累计|开展|"
    r"安排|改良|增加|实现|建立|构建|优化|落实|争取|对|在(?![园岗校职读建])|使|全区|全面)+"
)
_LEADS = re.compile(r"^(?:确保|到20\d\d年|“十.五”时期|其中|全区|以及|和|、|，|力争|争取|年产|每年)+")
# Where a clause says 在… before what is done there, the noun stands behind the last verb.
_THERE = re.compile(
    r"^.*(?:在(?![园岗校职读建])|地区|流域|旗县|盟|市).*?(?:建设|建成(?!区)|改良|保护(?!性)|创建|建立|改造|种植|新增)(?=[\w、]{2})"
)
_TRAIL = re.compile(r"^(?:以上|以下|以内|左右|以外)+")
_NOUN_END = re.compile(r"[，。；、（）\n]|以上|左右|开展|进行|实施|推进|用于|和(?=\d)")
_MADE = re.compile(r"^(?:建立|建成|开展|实施|形成)\w+的\w+$")
_PARTS = re.compile(r"、|和|与")


class Wording(NamedTuple):
    """What the words around a number say of it."""

    bound: Bound
    change: Change
    period: Period


def wording(before: str, number: str, after: str) -> Wording:
    """Read the words of a clause before and after a number."""
    near = before[-14:]
    bound: Bound = "exactly"
    if after.startswith(("以内", "以下")) or _AT_MOST.search(near):
        bound = "at-most"
    elif after.startswith("以上") or _AT_LEAST.search(near):
        bound = "at-least"
    elif after.startswith(("左右", "级")) or _ABOUT.search(near):
        bound = "about"
    change: Change = "level"
    if number.startswith("翻") and number.endswith("番"):
        change = "increase"
    elif _HOLD.search(near):
        change = "hold"
    elif _LESS.search(near):
        change = "decrease"
    elif _MORE.search(near):
        change = "increase"
    period: Period = ""
    if _DAILY.search(near + number):
        period = "daily"
    elif _ANNUAL.search(before + number):
        period = "annual"
    elif _CUMULATIVE.search(before):
        period = "cumulative"
    return Wording(bound, change, period)


def subject_before(before: str) -> str:
    """Return the noun that stands before a number, without verbs and the words that join them; empty if none does."""
    return _bare(_JOINT.sub("", _FROM.sub("", before)))


def subject_after(after: str) -> str:
    """Return the noun that stands behind a number (1000个产地田头仓储保鲜设施)."""
    rest = re.sub(r"（[^）]*）(?=\w)", "", _TRAIL.sub("", after))  # 紧缺职业（工种）技师: what is counted comes last
    end = _NOUN_END.search(rest)
    return rest[: end.start()] if end else rest


def subjects_of(phrase: str, count: int) -> list[str]:
    """Return the parts of a phrase that numbers are said of in turn (A、B分别稳定在85％、55％)."""
    plain = _JOINT.sub("", phrase)
    quoted = re.split(r"“|行动|工程", plain)[0]
    parts = [_bare(part) for part in _PARTS.split(quoted) if _bare(part)]
    return parts if len(parts) == count else []


def subject_of_all(clause: str, said: str) -> str:
    """Return what a clause says that all of it is to be reached: the noun before, or what all of it does."""
    before, after = clause.split(said, 1)
    if said in ("全部", "所有"):
        return re.sub("所有|全部", "", clause)
    if said.endswith("完成"):
        return re.sub(r"^全区", "", after)
    before = re.sub(r"(?:基本)?(?:实现|达到|完成)?“?$", "", before)
    if "通" in said:
        return _bare(before.rsplit("、", 1)[-1]).removeprefix("实现") + said
    bare = subject_before(re.split(r"(?:实现)?“", before)[0] if said.startswith("应") else before)
    return bare + said if said.startswith("应") else bare or after


def _bare(text: str) -> str:
    plain = _LEADS.sub("", _THERE.sub("", text))
    shorter = _VERB.sub("", plain)
    if _MADE.match(plain):
        shorter = plain  # 建立管护机制的村: the verb belongs to what is counted
    return (plain if len(shorter) == 1 else shorter).strip("，、的")
