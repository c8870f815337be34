"""The small map of a place: it is drawn also where its notes need two lines below it."""

import pytest

from atlas.book.location import location_map
from atlas.store import Atlas


@pytest.mark.parametrize("unit", ["152522", "150781"])  # 阿巴嘎旗, whose notes are the longest; 满洲里市
def test_map_of_a_unit_is_drawn(atlas: Atlas, unit: str) -> None:
    content = location_map(atlas, unit, "zh")
    assert content is not None
    assert content.startswith(b"%PDF")


def test_place_outside_the_region_has_no_map(atlas: Atlas) -> None:
    assert location_map(atlas, "440103", "zh") is None  # 荔湾区, far to the south
