"""Zonal statistics of a raster by units or by the zones of a layer, with cells that a zone covers in part weighed.

The work is `exactextract`'s. A stranger's file is opened as a plain GeoTIFF only (no VRT, no URL), and refused when it
claims more cells than memory allows.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

import exactextract
import geopandas as gpd
import pandas as pd
import rasterio
from rasterio.errors import RasterioError

from atlas.errors import InputError, UnknownNameError
from atlas.store import Atlas

STATISTICS = ("mean", "sum", "count", "min", "max", "stdev", "median", "majority", "coverage")
MOST_CELLS = 400_000_000
DEFAULT = ("mean", "min", "max", "coverage")


def zonal_statistics(
    atlas: Atlas, path: Path, zones: str = "banners", statistics: Sequence[str] = DEFAULT, band: int = 1
) -> pd.DataFrame:
    """Return statistics of a raster for each zone.

    Args:
        atlas: the built atlas.
        path: a GeoTIFF with a CRS.
        zones: a polygon layer.
        statistics: of `STATISTICS`; `coverage` is the share (0–1) of the zone's area that has values.
        band: of the raster, from 1.

    Returns:
        A row for each feature: `place`, `name`, `name_en`, and a column for each statistic. NaN where no value lies.

    Raises:
        InputError: the file is no GeoTIFF, has no CRS, no such band, too many cells, or lies elsewhere.
        UnknownNameError: there is no such layer or statistic.
    """
    for name in statistics:
        if name not in STATISTICS:
            raise UnknownNameError("statistic", name, STATISTICS)
    layer = {entry.id: entry for entry in atlas.layers()}.get(zones)
    if layer is not None and layer.geometry.kind != "polygon":
        areas = sorted(entry.id for entry in atlas.layers() if entry.geometry.kind == "polygon")
        raise InputError(f"zones {zones!r} are {layer.geometry.kind}s: choose a layer of areas, {', '.join(areas)}")
    features = atlas.features(zones)
    with open_geotiff(path) as raster:
        if not 1 <= band <= raster.count:
            raise InputError(f"band {band}: {path.name} has {raster.count}; choose 1 to {raster.count}")
        return statistics_of(raster, features, statistics, band)


def open_geotiff(path: Path) -> rasterio.DatasetReader:
    """Open a GeoTIFF and nothing else.

    Raises:
        InputError: says what is wrong with the file and what to do.
    """
    if not path.is_file():
        raise InputError(f"there is no raster file {str(path)!r}: give the path of a GeoTIFF")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
            raster = rasterio.open(path, driver="GTiff")
    except RasterioError as error:
        raise InputError(f"{path.name} is not a GeoTIFF: save it as GeoTIFF (.tif) first") from error
    problem = ""
    if raster.crs is None:
        problem = "has no CRS: assign the one that it was made in (for instance with QGIS: Assign projection)"
    elif raster.width * raster.height > MOST_CELLS:
        problem = (
            f"has {raster.width} × {raster.height} cells, more than {MOST_CELLS:,}: cut it to the region or make "
            "its cells larger"
        )
    if problem:
        raster.close()
        raise InputError(f"{path.name} {problem}")
    return raster


def statistics_of(
    raster: rasterio.DatasetReader, features: gpd.GeoDataFrame, statistics: Sequence[str], band: int
) -> pd.DataFrame:
    """Return statistics of an open raster for each feature (columns `place`, `name_zh`, `name_en`); see above.

    Raises:
        InputError: raster and features do not meet.
    """
    zones = features[["place", "name_zh", "name_en", "geometry"]].to_crs(raster.crs)
    west, south, east, north = raster.bounds
    left, bottom, right, top = zones.total_bounds
    if right < west or left > east or top < south or bottom > north:
        raise InputError(
            f"{Path(raster.name).name} lies elsewhere: it spans {west:g}, {south:g}, {east:g}, {north:g} and the zones "
            f"{left:g}, {bottom:g}, {right:g}, {top:g} in its CRS; check the CRS that it states"
        )
    wanted = [name for name in statistics if name != "coverage"]
    operations = [*dict.fromkeys([*wanted, "count"])]
    source = exactextract.raster.RasterioRasterSource(raster, band_idx=band)
    numbered = zones.assign(row=range(len(zones)))  # a place may have more than one area
    rows = exactextract.exact_extract(source, numbered, operations, include_cols=["row"], output="pandas")
    found = rows.sort_values("row").reset_index(drop=True)
    cell = abs(raster.transform.a * raster.transform.e - raster.transform.b * raster.transform.d)
    table = pd.DataFrame(
        {
            "place": zones["place"].to_numpy(),
            "name": zones["name_zh"].to_numpy(),
            "name_en": zones["name_en"].to_numpy(),
        }
    )
    for name in statistics:
        table[name] = (
            (found["count"] * cell / zones.geometry.area.to_numpy()).clip(0, 1) if name == "coverage" else found[name]
        )
    return table
