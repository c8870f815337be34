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


def _written(path: Path, plates: str) -> Path:
    path.write_text(f'[[parts]]\nplates = [{plates}]\n[parts.title]\nzh = "甲"\nen = "A"\n', encoding="utf-8")
    return path


def test_plates_that_the_order_lacks_come_last(tmp_path: Path) -> None:
    order = load_order(_written(tmp_path / "order.toml", '"lakes", "border"'))
    assert order.plates[:2] == ("lakes", "border")
    assert order.parts[-1].title.zh == "其他图"
    assert sorted(order.plates) == sorted(plate_ids())


def test_a_plate_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no such plate: moon; see layers/plates"):
        load_order(_written(tmp_path / "order.toml", '"moon"'))
