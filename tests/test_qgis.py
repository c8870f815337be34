"""QGIS styles: one for every layer, well-formed, in the palette's colours, dashed where the layer says so."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from atlas.layers import catalogue, layer, palette
from atlas.qgis import qml


def options(element: ET.Element) -> dict[str, str]:
    return {one.attrib["name"]: one.attrib["value"] for one in element.iter("Option") if "name" in one.attrib}


def test_every_layer_of_the_package_has_its_style(built_atlas: Path) -> None:
    with closing(sqlite3.connect(f"{built_atlas.as_uri()}?mode=ro", uri=True)) as database:
        rows = database.execute(
            "SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles"
        ).fetchall()
    assert {row[0] for row in rows} == {one.id for one in catalogue()}
    assert all(
        column == "geom" and default == 1 and ET.fromstring(style) is not None for _, column, style, default in rows
    )


@pytest.mark.parametrize("one", catalogue(), ids=lambda one: one.id)
def test_categories_and_symbols_belong_together(one) -> None:
    root = ET.fromstring(qml(one, palette()))
    symbols = {symbol.attrib["name"] for symbol in root.iter("symbol")}
    assert {category.attrib["symbol"] for category in root.iter("category")} == symbols
    assert "" in {category.attrib["value"] for category in root.iter("category")}, "every feature is drawn"


def test_statuses_have_different_dashes_in_the_layers_colour() -> None:
    root = ET.fromstring(qml(layer("railways"), palette()))
    found = [options(part) for part in root.iter("layer")]
    stroke = palette()["rail.line"]
    expected = ",".join(str(int(stroke[at : at + 2], 16)) for at in (1, 3, 5))
    assert all(one["line_color"].startswith(expected) for one in found)
    assert len({one["customdash"] for one in found if one["use_custom_dash"] == "1"}) == 3


def test_what_is_schematic_is_dashed_in_any_layer() -> None:
    root = ET.fromstring(qml(layer("lakes"), palette()))
    names = {category.attrib["value"]: category.attrib["symbol"] for category in root.iter("category")}
    styles = {symbol.attrib["name"]: options(symbol)["outline_style"] for symbol in root.iter("symbol")}
    assert (styles[names["schematic"]], styles[names[""]]) == ("dash", "solid")
