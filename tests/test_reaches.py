"""Reaches of waters that the map data lack: relations to units from published facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.analysis.concern import crossing
from atlas.errors import SourceError
from atlas.features import read_reaches
from atlas.models import Basis
from atlas.paths import geodata
from atlas.store import Atlas

HEAD = "place,unit,share,source,date,note\n"


def test_every_row_names_a_water_and_a_unit_that_are_known(atlas: Atlas) -> None:
    reaches = read_reaches(geodata() / "gazetteer" / "reaches.csv")
    assert reaches
    for one in reaches:
        assert atlas.gazetteer.places[one.unit].type == "county"
        assert one in atlas.relations(one.place)


def test_what_names_the_river_reaches_the_unit_of_its_lower_course(atlas: Atlas) -> None:
    record = next(one for one in atlas.governing("额济纳旗") if one.id == "ecology/25")
    assert (record.basis, record.via) == (Basis.FEATURE, "river/heihe")
    assert "黑河有30%在额济纳旗境内" in record.why


def test_what_is_drawn_elsewhere_is_no_feature_of_the_unit(atlas: Atlas) -> None:
    drawn = crossing(atlas, atlas.place("额济纳旗"))
    assert "river/heihe" not in drawn
    assert "lake/dongjuyanhai" in drawn


@pytest.mark.parametrize("row", ["river/a,152923,0.3,,2026-11-27,", "river/a,152923,3,a page,2026-11-27,"])
def test_a_row_without_source_or_share_stops_the_build(tmp_path: Path, row: str) -> None:
    path = tmp_path / "reaches.csv"
    path.write_text(f"{HEAD}{row}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"line 2: river/a needs a source and a share"):
        read_reaches(path)
