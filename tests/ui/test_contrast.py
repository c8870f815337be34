"""The page's colours can be read: every ink on every ground it stands on keeps 4.5 : 1, light and dark."""

from __future__ import annotations

import re
import tomllib

import pytest

from atlas.paths import home
from atlas.ui.components import STATIC
from atlas.web.files import STATIC as MAP_STATIC

# Inks and the grounds that they stand on, by custom property.
PAIRS = [
    *((ink, ground) for ink in ("ink", "muted", "accent") for ground in ("ground", "side", "raised")),
    ("on-accent", "accent"),
    ("ink", "accent-soft"),
    ("accent", "accent-soft"),
    ("on-mark", "mark"),
    ("on-mark", "mark-own"),
]

# Letters on the offline map's page, and on the map itself: selectors of ink and ground, light and dark.
OFFLINE = [
    *((ink, ground) for ink in ("ink", "muted", "accent") for ground in ("paper", "ground")),
    ("ink", "mark"),
    ("accent", "accent-soft"),
]
ON_MAP = [
    (".leaflet-container", ".leaflet-container"),
    (".atlas-tip", ".atlas-tip"),
    (".atlas-credit", ".atlas-credit"),
    (".leaflet-bar a", ".leaflet-bar a"),
    (".leaflet-bar a:hover, .leaflet-bar a:focus-visible", ".leaflet-bar a:hover, .leaflet-bar a:focus-visible"),
    (".atlas-legend summary", ".atlas-legend details"),
    (".atlas-legend-row", ".atlas-legend details"),
    (".atlas-legend-title", ".atlas-legend details"),
    (".atlas-dark.leaflet-container", ".atlas-dark.leaflet-container"),
    (".atlas-dark .atlas-tip", ".atlas-dark .atlas-tip"),
    (".atlas-dark .atlas-credit, .atlas-dark .atlas-legend details",) * 2,
    (".atlas-dark .leaflet-bar a", ".atlas-dark .leaflet-bar a"),
    (".atlas-dark .leaflet-bar a:is(:hover, :focus-visible)",) * 2,
    (
        ".atlas-dark .atlas-legend :is(summary, .atlas-legend-row)",
        ".atlas-dark .atlas-credit, .atlas-dark .atlas-legend details",
    ),
]


Scheme = dict[str, str]


def schemes() -> dict[str, Scheme]:
    """Return the page's tokens, light and dark."""
    text = (STATIC / "page" / "a_tokens.css").read_text(encoding="utf-8")
    same = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", text))
    both = re.findall(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", text)
    return {
        "light": same | {name: light for name, light, _ in both},
        "dark": same | {name: dark for name, _, dark in both},
    }


def offline_schemes() -> dict[str, Scheme]:
    """Return the tokens of the offline map, light and dark."""
    text = (MAP_STATIC / "standalone.css").read_text(encoding="utf-8")
    light, dark = (re.search(head + r" \{(.*?)\}", text, re.DOTALL)[1] for head in (":root", ":root.dark"))
    first, second = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in (light, dark))
    assert first.keys() == second.keys(), "a token has no dark colour"
    return {"light": first, "dark": second}


def rule(text: str, selector: str) -> dict[str, str]:
    """Return the colours of one rule of a style sheet; transparent grounds as if nothing lay below them."""
    body = re.search(r"^" + re.escape(selector) + r" \{(.*?)\}", text, re.DOTALL | re.MULTILINE)[1]
    found = dict(re.findall(r"(?<![\w-])(color|background): (#[0-9a-f]{6}|rgba\([^)]*\));", body))
    return {name: value if value.startswith("#") else _hex(value) for name, value in found.items()}


def _hex(colour: str) -> str:
    return "#" + "".join(f"{int(one):02x}" for one in re.findall(r"\d+", colour)[:3])


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
@pytest.mark.parametrize(("ink", "ground"), OFFLINE)
def test_letters_of_the_offline_map_can_be_read(scheme: str, ink: str, ground: str) -> None:
    colours = offline_schemes()[scheme]
    assert contrast(colours[ink], colours[ground]) >= 4.5, (colours[ink], colours[ground])


@pytest.mark.parametrize(("ink", "ground"), ON_MAP)
def test_letters_on_the_map_can_be_read(ink: str, ground: str) -> None:
    text = (MAP_STATIC / "atlas-map.css").read_text(encoding="utf-8")
    colours = rule(text, ink)["color"], rule(text, ground)["background"]
    assert contrast(*colours) >= 4.5, colours


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_streamlits_own_widgets_have_the_same_colours(scheme: str) -> None:
    theme = tomllib.loads((home() / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][scheme]
    colours = schemes()[scheme]
    assert (theme["backgroundColor"], theme["textColor"], theme["primaryColor"]) == (
        colours["ground"],
        colours["ink"],
        colours["accent"],
    )
    assert contrast(theme["textColor"], theme["secondaryBackgroundColor"]) >= 4.5
    assert contrast(theme["linkColor"], theme["secondaryBackgroundColor"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "side", "raised"])
def test_edges_of_controls_can_be_seen(scheme: str, ground: str) -> None:
    colours = schemes()[scheme]
    assert contrast(colours["edge"], colours[ground]) >= 3.0


def test_no_component_has_a_colour_of_its_own() -> None:
    for file in STATIC.rglob("*.css"):
        if file.name != "a_tokens.css":
            assert re.findall(r"#[0-9a-f]{3,8}\b", file.read_text(encoding="utf-8")) == [], file.name
