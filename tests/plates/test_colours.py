"""Colours of what stands together on a plate: apart for every eye and in grey, or told apart by something else.

Colours are compared as they lie on the sheet (fill over the ground) by CIEDE2000 (Sharma, Wu & Dalal 2005), as seen
with full colour vision, by protanopes, deuteranopes and tritanopes (Machado, Oliveira & Fernandes 2009, full severity),
and by a printer without colour.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from atlas.layers import Symbol, layer, palette
from atlas.plate.content import restated
from atlas.plate.definition import Plate, load_plate, plate_ids
from tests.test_layers import DEUTAN, PROTAN

Colour = NDArray[np.float64]
LEAST = 6.0  # ΔE00: clearly another colour when the two lie side by side
LEAST_GREY = 4.0  # of lightness, between neighbouring classes of one scale
TRITAN = [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
EYES: Mapping[str, list[list[float]] | None] = {"full": None, "protan": PROTAN, "deutan": DEUTAN, "tritan": TRITAN}


def linear(colour: str) -> Colour:
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def over(colour: str, opacity: float, ground: str) -> str:
    """Lay a colour over the ground, as a renderer does (in sRGB)."""
    pairs = [(int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(top * opacity + under * (1 - opacity)):02x}" for top, under in pairs)


def lab(colour: str, eye: str = "full") -> Colour:
    seen = linear(colour)
    matrix = EYES[eye]
    if matrix is not None:
        seen = np.clip(np.array(matrix) @ seen, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ seen
    ratio = xyz / np.array([0.95047, 1.0, 1.08883])
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one: Colour, other: Colour) -> float:
    mean_chroma = (np.hypot(*one[1:]) + np.hypot(*other[1:])) / 2
    g = 0.5 * (1 - np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7)))
    a1, a2 = one[1] * (1 + g), other[1] * (1 + g)
    c1, c2 = np.hypot(a1, one[2]), np.hypot(a2, other[2])
    h1, h2 = (np.degrees(np.arctan2(b, a)) % 360 for a, b in ((a1, one[2]), (a2, other[2])))
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dl, dc, dh = other[0] - one[0], c2 - c1, 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    light, chroma = (one[0] + other[0]) / 2, (c1 + c2) / 2
    if c1 * c2 == 0:
        hue = h1 + h2
    elif abs(h1 - h2) <= 180:
        hue = (h1 + h2) / 2
    else:
        hue = (h1 + h2 + (360 if h1 + h2 < 360 else -360)) / 2
    cosine = [np.cos(np.radians(angle)) for angle in (hue - 30, 2 * hue, 3 * hue + 6, 4 * hue - 63)]
    t = 1 - 0.17 * cosine[0] + 0.24 * cosine[1] + 0.32 * cosine[2] - 0.20 * cosine[3]
    sl = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    sc, sh = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    rotation = (
        -2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7)) * np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    )
    parts = (dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + rotation * (dc / sc) * (dh / sh)
    return float(np.sqrt(parts))


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_measure_gives_the_published_distances(
    one: tuple[float, ...], other: tuple[float, ...], distance: float
) -> None:
    assert ciede2000(np.array(one), np.array(other)) == pytest.approx(distance, abs=1e-4)


def symbols(plate: Plate) -> list[tuple[str, str, Symbol]]:
    """Return name, kind and symbol of all that a plate may show, but for boundaries and what has no colour."""
    found = []
    for rule in plate.layers:
        own = layer(rule.id)
        if own.theme == "administrative" and rule.id != "border":
            continue
        cases = [(case.value, own.style.symbol({case.property: case.value})) for case in own.style.cases]
        for name, symbol in cases or [("", own.style.symbol({}))]:
            found.append((f"{rule.id}/{name}", own.geometry.kind, restated(symbol, rule)))
    return found


def _clashes(plate: Plate) -> list[str]:
    colours = palette()

    def ink(kind: str, symbol: Symbol) -> str | None:
        if kind == "polygon":
            return over(colours[symbol.fill], symbol.fill_opacity, colours["ground.paper"]) if symbol.fill else None
        key = symbol.fill if kind == "point" else symbol.stroke
        return colours[key] if key else None

    def alike(kind: str, one: Symbol, other: Symbol) -> bool:
        """Say whether nothing but colour tells two symbols apart: no pattern, dash or marker, nor half as much size."""
        if kind == "polygon":
            return (one.pattern, one.dash) == (other.pattern, other.dash)
        small, large = sorted((one.size, other.size) if kind == "point" else (one.width, other.width))
        same = one.marker == other.marker if kind == "point" else one.dash == other.dash
        return same and large < small * 1.5

    found = []
    for (a, kind, one), (b, other_kind, other) in itertools.combinations(symbols(plate), 2):
        first, second = ink(kind, one), ink(other_kind, other)
        if kind != other_kind or not first or not second or not alike(kind, one, other):
            continue
        by_eye = {eye: ciede2000(lab(first, eye), lab(second, eye)) for eye in EYES}
        by_eye["grey"] = abs(lab(first)[0] - lab(second)[0]) * LEAST / LEAST_GREY
        eye = min(by_eye, key=lambda name: by_eye[name])
        if by_eye[eye] < LEAST:
            found.append(f"{plate.id}: {a} and {b} ({eye}: {by_eye[eye]:.1f})")
    return found


@pytest.mark.parametrize("plate_id", plate_ids())
def test_what_stands_together_is_told_apart(plate_id: str) -> None:
    """By colour for every eye and in grey, or by a pattern, a dash, a marker, or half as much size or width again."""
    assert _clashes(load_plate(plate_id)) == []


def test_two_symbols_of_one_colour_are_found() -> None:
    """The check itself can fail: power and gas lines, both solid and of one width, in one colour."""
    plate = load_plate("grids")
    alike = tuple(
        rule.model_copy(
            update={"symbol": rule.symbol.model_copy(update={"stroke": "power.line", "width": 1.0, "dash": (3.0, 1.0)})}
        )
        for rule in plate.layers
    )
    assert _clashes(plate.model_copy(update={"layers": alike}))


@pytest.mark.parametrize("eye", list(EYES))
def test_classes_of_a_choropleth_rise_in_darkness_for_every_eye(eye: str) -> None:
    plate = load_plate("attention")
    assert plate.choropleth is not None
    tones = [lab(palette()[name], eye) for name in plate.choropleth.colours]
    for light, dark in itertools.pairwise(tones):
        assert light[0] - dark[0] > LEAST_GREY
        assert ciede2000(light, dark) > LEAST
