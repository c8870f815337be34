"""Scripts and style sheets that stand inside a page: one answer instead of seven, and nothing more to ask for."""

from __future__ import annotations

import re
from pathlib import Path

from atlas.errors import SourceError


def script(path: Path) -> str:
    """Return a script as the content of an element.

    Raises:
        SourceError: the file is missing, or would close its own element.
    """
    text = re.sub(r"//# sourceMappingURL=\S+", "", _read(path))
    if "</script" in text.lower() or "<!--" in text:
        raise SourceError(f"{path.name} cannot stand inside a page: it closes its own element")
    return text


def style(path: Path) -> str:
    """Return a style sheet as the content of an element, without the pictures that it names.

    Raises:
        SourceError: the file is missing, or would close its own element.
    """
    text = _read(path)
    if "</style" in text.lower():
        raise SourceError(f"{path.name} cannot stand inside a page: it closes its own element")
    # Pictures of Leaflet's controls that we don't use: nothing is to be asked for.
    return re.sub(r"url\((?!['\"]?data:)[^)]*\)", "none", text)


def _read(path: Path) -> str:
    try:
        # An HTML parser makes every line end a newline, and hashes are of what it makes.
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    except OSError as error:
        raise SourceError(f"{path.name} is missing: run `make setup` again") from error
