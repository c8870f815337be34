"""The view in which files are made to be taken away: dossier, plate, data, offline map, the address.

Nothing is made before it is asked for, and nothing is made twice: the last file of each kind stays with the session
until what it was made of changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from atlas.errors import AtlasError
from atlas.exchange import TABLES
from atlas.ui import components, filtering, plainly, session, taking
from atlas.ui.content import name_of
from atlas.ui.words import LANGS, Lang, word

if TYPE_CHECKING:
    from atlas.ui.opened import Opened
    from atlas.ui.state import View

Make = Callable[[taking.Progress], taking.Made]

ADDRESS = components.component("take")
REGION_WIDE = ("full", "list", "none")
LANGUAGES = ("zh", "en", "both")
EDITIONS = ("working", "public")
ENCODINGS = ("UTF-8", "GBK")


@st.fragment
def draw(opened: Opened, _: View) -> None:
    """Draw the view."""
    view = session.view()
    lang = view.lang
    left, main = st.columns([1, 4], gap=None)
    with left, st.container(key="side"):
        filtering.draw(opened, view)
    with main, st.container(key="content"), st.container(key="take"):
        st.header(word("take_title", lang), anchor=False)
        st.write(word("take_lead", lang))
        view = _unit(opened, view)
        shown = taking.shown_layers(opened, view)
        one, other = st.columns(2, gap="medium")
        with one:
            _dossier(opened, view)
            _data(opened, view, shown)
        with other:
            _plate(opened, view, shown)
            _offline_map(opened, view, shown)
            _address(view)
    session.write_address()


def _unit(opened: Opened, view: View) -> View:
    """Let the unit be chosen without the map, and return the view with it."""
    features = opened.index.features
    units = [row for layer in ("leagues", "banners") for row in features.get(layer, ())]
    names = {row.place: name_of(row, view.lang) for row in units}
    chosen = view.place if view.place in names else None
    if view.place and not chosen and view.place in opened.atlas.gazetteer.places:
        chosen = view.place
        names[chosen] = name_of(opened.atlas.place(chosen), view.lang)
    codes = list(names)
    # A key with the place in it: a place that is chosen elsewhere shows here, and the other way round.
    found = st.selectbox(
        word("take_unit", view.lang),
        codes,
        index=codes.index(chosen) if chosen else None,
        format_func=lambda code: names[code],
        placeholder=word("take_unit_none", view.lang),
        key=f"take_unit_{chosen}",
        width=360,
    )
    if found and found != view.place:
        session.show(view.with_place(found, move=True))
    return session.view()


def _dossier(opened: Opened, view: View) -> None:
    lang = view.lang
    with _card("dossier", lang):
        if not view.place or view.place not in opened.atlas.gazetteer.places:
            st.info(word("take_dossier_none", lang))
            return
        place = view.place
        one, two, three = st.columns(3, gap="small")
        suffix = one.selectbox(
            word("take_format", lang), taking.DOSSIERS, format_func=_format_title, key="take_dossier_form"
        )
        language = two.selectbox(
            word("take_language", lang),
            LANGS,
            index=LANGS.index(lang),
            format_func=lambda key: word(f"take_lang_{key}", lang),
            key=f"take_dossier_lang_{lang}",
        )
        whole = three.selectbox(
            word("take_region_wide", lang),
            REGION_WIDE,
            format_func=lambda key: word(f"take_region_wide_{key}", lang),
            key="take_region_wide",
        )
        asked = (place, suffix, language, whole)
        _offer(
            "dossier",
            asked,
            lambda _: taking.make_dossier(opened.atlas, asked, place, suffix, language, whole),
            lang,
        )


def _plate(opened: Opened, view: View, shown: dict[str, tuple[str, ...]]) -> None:
    lang = view.lang
    titles = taking.plate_titles()
    own = [taking.SELECTION] if shown else []
    with _card("plate", lang):
        plate = st.selectbox(
            word("take_plate_which", lang),
            [*own, *titles],
            format_func=lambda key: getattr(titles[key], lang) if key in titles else word("take_plate_selection", lang),
            key="take_plate_id",
        )
        columns = st.columns(4, gap="small")
        suffix = columns[0].selectbox(
            word("take_format", lang), taking.PICTURES, format_func=_format_title, key="take_plate_form"
        )
        language = columns[1].selectbox(
            word("take_language", lang),
            LANGUAGES,
            index=LANGUAGES.index(lang),
            format_func=lambda key: word(f"take_lang_{key}", lang),
            key=f"take_plate_lang_{lang}",
        )
        edition = _edition(columns[2], "plate", lang)
        paper = columns[3].selectbox(
            word("take_paper", lang),
            ("", *taking.PAPERS),
            format_func=lambda key: _paper_title(key, lang),
            key="take_paper",
        )
        selection = taking.data_selection(view, shown)
        about = ""
        unit = opened.atlas.gazetteer.places.get(view.place or "")
        if plate == taking.SELECTION and view.place and unit and unit.type in {"league", "county"}:
            name = name_of(unit, lang)
            about = st.selectbox(
                word("take_plate_about", lang),
                (view.place, ""),
                format_func=lambda key: name if key else word("take_about_whole", lang),
                key=f"take_about_{view.place}",
            )
        asked = (plate, suffix, language, edition, paper, about, selection.model_dump_json())
        _offer(
            "plate",
            asked,
            lambda _: taking.make_plate(
                opened.atlas,
                asked,
                plate,
                suffix,
                language=language,
                edition=edition,
                paper=paper or None,
                selection=selection,
                about=about,
            ),
            lang,
        )


def _data(opened: Opened, view: View, shown: dict[str, tuple[str, ...]]) -> None:
    lang = view.lang
    with _card("data", lang, hint=False):
        count = sum(len(features) for features in shown.values())
        with_layers = st.checkbox(
            word("take_data_layers", lang, count=count), value=True, disabled=not count, key="take_layers"
        )
        layers = tuple(shown) if with_layers and count else ()
        tables = st.multiselect(
            word("take_data_tables", lang),
            list(TABLES),
            format_func=lambda key: word(f"take_table_{key}", lang),
            placeholder="—",
            key="take_tables",
        )
        formats = taking.data_formats(layers=bool(layers), tables=len(tables))
        if not formats:
            st.info(word("take_data_none" if count else "take_data_empty", lang))
            return
        one, two = st.columns(2, gap="small")
        suffix = one.selectbox(word("take_format", lang), formats, format_func=_format_title, key="take_data_form")
        edition = _edition(two, "data", lang)
        crs = _crs(opened, view, suffix, bool(layers))
        encoding = "UTF-8"
        if suffix == ".zip":
            encoding = st.selectbox(word("take_encoding", lang), ENCODINGS, key="take_encoding", width=240)
        asked = (suffix, edition, crs, encoding, *tables, repr(layers), view.selection.model_dump_json())
        _offer(
            "data",
            asked,
            lambda _: taking.make_data(
                opened.atlas,
                asked,
                suffix,
                layers,
                view=view,
                tables=tuple(tables),
                edition=edition,
                crs=crs,
                encoding=encoding,
            ),
            lang,
        )


def _crs(opened: Opened, view: View, suffix: str, with_layers: bool) -> str:
    """Let the CRS be chosen; the zone of the chosen unit is suggested, in words and by standing first in the list."""
    lang = view.lang
    if not with_layers:
        return "EPSG:4490"
    if suffix in taking.IN_DEGREES:
        st.caption(word("take_crs_degrees", lang))
        return "EPSG:4490"
    hint = _zone(opened, view.place)
    choices = taking.crs_choices(hint[0] if hint else None)
    crs = st.selectbox(
        word("take_crs", lang), choices, format_func=lambda key: taking.crs_title(key, lang), key="take_crs"
    )
    if hint and view.place:
        zone, beyond = hint
        name = name_of(opened.atlas.place(view.place), lang)
        key = "take_zone_beyond" if beyond else "take_zone"
        st.caption(word(key, lang, name=name, zone=zone, meridian=zone * 3))
    return crs


def _zone(opened: Opened, place: str | None) -> tuple[int, bool] | None:
    return taking.zone_for(opened.atlas, place) if place and place.isdigit() else None


def _offline_map(opened: Opened, view: View, shown: dict[str, tuple[str, ...]]) -> None:
    lang = view.lang
    with _card("html", lang):
        if not shown:
            st.info(word("take_data_empty", lang))
            return
        edition = _edition(st, "html", lang)
        asked = (edition, repr(shown), view.place or "", lang, view.selection.model_dump_json())
        _offer(
            "html",
            asked,
            lambda progress: taking.make_data(
                opened.atlas, asked, ".html", tuple(shown), view=view, edition=edition, progress=progress
            ),
            lang,
        )


def _address(view: View) -> None:
    lang = view.lang
    page = st.context.url or ""
    link = taking.permalink(page, view)
    code = taking.qr_code(link)
    with _card("link", lang):
        ADDRESS(
            key="take_address",
            data={
                "lang": lang,
                "link": link,
                "label": word("take_link", lang),
                "copy": word("take_copy", lang),
                "copied": word("take_copied", lang),
                "by_hand": word("take_copy_by_hand", lang),
                "qr": code[0] if code else "",
                "qr_label": word("take_qr", lang),
                "note": word("take_qr_none", lang) if code is None else "",
                "here": word("take_link_here", lang) if taking.is_only_here(page) else "",
            },
        )
        if code:
            st.download_button(
                word("take_qr_save", lang),
                code[1].encode("utf-8"),
                taking.file_name("北疆图集", "qr", ".svg"),
                taking.MIME[".svg"],
                key="take_qr_file",
                on_click="ignore",
            )


# ---- pieces ----------------------------------------------------------------------------------------------------------


def _card(kind: str, lang: Lang, *, hint: bool = True) -> Any:
    """Return a card with its title and one line that says what it gives."""
    card = st.container(key=f"take_card_{kind}")
    card.subheader(word(f"take_{kind}", lang), anchor=False)
    if hint:
        card.caption(word(f"take_{kind}_hint", lang))
    return card


def _edition(where: Any, kind: str, lang: Lang) -> str:
    return cast(
        "str",
        where.selectbox(
            word("take_edition", lang),
            EDITIONS,
            format_func=lambda key: word(f"take_edition_{key}", lang),
            key=f"take_edition_{kind}",
        ),
    )


def _offer(kind: str, asked: tuple[str, ...], make: Make, lang: Lang) -> None:
    """Show the button that makes a file, and once it is made the one that hands it over."""
    kept: taking.Kept = st.session_state.setdefault("_taken", taking.Kept())
    what = word(f"take_{kind}", lang)
    if st.button(word("take_make", lang, what=what), key=f"take_make_{kind}"):
        _make(kind, make, kept, lang)
    if (made := kept.get(kind, asked)) is None:
        return
    st.download_button(
        word("take_download", lang, name=plainly.literal(made.name), size=size_title(len(made.content))),
        made.content,
        made.name,
        made.mime,
        key=f"take_download_{kind}",
        on_click="ignore",
        type="primary",
    )
    if made.notes:
        with st.expander(word("take_notes", lang, count=len(made.notes))):
            for note in made.notes:
                st.text(note)


def _make(kind: str, make: Make, kept: taking.Kept, lang: Lang) -> None:
    what = word(f"take_{kind}", lang)
    waiting = taking.is_busy()
    with st.status(word("take_waiting" if waiting else "take_making", lang, what=what)) as status:
        line = st.empty()
        with taking.turn():
            status.update(label=word("take_making", lang, what=what))

            def progress(done: int, total: int) -> None:
                text = word("take_looking_up", lang, done=done, total=total)
                line.progress(done / max(total, 1), text=text)

            try:
                made = make(progress)
            except AtlasError as error:
                status.update(label=plainly.failed("take_failed", error, lang), state="error")
                return
        line.empty()
        kept.put(kind, made)
        status.update(label=word("take_done", lang, what=what), state="complete")


def size_title(size: int) -> str:
    """Return a number of bytes as people read it."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, round(size / 1024))} kB"


def _format_title(suffix: str) -> str:
    names: dict[str, str] = {".docx": "Word", ".md": "Markdown", ".zip": "Shapefile", ".parquet": "GeoParquet"}
    known: Sequence[str] = (".gpkg", ".geojson", ".xlsx")
    named = {".gpkg": "GeoPackage (QGIS)", ".geojson": "GeoJSON", ".xlsx": "Excel"}
    return named[suffix] if suffix in known else names.get(suffix, suffix.removeprefix(".").upper())


def _paper_title(paper: str, lang: Lang) -> str:
    if not paper:
        return word("take_paper_own", lang)
    return word("take_paper_slide", lang) if paper == "slide" else paper
