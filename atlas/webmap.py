"""The interactive map: a folium map that draws offline what was published for the browser once.

`publish_once` writes each layer as GeoJSON, the relief as a picture and one configuration (`atlas.web.publish`), unless
that was done before. `make_map` returns a folium map of a few hundred bytes that names only these files and Leaflet's
own of an installed wheel; `atlas.web.state` is what changes: layers shown, features hidden, places marked, view. folium
is loaded when a map is made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from atlas.files import replacing
from atlas.layers import PALETTE_FILE, Layer
from atlas.paths import layer_definitions
from atlas.web.basemap import Basemap, policy, read_basemap
from atlas.web.files import FRAME_SCRIPT, LEAFLET_SCRIPT, LEAFLET_STYLE, SCRIPTS, STATIC, STYLES, leaflet_folder
from atlas.web.inline import script, style
from atlas.web.state import FRAME, HOME, state

if TYPE_CHECKING:
    import folium

    from atlas.web.elements import StateGroup
    from atlas.web.publish import Source

POINTER = "published.json"
PARTS = "parts"  # folder for parts of the page, beside the published files
BESIDE = "../.."  # the published files as seen from the page of the map's frame


def publish(atlas: Source, folder: Path, layers: Sequence[Layer] | None = None) -> str:
    """Write the files that the browser fetches and return the name of the configuration among them.

    Args:
        atlas: the built atlas.
        folder: where to write; made if it is not there.
        layers: the layers to draw; the catalogue by default.
    """
    from atlas.web.publish import publish as write  # noqa: PLC0415  # the map libraries take seconds to load

    return write(atlas, folder, layers)


def published(store: Path, folder: Path, layers: Sequence[Layer]) -> str | None:
    """Return the name of the configuration that was published of this very atlas by this very program, if it is there.

    Args:
        store: the built atlas.
        folder: where `publish` wrote to.
        layers: the layers that are to be drawn.
    """
    try:
        pointer = json.loads((folder / POINTER).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    if pointer.get("of") != _stamp(store, layers) or not (folder / str(pointer.get("config"))).is_file():
        return None
    return str(pointer["config"])


def publish_once(atlas: Source, store: Path, folder: Path, layers: Sequence[Layer]) -> str:
    """Publish an atlas unless that was done before, and return the name of the configuration (see `publish`)."""
    found = published(store, folder, layers)
    if found is None:
        found = publish(atlas, folder, layers)
        with replacing(folder / POINTER) as part:
            part.write_text(json.dumps({"of": _stamp(store, layers), "config": found}), encoding="utf-8")
    return found


def _stamp(store: Path, layers: Sequence[Layer]) -> str:
    """Return a hash of what the published files depend on: the atlas's file, the definitions, this program."""
    state = store.stat()
    parts = [str(state.st_mtime_ns), str(state.st_size), *(layer.model_dump_json() for layer in layers)]
    parts += _program()
    parts.append((layer_definitions() / PALETTE_FILE).read_text(encoding="utf-8"))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _program() -> list[str]:
    """Return the text of the modules that make the map."""
    own = Path(__file__)
    return [path.read_text(encoding="utf-8") for path in (own, *sorted((own.parent / "web").glob("*.py")))]


def make_map(config_url: str, leaflet_url: str, static_url: str) -> folium.Map:
    """Return the folium map; it draws nothing until `make_state` tells it what to show.

    Args:
        config_url: address of the configuration that `publish` wrote.
        leaflet_url: address of Leaflet's folder (`atlas.web.files.leaflet_folder`).
        static_url: address of our own static folder (`atlas.web.files.STATIC`).
    """
    from atlas.web.elements import AtlasScript, OfflineMap  # noqa: PLC0415

    chart = OfflineMap(leaflet_url, static_url, HOME)
    AtlasScript(config_url, HOME, FRAME).add_to(chart)
    return chart


def make_page(config_url: str, basemap: Basemap | None = None) -> str:
    """Return the page of the map's frame: `make_map` with the script that listens to the page around it.

    It is the same for everybody and for as long as the atlas is the same. Its policy forbids every other host, but for
    pictures of the online base map where one is set up. Scripts and style sheets stand in the page: a browser that has
    read the policy looks no further ahead, and would ask for them one after the other, a third of a second in all.

    Args:
        config_url: address of the configuration that `publish` wrote.
        basemap: the online base map, if there is one.
    """
    from atlas.web.elements import FrameScript  # noqa: PLC0415

    chart = make_map(config_url, "", "")
    chart.default_js, chart.default_css = [], []
    FrameScript().add_to(chart)
    page = str(chart.get_root().render())
    head = [f'<meta http-equiv="Content-Security-Policy" content="{policy(basemap)}">']
    scripts, styles = _frame_files()
    head += [f"<style>{style(path)}</style>" for path in styles]
    head += [f"<script>{script(path)}</script>" for path in scripts]
    return page.replace("<head>", "<head>" + "\n".join(head), 1)


def write_page(folder: Path, config_url: str, basemap: Basemap | None = None) -> Path:
    """Write the page of the map's frame (`make_page`) unless it is there; return its folder, named by its content.

    Args:
        folder: where the folder of the page goes.
        config_url: address of the configuration as seen from the page.
        basemap: the online base map, if there is one.
    """
    page = folder / page_stamp(config_url, basemap) / "index.html"
    if not page.is_file():  # folium need not be loaded where it was made before
        page.parent.mkdir(parents=True, exist_ok=True)
        with replacing(page) as part:
            part.write_text(make_page(config_url, basemap), encoding="utf-8")
    return page.parent


def page_stamp(config_url: str, basemap: Basemap | None = None) -> str:
    """Return a hash of what the page of the map's frame depends on: address, policy, files, program, folium."""
    scripts, styles = _frame_files()
    files = (path.read_text(encoding="utf-8-sig") for path in (*scripts, *styles))
    parts = [config_url, policy(basemap), version("folium"), *files, *_program()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _frame_files() -> tuple[list[Path], list[Path]]:
    """Return the scripts and style sheets of the map's frame, in their order."""
    leaflet = leaflet_folder()
    scripts = [leaflet / LEAFLET_SCRIPT, *(STATIC / name for name in (*SCRIPTS, FRAME_SCRIPT))]
    return scripts, [leaflet / LEAFLET_STYLE, *(STATIC / name for name in STYLES)]


def make_state(**values: Any) -> StateGroup:
    """Return what the map is to show now as an element to add to it; `values` are those of `atlas.web.state.state`."""
    from atlas.web.elements import StateGroup  # noqa: PLC0415

    return StateGroup(state(**values))


__all__ = [
    "FRAME",
    "HOME",
    "make_map",
    "make_page",
    "make_state",
    "publish",
    "publish_once",
    "published",
    "read_basemap",
    "write_page",
]
