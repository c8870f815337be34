"""Plans without a table of contents: sections by their headings, every character where it stands in the file."""

from __future__ import annotations

from atlas.corpus.prose_plan import sections

PLAN = """\ufeff某市发展规划

第一章 基础设施
第一节 交通
建设甲至乙铁路，公路总里程达到
2.8万公里。
　　推进丙机场建设。
（一）水利
开展丁水库除险加固；
一是防洪。

第二章  生态
治理戊湖。
"""


def test_headings_part_the_text() -> None:
    found = sections(PLAN, "plan.txt")
    assert [(one.id, one.number, one.title, one.path) for one in found] == [
        ("text/1", "", "", ()),
        ("text/2", "第一节", "交通", ("第一章 基础设施",)),
        ("text/3", "（一）", "水利", ("第一章 基础设施", "第一节 交通")),
        ("text/4", "第二章", "生态", ()),
    ]
    assert {one.kind for one in found} == {"section"}


def test_a_broken_line_goes_on_and_a_paragraph_ends() -> None:
    _, traffic, water, _ = sections(PLAN, "plan.txt")
    assert traffic.text == "建设甲至乙铁路，公路总里程达到2.8万公里。\n推进丙机场建设。"
    assert water.text == "开展丁水库除险加固；\n一是防洪。"


def test_every_character_keeps_its_place() -> None:
    for one in sections(PLAN, "plan.txt"):
        assert "".join(PLAN[at] for at in one.origin) == one.text
        assert (one.start, one.end) == (one.origin[0], one.origin[-1] + 1)


def test_page_marks_and_carriage_returns_are_left_out() -> None:
    (one,) = sections("建设甲\r\n—12—\r\n至乙铁路。\r\n", "plan.txt")
    assert one.text == "建设甲至乙铁路。"


def test_a_line_inside_a_sentence_is_no_heading() -> None:
    text = "推进下列工作\n（一）类地区的建设，\n第一章 总则\n略。\n"
    assert [(one.title, one.text) for one in sections(text, "plan.txt")] == [
        ("", "推进下列工作（一）类地区的建设，"),
        ("总则", "略。"),
    ]


def test_text_without_words_has_no_sections() -> None:
    assert sections(" \n\u3000\r\n", "plan.txt") == ()
    assert sections("第一章 总则\n", "plan.txt") == ()
