"""Markdown of a dossier: what stands in a name stays text."""

from __future__ import annotations

import pytest

from atlas.book.markdown import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("额济纳旗", "额济纳旗"),
        ("<img src=x onerror=alert(1)>", r"\<img src=x onerror=alert(1)\>"),
        ("a|b*c_d`e`", r"a\|b\*c\_d\`e\`"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("# heading", r"\# heading"),
        ("1. item", r"1\. item"),
        ("- item", r"\- item"),
        ("two\nlines", "two lines"),
    ],
)
def test_nothing_is_markup(text: str, shown: str) -> None:
    assert plain(text) == shown
