"""Words of the pane that says what governs a place, and of an opened article."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # the pane
    "welcome": ("选一个地方，看哪些条文管它", "Choose a place to read what governs it"),
    "welcome_lead": (
        "点击地图，或在上方查找地方、条文和项目。图上每个标记都连着条文原文，每条条文都能回到图上。",
        "Click the map, or find a place, provision or project above. Every mark is tied to its words in the text, "
        "and every article leads back to the map.",
    ),
    "examples": ("例如", "For instance"),
    "documents": ("收录文件", "Documents"),
    "adopted": ("{date} 通过", "adopted {date}"),
    "issued": ("{date} 印发", "issued {date}"),
    "provisions_count": ("{count} 条（节、项）", "{count} provisions"),
    "why_shown": ("缘由", "Why"),
    "back": ("返回", "Back to"),
    "close": ("关闭", "Close"),
    "under": ("此处还有", "Also here"),
    "provenance": ("资料来源与说明", "Sources and notes"),
    "type": ("类型", "Type"),
    "code": ("代码", "Code"),
    "league": ("所属盟市", "League or city"),
    "location": ("位置", "Position"),
    "shape": ("图形", "Shape"),
    "point": ("点位", "Point"),
    "source": ("来源", "Source"),
    "seen": ("查阅日期", "Seen"),
    "note": ("说明", "Note"),
    "status": ("状态", "Status"),
    "also": ("别名", "Also"),
    "on_layers": ("所在图层", "In layers"),
    "governing": ("管这里的条文", "What governs it"),
    "governing_none": ("没有找到管这里的条文。", "No provision was found that governs this place."),
    "count": ("{count} 条", "{count}"),
    "basis_named": ("点名", "Named"),
    "basis_group": ("群组", "In a named group"),
    "basis_feature": ("要素", "By a named feature"),
    "basis_class": ("类别", "Member of a class"),
    "basis_region": ("全区", "Region-wide"),
    "basis_named_hint": ("条文直接写到这个地方", "the provision names this place"),
    "basis_group_hint": ("条文写到它所属的一组地方", "the provision names a group that it belongs to"),
    "basis_feature_hint": (
        "条文写到位于或穿过这里的湖、沟、线",
        "it names a feature that lies in or crosses the place",
    ),
    "basis_class_hint": ("条文适用于它所属的一类地区", "the provision addresses a class of areas that it belongs to"),
    "basis_region_hint": ("条文未限定地域", "the provision has no narrower scope"),
    "open_article": ("全文并落图", "Full text on the map"),
    "more": ("再显示 {count} 条", "Show {count} more"),
    "show": ("展开", "Show"),
    "certainty": ("可信度 {percent}%", "certainty {percent}%"),
    "disclaimer": (
        "关联由程序从原文读出，逐字可查；不是法律结论。",
        "Relations are read from the text by the program and can be checked word by word; "
        "they are not legal conclusions.",
    ),
    # a project
    "category": ("类别", "Category"),
    "target_year": ("目标年", "Target year"),
    "project_places": ("写到的地方", "Places named"),
    "project_listed": ("列出这一项目的条文", "Where it is listed"),
    # an article
    "article_places": ("条文涉及的地方", "Places of this provision"),
    "article_places_none": ("这一条没有写到具体地方。", "This provision names no place."),
    "by_name": ("条文点名", "named in the text"),
    "by_scope": ("经群组或类别", "through a group or class"),
    "unlocated": ("未落图", "not on the map"),
    "restored": (
        "原文件中散落的数字已复位，见复原记录。",
        "Displaced digits of the source file were put back; see the record of edits.",
    ),
    "more_places": ("另有 {count} 处", "and {count} more"),
}
