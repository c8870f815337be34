"""A GeoTIFF of a stranger: looked at before a cell is read, then statistics by zone and a small picture."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from rasterio.errors import RasterioError
from rasterio.transform import from_bounds
from rasterio.warp import Resampling, reproject, transform_bounds

from atlas.intake.limits import Limits, RefusedError

MAGIC = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
WEB = "EPSG:3857"
PICTURE = 700  # pixels, the longer side


def open_guarded(path: Path, name: str, crs: str | None, band: int, limits: Limits) -> rasterio.DatasetReader:
    """Open a GeoTIFF after a look at its first bytes and its header.

    Raises:
        RefusedError: no GeoTIFF, too many cells, no such band, no CRS and none given.
    """
    with path.open("rb") as file:
        if file.read(4) not in MAGIC:
            raise RefusedError("content", name=name, form="GeoTIFF")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
            raster = rasterio.open(path, driver="GTiff", sharing=False)
    except RasterioError as error:
        raise RefusedError("broken", name=name) from error
    if raster.width * raster.height > limits.pixels:
        raise RefusedError("pixels", width=raster.width, height=raster.height, most=f"{limits.pixels:,}")
    if not 1 <= band <= raster.count:
        raise RefusedError("band", band=band, count=raster.count)
    if raster.crs is None and crs is None:
        raise RefusedError("crs-missing", name=name)
    return raster


def picture(raster: rasterio.DatasetReader, band: int) -> tuple[list[list[int | None]], tuple[float, ...]]:
    """Return a band as grey steps (rows of 0–255, None where nothing is; EPSG:3857) with its bounds in degrees."""
    # GDAL's own proposal of a grid goes through its VRT driver, which is not loaded here.
    west, south, east, north = transform_bounds(raster.crs, WEB, *raster.bounds, densify_pts=41)
    scale = max(east - west, north - south) / PICTURE
    width, height = (max(1, round(side / scale)) for side in (east - west, north - south))
    step = max(1.0, max(raster.width, raster.height) / (2 * PICTURE))
    rows, columns = max(1, int(raster.height / step)), max(1, int(raster.width / step))
    coarse = raster.read(band, out_shape=(rows, columns), masked=True).astype(np.float64).filled(np.nan)
    cells = raster.transform * raster.transform.scale(raster.width / columns, raster.height / rows)
    small = np.full((height, width), np.nan, dtype=np.float64)
    reproject(
        coarse,
        small,
        src_transform=cells,
        src_crs=raster.crs,
        dst_transform=from_bounds(west, south, east, north, width, height),
        dst_crs=WEB,
        src_nodata=np.nan,
        dst_nodata=np.nan,
        resampling=Resampling.nearest,
    )
    known = small[np.isfinite(small)]
    low, high = np.percentile(known, [2, 98]) if len(known) else (0.0, 1.0)
    steps = np.clip((small - low) / ((high - low) or 1) * 255, 0, 255)
    lon_lat = transform_bounds(WEB, "EPSG:4326", west, south, east, north)
    grey = [[None if not np.isfinite(value) else int(value) for value in row] for row in steps]
    return grey, tuple(float(edge) for edge in lon_lat)


def statistics(
    raster: rasterio.DatasetReader, zones: Any, names: Sequence[str], band: int, file: str
) -> list[dict[str, Any]]:
    """Return the rows of the table of statistics by zone; zones are a frame in EPSG:4490."""
    from atlas.analysis.zonal import statistics_of  # noqa: PLC0415  # loads the atlas

    table = statistics_of(raster, zones, names, band)
    rows: list[dict[str, Any]] = table.to_dict("records")
    return [
        {key: None if isinstance(value, float) and not np.isfinite(value) else value for key, value in row.items()}
        for row in rows
    ]
