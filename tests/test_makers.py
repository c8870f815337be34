"""Features that definitions describe: unions, lines and named places, on a gazetteer of a handful of places."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.errors import SourceError
from atlas.gazetteer import Gazetteer
from atlas.geometry import areas, water
from atlas.layers import Area, GeometryRule, Layer, layer
from atlas.makers import Sources, make_areas, make_lines, make_named, status_of
from atlas.models import Group, Mention, Place, Precision
from atlas.paths import geodata


def place(key: str, name: str, kind: str, lon: float | None = None, lat: float | None = None) -> Place:
    precision = Precision.SEAT if lon is not None else None
    return Place(id=key, name=name, type=kind, lon=lon, lat=lat, precision=precision, source="a book", note="none")


PLACES = [
    place("150700", "呼伦贝尔市", "league", 119.75, 49.21),
    place("150721", "阿荣旗", "county", 123.46, 48.13),
    place("150783", "扎兰屯市", "county", 122.74, 48.01),
    place("desert/kubuqi", "库布其沙漠", "desert", 109.0, 40.0),
    place("town/anye", "安业", "town"),
    place("airport/zhalantun", "扎兰屯机场", "airport", 122.77, 47.87),
    place("airport/manzhouli", "满洲里机场", "airport", 117.33, 49.57),
]


def mention(target: str, surface: str) -> Mention:
    return Mention(start=0, end=len(surface), surface=surface, place=target, certainty=1)


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    two = Group(id="group/two", name="两地", name_en="Two", members=("150721", "150783"), source="a book")
    gazetteer = Gazetteer({one.id: one for one in PLACES}, {two.id: two}, {}, frozenset())
    named = [mention("150721", "阿荣旗"), mention("150783", "扎兰屯市"), mention("desert/kubuqi", "库布其")]
    return Sources(gazetteer, tmp_path, {"plan/box-3/1": named, "plan/box-22/2": [mention("150783", "扎兰屯")]})


def definition(rule: GeometryRule) -> Layer:
    return layer("zones").model_copy(update={"geometry": rule})


def made(sources: Sources, **area: object) -> dict:
    rule = GeometryRule(rule="areas", kind="polygon", areas=(Area.model_validate({"place": "zone/one", **area}),))
    return make_areas(definition(rule), sources).iloc[0].to_dict()


def test_a_union_of_the_units_that_a_provision_names(sources: Sources) -> None:
    row = made(sources, members=("named-in:plan/box-3/1",), name={"zh": "一区", "en": "One"})
    parts = [areas.unit_boundaries()[code] for code in ("150721", "150783")]
    assert water.area_km2(row["geometry"]) == pytest.approx(sum(map(water.area_km2, parts)), rel=1e-6)
    assert row["precision"] == "boundary"
    assert "阿荣旗、扎兰屯市" in row["note"]
    assert row["source"].startswith("plan/box-3/1")


def test_an_open_list_is_schematic(sources: Sources) -> None:
    assert made(sources, members=("group/two",), precision="schematic")["precision"] == "schematic"


def test_a_group_gives_its_name(sources: Sources) -> None:
    row = made(sources, place="group/two", members=("group/two",))
    assert (row["name_zh"], row["name_en"]) == ("两地", "Two")


def test_a_shape_alone_keeps_its_own_words(sources: Sources) -> None:
    (sources.shapes_folder / "deserts.geojson").write_bytes((geodata() / "shapes" / "deserts.geojson").read_bytes())
    row = made(sources, members=("desert/kubuqi",))
    assert row["precision"] == "digitised"
    assert row["note"].startswith("A band")


@pytest.mark.parametrize(
    ("members", "said"),
    [
        (("lake/nowhere",), "unknown member 'lake/nowhere'"),
        (("named-in:plan/box-99/1",), "unknown provision 'plan/box-99/1'"),
        (("town/anye",), "no member has a shape"),
    ],
)
def test_members_that_cannot_be_drawn_are_refused(sources: Sources, members: tuple[str, ...], said: str) -> None:
    with pytest.raises(SourceError, match=said):
        made(sources, members=members)


def tables(folder: Path, nodes: str, source: str = "a book", of: str = "") -> None:
    head = "line,layer,undertaking,name,name_en,type,status,source,note\n"
    (folder / "lines.csv").write_text(f"{head}road/one,zones,{of},一线,One,road,build,{source},\n", encoding="utf-8")
    (folder / "line_nodes.csv").write_text(f"line,order,node,name,lon,lat,source\n{nodes}", encoding="utf-8")


def lines(sources: Sources) -> dict:
    return make_lines(definition(GeometryRule(rule="lines", kind="line")), sources).iloc[0].to_dict()


def test_a_line_runs_through_places_points_and_groups(sources: Sources) -> None:
    tables(
        sources.shapes_folder, "road/one,1,150700,,,,\nroad/one,2,,某地,120.5,48.5,a map\nroad/one,3,group/two,,,,\n"
    )
    row = lines(sources)
    assert [tuple(round(x, 2) for x in xy) for xy in row["geometry"].coords] == [
        (119.75, 49.21),
        (120.5, 48.5),
        (123.1, 48.07),
    ]
    assert row["precision"] == "schematic"
    assert "呼伦贝尔市—某地—两地" in row["note"]


def test_a_line_of_an_undertaking_that_nobody_lists_is_refused(sources: Sources) -> None:
    tables(sources.shapes_folder, "road/one,1,150700,,,,\nroad/one,2,150721,,,,\n", of="没有的公路")
    with pytest.raises(SourceError, match="unknown undertaking '没有的公路'"):
        lines(sources)


def test_a_line_follows_a_mapped_river(sources: Sources) -> None:
    tables(
        sources.shapes_folder,
        "road/one,1,,甲,107.1,40.4,a map\nroad/one,2,along:river/huanghe,黄河,,,\nroad/one,3,,乙,110.9,40.3,a map\n",
    )
    assert water.length_km(lines(sources)["geometry"]) > 400


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        ("road/one,1,150700,,,,\nroad/one,2,town/anye,,,,\n", "unknown place with a point 'town/anye'"),
        ("road/one,1,150700,,,,\nroad/one,2,,某地,120,48,\n", "某地 has no source"),
        ("road/one,1,150700,,,,\nroad/one,2,,某地,east,48,a map\n", "line 3"),
        ("road/one,1,along:river/huanghe,黄河,,,\nroad/one,2,150700,,,,\n", "needs a node before and after"),
        ("road/two,1,150700,,,,\n", "road/one has no nodes"),
    ],
)
def test_nodes_that_cannot_be_placed_are_refused(sources: Sources, nodes: str, said: str) -> None:
    tables(sources.shapes_folder, nodes)
    with pytest.raises(SourceError, match=said):
        lines(sources)


def test_named_places_are_of_the_layers_types_and_say_where(sources: Sources) -> None:
    rule = GeometryRule.model_validate(
        {
            "rule": "named",
            "kind": "point",
            "types": ("county",),
            "named": ({"status": "one", "provisions": ("plan/box-3/1", "plan/box-22/2")},),
        }
    )
    frame = make_named(definition(rule), sources).set_index("place")
    assert list(frame.index) == ["150721", "150783"]
    assert frame.loc["150783", "note"] == "plan/box-3/1、plan/box-22/2点名"


def test_a_site_has_the_status_of_the_provision_that_names_its_unit(sources: Sources) -> None:
    airports = layer("airports")
    known = sources.gazetteer.places
    assert status_of(known["airport/zhalantun"], airports, sources) == "rebuild"
    assert status_of(known["airport/manzhouli"], airports, sources) == ""
