"""The words of dossiers and book, Chinese first; names and law text are data and stand elsewhere."""

from __future__ import annotations

from typing import Literal

from atlas.errors import UnknownNameError
from atlas.models import Basis

Language = Literal["zh", "en"]

WORDS: dict[str, tuple[str, str]] = {
    "atlas": ("北疆图集", "Beijiang Atlas"),
    "dossier": ("条文与项目档案", "Dossier of provisions and projects"),
    "facts": ("概况", "At a glance"),
    "name_en": ("英文名", "English name"),
    "code": ("代码", "Code"),
    "aliases": ("别名", "Also called"),
    "type": ("类型", "Type"),
    "parent": ("所属", "Lies in"),
    "area": ("面积", "Area"),
    "position": ("点位", "Point"),
    "precision": ("图形精度", "What its shape is"),
    "classes": ("所属类别", "Classes"),
    "groups": ("所属群组", "Groups"),
    "source": ("来源", "Source"),
    "note": ("说明", "Note"),
    "governing": ("管这里的条文", "What governs it"),
    "governing_lead": (
        "依关联由近及远排列，条文全文照录，标明关联的缘由与可信度；全区适用的条文殿后。",
        "In full, from the most to the least specific relation, each with the reason and its certainty; "
        "what holds for the whole region comes last.",
    ),
    "region_list": (
        "下列条文未限定地域，全区适用，各旗县相同，此处只列条目；要全文，请选“全文”（--region-wide full）重出。",
        "These provisions have no narrower scope and are the same for every unit; listed by number only. "
        "For their text: --region-wide full.",
    ),
    "why": ("缘由", "Why"),
    "certainty": ("可信度", "certainty"),
    "features": ("图上要素", "On the map"),
    "layer": ("图层", "Layer"),
    "name": ("名称", "Name"),
    "inside": ("境内份额", "Share inside"),
    "projects": ("规划项目", "Projects of the plan"),
    "status": ("状态", "Status"),
    "status_complete": ("建成", "to be completed"),
    "status_build": ("建设", "to be built"),
    "status_advance": ("推进", "to be advanced"),
    "status_prepare": ("前期工作", "to be prepared"),
    "status_study": ("研究", "under study"),
    "status_operate": ("运营", "in operation"),
    "category": ("类别", "Category"),
    "places": ("地点", "Places"),
    "quantities": ("数量", "Quantity"),
    "year": ("年份", "Year"),
    "amount": ("数量、年份", "Quantity, year"),
    "evidence": ("依据", "Provision"),
    "targets": ("规划指标与任务量", "Targets of the plan"),
    "subject": ("对象", "Subject"),
    "value": ("数值", "Value"),
    "colocation": ("同地关系", "Co-location"),
    "colocation_lead": (
        "下列项目与生态空间同处一地或相交；这只是位置关系，不表示冲突或许可。",
        "Projects that lie in or cross an ecological zone: a relation of position, "
        "not a finding of conflict or consent.",
    ),
    "project": ("项目", "Project"),
    "zone": ("生态空间", "Zone"),
    "relation": ("关系", "Relation"),
    "relation_lies-in": ("位于", "lies in"),
    "relation_crosses": ("穿越或部分位于", "crosses"),
    "relation_shares-unit": ("同在一旗县", "shares a unit"),
    "quotation": ("原文", "Quotation"),
    "none": ("没有找到。", "None was found."),
    "more": ("另有 {count} 行，见图集数据。", "{count} more rows in the atlas's data."),
    "sources": ("资料来源", "Sources"),
    "documents": ("收录文件", "Documents"),
    "version": ("版本", "Version"),
    "date": ("资料日期", "Date of the newest source"),
    "disclaimer": (
        "关联由程序从原文读出，逐字可查；不是法律结论。",
        "Relations are read from the text by the program and can be checked word by word; "
        "they are not legal conclusions.",
    ),
    "map": ("位置图", "Location"),
    "contents": ("目录", "Contents"),
    "page": ("页", "page"),
    "basis_named": ("点名", "Named"),
    "basis_group": ("群组", "In a named group"),
    "basis_feature": ("要素", "By a named feature"),
    "basis_class": ("类别", "Member of a class"),
    "basis_region": ("全区", "Region-wide"),
    "hint_named": ("条文直接写到这个地方", "the provision names this place"),
    "hint_group": ("条文写到它所属的一组地方", "the provision names a group that it belongs to"),
    "hint_feature": ("条文写到位于或穿过这里的湖、沟、线", "it names a feature that lies in or crosses the place"),
    "hint_class": ("条文适用于它所属的一类地区", "the provision addresses a class of areas that it belongs to"),
    "hint_region": ("条文未限定地域", "the provision has no narrower scope"),
}


def word(key: str, language: Language, **values: object) -> str:
    """Return a word with its values filled in.

    Raises:
        UnknownNameError: there is no such word.
    """
    if key not in WORDS:
        raise UnknownNameError("word", key, WORDS, "see atlas/book/words.py")
    text = WORDS[key][0 if language == "zh" else 1]
    return text.format(**values) if values else text


def counted(title: str, count: int, language: Language) -> str:
    """Return a title with how many follow it."""
    return f"{title}（{count}）" if language == "zh" else f"{title} ({count})"


def certain(percent: int, language: Language) -> str:
    """Return a certainty in brackets."""
    told = f"{word('certainty', language)} {percent}%"
    return f"（{told}）" if language == "zh" else f" ({told})"


def basis_title(basis: Basis, language: Language) -> str:
    """Return what a basis is called."""
    return word(f"basis_{basis}", language)


def basis_hint(basis: Basis, language: Language) -> str:
    """Return what a basis means, in a few words."""
    return word(f"hint_{basis}", language)
