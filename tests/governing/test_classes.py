"""The table of classes: every member known and sourced, tokens resolved, errors that name the row."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from atlas.errors import SourceError
from atlas.geoparse import Geoparser
from atlas.governing.classes import with_members
from atlas.governing.rules import read_rules
from atlas.models import PlaceClass
from atlas.paths import geodata, home
from atlas.store import Atlas
from tests.support import article, small_gazetteer

TABLE = geodata() / "gazetteer" / "classes.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
FIRST_READ = date(2026, 11, 21)  # no row is older than the table


def resolved(*members: str) -> tuple[str, ...]:
    entry = PlaceClass(
        id="class/x", name="x", name_en="x", triggers=("x",), members=members, closed=False, defined_by="test"
    )
    gazetteer = small_gazetteer().with_classes([entry])
    provisions = [
        article(1, "兴安盟发展旅游。", "plan/box-6").model_copy(update={"id": "plan/box-6/1"}),
        article(2, "呼伦贝尔市发展牧业。", "plan/box-6").model_copy(update={"id": "plan/box-6/2"}),
    ]
    return with_members(gazetteer, provisions, Geoparser(gazetteer)).classes["class/x"].members


def test_every_row_says_where_it_comes_from() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row["defined_by"], row["id"]
        assert date.fromisoformat(row["date"]) >= FIRST_READ, row["id"]
        assert row["members"] or row["id"] == "class/border" or row["note"], f"{row['id']}: why has it no members?"
        assert (row["method"] == "none") == (not row["members"] and row["id"] != "class/border"), row["id"]


def test_every_class_word_stands_in_a_document(atlas: Atlas) -> None:
    texts = "\n".join(atlas.provisions()["text"]) + "\n".join(atlas.provisions()["title"])
    rules = read_rules(TABLE)
    for row in ROWS:
        # As the program reads them: phrases that mean something else do not count, 黄河、嫩江等流域 is 嫩江流域.
        patterns = (rules[row["id"]].words, rules[row["id"]].weak_words)
        found = any(match["word"] for pattern in patterns for match in pattern.finditer(texts))
        assert found or row["id"] in {"class/port-county"}, row["id"]


def test_every_class_is_documented() -> None:
    page = (home() / "docs" / "governing.md").read_text(encoding="utf-8")
    assert [row["id"] for row in ROWS if f"| `{row['id'].removeprefix('class/')}` {row['name']} |" not in page] == []


def test_every_member_is_a_place_of_the_gazetteer(atlas: Atlas) -> None:
    for entry in atlas.gazetteer.classes.values():
        assert set(entry.members) <= atlas.gazetteer.places.keys(), entry.id
        assert len(set(entry.members)) == len(entry.members), entry.id


def test_parts_of_the_region_are_read_from_the_boxes_and_cover_it(atlas: Atlas) -> None:
    classes = atlas.gazetteer.classes
    parts = [set(classes[f"class/{part}"].members) for part in ("east", "centre", "west")]
    units = {place.id for place in atlas.gazetteer.places.values() if place.type in {"league", "county"}}
    assert set.union(*parts) == units
    assert sum(len(part) for part in parts) == len(units), "no unit lies in two parts"


def test_units_on_the_yellow_river_agree_with_the_map(atlas: Atlas) -> None:
    """All units that the main stem crosses are members; the uncertain ones are not on the stem."""
    crossed = {
        one.unit for one in atlas.relations("river/huanghe") if one.place == "river/huanghe" and one.share > 0.01
    }
    counties = {unit for unit in crossed if not unit.endswith("00")}
    classes = atlas.gazetteer.classes
    assert counties <= set(classes["class/yellow-river-basin"].members)
    assert not counties & set(classes["class/yellow-river-part"].members)
    kongdui = {
        unit.unit for place in atlas.gazetteer.groups["group/shida-kongdui"].members for unit in atlas.relations(place)
    }
    assert {unit for unit in kongdui if not unit.endswith("00")} <= set(classes["class/yellow-river-basin"].members)


def test_no_unit_outside_the_leagues_along_the_river_is_in_its_basin(atlas: Atlas) -> None:
    for name in ("class/yellow-river-basin", "class/yellow-river-part"):
        units = [member for member in atlas.gazetteer.classes[name].members if member.isdigit()]
        assert {unit[:4] for unit in units} <= {"1501", "1502", "1503", "1506", "1508", "1509", "1529"}
    assert "152923" not in atlas.gazetteer.classes["class/yellow-river-basin"].members


def test_border_leagues_are_those_that_hold_a_border_unit(atlas: Atlas) -> None:
    classes = atlas.gazetteer.classes
    assert set(classes["class/border-league"].members) == {f"{unit[:4]}00" for unit in classes["class/border"].members}


def test_a_port_that_is_only_planned_is_none_yet(atlas: Atlas) -> None:
    ports = set(atlas.gazetteer.classes["class/port"].members)
    assert {"port/manzhouli", "port/huhehaote-air"} <= ports
    assert not ports & {"port/wulanchabu-air", "port/tongliao-air"}
    assert not {"150900", "150500"} & set(atlas.gazetteer.classes["class/port-league"].members)


def test_units_on_the_mapped_rivers_of_a_basin_are_in_it(atlas: Atlas) -> None:
    classes = atlas.gazetteer.classes
    for key, main in (("xiliao", "xiliao"), ("nenjiang", "nenjiang"), ("eerguna", "eerguna"), ("luanhe", "luanhe")):
        members = set(classes[f"class/{key}-basin"].members)
        river = f"river/{main}"
        units = {one.unit for one in atlas.relations(river) if one.place == river and one.share > 0.01}
        assert units <= members, key
        assert river in members


def test_along_the_river_is_less_than_its_basin(atlas: Atlas) -> None:
    classes = atlas.gazetteer.classes
    bank, basin = (set(classes[f"class/yellow-river-{part}"].members) for part in ("bank", "basin"))
    assert bank < basin
    crossed = {one.unit for one in atlas.relations("river/huanghe") if one.place == "river/huanghe"}
    assert {unit for unit in bank if unit.isdigit()} == crossed | {f"{unit[:4]}00" for unit in crossed}


def test_classes_of_kinds_of_land_reach_the_things_and_not_their_units(atlas: Atlas) -> None:
    """What is said of reserves, grasslands or heritage is given to those that carry a name."""
    for place, kind, provision in (
        ("wetland/hanmaguojiajiziranbaohuqu", "class/nature-reserve", "ecology/82"),
        ("grassland/hulunbeiercaoyuan", "class/grassland", "ecology/11"),
        ("irrigation-district/hetao", "class/irrigation-district", "ecology/24"),
        ("mountain/daqingshan", "class/yinshan-part", "plan/6"),
    ):
        found = {record.id: record for record in atlas.governing(place)}
        assert found[provision].via == kind, place
        units = {one.unit for one in atlas.relations(place) if one.place == place}
        assert kind not in {record.via for unit in units for record in atlas.governing(unit)}, place
    forest = {record.via for record in atlas.governing("wetland/hanmaguojiajiziranbaohuqu")}
    assert "class/lakes-wetlands" not in forest, "a reserve of forest is no wetland"


def test_every_port_opens_its_note_with_a_status_and_planned_ones_are_no_ports_yet(atlas: Atlas) -> None:
    ports = {place.id: place.note for place in atlas.gazetteer.places.values() if place.type == "port"}
    status = re.compile(r"(Open|Seasonal|Approved|Not among|Planned)\b")
    assert [port for port, note in ports.items() if not status.match(note)] == []
    planned = {port for port, note in ports.items() if note.startswith("Planned")}
    assert planned, "else nothing is tested"
    assert planned.isdisjoint(atlas.gazetteer.classes["class/port"].members)
    assert set(ports) - planned <= set(atlas.gazetteer.classes["class/port"].members)


def test_tokens() -> None:
    assert resolved("type:port") == ("port/manzhouli", "port/ganqimaodu")
    assert resolved("in:150700") == ("150781", "150727")
    assert resolved("leagues-of:in:150700", "150502") == ("150700", "150502")
    assert resolved("items-of:plan/box-6")[0] == "152200"
    assert set(resolved("items-of:plan/box-6")) == {"152200", "152221", "150700", "150781", "150727"}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("150999", "150999"),
        ("class/none", "above it"),
        ("in:159900", "159900"),
        ("items-of:plan/box-99", "plan/box-99"),
        ("kind:port", "kind:port"),
    ],
)
def test_a_member_that_means_nothing_is_an_error_that_names_it(cell: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        resolved(cell)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",yes,ground,,1,text,border/2,", ",perhaps,ground,,1,text,border/2,", "choose yes or no"),
        (",yes,ground,,1,text,border/2,", ",yes,sea,,1,text,border/2,", "choose ground, people or basin"),
        (",yes,ground,,1,text,border/2,", ",yes,ground,,2,text,border/2,", "certainty"),
        (",1,text,border/2,", ",1,text,,", "no source"),
    ],
)
def test_a_bad_row_is_an_error_that_names_the_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = TABLE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "classes.csv"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SourceError, match=rf"line \d+.*{said}"):
        read_rules(path)
