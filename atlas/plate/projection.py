"""From degrees to millimetres on the sheet: projection, graticule, scale bar and north.

The projection is Albers' secant equal-area conic on CGCS2000 (EPSG:4490). Sheet coordinates are mm from the sheet's
lower left corner. Lengths that the scale bar claims are geodesic (`pyproj.Geod`), not degrees.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Geod, Transformer
from pyproj.crs import ProjectedCRS
from pyproj.crs.coordinate_operation import AlbersEqualAreaConversion

from atlas.plate.definition import Plate

GEOGRAPHIC = CRS.from_epsg(4490)
GEOD = Geod(ellps="GRS80")  # CGCS2000's ellipsoid equals GRS 80 to a tenth of a millimetre

Geometries = NDArray[np.object_]
Frame = tuple[float, float, float, float]  # left, bottom, right, top, mm


@dataclass(frozen=True)
class SheetMap:
    """The map on the sheet: turns (lon, lat) in EPSG:4490 into mm."""

    crs: CRS
    frame: Frame
    centre: tuple[float, float]  # lon, lat
    scale: int

    @classmethod
    def of(cls, plate: Plate) -> SheetMap:
        """Make the map that a plate's definition asks for."""
        lon, lat = plate.view.centre
        south, north = plate.projection.parallels
        meridian = lon if plate.projection.central_meridian is None else plate.projection.central_meridian
        crs = ProjectedCRS(
            conversion=AlbersEqualAreaConversion(
                latitude_first_parallel=south,
                latitude_second_parallel=north,
                latitude_false_origin=lat,
                longitude_false_origin=meridian,
            ),
            geodetic_crs=GEOGRAPHIC,
        )
        return cls(crs=crs, frame=plate.frame, centre=plate.view.centre, scale=plate.view.scale)

    @cached_property
    def _forward(self) -> Transformer:
        return Transformer.from_crs(GEOGRAPHIC, self.crs, always_xy=True)

    @cached_property
    def _origin(self) -> tuple[float, float]:
        """Projected coordinates (m) of the frame's centre."""
        return self._forward.transform(*self.centre)

    @property
    def middle(self) -> tuple[float, float]:
        """The frame's centre on the sheet, mm."""
        left, bottom, right, top = self.frame
        return ((left + right) / 2, (bottom + top) / 2)

    def points(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn an (n, 2) array of (lon, lat) degrees into mm on the sheet."""
        x, y = self._forward.transform(lonlat[:, 0], lonlat[:, 1])
        mm = 1000 / self.scale
        return np.column_stack(
            [(x - self._origin[0]) * mm + self.middle[0], (y - self._origin[1]) * mm + self.middle[1]]
        )

    def metres(self, x: float, y: float) -> tuple[float, float]:
        """Turn a point of the sheet (mm) into projected coordinates (m, in `crs`)."""
        metres = self.scale / 1000
        return ((x - self.middle[0]) * metres + self._origin[0], (y - self.middle[1]) * metres + self._origin[1])

    def lonlat(self, x: float, y: float) -> tuple[float, float]:
        """Turn a point of the sheet (mm) into (lon, lat) degrees."""
        return self._forward.transform(*self.metres(x, y), direction="INVERSE")

    def shapes(self, geometries: Geometries) -> Geometries:
        """Turn geometries in degrees (EPSG:4490) into geometries in mm, vertex by vertex."""
        return np.asarray(shapely.transform(geometries, self.points), dtype=object)

    def clip(self, geometries: Geometries, margin: float = 0) -> Geometries:
        """Cut geometries (mm) at the frame, or `margin` mm beyond it."""
        left, bottom, right, top = self.frame
        box = shapely.box(left - margin, bottom - margin, right + margin, top + margin)
        return np.asarray(shapely.intersection(geometries, box), dtype=object)

    def north(self, x: float, y: float) -> float:
        """Return the direction of true north at a point of the sheet, degrees clockwise from the sheet's top."""
        lon, lat = self.lonlat(x, y)
        (x0, y0), (x1, y1) = self.points(np.array([[lon, lat - 0.05], [lon, lat + 0.05]]))
        return math.degrees(math.atan2(x1 - x0, y1 - y0))

    def bar_mm(self, km: float) -> float:
        """Return the length on the sheet of a geodesic of `km` that lies east–west over the frame's centre, mm."""
        lon, lat = self.centre
        west = GEOD.fwd(lon, lat, 270, km * 500)[:2]
        east = GEOD.fwd(lon, lat, 90, km * 500)[:2]
        (x0, y0), (x1, y1) = self.points(np.array([west, east]))
        return math.hypot(x1 - x0, y1 - y0)


@dataclass(frozen=True)
class GridLine:
    """A meridian or parallel in mm, and where it meets the frame: (side, x, y)."""

    meridian: bool
    degrees: float
    line: shapely.Geometry
    ends: tuple[tuple[str, float, float], ...]


def graticule(sheet: SheetMap, lon_step: float, lat_step: float) -> list[GridLine]:
    """Return the meridians and parallels that cross the frame, with the ends that a label belongs to.

    Meridians are labelled at the top and bottom of the frame, parallels at its left and right.
    """
    left, bottom, right, top = sheet.frame
    edge = np.linspace(0, 1, 60)
    rim = [(left + (right - left) * t, y) for t in edge for y in (bottom, top)]
    rim += [(x, bottom + (top - bottom) * t) for t in edge for x in (left, right)]
    lons, lats = zip(*(sheet.lonlat(x, y) for x, y in rim), strict=True)
    lon_range, lat_range = (min(lons), max(lons)), (min(lats), max(lats) + 2)
    lines: list[GridLine] = []
    for meridian, step, (low, high) in ((True, lon_step, lon_range), (False, lat_step, lat_range)):
        for degrees in np.arange(math.ceil(low / step), math.floor(high / step) + 1) * step:
            along = np.linspace(*(lat_range if meridian else lon_range), 400)
            fixed = np.full_like(along, degrees)
            vertices = np.column_stack([fixed, along] if meridian else [along, fixed])
            line = shapely.intersection(shapely.linestrings(sheet.points(vertices)), shapely.box(*sheet.frame))
            if line.is_empty:
                continue
            lines.append(GridLine(meridian, float(degrees), line, tuple(_ends(line, sheet.frame, meridian))))
    return lines


def _ends(line: shapely.Geometry, frame: Frame, meridian: bool) -> list[tuple[str, float, float]]:
    left, bottom, right, top = frame
    ends: list[tuple[str, float, float]] = []
    for part in shapely.get_parts(line):
        for x, y in (part.coords[0], part.coords[-1]):
            if meridian and abs(y - bottom) < 1e-6:
                ends.append(("bottom", x, y))
            elif meridian and abs(y - top) < 1e-6:
                ends.append(("top", x, y))
            elif not meridian and abs(x - left) < 1e-6:
                ends.append(("left", x, y))
            elif not meridian and abs(x - right) < 1e-6:
                ends.append(("right", x, y))
    return ends


def degrees_minutes(value: float) -> str:
    """Write an angle as degrees and minutes: 97°30′."""
    minutes = round(abs(value) * 60)
    return f"{minutes // 60}°{minutes % 60:02d}′"
