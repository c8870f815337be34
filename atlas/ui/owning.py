"""A visitor's own file: read behind the guard of `atlas.intake`, joined to units, made small for the map, tabled.

Pure: no Streamlit here. What is returned belongs to one session; nothing of it is cached or written where it stays.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from PIL import Image

from atlas.errors import AtlasError
from atlas.exchange.sheets import csv_bytes, write_xlsx
from atlas.intake import Intake, Limits, RasterIntake, RefusedError, join_units, read_raster, read_vectors
from atlas.intake.columns import clean
from atlas.intake.intake import RASTERS
from atlas.intake.limits import MIB
from atlas.intake.points import decode
from atlas.intake.shapes import GCJ02
from atlas.store import Atlas
from atlas.web.standalone import data_uri

# A session keeps a file while something can be asked about it: less than the guard allows.
VECTORS = Limits(size_bytes=20 * MIB, features=20_000, vertices=1_000_000)
PICTURES = Limits(size_bytes=50 * MIB)
MOST_DRAWN = 4_000  # features on the map
MOST_VERTICES = 60_000  # of them together
LABEL = 60  # characters of a feature's label
STEPS = 5  # of the choropleth
DECIMALS = 5  # of a degree: about one metre
JOINED = ("unit_name", "league", "unit", "share", "units")  # columns that `join_units` adds, as the table has them
NAMED = ("unit_name", "league")  # those of them that have a name in English beside them, where the page is English
OURS = (*JOINED, *(f"{name}_en" for name in NAMED))  # a column of the file that is called so steps aside
STATISTICS = ("mean", "min", "max", "sum", "coverage")
_RAMP = ((252, 243, 224), (214, 142, 72), (96, 34, 20))  # low, middle, high of a raster's picture


@dataclass(frozen=True)
class Own:
    """A file that a visitor brought, and what came of it."""

    name: str
    content: bytes = field(default=b"", repr=False)  # until nothing can be asked about it any more
    crs: str | None = None
    columns: tuple[str, str] | None = None  # of longitude and latitude in a CSV, where they had to be chosen
    intake: Intake | None = None
    joined: Mapping[str, gpd.GeoDataFrame] = field(default_factory=dict)  # by layer
    raster: RasterIntake | None = None
    error: AtlasError | None = None

    @property
    def suffix(self) -> str:
        """The ending of the file's name, in lower case."""
        return PurePath(self.name).suffix.lower()

    @property
    def asks_crs(self) -> tuple[str, ...]:
        """The choices where the file does not say in which CRS it is; GCJ-02 stands beside the two in degrees."""
        choices = self.intake.crs_needed if self.intake else ()
        return (*choices[:2], *((GCJ02,) if GCJ02 in choices else ()), *(one for one in choices[2:] if one != GCJ02))

    @property
    def needs_columns(self) -> bool:
        """Say whether the columns of coordinates must be chosen."""
        return isinstance(self.error, RefusedError) and self.error.reason == "columns"


def take_in(atlas: Atlas, own: Own) -> Own:
    """Read a file as far as it goes: to its features and units, to a question, or to a refusal."""
    fresh = replace(own, intake=None, joined={}, raster=None, error=None)
    try:
        if own.suffix in RASTERS:
            raster = read_raster(atlas, own.content, own.name, "banners", STATISTICS, limits=PICTURES)
            return replace(fresh, raster=raster, content=b"")
        content = with_columns(own.content, own.name, *own.columns) if own.columns else own.content
        intake = read_vectors(content, own.name, crs=own.crs, limits=VECTORS)
        joined = {key: join_units(atlas, frame) for key, frame in intake.layers.items()}
    except AtlasError as error:
        keeps = isinstance(error, RefusedError) and error.reason in {"columns", "crs", "coordinates"}
        return replace(fresh, error=error, content=own.content if keeps else b"")
    asked = bool(intake.crs_needed) or own.crs is not None
    return replace(fresh, intake=intake, joined=joined, content=own.content if asked else b"")


# ---- columns of a CSV ------------------------------------------------------------------------------------------------


def header(content: bytes, name: str) -> tuple[list[str], str, str]:
    """Return the columns of a CSV as they are written, its delimiter, and the text below the first line.

    Raises:
        RefusedError: it is no text.
    """
    text = decode(content, name)
    first, _, rest = text.partition("\n")
    delimiter = max(",;\t，", key=first[:4096].count)
    return next(csv.reader([first.rstrip("\r")], delimiter=delimiter), []), delimiter, rest


def column_choices(content: bytes, name: str) -> list[tuple[str, str]]:
    """Return (as written, as shown) of the columns of a CSV."""
    try:
        columns, _, _ = header(content, name)
    except (RefusedError, csv.Error):
        return []
    return [(column, clean(column, LABEL)) for column in dict.fromkeys(columns) if column.strip()]


def with_columns(content: bytes, name: str, lon: str, lat: str) -> bytes:
    """Return a CSV whose columns of coordinates are named `lon` and `lat`; others of these names step aside.

    Raises:
        RefusedError: it is no text.
    """
    columns, delimiter, rest = header(content, name)
    renamed = []
    for column in columns:
        plain = column.strip().lower()
        renamed.append(
            "lon" if column == lon else "lat" if column == lat else f"{column}_" if plain in {"lon", "lat"} else column
        )
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow(renamed)
    return (out.getvalue() + rest).encode("utf-8")


# ---- tables ----------------------------------------------------------------------------------------------------------


def table_of(joined: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return features as a table without shapes: their own columns, then units and a point (`lon`, `lat`, degrees)."""
    points = joined.geometry.representative_point()
    own = [name for name in joined.columns if name not in {*JOINED, "geometry"}]
    table = pd.DataFrame(joined[own])
    titles: list[str] = []
    for name in own:
        title = name
        while title in OURS or (title != name and title in own) or title in titles:
            title += "_"
        titles.append(title)
    table.columns = pd.Index(titles)
    for name in JOINED:
        table[name] = joined[name].to_numpy()
    for name, values in (("lon", points.x), ("lat", points.y)):
        title = name
        while title in table:
            title += "_"
        table[title] = values.round(6).to_numpy()
    return table


def counts_of(joined: gpd.GeoDataFrame, outside: str) -> pd.DataFrame:
    """Return how many features lie (for the most part) in each banner, the most first.

    Args:
        joined: of `join_units`.
        outside: name for what lies in no banner.
    """
    units = joined["unit_name"].where(joined["unit"] != "", outside)
    grouped = pd.DataFrame({"unit_name": units, "league": joined["league"], "unit": joined["unit"]})
    found = grouped.groupby(["unit_name", "league", "unit"], sort=False).size().rename("features").reset_index()
    return found.sort_values(["features", "unit"], ascending=[False, True]).reset_index(drop=True)


def english_names(atlas: Atlas) -> dict[str, str]:
    """Return the English names of banners and leagues by their Chinese ones."""
    frames = (atlas.features(layer) for layer in ("leagues", "banners"))
    return {zh: en for frame in frames for zh, en in zip(frame["name_zh"], frame["name_en"], strict=True) if en}


def with_english(table: pd.DataFrame, english: Mapping[str, str]) -> pd.DataFrame:
    """Return a table of `table_of` or `counts_of` with the English names of units before the official ones.

    Args:
        table: the rows.
        english: English names of units by their Chinese ones (`english_names`).
    """
    told = table.copy()
    for name in NAMED:
        told.insert(list(told.columns).index(name), f"{name}_en", [english.get(one, one) for one in table[name]])
    if "units" in told:
        told["units"] = ["|".join(english.get(one, one) for one in names.split("|")) for names in table["units"]]
    return told


def as_csv(table: pd.DataFrame) -> bytes:
    """Return a table as CSV in which no cell is a formula."""
    return csv_bytes(table)


def as_xlsx(sheets: Mapping[str, pd.DataFrame], about: Mapping[str, str]) -> bytes:
    """Return tables as a workbook in which no cell is a formula.

    Args:
        sheets: by title.
        about: the note.
    """
    with TemporaryDirectory(prefix="beijiang-atlas-") as folder:
        out = Path(folder) / "own.xlsx"
        write_xlsx({title: (title, table) for title, table in sheets.items()}, about, out)
        return out.read_bytes()


# ---- on the map ------------------------------------------------------------------------------------------------------


def drawing(joined: gpd.GeoDataFrame, english: Mapping[str, str] | None = None) -> tuple[dict[str, Any], int]:
    """Return features small enough for the map as GeoJSON, and how many were left out.

    Shapes are simplified, each by itself, until all have `MOST_VERTICES` together; each carries a label and its banner.

    Args:
        joined: of `join_units`.
        english: English names of banners by their Chinese ones, where the page is English.
    """
    told = english or {}
    frame = joined[~joined.geometry.is_empty & joined.geometry.notna()]
    drawn = frame.head(MOST_DRAWN)
    shapes = drawn.geometry.to_numpy()
    tolerance = 0.0005  # degrees, about 50 m
    while int(shapely.get_num_coordinates(shapes).sum()) > MOST_VERTICES and tolerance < 1:
        shapes = shapely.simplify(drawn.geometry.to_numpy(), tolerance, preserve_topology=False)
        tolerance *= 2
    counted = np.cumsum(shapely.get_num_coordinates(shapes)) <= MOST_VERTICES
    labels = _labels(drawn)
    features = []
    for shape, label, unit, fits in zip(shapes, labels, drawn["unit_name"], counted, strict=True):
        if shape is None or shape.is_empty or not fits:
            continue
        rounded = shapely.transform(shape, lambda xy: np.round(xy, DECIMALS))
        properties = {"label": label, "unit": told.get(str(unit), str(unit))}
        features.append(
            {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(rounded))}
        )
    return {"type": "FeatureCollection", "features": features}, len(frame) - len(features)


def _labels(frame: gpd.GeoDataFrame) -> list[str]:
    """Return a label a feature: its name, or the first property that is a text."""
    own = [name for name in frame.columns if name not in {"geometry", *JOINED}]
    named = [name for name in own if str(name).lower() in {"name", "名称", "name_zh", "标题", "title"}]
    texts = [name for name in own if frame[name].map(lambda value: isinstance(value, str) and bool(value)).any()]
    column = next(iter((*named, *texts)), None)
    if column is None:
        return [""] * len(frame)
    return [str(value)[:LABEL] if isinstance(value, str) else "" for value in frame[column]]


def picture_of(raster: RasterIntake) -> dict[str, Any] | None:
    """Return a raster's picture as a data URI with its corners ([[south, west], [north, east]], degrees)."""
    grey = raster.grey
    if not grey.size:
        return None
    share = np.nan_to_num(grey, nan=0.0) / 255
    stops = np.array(_RAMP, dtype=float)
    channels = [np.interp(share, (0.0, 0.5, 1.0), stops[:, at]) for at in range(3)]
    alpha = np.where(np.isfinite(grey), 215, 0)
    pixels = np.dstack([*channels, alpha]).round().astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels, "RGBA").save(out, "PNG", optimize=False)
    west, south, east, north = raster.bounds
    return {"url": data_uri(out.getvalue(), "image/png"), "bounds": [[south, west], [north, east]]}


def steps_of(places: Sequence[str], values: Sequence[float]) -> tuple[dict[str, int], list[tuple[float, float]]]:
    """Part units into steps of about equal numbers by a value; units without one have no step.

    Returns:
        The step of each unit, from 0, and the (lowest, highest) value in each step.
    """
    known = {place: float(value) for place, value in zip(places, values, strict=True) if np.isfinite(value)}
    if not known:
        return {}, []
    edges = np.unique(np.quantile(list(known.values()), np.linspace(0, 1, STEPS + 1)))
    inner = edges[1:-1]
    raw = {place: int(np.searchsorted(inner, value, side="right")) for place, value in known.items()}
    order = {step: at for at, step in enumerate(sorted(set(raw.values())))}
    steps = {place: order[step] for place, step in raw.items()}
    ranges = []
    for step in range(len(order)):
        own = [known[place] for place in steps if steps[place] == step]
        ranges.append((min(own), max(own)))
    return steps, ranges
