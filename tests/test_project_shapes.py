"""Where undertakings lie, on a gazetteer of a handful of places: routes, sites, groups, and why there is nothing."""

from __future__ import annotations

import pytest
import shapely

from atlas.gazetteer import Gazetteer
from atlas.geometry import boundaries
from atlas.layers import GeometryRule, Layer, layer
from atlas.makers import Sources
from atlas.models import Group, Place, Precision
from atlas.paths import geodata
from atlas.project_shapes import Drawn, Shape, legs, project_shapes, read_waypoints, units_on
from atlas.projects.project import Listing, Project
from atlas.register_features import make_register, said_of


def place(key: str, name: str, lon: float | None = None, kind: str = "town") -> Place:
    """A place on the 45th parallel."""
    lat = None if lon is None else 45.0
    precision = None if lon is None else Precision.SEAT
    return Place(
        id=key,
        name=name,
        name_en=key[-1].upper(),
        type=kind,
        lon=lon,
        lat=lat,
        precision=precision,
        source="s",
        note="n",
    )


PLACES = [
    place("town/a", "甲", 110),
    place("town/b", "乙"),
    place("town/c", "丙", 112),
    place("town/d", "丁", 113),
    place("zone/e", "甲综合保税区", 110.5, "bonded-zone"),
    place("desert/f", "戊沙漠", 109, "desert"),
]
GROUP = Group(id="group/two", name="两地", name_en="Two", members=("town/a", "town/c"), source="s")
GAZETTEER = Gazetteer({one.id: one for one in PLACES}, {GROUP.id: GROUP}, {}, frozenset())
NAMES = {one.id: one.name for one in PLACES} | {GROUP.id: GROUP.name}
AREA = shapely.box(108, 44, 110, 46)


def project(key: str, *places: str, course: str = "", site: str | None = None, **more: object) -> Project:
    """An undertaking at these places of the gazetteer."""
    names = tuple(NAMES.get(one, one) for one in places)
    fields = {
        "id": key,
        "name": f"{'至'.join(names) or '某'}公路",
        "category": key.split("/", maxsplit=1)[0],
        "kind": "route" if course else "facility",
        "verb": "建设",
        "status": "build",
        "places": places,
        "place_names": names,
        "site": site,
        "listing": Listing(provision="city/1", start=0, end=2, text_start=0, text_end=2),
        "course": course,
        "certainty": 1,
    }
    return Project.model_validate(fields | more)


def shapes(*projects: Project, **more: dict) -> dict[str, Shape]:
    arguments = {"waypoints": {}, "known": {"desert/f": (AREA, Precision.DIGITISED)}, "drawn": {}} | more
    return project_shapes(projects, GAZETTEER, **arguments)


def xs(shape: Shape) -> list[float]:
    return [x for x, _ in shapely.get_coordinates(shape.geometry)]


def test_a_route_runs_through_its_stops_and_way_points() -> None:
    route = project("road/1", "town/a", "town/c", course="甲至丙")
    shape = shapes(route, waypoints={"甲至丙": {0: ((111.0, 45.5),)}})["road/1"]
    assert (xs(shape), shape.precision) == ([110, 111, 112], "schematic")
    assert "2个节点和1个有来源的途经点" in shape.note


def test_a_stop_without_a_point_is_said_and_way_points_then_left_out() -> None:
    route = project("road/1", "town/a", "town/b", "town/c", course="甲至乙至丙")
    shape = shapes(route, waypoints={"甲至乙至丙": {0: ((111.0, 45.5),)}})["road/1"]
    assert xs(shape) == [110, 112]
    assert "未定位节点：乙" in shape.note


def test_a_route_with_one_point_has_no_line_and_says_why() -> None:
    shape = shapes(project("road/1", "town/a", "town/b", course="甲至乙"))["road/1"]
    assert shape == Shape(None, "", "未定位节点：乙")


def test_sections_that_meet_at_an_unknown_stop_are_one_line() -> None:
    first = project("road/1", "town/a", "town/b", course="甲至乙")
    second = project("road/2", "town/b", "town/c", course="乙至丙")
    third = project("road/3", "town/c", "town/d", course="丙至丁")
    found = shapes(first, second, third)
    assert found["road/1"] is found["road/2"]
    assert xs(found["road/1"]) == [110, 112]
    assert xs(found["road/3"]) == [112, 113]


def test_sections_of_different_lists_stay_apart() -> None:
    first = project("road/1", "town/a", "town/b", course="甲至乙")
    other = Listing(provision="city/2", start=0, end=2, text_start=0, text_end=2)
    second = project("road/2", "town/b", "town/c", course="乙至丙", listing=other)
    assert [one.geometry for one in shapes(first, second).values()] == [None, None]


def test_a_site_comes_before_the_places() -> None:
    found = shapes(project("border/1", "town/a", site="zone/e"), project("border/2", "town/a"))
    assert (xs(found["border/1"]), xs(found["border/2"])) == ([110.5], [110])


def test_places_of_one_kind_are_a_multi_of_several_a_collection() -> None:
    found = shapes(project("hub/1", "group/two"), project("hub/2", "desert/f", "town/a"), project("hub/3", "desert/f"))
    kinds = [found[key].geometry.geom_type for key in ("hub/1", "hub/2", "hub/3")]
    assert kinds == ["MultiPoint", "GeometryCollection", "Polygon"]
    assert [found[key].precision for key in ("hub/2", "hub/3")] == ["seat", "digitised"]


def test_what_has_no_place_says_so() -> None:
    assert shapes(project("hub/1"))["hub/1"].note == "原文没有点出地点"
    assert shapes(project("hub/2", "town/b"))["hub/2"].note == "未定位：乙"


def test_a_drawn_line_is_that_of_the_undertaking_of_its_name() -> None:
    line = shapely.LineString([(110, 45), (111, 44)])
    shape = shapes(project("road/1", "town/a"), drawn={"甲公路": Drawn(line, "经某地")})["road/1"]
    assert shape == Shape(line, "schematic", "经某地")


# -- features ----------------------------------------------------------------------------------------------------------


def definition(**rule: object) -> Layer:
    named = ({"status": "first", "provisions": ("city/1",)},)
    geometry = GeometryRule.model_validate({"rule": "register", "kind": "line", "named": named} | rule)
    return layer("zones").model_copy(update={"geometry": geometry})


def sources(*projects: Project) -> Sources:
    return Sources(GAZETTEER, geodata() / "shapes", {}, projects, shapes(*projects))


def test_sections_drawn_as_one_are_one_feature_named_from_end_to_end() -> None:
    first = project("road/1", "town/a", "town/b", course="甲至乙", name="G5甲至乙公路")
    second = project("road/2", "town/b", "town/c", course="乙至丙", name="G5乙至丙公路")
    frame = make_register(definition(categories=("road",)), sources(first, second))
    assert frame[["place", "name_zh", "name_en", "status"]].to_numpy().tolist() == [
        ["road/1", "G5甲至乙至丙公路", "G5 A–C", "first"]
    ]


def test_only_the_categories_lists_and_shapes_of_the_layer_are_drawn() -> None:
    other = Listing(provision="city/2", start=0, end=2, text_start=0, text_end=2)
    rows = (
        project("road/1", "town/a", "town/c", course="甲至丙"),
        project("gas/1", "town/a", "town/c", course="甲至丙"),
        project("road/2", "town/c", "town/d", course="丙至丁", listing=other),
        project("road/3", "town/a"),
    )
    assert list(make_register(definition(categories=("road",)), sources(*rows))["place"]) == ["road/1"]


def test_a_point_stands_for_the_place_it_is_at() -> None:
    frame = make_register(
        definition(kind="point", categories=("hub",)), sources(project("hub/1", "town/a", name="甲枢纽"))
    )
    assert frame[["place", "name_zh", "precision"]].to_numpy().tolist() == [["town/a", "甲", "seat"]]
    assert frame["note"][0].startswith("甲枢纽：")


@pytest.mark.parametrize(("key", "said"), [("zone/e", "项目名录：某公路（建设，city/1）"), ("town/a", "")])
def test_a_site_says_which_undertaking_it_is_of(key: str, said: str) -> None:
    assert said_of(key, definition(), sources(project("border/1", site="zone/e")))[1] == said


def test_way_points_say_which_units_a_line_runs_through() -> None:
    waypoints = read_waypoints(geodata() / "gazetteer" / "waypoints.csv")
    through = units_on(waypoints, boundaries.units("county"))
    assert through["集宁至二连浩特"] == {"150928": "白音察干", "152524": "朱日和"}
    assert "150900" not in through["集宁至二连浩特"], "counties, not leagues"
    assert through["海拉尔至满洲里"] == {"150725": "完工", "150726": "嵯岗", "150703": "扎赉诺尔"}
    assert through["呼和浩特至包头"] == {"150121": "察素齐", "150221": "萨拉齐"}
    assert len(legs(waypoints)["集宁至二连浩特"][0]) == 3
