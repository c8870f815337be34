"""What tests share: small hand-made worlds that no document needs, the border units, the scripts of the docs."""

from __future__ import annotations

import importlib.util
from types import ModuleType

from atlas.gazetteer import Gazetteer
from atlas.models import Group, Place, PlaceClass, Provision
from atlas.paths import home

# Article 2 of the border regulation, in its order (the program reads it from the text).
BORDER_UNITS = [
    "阿拉善左旗",
    "阿拉善右旗",
    "额济纳旗",
    "乌拉特后旗",
    "乌拉特中旗",
    "达尔罕茂明安联合旗",
    "四子王旗",
    "阿巴嘎旗",
    "苏尼特左旗",
    "苏尼特右旗",
    "东乌珠穆沁旗",
    "二连浩特市",
    "阿尔山市",
    "科尔沁右翼前旗",
    "额尔古纳市",
    "陈巴尔虎旗",
    "新巴尔虎左旗",
    "新巴尔虎右旗",
    "满洲里市",
    "扎赉诺尔区",
]

NOWHERE = "no point is needed here"


def place(place_id: str, name: str, kind: str = "county", aliases: tuple[str, ...] = ()) -> Place:
    """A place without a point."""
    adcode = place_id if place_id.isdigit() else None
    parent = f"{place_id[:4]}00" if adcode and not place_id.endswith("00") else None
    return Place(id=place_id, name=name, type=kind, aliases=aliases, adcode=adcode, parent=parent, note=NOWHERE)


def small_gazetteer() -> Gazetteer:
    """Two leagues, some banners with look-alike names, two ports, a lake, a group and a class."""
    places = [
        place("150000", "内蒙古自治区", "region", ("内蒙古",)),
        place("150700", "呼伦贝尔市", "league", ("呼伦贝尔",)),
        place("152200", "兴安盟", "league"),
        place("150502", "科尔沁区", "county"),
        place("152221", "科尔沁右翼前旗", "county", ("科右前旗",)),
        place("150781", "满洲里市", "county", ("满洲里",)),
        place("152501", "二连浩特市", "county", ("二连浩特",)),
        place("150102", "新城区", "county"),
        place("150727", "新巴尔虎右旗", "county"),
        place("port/manzhouli", "满洲里口岸", "port", ("满洲里",)),
        place("port/ganqimaodu", "甘其毛都口岸", "port", ("甘其毛都",)),
        place("lake/hulun", "呼伦湖", "lake"),
        place("lake/daihai", "岱海", "lake"),
    ]
    groups = [Group(id="group/two", name="一湖一海", name_en="", members=("lake/hulun", "lake/daihai"), source="test")]
    classes = [
        PlaceClass(
            id="class/edge",
            name="边境旗市区",
            name_en="",
            triggers=("边境地区",),
            members=(),
            closed=True,
            defined_by="rule/2",
        )
    ]
    return Gazetteer(
        places={one.id: one for one in places},
        groups={one.id: one for one in groups},
        classes={one.id: one for one in classes},
        ambiguous=frozenset({("新城", "150102"), ("科尔沁", "150502")}),
        never=frozenset({"创新城"}),
    )


def article(number: int, text: str, document: str = "rule", start: int = 0) -> Provision:
    """An article whose text stands in its witness at `start` as it is."""
    return Provision(
        id=f"{document}/{number}",
        document=document,
        kind="article",
        number=f"第{number}条",
        title="",
        path=(),
        witness=f"{document}.txt",
        start=start,
        end=start + len(text),
        text=text,
        origin=tuple(range(start, start + len(text))),
    )


def docs_script(name: str) -> ModuleType:
    """A script that makes a page of the docs, as a module."""
    spec = importlib.util.spec_from_file_location(f"docs_{name}", home() / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
