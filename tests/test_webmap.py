"""The web map's files and HTML: offline, closed borders, words kept out of scripts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from atlas import webmap
from atlas.errors import InputError
from atlas.geometry import boundaries
from atlas.layers import catalogue, palette
from atlas.paths import home
from atlas.store import Atlas
from atlas.web.files import FRAME_SCRIPT, SCRIPTS, STATIC, STYLES, leaflet_folder
from atlas.web.geometry import (
    FAR_M,
    SEPARATE_M,
    TOLERANCE_M,
    WEB_CRS,
    feature_collection,
    label_point,
    simplify_apart,
    simplify_together,
    surroundings,
    union,
)
from atlas.web.publish import CREDIT
from atlas.web.state import FRAME
from atlas.web.style import MAX_ZOOM, layer_values

PIXEL_M = 2 * np.pi * 6378137 / 256 / 2**MAX_ZOOM  # EPSG:3857 metres of one pixel at the closest zoom


@pytest.fixture(scope="module")
def published(built_atlas: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    folder = tmp_path_factory.mktemp("web")
    opened = Atlas(built_atlas)
    config = webmap.publish(opened, folder)
    opened.close()
    return folder, json.loads((folder / config).read_text(encoding="utf-8"))


def layer_file(published: tuple[Path, dict], layer_id: str) -> gpd.GeoDataFrame:
    folder, config = published
    url = next(layer["url"] for layer in config["layers"] if layer["id"] == layer_id)
    features = json.loads((folder / url).read_text(encoding="utf-8"))["features"]
    return gpd.GeoDataFrame.from_features(features, crs="EPSG:4490")


# -- offline -----------------------------------------------------------------------------------------------------------


def page_html() -> str:
    chart = webmap.make_map("data/atlas-0.json", "leaflet", "static")
    webmap.make_state(shown=["banners"], selected="152923", look_key="1").add_to(chart)
    return chart.get_root().render()


def test_the_page_names_no_other_host() -> None:
    html = page_html()
    assert re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", html) == []
    wanted = {"leaflet/leaflet.js", "leaflet/leaflet.css"} | {f"static/{name}" for name in (*SCRIPTS, *STYLES)}
    assert set(re.findall(r'(?:src|href)="([^"]+)"', html)) == wanted


def test_the_page_of_the_frame_asks_for_no_file_and_listens() -> None:
    html = webmap.make_page("data/atlas-0.json")
    markup = re.sub(r"<script>.*?</script>", "<script></script>", html, flags=re.DOTALL)
    assert re.findall(r"(?:src|href)=|url\(|@import", markup) == []
    assert (
        re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", re.sub(r"<style>.*?</style>", "", markup, flags=re.DOTALL))
        == []
    )
    for name in (*SCRIPTS, FRAME_SCRIPT):
        assert (STATIC / name).read_text(encoding="utf-8") in html
    assert html.index("Content-Security-Policy") < html.index("<script>"), "the policy binds what follows it"
    assert html.index("Leaflet 1") < html.index("window.atlasMap") < html.rindex("atlasMap.start(")
    assert html.rindex("atlasMap.start(") < html.rindex("atlasFrame.open(")


def test_a_changed_script_makes_another_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = webmap.page_stamp("data/atlas-0.json")
    assert before == webmap.page_stamp("data/atlas-0.json") != webmap.page_stamp("data/atlas-1.json")
    for name in (*SCRIPTS, FRAME_SCRIPT, *STYLES):
        (tmp_path / name).write_text((STATIC / name).read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr("atlas.webmap.STATIC", tmp_path)
    assert webmap.page_stamp("data/atlas-0.json") == before
    (tmp_path / STYLES[0]).write_text("html { color: red }", encoding="utf-8")
    assert webmap.page_stamp("data/atlas-0.json") != before


def test_every_file_that_the_page_names_is_there() -> None:
    assert (leaflet_folder() / "leaflet.js").is_file()
    for name in (*SCRIPTS, FRAME_SCRIPT, *STYLES):
        assert (STATIC / name).is_file()


def test_foliums_own_lists_are_left_alone() -> None:
    import folium

    before = list(folium.Map.default_js)
    page_html()
    assert folium.Map.default_js == before


@pytest.mark.parametrize("folder", ["atlas/web/static", "atlas/ui/static"])
def test_our_scripts_make_no_markup_of_data(folder: str) -> None:
    for path in sorted((home() / folder).glob("*.js")):
        text = path.read_text(encoding="utf-8")
        found = re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc", text)
        assert found == [], path.name
        assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", text) == [], path.name


@pytest.mark.parametrize("attack", ["{{ 6*7 }}", "{% raw %}", "{# gone #}", "{{ cycler.__init__ }}", "{{'x'}}"])
def test_no_value_is_a_template(attack: str) -> None:
    """branca compiles every finished script again as a Jinja template: on the server, before any browser."""
    chart = webmap.make_map("c.json", "l", "s")
    state = webmap.make_state(shown=[attack], points=[(1.0, 2.0, attack)], look_key=attack)
    assert json.loads(state.json)["layers"] == [attack]
    state.add_to(chart)
    html = chart.get_root().render()
    assert state.json in html
    assert attack not in html


def test_state_keeps_words_out_of_script_syntax() -> None:
    hostile = "</script><script>alert(1)</script>${alert(1)}`'\""
    chart = webmap.make_map("c.json", "l", "s")
    webmap.make_state(shown=[hostile], points=[(1.0, 2.0, hostile)], selected=hostile, look_key=hostile).add_to(chart)
    html = chart.get_root().render()
    assert "</script><script>alert(1)" not in html
    assert html.count("<script>") == page_html().count("<script>")


# -- borders -----------------------------------------------------------------------------------------------------------


def test_units_stay_one_coverage(published: tuple[Path, dict]) -> None:
    banners = layer_file(published, "banners")
    assert len(banners) == 103
    assert shapely.is_valid(banners.geometry).all()
    assert shapely.coverage_is_valid(banners.geometry.to_numpy())


def test_leagues_and_classes_lie_on_the_same_lines(published: tuple[Path, dict]) -> None:
    banners = layer_file(published, "banners")
    by_place = dict(zip(banners["place"], banners.geometry, strict=True))
    border = layer_file(published, "border")
    assert len(border) == 20
    for place, shape in zip(border["place"], border.geometry, strict=True):
        assert shape.equals_exact(by_place[place], 0)
    for place, shape in zip(*(layer_file(published, "leagues")[name] for name in ("place", "geometry")), strict=True):
        members = [unit for code, unit in by_place.items() if code[:4] == place[:4]]
        assert shapely.equals(union(members), shape)


def test_no_border_moves_by_a_pixel(published: tuple[Path, dict]) -> None:
    def outline(shapes: gpd.GeoSeries) -> shapely.Geometry:
        return shapely.boundary(shapely.coverage_union_all(shapes.to_crs(WEB_CRS).to_numpy()))

    true, drawn = outline(boundaries.units("county").geometry), outline(layer_file(published, "banners").geometry)
    moved_m = shapely.hausdorff_distance(true, drawn)
    assert 0 < moved_m < PIXEL_M
    assert TOLERANCE_M < PIXEL_M


def test_simplifying_separately_would_open_gaps() -> None:
    """Why units go together: the same tolerance, one unit at a time, leaves no valid coverage."""
    units = boundaries.units("county")
    apart = units.geometry.to_crs(WEB_CRS).simplify(2000)
    assert not shapely.coverage_is_valid(apart.to_numpy())
    together = simplify_together(units, 2000).geometry
    assert shapely.coverage_is_valid(together.to_numpy())
    assert shapely.get_num_coordinates(together).sum() < shapely.get_num_coordinates(units.geometry).sum() / 2


def test_units_without_crs_or_with_overlap_are_refused() -> None:
    bare = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)])
    with pytest.raises(InputError, match="no CRS"):
        simplify_together(bare)
    crossing = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)], crs="EPSG:4490")
    with pytest.raises(InputError, match="overlap"):
        simplify_together(crossing)


# -- lines and lakes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layer_id", ["rivers", "lakes", "kongdui", "tours"])
def test_waters_move_by_two_pixels_at_most_and_cost_little(
    published: tuple[Path, dict], atlas: Atlas, layer_id: str
) -> None:
    stored, drawn = (
        frame.set_index("feature").geometry.to_crs(WEB_CRS)
        for frame in (atlas.features(layer_id), layer_file(published, layer_id))
    )
    near = surroundings(boundaries.units("region").geometry.iloc[0], "EPSG:4490")
    most = SEPARATE_M if layer_id in {"rivers", "lakes"} else TOLERANCE_M
    for feature, shape in stored.items():
        vertices = shapely.points(shapely.get_coordinates(shape))
        vertices = vertices[shapely.covers(shapely.buffer(near, -FAR_M), vertices)]
        if len(vertices):
            outline = drawn[feature].boundary if layer_id == "lakes" else drawn[feature]
            assert shapely.distance(vertices, outline).max() < most + 3, feature
        moved = shapely.hausdorff_distance(shape, drawn[feature])
        assert moved < (most if shapely.covers(near, shape) else FAR_M) + 3, feature
        assert drawn[feature].is_valid
    assert SEPARATE_M <= 2 * PIXEL_M
    assert shapely.get_num_coordinates(drawn).sum() < 0.7 * shapely.get_num_coordinates(stored).sum()
    folder, config = published
    url = next(layer["url"] for layer in config["layers"] if layer["id"] == layer_id)
    assert (folder / url).stat().st_size < 300_000


def test_a_line_that_leaves_the_surroundings_stays_one_line() -> None:
    ends = np.linspace(0, 40_000, 400)
    winding = shapely.linestrings(np.column_stack([ends, 400 * np.sin(ends / 500)]))
    frame = gpd.GeoDataFrame(geometry=[winding], crs=WEB_CRS)
    found = simplify_apart(frame, shapely.box(-1, -1000, 20_000, 1000)).geometry.iloc[0]
    assert len(shapely.get_parts(found)) == 1
    x = shapely.get_coordinates(found)[:, 0]
    assert (x < 20_000).sum() > 10
    assert (x > 20_000).sum() == 1


def test_a_lake_across_the_edge_of_the_surroundings_stays_a_lake() -> None:
    lake = shapely.Point(20_000, 0).buffer(9000, quad_segs=90)
    frame = gpd.GeoDataFrame(geometry=[lake], crs=WEB_CRS)
    found = simplify_apart(frame, shapely.box(0, -20_000, 20_000, 20_000)).geometry.iloc[0]
    assert found.geom_type == "Polygon"
    assert shapely.hausdorff_distance(found, lake) < SEPARATE_M
    assert shapely.get_num_coordinates(found) < shapely.get_num_coordinates(lake) / 2


# -- features ----------------------------------------------------------------------------------------------------------


def test_every_feature_of_every_layer_is_published(published: tuple[Path, dict], atlas: Atlas) -> None:
    for layer in catalogue():
        if layer.pending:
            continue
        stored = atlas.features(layer.id)
        drawn = layer_file(published, layer.id)
        if layer.geometry.rule == "neighbours":  # cut to the frame of the map
            assert set(drawn["feature"]) <= set(stored["feature"])
        else:
            assert sorted(drawn["feature"]) == sorted(stored["feature"])


def test_neighbours_are_named_where_the_map_can_be_moved_to(published: tuple[Path, dict]) -> None:
    """Their land goes on beyond, so that no edge of it is seen in a tall window."""
    frame = layer_file(published, "neighbours")
    north = FRAME[3]
    russia = frame.set_index("name_en").loc["Russia"]
    assert russia.geometry.bounds[3] > north + 10
    inside = [shapely.Point(label).within(shapely.box(*FRAME)) for label in frame["label"]]
    seen = [shapely.box(*shape.bounds).intersects(shapely.box(*FRAME)) for shape in frame.geometry]
    assert inside == seen


def test_labels_stand_inside_their_areas(published: tuple[Path, dict]) -> None:
    for layer_id in ("banners", "leagues", "lakes"):
        frame = layer_file(published, layer_id)
        for name, shape, label in zip(frame["name_zh"], frame.geometry, frame["label"], strict=True):
            assert shape.covers(shapely.Point(label)), name


def test_label_of_a_line_stands_on_it() -> None:
    line = shapely.LineString([(100, 40), (102, 40)])
    assert label_point(line) == (101, 40)


def test_features_in_another_crs_are_refused() -> None:
    frame = gpd.GeoDataFrame({"feature": ["a/b"]}, geometry=[shapely.Point(1, 2)], crs="EPSG:3857")
    with pytest.raises(InputError, match="EPSG:4490"):
        feature_collection(frame)


def test_the_same_atlas_gives_the_same_files(published: tuple[Path, dict], atlas: Atlas, tmp_path: Path) -> None:
    folder, _ = published
    webmap.publish(atlas, tmp_path)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    second = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert first == second
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    webmap.publish(atlas, tmp_path)
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_styles_are_the_layers_own() -> None:
    for layer in catalogue():
        values = layer_values(layer, palette())
        assert values["symbol"]["width"] == layer.style.width
        assert values["symbol"]["stroke"] == (palette()[layer.style.stroke] if layer.style.stroke else None)
        for case, drawn in zip(layer.style.cases, values["cases"], strict=True):
            assert drawn["symbol"]["stroke"] is not None or drawn["symbol"]["fill"] is not None
            assert drawn["value"] == case.value


def test_the_credit_says_what_maps_of_china_must_say() -> None:
    for words in ("境界资料来源：天地图", "未经地图审核", "公开出版须送审"):
        assert words in CREDIT["zh"]
    assert "审图号" not in CREDIT["zh"]
