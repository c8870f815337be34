"""QGIS styles (QML) of the layers, so that the GeoPackage opens in QGIS as it looks in the app and in print.

Made from the same definitions and palette as web map and plates. Written for the QML of QGIS 3.22 and newer; QGIS takes
what it knows and ignores the rest. Sizes are in points.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from atlas.layers import PRECISION_DASH, PRECISION_TITLES, LabelStyle, Layer, Symbol
from atlas.models import Precision

FONT = "Noto Sans CJK SC"
# GeoPackage wants times of change; they are fixed because the manifest says what the content is made from.
FIXED_TIME = "2021-02-07T00:00:00.000Z"  # the day the plan was issued
QML_VERSION = "3.22.0-Białowieża"


def qml(layer: Layer, palette: Mapping[str, str]) -> str:
    """Return the style of a layer as a QML document.

    Args:
        layer: the definition.
        palette: colour key -> #rrggbb.
    """
    root = ET.Element(
        "qgis",
        version=QML_VERSION,
        styleCategories="Symbology|Labeling",
        labelsEnabled="1" if layer.style.label else "0",
    )
    root.append(_renderer(layer, palette))
    if layer.style.label:
        root.append(_labeling(layer, palette))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode")


def write_styles(database: sqlite3.Connection, layers: Iterable[Layer], palette: Mapping[str, str]) -> None:
    """Write the table in which QGIS looks for the styles of a GeoPackage's layers (geometry column `geom`)."""
    database.execute(
        """CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, f_table_catalog TEXT, f_table_schema TEXT,
        f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
        description TEXT, owner TEXT, ui TEXT, update_time DATETIME)"""
    )
    database.executemany(
        """INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,
        styleQML, styleSLD, useAsDefault, description, owner, update_time)
        VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '', ?)""",
        [(layer.id, layer.title.zh, qml(layer, palette), layer.description.zh, FIXED_TIME) for layer in layers],
    )
    register_table(database, "layer_styles")


def register_table(database: sqlite3.Connection, name: str) -> None:
    """Say in the GeoPackage's list of contents that there is a table without geometry."""
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) VALUES (?, 'attributes', ?, ?)",
        (name, name, FIXED_TIME),
    )


def _renderer(layer: Layer, palette: Mapping[str, str]) -> ET.Element:
    """Return a renderer by the style's cases, else one by precision, so that what is schematic is dashed."""
    plain = layer.style.symbol({})
    categories: list[tuple[str, str, Symbol, tuple[float, ...]]] = []
    if layer.style.cases:
        prop = layer.style.cases[0].property
        for case in layer.style.cases:
            categories.append((case.value, case.title.zh, layer.style.symbol({prop: case.value}), ()))
        categories.append(("", "其他", plain, ()))
    else:
        prop, schematic = "precision", Precision.SCHEMATIC
        categories.append((schematic.value, PRECISION_TITLES[schematic][0], plain, PRECISION_DASH[schematic]))
        categories.append(("", layer.title.zh, plain, ()))
    renderer = ET.Element(
        "renderer-v2", type="categorizedSymbol", attr=prop, symbollevels="0", forceraster="0", enableorderby="0"
    )
    listed = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    for index, (value, label, symbol, dash) in enumerate(categories):
        ET.SubElement(listed, "category", value=value, symbol=str(index), label=label, render="true", type="string")
        symbols.append(_symbol(str(index), layer.geometry.kind, symbol, dash, palette))
    return renderer


def _symbol(name: str, kind: str, symbol: Symbol, dash: tuple[float, ...], palette: Mapping[str, str]) -> ET.Element:
    types = {"polygon": ("fill", "SimpleFill"), "line": ("line", "SimpleLine"), "point": ("marker", "SimpleMarker")}
    symbol_type, layer_class = types[kind]
    element = ET.Element("symbol", type=symbol_type, name=name, alpha="1", clip_to_extent="1", force_rhr="0")
    part = ET.SubElement(element, "layer", attrib={"class": layer_class, "pass": "0", "locked": "0", "enabled": "1"})
    dash = symbol.dash or dash
    stroke = _colour(palette[symbol.stroke], 1) if symbol.stroke else "0,0,0,0"
    fill = _colour(palette[symbol.fill], symbol.fill_opacity) if symbol.fill else "0,0,0,0"
    pattern = ";".join(f"{length * symbol.width:g}" for length in dash)
    if kind == "line":
        options = {
            "line_color": stroke,
            "line_width": f"{symbol.width:g}",
            "line_width_unit": "Point",
            "line_style": "solid",
            "use_custom_dash": "1" if dash else "0",
            "customdash": pattern or "5;2",
            "customdash_unit": "Point",
            "capstyle": "flat",
            "joinstyle": "round",
        }
    elif kind == "polygon":
        options = {
            "color": fill,
            "style": "solid" if symbol.fill else "no",
            "outline_color": stroke,
            "outline_width": f"{symbol.width:g}",
            "outline_width_unit": "Point",
            "outline_style": "dash" if dash else ("solid" if symbol.stroke else "no"),
            "joinstyle": "round",
        }
    else:
        options = {
            "name": symbol.marker or "circle",
            "color": fill,
            "outline_color": stroke,
            "outline_width": f"{symbol.width:g}",
            "outline_width_unit": "Point",
            "size": f"{symbol.size:g}",
            "size_unit": "Point",
            "outline_style": "solid",
        }
    holder = ET.SubElement(part, "Option", type="Map")
    for key, value in options.items():
        ET.SubElement(holder, "Option", type="QString", name=key, value=value)
        # QGIS before 3.26 reads <prop>, later versions <Option>; both are given.
        ET.SubElement(part, "prop", k=key, v=value)
    return element


def _labeling(layer: Layer, palette: Mapping[str, str]) -> ET.Element:
    style = layer.style.label or LabelStyle()
    labeling = ET.Element("labeling", type="simple")
    settings = ET.SubElement(labeling, "settings", calloutType="simple")
    text = ET.SubElement(
        settings,
        "text-style",
        fieldName="name_zh",
        isExpression="0",
        fontFamily=FONT,
        fontSize=f"{style.size:g}",
        fontSizeUnit="Point",
        fontItalic="1" if style.italic else "0",
        fontLetterSpacing=f"{style.spacing * style.size:g}",
        textColor=_colour(palette[style.colour], 1),
        textOpacity="1",
    )
    ET.SubElement(
        text,
        "text-buffer",
        bufferDraw="1",
        bufferSize="1.2",
        bufferSizeUnits="Point",
        bufferColor=_colour(palette["ground.halo"], 0.9),
        bufferOpacity="0.9",
    )
    placement = {"polygon": "1", "line": "2", "point": "0"}[layer.geometry.kind]
    ET.SubElement(
        settings,
        "placement",
        placement=placement,
        priority=str(max(0, min(10, style.priority // 10))),
        dist="1",
        distUnits="Point",
    )
    ET.SubElement(settings, "rendering", scaleVisibility="0", obstacle="1", drawLabels="1")
    return labeling


def _colour(value: str, opacity: float) -> str:
    red, green, blue = (int(value[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{round(opacity * 255)}"
