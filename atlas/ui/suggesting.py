"""Suggestions of the search box: places, provisions, documents as `Atlas.suggest` finds them, and projects.

Projects answer to a part of their Chinese name; to pinyin and initials by the readings of its characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from atlas.search.fold import fold
from atlas.search.pinyin import syllables, typed_matches
from atlas.ui.words import Lang, named, word

if TYPE_CHECKING:
    from atlas.ui.session import Opened

MOST = 10  # suggestions
MOST_PROJECTS = 4  # of them projects, unless there are no others
_NOT_CHINESE = re.compile(r"[^\u4e00-\u9fff]")
_FEWEST_LETTERS = 3  # of pinyin; fewer fit half of all projects


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


def project_matches(names: Mapping[str, tuple[str, str]], typed: str, limit: int) -> list[str]:
    """Return the ids of projects that what was typed may mean, those that begin so first.

    Args:
        names: id -> (folded name, reading: syllables parted by spaces).
        typed: as typed.
        limit: how many at the most.
    """
    key = "".join(fold(typed).split())
    letters = key.replace("'", "")
    if not key:
        return []
    found: list[tuple[int, int, str]] = []
    latin = len(letters) >= _FEWEST_LETTERS and letters.isascii() and letters.isalpha()
    for project, (name, reading) in names.items():
        at = name.find(key)
        if at >= 0:
            found.append((min(at, 1), len(name), project))
        elif latin and typed_matches(letters, reading):
            found.append((2, len(name), project))
    return [project for _, _, project in sorted(found)[:limit]]


def read_names(names: Iterable[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Return id -> (folded name, reading) of (id, name)."""
    return {key: ("".join(fold(name).split()), syllables(_NOT_CHINESE.sub("", name))) for key, name in names}


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
