"""Words of the filter that all views share."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "filter": ("筛选", "Filter"),
    "filter_clear": ("全部清除", "Clear all"),
    "filter_remove": ("取消筛选：{name}", "Remove filter: {name}"),
    "filter_search": ("在选项中查找", "Find a choice"),
    "filter_left": (
        "{units} 个旗县市区 · {provisions} 条 · {projects} 个项目",
        "{units}\u00a0units · {provisions}\u00a0provisions · {projects}\u00a0projects",
    ),
    "filter_empty": (
        "没有同时符合这些条件的内容，请取消其中一项。",
        "Nothing meets all of these at once: remove one of them.",
    ),
    "filter_regions": ("盟市、旗县", "League, banner"),
    "filter_classes": ("类别", "Class of units"),
    "filter_parts": ("区域板块", "Part of the region"),
    "filter_documents": ("文件", "Document"),
    "filter_bases": ("适用缘由", "Why it applies"),
    "filter_themes": ("专题", "Theme"),
    "filter_categories": ("项目类别", "Project category"),
    "filter_statuses": ("项目状态", "Project status"),
    "filter_years": ("目标年", "Target year"),
    "filter_precisions": ("图形精度", "Precision"),
}
