"""Sets pages with Typst: a template of ours, values as JSON, pictures as files; no text is ever read as markup.

The values reach the template as one JSON file, so that a `#` or `$` in a name is a character and nothing else. Only the
fonts of the `mplfonts` package are used, and no clock: the same values give the same bytes.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from atlas.errors import SourceError
from atlas.layers import palette
from atlas.plate.fonts import Face, font_file

TEMPLATES = Path(__file__).resolve().parent / "templates"


def typeset(template: str, values: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Return the PDF that a template makes of some values.

    Args:
        template: name of a file in `templates/`, without its ending.
        values: what the template reads; anything that JSON can hold.
        pictures: files that the template shows, by the name that the values use for them.

    Raises:
        SourceError: the template cannot be set with these values.
    """
    with tempfile.TemporaryDirectory(prefix="beijiang-atlas-") as name:
        folder = Path(name)
        for source in TEMPLATES.glob("*.typ"):
            (folder / source.name).write_bytes(source.read_bytes())
        for key, content in (pictures or {}).items():
            (folder / key).write_bytes(content)
        values = {"palette": palette(), **values}
        (folder / "values.json").write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
        try:
            made = typst.compile(
                folder / f"{template}.typ",
                root=folder,
                font_paths=[font_file(Face.SANS).parent],
                ignore_system_fonts=True,
                package_path=folder,
                package_cache_path=folder,
            )
        except (RuntimeError, ValueError) as error:
            raise SourceError(f"template {template}.typ cannot be set: {error}") from error
    if not isinstance(made, bytes):
        raise SourceError(f"template {template}.typ gave no document")
    return made
