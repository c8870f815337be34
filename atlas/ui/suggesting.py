"""Suggestions of the search box: places, provisions, documents as `Atlas.suggest` finds them, and projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atlas.ui.matching import project_matches
from atlas.ui.words import Lang, named, word

if TYPE_CHECKING:
    from atlas.ui.opened import Opened

MOST = 10  # suggestions
MOST_PROJECTS = 4  # of them projects, unless there are no others


def suggestions(opened: Opened, typed: str, lang: Lang) -> list[dict[str, str]]:
    """Return what was typed may mean, as rows of the list: kind, id, label, detail, kind_title."""
    if not typed.strip():
        return []
    entries = [
        _entry(opened, one.kind, one.id, one.label, one.matched, lang) for one in opened.atlas.suggest(typed, MOST)
    ]
    projects = project_matches(opened.project_readings, typed, MOST)
    room = max(MOST - len(entries), MOST_PROJECTS)
    shown = [key for key in projects if key not in {entry["id"] for entry in entries}][:room]
    entries = entries[: MOST - len(shown)]
    return entries + [_project_entry(opened, key, lang) for key in shown]


def _entry(opened: Opened, kind: str, key: str, label: str, matched: str, lang: Lang) -> dict[str, str]:
    detail = ""
    if kind == "place":
        place = opened.atlas.gazetteer.places.get(key)
        parent = opened.atlas.gazetteer.places.get(place.parent or "") if place else None
        own = (place.name_en if lang == "en" else "") or label if place else label
        parts = [
            place.name_en if place and lang == "zh" else label,
            (parent.name_en if lang == "en" else "") or parent.name if parent else "",
            matched if matched not in {label, place.name_en if place else ""} else "",
        ]
        label, detail = own, " · ".join(dict.fromkeys(part for part in parts if part and part != own))
        kind_title = named("type", place.type, lang) if place else word("kind_place", lang)
        return {"kind": kind, "id": key, "label": label, "detail": detail, "kind_title": kind_title}
    return {"kind": kind, "id": key, "label": label, "detail": detail, "kind_title": word(f"kind_{kind}", lang)}


def _project_entry(opened: Opened, key: str, lang: Lang) -> dict[str, Any]:
    row = opened.projects[key]
    detail = " · ".join((named("category", str(row["category"]), lang), named("status", str(row["status"]), lang)))
    return {
        "kind": "project",
        "id": key,
        "label": str(row["name"]),
        "detail": detail,
        "kind_title": word("kind_project", lang),
    }
