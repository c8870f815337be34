"""The catalogue in the docs is the one that the definitions give, with a picture of every layer that is drawn."""

from __future__ import annotations

from types import ModuleType

import pytest

from atlas.layers import catalogue
from atlas.paths import home
from tests.support import docs_script

DOCS = home() / "docs"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    return docs_script("layers")


def test_the_page_is_current(maker: ModuleType) -> None:
    assert (DOCS / "layers.md").read_text(encoding="utf-8") == maker.page(catalogue()), "run: python docs/layers.py"


@pytest.mark.parametrize("layer", [one for one in catalogue() if not one.pending], ids=lambda one: one.id)
def test_every_drawn_layer_has_its_picture(layer) -> None:
    picture = DOCS / "pictures" / "layers" / f"{layer.id}.png"
    assert picture.is_file(), "run: python docs/layers.py --pictures"
    assert picture.read_bytes()[:4] == b"\x89PNG"
