"""Words of the frame: title, navigation, search, language, light and dark, errors."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "title": ("北疆图集", "Beijiang Atlas"),
    "subtitle": ("内蒙古自治区条例与规划", "Law and plan of Inner Mongolia"),
    "language": ("语言", "Language"),
    "scheme": ("明暗", "Light or dark"),
    "scheme_system": ("明暗随浏览器", "As the browser has it"),
    "scheme_light": ("浅色", "Light"),
    "scheme_dark": ("深色", "Dark"),
    # the navigation
    "views": ("视图", "Views"),
    "view_map": ("地图", "Map"),
    "view_texts": ("全文", "Texts"),
    "view_tables": ("表格", "Tables"),
    "view_compare": ("比较", "Compare"),
    "view_take": ("取用", "Take away"),
    "view_own": ("自有数据", "Own data"),
    "view_about": ("关于数据", "About"),
    "unfold": ("展开选项", "Show the choices"),
    "fold_map": ("筛选与图层", "Filter and layers"),
    "fold_texts": ("文件与目录", "Document and contents"),
    "fold_filter": ("筛选", "Filter"),
    "skip_to_content": ("跳到正文", "Skip to content"),
    "skip_to_pane": ("跳到条款", "Skip to provisions"),
    "skip_to_map": ("跳到地图", "Skip to map"),
    "skip_to_filter": ("跳到筛选", "Skip to filter"),
    "skip_to_contents": ("跳到目录", "Skip to contents"),
    "skip_to_file": ("跳到选择文件", "Skip to the file"),
    "skip_to_found": ("跳到结果", "Skip to what was found"),
    # the search
    "find": ("查找", "Find"),
    "find_hint": ("地方、条文、项目：汉字、拼音、首字母", "Place, provision, project"),
    "find_none": (
        "没有找到。可输入汉字、拼音、首字母，或“边境条例 第二条”",
        "Nothing found. Try Chinese, pinyin, initials or a citation such as border/2",
    ),
    "find_count": ("{count} 个建议", "{count} suggestions"),
    "kind_place": ("地方", "place"),
    "kind_provision": ("条文", "provision"),
    "kind_document": ("文件", "document"),
    "kind_project": ("项目", "project"),
    # errors
    "not_built": ("图集尚未生成", "The atlas is not built yet"),
    "not_built_step": ("请在项目目录运行：", "In the project's folder, run:"),
    "other_server": ("请用 atlas serve 启动图集", "Start the atlas with `atlas serve`"),
    "lost_title": ("图集没有应答", "The atlas does not answer"),
    "lost_step": (
        "与图集服务器的连接断了，现在点击不会有反应。服务器若已停止，请在那台计算机上重新运行 atlas serve；"
        "恢复后本页自动接上，所看的内容记在地址里。",
        "The connection to the atlas's server is lost, and clicks do nothing now. If the server was stopped, run atlas "
        "serve on that computer again; the page then goes on by itself, and the address keeps what is seen.",
    ),
    "lost_close": ("关闭", "Close"),
    "why_in_english": ("程序的说明（英文）：", "Why: "),
    "unknown": ("地址里有认不出的内容，已忽略：", "The address names something unknown, which was left out:"),
}
