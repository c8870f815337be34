"""Words of the view about the data."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "about_title": ("关于数据", "About the data"),
    "about_lead": (
        "图集由程序从五份文件读出，每个标记都能查到原文的字。下面说明读到了多少、画得多准、来自何处。",
        "The atlas is read from five files by a program; every mark leads to its words in the text. "
        "This page says how much was read, how exactly it is drawn, and where it comes from.",
    ),
    "about_version": ("版本", "Version"),
    "about_program": ("程序", "Program"),
    "about_inputs": ("输入散列", "Hash of inputs"),
    "about_date": ("最新资料日期", "Newest source"),
    "about_file": ("数据文件", "Data file"),
    "about_coverage": ("地名账目", "Ledger of place names"),
    "about_coverage_lead": (
        "文件里写到的每个地名都在账上：已落图，或说明为什么不能。",
        "Every place name of the documents is in the ledger: placed, or with the reason why not.",
    ),
    "about_mentions": ("提及", "Mentions"),
    "about_provisions": ("条（节、项）", "Provisions"),
    "ledger_placed": ("已落图", "placed"),
    "ledger_ambiguous": ("有歧义", "ambiguous"),
    "ledger_unplaceable": ("无法落图", "unplaceable"),
    "about_share": ("落图率", "share placed"),
    "about_precision": ("图形精度", "Precision"),
    "about_features": ("要素", "Features"),
    "about_meaning": ("含义", "Meaning"),
    "about_counts": ("规模", "Size"),
    "about_sources": ("图层与来源", "Layers and sources"),
    "about_layer": ("图层", "Layer"),
    "about_source": ("来源", "Source"),
    "about_licences": ("许可", "Licences"),
    "about_data": ("数据", "Data"),
    "about_licence": ("许可", "Licence"),
    "about_stages": ("生成步骤", "Stages of the build"),
    "about_total": ("合计", "Total"),
    "about_stage": ("步骤", "Stage"),
    "about_rows": ("行数", "Rows"),
    "about_maps": (
        "境界资料来源：天地图，未作改动；专题内容为本图集添加，未经地图审核，公开出版须送审。本图集不使用任何审图号。",
        "Boundaries come from Tianditu and are drawn unchanged; thematic content is added by this atlas and was not "
        "reviewed; public release needs map review. No map review number is claimed.",
    ),
    "meaning_boundary": ("官方界线数据", "official boundary data"),
    "meaning_mapped": ("取自地图数据集", "traced from a map data set"),
    "meaning_digitised": ("据公开事实自行绘制", "drawn by us from published facts"),
    "meaning_site": ("地物本身所在的点", "a point on the thing itself"),
    "meaning_seat": ("以所在单位驻地代替", "the seat of the unit stands in"),
    "meaning_schematic": ("只表示关系，虚线、注“示意”", "only shows relation, drawn dashed"),
}
