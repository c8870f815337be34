"""Citations for narrow places: the document's short name and the number; in English the provision's id, or in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.ui.words import Lang

# How the parts of a provision's id read in English; those of the plan's chapters differ from those of articles.
_BOX = re.compile(r"[a-z]+/box-(\d+)(?:/(\d+))?")
_PART = re.compile(r"[a-z]+/part-(\d+)")
_UNIT = re.compile(r"[a-z]+/(\d+)(?:/(\d+))?")

_DOCUMENT = re.compile(r"^《.+?》（[^（）]*）")  # before the number in a citation


def number_of(citation: str) -> str:
    """Return a citation without its document: 第二条, 专栏22（二）."""
    return _DOCUMENT.sub("", citation)


def short_citation(key: str, citation: str, document: str, lang: Lang) -> str:
    """Return a citation for a narrow place.

    Args:
        key: of the provision.
        citation: as the atlas gives it.
        document: its document's short name; empty where all are of the one document.
        lang: of the page.
    """
    return key if lang == "en" else f"{document}{number_of(citation)}"


def number_in_english(key: str, *, of_plan: bool) -> str:
    """Return a provision's number in English: Article 2, paragraph 1; Chapter 33, section 1; Box 20, item 1.

    Args:
        key: of the provision.
        of_plan: whether its document has chapters where a regulation has articles.
    """
    names = ("Chapter", "section") if of_plan else ("Article", "paragraph")
    for pattern, (outer, inner) in ((_BOX, ("Box", "item")), (_PART, ("Part", "")), (_UNIT, names)):
        if found := pattern.fullmatch(key):
            first, *rest = found.groups()
            return f"{outer} {first}" + "".join(f", {inner} {one}" for one in rest if one)
    return key.rpartition("/")[2].capitalize()
