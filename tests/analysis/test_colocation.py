"""Co-location states where undertakings and zones lie, with the words of both."""

from __future__ import annotations

import pytest

from atlas.analysis.colocation import colocation, zone_layers
from atlas.errors import UnknownNameError
from atlas.store import Atlas


def test_both_sides_are_quoted_from_their_provisions(atlas: Atlas) -> None:
    texts = dict(zip(atlas.provisions()["id"], atlas.provisions()["text"], strict=True))
    found = colocation(atlas)
    assert len(found) > 100
    for row in found.itertuples(index=False):
        assert row.project_quotation in texts[row.project_provision]
        assert row.project_quotation
        if row.zone_provision:
            assert row.zone_quotation in texts[row.zone_provision]
    assert (found["zone_provision"] != "").mean() > 0.9


def test_a_park_in_the_sandy_land_is_found(atlas: Atlas) -> None:
    found = colocation(atlas, ["sandy-lands"])
    assert set(found["layer"]) == {"sandy-lands"}
    assert "科尔沁沙地" in set(found["zone_name"])


def test_shares_are_shares(atlas: Atlas) -> None:
    found = colocation(atlas)
    assert found["share"].between(0.05, 1).all()
    assert (found.loc[found["relation"] == "lies-in", "share"] >= 0.99).all()
    assert set(found["relation"]) == {"lies-in", "crosses", "shares-unit"}


def test_a_unit_narrows_it_to_what_stands_there(atlas: Atlas) -> None:
    found = colocation(atlas, unit="152923")
    assert 0 < len(found) < len(colocation(atlas))


def test_unknown_layers_are_named(atlas: Atlas) -> None:
    assert "deserts" in zone_layers(atlas)
    with pytest.raises(UnknownNameError, match="deserts"):
        colocation(atlas, ["desert"])
