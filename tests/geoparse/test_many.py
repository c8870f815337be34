"""Many texts read together give what each gives alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atlas.geoparse import Geoparser
from tests.geoparse.scoring import gold, parser
from tests.support import small_gazetteer

PARSER = Geoparser(small_gazetteer())


def test_the_gold_is_read_alike() -> None:
    texts = [row["text"] for split in ("dev", "heldout") for row in gold(split)]
    together = list(parser().parse_many(texts))
    assert together == [parser().parse(text) for text in texts]
    assert sum(map(len, together)) > 900


def test_texts_do_not_touch_each_other() -> None:
    texts = ["呼和浩特和满洲", "里口岸", "", "西安市新城区", "呼和浩特市新城区", "额济—12—纳旗", "呼", "伦贝尔"]
    places = [[mention.place for mention in found] for found in parser().parse_many(texts)]
    assert places == [["150100"], [], [], ["610100", "610102"], ["150100", "150102"], ["152923"], [], []]


def test_long_texts_stand_among_short_ones() -> None:
    texts = ["赤峰市", "推动满洲里、二连浩特等口岸建设。" * 3000, "通辽市"]
    first, long, last = parser().parse_many(iter(texts))
    assert [first[0].place, last[0].place] == ["150400", "150500"]
    assert long == parser().parse(texts[1])


def test_no_texts_give_nothing() -> None:
    assert list(PARSER.parse_many([])) == []


@given(
    st.lists(st.text(alphabet="满洲里口岸、和二连浩特市新城科尔沁右翼前旗—12\n。至等 \ud800", max_size=40), max_size=8)
)
def test_any_texts_are_read_alike(texts: list[str]) -> None:
    assert list(PARSER.parse_many(texts)) == [PARSER.parse(text) for text in texts]
