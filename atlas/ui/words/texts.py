"""Words of the reader of documents."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "contents": ("目录", "Contents"),
    "document": ("文件", "Document"),
    "chapter_before": ("上一章", "Previous chapter"),
    "chapter_after": ("下一章", "Next chapter"),
    "paragraph_reach": ("涉及 {count} 处", "{count} places"),
    "paragraph_reach_label": ("{number}第{paragraph}款涉及的地方", "Places of {number}, paragraph {paragraph}"),
    "provision_open": ("落图", "On the map"),
    "provision_open_label": ("{number}：在图上标出它涉及的地方", "{number}: mark its places on the map"),
    "reach_none": ("没有写到具体地方", "names no place"),
    "authentic": (
        "以中文文本为准。",
        "The Chinese text is the authentic one; names in English are unofficial.",
    ),
    "chapter_left": ("{title}，按筛选 {count} 条", "{title}, {count} by the filter"),
    "chapter_empty": (
        "筛选在本章没有留下条文。目录右侧是各章留下的条数。",
        "The filter leaves nothing in this chapter. Beside the contents stands what it leaves in each.",
    ),
    "preamble": ("序言", "Preamble"),
    "to_texts": ("在全文中阅读", "Read in the full document"),
    "copy": ("复制引文", "Copy"),
    "copied": ("已复制", "Copied"),
}
