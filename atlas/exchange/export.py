"""One call for every format: choose, reproject, write atomically, say what went in and what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from atlas.errors import InputError
from atlas.exchange.about import SHORT, about
from atlas.exchange.choice import Chosen, Edition, check_edition, choose
from atlas.exchange.geojson import write_geojson
from atlas.exchange.geopackage import write_geopackage
from atlas.exchange.html import Progress, View, write_html
from atlas.exchange.kml import write_kml
from atlas.exchange.parquet import write_geoparquet, write_parquet
from atlas.exchange.projection import GEOGRAPHIC, check_crs, to_crs, zone_note
from atlas.exchange.shapefile import write_shapefiles
from atlas.exchange.sheets import csv_bytes, write_xlsx
from atlas.exchange.tables import TABLES, table
from atlas.files import check_target, replacing
from atlas.selection import Selection
from atlas.store import Atlas

FORMATS: dict[str, str] = {
    ".gpkg": "GeoPackage, QGIS",
    ".geojson": "GeoJSON (RFC 7946)",
    ".kml": "KML",
    ".kmz": "KMZ",
    ".zip": "Shapefile (ZIP)",
    ".parquet": "GeoParquet",
    ".xlsx": "Excel",
    ".csv": "CSV",
    ".html": "HTML, offline map",
}
_ONLY_LAYERS = {".geojson", ".kml", ".kmz", ".html"}
_ONE_TABLE = {".csv", ".parquet"}


@dataclass(frozen=True)
class Exported:
    """What was written: rows by layer and by table, what was left out and why, and what to know."""

    path: Path
    features: dict[str, int]
    tables: dict[str, int]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]


def export(
    atlas: Atlas,
    out: Path,
    selection: Selection | None = None,
    *,
    tables: Sequence[str] = (),
    edition: Edition = "working",
    crs: str = "EPSG:4490",
    encoding: str = "UTF-8",
    with_layers: bool | None = None,
    view: View | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write layers and tables in the format of the file's ending; equal inputs give equal bytes.

    Args:
        atlas: the built atlas.
        out: the file; its ending is one of `FORMATS`.
        selection: the filter; layers default to all where no table is asked for, to none where one is.
        tables: of `TABLES`; `.xlsx` without layers or tables holds all of them.
        edition: `working`, or `public` for map review.
        crs: of `CRS_CHOICES`; GeoJSON and KML are always in degrees.
        encoding: of the Shapefile's texts, UTF-8 or GBK.
        with_layers: whether features go in; by default where layers or themes are named or no table is asked for.
        view: how an HTML map opens.
        progress: told (done, total) while an HTML map looks up what governs its places.

    Raises:
        InputError: the format cannot hold what is asked for, nothing is left, or the file cannot be written.
        UnknownNameError: a layer, table, region, class, precision, edition or encoding is unknown.
    """
    suffix = check_target(out, tuple(FORMATS), "export")
    crs = check_crs(crs)
    check_edition(edition)
    selection = selection or Selection()
    if suffix == ".xlsx" and not (tables or selection.layers or selection.themes):
        tables = tuple(TABLES)
    if tables and suffix in _ONLY_LAYERS:
        raise InputError(
            f"{suffix} holds layers, no tables ({', '.join(tables)}): choose .xlsx, .csv or .gpkg for tables"
        )
    if with_layers is None:
        with_layers = bool(selection.layers or selection.themes) or not tables
    if suffix in _ONE_TABLE and len(tables) + with_layers > 1:
        raise InputError(
            f"{suffix} holds one table, and more are asked for: give one of --tables, or choose .xlsx or .gpkg"
        )
    chosen = choose(atlas, selection, edition) if with_layers else None
    found = {name: table(atlas, name, selection, edition) for name in dict.fromkeys(tables)}
    left_out = (*(chosen.left_out if chosen else ()), *(line for _, lines in found.values() for line in lines))
    note = zone_note(chosen.stacked(), crs) if chosen else None
    notes = (note,) if note else ()
    lines = about(atlas, chosen.layers if chosen else (), edition, crs, left_out=left_out, notes=notes)
    frames = {name: frame for name, (frame, _) in found.items()}
    with replacing(out) as part:
        if suffix == ".html" and chosen:
            if crs not in GEOGRAPHIC:
                raise InputError(f"an HTML map is in degrees, not {crs}: leave --crs out, or choose .gpkg for {crs}")
            write_html(atlas, chosen, lines, part, view, progress)
        else:
            _write(suffix, chosen, frames, crs, lines, part, encoding)
    counts = {layer.id: len(chosen.features[layer.id]) for layer in chosen.layers} if chosen else {}
    return Exported(out, counts, {name: len(frame) for name, frame in frames.items()}, left_out, notes)


def _write(
    suffix: str,
    chosen: Chosen | None,
    tables: Mapping[str, pd.DataFrame],
    crs: str,
    lines: Mapping[str, str],
    part: Path,
    encoding: str,
) -> None:
    if suffix == ".gpkg":
        write_geopackage(chosen, tables, crs, lines, part)
    elif suffix == ".zip":
        write_shapefiles(chosen, tables, crs, lines, part, encoding)
    elif suffix == ".xlsx":
        sheets = {name: (TABLES[name][0], frame) for name, frame in tables.items()}
        if chosen:
            sheets = {"features": ("要素", flat(chosen, crs))} | sheets
        write_xlsx(sheets, lines, part)
    elif suffix == ".csv":
        frame = flat(chosen, crs) if chosen else next(iter(tables.values()))
        part.write_bytes(csv_bytes(frame.assign(licence=f"{SHORT}；{lines['edition'].split(' / ')[0]}")))
    elif chosen is None:
        write_parquet(next(iter(tables.values())), lines, part)
    elif suffix == ".parquet":
        write_geoparquet(chosen, crs, lines, part)
    elif suffix == ".geojson":
        write_geojson(chosen, crs, lines, part)
    else:
        write_kml(chosen, crs, lines, part)


def flat(chosen: Chosen, crs: str) -> pd.DataFrame:
    """Return the features as a table without shapes: a point of each (`x`, `y` in the CRS), and what that point is."""
    frame = to_crs(chosen.stacked(), crs)
    shapes = frame.geometry.to_numpy()
    is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    points = gpd.GeoSeries(shapes).representative_point()
    decimals = 7 if crs in GEOGRAPHIC else 3
    return pd.DataFrame(frame.drop(columns="geometry")).assign(
        x=points.x.round(decimals).to_numpy(),
        y=points.y.round(decimals).to_numpy(),
        point_is=["geometry" if one else "inside" for one in is_point],
    )
