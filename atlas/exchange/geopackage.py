"""GeoPackage: a table a layer with the styles that QGIS opens it in, tables without geometry, and the note `about`."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio

from atlas.exchange.choice import Chosen
from atlas.exchange.projection import to_crs
from atlas.layers import palette
from atlas.qgis import FIXED_TIME, register_table, write_styles

_KINDS = {"polygon": "MultiPolygon", "line": "MultiLineString", "point": "Point"}


def write_geopackage(
    chosen: Chosen | None, tables: Mapping[str, pd.DataFrame], crs: str, lines: Mapping[str, str], part: Path
) -> None:
    """Write layers and tables; places become points. `part` must not exist as a GeoPackage yet."""
    part.unlink(missing_ok=True)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": FIXED_TIME})
    try:
        for layer in chosen.layers if chosen else ():
            frame = chosen.features[layer.id] if chosen else gpd.GeoDataFrame()
            _write(to_crs(frame, crs), part, layer.id, _KINDS[layer.geometry.kind], layer.title.zh)
        if "places" in tables:
            places = tables["places"]
            points = gpd.points_from_xy(places["lon"], places["lat"])
            frame = gpd.GeoDataFrame(places, geometry=points, crs="EPSG:4490")
            frame.loc[frame["lon"].isna(), "geometry"] = None
            _write(to_crs(frame, crs), part, "places", "Point", "地名表")
        elif chosen is None:
            # A file without any layer is made by GDAL, too: it writes the tables that the standard asks for.
            pyogrio.write_dataframe(pd.DataFrame({"note": [lines["title"]]}), part, layer="title", driver="GPKG")
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    with closing(sqlite3.connect(part)) as database, database:
        write_styles(database, chosen.layers if chosen else (), palette())
        for name, table in tables.items():
            if name != "places":
                _write_table(database, name, table)
        note = pd.DataFrame({"item": list(lines), "value": list(lines.values())})
        _write_table(database, "about", note)


def _write(frame: gpd.GeoDataFrame, part: Path, name: str, kind: str, title: str) -> None:
    pyogrio.write_dataframe(
        frame,
        part,
        layer=name,
        driver="GPKG",
        geometry_type=kind,
        promote_to_multi=kind != "Point",
        append=part.exists(),
        layer_options={"GEOMETRY_NAME": "geom", "IDENTIFIER": title},
    )


def _write_table(database: sqlite3.Connection, name: str, table: pd.DataFrame) -> None:
    types = ", ".join(f'"{column}" {_sql_type(table[column])}' for column in table.columns)
    database.execute(f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {types})')
    columns = ", ".join(f'"{column}"' for column in table.columns)
    rows = [tuple(_cell(value) for value in row) for row in table.itertuples(index=False)]
    marks = ", ".join("?" * len(table.columns))
    database.executemany(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', rows)
    register_table(database, name)


def _sql_type(column: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(column):
        return "BOOLEAN"
    if pd.api.types.is_integer_dtype(column):
        return "INTEGER"
    return "REAL" if pd.api.types.is_float_dtype(column) else "TEXT"


def _cell(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
