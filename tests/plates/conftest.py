"""A stand-in for the built atlas, from the installed boundary tables: what `atlas.store.Atlas` offers to plates."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from frykit.shp import get_countries

from atlas.geometry import boundaries
from tests.support import BORDER_UNITS as UNITS


class StandInGazetteer:
    """Knows one class."""

    def __init__(self, codes: dict[str, str]) -> None:
        self._codes = codes

    def members(self, target: str) -> tuple[str, ...]:
        return tuple(self._codes[name] for name in UNITS) if target == "class/border" else (target,)


class StandIn:
    """Layers of units and neighbours, at full precision."""

    def __init__(self) -> None:
        counties, leagues = boundaries.units("county"), boundaries.units("league")
        names = dict(zip(leagues["adcode"], leagues["name"], strict=True))
        counties["league"] = counties["parent"].map(names)
        leagues["league"] = leagues["name"]
        self._frames = {
            "banners": _layer(counties, "banners", "county"),
            "border": _layer(counties[counties["name"].isin(UNITS)], "border", "county"),
            "leagues": _layer(leagues, "leagues", "league"),
            "neighbours": _neighbours(),
        }
        self.gazetteer = StandInGazetteer(dict(zip(counties["name"], counties["adcode"], strict=True)))
        self.meta = {"version": "0.0.0", "built_from": "0123456789abcdef", "date": "2026-11-21"}

    def features(self, layer_id: str) -> gpd.GeoDataFrame:
        return self._frames[layer_id].copy()


def _layer(frame: gpd.GeoDataFrame, layer_id: str, kind: str) -> gpd.GeoDataFrame:
    frame = frame.rename(columns={"name": "name_zh", "adcode": "place"})
    frame = frame.assign(
        feature=layer_id + "/" + frame["place"],
        adcode=frame["place"],
        name_en="",
        type=kind,
        status="",
        precision="boundary",
        source=boundaries.SOURCE,
        note="",
    )
    return frame.drop(columns="parent").reset_index(drop=True)


def _neighbours() -> gpd.GeoDataFrame:
    frame = boundaries.neighbours().rename(columns={"name": "name_zh"})
    if "country/north-korea" not in set(frame["place"]):
        korea = next(shape for shape in get_countries() if shape.contains(shapely.Point(126.5, 40)))
        row = {"place": "country/north-korea", "name_zh": "朝鲜", "name_en": "North Korea", "type": "country"}
        more = gpd.GeoDataFrame([row | {"precision": "mapped", "geometry": korea}], crs=boundaries.CRS)
        frame = gpd.GeoDataFrame(pd.concat([frame, more], ignore_index=True), crs=boundaries.CRS)
    return frame.assign(feature="neighbours/" + frame["place"], league="", status="", note="", source="")


@pytest.fixture(scope="session")
def stand_in() -> StandIn:
    return StandIn()
