"""The reading of any text: what the page layout put in is out, and every character knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.corpus import Corpus, reading
from atlas.corpus.reading import page_marks, running

PIECES = st.sampled_from(
    [
        "额济纳旗",
        "二连浩特",
        "—71—",
        "— 8 —",
        "\n",
        "\n\n",
        "\r\n",
        "。",
        "，",
        "；",
        "（一）",
        "第二条 ",
        "2025",
        "年",
        " ",
        "\u3000",
        "——",
        "“”",
        "abc",
        "- 12 -",
        "专栏",
        "地区生产总值年均增长百分之六左右",
        "\ue000",
        "😀",
        "—",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200)


@given(TEXTS)
def test_origin_leads_back_and_nothing_but_layout_is_lost(text: str) -> None:
    read = reading(text)
    assert [text[offset] for offset in read.origin] == list(read.text)
    assert list(read.origin) == sorted(set(read.origin))
    marks = {i for start, end in page_marks(text) for i in range(start, end)}
    lost = set(range(len(text))) - set(read.origin)
    assert all(i in marks or text[i].isspace() or text[i] in "\u200b\ufeff" for i in lost)


@given(TEXTS)
def test_running_text_has_no_line_breaks_or_page_marks(text: str) -> None:
    read = running(text)
    assert [text[offset] for offset in read.origin] == list(read.text)
    assert "\n" not in read.text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("前往额济—12—纳旗考察", "前往额济纳旗考察"),
        ("前往额济 — 12 — 纳旗考察", "前往额济纳旗考察"),
        ("前往额济\n—12—\n纳旗考察", "前往额济纳旗考察"),
        ("前往额济\n- 12 -\n纳旗考察", "前往额济纳旗考察"),
        ("前往额济\n纳旗考察", "前往额济纳旗考察"),
        ("前往额济\r\n  纳旗考察", "前往额济纳旗考察"),
        (
            "把维护国家统一和民族团结作为最高利益，不断巩\n\n固发展",
            "把维护国家统一和民族团结作为最高利益，不断巩固发展",
        ),
        ("推动乌兰察布、通辽、赤峰、包头的机场到\n2025年建成", "推动乌兰察布、通辽、赤峰、包头的机场到2025年建成"),
        ("生态保护和修复工程9—31—（一）库布其", "生态保护和修复工程9（一）库布其"),
        ("7.7>8.2——12—注：", "7.7>8.2—注："),
    ],
)
def test_layout_is_taken_out(text: str, read: str) -> None:
    assert reading(text).text == read


@pytest.mark.parametrize(
    "text",
    [
        "额济纳旗。\n二连浩特市",
        "包括：\n（一）额济纳旗；\n（二）二连浩特市。",
        "适用本条例\n第三条 额济纳旗",
        "规划纲要\n第一章 总则",
        "重点铁路\n专栏20",
        "2021—2025—2030年",
        "其中——5——处",
        "标题\n\n正文从这里开始",
        "二连\n浩特\n满洲里\n包头",
        "one\ntwo",
        "",
    ],
)
def test_what_the_author_set_stays(text: str) -> None:
    assert reading(text).text == text


def test_a_name_that_a_page_mark_cuts_is_whole_in_the_reading_of_the_plan(corpus: Corpus) -> None:
    text = corpus.texts["004_7968cd12a72fd71d.txt"]
    assert "集宁区与察右前旗一体化发展" not in text
    read = reading(text).text
    assert "集宁区与察右前旗一体化发展" in read
    assert "—76—" not in read


def test_the_plan_has_its_page_marks(corpus: Corpus) -> None:
    text = corpus.texts["004_7968cd12a72fd71d.txt"]
    assert [int(text[start + 1 : end - 1]) for start, end in page_marks(text)] == [*range(1, 11), *range(1, 130)]
