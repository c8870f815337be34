"""The components of the page and the addresses of files that the browser may fetch from it.

They are our own small scripts without a build step (static/*.js): they take plain values and set every word by
`textContent`. A component's script is its own file behind the shared pieces that it names; its colours are the page's
custom properties (static/page/tokens.css). The map is streamlit-folium's; the folders that it reads from are served as
component paths.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components import v1, v2

from atlas.web.files import STATIC as MAP_STATIC
from atlas.web.files import leaflet_folder

STATIC = Path(__file__).resolve().parent / "static"
DOM = STATIC / "dom.js"
SCHEME = STATIC / "scheme.js"
SWATCH = MAP_STATIC / "swatch.js"

# The map's frame is served from /component/streamlit_folium.st_folium/, so the others lie beside it.
_BESIDE = ".."


def source(name: str, *shared: Path) -> tuple[str, str]:
    """Return script (static/NAME.js behind the shared ones) and style sheet (static/NAME.css) of a component."""
    scripts = [path.read_text(encoding="utf-8") for path in (DOM, *shared, STATIC / f"{name}.js")]
    return "\n".join(scripts), (STATIC / f"{name}.css").read_text(encoding="utf-8")


def component(name: str, *shared: Path) -> Callable[..., Any]:
    """Register the component static/NAME.js with static/NAME.css and return the function that mounts it.

    A view that brings a component of its own registers it here: `component("tables")`.
    """
    js, css = source(name, *shared)
    mount: Callable[..., Any] = v2.component(f"atlas_{name}", css=css, js=js)
    return mount


about = component("about")
bar = component("bar", SCHEME)
camera = component("camera")
contents = component("contents")
filters = component("filters")
pane = component("pane")
rail = component("rail", SCHEME, SWATCH)
reader = component("reader")
tables = component("tables")


@cache
def _page_style() -> str:
    """Return the page's style sheet: the frame, then one file a view (static/page/*.css)."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((STATIC / "page").glob("*.css")))


def frame_style() -> None:
    """Put the page's own style sheet in place."""
    st.html(f"<style>{_page_style()}</style>")


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
