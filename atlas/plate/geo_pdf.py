"""Where the maps of a plate lie on the ground, told in the PDF itself: a viewport with a geographic measure for each.

Readers that know it (QGIS and GDAL, Acrobat, field apps) show coordinates, measure, and lay the sheet over other maps.
The main map comes first and insets after it, because where viewports overlap the last one counts.

Source: ISO 32000-2, 12.9 (measurement properties) and 12.10 (geospatial features).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject

from atlas.plate.projection import SheetMap

POINTS_PER_MM = 72 / 25.4
_DEGREE_DECIMALS, _POINT_DECIMALS = 8, 4
_STEPS = 4  # points along each edge of a frame: corners alone would do where the reader knows the projection
_BOUNDS = (0, 0, 0, 1, 1, 1, 1, 0)  # of the frame in its own unit square


class Located(NamedTuple):
    """A map on the sheet: its name, its projection and frame (mm from the sheet's lower left corner)."""

    name: str
    sheet: SheetMap


def locate(writer: PdfWriter, maps: Sequence[Located], cut: float = 0.0) -> None:
    """Give the first page of a PDF the viewports of its maps.

    Args:
        writer: the file.
        maps: the main map, then its insets.
        cut: mm at the sheet's lower end that the page leaves out.
    """
    if maps:
        writer.pages[0][NameObject("/VP")] = ArrayObject([_viewport(one, cut) for one in maps])


def _viewport(located: Located, cut: float) -> DictionaryObject:
    left, bottom, right, top = located.sheet.frame
    box = [edge * POINTS_PER_MM for edge in (left, bottom - cut, right, top - cut)]
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Viewport"),
            NameObject("/Name"): TextStringObject(located.name),
            NameObject("/BBox"): _numbers(box, _POINT_DECIMALS),
            NameObject("/Measure"): _measure(located.sheet),
        }
    )


def _measure(sheet: SheetMap) -> DictionaryObject:
    left, bottom, right, top = sheet.frame
    share = [step / _STEPS for step in range(_STEPS)]
    # Around the frame from its lower left corner, clockwise, as the bounds go.
    rim = [(0.0, t) for t in share] + [(t, 1.0) for t in share]
    rim += [(1.0, 1 - t) for t in share] + [(1 - t, 0.0) for t in share]
    ground = [sheet.lonlat(left + (right - left) * x, bottom + (top - bottom) * y) for x, y in rim]
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Measure"),
            NameObject("/Subtype"): NameObject("/GEO"),
            NameObject("/Bounds"): _numbers(_BOUNDS, 0),
            NameObject("/GPTS"): _numbers((value for lon, lat in ground for value in (lat, lon)), _DEGREE_DECIMALS),
            NameObject("/LPTS"): _numbers((value for point in rim for value in point), _POINT_DECIMALS),
            NameObject("/GCS"): DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/PROJCS"),
                    NameObject("/WKT"): TextStringObject(sheet.crs.to_wkt("WKT1_ESRI")),
                }
            ),
        }
    )


def _numbers(values: Iterable[float], decimals: int) -> ArrayObject:
    return ArrayObject([FloatObject(f"{value:.{decimals}f}") for value in values])
