"""Where the atlas finds its sources and puts what it builds; the one module that knows the file system's layout.

A checkout is used in place; an installed wheel carries the same folders under `atlas/_home`. `ATLAS_BUILD` moves the
folder of built files, for instance where the code is read-only.
"""

from __future__ import annotations

import os
from pathlib import Path

from atlas.errors import SourceError

_PACKAGE = Path(__file__).resolve().parent


def home() -> Path:
    """Return the folder that holds `geodata/`, `layers/` and `app.py`.

    Raises:
        SourceError: neither a checkout nor an installed wheel's folder is there.
    """
    for folder in (_PACKAGE.parent, _PACKAGE / "_home"):
        if (folder / "geodata" / "documents").is_dir() and (folder / "layers").is_dir():
            return folder
    raise SourceError(f"no geodata/ and layers/ beside {_PACKAGE}: install the atlas again, or run it from a checkout")


def geodata() -> Path:
    """Return the folder of documents, tables and shapes."""
    return home() / "geodata"


def layer_definitions() -> Path:
    """Return the folder of layer TOMLs and the palette."""
    return home() / "layers"


def build_dir() -> Path:
    """Return the folder for built files: `$ATLAS_BUILD`, else `build/` of a checkout, else a cache folder."""
    if chosen := os.environ.get("ATLAS_BUILD"):
        return Path(chosen).expanduser().resolve()
    if home() == _PACKAGE.parent:
        return home() / "build"
    cache = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser()
    return cache / "beijiang-atlas"


def store_file() -> Path:
    """Return the path of the built GeoPackage."""
    return build_dir() / "atlas.gpkg"
