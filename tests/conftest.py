"""What tests share: one atlas built from the repository's own sources.

A build takes a while, so the last one is kept in `build/tests/` under a hash of all that it depends on.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from atlas.build import Inputs, build
from atlas.paths import geodata, home, layer_definitions
from atlas.store import Atlas

# Rooms that only read what was built.
READERS = {"analysis", "book", "checks", "cli", "exchange", "filters", "intake", "plate", "ui", "web", "webmap.py"}


@pytest.fixture(scope="session")
def built_atlas() -> Path:
    """The path of an atlas.gpkg built from what stands in the tree."""
    path = home() / "build" / "tests" / _state() / "atlas.gpkg"
    if not path.exists():
        shutil.rmtree(path.parent.parent, ignore_errors=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        build(Inputs(geodata(), layer_definitions()), path)  # published atomically
    return path


def _state() -> str:
    package = home() / "atlas"
    code = [file for file in package.rglob("*.py") if file.relative_to(package).parts[0] not in READERS]
    words = package.rglob("*.txt")
    data = [*layer_definitions().glob("*.toml"), *(file for file in geodata().rglob("*") if file.is_file())]
    digest = hashlib.sha256()
    for file in sorted((*code, *words, *data, home() / "requirements.lock")):
        digest.update(file.relative_to(home()).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture
def atlas(built_atlas: Path) -> Atlas:
    opened = Atlas(built_atlas)
    yield opened
    opened.close()
