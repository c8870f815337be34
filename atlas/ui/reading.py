"""What the reader shows: the contents of a document, and one chapter of it with its places as links. Plain data.

One chapter at a time: the whole plan would be 400 kB for each visitor. Where a provision is open, its chapter is shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from atlas.ui.chaptering import is_chapter
from atlas.ui.content import MOST_PLACES, find_place, name_of, paragraph_runs
from atlas.ui.filtering import chosen_names
from atlas.ui.narrowing import ALL_TEXTS, documents_to_read, narrow_chapter, said
from atlas.ui.words import Lang, word

if TYPE_CHECKING:
    from atlas.ui.chaptering import Chapter
    from atlas.ui.opened import Opened
    from atlas.ui.state import View

PARAGRAPH = "texts.paragraph"  # in the address: the paragraph whose places are shown, from 1
CHAPTER = "texts.chapter"  # in the address: the first provision of the chapter, where none is open


def where(opened: Opened, view: View) -> tuple[str, Chapter]:
    """Return document and chapter to read: those of the open provision, else of the address, else the first."""
    article = view.article or view.get_own(CHAPTER)
    document = view.document or documents_to_read(view, opened.known.documents)[0]
    if article in opened.known.articles:
        document = opened.document_of[article]
    parts = opened.chapters(document)
    # Where no chapter is asked for, the first in which the filter leaves something.
    first = next((part for part in parts if _left(opened, view, part)), parts[0])
    return document, next((part for part in parts if article in part.provisions), first)


def _left(opened: Opened, view: View, part: Chapter) -> int:
    """Return how many provisions of a chapter the reader shows; the open one does not count as left by the filter."""
    if view.get_own(ALL_TEXTS):
        return len(part.provisions)
    return len(narrow_chapter(opened.filters, view.model_copy(update={"article": None}), part.provisions))


def contents_data(opened: Opened, view: View) -> dict[str, Any]:
    """Return the documents and the contents of the one that is read."""
    lang = view.lang
    document, chapter = where(opened, view)
    offered = documents_to_read(view, opened.known.documents)
    parts = opened.chapters(document)
    left = [_left(opened, view, part) for part in parts]
    whole = left == [len(part.provisions) for part in parts]
    return {
        "lang": lang,
        "document_title": word("document", lang),
        "documents": [
            {
                "id": one.id,
                "title": one.short
                if lang == "zh"
                else one.short_en,  # whole titles begin alike, and the list is narrow
                "whole": one.title if lang == "zh" else one.title_en,
                "current": one.id == document,
            }
            for one in opened.documents
            if one.id in offered or one.id == document
        ],
        "contents_title": word("contents", lang),
        "chapters": [
            {
                "id": part.id,
                "title": part.title or word("preamble", lang),
                "part": part.part,
                "current": part == chapter,
                "count": "" if whole else str(count),
                "label": "" if whole else word("chapter_left", lang, title=part.title, count=count),
            }
            for part, count in zip(parts, left, strict=True)
        ],
    }


def reader_data(opened: Opened, view: View) -> dict[str, Any]:
    """Return the chapter that is read."""
    lang = view.lang
    document, chapter = where(opened, view)
    described = next(one for one in opened.documents if one.id == document)
    parts = opened.chapters(document)
    at = parts.index(chapter)
    kept = narrow_chapter(opened.filters, view, chapter.provisions)
    everything = bool(view.get_own(ALL_TEXTS))
    return {
        "lang": lang,
        "key": chapter.id,
        "document": described.title,
        "document_en": described.title_en if lang == "en" else "",
        "part": chapter.part,
        "title": chapter.title,
        "authentic": word("authentic", lang) if lang == "en" else "",
        "open": view.article or "",
        "provisions": [_provision(opened, view, key) for key in (chapter.provisions if everything else kept)],
        "narrowed": said(
            len(kept),
            len(chapter.provisions),
            lang,
            everything=everything,
            by=chosen_names(opened.filters, view, ("bases", "themes")),
        ),
        "empty": "" if kept or everything else word("chapter_empty", lang),
        "before": _neighbour(parts[at - 1] if at else None, "chapter_before", lang),
        "after": _neighbour(parts[at + 1] if at + 1 < len(parts) else None, "chapter_after", lang),
    }


def reach_of(opened: Opened, view: View) -> tuple[str, ...]:
    """Return the places that the map marks: of the open paragraph, else of the open provision."""
    if not view.article:
        return ()
    span = _open_span(opened, view)
    if span is None:
        return opened.atlas.reach(view.article)
    return _named(opened, view.article, span)


def _named(opened: Opened, provision: str, span: tuple[int, int]) -> tuple[str, ...]:
    """Return the places that a stretch of a provision names, itself or through a group or class: no inference."""
    return tuple(one.place for one in opened.atlas.reached(provision, span, inferred=False))


def _open_span(opened: Opened, view: View) -> tuple[int, int] | None:
    number = view.get_own(PARAGRAPH)
    if not view.article or not re.fullmatch(r"[1-9]\d{0,2}", number):
        return None
    spans = _spans(opened.atlas.provision(view.article).text)
    return spans[int(number) - 1] if int(number) <= len(spans) else None


def _spans(text: str) -> list[tuple[int, int]]:
    """Return where the paragraphs of a text stand that are not empty."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _provision(opened: Opened, view: View, key: str) -> dict[str, Any]:
    lang = view.lang
    atlas, on_map = opened.atlas, opened.index.places
    provision = atlas.provision(key)
    mentions = atlas.mentions(provision=key)
    mentions = mentions[mentions["place"].notna()]
    marks = sorted(zip(mentions["start"], mentions["end"], mentions["place"], strict=True))
    cut = paragraph_runs(provision.text, marks, view.place, on_map, atlas.gazetteer.members)
    chosen = view.get_own(PARAGRAPH) if view.article == key else ""
    paragraphs = []
    for number, (runs, (start, end)) in enumerate(zip(cut, _spans(provision.text), strict=True), start=1):
        named = any(one < end and other > start for one, other in opened.evidence.get(key, ()))
        reach: dict[str, Any] = {}
        if named and chosen == str(number):
            reach = _reach_list(opened, _named(opened, key, (start, end)), lang)
        label = word("paragraph_reach_label", lang, number=provision.number, paragraph=number)
        paragraphs.append({"number": number, "runs": runs, "named": named, "label": label, "reach": reach})
    heading = [text for text in provision.path if not is_chapter(text)]
    return {
        "id": key,
        "number": provision.number,
        "title": provision.title,
        "kind": provision.kind,
        "above": heading[-1] if provision.kind == "box-item" and heading else "",
        "current": view.article == key,
        "paragraphs": paragraphs,
        "open": word("provision_open", lang),
        "open_label": word("provision_open_label", lang, number=provision.number),
        "reach_word": word("article_places", lang),
    }


def _reach_list(opened: Opened, places: tuple[str, ...], lang: Lang) -> dict[str, Any]:
    on_map = opened.index.places
    shown = places[:MOST_PLACES]
    return {
        "count": word("paragraph_reach", lang, count=len(places)),
        "places": [
            {"id": key, "name": name_of(found, lang), "on_map": key in on_map}
            for key in shown
            if (found := find_place(opened.atlas, key) or on_map.get(key)) is not None
        ],
        "more": word("more_places", lang, count=len(places) - len(shown)) if len(places) > len(shown) else "",
    }


def _neighbour(chapter: Chapter | None, key: str, lang: Lang) -> dict[str, str]:
    return {"id": chapter.id, "label": word(key, lang), "title": chapter.title} if chapter else {}
