"""Start the page's server: `python -m atlas.ui.serve --server.port=8501`, with Streamlit's own options.

While Streamlit starts, a thread opens the atlas and loads what the page needs, so that the first visitor finds it open.
A little later, in quiet, it works out what a click, a search and the comparison need.

The thread works in short turns: Python's usual 5 ms, at each of the sixty files of Streamlit's own frontend and each of
a click's twenty messages, would add up to a second.
"""

from __future__ import annotations

import gc
import importlib
import sys
import threading
import time

from atlas.errors import AtlasError
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
    from atlas.ui.session import open_once  # noqa: PLC0415  # in the thread

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
    threading.Thread(target=warm, name="warm-up", daemon=True).start()
    from streamlit.web import cli  # noqa: PLC0415

    sys.argv = ["streamlit", "run", str(home() / "app.py"), *sys.argv[1:]]
    sys.exit(cli.main())


if __name__ == "__main__":
    main()
