"""The shaded relief: quiet, where it should be, and honest about its bounds."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from pyproj import Transformer

from atlas.errors import InputError
from atlas.geometry.relief import LAND, SEA, Relief, shaded_relief
from atlas.layers import palette


@pytest.fixture(scope="module")
def relief() -> Relief:
    return shaded_relief((95.0, 36.0, 128.0, 54.0), width=660)


def at(relief: Relief, lon: float, lat: float) -> tuple[int, int]:
    """Row and column of a point (degrees)."""
    x, y = Transformer.from_crs("EPSG:4326", relief.crs, always_xy=True).transform(lon, lat)
    left, bottom, right, top = relief.bounds
    rows, columns, _ = relief.pixels.shape
    return int((top - y) / (top - bottom) * rows), int((x - left) / (right - left) * columns)


def roughness(relief: Relief, lon: float, lat: float, half: int = 14) -> float:
    row, column = at(relief, lon, lat)
    return float(relief.pixels[row - half : row + half, column - half : column + half].std(axis=(0, 1)).mean())


def test_the_ground_is_quiet_and_of_the_palette(relief: Relief) -> None:
    assert f"#{LAND[0]:02x}{LAND[1]:02x}{LAND[2]:02x}" == palette()["ground.land"]
    land = relief.pixels[~(relief.pixels == SEA).all(axis=2)].astype(float)
    assert np.abs(np.median(land, axis=0) - LAND).max() < 8
    saturation = land.max(axis=1) - land.min(axis=1)
    assert np.quantile(saturation, 0.99) < 45
    assert np.quantile(land.mean(axis=1), 0.01) > 150


def test_mountains_are_rough_and_plains_smooth(relief: Relief) -> None:
    """The picture lies where it should: 太行山 is rough, the 华北 and 河套 plains are not."""
    mountains = roughness(relief, 113.8, 38.3)
    assert mountains > 3 * roughness(relief, 116.0, 37.2)
    assert mountains > 2 * roughness(relief, 107.6, 40.95, half=4)


def test_the_sea_is_one_flat_tone(relief: Relief) -> None:
    row, column = at(relief, 119.8, 38.6)  # 渤海
    assert (relief.pixels[row - 5 : row + 5, column - 5 : column + 5] == SEA).all()
    row, column = at(relief, 122.3, 43.6)  # the lowland of 西辽河, green in the source
    assert not (relief.pixels[row - 5 : row + 5, column - 5 : column + 5] == SEA).all(axis=2).any()


def test_pixels_are_square_and_bounds_come_back(relief: Relief) -> None:
    left, bottom, right, top = relief.bounds
    rows, columns, _ = relief.pixels.shape
    assert (right - left) / columns == pytest.approx((top - bottom) / rows, rel=0.01)
    assert relief.bounds_lonlat == pytest.approx((95.0, 36.0, 128.0, 54.0), abs=1e-6)


def test_another_projection_has_no_holes() -> None:
    conic = shaded_relief(
        (97.0, 37.0, 127.0, 54.0), 400, "+proj=aea +lat_1=41 +lat_2=50 +lat_0=45 +lon_0=112 +ellps=GRS80"
    )
    assert conic.pixels.min() > 100


def test_the_same_bytes_each_time(relief: Relief) -> None:
    assert relief.encode() == relief.encode()
    with Image.open(io.BytesIO(relief.encode("PNG"))) as image:
        assert image.size == (relief.pixels.shape[1], relief.pixels.shape[0])


@pytest.mark.parametrize(
    ("bounds", "width"),
    [((128.0, 36.0, 95.0, 54.0), 600), ((95.0, 54.0, 128.0, 36.0), 600), ((95.0, 36.0, 128.0, 54.0), 4)],
)
def test_impossible_sheets_are_refused(bounds: tuple[float, float, float, float], width: int) -> None:
    with pytest.raises(InputError, match="relief"):
        shaded_relief(bounds, width)
