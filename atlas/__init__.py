"""The Beijiang Atlas (北疆图集): what the regulations and the plan of Inner Mongolia say, where they say it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.store import Atlas

__all__ = ["open"]


def open(path: Path | None = None) -> Atlas:  # reads as atlas.open(), which is what it does
    """Open the built atlas, read only.

    Raises:
        atlas.errors.NotBuiltError: it has not been built: run `atlas build`.
    """
    from atlas.store import open_atlas  # noqa: PLC0415  # importing atlas must stay light

    return open_atlas(path)
