"""The filter panel that all views share: its data, and mounting it. What it changes is the view's selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from atlas.ui.packing import Base, packed
from atlas.ui.state import FILTERED, View
from atlas.ui.words import Lang, named, word

if TYPE_CHECKING:
    from atlas.filters import Choice, Filters, Kind
    from atlas.selection import Selection
    from atlas.ui.components import Packed
    from atlas.ui.opened import Opened

# Kinds whose values have words of the interface instead of names of their own.
_CODED: dict[str, str] = {"bases": "basis", "categories": "category", "statuses": "status"}
REMEMBERED = 200  # selections whose panel is kept
_SHOWN_COUNTS = ("units", "provisions", "projects")


def choice_name(kind: Kind, choice: Choice, lang: Lang) -> str:
    """Return the name of a choice in the language."""
    if kind in _CODED:
        return named(_CODED[kind], choice.id, lang)
    return (choice.en if lang == "en" else "") or choice.zh


def chosen_names(filters: Filters, view: View, kinds: Sequence[Kind]) -> list[str]:
    """Return the names of what is chosen of some kinds, in their order."""
    return [
        choice_name(kind, choice, view.lang)
        for kind in kinds
        for choice in filters.choices[kind]
        if choice.id in {str(value) for value in getattr(view.selection, kind)}
    ]


def filter_data(filters: Filters, view: View) -> dict[str, Any]:
    """Return the panel as plain data: chips of what is chosen, and each kind with its choices and counts."""
    lang = view.lang
    narrowed = filters.narrow(view.selection)
    left = {subject: len(narrowed.kept[subject]) for subject in _SHOWN_COUNTS}  # type: ignore[index]
    kinds, chips = [], []
    for kind in FILTERED:
        counts = narrowed.counts[kind]
        chosen = {str(value) for value in getattr(view.selection, kind)}
        entries = []
        for choice in filters.choices[kind]:
            name = choice_name(kind, choice, lang)
            on = choice.id in chosen
            entries.append(
                {
                    "id": choice.id,
                    "title": name,
                    "count": counts.get(choice.id, 0),
                    "on": on,
                    "child": bool(choice.parent),
                }
            )
            if on:
                label = word("filter_remove", lang, name=name)
                chips.append({"kind": kind, "id": choice.id, "title": name, "label": label})
        kinds.append({"id": kind, "title": word(f"filter_{kind}", lang), "choices": entries})
    return {
        "lang": lang,
        "title": word("filter", lang),
        "clear": word("filter_clear", lang),
        "search": word("filter_search", lang),
        "left": word("filter_left", lang, **left),
        "empty": word("filter_empty", lang) if chips and not any(left.values()) else "",
        "chips": chips,
        "kinds": kinds,
    }


def offers(filters: Filters, kind: str, value: str) -> bool:
    """Say whether the panel has this choice."""
    return kind in FILTERED and any(choice.id == value for choice in filters.choices[kind])


def with_change(view: View, change: Mapping[str, Any]) -> View:
    """Return the view after a change in the panel: `kind`, `id`, whether it is `on`; as it was for a strange kind."""
    if change.get("kind") not in FILTERED:
        return view
    return view.with_choice(cast("Kind", change["kind"]), str(change["id"]), on=bool(change["on"]))


@lru_cache(maxsize=2)
def _base(opened: Opened, lang: Lang) -> Base:
    from atlas.ui import components  # noqa: PLC0415

    return components.make_base("filters", filter_data(opened.filters, View(lang=lang)))


@lru_cache(maxsize=REMEMBERED)
def _packed(opened: Opened, selection: Selection, lang: Lang) -> Packed:
    """Return the panel's data, packed once for all sessions that ask the same."""
    from atlas.ui import components  # noqa: PLC0415

    data = filter_data(opened.filters, View(selection=selection, lang=lang))
    return components.Packed(packed(data, _base(opened, lang)))


def draw(opened: Opened, view: View) -> None:
    """Mount the panel; call it in the fragment of a view, which then runs again when the filter changes."""
    from atlas.ui import components  # noqa: PLC0415  # the data above need no page

    components.filters(
        key="filters",
        data=_packed(opened, view.selection, view.lang),
        on_choice_change=_choice_changed,
        on_clear_change=_cleared,
    )


def _choice_changed() -> None:
    from atlas.ui import session  # noqa: PLC0415

    if change := st.session_state["filters"].choice:
        session.show(with_change(session.view(), change))


def _cleared() -> None:
    from atlas.ui import session  # noqa: PLC0415

    if st.session_state["filters"].clear:
        session.show(session.view().without())
