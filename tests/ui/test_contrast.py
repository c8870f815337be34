"""The page's colours can be read: every ink on every ground it stands on keeps 4.5 : 1, light and dark."""

from __future__ import annotations

import re

import pytest

from atlas.ui.components import STATIC

# Inks and the grounds that they stand on, by custom property.
PAIRS = [
    *((ink, ground) for ink in ("ink", "muted", "accent") for ground in ("ground", "side", "raised")),
    ("on-accent", "accent"),
    ("ink", "accent-soft"),
    ("accent", "accent-soft"),
    ("on-mark", "mark"),
    ("on-mark", "mark-own"),
]


def schemes() -> dict[str, dict[str, str]]:
    text = (STATIC / "page" / "a_tokens.css").read_text(encoding="utf-8")
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    first = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    return {"light": first, "dark": first | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark))}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_letters_can_be_read(scheme: str, ink: str, ground: str) -> None:
    colours = schemes()[scheme]
    assert contrast(colours[ink], colours[ground]) >= 4.5, (colours[ink], colours[ground])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "side", "raised"])
def test_edges_of_controls_can_be_seen(scheme: str, ground: str) -> None:
    colours = schemes()[scheme]
    assert contrast(colours["edge"], colours[ground]) >= 3.0


def test_no_component_has_a_colour_of_its_own() -> None:
    for file in STATIC.rglob("*.css"):
        if file.name != "a_tokens.css":
            assert re.findall(r"#[0-9a-f]{3,8}\b", file.read_text(encoding="utf-8")) == [], file.name
