"""Areas put together from units and drawn shapes: which boundary a code has, and how exact a union of parts is.

The boundaries are those of `atlas.geometry.boundaries`, never simplified; a union keeps every vertex of its outline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import shapely

from atlas.geometry import boundaries
from atlas.models import Precision

# From the most to the least exact: a union is as exact as its least exact part.
_RANK = {precision: rank for rank, precision in enumerate(Precision)}


@cache
def unit_boundaries() -> dict[str, shapely.Geometry]:
    """Return the boundary of every province, prefecture and county of the country by its six-digit code (EPSG:4490)."""
    found: dict[str, shapely.Geometry] = {}
    for level in ("county", "league", "province"):
        frame = boundaries.units(level, region_only=False)
        found.update(zip(frame["adcode"], frame.geometry, strict=True))
    return found


def without_parts(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes without those of units that lie in another of them: 150102 says nothing beside 150100."""
    kept = tuple(dict.fromkeys(codes))
    return tuple(
        code
        for code in kept
        if not (code[4:] != "00" and f"{code[:4]}00" in kept) and not (code[2:] != "0000" and f"{code[:2]}0000" in kept)
    )


def together(parts: Sequence[shapely.Geometry], *, in_region: bool = False) -> shapely.Geometry:
    """Return the union of polygons (lon, lat); with `in_region`, what lies outside Inner Mongolia is cut off."""
    whole = shapely.union_all(list(parts))
    if not in_region:
        return whole
    inside = shapely.intersection(whole, boundaries.units("region").geometry.iloc[0])
    polygons = [part for part in shapely.get_parts(inside) if part.geom_type == "Polygon"]
    return polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons)


def least_exact(precisions: Iterable[Precision]) -> Precision:
    """Return the least exact of some precisions."""
    return max(precisions, key=_RANK.__getitem__)
