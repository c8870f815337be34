"""Folding keeps lengths, makes variants equal, and the pattern finds what the tokens say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.search.fold import fold, indexed, pattern, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("額濟納旗", "额济纳旗"),
        ("裏裡", "里里"),
        ("沿著黃河幹流", "沿着黄河干流"),
        ("ＧＤＰ４．３％", "gdp4.3%"),
        ("（一）", "(一)"),
        ("二连浩特－扎门乌德", "二连浩特—扎门乌德"),
        ("“双碳”", "「双碳」"),
        ("Köln\u00a0Ob", "koln ob"),
        ("二○二五", "二〇二五"),
    ],
)
def test_variants_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("旗", "区"), ("一", "-"), ("10", "1"), ("，", "、")])
def test_different_characters_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_keeps_every_offset_and_is_done_once(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert all(fold(character) == folded[at] for at, character in enumerate(text))


def test_tokens() -> None:
    assert tokens("建设5G网络，增长4.3%\nNew York") == (
        *("建", "设", "5", "g", "网", "络", ",", "增", "长", "4.3", "%", "\n", "new", "york"),
    )


@given(st.text())
def test_nothing_of_a_query_language_reaches_the_index(text: str) -> None:
    written = indexed(tokens(text))
    assert all(character == " " or character.isalnum() or not character.isascii() for character in written)


TEXT = st.text(alphabet="边境口岸 10.4ab,，“”—\n%", max_size=30)


@given(TEXT, TEXT)
def test_the_pattern_finds_exactly_runs_of_tokens(text: str, phrase: str) -> None:
    words, searched = tokens(phrase), tokens(text)
    if not words:
        return
    held = any(searched[at : at + len(words)] == words for at in range(len(searched)))
    assert bool(re.search(pattern(words), fold(text))) == held
