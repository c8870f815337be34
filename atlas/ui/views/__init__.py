"""The views of the page, one module each with `draw(opened, view)`.

A module is loaded when its view is first opened, so that the first map need not wait for the others. Their names:
`atlas.ui.navigation`. How to add one: docs/app.md.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from atlas.ui.opened import Opened
    from atlas.ui.state import View


class ViewModule(Protocol):
    """What a module of this package offers."""

    def draw(self, opened: Opened, view: View) -> None:
        """Draw the view below the bar."""


def load(name: str) -> ViewModule:
    """Return the module of a view."""
    return cast("ViewModule", importlib.import_module(f"{__name__}.{name}"))
