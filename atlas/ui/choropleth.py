"""The matrix as a small map and a table: outlines of the 103 units, a count each, classes of a sequential scale.

The outlines are simplified together (`shapely.coverage_simplify`), so that no slivers open between neighbours; they
serve this picture only. Pure but for what is remembered of an atlas.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from atlas.analysis.grid import EQUAL_AREA
from atlas.analysis.matrix import By, What, matrix, touching
from atlas.analysis.themes import SUBJECTS
from atlas.ui.comparing import unit_name
from atlas.ui.words import Lang, named, word

if TYPE_CHECKING:
    from atlas.store import Atlas

TOLERANCE_M = 4_000.0  # one unit of the picture is about 2.5 km
WIDTH = 960  # units of the picture
CLASSES = 5  # besides nought
BYS: tuple[By, ...] = ("document", "theme", "basis")
WHATS: tuple[What, ...] = get_args(What)
TOTAL = "total"


@lru_cache(maxsize=1)
def outlines(atlas: Atlas) -> tuple[int, int, dict[str, tuple[str, int, int]]]:
    """Return width and height of the picture and, for each unit, its path (SVG) and a point inside it."""
    frame = atlas.features("banners")
    flat = gpd.GeoSeries(frame.geometry, crs=frame.crs).to_crs(EQUAL_AREA)
    shapes = shapely.coverage_simplify(flat.to_numpy(), TOLERANCE_M)
    west, south, east, north = shapely.total_bounds(shapes)
    scale = WIDTH / (east - west)
    found = {}
    for place, shape in zip(frame["place"], shapes, strict=True):
        drawn = shapely.transform(
            shape, lambda points: np.column_stack(((points[:, 0] - west) * scale, (north - points[:, 1]) * scale))
        )
        inside = shapely.point_on_surface(drawn)
        found[str(place)] = (_path(drawn), round(inside.x), round(inside.y))
    return WIDTH, round((north - south) * scale), found


def _path(shape: shapely.Geometry) -> str:
    rings = []
    for polygon in shapely.get_parts(shape):
        for ring in (polygon.exterior, *polygon.interiors):
            points = dict.fromkeys((round(x, 1), round(y, 1)) for x, y in ring.coords)
            rings.append("M" + "L".join(f"{x:g},{y:g}" for x, y in points) + "Z")
    return "".join(rings)


def breaks(values: Sequence[int], classes: int = CLASSES) -> list[tuple[int, int]]:
    """Return classes (from, to) of about equally many units each; together they hold every count above nought.

    No class is empty, and none cuts through one number: fewer numbers make fewer classes.
    """
    positive = sorted(value for value in values if value > 0)
    if not positive:
        return []
    ends = sorted(
        {positive[min(len(positive) - 1, -(-len(positive) * step // classes) - 1)] for step in range(1, classes + 1)}
    )
    starts = [positive[0], *(min(value for value in positive if value > end) for end in ends[:-1])]
    return list(zip(starts, ends, strict=True))


def class_of(value: int, steps: Sequence[tuple[int, int]]) -> int:
    """Return the class of a count, from 1; 0 for nought."""
    return next((at for at, (start, end) in enumerate(steps, start=1) if start <= value <= end), 0)


@lru_cache(maxsize=1)
def _touched(atlas: Atlas) -> pd.DataFrame:
    return touching(atlas, region_wide=False)


@lru_cache(maxsize=12)
def counts(atlas: Atlas, by: By, what: What) -> pd.DataFrame:
    """Return units × columns (see `atlas.analysis.matrix.matrix`); the long form is made once."""
    return matrix(atlas, by, what, touched=_touched(atlas))


def matrix_data(atlas: Atlas, by: str, what: str, column: str, chosen: Sequence[str], lang: Lang) -> dict[str, Any]:
    """Return map, legend and table as plain data; what is no such column falls back to the total."""
    rows_by = next((one for one in BYS if one == by), BYS[0])
    counted = next((one for one in WHATS if one == what), WHATS[0])
    table = counts(atlas, rows_by, counted)
    columns = [name for name in table.columns if name not in {"unit", "name", "name_en", "league", TOTAL}]
    column = column if column in columns else TOTAL
    values = {row["unit"]: int(row[column]) for row in table.to_dict("records")}
    steps = breaks(list(values.values()))
    width, height, shapes = outlines(atlas)
    places = atlas.gazetteer.places
    titles = {TOTAL: word("mx_total", lang), **{name: _title(atlas, rows_by, name, lang) for name in columns}}
    names = {unit: unit_name(places[unit], lang) for unit in values}
    leagues = {place.name: unit_name(place, lang) for place in places.values() if place.type == "league"}
    return {
        "by": [{"id": one, "title": word(f"mx_by_{one}", lang), "on": one == rows_by} for one in BYS],
        "what": [{"id": one, "title": word(f"mx_what_{one}", lang), "on": one == counted} for one in WHATS],
        "column": [{"id": one, "title": titles[one], "on": one == column} for one in (TOTAL, *columns)],
        "caption": word("mx_caption", lang, what=word(f"mx_what_{counted}", lang), column=titles[column]),
        "width": width,
        "height": height,
        "units": [
            {
                "id": unit,
                "name": names[unit],
                "label": f"{names[unit]}{'：' if lang == 'zh' else ': '}{values[unit]}",
                "path": shapes[unit][0],
                "x": shapes[unit][1],
                "y": shapes[unit][2],
                "class": class_of(values[unit], steps),
                "on": unit in chosen or places[unit].parent in chosen,
            }
            for unit in values
            if unit in shapes
        ],
        "legend": [{"class": 0, "title": "0"}]
        + [
            {"class": at, "title": str(start) if start == end else f"{start}–{end}"}
            for at, (start, end) in enumerate(steps, start=1)
        ],
        "heads": [{"id": one, "title": titles[one], "on": one == column} for one in (TOTAL, *columns)],
        "rows": [
            {
                "id": row["unit"],
                "name": names[row["unit"]],
                "league": leagues.get(row["league"], row["league"]),
                "values": [int(row[one]) for one in (TOTAL, *columns)],
                "on": row["unit"] in chosen,
            }
            for row in table.to_dict("records")
        ],
    }


def _title(atlas: Atlas, by: By, name: str, lang: Lang) -> str:
    if by == "theme" and name in SUBJECTS:
        return SUBJECTS[name].zh if lang == "zh" else SUBJECTS[name].en
    if by == "document":
        document = next(entry for entry in atlas.documents() if entry.id == name)
        return document.short if lang == "zh" else document.short_en
    return named("basis", name, lang)
