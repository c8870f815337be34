"""The Beijiang Atlas (北疆图集): what the regulations and the plan of Inner Mongolia say, where they say it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from atlas.verbs import OpenAtlas

__all__ = ["open"]


def open(path: Path | None = None) -> OpenAtlas:  # reads as atlas.open(), which is what it does
    """Open the built atlas, read only.

    Raises:
        atlas.errors.NotBuiltError: it has not been built: run `atlas build`.
    """
    from atlas.store import open_atlas  # noqa: PLC0415  # importing atlas must stay light
    from atlas.verbs import OpenAtlas  # noqa: PLC0415

    return cast("OpenAtlas", open_atlas(path, OpenAtlas))
