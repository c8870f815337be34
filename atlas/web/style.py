"""The layers' symbols as plain values for the browser, from the same TOMLs and palette as plates and QGIS styles.

Screen lengths are CSS pixels: line widths as the TOML gives them, marker and letter sizes turned from points.
"""

from __future__ import annotations

from typing import Any

from atlas.layers import PRECISION_DASH, PRECISION_TITLES, Layer, Symbol
from atlas.models import Precision

# Zooms that the map offers (Leaflet's, fractions between them).
MIN_ZOOM = 4
MAX_ZOOM = 11

PIXELS_PER_POINT = 4 / 3
# Letters are read from farther away on a screen than on paper: they are drawn a fifth larger.
PIXELS_PER_LABEL_POINT = 1.6

# How a precision shows beside the layer's own symbol (DESIGN §10): thinner, with a soft edge, or hollow.
_THIN = 0.8
_PRECISION_LOOK: dict[Precision, dict[str, Any]] = {
    Precision.MAPPED: {"scale": _THIN},
    Precision.DIGITISED: {"soft": True},
    Precision.SEAT: {"hollow": True},
}


def symbol_values(symbol: Symbol, palette: dict[str, str]) -> dict[str, Any]:
    """Return one symbol with colours as hex and lengths in CSS pixels."""
    return {
        "stroke": palette[symbol.stroke] if symbol.stroke else None,
        "width": symbol.width,
        "dash": list(symbol.dash),
        "fill": palette[symbol.fill] if symbol.fill else None,
        "fillOpacity": symbol.fill_opacity,
        "marker": symbol.marker,
        "size": round(symbol.size * PIXELS_PER_POINT, 2),
    }


def layer_values(layer: Layer, palette: dict[str, str]) -> dict[str, Any]:
    """Return what the browser must know of a layer to draw, name and label it."""
    label = layer.style.label
    return {
        "id": layer.id,
        "theme": layer.theme,
        "order": layer.order,
        "kind": layer.geometry.kind,
        "deaf": layer.geometry.rule == "neighbours",  # context only: cannot be clicked
        "title": layer.title.model_dump(),
        "attribution": layer.attribution.model_dump(),
        "symbol": symbol_values(layer.style, palette),
        "cases": [
            {
                "property": case.property,
                "value": case.value,
                "title": case.title.model_dump(),
                "symbol": symbol_values(layer.style.symbol({case.property: case.value}), palette),
            }
            for case in layer.style.cases
        ],
        "label": None
        if label is None
        else {
            "colour": palette[label.colour],
            "size": round(label.size * PIXELS_PER_LABEL_POINT, 2),
            "serif": label.family == "serif",
            "italic": label.italic,
            "spacing": label.spacing,
            "priority": label.priority,
            "minZoom": label.min_zoom,
        },
    }


def precision_values() -> dict[str, Any]:
    """Return, for each precision, its titles and how it changes a symbol."""
    return {
        str(precision): {
            "title": dict(zip(("zh", "en"), PRECISION_TITLES[precision], strict=True)),
            "dash": list(PRECISION_DASH[precision]),
            **_PRECISION_LOOK.get(precision, {}),
        }
        for precision in Precision
    }
