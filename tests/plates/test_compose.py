"""Every plate in every language: what the sheet says is true, and nothing on it overlaps or is cut off."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import geopandas as gpd
import numpy as np
import pytest
import shapely
import shapely.affinity
from pyproj import Geod

from atlas.errors import SourceError
from atlas.geometry import boundaries
from atlas.layers import layer
from atlas.models import Precision
from atlas.plate import content, extents, words
from atlas.plate.compose import Composed, compose
from atlas.plate.credits import source_lines
from atlas.plate.definition import Language, Panel, Plate, PlateLayer, load_plate, plate_ids
from atlas.plate.fonts import MM_PER_POINT
from atlas.plate.labels import Placed
from atlas.plate.legend import legend_entries, precision_counts
from atlas.plate.marks import Box, Patch, Stroke, Text
from atlas.plate.projection import GEOD, SheetMap, degrees_minutes, graticule
from atlas.plate.surround import INSET_RIM
from atlas.plates import compose_plate
from atlas.store import Atlas
from tests.plates.conftest import UNITS, StandIn

# Every plate in Chinese; in the other languages those with the most of each kind: areas, lines, points, insets.
SEEN_MM = 4.0  # a name farther from a mark is not seen to be its own
MANY_WORDS = ("border", "ports", "lakes", "railways", "grids")
CASES = [
    (plate, language)
    for plate in plate_ids()
    for language in get_args(Language)
    if language == "zh" or plate in MANY_WORDS
]


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def composed(request: pytest.FixtureRequest, built_atlas: Path) -> Composed:
    plate_id, language = request.param
    return compose_plate(Atlas(built_atlas), plate_id, language=language)


@pytest.fixture(scope="module")
def border(stand_in: StandIn) -> Composed:
    return compose(stand_in, load_plate("border"), "zh", "working")


def texts(composed: Composed) -> list[str]:
    marks = itertools.chain(composed.margin, *(panel.marks for panel in composed.panels))
    return [mark.text for mark in marks if isinstance(mark, Text)]


def rectangle(text: Text) -> shapely.Geometry:
    """What a line of text covers on the sheet, turned as it is."""
    level = replace(text, angle=0).box
    box = shapely.box(level.left, level.bottom, level.right, level.top)
    return shapely.affinity.rotate(box, text.angle, origin=(text.x, text.y))


def covered(label: Placed) -> shapely.Geometry:
    if label.badge:
        return shapely.box(label.box.left, label.box.bottom, label.box.right, label.box.top)
    return shapely.union_all([rectangle(text) for text in label.texts])


def point_symbols(composed: Composed) -> list[tuple[str, shapely.Geometry]]:
    """Every point symbol that the frame shows, by the id of its feature."""
    found = []
    for shown in composed.setting.content.layers:
        if shown.layer.geometry.kind == "point":
            for index in np.flatnonzero(shown.visible):
                symbol = shown.symbols[index]
                # A diamond's corners point along the axes; the others are taken by their inner circle.
                reach = symbol.size * MM_PER_POINT / 2
                found.append((shown.features["feature"][index], shown.shapes[index].buffer(reach)))
    return found


def covers(composed: Composed) -> list[Box]:
    """What lies over the map: panels and insets."""
    insets = [Box(*inset.setting.sheet.frame).grown(INSET_RIM) for inset in composed.insets]
    return [panel.box for panel in composed.panels] + insets


# -- the sheet ---------------------------------------------------------------------------------------------------------


def test_no_label_overlaps_another_or_a_panel_or_leaves_the_frame(composed: Composed) -> None:
    frame = Box(*composed.setting.sheet.frame)
    shapes = {label.id: covered(label) for label in composed.labels}
    for (one, shape), (other, another) in itertools.combinations(shapes.items(), 2):
        assert shapely.intersection(shape, another).area < 1e-6, (one, other)
    for label in composed.labels:
        assert shapely.box(*_edges(label.box.grown(0.2))).covers(shapes[label.id]), label.id
    for label in composed.labels:
        assert label.box.inside(frame), label.id
        assert all(text.box.inside(label.box.grown(0.2)) for text in label.texts), label.id
        assert not any(label.box.overlaps(panel.box) for panel in composed.panels), label.id


def _edges(box: Box) -> tuple[float, float, float, float]:
    return (box.left, box.bottom, box.right, box.top)


def test_no_name_or_leader_covers_a_point_symbol_and_no_symbol_another(composed: Composed) -> None:
    symbols = point_symbols(composed)
    for (one, shape), (other, another) in itertools.combinations(symbols, 2):
        assert shapely.intersection(shape, another).area < 0.02 * shape.area, (one, other)
    discs = shapely.union_all([shape for _, shape in symbols])
    for label in composed.labels:
        if not label.badge:
            assert not covered(label).intersects(discs), label.id
        if label.leader:
            assert not shapely.linestrings(label.leader.points).intersects(discs), label.id


def test_a_place_is_named_once_where_the_eye_finds_it(composed: Composed) -> None:
    """A base beside the name of its seat would say the same thing twice; one far from that name is named itself."""
    places: dict[str, str] = {}
    marks: dict[str, shapely.Geometry] = {}
    for shown in composed.setting.content.layers:
        for row, shape in zip(shown.features.drop(columns="geometry").to_dict("records"), shown.shapes, strict=True):
            places[row["feature"]], marks[row["feature"]] = row["place"], shape
    boxes: dict[str, list[tuple[str, shapely.Geometry]]] = {}
    for label in composed.labels:
        if label.id in places:
            boxes.setdefault(places[label.id], []).append((label.id, covered(label)))
    for feature in composed.said:
        named = [box for _, box in boxes.get(places[feature], ())]
        assert named, feature
        assert min(marks[feature].distance(box) for box in named) <= SEEN_MM, feature
    for several in boxes.values():
        for (one, _), (other, box) in itertools.combinations(several, 2):
            mark = one if marks[one].geom_type == "Point" else other
            assert marks[mark].geom_type == "Point"
            stands = box if mark == one else next(where for label, where in several if label == one)
            assert marks[mark].distance(stands) > SEEN_MM, mark


def test_no_leader_crosses_a_label_or_another_leader(composed: Composed) -> None:
    leaders = {label.id: shapely.linestrings(label.leader.points) for label in composed.labels if label.leader}
    for (one, line), (other, another) in itertools.combinations(leaders.items(), 2):
        assert not line.intersects(another), (one, other)
    for label in composed.labels:
        box = shapely.box(label.box.left, label.box.bottom, label.box.right, label.box.top)
        assert not any(line.intersects(box) for line in leaders.values()), label.id


def test_furniture_stays_in_its_panel_and_panels_off_the_region_and_each_other(composed: Composed) -> None:
    frame = Box(*composed.setting.sheet.frame).grown(1e-6)
    for panel in composed.panels:
        assert panel.box.inside(frame)
        lines = [mark for mark in panel.marks if isinstance(mark, Text)]
        assert lines
        assert all(line.box.inside(panel.box) for line in lines), [t.text for t in lines if not t.box.inside(panel.box)]
        for one, other in itertools.combinations(lines, 2):
            assert not one.box.overlaps(other.box), (one.text, other.text)
        for mark in panel.marks:
            if isinstance(mark, Patch | Stroke):
                assert all(Box(x, y, x, y).inside(panel.box.grown(0.01)) for x, y in mark.points)
    assert not any(a.box.overlaps(b.box) for a, b in itertools.combinations(composed.panels, 2))


def test_texts_outside_the_frame_stay_on_the_sheet_and_off_each_other(composed: Composed) -> None:
    sheet = Box(0, 0, *composed.setting.plate.paper.size_mm)
    lines = [mark for mark in composed.margin if isinstance(mark, Text)]
    assert all(line.box.inside(sheet.grown(-2)) for line in lines)
    for one, other in itertools.combinations(lines, 2):
        assert not one.box.overlaps(other.box), (one.text, other.text)


def test_every_feature_of_a_labelled_layer_is_labelled_or_counted(composed: Composed) -> None:
    named = {label.id for label in composed.labels} | set(composed.unlabelled) | set(composed.said)
    named |= {label.id for inset in composed.insets for label in inset.labels}  # what an inset names is not missing
    for shown in composed.setting.content.layers:
        if shown.rule.labels:
            window = shapely.box(*composed.setting.sheet.frame)
            seen = shapely.intersects(shown.shapes, window) & (shown.features["name_zh"].fillna("") != "").to_numpy()
            hidden = shapely.union_all([shapely.box(b.left, b.bottom, b.right, b.top) for b in covers(composed)])
            seen &= ~shapely.covered_by(shapely.intersection(shown.shapes, window), hidden)
            assert set(shown.features.loc[seen, "feature"]) <= named
    if composed.unlabelled:
        assert any(str(len(composed.unlabelled)) in text for text in texts(composed))


def test_the_credit_line_is_exact_and_claims_no_review_number(composed: Composed) -> None:
    credit = "境界资料来源：天地图；专题内容为本图集添加，未经地图审核，公开出版须送审"
    assert any(text.startswith(credit) for text in texts(composed))
    assert not any("审图号" in text for text in texts(composed))


def test_the_legend_explains_each_layer_with_its_count_and_each_precision(composed: Composed) -> None:
    setting = composed.setting
    entries = [entry.text for entry in legend_entries(setting)]
    on_sheet = texts(composed)
    assert all(entry in on_sheet for entry in entries)
    for shown in setting.content.layers:
        count = int(shown.visible.sum())
        if not count:
            continue
        # Each case that occurs has an entry of its own; together they count every feature that the frame shows.
        titles = [case.title for case in shown.layer.style.cases] + [shown.layer.title]
        own = [
            entry
            for entry in entries
            if any(title.zh in entry or title.en.lower() in entry.lower() for title in titles)
        ]
        counted = sum(int(found[1]) for entry in own if (found := re.search(r"[(（](\d+)[)）]$", entry)))
        assert counted >= count, shown.layer.id
    visible = sum(int(shown.visible.sum()) for shown in setting.content.layers)
    assert sum(count for _, count in precision_counts(setting.content)) == visible
    assert len(entries) == len(set(entries))


# -- truth of the map --------------------------------------------------------------------------------------------------


def test_the_scale_bar_is_geodesically_true_at_the_centre(composed: Composed) -> None:
    sheet, steps = composed.setting.sheet, composed.setting.plate.scale_bar_km
    bars = [
        mark
        for panel in composed.panels
        for mark in panel.marks
        if isinstance(mark, Patch) and mark.stroke == "admin.national"
    ]
    assert len(bars) == len(steps) - 1
    length = max(x for bar in bars for x, _ in bar.points) - min(x for bar in bars for x, _ in bar.points)
    x, y = sheet.middle
    ends = [*sheet.lonlat(x - length / 2, y), *sheet.lonlat(x + length / 2, y)]
    metres = Geod(ellps="GRS80").inv(*ends)[2]
    assert metres == pytest.approx(steps[-1] * 1000, rel=0.01)
    assert length == pytest.approx(steps[-1] * 1e6 / sheet.scale, rel=0.01), "the scale number fits the paper"


def test_areas_on_the_sheet_are_true(border: Composed) -> None:
    sheet = border.setting.sheet
    region = boundaries.units("region").geometry.iloc[0]
    true = abs(GEOD.geometry_area_perimeter(region)[0])
    drawn = border.setting.content.ground.region.area * (sheet.scale / 1000) ** 2
    assert drawn == pytest.approx(true, rel=2e-3)


def test_boundaries_are_drawn_vertex_by_vertex(border: Composed, stand_in: StandIn) -> None:
    shown = border.setting.content.shown("border")
    assert shown is not None
    source = stand_in.features("border").geometry.to_numpy()
    # Cutting at the frame may turn a ring, so compare the sets of vertices.
    for drawn, true in zip(shown.shapes, source, strict=True):
        expected = np.unique(border.setting.sheet.points(shapely.get_coordinates(true)).round(6), axis=0)
        assert np.array_equal(np.unique(shapely.get_coordinates(drawn).round(6), axis=0), expected)


def test_the_national_border_is_the_one_of_the_boundary_data(border: Composed) -> None:
    sheet, ground = border.setting.sheet, border.setting.content.ground
    true = sheet.shapes(np.array([boundaries.national_border()], dtype=object))[0]
    on_region = shapely.intersection(ground.national, ground.region.boundary)
    assert shapely.difference(true, shapely.buffer(ground.national, 1e-6)).length < 1e-3
    # Beside foreign land only: at its two ends it may run on by the width within which land counts as near.
    assert on_region.length == pytest.approx(true.length, abs=6)


def test_the_sea_is_only_where_there_is_no_land(border: Composed) -> None:
    sheet, sea = border.setting.sheet, border.setting.content.ground.sea
    wet, dry = [(119.5, 38.8)], [(126.5, 40.5), (105.0, 47.0), (120.0, 52.5), (111.65, 40.82)]
    for points, expected in ((wet, True), (dry, False)):
        for x, y in sheet.points(np.array(points)):
            assert sea.contains(shapely.Point(x, y)) is expected


def test_graticule_figures_stand_where_their_lines_meet_the_frame(border: Composed) -> None:
    sheet = border.setting.sheet
    for line in graticule(sheet, 4, 2):
        assert line.ends or not line.meridian or line.line.length < 200
        for _, x, y in line.ends:
            lon, lat = sheet.lonlat(x, y)
            assert (lon if line.meridian else lat) == pytest.approx(line.degrees, abs=2e-3)


@pytest.mark.parametrize(("degrees", "text"), [(97.5, "97°30′"), (112.0, "112°00′"), (41.999999, "42°00′")])
def test_degrees_and_minutes(degrees: float, text: str) -> None:
    assert degrees_minutes(degrees) == text


def test_north_is_true_where_the_arrow_stands(border: Composed) -> None:
    sheet = border.setting.sheet
    assert sheet.north(*sheet.middle) == pytest.approx(0, abs=0.01), "the central meridian is mid-sheet"
    assert sheet.north(sheet.frame[2] - 20, sheet.frame[3] - 20) < -8, "east of it the meridians lean west"


# -- the border plate --------------------------------------------------------------------------------------------------


def test_the_key_lists_the_twenty_units_in_the_order_of_the_article(border: Composed) -> None:
    assert [row.name_zh for row in border.setting.key] == UNITS
    assert [row.number for row in border.setting.key] == list(range(1, 21))
    leagues = {row.name_zh: row.aside_zh for row in border.setting.key}
    assert leagues["额济纳旗"] == "阿拉善盟"
    assert leagues["二连浩特市"] == "锡林郭勒盟"


def test_the_twenty_units_and_twelve_leagues_are_labelled(border: Composed) -> None:
    assert border.unlabelled == ()
    assert sum(label.group == "border" for label in border.labels) == 20
    assert sum(label.group == "leagues" for label in border.labels) == 12
    small = {"二连浩特市", "满洲里市", "扎赉诺尔区"}
    led = {label.texts[-1].text for label in border.labels if label.group == "border" and label.leader}
    assert small <= led


def test_neighbours_are_named(border: Composed) -> None:
    ground = {"".join(text.text for text in label.texts) for label in border.labels if label.group == "ground"}
    assert {"蒙古国", "俄罗斯", "黑龙江省", "甘肃省", "北京市"} <= ground


# -- editions and errors -----------------------------------------------------------------------------------------------


class WithLine(StandIn):
    """The stand-in with one schematic line and one tiny digitised lake."""

    def features(self, layer_id: str) -> gpd.GeoDataFrame:
        shapes = {
            "railways": (shapely.LineString([(106.123456, 40.987654), (111.654321, 40.5)]), Precision.SCHEMATIC),
            "lakes": (shapely.Point(113.0012, 42.0013).buffer(0.0005), Precision.DIGITISED),
        }
        if layer_id not in shapes:
            return super().features(layer_id)
        geometry, precision = shapes[layer_id]
        row = {"feature": f"{layer_id}/a", "place": f"{layer_id}/a", "name_zh": "甲", "name_en": "", "type": layer_id}
        row |= {"adcode": "", "league": "", "status": "build", "precision": precision.value, "source": "", "note": ""}
        return gpd.GeoDataFrame([row | {"geometry": geometry}], crs=boundaries.CRS)


@pytest.fixture(scope="module")
def with_line() -> WithLine:
    return WithLine()


@pytest.fixture(scope="module")
def wider() -> Plate:
    border = load_plate("border")
    more = (PlateLayer(id="railways"), PlateLayer(id="lakes"))
    return border.model_copy(update={"layers": (*border.layers, *more)})


def test_the_public_edition_rounds_what_is_digitised_or_schematic(with_line: WithLine, wider: Plate) -> None:
    sheet = SheetMap.of(wider)
    exact = content.gather(with_line, wider, sheet, "working")
    public = content.gather(with_line, wider, sheet, "public")
    line = public.shown("railways")
    assert line is not None
    (x, y), *_ = line.shapes[0].coords
    assert sheet.lonlat(x, y) == pytest.approx((106.12, 40.99), abs=1e-6)
    lake = public.shown("lakes")
    assert lake is not None
    assert lake.shapes[0].area > 0, "what is smaller than the grid stays visible"
    for gathered in (exact, public):
        banners = gathered.shown("banners")
        assert banners is not None
        assert banners.shapes[0].equals(exact.shown("banners").shapes[0])  # type: ignore[union-attr]


def test_precision_classes_are_counted(with_line: WithLine, wider: Plate) -> None:
    gathered = content.gather(with_line, wider, SheetMap.of(wider), "working")
    counts = dict(precision_counts(gathered))
    assert counts == {Precision.BOUNDARY: 135, Precision.DIGITISED: 1, Precision.SCHEMATIC: 1}


def test_what_an_edition_leaves_out_is_listed(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def working_only(name: str) -> object:
        found = layer(name)
        return found.model_copy(update={"editions": ("working",)}) if name == "leagues" else found

    monkeypatch.setattr(content, "layer", working_only)
    public = compose(stand_in, load_plate("border"), "zh", "public")
    assert public.setting.content.shown("leagues") is None
    assert any(line.startswith(words.LEFT_OUT.zh) and "盟市" in line for line in source_lines(public.setting))
    assert words.EDITIONS["public"].zh in " ".join(texts(public))


def test_a_panel_that_hides_the_region_is_refused(stand_in: StandIn) -> None:
    border = load_plate("border")
    panels = (*border.panels[1:], Panel(corner="northwest", width=360, blocks=("title", "key")))
    with pytest.raises(SourceError, match=r"northwest panel hides \d+ mm² of the plate's subject"):
        compose(stand_in, border.model_copy(update={"panels": panels}), "zh", "working")


@pytest.mark.parametrize("plate_id", [name for name in plate_ids() if load_plate(name).insets])
def test_what_an_inset_names_is_not_crowded_onto_the_sheet(atlas: Atlas, plate_id: str) -> None:
    """The sheet leaves to an inset what lies mostly in it, and says by the inset's title where to look."""
    composed = compose_plate(atlas, plate_id)
    sheet = composed.setting.sheet
    shapes = {
        feature: (shown.layer, shape)
        for shown in composed.setting.content.layers
        for feature, shape in zip(shown.features["feature"], shown.shapes, strict=True)
    }
    titles = {text.text for label in composed.labels if label.group == "insets" for text in label.texts}
    assert composed.insets
    on_sheet = {label.id for label in composed.labels}
    for inset in composed.insets:
        assert inset.setting.plate.title.zh in titles
        outline = shapely.Polygon(extents.extent(sheet, inset.setting, ()).ring)
        for name in {label.id for label in inset.labels} & set(shapes):
            own, shape = shapes[name]
            inside = shapely.intersection(shape, outline)
            if own.geometry.kind == "point" or (own.id != "leagues" and shape.area and inside.area > 0.65 * shape.area):
                assert name not in on_sheet, name
            elif own.geometry.rule != "units" and shape.area and name in on_sheet:
                parts = shapely.get_parts(shape)
                large = [part for part in parts if part.area > 0.25 * shape.area]
                assert any(shapely.intersection(part, outline).area > 0.55 * part.area for part in large), name


def test_no_name_is_struck_through_by_the_outline_of_an_inset(atlas: Atlas) -> None:
    composed = compose_plate(atlas, "irrigation")
    rings = [extents.extent(composed.setting.sheet, one.setting, ()).ring for one in composed.insets]
    for label in composed.labels:
        assert not any(covered(label).intersects(ring) for ring in rings), label.id
