"""Co-location as the build leaves it in the store: whole, consistent, and right when it is measured in another way."""

from __future__ import annotations

import geopandas as gpd
import pytest

from atlas.colocations import ALL_OF_IT, LEAST_SHARE, Colocation, is_zone_layer
from atlas.models import Precision
from atlas.store import Atlas

OTHER_EQUAL_AREA = "EPSG:6933"  # cylindrical; the build measures on a cone


def test_the_table_has_the_fields_of_the_record_and_each_pair_once(atlas: Atlas) -> None:
    table = atlas.colocations()
    assert list(table.columns) == list(Colocation.model_fields)
    assert len(table) > 100
    assert not table.duplicated(["project", "place", "zone"]).any()
    for row in table.to_dict("records"):
        Colocation.model_validate(row, strict=False)
    projects = list(atlas.projects()["id"])
    assert list(dict.fromkeys(table["project"])) == [one for one in projects if one in set(table["project"])]
    assert set(table["layer"]) <= {layer.id for layer in atlas.layers() if is_zone_layer(layer)}
    assert (table["place"] != table["zone"]).all()


def test_relations_say_what_the_shares_are(atlas: Atlas) -> None:
    table = atlas.colocations()
    assert (table["share"] >= LEAST_SHARE).all()
    crossing = table[table["relation"] == "crosses"]
    assert (crossing["share"] <= ALL_OF_IT).all()
    units = table[table["relation"] == "shares-unit"]["place"]
    assert all(atlas.place(key).type == "county" for key in set(units))


def test_the_precision_is_never_better_than_the_zones(atlas: Atlas) -> None:
    order = list(Precision)
    drawn = {
        (layer, row.place): order.index(Precision(row.precision))
        for layer in set(atlas.colocations()["layer"])
        for row in atlas.features(layer).itertuples(index=False)
    }
    for row in atlas.colocations().itertuples(index=False):
        assert order.index(Precision(row.precision)) >= drawn[row.layer, row.zone]


def test_shares_of_units_measured_in_another_projection(atlas: Atlas) -> None:
    table = atlas.colocations()
    banners = atlas.features("banners").to_crs(OTHER_EQUAL_AREA).set_index("place").geometry
    shares = table[table["place"].isin(banners.index)].drop_duplicates(["place", "zone"])
    assert len(shares) > 50
    for layer, rows in shares.groupby("layer"):
        zones: gpd.GeoSeries = atlas.features(layer).to_crs(OTHER_EQUAL_AREA).set_index("place").geometry
        for row in rows.itertuples(index=False):
            unit = banners[row.place]
            assert unit.intersection(zones[row.zone]).area / unit.area == pytest.approx(row.share, abs=0.01)
