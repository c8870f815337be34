"""The view of a visitor's own data: a file is read behind the guard, laid over the map, joined to banners, tabled.

The data stand in `st.session_state` alone: in no cache, no address, no file that stays.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from atlas.intake.limits import MIB
from atlas.ui import chart, components, owning, plainly, session, taking
from atlas.ui.paging import Turned, sheet
from atlas.ui.words import LANGS, WORDS, Lang, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.ui.opened import Opened
    from atlas.ui.owning import Own
    from atlas.ui.state import View

OVERLAY = components.component("own")
KEPT = "_own"


@st.fragment
def draw(opened: Opened, _: View) -> None:
    """Draw the view."""
    view = session.view()
    lang = view.lang
    left, middle, right = st.columns([1, 2, 2], gap=None)
    with left, st.container(key="side"), st.container(key="own_form"):
        _form(opened, lang)
        legend = st.container(key="own_legend")
    own: Own | None = st.session_state.get(KEPT)
    with right, st.container(key="content"), st.container(key="own_found"):
        english = owning.english_names(opened.atlas) if lang == "en" and own is not None and own.joined else {}
        overlay = _found(own, lang, english)
    with middle, st.container(key="stage"):
        chart.draw(opened, view)
    with legend:
        OVERLAY(key="own_overlay", data={"lang": lang, "kind": "", **overlay})
    session.write_address()


# ---- the file --------------------------------------------------------------------------------------------------------


def _form(opened: Opened, lang: Lang) -> None:
    st.header(word("own_title", lang), anchor=False)
    own: Own | None = st.session_state.get(KEPT)
    turn = st.session_state.get(
        "_own_turn", 0
    )  # a new key empties the uploader, and with it what the server holds of it
    with st.container(key=f"own_{lang}"):
        file = st.file_uploader(
            word("own_file", lang),
            key=f"own_file_{turn}",
            max_upload_size=owning.PICTURES.size_bytes // MIB,
        )
    if file is not None:
        own = owning.Own(name=file.name, content=file.getvalue())
        st.session_state["_own_turn"] = turn + 1
        _read(opened, own, lang)
        st.rerun(scope="fragment")
    st.caption(
        word(
            "own_limits",
            lang,
            vectors=owning.VECTORS.size_bytes // MIB,
            features=f"{owning.VECTORS.features:,}",
            rasters=owning.PICTURES.size_bytes // MIB,
        )
    )
    st.caption(word("own_privacy", lang))
    if own is None:
        return
    st.text(own.name[:200])
    if own.error is not None:
        st.error(plainly.failed("own_refused", own.error, lang))
    if own.needs_columns:
        _ask_columns(opened, own, lang)
    elif own.content and (own.asks_crs or own.crs):
        _ask_crs(opened, own, lang)
    st.button(word("own_remove", lang), key="own_remove", on_click=_remove)


def _read(opened: Opened, own: Own, lang: Lang) -> None:
    with st.status(word("take_waiting" if taking.is_busy() else "own_reading", lang)) as status, taking.turn():
        status.update(label=word("own_reading", lang))
        done = owning.take_in(opened.atlas, own)
        st.session_state[KEPT] = done
        key = "own_refused" if done.error else "own_question" if done.asks_crs else "own_read"
        status.update(label=word(key, lang), state="error" if done.error else "complete")


def _ask_crs(opened: Opened, own: Own, lang: Lang) -> None:
    """Ask in which CRS the coordinates are; it can be asked again while the file is there."""
    choices = own.asks_crs or st.session_state.get("_own_crs", ())
    st.session_state["_own_crs"] = choices
    if own.intake and own.intake.bounds:
        west, south, east, north = (f"{edge:g}" for edge in own.intake.bounds)
        st.caption(word("own_crs_hint", lang, west=west, east=east, south=south, north=north))
    crs = st.selectbox(
        word("own_crs", lang),
        choices,
        index=choices.index(own.crs) if own.crs in choices else None,
        format_func=lambda key: _crs_title(key, lang),
        placeholder=word("own_choose", lang),
        key=f"own_crs_{st.session_state.get('_own_turn', 0)}",
    )
    if crs and crs != own.crs:
        _read(opened, replace(own, crs=crs), lang)
        st.rerun(scope="fragment")


def _ask_columns(opened: Opened, own: Own, lang: Lang) -> None:
    shown = dict(owning.column_choices(own.content, own.name))
    if not shown:
        return
    chosen = [
        st.selectbox(
            word(key, lang),
            list(shown),
            index=None,
            format_func=lambda column: shown[column],
            placeholder=word("own_choose", lang),
            key=key,
        )
        for key in ("own_lon", "own_lat")
    ]
    lon, lat = chosen
    if st.button(word("own_use", lang), key="own_use", disabled=not lon or not lat or lon == lat) and lon and lat:
        _read(opened, replace(own, columns=(lon, lat)), lang)
        st.rerun(scope="fragment")


def _remove() -> None:
    st.session_state.pop(KEPT, None)
    st.session_state.pop("_own_crs", None)
    st.session_state["_own_turn"] = st.session_state.get("_own_turn", 0) + 1


def _crs_title(crs: str, lang: Lang) -> str:
    return word("own_crs_gcj", lang) if crs == "GCJ-02" else taking.crs_title(crs, lang)


# ---- what was found --------------------------------------------------------------------------------------------------


def _found(own: Own | None, lang: Lang, english: Mapping[str, str]) -> dict[str, Any]:
    """Show the tables of the data, and return what the map is to show of them."""
    if own is not None and own.joined:
        return _vectors(own, lang, english)
    if own is not None and own.raster is not None:
        return _raster(own, lang)
    st.info(word("own_empty", lang))
    return {}


def _vectors(own: Own, lang: Lang, english: Mapping[str, str]) -> dict[str, Any]:
    layers = list(own.joined)
    sources = own.intake.source_crs if own.intake else {}
    layer = layers[0]
    if len(layers) > 1:
        layer = st.selectbox(
            word("own_layer", lang),
            layers,
            format_func=lambda key: word(
                "own_layer_title", lang, name=key, count=len(own.joined[key]), crs=sources.get(key, "")
            ),
            key="own_layer",
        )
    joined = own.joined[layer]
    st.subheader(word("own_where", lang), anchor=False)
    inside = int((joined["unit"] != "").sum())
    st.caption(word("own_where_lead", lang, count=len(joined), inside=inside))
    for note in own.intake.notes if own.intake else ():
        st.caption(plainly.literal(getattr(note, lang)))
    table, counts = owning.table_of(joined), owning.counts_of(joined, word("own_outside", lang))
    if english:
        table, counts = (owning.with_english(one, english) for one in (table, counts))
    _table(table, lang, "own_where", titled=owning.OURS)
    st.subheader(word("own_counts", lang), anchor=False)
    _table(counts, lang, "own_counts")
    _downloads(own, {word("own_title", lang): table, word("own_counts", lang): counts}, lang)
    collection, left_out = owning.drawing(joined, english)
    return {
        "kind": "features",
        "key": f"{st.session_state.get('_own_turn', 0)}:{layer}",
        "name": (layer if len(layers) > 1 else own.name)[:120],
        "label": word("own_overlay", lang),
        "note": word("own_not_drawn", lang, count=left_out) if left_out else "",
        "collection": collection,
    }


def _raster(own: Own, lang: Lang) -> dict[str, Any]:
    raster = own.raster
    if raster is None:
        return {}
    st.subheader(word("own_raster", lang), anchor=False)
    st.caption(plainly.literal(word("own_raster_lead", lang, **raster.facts)))
    table = raster.table.dropna(subset=["mean"]).reset_index(drop=True)
    statistics = [name for name in owning.STATISTICS if name in table]
    shown = st.selectbox(
        word("own_show", lang),
        ("", *statistics),
        format_func=lambda key: (
            word("own_show_statistic", lang, name=word(f"own_stat_{key}", lang))
            if key
            else word("own_show_picture", lang)
        ),
        key="own_show",
        width=320,
    )
    _table(table, lang, "own_raster")
    _downloads(own, {word("own_raster", lang): table}, lang)
    common = {"key": str(st.session_state.get("_own_turn", 0)), "name": own.name[:120]}
    if not shown:
        picture = owning.picture_of(raster)
        label = f"{word('own_overlay', lang)} · {own.name[:120]}"
        return {**common, "kind": "picture", "picture": picture, "label": label} if picture else {}
    steps, ranges = owning.steps_of(list(table["place"]), list(table[shown]))
    names = dict(zip(table["place"], table["name" if lang == "zh" else "name_en"], strict=True))
    values = dict(zip(table["place"], table[shown], strict=True))
    return {
        **common,
        "kind": "choropleth",
        "label": word("own_show_statistic", lang, name=word(f"own_stat_{shown}", lang)),
        "ranges": [f"{low:.4g}–{high:.4g}" for low, high in ranges],
        "steps": {
            place: {"step": step, "text": f"{names[place]} · {values[place]:.4g}"} for place, step in steps.items()
        },
    }


def _table(table: pd.DataFrame, lang: Lang, name: str, *, titled: tuple[str, ...] = ()) -> None:
    """Show a table, page by page.

    Args:
        table: the rows.
        lang: of the titles.
        name: of the table: the key of its title.
        titled: columns that are ours; all by default. A column of the file keeps its own name.
    """
    titles = [_column_title(column, lang) if not titled or column in titled else column for column in map(str, table)]
    turn = f"_own_turned_{name}_{st.session_state.get('_own_turn', 0)}"  # another file begins at its first page
    key = f"own_table_{name}"

    def sort() -> None:
        if (column := st.session_state[key].sort) is not None:
            st.session_state[turn] = st.session_state.get(turn, Turned()).sorted_by(str(column))

    def page() -> None:
        if (number := st.session_state[key].page) is not None:
            st.session_state[turn] = st.session_state.get(turn, Turned())._replace(page=int(number))

    components.tables(
        key=key,
        data=sheet(table, titles, st.session_state.get(turn, Turned()), word(name, lang), lang),
        on_sort_change=sort,
        on_page_change=page,
    )


def _column_title(name: str, lang: Lang) -> str:
    for key in (f"own_col_{name}", f"own_stat_{name}"):
        if key in WORDS:
            return WORDS[key][LANGS.index(lang)]
    return name


def _downloads(own: Own, sheets: Mapping[str, pd.DataFrame], lang: Lang) -> None:
    """Offer the first table as CSV and all as a workbook; the workbook is made when it is asked for."""
    stem = own.name.rpartition(".")[0] or own.name
    one, two = st.columns(2, gap="small")
    first = next(iter(sheets.values()))
    one.download_button(
        word("own_csv", lang),
        lambda: owning.as_csv(first),
        taking.file_name(stem, "units", ".csv"),
        taking.MIME[".csv"],
        key="own_csv",
        on_click="ignore",
    )
    two.download_button(
        word("own_xlsx", lang),
        lambda: owning.as_xlsx(sheets, {"about": word("own_about", lang), "source": word("own_about_source", lang)}),
        taking.file_name(stem, "units", ".xlsx"),
        taking.MIME[".xlsx"],
        key="own_xlsx",
        on_click="ignore",
    )
