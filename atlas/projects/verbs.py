"""What a plan says is done with an undertaking: its verbs, and the status that each one means.

Verbs come in chains (加快推进, 规划建设, 配合国家推进); the words that say how are skipped, the ones that say what are
read. A verb is `strong` where an object that follows it is an undertaking (建设, 实施, 推进), `weak` where it usually
opens an exhortation (加强, 提高) and only a named work behind it counts.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# How, not what: skipped before a verb.
_MANNER = (
    "新?开工|大力|积极|加快|深入|扎实|科学|有序|稳步|稳妥|全面|着力|突出|持续|继续|高质量|高标准|重点|适度|统筹|系统|"
    "组织|率先|逐步|探索|广泛|切实|谋划|规划|布局|联合|合力|共同|同时|并|仍|尽快|创新|因地制宜|力争|精准|主动"
)
_BUILD = (
    r"建设完成|建成(?:投用|投产|运营|通车|通航|使用)|完成|新?开工(?!建设)|"
    "改扩建|新（改）建|建设|建成|新建|扩建|改建|打造|创建|组建|设立|筹建|申建|创成"
)
_REBUILD = r"续建|迁建|改造(?=\w{4})"
_DO = "谋划研究|研究谋划|规划研究|推进实施|推动实施|推动建设|推进建设|加快推进|加快建设|实施|推进|推动|开展|启动"
_HELP = "谋划|规划|确保|支持|争取|争创|鼓励|培育|配合国家|配合"
_WEAK = (
    "加强|加大|强化|完善|提升|优化|深化|健全|建立|构建|做强|做大|治理|恢复|发展|引导|提高|增强|促进|扩大|形成|"
    "推行|推广|落实|保护|搭建|引进|举办|办好"
)
_CHAIN = rf"(?:(?:{_MANNER})*(?:{_BUILD}|{_REBUILD}|{_DO}|{_HELP})){{1,3}}"
_SEE_TO = rf"(?:{_MANNER})*(?:抓好|做好)"
_HASTEN = rf"(?:{_MANNER})*加快(?!{_WEAK})"
VERB = re.compile(rf"(?P<strong>{_CHAIN}|{_SEE_TO})|(?P<weak>(?:{_MANNER})*(?:{_WEAK}){{1,2}})|(?P<hasten>{_HASTEN})")
STRONG_INSIDE = re.compile(rf"(?:{_MANNER})*(?:{_BUILD}|实施|开展|推进|推动)")
SUBJECT_VERB = re.compile(r"建设|申建|申报|创建|打造|争创|推进|开展|实施")
SUBJECTS_END = re.compile(r"等(?:地区|地|城市|盟市|旗县|省区|市|县)?")

# The status of a verb or of what closes its object, the first that fits.
_STATUS: tuple[tuple[str, str], ...] = (
    (r"研究论证|规划研究|谋划研究|研究谋划|前期研究|论证", "study"),
    (r"前期|申建|谋划|规划建设|争取|筹建", "prepare"),
    (r"完成|建成|创成|通车|通航|投用|投产|投运|投入|蓄水|竣工|贯通|启用", "complete"),
    (r"运营|投入使用", "operate"),
    (r"积极推进", "advance"),
    (r"推进建设|加快建设|推动建设|新建|扩建|改建|建设|打造|创建|组建|设立|实施|开展|启动|开工", "build"),
    (r"推进|推动|支持|鼓励|培育|配合|加快|抓好|做好", "advance"),
)
STATUSES = ("complete", "build", "advance", "prepare", "study", "operate")


class Verb(NamedTuple):
    """A verb as printed and where it stands in its clause."""

    start: int
    end: int
    text: str
    strong: bool


def leading_verb(clause: str) -> Verb | None:
    """Return the verb that a clause opens with, behind a date or a conjunction; None if it opens otherwise."""
    lead = re.match(r"(?:到20\d\d年|到[一二三四五六七八九]十?年代?末|“十.五”时期|其中)?(?:，)?", clause)
    at = lead.end() if lead else 0
    found = VERB.match(clause, at)
    if found is None:
        return None
    return Verb(at, found.end(), found.group(), found.group("weak") is None)


def status_of(verb: str, tail: str = "") -> str:
    """Return the status that a verb says, or the word that closes its object (前期工作, 研究论证)."""
    joined = f"{verb}…{tail}"
    return next((status for pattern, status in _STATUS if re.search(pattern, joined)), "advance")
