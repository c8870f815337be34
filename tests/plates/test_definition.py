"""Plate definitions are strict: what is wrong in one is said before anything is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.errors import SourceError, UnknownNameError
from atlas.layers import catalogue
from atlas.plate.definition import load_plate, plate_ids, plates_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = (plates_folder() / "border.toml").read_text(encoding="utf-8")
    (tmp_path / "border.toml").write_text(text, encoding="utf-8")
    return tmp_path


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "border.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("plate_id", plate_ids())
def test_every_plate_loads_and_names_layers_that_exist(plate_id: str) -> None:
    plate = load_plate(plate_id)
    known = {layer.id for layer in catalogue()}
    assert {layer.id for layer in plate.layers} <= known
    assert {plate.ground.focus, plate.ground.neighbours} <= known
    # National > provincial > league > banner, whatever the plate restates.
    widths = [plate.ground.national_width, plate.ground.provincial_width]
    widths += [
        next(rule.symbol.width for rule in plate.layers if rule.id == name) or 0
        for name in ("leagues", "banners")
        if name in {rule.id for rule in plate.layers}
    ]
    assert widths == sorted(widths, reverse=True)
    assert len(set(widths)) == len(widths)


def test_unknown_plate_names_the_choices() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown plate 'boarder': did you mean border"):
        load_plate("boarder")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("scale = 7_500_000", "scale = 7_500_000\nzoom = 3", "zoom"),
        ("scale = 7_500_000", "scale = 0", "scale"),
        ('id = "banners"', 'id = "border"', "listed twice"),
        ('layers = ["border"]\ncolumns', 'layers = ["lakes"]\ncolumns', "key.layers names lakes"),
        ('off = ["border"]', 'off = ["lakes"]', "labels.off names lakes"),
        ('corner = "southeast"', 'corner = "northwest"', "two panels in one corner"),
        ('focus = "leagues"', 'focus = "leagues"\ntint = "admin.tnit"', "unknown colour 'admin.tnit'"),
        ('id = "border"', 'id = "frontier"', "is not its file name"),
        ("[0, 100, 200, 300, 400]", "[100, 200]", "scale_bar_km starts at 0"),
        ("[title]", "[title", "border.toml"),
    ],
)
def test_what_is_wrong_is_named(folder: Path, old: str, new: str, message: str) -> None:
    change(folder, old, new)
    with pytest.raises(SourceError, match=r"plate border\.toml") as caught:
        load_plate("border", folder)
    assert message in str(caught.value)


def test_areas_that_lie_over_one_another_are_named() -> None:
    """Six overlapping groups of cities in one tint: without their names nobody can tell which is which."""
    for plate_id in plate_ids():
        for shown in load_plate(plate_id).layers:
            assert shown.id != "clusters" or shown.labels, plate_id
