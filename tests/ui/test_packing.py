"""Data in few bytes come out as they went in."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from atlas.filters import Filters
from atlas.selection import Selection
from atlas.store import Atlas
from atlas.ui.filtering import filter_data
from atlas.ui.packing import Base, difference, packed
from atlas.ui.state import View

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(("a", "b", "v", "o", "0", "__proto__")), inner, max_size=4)
    ),
    max_leaves=12,
)


def changed(old: Any, sent: dict[str, Any]) -> Any:
    """What static/loader.js does with a difference."""
    if "v" in sent:
        return sent["v"]
    if "o" not in sent:
        return old
    made = list(old) if isinstance(old, list) else dict(old)
    for key, one in sent["o"].items():
        at = int(key) if isinstance(old, list) else key
        made[at] = changed(old[at], one)
    return made


def unpacked(sent: dict[str, str]) -> Any:
    return json.loads(zlib.decompress(base64.b64decode(sent["packed"])))


@given(VALUES, VALUES)
def test_a_difference_makes_the_new_of_the_old(old: Any, new: Any) -> None:
    assert changed(old, json.loads(json.dumps(difference(old, new)))) == new


def test_data_without_a_base_are_whole() -> None:
    data = {"title": "北疆图集", "rows": [1, 2, {"x": None}]}
    assert unpacked(packed(data)) == data


def test_the_filter_is_sent_as_what_changed(atlas: Atlas) -> None:
    filters = Filters(atlas)
    base = Base(filter_data(filters, View()), "filters.json")
    data = filter_data(filters, View(selection=Selection(regions=("152900",))))
    sent = packed(data, base)
    assert sent["base"] == "filters.json"
    assert changed(base.data, unpacked(sent)) == data
    assert len(sent["packed"]) < len(packed(data)["packed"]) / 3
