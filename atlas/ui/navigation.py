"""The names of the views, in the order of the navigation: those whose module is there."""

from __future__ import annotations

import importlib.util
from functools import cache

REGISTERS = ("projects", "targets", "places", "ledger", "provisions")  # of the view of tables
ORDER = ("map", "texts", "tables", "compare", "take", "own", "about")


@cache
def available() -> tuple[str, ...]:
    """Return the names of the views that are there, in the order of the navigation."""
    return tuple(name for name in ORDER if importlib.util.find_spec(f"atlas.ui.views.{name}"))
