"""The matrix counts what `governing` and the registers say, unit by unit."""

from __future__ import annotations

import pytest

from atlas.analysis.matrix import _basis, matrix, touching, units
from atlas.analysis.themes import SUBJECTS, subjects
from atlas.errors import UnknownNameError
from atlas.models import Basis
from atlas.store import Atlas


def test_every_unit_has_a_row(atlas: Atlas) -> None:
    assert len(matrix(atlas)) == 103
    assert len(matrix(atlas, level="league")) == 12


def test_cells_are_what_governs(atlas: Atlas) -> None:
    table = matrix(atlas, "document").set_index("unit")
    documents = dict(zip(atlas.provisions()["id"], atlas.provisions()["document"], strict=True))
    for unit in ("152923", "150581", "150302"):
        rows = [row for row in atlas.governing(unit) if row.basis is not Basis.REGION]
        assert table.loc[unit, "border"] == sum(documents[row.id] == "border" for row in rows)
        assert table.loc[unit, "total"] == len(rows)


def test_the_border_regulation_touches_border_units_only(atlas: Atlas) -> None:
    table = matrix(atlas, "document").set_index("unit")["border"]
    border = set(atlas.gazetteer.members("class/border"))
    assert table[sorted(border)].min() > table[sorted(set(units(atlas, "county")) - border)].max()


def test_region_wide_provisions_are_kept_apart(atlas: Atlas) -> None:
    touched = touching(atlas)
    narrow = matrix(atlas, "basis", touched=touched).set_index("unit")
    whole = matrix(atlas, "basis", bases=list(Basis), touched=touched).set_index("unit")
    assert "region" not in narrow.columns
    assert (whole["total"] - whole["region"] == narrow["total"]).all()


def test_projects_that_name_a_port_touch_its_banner(atlas: Atlas) -> None:
    touched = touching(atlas)
    own = touched[(touched["unit"] == "152923") & (touched["what"] == "projects")]
    names = dict(zip(atlas.projects()["id"], atlas.projects()["name"], strict=True))
    assert any("额济纳" in names[key] for key in own["id"])
    assert set(own["basis"]) <= {str(basis) for basis in Basis}


def test_every_provision_has_a_subject(atlas: Atlas) -> None:
    found = subjects(atlas.provisions().to_dict("records"))
    assert set(found) == set(atlas.provisions()["id"])
    assert set(found.values()) <= set(SUBJECTS)
    assert found["plan/33/1"] == "transport"
    assert found["plan/box-20/1"] == "transport"
    assert found["ecology/40"] == "ecology"


@pytest.mark.parametrize("wrong", [{"by": "colour"}, {"what": "laws"}, {"level": "village"}])
def test_unknown_choices_are_named(atlas: Atlas, wrong: dict[str, str]) -> None:
    with pytest.raises(UnknownNameError, match=next(iter(wrong.values()))):
        matrix(atlas, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("named", "basis"),
    [
        ({"150781"}, Basis.NAMED),
        ({"port/manzhouli"}, Basis.FEATURE),
        ({"150700"}, Basis.FEATURE),
        ({"group/ports"}, Basis.GROUP),
        ({"class/border"}, Basis.CLASS),
        ({"150000"}, Basis.REGION),
        ({"150100"}, None),
    ],
)
def test_what_an_undertaking_names_says_how_it_touches_a_unit(named: set[str], basis: Basis | None) -> None:
    members = {"group/ports": {"150781"}}
    assert _basis("150781", {"port/manzhouli"}, "150700", named, members, {"class/border": {"150781"}}) is basis
    whole = _basis("150700", set(), "150000", {"150000"}, {}, {})  # a league is not touched by what is said of all
    assert whole is Basis.REGION
