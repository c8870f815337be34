"""What the pane says about a place, an article, or at the start: plain data, cut into runs of text; no markup anywhere.

The component sets each run by `textContent`, so whatever stands in a name or a text stays text (DESIGN §8).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from atlas.errors import UnknownNameError
from atlas.layers import PRECISION_TITLES
from atlas.models import Document, Governing, Place, Precision
from atlas.notes import note_in
from atlas.ui.citing import number_in_english
from atlas.ui.index import Feature, Index
from atlas.ui.narrowing import ALL_GOVERNING, said
from atlas.ui.state import PAGE, View
from atlas.ui.words import LANGS, Lang, named, word

if TYPE_CHECKING:
    from atlas.store import Atlas

Run = dict[str, Any]  # {"text": …, "mark": bool, "place": id or None}

MOST_PLACES = 60  # chips of one article
EXAMPLES = ("152923", "lake/hulun", "150781", "kongdui/xiliugou")


def runs(text: str, marks: Iterable[tuple[int, int]]) -> list[Run]:
    """Cut text into runs that are marked or not; together they are the text again.

    Args:
        text: any text.
        marks: (start, end) in code points; what overlaps an earlier mark or lies outside is left out.
    """
    found: list[Run] = []
    at = 0
    for start, end in sorted(marks):
        if start < at or end > len(text) or start >= end:
            continue
        if start > at:
            found.append({"text": text[at:start], "mark": False})
        found.append({"text": text[start:end], "mark": True})
        at = end
    if at < len(text):
        found.append({"text": text[at:], "mark": False})
    return found


def name_of(place: Place | Feature, lang: Lang) -> str:
    """Return the name in the language; Chinese where there is no other."""
    chinese = place.name if isinstance(place, Place) else place.name_zh
    return (place.name_en if lang == "en" else "") or chinese


def welcome(atlas: Atlas, index: Index, lang: Lang) -> dict[str, Any]:
    """Return what the pane says when nothing is chosen."""
    places = index.places
    documents = atlas.documents()
    counts = atlas.provision_counts
    return {
        "kind": "welcome",
        "key": "welcome",
        "title": word("welcome", lang),
        "lead": word("welcome_lead", lang),
        "examples_title": word("examples", lang),
        "examples": [{"id": key, "name": name_of(places[key], lang)} for key in EXAMPLES if key in places],
        "documents_title": word("documents", lang),
        "documents": [
            {
                "id": document.id,
                "title": document.title if lang == "zh" else document.title_en,
                "note": " · ".join(
                    [
                        word("issued" if document.kind == "plan" else "adopted", lang, date=document.adopted),
                        word("provisions_count", lang, count=counts.get(document.id, 0)),
                    ]
                ),
            }
            for document in documents
        ],
        "disclaimer": word("disclaimer", lang),
    }


def place_card(
    atlas: Atlas,
    index: Index,
    view: View,
    governing: Sequence[Governing],
    projects: Mapping[str, Mapping[str, Any]] | None = None,
    kept: Sequence[Governing] | None = None,
) -> dict[str, Any]:
    """Return what the pane says about the chosen place, or about a project of the plan (`projects`: rows by id).

    `kept` are those of `governing` that the filter leaves (all by default); the pane says of how many.
    """
    lang = view.lang
    known = len(governing)
    everything = bool(view.get_own(ALL_GOVERNING))
    narrowed = said(known if kept is None else len(kept), known, lang, everything=everything)
    if kept is not None and not everything:
        governing = kept
    features = index.of.get(view.place or "", ())
    place = find_place(atlas, view.place or "")
    project = (projects or {}).get(view.place or "")
    if place is None and not features:
        return _project_card(atlas, index, view, governing, project or {}) | {"narrowed": narrowed}
    subject = place or features[0]
    own = place.name if place else features[0].name_zh
    other = subject.name_en if lang == "zh" else own
    on_map = index.places
    shapes = sorted({row.precision for row in features}, key=list(Precision).index)
    return {
        "kind": "place",
        "key": f"place:{view.place}",
        "title": name_of(subject, lang),
        "subtitle": "" if other == name_of(subject, lang) else other,
        "kicker": " · ".join(part for part in (named("type", subject.type, lang), _status(features, lang)) if part),
        "under_title": word("under", lang),
        "under": [{"id": key, "name": name_of(on_map[key], lang)} for key in view.under if key in on_map],
        "facts": _facts(atlas, index, place, features, lang),
        "provenance_title": word("provenance", lang),
        "provenance": _provenance(index, place, features, lang),
        "precision": [{"id": str(shape), "title": PRECISION_TITLES[shape][LANGS.index(lang)]} for shape in shapes],
        "governing_title": word("governing", lang),
        "governing_none": word("governing_filtered" if known else "governing_none", lang),
        "narrowed": narrowed,
        "total": word("count", lang, count=len(governing)),
        "groups": _groups(atlas, governing, view),
        "disclaimer": word("disclaimer", lang),
        "close": word("close", lang),
    }


def _project_card(
    atlas: Atlas, index: Index, view: View, governing: Sequence[Governing], project: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the card of a project that no layer draws: what the plan says of it, and the places that it names."""
    lang = view.lang
    year = project.get("year")
    facts = [
        _fact("category", named("category", str(project.get("category") or ""), lang), lang),
        _fact("status", named("status", str(project.get("status") or ""), lang), lang),
        _fact("target_year", "" if year is None or year != year else str(int(year)), lang),  # noqa: PLR0124  # NaN
    ]
    named_here = [str(key) for key in project.get("places") or ()]
    places = list(dict.fromkeys(member for key in named_here for member in atlas.gazetteer.members(key)))
    return {
        "kind": "place",
        "key": f"place:{view.place}",
        "title": str(project.get("name") or view.place),
        "subtitle": "",
        "kicker": word("kind_project", lang),
        "under_title": word("project_places", lang) if places else "",
        "under": [
            {"id": key, "name": name_of(found, lang)} for key in places if (found := find_place(atlas, key)) is not None
        ],
        "facts": [fact for fact in facts if fact["value"]],
        "provenance_title": "",
        "provenance": [],
        "precision": [],
        "governing_title": word("project_listed", lang),
        "governing_none": word("governing_none", lang),
        "total": word("count", lang, count=len(governing)),
        "groups": _groups(atlas, governing, view),
        "disclaimer": word("disclaimer", lang),
        "close": word("close", lang),
    }


def article_card(atlas: Atlas, index: Index, view: View) -> dict[str, Any]:
    """Return what the pane says about the opened article: its whole text with every place marked, and its places."""
    lang = view.lang
    provision = atlas.provision(view.article or "")
    document = next(entry for entry in atlas.documents() if entry.id == provision.document)
    on_map = index.places
    gazetteer = atlas.gazetteer
    mentions = atlas.mentions(provision=provision.id)
    mentions = mentions[mentions["place"].notna()]
    spans = sorted(zip(mentions["start"], mentions["end"], mentions["place"], strict=True))
    named_here = {member for _, _, target in spans for member in gazetteer.members(target) if target == member}
    reached = atlas.reach(provision.id)
    origin = find_place(atlas, view.place) if view.place else None
    own = " ".join(part for part in (provision.number, provision.title) if part)
    return {
        "kind": "article",
        "id": provision.id,
        "read": word("to_texts", lang),
        "copy": word("copy", lang),
        "copied": word("copied", lang),
        "key": f"article:{provision.id}",
        "kicker": document.title if lang == "zh" else document.title_en,
        "title": own if lang == "zh" else number_in_english(provision.id, of_plan=document.kind == "plan"),
        "subtitle": "" if lang == "zh" else own,
        "path": [heading for heading in provision.path if heading],
        "citation": atlas.citation(provision.id),
        "paragraphs": paragraph_runs(provision.text, spans, view.place, on_map, gazetteer.members),
        "restored": word("restored", lang) if provision.restored else "",
        "places_title": word("article_places", lang),
        "places_none": word("article_places_none", lang),
        "places": [
            {
                "id": key,
                "name": name_of(find_place(atlas, key) or on_map[key], lang),
                "named": key in named_here,
                "on_map": key in on_map,
                "hint": word("by_name" if key in named_here else "by_scope", lang)
                + ("" if key in on_map else f" · {word('unlocated', lang)}"),
            }
            for key in reached[:MOST_PLACES]
        ],
        "places_count": word("count", lang, count=len(reached)) if lang == "en" else f"{len(reached)} 处",
        "places_more": word("more_places", lang, count=len(reached) - MOST_PLACES)
        if len(reached) > MOST_PLACES
        else "",
        "back": f"{word('back', lang)} {name_of(origin, lang)}" if origin else word("close", lang),
        "disclaimer": word("disclaimer", lang),
    }


def find_place(atlas: Atlas, key: str) -> Place | None:
    """Return the place, or nothing for what the gazetteer does not hold (a railway of the plan)."""
    try:
        return atlas.place(key)
    except UnknownNameError:
        return None


def _status(features: Sequence[Feature], lang: Lang) -> str:
    return next((named("status", row.status, lang) for row in features if row.status), "")


def _facts(
    atlas: Atlas, index: Index, place: Place | None, features: Sequence[Feature], lang: Lang
) -> list[dict[str, Any]]:
    """Return what one wants to know at a glance as label and value; a value may lead to another place."""
    position = LANGS.index(lang)
    facts: list[dict[str, Any]] = []
    if place and place.id.isdigit():
        facts.append(_fact("code", place.id, lang))
    if place:
        facts.append(_fact("also", _listed((alias for alias in place.aliases[:6] if alias != place.name), lang), lang))
    if not (place and place.type == "league"):
        codes = {name: code for code, name in index.leagues.items()}
        for name in next((row.leagues for row in features if row.leagues), ()):
            league = find_place(atlas, codes.get(name, ""))
            facts.append(_fact("league", name_of(league, lang) if league else name, lang, codes.get(name)))
    shapes = dict.fromkeys(PRECISION_TITLES[row.precision][position] for row in features)
    if place and not shapes and place.precision:
        shapes = {PRECISION_TITLES[place.precision][position]: None}
    facts.append(_fact("shape", _listed(shapes, lang), lang))
    return [fact for fact in facts if fact["value"]]


def _provenance(index: Index, place: Place | None, features: Sequence[Feature], lang: Lang) -> list[dict[str, Any]]:
    """Return where shape and point come from, and what was noted on them."""
    position = LANGS.index(lang)
    titles = {layer.id: layer.title for layer in index.layers}
    rows = [_fact("shape", note_in(source, lang), lang) for source in dict.fromkeys(row.source for row in features)]
    if place and place.lon is not None and place.lat is not None and place.precision:
        kind = PRECISION_TITLES[place.precision][position]
        what = f"（{kind}）" if lang == "zh" else f" ({kind})"
        source = note_in(place.source, lang)
        rows.append(_fact("point", f"{place.lon:.3f}°E {place.lat:.3f}°N{what}— {source}", lang))
        rows.append(_fact("seen", place.date, lang))
    notes = [note_in(note, lang) for note in (*(row.note for row in features), place.note if place else "")]
    rows.extend(_fact("note", note, lang) for note in dict.fromkeys(notes))
    rows.append(_fact("on_layers", _listed((getattr(titles[row.layer], lang) for row in features), lang), lang))
    return [row for row in rows if row["value"]]


def _listed(names: Iterable[str], lang: Lang) -> str:
    return (", " if lang == "en" else "、").join(names)


def _fact(key: str, value: str, lang: Lang, leads_to: str | None = None) -> dict[str, Any]:
    return {"label": word(key, lang), "value": value, "place": leads_to}


def _groups(atlas: Atlas, governing: Sequence[Governing], view: View) -> list[dict[str, Any]]:
    """Return the provisions by basis, each with as many as are open."""
    lang = view.lang
    documents = {document.id: document for document in atlas.documents()} if lang == "en" else {}
    groups = []
    for basis, rows in groupby(governing, key=lambda row: row.basis):
        entries = list(rows)
        opened = min(view.open_count(basis), len(entries))
        rest = min(PAGE, len(entries) - opened)
        groups.append(
            {
                "basis": str(basis),
                "title": word(f"basis_{basis}", lang),
                "hint": word(f"basis_{basis}_hint", lang),
                "count": word("count", lang, count=len(entries)),
                "total": len(entries),
                "items": [_item(row, documents.get(row.document), lang) for row in entries[:opened]],
                "more": "" if not rest else word("more", lang, count=rest) if opened else word("show", lang),
            }
        )
    return groups


def _item(row: Governing, of: Document | None, lang: Lang) -> dict[str, Any]:
    document, number = _cited(row.citation)
    if of is not None:  # in English
        dated = word("issued" if of.kind == "plan" else "adopted", lang, date=of.adopted)
        document, number = f"{of.short_en}, {dated}", number_in_english(row.id, of_plan=of.kind == "plan")
    return {
        "id": row.id,
        "document": document,
        "number": number,
        "citation": row.citation,
        "why": row.why if lang == "zh" else row.why_en,
        "quotation": runs(row.quotation, row.marks),
        "certainty": word("certainty", lang, percent=round(row.certainty * 100)),
        "open": word("open_article", lang),
        "read": word("to_texts", lang),
        "copy": word("copy", lang),
        "copied": word("copied", lang),
    }


def _cited(citation: str) -> tuple[str, str]:
    """Part 《title》（date）number into the document and the number."""
    found = re.fullmatch(r"(《.+?》（[^（）]*）)(.+)", citation)
    return (found[1], found[2]) if found else (citation, "")


def paragraph_runs(
    text: str,
    spans: Sequence[tuple[int, int, str]],
    chosen: str | None,
    on_map: dict[str, Feature],
    members: Any,
) -> list[list[Run]]:
    """Cut a provision into paragraphs of runs; a marked run names the place that it leads to, if that is on the map."""
    paragraphs: list[list[Run]] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        inside = [(one - start, other - start, target) for one, other, target in spans if start <= one and other <= end]
        cut = runs(line, [(one, other) for one, other, _ in inside])
        targets = iter(_kept(inside))
        for run in cut:
            if run["mark"]:
                target = next(targets)
                run["place"] = target if target in on_map else None
                run["own"] = chosen is not None and chosen in members(target)
        if line.strip():
            paragraphs.append(cut)
        start = end + 1
    return paragraphs


def _kept(spans: Sequence[tuple[int, int, str]]) -> list[str]:
    """Return the targets of those spans that `runs` keeps."""
    kept, at = [], 0
    for start, end, target in sorted(spans):
        if start >= at and end > start:
            kept.append(target)
            at = end
    return kept
