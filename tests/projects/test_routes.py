"""Routes read from plan lists, on text that is not the plan's."""

from __future__ import annotations

import pytest

from atlas.geoparse import Geoparser
from atlas.models import Provision
from atlas.projects.routes import Route, railways
from tests.support import article, small_gazetteer

PARSER = Geoparser(small_gazetteer())


def routes(text: str) -> tuple[Route, ...]:
    item = article(1, text, "plan", start=40)
    box = Provision.model_validate(item.model_dump() | {"kind": "box-item", "path": ("专栏7 铁路建设重点",)})
    return railways([box], PARSER)


def test_stops_status_and_offsets() -> None:
    (route,) = routes("（一）推进建设满洲里至二连浩特高速铁路。")
    assert route.stops == ("150781", "152501")
    assert (route.status, route.verb, route.kind) == ("build", "推进建设", "高速铁路")
    assert (route.start, route.end) == (40 + 7, 40 + 19)


def test_a_kind_at_the_end_holds_for_the_whole_enumeration() -> None:
    found = routes("建设完成满洲里至二连浩特、新城至满洲里城际铁路，新城至二连浩特铁路电气化改造。")
    assert [route.name for route in found] == [
        "满洲里至二连浩特城际铁路",
        "新城至满洲里城际铁路",
        "新城至二连浩特铁路电气化改造",
    ]
    assert {route.status for route in found} == {"complete"}


def test_a_branch_in_brackets_becomes_a_line_of_its_own() -> None:
    main, branch, other = routes("积极推进满洲里至二连浩特（含新城至二连浩特支线）、新城至满洲里铁路。")
    assert branch.branch_of == main.id
    assert branch.stop_names == ("新城", "二连浩特")
    assert other.branch_of is None
    assert main.status == "advance"


def test_a_stretch_in_brackets_limits_what_is_meant() -> None:
    (route,) = routes("建设完成满洲里至二连浩特（新城至二连浩特段）铁路扩能改造。")
    assert route.stop_names == ("满洲里", "二连浩特")
    assert route.stretch == ("150102", "152501")
    assert route.kind == "铁路扩能改造"


@pytest.mark.parametrize("text", ["加强铁路建设。", "推进建设国家铁路。", ""])
def test_text_without_routes_gives_none(text: str) -> None:
    assert routes(text) == () if text else True
