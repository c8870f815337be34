"""The registry of views: what is there can be drawn, has a name in both languages, and is loaded when it is opened."""

from __future__ import annotations

import importlib.util

import pytest

from atlas.errors import AtlasError
from atlas.ui import navigation, views, words
from atlas.ui.state import START
from atlas.ui.words import WORDS


def test_the_first_view_is_there() -> None:
    assert START in navigation.available()


@pytest.mark.parametrize("name", navigation.available())
def test_a_view_can_be_drawn_and_has_a_name(name: str) -> None:
    assert f"view_{name}" in WORDS
    assert callable(views.load(name).draw)


def test_what_is_not_there_is_not_offered() -> None:
    for name in navigation.ORDER:
        assert (name in navigation.available()) == bool(importlib.util.find_spec(f"atlas.ui.views.{name}"))


def test_no_word_is_claimed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    from atlas.ui.words import common

    monkeypatch.setitem(common.WORDS, "filter", ("x", "x"))
    with pytest.raises(AtlasError, match="filter"):
        words._collect()
