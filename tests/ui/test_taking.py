"""What is taken away: formats that hold it, the suggested zone, the address, files that are what they say."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from atlas.errors import AtlasError, InputError
from atlas.exchange import CRS_CHOICES, TABLES
from atlas.filters import filters_of
from atlas.intake import RefusedError
from atlas.layers import catalogue
from atlas.selection import Selection
from atlas.store import Atlas
from atlas.ui import plainly, taking
from atlas.ui.index import make_index
from atlas.ui.state import View

EJIN = "152923"
SMALL = ("leagues",)


class FakeOpened:
    """The parts of `Opened` that this module reads."""

    def __init__(self, atlas: Atlas) -> None:
        layers = tuple(layer for layer in catalogue() if layer.id in {one.id for one in atlas.layers()})
        self.atlas = atlas
        self.index = make_index(layers, {layer.id: atlas.properties(layer.id) for layer in layers})
        self.filters = filters_of(atlas)


def make(atlas: Atlas, suffix: str, layers: tuple[str, ...] = SMALL, **values: object) -> taking.Made:
    return taking.make_data(atlas, ("x",), suffix, layers, view=values.pop("view", View()), **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("layers", "tables"), list(product((True, False), (0, 1, 2))))
def test_the_offered_formats_are_those_that_hold_it(atlas: Atlas, layers: bool, tables: int) -> None:
    offered = taking.data_formats(layers=layers, tables=tables)
    if not layers and not tables:
        assert offered == ()
        return
    view = View(selection=Selection(regions=(EJIN,)))
    for suffix in taking.DATA:
        chosen = {"tables": tuple(TABLES)[:tables], "view": view}
        if suffix in offered:
            assert make(atlas, suffix, SMALL if layers else (), **chosen).content
        else:
            with pytest.raises(InputError):
                make(atlas, suffix, SMALL if layers else (), **chosen)


def test_data_are_exactly_what_the_map_shows(atlas: Atlas) -> None:
    """Under a filter by class and precision the export has the map's features, no fewer and no more."""
    opened = FakeOpened(atlas)
    selection = Selection(regions=("152900",), precisions=("site",), themes=("nodes",))  # type: ignore[arg-type]
    view = View(layers=("banners", "ports", "lakes"), selection=selection)
    shown = taking.shown_layers(opened, view)  # type: ignore[arg-type]
    assert shown["banners"], "units stay under filters by theme and precision"
    made = make(atlas, ".geojson", tuple(shown), view=view)
    features = json.loads(made.content)["features"]
    ids = {feature.get("id") or feature["properties"]["feature"] for feature in features}
    assert ids == {feature for layer in shown.values() for feature in layer}


def test_nothing_stays_on_the_disk(atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    make(atlas, ".csv")
    with pytest.raises(AtlasError):
        make(atlas, ".geojson", crs="EPSG:9999")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("suffix", "begins"), [(".pdf", b"%PDF"), (".docx", b"PK"), (".md", b"# ")])
def test_a_dossier_is_what_its_ending_says(atlas: Atlas, suffix: str, begins: bytes) -> None:
    made = taking.make_dossier(atlas, ("x",), EJIN, suffix, "zh", "none")
    assert made.content.startswith(begins)
    assert made.name == f"额济纳旗-dossier{suffix}"
    assert made.mime == taking.MIME[suffix]


def test_the_suggested_zone_is_the_one_under_the_unit(atlas: Atlas) -> None:
    banners = atlas.features("banners").set_index("place")
    for code, shape in banners.geometry.items():
        found = taking.zone_for(atlas, str(code))
        assert found is not None
        zone, beyond = found
        west, _, east, _ = shape.bounds
        assert abs((west + east) / 2 - zone * 3) <= 1.5
        assert beyond == (west < zone * 3 - 1.5 or east > zone * 3 + 1.5)
        first = taking.crs_choices(zone)
        assert set(first) == set(CRS_CHOICES)
        assert all(f"{zone}" in taking.crs_title(crs, "zh") for crs in first[2:4])
    assert taking.zone_for(atlas, "999999") is None


def test_the_link_opens_what_the_map_shows() -> None:
    view = View(name="take", place=EJIN, lang="en", selection=Selection(classes=("border",)), own=(("take.x", "1"),))
    link = taking.permalink("http://10.1.2.3:8501/?view=take#x", view)
    parts = urlsplit(link)
    assert (parts.netloc, parts.path, parts.fragment) == ("10.1.2.3:8501", "/", "")
    assert parse_qs(parts.query) == {"place": [EJIN], "lang": ["en"], "classes": ["border"]}
    assert taking.permalink("http://10.1.2.3", View()) == "http://10.1.2.3/"


@pytest.mark.parametrize(
    ("page", "here"),
    [
        ("http://127.0.0.1:8501", True),
        ("http://localhost/", True),
        ("http://[::1]:1/", True),
        ("http://10.0.0.7", False),
    ],
)
def test_an_address_of_this_computer_is_known(page: str, here: bool) -> None:
    assert taking.is_only_here(page) is here


def test_a_code_is_drawn_or_refused() -> None:
    code = taking.qr_code("http://10.1.2.3/?place=152923")
    assert code
    assert code[0].startswith("data:image/png;base64,")
    assert code[1].startswith("<svg")
    assert taking.qr_code("x" * 4000) is None


def test_a_session_keeps_little() -> None:
    kept = taking.Kept()
    half = b"x" * (taking.MOST_KEPT // 2 + 1)
    kept.put("a", taking.Made(("1",), "a.pdf", half))
    assert kept.get("a", ("1",)) is not None
    assert kept.get("a", ("2",)) is None
    kept.put("b", taking.Made(("1",), "b.pdf", half))
    assert list(kept.made) == ["b"]


def test_names_of_files_hold_no_paths() -> None:
    assert taking.file_name("../../etc/passwd", "<b>", ".pdf") == "etc-passwd-b.pdf"


def test_what_failed_is_said_in_one_language(atlas: Atlas) -> None:
    """A Chinese prefix before an English reason says that it is English; an English sentence has nothing Chinese."""
    view = View(layers=("ports",), selection=Selection(precisions=("boundary",)))  # type: ignore[arg-type]
    with pytest.raises(InputError) as caught:
        make(atlas, ".geojson", ("ports",), view=view)
    with pytest.raises(InputError) as plate:
        taking.make_plate(
            atlas,
            (),
            taking.SELECTION,
            ".svg",
            language="zh",
            edition="working",
            selection=taking.data_selection(view, ("ports",)),
        )
    with pytest.raises(InputError) as public:
        make(atlas, ".geojson", ("gas-lines",), edition="public")
    for error in (caught.value, plate.value, public.value, RefusedError("content", name="x.csv", form="CSV")):
        zh, en = (plainly.failed("take_failed", error, lang) for lang in ("zh", "en"))
        assert en.isascii(), en
        assert "英文" not in zh
        assert re.search("[\u4e00-\u9fff]{4}", zh), zh
    assert "（英文）" in plainly.failed("take_failed", InputError("no such paper"), "zh")


def test_text_stays_text_in_markdown() -> None:
    hostile = "[x](javascript:alert(1)) :red[y] $z$ <b>\n# t"
    shown = plainly.literal(hostile)
    assert "\n" not in shown
    for active in "[](){}<>$:#":
        assert all(shown[at - 1] == "\\" for at, char in enumerate(shown) if char == active)


def test_a_plate_of_a_unit_is_called_after_it(atlas: Atlas) -> None:
    selection = taking.data_selection(View(), ("banners", "ports"))
    asked = {"language": "zh", "edition": "working", "selection": selection}
    made = taking.make_plate(atlas, (), taking.SELECTION, ".svg", about="152923", **asked)
    assert made.name == "额济纳旗-map-working.svg"
