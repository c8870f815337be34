"""KML and KMZ for 奥维 and Google Earth: a folder a layer, inline styles, no link to anything outside the file.

Both programs show names and data as HTML: `<` is written as `＜` there, so that no text becomes markup. KML knows no
dashes: what is schematic is drawn half transparent and named 示意.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import shapely
from PIL import Image, ImageDraw

from atlas.errors import InputError
from atlas.exchange.about import as_text
from atlas.exchange.choice import Chosen
from atlas.exchange.projection import GEOGRAPHIC
from atlas.files import write_zip
from atlas.layers import PRECISION_TITLES, Layer, palette
from atlas.models import Precision

NAMESPACE = "http://www.opengis.net/kml/2.2"
FIELDS = ("feature", "place", "name_en", "type", "adcode", "league", "status", "precision", "source", "note", "note_en")
_ICON_SIZE = 48  # pixels
_UNREADABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535)) | {ord("<"): "＜"}


def write_kml(chosen: Chosen, crs: str, lines: Mapping[str, str], part: Path) -> None:
    """Write the document; `.kmz` packs it, with the markers as pictures beside.

    Raises:
        InputError: another CRS is asked for, which the format forbids.
    """
    if part.suffix.lower() == ".kml":
        part.write_bytes(kml(chosen, crs, lines))
        return
    markers = sorted({layer.style.marker for layer in chosen.layers if layer.style.marker})
    write_zip(
        part,
        {"doc.kml": kml(chosen, crs, lines, icons=True)} | {f"icons/{name}.png": _icon(name) for name in markers},
    )


def kml(chosen: Chosen, crs: str, lines: Mapping[str, str], *, icons: bool = False) -> bytes:
    """Return the document; coordinates are longitude, latitude (WGS 84).

    Args:
        chosen: layers and features.
        crs: one in degrees.
        lines: the note.
        icons: whether markers stand beside the document in `icons/`; else the reader's own pin is tinted.

    Raises:
        InputError: another CRS is asked for, which the format forbids.
    """
    if crs not in GEOGRAPHIC:
        raise InputError(f"KML is always in degrees, not {crs}: choose EPSG:4326, or .gpkg for {crs}")
    root = ET.Element("kml", xmlns=NAMESPACE)
    document = ET.SubElement(root, "Document")
    _text(document, "name", lines["title"])
    _text(document, "description", as_text(dict(lines)))
    for layer in chosen.layers:
        folder = ET.SubElement(document, "Folder")
        _text(folder, "name", layer.title.zh)
        _text(folder, "description", f"{layer.title.en}\n{layer.description.zh}\n{layer.attribution.zh}")
        for row in chosen.features[layer.id].to_dict("records"):
            _placemark(folder, layer, row, icons)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _placemark(folder: ET.Element, layer: Layer, row: dict[str, Any], icons: bool) -> None:
    mark = ET.SubElement(folder, "Placemark")
    schematic = row["precision"] == Precision.SCHEMATIC
    label = PRECISION_TITLES[Precision.SCHEMATIC][0]
    _text(mark, "name", _plain(row["name_zh"]) + (f"（{label}）" if schematic else ""))
    mark.append(_style(layer, row, schematic, icons))
    data = ET.SubElement(mark, "ExtendedData")
    _text(ET.SubElement(data, "Data", name="layer"), "value", layer.id)
    for field in FIELDS:
        if value := _plain(row.get(field)):
            _text(ET.SubElement(data, "Data", name=field), "value", value)
    parts = [part for part in shapely.get_parts(row["geometry"]) if not part.is_empty]
    home = ET.SubElement(mark, "MultiGeometry") if len(parts) > 1 else mark
    for part in parts:
        _geometry(home, part)


def _plain(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def _style(layer: Layer, row: dict[str, Any], schematic: bool, icons: bool) -> ET.Element:
    symbol = layer.style.symbol(row)
    style = ET.Element("Style")
    if layer.geometry.kind == "point":
        icon = ET.SubElement(style, "IconStyle")
        _text(icon, "color", _colour(symbol.fill or symbol.stroke, 1))
        if icons:
            _text(icon, "scale", f"{symbol.size / 12:.2f}")
            _text(ET.SubElement(icon, "Icon"), "href", f"icons/{symbol.marker}.png")
        return style
    line = ET.SubElement(style, "LineStyle")
    _text(line, "color", _colour(symbol.stroke or symbol.fill, 0.6 if schematic else 1))
    _text(line, "width", f"{max(symbol.width, 1):g}")
    if layer.geometry.kind == "polygon":
        fill = ET.SubElement(style, "PolyStyle")
        _text(fill, "color", _colour(symbol.fill, symbol.fill_opacity if symbol.fill else 0))
        _text(fill, "fill", "1" if symbol.fill else "0")
    return style


def _colour(key: str | None, opacity: float) -> str:
    """Return a palette colour as KML writes it: opacity, blue, green, red."""
    red, green, blue = (palette()[key][at : at + 2] for at in (1, 3, 5)) if key else ("00", "00", "00")
    return f"{round(opacity * 255):02x}{blue}{green}{red}"


def _geometry(home: ET.Element, part: shapely.Geometry) -> None:
    if part.geom_type == "Point":
        _text(ET.SubElement(home, "Point"), "coordinates", _coordinates(part))
        return
    if part.geom_type == "LineString":
        line = ET.SubElement(home, "LineString")
        _text(line, "tessellate", "1")
        _text(line, "coordinates", _coordinates(part))
        return
    polygon = ET.SubElement(home, "Polygon")
    _text(polygon, "tessellate", "1")
    turned = shapely.orient_polygons(part, exterior_cw=False)
    for name, ring in (
        ("outerBoundaryIs", turned.exterior),
        *(("innerBoundaryIs", inner) for inner in turned.interiors),
    ):
        ring_home = ET.SubElement(ET.SubElement(polygon, name), "LinearRing")
        _text(ring_home, "coordinates", _coordinates(ring))


def _coordinates(shape: shapely.Geometry) -> str:
    return " ".join(f"{x:.7f},{y:.7f}" for x, y in shapely.get_coordinates(shape))


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text.translate(_UNREADABLE)


def _icon(marker: str) -> bytes:
    """Return a white marker as PNG; the style's colour tints it."""
    scale = 4  # drawn larger and scaled down, for smooth edges
    size = _ICON_SIZE * scale
    picture = Image.new("RGBA", (size, size), (255, 255, 255, 0))
    low, middle, high = size * 0.15, size / 2, size * 0.85
    outlines = {
        "square": [(low, low), (high, low), (high, high), (low, high)],
        "diamond": [(middle, size * 0.05), (high, middle), (middle, size * 0.95), (low, middle)],
        "triangle": [(middle, low), (high, high), (low, high)],
    }
    draw = ImageDraw.Draw(picture)
    if marker in outlines:
        draw.polygon(outlines[marker], fill="white")
    else:
        draw.ellipse([low, low, high, high], fill="white")
    small = picture.resize((_ICON_SIZE, _ICON_SIZE), Image.Resampling.LANCZOS)
    # White all over, also where it is transparent: a reader that blends shows no grey rim.
    white = np.full((_ICON_SIZE, _ICON_SIZE, 4), 255, dtype=np.uint8)
    white[..., 3] = np.asarray(small)[..., 3]
    out = io.BytesIO()
    Image.fromarray(white).save(out, "PNG")
    return out.getvalue()
