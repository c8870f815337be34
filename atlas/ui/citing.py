"""Citations for narrow places: the document's short name and the number; in English the provision's id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.ui.words import Lang

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
