"""The filter where one reads: what documents, bases and themes leave of a place's provisions and of a chapter.

Where is answered already by the place that was chosen, so the filter's regions narrow nothing here. A basis is that of
the provision *for this place*: one and the same provision names one banner and reaches another through a class.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from atlas.models import Governing
from atlas.selection import Selection
from atlas.ui.words import Lang, word

if TYPE_CHECKING:
    from atlas.filters import Filters
    from atlas.ui.state import View

ALL_GOVERNING = "map.all"  # the pane shows everything in spite of the filter
ALL_TEXTS = "texts.all"  # so does the reader


def narrow_governing(filters: Filters, view: View, governing: Sequence[Governing]) -> tuple[Governing, ...]:
    """Return the provisions that the filter's documents, bases and themes leave, in their order."""
    chosen = view.selection
    kept: Sequence[Governing] = governing
    if chosen.documents:
        kept = [row for row in kept if row.document in chosen.documents]
    if chosen.bases:
        kept = [row for row in kept if row.basis in chosen.bases]
    if chosen.themes:
        about = filters.keep(Selection(themes=chosen.themes))["provisions"]
        kept = [row for row in kept if row.id in about]
    return tuple(kept)


def narrow_chapter(filters: Filters, view: View, provisions: Sequence[str]) -> tuple[str, ...]:
    """Return the provisions of a chapter that bases and themes leave; the open one stays whatever the filter says.

    The filter's documents say which documents to read (`documents_to_read`); within one they narrow nothing.
    """
    chosen = view.selection
    if not (chosen.bases or chosen.themes):
        return tuple(provisions)
    kept = filters.keep(Selection(bases=chosen.bases, themes=chosen.themes))["provisions"]
    return tuple(key for key in provisions if key in kept or key == view.article)


def documents_to_read(view: View, documents: Sequence[str]) -> tuple[str, ...]:
    """Return the documents that the reader offers, in their order: those of the filter, or all."""
    chosen = view.selection.documents
    if not chosen or view.get_own(ALL_TEXTS):
        return tuple(documents)
    return tuple(key for key in documents if key in chosen) or tuple(documents)


def said(kept: int, known: int, lang: Lang, *, everything: bool, by: Sequence[str] = ()) -> dict[str, str]:
    """Return the line on what the filter leaves, and the words of the button beside it; empty where it leaves all.

    Args:
        kept: how many the filter leaves.
        known: of how many.
        lang: of the words.
        everything: all are shown in spite of the filter.
        by: names of what is chosen in the filter, where no chips say so.
    """
    if kept == known:
        return {"line": "", "act": ""}
    if everything:
        return {"line": word("narrowed_not", lang, known=known), "act": word("narrowed_again", lang, kept=kept)}
    named = word("narrowed_names", lang, names=("、" if lang == "zh" else ", ").join(by)) if by else ""
    return {"line": word("narrowed", lang, by=named, kept=kept, known=known), "act": word("narrowed_all", lang)}
