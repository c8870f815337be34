"""What lies at a point of the map: the unit, and every feature of every layer there, shown or not.

Works on the files that were published for the browser, so that a click hits what is seen: simplified to less than a
pixel, loaded without a map library.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely

MOST = 12  # places of one click
UNITS = "banners"


class Here(NamedTuple):
    """What lies at a point."""

    unit: str | None  # place id of the county-level unit; None outside the region
    places: tuple[str, ...]  # place ids: what is near, then what covers the point, the smallest first


class Ground:
    """The shapes of all features."""

    def __init__(self, folder: Path, config: str) -> None:
        """Load what `atlas.webmap.publish` wrote: the configuration `config` in `folder`."""
        layers = json.loads((folder / config).read_text(encoding="utf-8"))["layers"]
        shapes, self._rows = [], []
        for layer in layers:
            if layer["deaf"]:
                continue
            collection = json.loads((folder / layer["url"]).read_text(encoding="utf-8"))
            for feature in collection["features"]:
                shapes.append(shapely.from_geojson(json.dumps(feature["geometry"])))
                self._rows.append((str(feature["properties"]["place"]), str(layer["id"]), str(layer["kind"])))
        self._shapes = np.array(shapes, dtype=object)
        self._areas = shapely.area(self._shapes)
        self._tree = shapely.STRtree(self._shapes)

    def at(self, lon: float, lat: float, reach: float) -> Here:
        """Return what lies at a point (degrees, EPSG:4490); points and lines count within `reach` degrees."""
        point = shapely.Point(lon, lat)
        covering = set(self._tree.query(point, predicate="intersects").tolist())
        near = self._tree.query(point, predicate="dwithin", distance=max(0.0, min(reach, 0.5))).tolist()
        hits = [at for at in near if at in covering or self._rows[at][2] != "polygon"]
        order = {"point": 0, "line": 1, "polygon": 2}
        hits.sort(key=lambda at: (order[self._rows[at][2]], float(self._areas[at])))
        unit = next((self._rows[at][0] for at in hits if self._rows[at][1] == UNITS), None)
        return Here(unit, tuple(dict.fromkeys(self._rows[at][0] for at in hits))[:MOST])
