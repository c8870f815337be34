"""The items of boxes in plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.corpus.prose_plan import sections


def items(box: str, before: str = "", behind: str = "") -> list[tuple[str, str, str]]:
    """The items of a box that stands between other lines: number, title, the words behind the title."""
    text = f"{before}专栏3 重点工程\n{box}\n{behind}"
    return [
        (one.number, one.title, one.text.removeprefix(one.title))
        for one in sections(text, "plan.txt")
        if one.kind == "box-item"
    ]


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ("1. 防洪。治理甲河。\n2.供水。建设乙水库。", [("1.", "防洪", "治理甲河。"), ("2.", "供水", "建设乙水库。")]),
        (
            "（一）防洪工程\n治理甲河。\n（二）供水工程\n建设乙水库。",
            [("（一）", "防洪工程", "治理甲河。"), ("（二）", "供水工程", "建设乙水库。")],
        ),
        ("①甲水库；②乙水库。", [("①", "甲水库", ""), ("②", "", "乙水库。")]),
        ("（1）建设甲园区；（2）建设乙基地", [("（1）", "", "建设甲园区"), ("（2）", "", "建设乙基地")]),
        ("铁路：甲至乙铁路\n公路：丙至丁公路", [("", "铁路", "甲至乙铁路"), ("", "公路", "丙至丁公路")]),
        ("——煤炭。建设甲矿。\n——油气。建设乙田。", [("——", "煤炭", "建设甲矿。"), ("——", "油气", "建设乙田。")]),
        (
            "01 口岸工程\n建设甲口岸。\n02 通道工程\n建设乙桥。",
            [("01", "口岸工程", "建设甲口岸。"), ("02", "通道工程", "建设乙桥。")],
        ),
        (
            "口岸工程\n建设甲口岸。\n通道工程\n建设乙桥。",
            [("", "口岸工程", "建设甲口岸。"), ("", "通道工程", "建设乙桥。")],
        ),
        ("1. 灌溉。达到3.6亿亩，水系数0.5。", [("1.", "灌溉", "达到3.6亿亩，水系数0.5。")]),
    ],
)
def test_marks_part_the_items(box: str, expected: list[tuple[str, str, str]]) -> None:
    assert items(box) == expected


def test_a_broken_line_belongs_to_its_item() -> None:
    assert items("1. 防洪。治理甲河，加固堤防，并在下游修建\n两座水闸。\n2. 供水。建设乙水库。") == [
        ("1.", "防洪", "治理甲河，加固堤防，并在下游修建两座水闸。"),
        ("2.", "供水", "建设乙水库。"),
    ]


def test_a_box_ends_where_the_plan_goes_on() -> None:
    text = "（一）水利\n略。\n专栏三 工程\n1.甲工程：建设乙水库。\n推进其他工作，完善管理。\n（二）交通\n略。\n"
    found = sections(text, "plan.txt")
    assert [(one.id, one.title, one.text) for one in found] == [
        ("text/1", "水利", "略。"),
        ("text/box-3/1", "甲工程", "甲工程建设乙水库。"),
        ("text/2", "", "推进其他工作，完善管理。"),
        ("text/3", "交通", "略。"),
    ]
    assert found[1].path == ("（一）水利", "专栏三 工程")


def test_marks_inside_marks_head_what_stands_below_them() -> None:
    box = "专栏7 设施\n一、水利\n（一）水库：建设甲水库\n（二）引水：建设乙工程\n二、交通\n（一）铁路：建设丙铁路\n"
    text = box + "第二章 生态\n略。\n"
    found = sections(text, "plan.txt")
    assert [(one.title, one.path) for one in found] == [
        ("水库", ("专栏7 设施", "水利")),
        ("引水", ("专栏7 设施", "水利")),
        ("铁路", ("专栏7 设施", "交通")),
        ("生态", ()),
    ]


def test_every_character_keeps_its_place() -> None:
    text = "专栏3 工程\r\n 1. 防洪。治理甲河。\r\n—12—\r\n2. 供水：建设乙水库；\r\n"
    for one in sections(text, "plan.txt"):
        assert "".join(text[at] for at in one.origin) == one.text


def test_a_box_without_words_is_none() -> None:
    assert sections("专栏1 甲\n专栏2 乙\n第一章 丙\n", "plan.txt") == ()


@given(
    st.lists(
        st.sampled_from(
            ["1", ".", "（", "）", "一", "、", "①", "：", "。", "\n", "甲", "——", " ", "【", "】", "；", "0", "专栏2"]
        )
    )
)
def test_any_text_keeps_its_characters(parts: list[str]) -> None:
    text = "专栏1 甲\n" + "".join(parts)
    for one in sections(text, "plan.txt"):
        assert "".join(text[at] for at in one.origin) == one.text


def test_boxes_of_one_number_have_ids_of_their_own() -> None:
    found = sections("专栏1 甲\n1.防洪。略。\n专栏1 乙\n1.供水。略。\n", "plan.txt")
    assert [one.id for one in found] == ["text/box-1/1", "text/box-2/1"]
