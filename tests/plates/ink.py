"""A printing press on paper, as far as a test needs it: which colours four inks can make.

The model: Neugebauer's, the solid inks and their overprints mixed by how much of the paper each covers (Demichel), with
Yule and Nielsen's n = 2 for the light that spreads in the paper. The solids are rounded figures about the aims of
ISO 12647-2 for coated paper (CIELAB D50), not taken from a characterisation file; a colour over black is what it is
times the reflectance of black. Colours are compared relative to the paper, as a printer converts them (relative
colorimetric, sRGB adapted to D50 by Bradford). It is no profile of a press: it says what is far out, not the last step.
"""

from __future__ import annotations

import itertools
from functools import cache

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

WHITE = np.array([0.96422, 1.0, 0.82521])  # D50
# CIELAB (D50) of the paper, each solid ink, and two or three over one another.
SOLIDS: dict[str, tuple[float, float, float]] = {
    "": (95, 1, -4),
    "c": (56, -36, -51),
    "m": (48, 75, -4),
    "y": (89, -4, 93),
    "my": (48, 68, 48),
    "cy": (50, -65, 26),
    "cm": (25, 18, -46),
    "cmy": (23, 0, 0),
}
BLACK = (16.0, 0.0, 0.0)
N = 2.0
TO_XYZ = np.array(  # sRGB, linear, to XYZ under D50
    [[0.4360747, 0.3850649, 0.1430804], [0.2225045, 0.7168786, 0.0606169], [0.0139322, 0.0971045, 0.7141733]]
)


def xyz(lab: Values) -> Values:
    f = np.stack([lab[..., 0] + lab[..., 1] / 500 * 116, lab[..., 0], lab[..., 0] - lab[..., 2] / 200 * 116], -1)
    f = (f + 16) / 116
    return np.where(f > 6 / 29, f**3, (f - 4 / 29) * 3 * (6 / 29) ** 2) * WHITE


def lab(values: Values) -> Values:
    ratio = values / WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(np.maximum(ratio, 0)), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)


def screen(colour: str) -> Values:
    """Return a hex colour of the screen (sRGB) as CIELAB under D50."""
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return lab(TO_XYZ @ linear)


@cache
def _primaries() -> Values:
    """Return the reflectances, relative to the paper's, of the sixteen overprints of c, m, y, k."""
    paper = xyz(np.array(SOLIDS[""]))
    found = []
    for inks in itertools.product((0, 1), repeat=4):
        name = "".join(ink for ink, on in zip("cmy", inks[:3], strict=True) if on)
        own = xyz(np.array(SOLIDS[name])) / paper * WHITE
        found.append(own * (xyz(np.array(BLACK)) / paper if inks[3] else 1))
    return np.array(found)


def printed(inks: Values) -> Values:
    """Return the CIELAB (relative to the paper) of areas covered by inks (n, 4: c, m, y, k from 0 to 1)."""
    choices = np.array(list(itertools.product((0, 1), repeat=4)))
    share = np.prod(np.where(choices[None], inks[:, None], 1 - inks[:, None]), axis=2)
    return lab((share @ _primaries() ** (1 / N)) ** N)


@cache
def _grid() -> tuple[Values, Values]:
    steps = np.linspace(0, 1, 13)
    inks = np.array(list(itertools.product(steps, steps, steps, np.linspace(0, 1, 9))))
    return inks, printed(inks)


def nearest(colour: str) -> tuple[Values, Values]:
    """Return the inks (c, m, y, k) that come nearest to a colour of the screen, and the CIELAB that they make."""
    wanted = screen(colour)
    inks, made = _grid()
    best = inks[np.argmin(((made - wanted) ** 2).sum(axis=1))]
    moves = np.array(list(itertools.product((-1, 0, 1), repeat=4)))
    step = 1 / 12
    while step > 1e-3:
        around = np.clip(best + moves * step, 0, 1)
        found = around[np.argmin(((printed(around) - wanted) ** 2).sum(axis=1))]
        if np.allclose(found, best):
            step /= 2
        best = found
    return best, printed(best[None])[0]
