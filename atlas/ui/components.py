"""The components of the page and the addresses of files that the browser may fetch from it.

They are our own small scripts without a build step (static/*.js): they take plain values and set every word by
`textContent`. A component's script is its own file behind the shared pieces that it names; its colours are the page's
custom properties (static/page/a_tokens.css).

Little goes over the websocket: Streamlit would send script and style sheet of a component with every change of its
data, so the browser fetches both once, by a name that carries their hash; the data themselves are packed.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from streamlit.components import v2

from atlas import webmap
from atlas.errors import InputError
from atlas.files import replacing
from atlas.paths import build_dir
from atlas.ui.packing import Base, packed, text
from atlas.web.basemap import Basemap, read_basemap
from atlas.web.files import STATIC as MAP_STATIC

STATIC = Path(__file__).resolve().parent / "static"
DOM = STATIC / "dom.js"
LOADER = STATIC / "loader.js"
SCHEME = STATIC / "scheme.js"
SWATCH = MAP_STATIC / "swatch.js"

KEPT = "kept"  # where the server answers for `web_folder` (`atlas.ui.front`), as seen from the page

# All that Streamlit is given of a component's script, and sends with each of its messages: the addresses of the rest.
# (A line end tells it that this is no path.)
_STUB = """
const drawing = import(new URL("%s", document.baseURI)).then((loader) => loader.open("%s"));
export default async (component) => (await drawing)(component);
"""


def source(name: str, *shared: Path) -> tuple[str, str]:
    """Return script (static/NAME.js behind the shared ones) and style sheet (static/NAME.css) of a component."""
    scripts = [path.read_text(encoding="utf-8") for path in (DOM, *shared, STATIC / f"{name}.js")]
    sheet = STATIC / f"{name}.css"
    return "\n".join(scripts), sheet.read_text(encoding="utf-8") if sheet.is_file() else ""


def component(name: str, *shared: Path, isolated: bool = True) -> Callable[..., Any]:
    """Return the function that mounts the component static/NAME.js with static/NAME.css; it takes `key` and `data`.

    A view that brings a component of its own makes it here: `component("tables")`. One that is not `isolated` stands in
    the page itself instead of a shadow tree, and brings no style sheet.
    """

    @cache  # at the first mount: only then is there a server to register with
    def registered() -> Callable[..., Any]:
        own = _address(_written(f"{name}-{{}}.js", script(name, *shared)))
        registering: Callable[..., Any] = v2.component(
            f"atlas_{name}", js=_STUB % (loader_address(), own), isolate_styles=isolated
        )
        return registering

    def mount(*, data: Mapping[str, Any] | Packed, **more: Any) -> Any:
        return registered()(data=data.values if isinstance(data, Packed) else packed(data), **more)

    return mount


def loader_address() -> str:
    """Return the address of the script that all components come through, as seen from the page."""
    return _address(_written("loader-{}.js", LOADER.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Packed:
    """Data that are packed already, to be mounted many times."""

    values: dict[str, str]


def make_base(name: str, data: Mapping[str, Any]) -> Base:
    """Write data that change little into a file for the browser (see `atlas.ui.packing`)."""
    return Base(data, _address(_written(f"{name}-{{}}.json", text(data))))


def script(name: str, *shared: Path) -> str:
    """Return what the browser fetches of a component: its script, with the style sheet as `sheet`."""
    js, css = source(name, *shared)
    return f"{js}\nexport const sheet = new CSSStyleSheet();\nsheet.replaceSync({json.dumps(css)});\n"


@cache
def web_folder() -> Path:
    """Return where the browser's files go: beside the built atlas, or a private folder where that is read-only."""
    folder = build_dir() / "web"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="beijiang-atlas-"))
    return folder if os.access(folder, os.W_OK) else Path(tempfile.mkdtemp(prefix="beijiang-atlas-"))


def _written(name: str, content: str) -> Path:
    """Write a file for the browser under a name with the hash of its content (in place of `{}`), unless it is there."""
    written = content.encode("utf-8")
    path = web_folder() / webmap.PARTS / name.format(hashlib.sha256(written).hexdigest()[:16])
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as part:
            part.write_bytes(written)
    return path


about = component("about")
bar = component("bar", SCHEME)
camera = component("camera")
contents = component("contents")
filters = component("filters")
pane = component("pane")
rail = component("rail", SCHEME, SWATCH)
reader = component("reader")
stage = component("stage", isolated=False)
tables = component("tables")


@cache
def page_style() -> str:
    """Return the page's style sheet: the frame, then one file a view (static/page/*.css)."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((STATIC / "page").glob("*.css")))


@cache
def map_page(config: str) -> str:
    """Return the address of the page of the map's frame, as seen from the page; it changes with what it is made of.

    Args:
        config: the name of the configuration in `web_folder`.
    """
    page = webmap.write_page(web_folder() / webmap.PARTS, f"{webmap.BESIDE}/{config}", online())
    return f"{KEPT}/{webmap.PARTS}/{page.name}/index.html"


@cache
def online() -> Basemap | None:
    """Return the online base map that is set up on the server; a wrong setting is none (`atlas serve` names it)."""
    try:
        return read_basemap(os.environ)
    except InputError:
        return None


def _address(part: Path) -> str:
    """Return the address of a part as seen from the page."""
    return f"{KEPT}/{part.relative_to(web_folder()).as_posix()}"
