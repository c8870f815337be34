"""The files: right size and resolution, searchable, whole or not at all, and the same bytes every time."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import pytest
from PIL import Image
from pypdf import PdfReader

from atlas import plates
from atlas.errors import AtlasError, InputError, UnknownNameError
from atlas.plate.fonts import MissingGlyphError
from tests.plates.conftest import UNITS, StandIn


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("plates")


@pytest.fixture(scope="module")
def pdf(stand_in: StandIn, folder: Path) -> Path:
    return plates.draw(stand_in, "border", folder / "border.pdf")


def test_png_is_a3_at_300_dpi(stand_in: StandIn, folder: Path) -> None:
    with Image.open(plates.draw(stand_in, "border", folder / "border.png")) as image:
        width, height = image.size
        assert abs(width - 420 / 25.4 * 300) <= 1
        assert abs(height - 297 / 25.4 * 300) <= 1
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.01)
        assert "天地图" in image.info["Copyright"]
        # The band colour of the border units is really on the sheet, as is the paper.
        colours = {rgba[:3] for _, rgba in image.convert("RGBA").resize((840, 594), 0).getcolors(10**6)}
        assert (0xFA, 0xF8, 0xF4) in colours
        assert any(r > 225 and 190 < g < 215 and 180 < b < 205 for r, g, b in colours)


def test_pdf_is_one_a3_page_whose_names_can_be_searched(pdf: Path) -> None:
    reader = PdfReader(pdf)
    (page,) = reader.pages
    assert float(page.mediabox.width) == pytest.approx(420 / 25.4 * 72, abs=0.5)
    assert float(page.mediabox.height) == pytest.approx(297 / 25.4 * 72, abs=0.5)
    text = page.extract_text()
    for name in [*UNITS, "锡林郭勒盟", "蒙古国", "内蒙古自治区边境旗市区", "内部工作", "112°00′", "1:7 500 000"]:
        assert name in text, name
    assert "境界资料来源：天地图；专题内容为本图集添加，未经地图审核，公开出版须送审" in text
    assert reader.metadata is not None
    assert reader.metadata.title == "内蒙古自治区边境旗市区"


def test_vertices_stand_on_hundredths_of_a_point(pdf: Path) -> None:
    """Finer than any press; six decimals made the file half as large again."""
    content = PdfReader(pdf).pages[0].get_contents()
    assert content is not None
    steps = re.findall(rb"^(-?[\d.]+) (-?[\d.]+) [ml]$", content.get_data(), re.MULTILINE)
    assert len(steps) > 20_000
    fine = sum(len(value.partition(b".")[2]) > 2 for step in steps for value in step)
    assert fine < 0.01 * len(steps)
    assert pdf.stat().st_size < 1_200_000


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is not installed")
def test_text_stands_where_its_mark_says(stand_in: StandIn, tmp_path: Path) -> None:
    """The line that a search finds lies within the box that was kept free for it, turned text too."""
    out = plates.draw(stand_in, "border", tmp_path / "border.pdf")
    composed = plates.compose_plate(stand_in, "border")
    told = subprocess.run(["pdftotext", "-bbox", str(out), "-"], capture_output=True, text=True, check=True).stdout
    words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<', told)
    found = {word: [float(edge) * 25.4 / 72 for edge in edges] for *edges, word in words}
    for name in ("额济纳旗", "苏尼特左旗", "二连浩特市"):
        text = next(text for label in composed.labels for text in label.texts if text.text == name)
        left, top, right, bottom = found[name]
        assert left == pytest.approx(text.box.left, abs=0.6)
        assert right == pytest.approx(text.box.right, abs=0.6)
        assert 297 - bottom < text.y < 297 - top


def test_pdf_embeds_every_font(pdf: Path) -> None:
    fonts = PdfReader(pdf).pages[0]["/Resources"]["/Font"]
    assert len(fonts) >= 2
    for font in fonts.values():
        found = font.get_object()
        assert found["/Subtype"] == "/Type1"  # not Type 3, which publishers refuse
        assert found["/FontDescriptor"]["/FontFile3"].get_data()
        assert "/ToUnicode" in found


def test_svg_has_a_named_group_for_each_part(stand_in: StandIn, folder: Path) -> None:
    path = plates.draw(stand_in, "border", folder / "border.svg", language="both")
    root = ET.parse(path).getroot()
    ids = [element.get("id") for element in root.iter("{http://www.w3.org/2000/svg}g")]
    wanted = {"ground", "layer-banners", "layer-border", "layer-leagues", "boundary-national", "labels-border", "frame"}
    assert wanted <= set(ids)
    assert ids.index("layer-border") < ids.index("boundary-national") < ids.index("labels-border")
    assert not list(root.iter("{http://www.w3.org/2000/svg}text")), "outlines only: no font is asked for"


@pytest.mark.parametrize("suffix", ["pdf", "svg", "png"])
def test_the_same_atlas_gives_the_same_bytes(stand_in: StandIn, folder: Path, suffix: str) -> None:
    one = plates.draw(stand_in, "border", folder / f"one.{suffix}")
    two = plates.draw(stand_in, "border", folder / f"two.{suffix}")
    assert one.read_bytes() == two.read_bytes()


def test_the_public_edition_says_so(stand_in: StandIn, folder: Path) -> None:
    path = plates.draw(stand_in, "border", folder / "public.pdf", edition="public", language="en")
    text = PdfReader(path).pages[0].extract_text()
    assert "Draft for public map review" in text
    assert "内部工作" not in text
    assert "公开出版须送审" in text, "the credit line stands in every language"


# -- bad calls ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"), [("border.jpg", ".jpg"), ("border", "no ending"), ("border.pdf.zip", ".zip")]
)
def test_an_unknown_ending_names_value_choices_and_next_step(
    stand_in: StandIn, tmp_path: Path, name: str, shown: str
) -> None:
    with pytest.raises(InputError) as caught:
        plates.draw(stand_in, "border", tmp_path / name)
    message = str(caught.value)
    assert shown in message
    assert ".pdf, .svg, .png" in message
    assert "for example border" in message
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_plate_language_or_edition_is_named(stand_in: StandIn, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    with pytest.raises(UnknownNameError, match="unknown plate 'bordr': did you mean border"):
        plates.draw(stand_in, "bordr", out)
    with pytest.raises(UnknownNameError, match="unknown language 'mn'"):
        plates.draw(stand_in, "border", out, language="mn")  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="unknown edition 'secret'"):
        plates.draw(stand_in, "border", out, edition="secret")  # type: ignore[arg-type]


def test_a_missing_folder_is_named(stand_in: StandIn, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"the folder '.*none' is missing"):
        plates.draw(stand_in, "border", tmp_path / "none" / "a.pdf")
    (tmp_path / "b.pdf").mkdir()
    with pytest.raises(InputError, match="is a folder"):
        plates.draw(stand_in, "border", tmp_path / "b.pdf")


class WithOddName(StandIn):
    """The stand-in with a character in a name that no typeface here has."""

    def features(self, layer_id: str) -> gpd.GeoDataFrame:
        frame = super().features(layer_id)
        if layer_id == "border":
            frame.loc[0, "name_zh"] = "阿拉善\U0001f40e旗"
        return frame


def test_a_missing_glyph_fails_loudly_and_leaves_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "border.pdf"
    out.write_bytes(b"old")
    with pytest.raises(MissingGlyphError, match=r"U\+1F40E") as caught:
        plates.draw(WithOddName(), "border", out)
    assert isinstance(caught.value, AtlasError)
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["border.pdf"]


def test_a_full_disk_leaves_the_old_file(stand_in: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as part:
            part.write(content[:4])
        raise OSError(28, "No space left on device")

    out = tmp_path / "border.pdf"
    out.write_bytes(b"old")
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputError, match="No space left on device"):
        plates.draw(stand_in, "border", out)
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["border.pdf"]
