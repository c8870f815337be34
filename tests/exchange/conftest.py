"""One atlas for all tests of exchange, each layer of which is read once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import geopandas as gpd
import pytest

from atlas.layers import Layer
from atlas.store import Atlas


class ReadOnce(Atlas):
    """The built atlas; frames are copies, so that no test sees what another did to them."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._layers = cache(super().layers)
        self._features = cache(super().features)

    def layers(self) -> tuple[Layer, ...]:
        return self._layers()

    def features(self, layer_id: str) -> gpd.GeoDataFrame:
        return self._features(layer_id).copy()


@pytest.fixture(scope="session")
def atlas(built_atlas: Path) -> Iterator[Atlas]:
    opened = ReadOnce(built_atlas)
    yield opened
    opened.close()
