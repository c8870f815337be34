"""The calls that the app and the command line make: bytes of a file in, frames and tables in EPSG:4490 out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from atlas.analysis.zonal import DEFAULT, STATISTICS
from atlas.errors import InputError, UnknownNameError
from atlas.intake.guard import run_child
from atlas.intake.limits import MIB, Limits, RefusedError
from atlas.intake.shapes import GCJ02, TARGET
from atlas.layers import Bilingual
from atlas.store import Atlas

FORMS = {
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "gpkg",
    ".zip": "zip",
    ".kml": "kml",
    ".kmz": "kmz",
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
}
RASTERS = (".tif", ".tiff")
# What to offer where a file says nothing; GCJ-02 only for tables of points, which people copy from web maps.
CRS_CHOICES = ("EPSG:4490", "EPSG:4326", *(f"EPSG:{code}" for code in (*range(4520, 4531), *range(4541, 4552))))


@dataclass(frozen=True)
class Intake:
    """Layers of a user's file, or the question in which CRS its coordinates are."""

    layers: dict[str, gpd.GeoDataFrame] = field(default_factory=dict)  # EPSG:4490
    source_crs: dict[str, str] = field(default_factory=dict)  # by layer, as stated or given
    crs_needed: tuple[str, ...] = ()  # choices; call again with one of them (any `EPSG:…` is taken)
    bounds: tuple[float, float, float, float] | None = None  # of the raw coordinates, where a CRS is needed
    notes: tuple[Bilingual, ...] = ()  # what was dropped


@dataclass(frozen=True)
class RasterIntake:
    """Statistics of a user's raster by zone, and a small picture of it."""

    table: pd.DataFrame  # place, name, name_en, one column a statistic
    grey: np.ndarray  # rows × columns, float: 0–255, NaN where there is nothing; EPSG:3857, north up
    bounds: tuple[float, float, float, float]  # of the picture: west, south, east, north; degrees
    facts: dict[str, Any]  # width, height, bands, crs


def read_vectors(content: bytes, name: str, *, crs: str | None = None, limits: Limits | None = None) -> Intake:
    """Read GeoJSON, GeoPackage, zipped Shapefile, KML/KMZ or CSV in a guarded child process.

    Args:
        content: the bytes of the file; they are not kept beyond the call.
        name: of the file; its ending says the format.
        crs: `EPSG:…`, or `GCJ-02` for a CSV; used where the file states none.
        limits: of what it may be and cost.

    Returns:
        Frames in EPSG:4490 with property columns under clean names; or `crs_needed`.

    Raises:
        RefusedError: with the reason in Chinese and English (`zh`, `en`).
    """
    shown = PurePath(name.replace("\\", "/")).name
    form = FORMS.get(PurePath(shown).suffix.lower())
    if form is None:
        raise RefusedError("format", name=shown)
    if crs is not None and crs.upper() == GCJ02 and form != "csv":
        raise RefusedError("crs", crs=GCJ02)
    task = {"kind": "vectors", "form": form, "name": shown, "crs": crs}
    result = run_child(content, task, limits or Limits())
    if result.get("crs_needed"):
        west, south, east, north = result["bounds"]
        choices = (*CRS_CHOICES, GCJ02) if result["table"] else CRS_CHOICES
        return Intake(crs_needed=choices, bounds=(west, south, east, north))
    layers, sources, notes = {}, {}, []
    for layer in result["layers"]:
        if not layer["shapes"]:
            continue
        key, number = layer["name"] or "layer", 2
        while key in layers:
            key, number = f"{layer['name']} ({number})", number + 1
        frame = pd.DataFrame(layer["rows"], columns=layer["columns"])
        layers[key] = gpd.GeoDataFrame(frame, geometry=shapely.from_wkb(layer["shapes"]), crs=TARGET)
        sources[key] = layer["crs"]
        notes += _notes(layer, key)
    return Intake(layers=layers, source_crs=sources, notes=tuple(notes))


def _notes(layer: dict[str, Any], key: str) -> list[Bilingual]:
    notes = []
    if count := layer["dropped"]:
        zh, en = f"{key}：{count} 行没有可用的坐标，未收入", f"{key}: {count} rows without usable coordinates left out"
        notes.append(Bilingual(zh=zh, en=en))
    if count := layer["columns_dropped"]:
        notes.append(Bilingual(zh=f"{key}：略去 {count} 个属性列", en=f"{key}: {count} columns left out"))
    if layer["crs"].upper() == GCJ02:
        notes.append(Bilingual(zh=f"{key}：由 GCJ-02 换算", en=f"{key}: converted from GCJ-02"))
    return notes


def read_raster(
    atlas: Atlas,
    content: bytes,
    name: str,
    zones: str = "banners",
    statistics: Sequence[str] = DEFAULT,
    band: int = 1,
    *,
    picture: bool = True,
    limits: Limits | None = None,
) -> RasterIntake:
    """Read a GeoTIFF in a guarded child process: statistics by unit or zone, and a small picture to lay on the map.

    Args:
        atlas: the built atlas.
        content: the bytes of the file; they are not kept beyond the call.
        name: of the file.
        zones: a layer of areas.
        statistics: of `atlas.analysis.zonal.STATISTICS`.
        band: from 1.
        picture: whether to make the picture.
        limits: of what it may be and cost.

    Raises:
        RefusedError: with the reason in both languages.
        UnknownNameError: there is no such layer or statistic.
        InputError: the layer has no areas.
    """
    shown = PurePath(name.replace("\\", "/")).name
    if PurePath(shown).suffix.lower() not in RASTERS:
        raise RefusedError("format", name=shown)
    for one in statistics:
        if one not in STATISTICS:
            raise UnknownNameError("statistic", one, STATISTICS)
    features = atlas.features(zones)
    layer = next(one for one in atlas.layers() if one.id == zones)
    if layer.geometry.kind != "polygon":
        areas = sorted(one.id for one in atlas.layers() if one.geometry.kind == "polygon")
        raise InputError(f"zones {zones!r} are {layer.geometry.kind}s: choose a layer of areas, {', '.join(areas)}")
    rows = features[["place", "name_zh", "name_en"]].fillna("").to_dict("records")
    shapes = [shapely.to_wkb(shape, hex=True) for shape in features.geometry]
    task = {"kind": "raster", "form": "tif", "name": shown, "crs": None, "band": band, "statistics": list(statistics)}
    extra = {"zones.json": json.dumps({"rows": rows, "shapes": shapes}, ensure_ascii=False)}
    result = run_child(content, task | {"picture": picture}, limits or Limits(), extra)
    grey = np.array(result["grey"], dtype=float)
    west, south, east, north = result["bounds"]
    columns = ["place", "name", "name_en", *statistics]
    table = pd.DataFrame(result["table"], columns=columns)
    return RasterIntake(table, grey, (west, south, east, north), result["facts"])


def raster_statistics(
    atlas: Atlas, path: Path, zones: str = "banners", statistics: Sequence[str] = DEFAULT, band: int = 1
) -> pd.DataFrame:
    """Return statistics of a file's raster by zone, through the same guard with limits for one's own machine.

    Raises:
        InputError: there is no such file; else as `read_raster`.
    """
    if not path.is_file():
        raise InputError(f"there is no raster file {str(path)!r}: give the path of a GeoTIFF")
    wide = Limits(size_bytes=1024 * MIB, pixels=400_000_000, cpu_s=600, wall_s=600, memory_bytes=6 * 1024 * MIB)
    if path.stat().st_size > wide.size_bytes:
        raise RefusedError("size", size=path.stat().st_size // MIB, most=wide.size_bytes // MIB)
    return read_raster(atlas, path.read_bytes(), path.name, zones, statistics, band, picture=False, limits=wide).table
