"""What the map shows of a filter's change, said ahead of the run of the script.

A change of the filter goes the way of Streamlit: over the websocket, through the script, back, and through its frontend
to the panel and the map. That takes several times what finding the features takes, so the panel also asks for the map's
part of the change by itself (static/filters.js); the state that the script sends says the same once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from atlas.ui import chart, filtering
from atlas.ui.state import START, from_address

if TYPE_CHECKING:
    from atlas.ui.opened import Opened

PATH = "ahead"  # where the server answers, as seen from the page
_LOOKS = 9  # digits of how often a map has moved


def state_ahead(opened: Opened, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the part of the map's state that a change of the filter makes: what it hides and where the map looks.

    Args:
        opened: the atlas.
        asked: the parameters of the address, with the filter as the panel had it; `look`, the number that the map moved
            at last; and the change: `kind`, `id` and `on` (1 or 0), or none of them where all is cleared.

    Returns:
        Some of what `atlas.web.state.state` returns; nothing where there is no map or no change.
    """
    before, _ = from_address(asked, opened.known)
    look = asked.get("look", "")
    if before.name != START or not (look.isascii() and look.isdecimal() and len(look) <= _LOOKS):
        return {}
    before = before.model_copy(update={"look": int(look)})
    kind, value = asked.get("kind", ""), asked.get("id", "")
    if kind:
        if not filtering.offers(opened.filters, kind, value):
            return {}
        after = filtering.with_change(before, {"kind": kind, "id": value, "on": asked.get("on") == "1"})
    else:
        after = before.without()
    made = chart.map_state(opened, after)
    parts = ("hidden", "kept") if after.look == before.look else ("hidden", "kept", "view")
    return {part: made[part] for part in parts}
