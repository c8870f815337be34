"""The geoparser on a small world: what counts as a name, which place it is, and offsets into the text as given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.geoparse import Geoparser
from tests.support import small_gazetteer

GAZETTEER = small_gazetteer()
PARSER = Geoparser(GAZETTEER)


def found(text: str) -> list[tuple[str, str | None]]:
    return [(mention.surface, mention.place) for mention in PARSER.parse(text)]


def test_the_longest_name_wins() -> None:
    assert found("科尔沁右翼前旗和科尔沁区") == [("科尔沁右翼前旗", "152221"), ("科尔沁区", "150502")]


@pytest.mark.parametrize("text", ["建设创新城市。", "新城建设取得进展。", "科尔沁牛是品牌。"])
def test_common_words_are_not_places(text: str) -> None:
    assert found(text) == []


def test_a_list_of_places_supports_an_ambiguous_form() -> None:
    assert found("在新城、二连浩特市开展。") == [("新城", "150102"), ("二连浩特市", "152501")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("满洲里口岸", [("满洲里口岸", "port/manzhouli")]),
        ("提升满洲里、甘其毛都等边境口岸服务能力", [("满洲里", "port/manzhouli"), ("甘其毛都", "port/ganqimaodu")]),
        ("（三）重要口岸枢纽满洲里、甘其毛都。", [("满洲里", "port/manzhouli"), ("甘其毛都", "port/ganqimaodu")]),
        # 海拉尔 is in no table of this small world: a name by its place on the route.
        ("海拉尔至满洲里高速公路", [("海拉尔", None), ("满洲里", "150781")]),
        ("满洲里国家重点开发开放试验区", [("满洲里", "150781")]),
    ],
)
def test_a_generic_word_chooses_the_kind(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert found(text) == expected


def test_groups_are_mentions_too() -> None:
    assert found("加强一湖一海治理") == [("一湖一海", "group/two")]


def test_a_page_mark_inside_a_name_does_not_hide_it() -> None:
    text = "支持二连浩—71—特和满洲里发展"
    mentions = PARSER.parse(text)
    assert [mention.place for mention in mentions] == ["152501", "150781"]
    assert text[mentions[0].start : mentions[0].end] == "二连浩—71—特"
    assert text[mentions[1].start : mentions[1].end] == "满洲里"


@given(st.text(alphabet="满洲里口岸、和二连浩特市新城科尔沁右翼前旗—12\n。至等 ", max_size=60))
def test_offsets_always_point_into_the_text_as_given(text: str) -> None:
    last = 0
    for mention in PARSER.parse(text):
        assert last <= mention.start < mention.end <= len(text)
        assert mention.surface[0] == text[mention.start]
        assert mention.surface[-1] == text[mention.end - 1]
        assert mention.place is None or mention.place in GAZETTEER.places or mention.place in GAZETTEER.groups
        last = mention.end


@given(st.text(max_size=200))
def test_any_text_is_parsed(text: str) -> None:
    PARSER.parse(text)
