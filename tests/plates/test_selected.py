"""Plates of a user's own selection, and plates on other papers: what the sheet shows, and that nothing leaves it."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from PIL import Image

from atlas import plates
from atlas.errors import InputError, UnknownNameError
from atlas.geometry import boundaries
from atlas.layers import Bilingual, layer
from atlas.plate.compose import compose
from atlas.plate.definition import PaperSize, load_plate
from atlas.plate.layout import fitted, resized
from atlas.plate.marks import Box, Text
from atlas.plate.projection import SheetMap
from atlas.plate.selected import selected
from atlas.selection import Selection
from atlas.store import Atlas
from tests.plates.conftest import StandIn

LEAD = Bilingual(zh="所选地区：额济纳旗。", en="Selected: Ejin Banner.")
EJIN = "152923"


def choice(stand_in: StandIn, size: PaperSize = "A3") -> plates.Plate:
    region = stand_in.features("leagues").geometry.to_numpy()
    banners = stand_in.features("banners")
    return selected(
        (layer("border"),),
        region,
        banners.loc[banners["place"] == EJIN].geometry.to_numpy(),
        only={},
        title=None,
        lead=LEAD,
        highlight=(EJIN,),
        size=size,
        orientation="portrait" if size in {"double", "column"} else "landscape",
        relief=0,
    )


@pytest.mark.parametrize("size", ["A3", "A4", "slide", "double", "column"])
def test_a_selection_fills_its_frame_and_its_furniture_stays_on_the_sheet(stand_in: StandIn, size: PaperSize) -> None:
    composed = compose(stand_in, choice(stand_in, size), "zh", "working")
    setting = composed.setting
    frame = shapely.box(*setting.sheet.frame)
    banner = setting.content.highlight
    assert frame.contains(banner)
    west, south, east, north = banner.bounds
    left, bottom, right, top = setting.sheet.frame
    assert max((east - west) / (right - left), (north - south) / (top - bottom)) > 0.85
    width, height = setting.plate.paper.size_mm
    sheet = Box(0, composed.cut, width, height)
    for panel in composed.panels:
        assert panel.box.inside(sheet)
        assert not panel.box.overlaps(Box(*setting.sheet.frame))
        lines = [mark for mark in panel.marks if isinstance(mark, Text)]
        assert all(line.box.inside(panel.box.grown(0.3)) for line in lines)
        assert not any(one.box.overlaps(other.box) for one, other in itertools.combinations(lines, 2))
    outside = [mark for mark in composed.margin if isinstance(mark, Text)]
    assert all(mark.box.inside(sheet) for mark in outside)
    assert not any(mark.box.overlaps(panel.box) for mark in outside for panel in composed.panels)


def test_the_frame_takes_the_height_of_a_sheet_that_lies_across_where_there_is_land_to_show(stand_in: StandIn) -> None:
    plate = choice(stand_in, "A3")
    width, height = plate.paper.size_mm
    assert plate.paper.bottom == 18
    assert plate.frame[3] - plate.frame[1] == height - plate.paper.top - 18
    far = SheetMap.of(plate)
    box = (0.0, 0.0, width * 8, 1.0)  # six thousand kilometres: beyond what is known of the neighbours
    assert fitted(plate, "A3", "landscape", box, locator=False, fills=True).paper.bottom > 18
    corners = [far.lonlat(x, y) for x in plate.frame[0::2] for y in plate.frame[1::2]]
    west, south, east, north = boundaries.SHEET
    assert all(west < lon < east and south < lat < north for lon, lat in corners)


def test_titles_say_the_region_and_leave_out_what_stands_in_brackets(atlas: Atlas) -> None:
    def title(*layers: str, **places: tuple[str, ...]) -> Bilingual:
        return plates.choose(atlas, Selection(layers=layers, **places)).title

    ejin = title("ports", "railways", regions=("额济纳旗",))
    assert ejin.zh.startswith("额济纳旗：")
    assert "（" not in title("airports", "hubs").zh
    assert "(" not in title("airports", "hubs").en
    assert title("railways", "zones").en == "Railways, Zones"
    many = title("airports", "hubs", "ports", "lakes")
    assert many.zh.endswith("等4类")
    assert many.en.endswith("and 1 more")
    assert title().zh == "行政区划"


def test_a_small_region_says_where_it_lies_and_is_set_off_in_the_legend(stand_in: StandIn) -> None:
    composed = compose(stand_in, choice(stand_in), "zh", "working")
    words = [mark.text for panel in composed.panels for mark in panel.marks if isinstance(mark, Text)]
    assert "本图在内蒙古自治区的位置" in words
    assert "所选地区" in words
    assert "额济纳旗" in " ".join(text.text for label in composed.labels for text in label.texts)


def test_a_larger_paper_enlarges_the_map_and_a_smaller_one_moves_the_furniture_out(stand_in: StandIn) -> None:
    plate = load_plate("border")
    focus = stand_in.features("leagues").geometry.to_numpy()
    large = resized(plate, "A2", None, focus)
    assert large.view.scale == pytest.approx(plate.view.scale / 2**0.5, rel=0.05)
    assert [panel.width for panel in large.panels] == [panel.width for panel in plate.panels]
    small = resized(plate, "A4", None, focus)
    assert [panel.corner for panel in small.panels] == ["beside"]
    assert small.view.scale > plate.view.scale
    assert resized(plate, "A3", "landscape", focus) is plate


def test_geotiff_and_world_file_place_the_picture(stand_in: StandIn, tmp_path: Path) -> None:
    plate = choice(stand_in, "column")
    out = plates.draw(stand_in, plate, tmp_path / "a.tif", dpi=100, georeferenced="geotiff")
    with rasterio.open(out) as found:
        assert found.count == 3
        assert found.crs.to_dict()["proj"] == "aea"
        lon, lat = plate.view.centre
        x, y = rasterio.warp.transform("EPSG:4490", found.crs, [lon], [lat])
        row, column = rasterio.transform.rowcol(found.transform, x[0], y[0], op=float)
        left, _, right, top = plate.frame
        assert column == pytest.approx((left + right) / 2 / 25.4 * 100, abs=1)
        assert row == pytest.approx((plate.paper.size_mm[1] - (top + plate.frame[1]) / 2) / 25.4 * 100, abs=1)
    first = out.read_bytes()
    assert plates.draw(stand_in, plate, out, dpi=100, georeferenced="geotiff").read_bytes() == first
    plates.draw(stand_in, plate, tmp_path / "b.png", dpi=100, georeferenced="world")
    numbers = [float(line) for line in (tmp_path / "b.pgw").read_text().split()]
    assert numbers[0] == pytest.approx(found.transform.a)
    assert "Albers" in (tmp_path / "b.prj").read_text()
    with Image.open(plates.draw(stand_in, plate, tmp_path / "c.tiff", dpi=120)) as image:
        assert image.info["dpi"] == pytest.approx((120, 120))
        assert image.size[0] == pytest.approx(85 / 25.4 * 120, abs=1)
        assert np.asarray(image).std() > 5


def test_bad_papers_resolutions_and_references_are_named(stand_in: StandIn, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="unknown paper size 'A5': did you mean"):
        plates.draw(stand_in, "border", tmp_path / "a.pdf", paper="A5")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="dpi 9 is not between 50 and 1200"):
        plates.draw(stand_in, "border", tmp_path / "a.png", dpi=9)
    with pytest.raises(InputError, match=r"cannot georeference 'a\.pdf' by 'world'"):
        plates.draw(stand_in, "border", tmp_path / "a.pdf", georeferenced="world")
    assert not list(tmp_path.iterdir())
