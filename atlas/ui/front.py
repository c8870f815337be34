"""The first answer to a browser: Streamlit's own page with ours around it, and the map already under way.

Streamlit's page is empty until its frontend is read, compiled and connected and the script has run; only then would
the map's frame begin to load. What it is to show follows from the address alone, so the server says it in this first
answer, and the frame draws before Streamlit starts (static/early.js); the view takes it over as it is
(static/stage.js). The page brings its style sheet, and names the files that Streamlit would come upon one by one.

Streamlit's file is read, not changed: what is added stands at both ends of its head and behind its `<body>`, and where
it has none of them the page is served as it is. `st.App` gives our routes their place before its own.

What the browser fetches of ours is one folder, every name in it a hash of the content, so that browsers keep it for
good; Streamlit gives components' files neither age nor ETag.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit import runtime

from atlas.errors import AtlasError
from atlas.ui import ahead, chart, components
from atlas.ui.opened import opened_now
from atlas.ui.state import SCHEMES, START, from_address
from atlas.ui.words import word
from atlas.web.inline import script
from atlas.web.state import script_json

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute
    from starlette.types import Scope

    from atlas.ui.opened import Opened

SHELL = Path(streamlit.__file__).parent / "static" / "index.html"
CHUNKS = SHELL.parent / "static" / "js"
CHUNK = "BidiComponent.*.js"  # what draws our components; Streamlit asks for it when the first of them comes

_TITLE = re.compile(r"<title>[^<]*</title>")
_ENTRY = re.compile(r'<script type="module" crossorigin src="([^"]+)"></script>')
_IMPORT = re.compile(r"""(?:from|import)\s*[`"']\./([\w.-]+\.js)[`"']""")
# All that the folder gives to browsers: names that change with the content.
_KEPT = re.compile(r"(?:parts/)?(?:[\w-]+-[0-9a-f]{16}\.\w+|[0-9a-f]{16}/index\.html)")
_FOR_GOOD = "public, max-age=31536000, immutable"


def make_index(shell: str, asked: Mapping[str, Any] | None) -> str:
    """Return Streamlit's page with ours around it; as it is where it is not as we know it.

    Args:
        shell: Streamlit's index.html.
        asked: what the page begins with (`what_to_open`); None where the atlas cannot be shown.
    """
    if not all(shell.count(mark) == 1 for mark in ("<head>", "</head>", "<body>")):
        return shell
    page = _TITLE.sub(f"<title>{word('title', 'zh')}</title>", shell, count=1)
    page = page.replace("</head>", f"{hints()}\n  </head>").replace("<body>", f"<body>\n{style()}")
    if asked is None:
        return page
    if "src" in asked:  # the frontend starts when the map is drawn; its file is read meanwhile
        page = _ENTRY.sub(r'<link rel="modulepreload" crossorigin href="\1" id="atlas-entry">', page, count=1)
    return page.replace("<head>", f"<head>\n{opening(asked)}")


@cache
def hints() -> str:
    """Return what names the scripts that Streamlit and we will ask for when the first component comes."""
    links = [f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in chunks(CHUNKS)]
    return "\n".join((*links, f'<link rel="modulepreload" href="{components.loader_address()}">'))


@cache
def style() -> str:
    """Return the page's style sheet. It stands in the body, behind what Streamlit puts into the head while it runs."""
    return f"<style>{components.page_style()}</style>"


def chunks(folder: Path) -> list[str]:
    """Return the names of the scripts of Streamlit that draw our components; none where it names them otherwise."""
    first = next(iter(sorted(folder.glob(CHUNK))), None)
    if first is None:
        return []
    return [first.name, *dict.fromkeys(_IMPORT.findall(first.read_text(encoding="utf-8")))]


def opening(asked: Mapping[str, Any]) -> str:
    """Return what is asked for as data, and the script that opens it."""
    data = f'<script type="application/json" id="atlas-early">{script_json(asked)}</script>'
    return f"{data}\n<script>{_early_script()}</script>"


@cache
def _early_script() -> str:
    parts = "\n".join(script(path) for path in (components.SCHEME, components.STATIC / "early.js"))
    return f"{{\n{parts}\n}}"  # a block: its names are its own


def what_to_open(opened: Opened | None, address: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page is to begin with: light or dark, language, and for the map view its frame and state.

    Args:
        opened: the atlas; None while it is still being opened, and then the view opens the map itself.
        address: the parameters of the address.
    """
    scheme = next((one for one in SCHEMES if one == address.get("scheme")), "system")
    asked: dict[str, Any] = {"scheme": scheme, "lang": "en" if address.get("lang") == "en" else "zh-CN"}
    if opened is None or not opened.is_warm:
        return asked
    view, _ = from_address(address, opened.known)
    return asked | chart.stage_data(opened, view) if view.name == START else asked


def answer(request: Request) -> HTMLResponse:
    """Answer a browser that opens the page. It runs in a thread: what it reads of the atlas may take milliseconds."""
    shell = SHELL.read_text(encoding="utf-8")
    try:
        text = make_index(shell, what_to_open(opened_now(), request.query_params))
    except AtlasError:  # the page itself says what is wrong
        text = make_index(shell, None)
    return HTMLResponse(text, headers={"Cache-Control": "no-cache"})


def answer_ahead(request: Request) -> JSONResponse:
    """Answer a panel that asks what a change of the filter does to the map (`atlas.ui.ahead`); in a thread as well."""
    opened = opened_now()
    state = ahead.state_ahead(opened, request.query_params) if opened else {}
    return JSONResponse(state, headers={"Cache-Control": "no-store"})


class KeptFiles(StaticFiles):
    """The folder of what the browser fetches of ours, to be kept for good; of other files in it nothing is known."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer for a file."""
        if not _KEPT.fullmatch(path):
            raise HTTPException(status_code=404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _FOR_GOOD
        return response


def is_alive(request: Request) -> Response:
    """Say whether a session is one of this server's that somebody is connected to.

    A page that was cut off for long, or whose server was started again, is connected to a new session, which knows none
    of its fragments: Streamlit lets what they say fall without a word. The page asks here, and loads itself anew.
    """
    known = runtime.exists() and runtime.get_instance().is_active_session(request.path_params["session"])
    return Response(status_code=204 if known else 404, headers={"Cache-Control": "no-store"})


_answering: list[bool] = []


def answers() -> bool:
    """Say whether this process is a server with our routes; without them the page has neither style nor scripts."""
    return bool(_answering)


def routes() -> list[BaseRoute]:
    """Return the routes that answer for the page and for what it fetches of ours."""
    _answering[:] = [True]
    return [
        Route("/", answer, methods=["GET", "HEAD"]),
        Route(f"/{ahead.PATH}", answer_ahead, methods=["GET"]),
        Route("/alive/{session}", is_alive),
        Mount(f"/{components.KEPT}", KeptFiles(directory=components.web_folder())),
    ]
