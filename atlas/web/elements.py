"""folium elements that ask no other host for anything and carry no data in their script.

folium writes what it is given into a script: names in tooltips, popups and layer titles become code there
(`html.escape` does not stop `${…}`), and branca compiles every finished script once more as a Jinja template, so that
`{{ … }}` in a value would run on the server. These elements write addresses, numbers, ids and a few names as JSON in
which no character of HTML or Jinja is left (`state.script_json`); all else reaches the browser as JSON by address and
is set by `textContent` (static/atlas-map.js).
"""

from __future__ import annotations

from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from atlas.web.files import LEAFLET_SCRIPT, LEAFLET_STYLE, SCRIPTS, STYLES
from atlas.web.state import Bounds, script_json
from atlas.web.style import MAX_ZOOM, MIN_ZOOM


class OfflineMap(folium.Map):
    """A folium map without tiles whose every file comes from the given addresses."""

    def __init__(self, leaflet_url: str, static_url: str, bounds: Bounds) -> None:
        """Take the addresses of Leaflet's folder and ours, and what to show (west, south, east, north; degrees)."""
        west, south, east, north = bounds
        super().__init__(
            location=[(south + north) / 2, (west + east) / 2],
            tiles=None,
            zoom_start=MIN_ZOOM,
            zoom_control="topleft",
            attribution_control=False,
            zoom_snap=0.25,
            zoom_delta=0.5,
            wheel_px_per_zoom_level=120,
            max_bounds_viscosity=0.6,
        )
        # Instance attributes: folium's own lists are module globals that other maps share.
        self.default_js = [
            ("leaflet", f"{leaflet_url}/{LEAFLET_SCRIPT}"),
            *((name.removesuffix(".js"), f"{static_url}/{name}") for name in SCRIPTS),
        ]
        self.default_css = [
            ("leaflet_css", f"{leaflet_url}/{LEAFLET_STYLE}"),
            *((name.removesuffix(".css") + "_css", f"{static_url}/{name}") for name in STYLES),
        ]


class AtlasScript(MacroElement):
    """Starts our script on its map with the address of the configuration and the bounds to open with."""

    _template = Template(
        "{% macro script(this, kwargs) %}atlasMap.start({{ this._parent.get_name() }}, {{ this.json }});{% endmacro %}"
    )

    def __init__(self, config_url: str, home: Bounds, frame: Bounds) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types
        self._name = "AtlasScript"
        # folium keeps min_zoom and max_zoom for tiles alone: they go with our own options.
        self.json = script_json(
            {
                "config": config_url,
                "home": _corners(home),
                "frame": _corners(frame),
                "zooms": [MIN_ZOOM, MAX_ZOOM],
            }
        )


class FrameScript(MacroElement):
    """Lets the page around the map's frame say what to show (static/frame.js)."""

    _template = Template(
        "{% macro script(this, kwargs) %}atlasFrame.open({{ this._parent.get_name() }});{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types
        self._name = "FrameScript"


class StateGroup(folium.FeatureGroup):
    """Not features but the state of the view: the page sends `json` whenever it changes, without a new map."""

    _template = Template(
        "{% macro script(this, kwargs) %}var {{ this.get_name() }} = atlasMap.apply({{ this.json }});{% endmacro %}"
    )

    def __init__(self, state: dict[str, Any]) -> None:
        super().__init__(control=False)
        self.json = script_json(state)


def _corners(bounds: Bounds) -> list[list[float]]:
    """Return west, south, east, north as Leaflet's [[south, west], [north, east]]."""
    west, south, east, north = bounds
    return [[south, west], [north, east]]
