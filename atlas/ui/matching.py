"""How a project may be typed: a part of its Chinese name, pinyin, or initials by its characters' readings. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from atlas.search.fold import fold
from atlas.search.pinyin import syllables, typed_matches

_NOT_CHINESE = re.compile(r"[^\u4e00-\u9fff]")
_FEWEST_LETTERS = 3  # of pinyin; fewer fit half of all projects


def project_matches(names: Mapping[str, tuple[str, str]], typed: str, limit: int) -> list[str]:
    """Return the ids of projects that what was typed may mean, those that begin so first.

    Args:
        names: id -> (folded name, reading: syllables parted by spaces).
        typed: as typed.
        limit: how many at the most.
    """
    key = "".join(fold(typed).split())
    letters = key.replace("'", "")
    if not key:
        return []
    found: list[tuple[int, int, str]] = []
    latin = len(letters) >= _FEWEST_LETTERS and letters.isascii() and letters.isalpha()
    for project, (name, reading) in names.items():
        at = name.find(key)
        if at >= 0:
            found.append((min(at, 1), len(name), project))
        elif latin and typed_matches(letters, reading):
            found.append((2, len(name), project))
    return [project for _, _, project in sorted(found)[:limit]]


def read_names(names: Iterable[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Return id -> (folded name, reading) of (id, name)."""
    return {key: ("".join(fold(name).split()), syllables(_NOT_CHINESE.sub("", name))) for key, name in names}
