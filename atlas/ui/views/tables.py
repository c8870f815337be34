"""The tables: one register at a time, narrowed by the shared filter, searched, sorted, in pages; downloads of it."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from atlas.exchange.about import about
from atlas.exchange.sheets import csv_bytes, write_xlsx
from atlas.exchange.tables import TABLES
from atlas.ui import components, filtering, registers, session
from atlas.ui.registers import NAMES, Asked, Row
from atlas.ui.words import word

if TYPE_CHECKING:
    from atlas.ui.opened import Opened
    from atlas.ui.state import View

KEY = "register"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked(view: View) -> Asked:
    """Return what the address asks for."""
    return Asked.read(*(view.get_own(f"tables.{part}") for part in ("show", "sort", "find", "page")))


@st.fragment
def draw(opened: Opened, _: View) -> None:
    """Draw the view."""
    view = session.view()
    if view.name != "tables":  # a row led to the map
        st.rerun()
    left, main = st.columns([1, 4], gap=None)
    with left, st.container(key="side"):
        filtering.draw(opened, view)
    with main, st.container(key="content"):
        _table(opened, view)
    session.write_address()


def _table(opened: Opened, view: View) -> None:
    wanted = asked(view)
    kept = {name: registers.kept_rows(opened.atlas, opened.filters, view.selection, name, view.lang) for name in NAMES}
    found = registers.found_rows(kept[wanted.name], wanted.find)
    shown = registers.sorted_rows(found, wanted.name, wanted.sort)
    counts = {name: (len(kept[name]), len(registers.rows(opened.atlas, name, view.lang))) for name in NAMES}
    _downloads(opened, view, wanted.name, shown)
    components.tables(
        key=KEY,
        data=registers.table_data(wanted, shown, counts, view.lang, opened.known.places),
        on_tab_change=_tab_chosen,
        on_sort_change=_sorted,
        on_find_change=_typed,
        on_page_change=_page_turned,
        on_place_change=_place_chosen,
        on_provision_change=_provision_chosen,
    )


def _downloads(opened: Opened, view: View, name: str, shown: list[Row]) -> None:
    """Offer what is seen as files; they are made when somebody asks for them."""
    if not shown:
        return
    stem = f"{word('title', 'zh')}_{word(f'register_{name}', 'zh')}"
    with st.container(key="tables_take", horizontal=True):
        st.download_button(
            word("take_csv", view.lang, count=f"{len(shown):,}"),
            partial(_csv, opened, name, shown),
            f"{stem}.csv",
            "text/csv",
            key="take_csv",
            on_click="ignore",
        )
        st.download_button(
            word("take_xlsx", view.lang),
            partial(_xlsx, opened, name, shown),
            f"{stem}.xlsx",
            XLSX,
            key="take_xlsx",
            on_click="ignore",
        )


def _csv(opened: Opened, name: str, shown: list[Row]) -> bytes:
    return csv_bytes(registers.taken(opened.atlas, name, shown))


def _xlsx(opened: Opened, name: str, shown: list[Row]) -> bytes:
    lines = about(opened.atlas, (), "working", "EPSG:4490")
    with tempfile.TemporaryDirectory(prefix="beijiang-atlas-") as folder:
        part = Path(folder) / "table.xlsx"
        write_xlsx({name: (TABLES[name][0], registers.taken(opened.atlas, name, shown))}, lines, part)
        return part.read_bytes()


def _set(**parts: str) -> None:
    """Change what the address asks for; whatever changes but the page begins at the first page again."""
    view = session.view()
    for part, value in {"page": "", **parts}.items():
        view = view.with_own(f"tables.{part}", value)
    session.show(view)


def _tab_chosen() -> None:
    name = st.session_state[KEY].tab
    if name in NAMES:
        _set(show="" if name == NAMES[0] else name, sort="", find="")


def _sorted() -> None:
    """Rising first, then falling, then as in the texts."""
    column, now = str(st.session_state[KEY].sort or ""), session.view().get_own("tables.sort")
    if column:
        _set(sort={column: f"-{column}", f"-{column}": ""}.get(now, column))


def _typed() -> None:
    typed = st.session_state[KEY].find
    if typed is not None:
        _set(find=str(typed["text"])[:80])


def _page_turned() -> None:
    page = st.session_state[KEY].page
    if isinstance(page, int | float) and page >= 1:
        _set(page=str(int(page)) if page > 1 else "")


def _place_chosen() -> None:
    if place := st.session_state[KEY].place:
        session.show(session.view().with_name("map").with_place(str(place), move=True))


def _provision_chosen() -> None:
    if provision := st.session_state[KEY].provision:
        session.show(session.view().with_name("map").with_article(str(provision)))
