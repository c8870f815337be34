"""Policy attention: how densely the texts speak of a spot, in provisions per 1,000 km².

Every link from a provision to a place, a group or a drawn feature counts 1, shared equally among the places that it
means. A place with an area spreads its share evenly over it, a line along its course, a point where it is; then all is
spread by a Gaussian of 25 km, so that a port or a small lake shows where it is without a sharper edge than
words have. What a class of units or the whole region is told is left out: it lies everywhere and would only lift the
ground. What the kernel carries out of the region is lost, not moved.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.features import rasterize
from rasterio.transform import rowcol

from atlas.analysis.grid import Grid, project
from atlas.models import Basis
from atlas.store import Atlas

SIGMA_KM = 25.0
_REACH = 3  # standard deviations to which the kernel goes
_COUNTED = {str(Basis.NAMED), str(Basis.GROUP), str(Basis.FEATURE)}


def weights(atlas: Atlas) -> dict[str, float]:
    """Return how much each place is spoken of: provisions, a group's shared among its members."""
    found: dict[str, float] = {}
    region = {place.id for place in atlas.gazetteer.places.values() if place.type == "region"}
    links = atlas.links()[["provision", "target", "basis"]].drop_duplicates(["provision", "target"])
    for row in links.itertuples(index=False):
        if row.basis not in _COUNTED or row.target in region:
            continue
        members = [member for member in atlas.gazetteer.members(row.target) if member not in region]
        for member in members:
            found[member] = found.get(member, 0.0) + 1 / len(members)
    return found


def attention(atlas: Atlas, grid: Grid) -> NDArray[np.float64]:
    """Return the density for each cell inside the region, in provisions per 1,000 km²."""
    shares = weights(atlas)
    shapes = atlas.shapes_of(sorted(shares))
    mass = np.zeros(grid.shape)  # provisions in each cell
    for row in shapes.itertuples(index=False):
        shape = project(row.geometry)
        weight = shares[row.place]
        if shape.area > 1e6:
            # What has an area smaller than a cell, or narrower, is still in the cells that it touches.
            cells = rasterize([(shape, 1)], grid.shape, transform=grid.transform, all_touched=shape.area < 1e8)
            inside = int(cells.sum())
            mass += cells * (weight / max(inside, 1) * min(1.0, inside * grid.cell_km2 / (shape.area / 1e6)))
            continue
        for part, own in _pieces(shape, weight):
            line, column = rowcol(grid.transform, part.x, part.y)
            if 0 <= line < grid.shape[0] and 0 <= column < grid.shape[1]:
                mass[line, column] += own
    total = _blurred(mass, SIGMA_KM * 1000 / grid.transform.a) / grid.cell_km2
    return np.asarray(total[grid.inside] * 1000, dtype=np.float64)


def _pieces(shape: shapely.Geometry, weight: float) -> list[tuple[shapely.Point, float]]:
    """Cut what has no area into points: a line every 10 km, each with an equal part of the weight."""
    if shape.geom_type == "Point":
        return [(shape, weight)]
    if shape.length == 0:
        return [(shapely.centroid(shape), weight)]
    found: list[shapely.Point] = []
    for part in shapely.get_parts(shape if "Line" in shape.geom_type else shape.boundary):
        count = max(1, round(part.length / 10_000))
        found += [
            shapely.line_interpolate_point(part, (index + 0.5) / count, normalized=True) for index in range(count)
        ]
    return [(point, weight / len(found)) for point in found]


def _blurred(values: NDArray[np.float64], sigma: float) -> NDArray[np.float64]:
    """Return rows × columns under a Gaussian of `sigma` cells that keeps their sum."""
    reach = int(np.ceil(_REACH * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    for axis in (0, 1):
        values = np.apply_along_axis(np.convolve, axis, values, kernel, mode="same")
    return values
