"""The views of the page, one module each with `draw(opened, view)`.

The navigation shows, in the order of `ORDER`, the views whose module is there. A module is loaded when its view is
first opened, so that the first map need not wait for the others. How to add one: docs/app.md.
"""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from atlas.ui.session import Opened
    from atlas.ui.state import View

ORDER = ("map", "texts", "tables", "compare", "take", "own", "about")


class ViewModule(Protocol):
    """What a module of this package offers."""

    def draw(self, opened: Opened, view: View) -> None:
        """Draw the view below the bar."""


@cache
def available() -> tuple[str, ...]:
    """Return the names of the views that are there, in the order of the navigation."""
    return tuple(name for name in ORDER if importlib.util.find_spec(f"{__name__}.{name}"))


def load(name: str) -> ViewModule:
    """Return the module of a view."""
    return cast("ViewModule", importlib.import_module(f"{__name__}.{name}"))
