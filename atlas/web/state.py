"""What the map is told: plain values as JSON that stays data wherever it is written. Loads no map library.

The page of every visitor needs this much of the map and no more, so that a server that has just been started need not
load folium first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

Bounds = tuple[float, float, float, float]

# What the map opens with (west, south, east, north; degrees): Inner Mongolia with a little air around it.
HOME: Bounds = (97.0, 37.3, 126.2, 53.4)

# The map can be moved within this frame (west, south, east, north; degrees); what lies beyond is not sent.
FRAME: Bounds = (86.0, 31.0, 137.0, 59.0)

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_ACTIVE = re.compile(r"[<>&'`${}]")


def script_json(value: Any) -> str:
    """Return a value as JSON that stays data in a script, in HTML and in a Jinja template."""
    text = json.dumps(value, sort_keys=True)  # ASCII alone: no line separators that a script could trip over
    return _STRING.sub(lambda found: _ACTIVE.sub(_escaped, found[0]), text)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def state(
    *,
    shown: Sequence[str],
    hidden: Sequence[str] = (),
    kept: Mapping[str, Sequence[str]] | None = None,
    selected: str | None = None,
    marked: Sequence[str] = (),
    points: Sequence[tuple[float, float, str]] = (),
    look_at: Sequence[str] = (),
    look_key: str = "",
    camera: tuple[float, float, float] | None = None,
    opacity: Mapping[str, int] | None = None,
    lang: str = "zh",
    scheme: str = "system",
    base: str | None = None,
) -> dict[str, Any]:
    """Return what the map is to show now, as static/atlas-map.js takes it.

    Args:
        shown: ids of the layers that are on.
        hidden: ids of features that a filter hides.
        kept: for layers of which a filter hides most, by layer id, the features that stay, without the layer's id.
        selected: place id of what is chosen.
        marked: place ids to highlight.
        points: (lat, lon, name) of marked places that no layer draws.
        look_at: place ids to zoom to; with `points`, those too; nothing means the whole region.
        look_key: the map moves only when this changes.
        camera: (lat, lon, zoom) to look from, instead of `look_at`.
        opacity: percent by layer id, where not 100.
        lang: `zh` or `en`, of labels.
        scheme: `light`, `dark`, or `system`: as the browser has it.
        base: address of the tiles of an online base map, with {z}, {y}, {x}; none by default.
    """
    view = {
        "key": look_key,
        "places": list(look_at),
        "points": [list(point) for point in points] if look_at else [],
        "camera": list(camera) if camera else None,
    }
    return {
        "lang": lang,
        "scheme": scheme,
        "base": base,
        "layers": list(shown),
        "hidden": list(hidden),
        "kept": {layer: list(names) for layer, names in (kept or {}).items()},
        "selected": selected,
        "marked": list(marked),
        "points": [list(point) for point in points],
        "opacity": dict(opacity or {}),
        "view": view,
    }
