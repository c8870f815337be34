"""What a printer or a reviewer would check on a file: the same bytes on every run, type, words, scale, small papers."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from atlas import plates
from atlas.layers import catalogue
from atlas.plate.definition import Language, Orientation, PaperSize, load_plate, plate_ids
from atlas.plate.legend import legend_entries
from atlas.plate.marks import Box, Patch, Text
from atlas.plate.projection import SheetMap
from atlas.store import Atlas

# Drawn in a process of its own, so that the order of sets and hashes differs from run to run.
DRAW = """
import sys
from pathlib import Path
from atlas import plates
from atlas.store import Atlas
atlas, plate, folder = Atlas(Path(sys.argv[1])), sys.argv[2], Path(sys.argv[3])
for ending in ("pdf", "svg", "png"):
    plates.draw(atlas, plate, folder / f"{plate}.{ending}", dpi=60)
"""


def run(atlas: Path, plate: str, folder: Path, seed: str) -> dict[str, bytes]:
    folder.mkdir()
    environment = os.environ | {"PYTHONHASHSEED": seed}
    subprocess.run([sys.executable, "-c", DRAW, str(atlas), plate, str(folder)], check=True, env=environment)
    return {path.suffix: path.read_bytes() for path in folder.iterdir()}


def test_two_runs_give_the_same_bytes_in_every_format(built_atlas: Path, tmp_path: Path) -> None:
    """A plate with relief, patterns, a key, moved symbols and turned names, in two processes."""
    one, two = (run(built_atlas, "railways", tmp_path / seed, seed) for seed in ("1", "20261126"))
    assert set(one) == {".pdf", ".svg", ".png"}
    for ending, found in one.items():
        assert found == two[ending], ending


# mm on the sheet of each plate's longest mark, measured on a geodesic: a bar that changes between runs is no bar.
BARS = {"region": 53.170, "kongdui": 55.554}


@pytest.mark.parametrize("plate_id", plate_ids())
def test_the_scale_bar_is_the_same_on_every_run(plate_id: str) -> None:
    plate = load_plate(plate_id)
    length = SheetMap.of(plate).bar_mm(plate.scale_bar_km[-1])
    assert length == pytest.approx(BARS["kongdui" if plate_id == "kongdui" else "region"], abs=0.001)


def test_the_legend_explains_nothing_that_the_plate_does_not_show(atlas: Atlas) -> None:
    """Every entry is of a layer of the plate, of a class, or of the ground; and what it names lies in the frame."""
    for plate_id in ("kongdui", "grids", "attention"):
        composed = plates.compose_plate(atlas, plate_id)
        own = {shown.layer.id for shown in composed.setting.content.layers if shown.visible.any()}
        others = [
            title.zh
            for entry in catalogue()
            if entry.id not in own
            for title in (entry.title, *(case.title for case in entry.style.cases))
        ]
        taken = [
            title.zh
            for entry in catalogue()
            if entry.id in own
            for title in (entry.title, *(case.title for case in entry.style.cases))
        ]
        for entry in legend_entries(composed.setting):
            name = entry.text.partition("（")[0]
            assert name not in others or name in taken, (plate_id, entry.text)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is not installed")
def test_pdftotext_finds_names_that_are_spaced_turned_or_slanted(atlas: Atlas, tmp_path: Path) -> None:
    for plate_id, names in {
        "border": ["额济纳旗", "呼伦贝尔市", "蒙古国"],
        "kongdui": ["毛不拉孔兑", "黄河", "库布其沙漠"],
        "railways": ["齐齐哈尔至海拉尔至满洲里高速铁路"],
    }.items():
        path = plates.draw(atlas, plate_id, tmp_path / f"{plate_id}.pdf")
        found = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True)
        # Letter-spaced names are one line of invisible text under their outlines.
        text = found.stdout.replace("\n", "").replace(" ", "")
        for name in names:
            assert name in text, (plate_id, name)


def test_every_font_of_every_kind_of_plate_is_embedded(atlas: Atlas, tmp_path: Path) -> None:
    for plate_id in ("lakes", "attention"):
        page = PdfReader(plates.draw(atlas, plate_id, tmp_path / f"{plate_id}.pdf", language="both")).pages[0]
        fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
        assert fonts
        for font in fonts:
            assert font["/Subtype"] == "/Type1"
            assert font["/FontDescriptor"]["/FontFile3"]["/Subtype"] == "/Type1C"


SHEETS: list[tuple[str, Language, PaperSize, Orientation | None]] = [
    ("parts", "en", "A4", None),
    ("railways", "both", "A4", None),
    ("border", "en", "slide", None),
    ("rivers", "both", "slide", None),
    ("grids", "en", "A4", "portrait"),
    ("culture", "both", "column", None),
    ("expressways", "zh", "column", None),
    ("attention", "both", "double", None),
]


@pytest.mark.parametrize(("plate_id", "language", "paper", "orientation"), SHEETS)
def test_all_furniture_stays_on_small_papers_and_apart(
    atlas: Atlas, plate_id: str, language: Language, paper: PaperSize, orientation: Orientation | None
) -> None:
    composed = plates.compose_plate(atlas, plate_id, language=language, paper=paper, orientation=orientation)
    width, height = composed.setting.plate.paper.size_mm
    sheet = Box(0, composed.cut, width, height).grown(-1)
    margin = [mark for mark in composed.margin if isinstance(mark, Text)]
    furniture = [mark for panel in composed.panels for mark in panel.marks if isinstance(mark, Text)]
    for mark in (*margin, *furniture):
        assert mark.box.inside(sheet), mark.text
    for one, other in itertools.combinations((*margin, *furniture), 2):
        assert not one.box.grown(-0.01).overlaps(other.box), (one.text, other.text)
    bars = [
        mark
        for panel in composed.panels
        for mark in panel.marks
        if isinstance(mark, Patch) and mark.stroke == "admin.national"
    ]
    assert bars, "the scale bar is on every paper"


def test_on_a_column_areas_of_the_key_bear_their_number_alone(atlas: Atlas) -> None:
    composed = plates.compose_plate(atlas, "border", paper="column")
    words = {"".join(text.text for text in label.texts) for label in composed.labels if label.group == "border"}
    assert len(words) >= 18
    assert all(word.isdigit() for word in words)


@pytest.mark.parametrize("language", ["en", "both"])
@pytest.mark.parametrize("plate_id", ["railways", "expressways", "grids", "border"])
def test_keys_fit_a_journal_column_in_every_language(atlas: Atlas, plate_id: str, language: Language) -> None:
    """An English row that fits on one line takes one; the longest keys ran off the sheet."""
    composed = plates.compose_plate(atlas, plate_id, language=language, paper="column")
    lines = [mark for panel in composed.panels for mark in panel.marks if isinstance(mark, Text)]
    level = [pair for pair in itertools.combinations(lines, 2) if abs(pair[0].y - pair[1].y) < 0.5]
    assert level
    assert all(not one.box.grown(-0.1).overlaps(other.box) for one, other in level)
    assert all(mark.box.bottom > composed.cut for mark in lines)
    numbers = [mark for mark in lines if mark.colour == "border.band" and mark.text.isdigit()]
    assert len(numbers) == len(composed.setting.key)
