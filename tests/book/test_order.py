"""The order of the book holds every plate once."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.book.order import load_order
from atlas.errors import SourceError
from atlas.plate.definition import plate_ids


def test_every_plate_is_in_the_book_once() -> None:
    assert sorted(load_order().plates) == sorted(plate_ids())


def test_a_plate_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "order.toml"
    path.write_text('[[parts]]\nplates = ["border", "border"]\n[parts.title]\nzh = "甲"\nen = "A"\n', encoding="utf-8")
    with pytest.raises(SourceError, match=r"stands twice in the book: border"):
        load_order(path)
