"""The CRS that exports are written in: CGCS2000, WGS 84, and CGCS2000's 3-degree Gauss–Krüger zones (DESIGN §6).

EPSG lists northing before easting for these zones and latitude before longitude for the two geographic CRS; the files
hold easting before northing and longitude before latitude, as GIS formats do (`always_xy`).
"""

from __future__ import annotations

import geopandas as gpd
import shapely

from atlas.errors import InputError

GEOGRAPHIC = ("EPSG:4490", "EPSG:4326")
# Zones 32 to 42, central meridians 96°E to 126°E: with the zone number in the easting, and without it.
_WITH_ZONE = {f"EPSG:{code}": code - 4488 for code in range(4520, 4531)}
_WITHOUT_ZONE = {f"EPSG:{code}": code - 4509 for code in range(4541, 4552)}
CRS_CHOICES = (*GEOGRAPHIC, *_WITH_ZONE, *_WITHOUT_ZONE)
HALF_ZONE = 1.5  # degrees on either side of the central meridian


def check_crs(crs: str) -> str:
    """Return the CRS as `EPSG:…`.

    Raises:
        InputError: it is none of `CRS_CHOICES`.
    """
    wanted = crs.strip().upper()
    wanted = wanted if wanted.startswith("EPSG:") else f"EPSG:{wanted}"
    if wanted not in CRS_CHOICES:
        raise InputError(
            f"unknown CRS {crs!r}: choose EPSG:4490 (CGCS2000), EPSG:4326 (WGS 84), EPSG:4520 to 4530 (3-degree "
            "Gauss–Krüger zones 32 to 42, zone in the easting) or EPSG:4541 to 4551 (the same without zone)"
        )
    return wanted


def zone_of(crs: str) -> int | None:
    """Return the number of the 3-degree zone (its central meridian is three times that, °E); None for degrees."""
    return _WITH_ZONE.get(crs) or _WITHOUT_ZONE.get(crs)


def to_crs(frame: gpd.GeoDataFrame, crs: str) -> gpd.GeoDataFrame:
    """Return a frame (EPSG:4490) in another CRS, easting or longitude first."""
    if crs in GEOGRAPHIC:
        # The two frames agree to centimetres, far below what the data hold: no number is to change.
        return frame.set_crs(crs, allow_override=True)
    return frame.to_crs(crs)


def zone_note(frame: gpd.GeoDataFrame, crs: str) -> str | None:
    """Return a warning where shapes (EPSG:4490) reach beyond the zone that they are to be written in."""
    zone = zone_of(crs)
    if zone is None:
        return None
    meridian = 3.0 * zone
    bounds = shapely.bounds(frame.geometry.to_numpy())
    beyond = int(((bounds[:, 0] < meridian - HALF_ZONE) | (bounds[:, 2] > meridian + HALF_ZONE)).sum())
    if not beyond:
        return None
    west, east = meridian - HALF_ZONE, meridian + HALF_ZONE
    return (
        f"{crs} 为 3 度带第 {zone} 带（{west:g}–{east:g}°E），有 {beyond} 个要素超出该带，离中央经线越远变形越大 / "
        f"{beyond} features reach beyond zone {zone} ({west:g}–{east:g}°E), where lengths are stretched"
    )
