"""Start the page's server: `python -m atlas.ui.serve --server.port=8501`, with Streamlit's own options.

While Streamlit starts, a thread opens the atlas and loads what the page needs, so that the first visitor finds it open.
A little later, in quiet, it works out what a click, a search and the comparison need.

The thread works in short turns: Python's usual 5 ms, at each of the sixty files of Streamlit's own frontend and each of
a click's twenty messages, would add up to a second.
"""

from __future__ import annotations

import gc
import importlib
import os
import re
import sys
import threading
import time
import webbrowser
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from atlas.errors import AtlasError, InputError
from atlas.paths import home, store_file

# Modules that the first map needs and that take long to load.
HEAVY = (
    "pandas",
    "atlas.webmap",
    "atlas.store",
    "atlas.filters",
    "atlas.ui.content",
    "atlas.ui.suggesting",
)

# Seconds in which the first visitor's map comes first; between the parts of what is worked out after it; and after
# which that work lets whoever waits have the interpreter.
AFTER_THE_FIRST = 5.0
BREATH = 0.1
SHORT_TURN = 0.0005


def warm() -> None:
    """Open the atlas; where there is none, or a broken one, the page says so itself."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SHORT_TURN)
    try:
        _warm()
    finally:
        sys.setswitchinterval(usual)


def _warm() -> None:
    from atlas.ui.opened import open_once  # noqa: PLC0415  # in the thread

    for module in HEAVY:
        importlib.import_module(module)
    store = store_file()
    try:
        opened = open_once(str(store), store.stat().st_mtime_ns)
    except (AtlasError, FileNotFoundError):
        return
    opened.warm()
    keep_out_of_collections()
    time.sleep(AFTER_THE_FIRST)
    for _ in opened.warm_the_rest():
        time.sleep(BREATH)
    keep_out_of_collections()


def keep_out_of_collections() -> None:
    """Take what is loaded by now out of garbage collection.

    Streamlit collects garbage after every run of the script. The atlas's records are hundreds of thousands of objects
    that live as long as the server, and walking over them took three quarters of the time of a click.
    """
    gc.collect()
    gc.freeze()


def main() -> None:
    """Run the server until it is stopped."""
    options = read_options(sys.argv[1:])
    threading.Thread(target=warm, name="warm-up", daemon=True).start()
    import streamlit as st  # noqa: PLC0415  # behind the thread, which has the longer way

    from atlas.ui import front  # noqa: PLC0415

    @asynccontextmanager
    async def running(_: st.App) -> AsyncIterator[None]:
        if not options.get("server.headless") and has_screen(sys.platform, os.environ):
            address = f"http://{options.get('server.address', '127.0.0.1')}:{options.get('server.port', 8501)}"
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        yield

    script = home() / "app.py"
    sys.argv = [str(script)]  # Streamlit takes its folder for that of the program
    st.App(script, routes=front.routes(), lifespan=running).run(config=options)


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Say whether a browser window can be opened here; elsewhere a browser of the terminal would take its place."""
    return platform in {"win32", "darwin"} or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def read_options(given: Sequence[str]) -> dict[str, str | int | bool]:
    """Return Streamlit's options by name: `--server.port=8501` and the like.

    Raises:
        InputError: an argument has another form.
    """
    found: dict[str, str | int | bool] = {}
    for one in given:
        parts = re.fullmatch(r"--([a-zA-Z]+\.[a-zA-Z]+)=(.*)", one)
        if not parts:
            raise InputError(f"{one!r} is no option of the server: write it as --server.port=8501")
        name, value = parts.groups()
        found[name] = int(value) if value.isdigit() else {"true": True, "false": False}.get(value, value)
    return found


if __name__ == "__main__":
    main()
