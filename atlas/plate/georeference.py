"""Where the pixels of a plate lie: the transform from pixel to the sheet's projection, and world files.

The whole sheet lies in the plane of the map's projection, so one affine transform serves all of it; only inside the map
frame does it mean something on the ground.
"""

from __future__ import annotations

from pathlib import Path

from affine import Affine

from atlas.plate.definition import Plate
from atlas.plate.projection import SheetMap

_WORLD = {".png": ".pgw", ".tif": ".tfw", ".tiff": ".tfw"}


def transform(plate: Plate, sheet: SheetMap, dpi: float) -> Affine:
    """Return the transform from (column, row) of the sheet's picture to metres in `sheet.crs`."""
    west, north = sheet.metres(0, plate.paper.size_mm[1])
    metres = 25.4 / dpi * sheet.scale / 1000
    return Affine(metres, 0, west, 0, -metres, north)


def world_files(out: Path, plate: Plate, sheet: SheetMap, dpi: float) -> dict[Path, str]:
    """Return the world file and the .prj beside a picture, by path."""
    to_metres = transform(plate, sheet, dpi)
    x, y = (
        to_metres.c + to_metres.a / 2,
        to_metres.f + to_metres.e / 2,
    )  # world files place the middle of the first pixel
    lines = (to_metres.a, to_metres.d, to_metres.b, to_metres.e, x, y)
    return {
        out.with_suffix(_WORLD[out.suffix.lower()]): "".join(f"{value:.10g}\n" for value in lines),
        out.with_suffix(".prj"): sheet.crs.to_wkt("WKT1_ESRI") + "\n",
    }
