"""Every colour of the palette can be printed with four inks: a planner's printer shows what the screen shows."""

from __future__ import annotations

import numpy as np
import pytest

from atlas.layers import palette
from tests.plates.ink import SOLIDS, lab, nearest, printed, screen, xyz
from tests.plates.test_colours import ciede2000

MOST = 1.0  # ΔE00 that the nearest print may be off: less than the eye sees side by side


@pytest.mark.parametrize("key", palette())
def test_the_colour_can_be_printed(key: str) -> None:
    colour = palette()[key]
    inks, made = nearest(colour)
    off = ciede2000(screen(colour), made)
    assert off <= MOST, f"{key} {colour} is {off:.1f} from the nearest print (c, m, y, k {inks.round(2)})"


@pytest.mark.parametrize("colour", ["#4646d6", "#2fc0a4", "#00ff00", "#0000ff", "#ff00ff"])
def test_a_colour_of_the_screen_alone_is_found(colour: str) -> None:
    """The check itself can fail: pure screen colours, and two that the palette once had."""
    assert ciede2000(screen(colour), nearest(colour)[1]) > MOST


def test_the_model_gives_paper_and_solids_as_they_are() -> None:
    paper = xyz(np.array(SOLIDS[""]))
    assert printed(np.zeros((1, 4)))[0] == pytest.approx([100, 0, 0], abs=1e-6)
    for name in ("c", "my", "cmy"):
        inks = np.array([[float(ink in name) for ink in "cmyk"]])
        relative = lab(xyz(np.array(SOLIDS[name])) / paper * xyz(np.array((100.0, 0.0, 0.0))))
        assert printed(inks)[0] == pytest.approx(relative, abs=1e-6)


def test_screen_white_and_grey_are_neutral_and_printable() -> None:
    assert screen("#ffffff") == pytest.approx([100, 0, 0], abs=0.05)
    grey, made = screen("#808080"), nearest("#808080")[1]
    assert grey == pytest.approx([53.6, 0, 0], abs=0.1)
    assert ciede2000(grey, made) < 0.3
