"""Start the page's server: `python -m atlas.ui.serve --server.port=8501`, with Streamlit's own options.

While Streamlit starts, a thread opens the atlas and loads what the page needs, so that the first visitor finds it open.
"""

from __future__ import annotations

import gc
import importlib
import sys
import threading

from atlas.errors import AtlasError
from atlas.paths import home, store_file

# Modules that the first map needs and that take long to load.
HEAVY = (
    "folium.plugins",
    "pandas",
    "atlas.webmap",
    "atlas.store",
    "atlas.filters",
    "atlas.ui.content",
    "atlas.ui.suggesting",
)


def warm() -> None:
    """Open the atlas; where there is none, or a broken one, the page says so itself."""
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
