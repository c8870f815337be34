"""Where the web map's own files lie: Leaflet from the installed `django-leaflet` wheel, our script and style sheet.

folium's own list of files names ten addresses of public content networks; none of them may be asked for, because the
atlas must work on an intranet and tell nobody that it is used (DESIGN §8). The wheel is located, never imported, so
Django never starts.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from atlas.errors import SourceError

STATIC = Path(__file__).resolve().parent / "static"
SCRIPTS = ("swatch.js", "projecting.js", "labels.js", "atlas-map.js")
STYLES = ("atlas-map.css",)
FRAME_SCRIPT = "frame.js"  # between the map and the page around it

LEAFLET_SCRIPT = "leaflet.js"
LEAFLET_STYLE = "leaflet.css"


def leaflet_folder() -> Path:
    """Return the folder of the installed wheel that holds Leaflet's script, style sheet and images.

    Raises:
        SourceError: the wheel is not installed or has no Leaflet in it.
    """
    spec = importlib.util.find_spec("leaflet")
    for folder in (spec.submodule_search_locations if spec else None) or ():
        static = Path(folder) / "static" / "leaflet"
        if (static / LEAFLET_SCRIPT).is_file() and (static / LEAFLET_STYLE).is_file():
            return static
    raise SourceError("Leaflet's files of django-leaflet are missing: run `make setup` again")
