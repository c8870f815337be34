"""What a session stands on: the opened atlas, shared by all, and its own view, kept in step with the address."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import streamlit as st

from atlas import webmap
from atlas.errors import UnknownNameError
from atlas.layers import catalogue
from atlas.models import Governing
from atlas.paths import build_dir
from atlas.store import Atlas
from atlas.ui.content import project_basis
from atlas.ui.index import Index, make_index
from atlas.ui.state import Known, View, from_address
from atlas.ui.words import word


class Opened:
    """The built atlas with what the page makes of it once: the index, the files for the browser."""

    def __init__(self, path: Path, stamp: int) -> None:
        """Open the file at `path`, last written at `stamp` (nanoseconds)."""
        self.path, self.stamp = path, stamp
        self.atlas = Atlas(path)
        built = {layer.id for layer in self.atlas.layers()}
        layers = tuple(layer for layer in catalogue() if layer.id in built)
        self.index: Index = make_index(layers, {layer.id: self.atlas.features(layer.id) for layer in layers})
        self.folder = _web_folder()
        self.config = webmap.publish(self.atlas, self.folder, layers)
        self.known = Known(
            places=frozenset(self.index.places) | frozenset(self.atlas.gazetteer.places),
            articles=frozenset(self.atlas.provisions()["id"]),
            layers=tuple(layer.id for layer in layers),
            leagues=tuple(self.index.leagues),
        )

    def governing(self, place: str) -> tuple[Governing, ...]:
        """Return what governs a place; for a project of the plan, the item that lists it."""
        return _governing(str(self.path), self.stamp, place)


def _web_folder() -> Path:
    """Return where the browser's files go: beside the built atlas, or a private folder where that is read-only."""
    folder = build_dir() / "web"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="beijiang-atlas-"))
    return folder if os.access(folder, os.W_OK) else Path(tempfile.mkdtemp(prefix="beijiang-atlas-"))


@st.cache_resource(show_spinner=False, max_entries=1)
def open_once(path: str, stamp: int) -> Opened:
    """Open the atlas once for all sessions, and again when the file has been built anew."""
    return Opened(Path(path), stamp)


@st.cache_resource(show_spinner=False, max_entries=400)
def _governing(path: str, stamp: int, place: str) -> tuple[Governing, ...]:
    atlas = open_once(path, stamp).atlas
    try:
        return atlas.governing(place)
    except UnknownNameError:
        return project_basis(atlas, place)


def view() -> View:
    """Return the session's view."""
    current: View = st.session_state["view"]
    return current


def show(changed: View) -> None:
    """Make `changed` the session's view."""
    st.session_state["view"] = changed


def read_address(opened: Opened) -> None:
    """Take the view from the address when the session begins and when the browser goes back or forward."""
    address = st.query_params.to_dict()
    if "view" in st.session_state and address == st.session_state.get("address"):
        return
    asked, lost = from_address(address, opened.known)
    if "view" in st.session_state:
        asked = asked.model_copy(update={"look": asked.look + view().look + 1})
    show(asked)
    st.session_state["lang"] = asked.lang
    st.session_state["leagues"] = list(asked.leagues)
    st.session_state["address"] = address
    if lost:
        st.toast(f"{word('unknown', asked.lang)} {', '.join(_harmless(value) for value in lost)}")


def write_address() -> None:
    """Put the view into the address, where it differs."""
    address = view().to_address()
    if address != st.session_state.get("address"):
        st.session_state["address"] = address
        st.query_params.from_dict(address)


def _harmless(value: str) -> str:
    """Return what a stranger wrote into the address without anything that markdown could read."""
    return "".join(char if char.isalnum() or char in "=/-" else "·" for char in value[:60])
