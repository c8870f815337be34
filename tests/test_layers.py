"""Layer definitions and the palette: strict loading, and colours that stay apart for colour-blind readers."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from atlas.errors import SourceError, UnknownNameError
from atlas.layers import catalogue, layer, load_layers, palette
from atlas.paths import layer_definitions


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "layers"
    shutil.copytree(layer_definitions(), copy, ignore=shutil.ignore_patterns("plates"))
    return copy


def test_the_catalogue_has_the_layers_of_the_first_atlas() -> None:
    ids = {entry.id for entry in catalogue()}
    assert {"leagues", "banners", "border", "lakes", "rivers", "kongdui", "railways", "ports"} <= ids


def test_drawing_order_is_by_order_then_id() -> None:
    keys = [(entry.order, entry.id) for entry in catalogue()]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("colour = 3", "ports.toml"),  # an unknown key
        ('[style.cases.no]\nwhat = "1"', "ports.toml"),
    ],
)
def test_unknown_keys_are_refused(folder: Path, line: str, said: str) -> None:
    path = folder / "ports.toml"
    path.write_text(f"{line}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    with pytest.raises(SourceError, match=said):
        load_layers(folder)


def test_unknown_colours_are_refused_with_the_nearest(folder: Path) -> None:
    path = folder / "ports.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"port.mark"', '"port.marc"'), encoding="utf-8")
    with pytest.raises(SourceError, match=r"port\.marc.*did you mean port\.mark"):
        load_layers(folder)


def test_a_file_must_have_the_name_of_its_layer(folder: Path) -> None:
    (folder / "ports.toml").rename(folder / "harbours.toml")
    with pytest.raises(SourceError, match="not its file name"):
        load_layers(folder)


def test_an_unknown_layer_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"'port'.*ports"):
        layer("port")


def test_a_case_inherits_what_it_does_not_set() -> None:
    style = layer("railways").style
    building = style.symbol({"status": "build"})
    assert building.stroke == style.stroke
    assert building.dash
    assert building.dash != style.symbol({"status": "complete"}).dash
    assert style.symbol({}) == style.symbol({"status": "something else"})


# Machado, Oliveira & Fernandes (2009), severity 1.0: linear RGB matrices for the two common dichromacies.
PROTAN = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
DEUTAN = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]


def lab(colour: str, matrix: list[list[float]] | None) -> np.ndarray:
    """CIE L*a*b* (D65) of an sRGB colour as a dichromat would see it."""
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    if matrix is not None:
        linear = np.clip(np.array(matrix) @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ linear
    ratio = xyz / np.array([0.95047, 1.0, 1.08883])
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("matrix", [None, PROTAN, DEUTAN], ids=["full", "protan", "deutan"])
def test_lines_that_meet_on_the_map_stay_apart(matrix: list[list[float]] | None) -> None:
    """Colours that mean different things and lie side by side differ by more than a glance needs (ΔE76 > 15)."""
    colours = palette()
    keys = ["border.band", "water.line", "water.gully", "rail.line", "port.mark"]
    keys += ["road.line", "corridor.line", "power.line", "gas.line", "tour.line"]
    _apart(keys, colours, matrix, 15)


@pytest.mark.parametrize("matrix", [None, PROTAN, DEUTAN], ids=["full", "protan", "deutan"])
def test_areas_that_meet_on_the_map_stay_apart(matrix: list[list[float]] | None) -> None:
    """Sand, forest, plain, irrigated land, water and zones lie side by side."""
    keys = ["sand.fill", "forest.fill", "plain.fill", "irrigation.fill", "water.fill", "zone.fill"]
    _apart(keys, palette(), matrix, 12)


def _apart(keys: list[str], colours: dict[str, str], matrix: list[list[float]] | None, least: float) -> None:
    for index, one in enumerate(keys):
        for other in keys[index + 1 :]:
            distance = float(np.linalg.norm(lab(colours[one], matrix) - lab(colours[other], matrix)))
            assert distance > least, f"{one} and {other}: {distance:.1f}"


def test_a_layer_without_features_says_why() -> None:
    for entry in catalogue():
        if entry.geometry.rule == "areas" and not entry.geometry.areas:
            assert entry.pending, f"{entry.id} has no areas and no reason"


def test_public_maps_leave_out_what_they_may_not_show() -> None:
    """Oil and gas pipelines and substations (DESIGN §6)."""
    assert {entry.id for entry in catalogue() if "public" not in entry.editions} == {"gas-lines", "substations"}


def test_the_opening_map_is_calm() -> None:
    shown = {entry.id for entry in catalogue() if entry.shown}
    first = {"neighbours", "banners", "border", "leagues", "rivers", "lakes", "kongdui", "railways", "ports"}
    assert shown == first
