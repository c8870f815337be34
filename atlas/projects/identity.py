"""Which listings mean one undertaking, and the id that it keeps when the plan is read again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

_BRACKET = re.compile(r"[（(][^）)]*[）)]")
_SOFT = re.compile(r"[“”‘’《》·\s]|重大|重点|等|系统|全国性综合交通|(?<=[市县旗区])示范县城")
_END = re.compile(r"(?:建设)?(?:工程|项目|行动|计划)?(?:建设)?$")
_UNIT = re.compile(r"(?<=\w{2})(?:市|盟|旗|县|区)$")
_REBUILT = re.compile(r"(?:升级改造|改扩建|扩建)$")

# 某湖生态环境综合治理 is 某湖综合治理.
_CARE = re.compile(r"生态环境(?=综合治理$|保护修复$)|生态(?=综合治理$|保护修复$)")


@lru_cache(maxsize=8192)
def same_key(name: str) -> str:
    """Return what two listings of one undertaking have in common: the name without what plans add or leave out."""
    plain = _SOFT.sub("", name)
    plain = _END.sub("", plain) or plain
    plain = _REBUILT.sub("改扩建", plain)
    plain = _CARE.sub("", plain)
    return plain.replace("运输机场", "机场").replace("综合交通枢纽", "枢纽").replace("-", "").replace("—", "")


def full_key(name: str, places: Sequence[str]) -> str:
    """Return the key of a name that leaves out where it is, with the places put before it.

    综合保税区 in 甲市 is 甲综合保税区.
    """
    short = "".join(_UNIT.sub("", place) for place in places)
    return same_key(name if any(_UNIT.sub("", place) in name for place in places) else short + name)


def project_id(category: str, name: str) -> str:
    """Return `category/pinyin`: 东台子水库 is water/dongtaizishuiku; the stops of a route are parted by hyphens."""
    parts = [part for part in re.split(r"至|经", name) if part]
    slug = "-".join(filter(None, (_slug(part) for part in parts)))
    return f"{category}/{slug or 'unnamed'}"


@cache
def _slug(text: str) -> str:
    import pypinyin  # noqa: PLC0415  # only the build needs its dictionary, which takes 0.15 s to load

    syllables = pypinyin.lazy_pinyin(text, errors="default", v_to_u=False)
    return re.sub(r"[^a-z0-9]+", "", "".join(syllables).lower())
