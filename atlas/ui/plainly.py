"""Text of strangers and of errors where Streamlit reads markdown: nothing in it is taken for more than text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.ui.words import Lang

_ACTIVE = re.compile(r"([\\`*_{}\[\]()#+\-.!<>|~$:&^=@/])")


def literal(text: str) -> str:
    """Return a text that markdown shows as it is, on one line."""
    return _ACTIVE.sub(r"\\\1", " ".join(text.split()))


def reason(error: Exception, lang: Lang) -> str:
    """Return what an error says in the language, where it says it in both (`zh`, `en`), ready for markdown."""
    return literal(str(getattr(error, lang, "") or error))
