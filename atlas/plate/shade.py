"""Relief as ground: the shade of `atlas.geometry.relief` warped to the sheet, as a brown of varying transparency.

Only shadows are kept, in few steps, so that the ground's own tints stay what they are, names stay legible, and a PDF
stays small. The picture is a hint of mountains at small scales, not a source of heights.
"""

from __future__ import annotations

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.warp import Resampling, reproject

from atlas.geometry.relief import LAND, source_relief
from atlas.plate.projection import SheetMap

_PIXELS_PER_MM = 3.0  # about 76 an inch: the source is coarser than that on every plate
_INK = (88, 74, 58)
_STEPS = 20
_STRONGEST = 150  # of 255, at relief 1


def shade(sheet: SheetMap, strength: float) -> NDArray[np.uint8]:
    """Return the frame's relief as pixels (rows from the top × columns × RGBA).

    Args:
        sheet: the map on the sheet.
        strength: from 0, nothing, to 1.
    """
    left, bottom, right, top = sheet.frame
    columns, rows = round((right - left) * _PIXELS_PER_MM), round((top - bottom) * _PIXELS_PER_MM)
    rim = [(left + (right - left) * t, y) for t in np.linspace(0, 1, 40) for y in (bottom, top)]
    rim += [(x, bottom + (top - bottom) * t) for t in np.linspace(0, 1, 40) for x in (left, right)]
    lons, lats = np.array([sheet.lonlat(x, y) for x, y in rim]).T
    bounds = (float(lons.min()), float(lats.min()), float(lons.max()), float(lats.max()))
    source = source_relief(bounds)
    west, south, east, north = source.bounds
    light = source.pixels.astype(np.float32) @ np.array((0.299, 0.587, 0.114), dtype=np.float32)
    flat = float(np.array(LAND) @ (0.299, 0.587, 0.114))
    dark = np.clip((flat - light) / 90, 0, 1).astype(np.float32)
    metres = sheet.scale / 1000
    x0, y0 = sheet.metres(left, top)
    warped = np.zeros((rows, columns), dtype=np.float32)
    reproject(
        dark,
        warped,
        src_transform=Affine((east - west) / light.shape[1], 0, west, 0, (south - north) / light.shape[0], north),
        src_crs="EPSG:4326",
        dst_transform=Affine(metres / _PIXELS_PER_MM, 0, x0, 0, -metres / _PIXELS_PER_MM, y0),
        dst_crs=sheet.crs.to_wkt(),
        resampling=Resampling.bilinear,
    )
    steps = np.round(np.clip(warped, 0, 1) * _STEPS) / _STEPS
    pixels = np.empty((rows, columns, 4), dtype=np.uint8)
    pixels[..., :3] = _INK
    pixels[..., 3] = np.round(steps * _STRONGEST * strength)
    return pixels
