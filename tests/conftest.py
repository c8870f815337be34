"""What tests share: one atlas built from the repository's own sources, once a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.build import Inputs, build
from atlas.paths import geodata, layer_definitions
from atlas.store import Atlas


@pytest.fixture(scope="session")
def built_atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a freshly built atlas.gpkg."""
    path = tmp_path_factory.mktemp("built") / "atlas.gpkg"
    build(Inputs(geodata(), layer_definitions()), path)
    return path


@pytest.fixture
def atlas(built_atlas: Path) -> Atlas:
    opened = Atlas(built_atlas)
    yield opened
    opened.close()
