"""Text of strangers and of errors where Streamlit reads markdown: nothing in it is taken for more than text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.ui.words import word

if TYPE_CHECKING:
    from atlas.ui.words import Lang

_ACTIVE = re.compile(r"([\\`*_{}\[\]()#+\-.!<>|~$:&^=@/])")


def literal(text: str) -> str:
    """Return a text that markdown shows as it is, on one line."""
    return _ACTIVE.sub(r"\\\1", " ".join(text.split()))


def failed(key: str, error: Exception, lang: Lang) -> str:
    """Return a sentence on what failed and why, all of it in one language; ready for markdown.

    Args:
        key: of the word for what failed, as `take_failed`.
        error: says why in `zh` and `en`, or in English alone; that is then said in Chinese before it.
        lang: of the sentence.
    """
    if lang == "en":
        return f"{word(key, lang)}: {literal(str(getattr(error, 'en', '') or error))}"
    own = getattr(error, "zh", "")
    if own:
        return f"{word(key, lang)}：{literal(own)}"
    return f"{word(key, lang)}。{word('why_in_english', lang)}{literal(str(error))}"
