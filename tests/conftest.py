"""What tests share: one atlas built from the repository's own sources.

A build takes a while, so the last ones are kept in `build/tests/` under a hash of all that it depends on.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from atlas.build import Inputs, build
from atlas.manifest import build_code, hash_files
from atlas.paths import geodata, home, layer_definitions
from atlas.store import Atlas

KEPT = 3  # builds: another run may still read the one before


@pytest.fixture(scope="session")
def built_atlas() -> Path:
    """The path of an atlas.gpkg built from what stands in the tree."""
    path = home() / "build" / "tests" / _state() / "atlas.gpkg"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in sorted(path.parent.parent.iterdir(), key=lambda folder: -folder.stat().st_mtime)[KEPT:]:
            shutil.rmtree(old, ignore_errors=True)
        build(Inputs(geodata(), layer_definitions()), path)  # published atomically
    return path


def _state() -> str:
    data = [*layer_definitions().glob("*.toml"), *(file for file in geodata().rglob("*") if file.is_file())]
    files = (*build_code(home() / "atlas"), *data, home() / "requirements.lock")
    return hash_files(files, home())[:16]


@pytest.fixture
def atlas(built_atlas: Path) -> Atlas:
    opened = Atlas(built_atlas)
    yield opened
    opened.close()
