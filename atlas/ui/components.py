"""The components of the page and the addresses of files that the browser may fetch from it.

Two are our own small scripts without a build step (static/pane.js, static/rail.js): they take plain values and set
every word by `textContent`. The map is streamlit-folium's; the folders that it reads from are served as component
paths.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components import v1, v2

from atlas.web.files import STATIC as MAP_STATIC
from atlas.web.files import leaflet_folder

STATIC = Path(__file__).resolve().parent / "static"

# The map's frame is served from /component/streamlit_folium.st_folium/, so the others lie beside it.
_BESIDE = ".."


def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


pane = v2.component("atlas_pane", css=_read("pane.css"), js=_read("pane.js"))
rail = v2.component("atlas_rail", css=_read("rail.css"), js=_read("rail.js"))


def frame_style() -> None:
    """Put the page's own style sheet in place."""
    st.html(STATIC / "app.css")


def serve_folders(published: Path) -> dict[str, str]:
    """Let the browser fetch the map's files, and return the addresses of their folders as seen from the map's frame.

    Args:
        published: the folder that `atlas.webmap.publish` wrote to.
    """
    folders = {"leaflet": leaflet_folder(), "map_static": MAP_STATIC, "data": published}
    return {name: _serve(name, folder) for name, folder in folders.items()}


def _serve(name: str, folder: Path) -> str:
    served: Any = v1.declare_component(f"atlas_{name}", path=folder)
    return f"{_BESIDE}/{served.name}"
