"""What a selection leaves, in the working and in the public edition."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from atlas.errors import InputError, UnknownNameError
from atlas.exchange import choose, table
from atlas.filters import region_codes
from atlas.models import Basis, Precision
from atlas.selection import Selection
from atlas.store import Atlas


def test_everything_is_the_default_and_what_is_pending_is_listed(atlas: Atlas) -> None:
    chosen = choose(atlas)
    drawn = {layer.id for layer in atlas.layers() if not layer.pending}
    assert set(chosen.features) == drawn
    pending = [layer for layer in atlas.layers() if layer.pending]
    assert all(any(f"（{layer.id}）" in line for line in chosen.left_out) for layer in pending)


def test_a_region_keeps_what_lies_in_it_and_not_its_neighbours(atlas: Atlas) -> None:
    chosen = choose(atlas, Selection(regions=region_codes(atlas, ["额济纳旗"])))
    assert list(chosen.features["banners"]["place"]) == ["152923"]
    assert list(chosen.features["leagues"]["place"]) == ["152900"]
    assert "neighbours" not in chosen.features
    assert set(chosen.features["ports"]["name_zh"]) == {"策克口岸"}
    banner = chosen.features["banners"].geometry.iloc[0]
    for key, frame in chosen.features.items():
        if key not in {"leagues", "region", "parts"} and not frame["adcode"].eq("152923").all():
            assert frame.intersects(banner).all(), key


def test_a_league_and_a_group_stand_for_their_banners(atlas: Atlas) -> None:
    alxa = choose(atlas, Selection(regions=("152900",), layers=("banners",)))
    assert sorted(alxa.features["banners"]["place"]) == ["152921", "152922", "152923"]
    codes = region_codes(atlas, ["呼包鄂"])
    assert codes == ("150100", "150200", "150600")


def test_filters_of_different_kinds_are_joined_by_and(atlas: Atlas) -> None:
    chosen = choose(atlas, Selection(regions=("152900",), classes=("border",), layers=("banners",)))
    border = set(atlas.features("border")["place"])
    assert set(chosen.features["banners"]["place"]) == {"152921", "152922", "152923"} & border
    with pytest.raises(InputError, match="at once"):
        choose(atlas, Selection(regions=("150602",), classes=("border",)))


def test_precision_filters_and_units_carry_the_map_where_they_are_named(atlas: Atlas) -> None:
    schematic = (Precision.SCHEMATIC,)
    chosen = choose(atlas, Selection(precisions=schematic))
    assert {one for frame in chosen.features.values() for one in frame["precision"]} == {"schematic"}
    chosen = choose(atlas, Selection(layers=("banners", "railways", "ports"), precisions=schematic))
    assert set(chosen.features) == {"banners", "railways"}
    assert len(chosen.features["banners"]) == 103


def test_a_status_keeps_its_railways_and_the_units_that_they_name(atlas: Atlas) -> None:
    chosen = choose(atlas, Selection(layers=("railways", "banners", "lakes"), statuses=("complete",)))
    assert set(chosen.features["railways"]["status"]) == {"complete"}
    assert 0 < len(chosen.features["banners"]) < 103
    assert "lakes" not in chosen.features


def test_names_as_people_write_them_are_ids(atlas: Atlas) -> None:
    said = choose(
        atlas, Selection(layers=("banners",), regions=("阿拉善盟",), classes=("border",), parts=("西部盟市",))
    )
    meant = Selection(
        layers=("banners",), regions=("152900",), classes=("class/border",), parts=("group/xibu-mengshi",)
    )
    assert list(said.features["banners"]["place"]) == list(choose(atlas, meant).features["banners"]["place"])
    whole = choose(atlas, Selection(regions=("150000",)))
    assert len(whole.features["banners"]) == 103
    assert "neighbours" not in whole.features


@pytest.mark.parametrize(
    ("selection", "error"),
    [
        (Selection(layers=("banner",)), UnknownNameError),
        (Selection(themes=("sea",)), UnknownNameError),
        (Selection(classes=("borders",)), UnknownNameError),
        (Selection(regions=("110000",)), InputError),
        (Selection(layers=("lakes",), precisions=(Precision.SITE,)), InputError),
        (Selection(parts=("middle",)), UnknownNameError),
        (Selection(documents=("law",)), UnknownNameError),
        (Selection(categories=("trains",)), UnknownNameError),
        (Selection(layers=("railways",), statuses=("done",)), UnknownNameError),
    ],
)
def test_bad_filters_are_refused_in_one_line(atlas: Atlas, selection: Selection, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        choose(atlas, selection)
    assert "\n" not in str(caught.value)


# -- the public edition ------------------------------------------------------------------------------------------------


def test_the_public_edition_withholds_and_says_so(atlas: Atlas) -> None:
    working, public = choose(atlas), choose(atlas, edition="public")
    assert {"gas-lines", "substations"} <= working.features.keys()
    assert {"gas-lines", "substations"}.isdisjoint(public.features)
    assert {"gas-lines", "substations"} <= {
        key for key in working.features if f"（{key}）" in " ".join(public.left_out)
    }
    with pytest.raises(InputError, match="not for public maps"):
        choose(atlas, Selection(layers=("gas-lines",)), "public")


def test_the_public_edition_rounds_what_is_approximate_and_nothing_else(atlas: Atlas) -> None:
    working, public = choose(atlas), choose(atlas, edition="public")
    rounded = 0
    for key, frame in public.features.items():
        before = working.features[key]
        rough = frame["precision"].isin(["digitised", "schematic"]).to_numpy()
        xy = shapely.get_coordinates(frame.geometry.to_numpy()[rough])
        assert np.array_equal(xy, np.round(xy, 2)), key
        assert not frame.geometry.is_empty.any()
        assert frame.geometry.geom_equals_exact(before.geometry, 0).to_numpy()[~rough].all()
        # A grid of 0.01° moves nothing farther than its diagonal, stand-ins for the smallest excepted.
        moved = shapely.distance(
            shapely.centroid(frame.geometry.to_numpy()), shapely.centroid(before.geometry.to_numpy())
        )
        assert moved.max() < 0.05
        rounded += int(rough.sum())
    assert rounded > 50
    assert any(line.startswith(f"{rounded} 个要素") for line in public.left_out)


def test_the_public_gazetteer_hides_the_points_that_the_map_hides(atlas: Atlas) -> None:
    working, nothing = table(atlas, "places")
    public, said = table(atlas, "places", edition="public")
    hidden = set(working["id"]) - set(public["id"])
    assert nothing == ()
    assert hidden
    assert all(key.startswith(("substation/", "pipeline/")) for key in hidden), hidden
    assert any(str(len(hidden)) in line for line in said)
    rough = public[public["precision"].isin(["digitised", "schematic"]) & public["lon"].notna()]
    assert (rough["lon"] == rough["lon"].round(2)).all()


# -- tables ------------------------------------------------------------------------------------------------------------


def test_tables_of_a_banner_are_a_part_of_the_whole(atlas: Atlas) -> None:
    here = Selection(regions=("152923",))
    for name in ("projects", "targets", "places", "ledger", "provisions"):
        part, whole = table(atlas, name, here)[0], table(atlas, name)[0]
        assert 0 < len(part) < len(whole) or name == "targets", name
        assert list(part.columns) == list(whole.columns)
    assert "策克口岸" in set(table(atlas, "places", here)[0]["name"])
    near = {one.id for one in atlas.governing("152923") if one.basis is not Basis.REGION}
    found = set(table(atlas, "provisions", here)[0]["id"])
    assert near <= found
    # Beyond what governs the banner itself: what addresses a class of things of which one lies in it, as its port.
    inside = set(table(atlas, "places", here)[0]["id"])
    things = {key for key, entry in atlas.gazetteer.classes.items() if not inside.isdisjoint(entry.members)}
    links = atlas.links()
    assert found - near <= set(links.loc[links["target"].isin(things), "provision"])


def test_cells_are_single_values(atlas: Atlas) -> None:
    for name in ("projects", "targets", "places", "ledger", "provisions"):
        frame = table(atlas, name)[0]
        assert not frame.map(lambda cell: isinstance(cell, (list, tuple, dict))).any().any(), name


def test_rows_point_into_the_witness(atlas: Atlas) -> None:
    witness = {row.id: row.witness for row in atlas.provisions().itertuples()}
    for row in table(atlas, "projects")[0].head(50).itertuples():
        assert len(atlas.corpus.texts[witness[row.provision]][row.start : row.end]) == row.end - row.start > 0
