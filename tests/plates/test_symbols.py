"""Symbols that say how precise a thing is, patterns that survive grey, and classes of a choropleth."""

from __future__ import annotations

import pytest
import shapely

from atlas.errors import SourceError
from atlas.layers import Symbol
from atlas.models import Precision
from atlas.plate.classes import classify
from atlas.plate.patterns import hatch
from atlas.plate.symbols import point

COLOURS = ("attention.one", "attention.two", "attention.three")


def test_a_seat_is_hollow_and_a_site_filled() -> None:
    symbol = Symbol(marker="square", size=6, fill="park.mark")
    assert point(1, 2, symbol, Precision.SITE).fill == "park.mark"
    seat = point(1, 2, symbol, Precision.SEAT)
    assert (seat.fill, seat.stroke) == ("ground.paper", "park.mark")
    assert seat.size + seat.width == pytest.approx(6), "both look as large"


@pytest.mark.parametrize("pattern", ["rising", "falling", "level", "upright", "crossed", "dots", "sparse"])
def test_patterns_stay_inside_their_area_and_cover_it(pattern: str) -> None:
    area = shapely.Polygon([(10, 10), (40, 12), (30, 40)], holes=[[(22, 18), (26, 18), (26, 22)]])
    strokes = shapely.union_all(hatch(area, pattern))  # type: ignore[arg-type]
    assert strokes.length > 0
    assert shapely.difference(strokes, area.buffer(0.05)).is_empty
    assert strokes.envelope.area > area.envelope.area * 0.7


def test_patterns_run_on_from_one_area_to_the_next() -> None:
    both = shapely.union_all(hatch(shapely.box(0, 0, 20, 10), "rising"))
    parts = [line for box in ((0, 0, 7, 10), (7, 0, 20, 10)) for line in hatch(shapely.box(*box), "rising")]
    assert shapely.union_all(parts).length == pytest.approx(both.length)


def test_equal_values_fall_in_one_class_and_every_class_is_used() -> None:
    values = {str(index): float(value) for index, value in enumerate([1, 1, 1, 1, 2, 3, 4, 9])}
    found = classify(values, COLOURS)
    assert {found.of[str(index)] for index in range(4)} == {0}
    assert set(found.of.values()) == {0, 1, 2}
    assert found.label(0).startswith("1")
    assert found.label(2).endswith("9")
    ordered = sorted(values, key=lambda place: values[place])
    assert [found.of[place] for place in ordered] == sorted(found.of.values())


def test_too_few_values_are_refused() -> None:
    with pytest.raises(SourceError, match="needs as many different values"):
        classify({"a": 1, "b": 1}, COLOURS)
