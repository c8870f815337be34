"""The chapters of a document as the reader turns them: stretches of its provisions. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_CHAPTER = re.compile(r"第[一二三四五六七八九十百]+章")


@dataclass(frozen=True)
class Chapter:
    """A stretch of a document."""

    id: str  # of its first provision
    title: str
    part: str  # the heading above, if any
    provisions: tuple[str, ...]


def chapters(rows: list[dict[str, Any]]) -> tuple[Chapter, ...]:
    """Cut the provisions of a document into chapters; the opening of a part goes with the chapter after it.

    Args:
        rows: of `Atlas.provisions`, of one document, in its order.
    """
    found: list[tuple[str, str, list[str]]] = []
    waiting: list[str] = []
    for row in rows:
        title, part = _headings(row)
        if not title and row["kind"] == "part":
            waiting.append(row["id"])
            continue
        if not found or found[-1][0] != title:
            found.append((title, part, waiting))
            waiting = []
        found[-1][2].append(row["id"])
    if waiting:
        found.append(("", "", waiting))
    return tuple(Chapter(ids[0], title, part, tuple(ids)) for title, part, ids in found)


def is_chapter(heading: str) -> bool:
    """Say whether a heading is that of a chapter (第三章 …)."""
    return bool(_CHAPTER.match(heading))


def _headings(row: dict[str, Any]) -> tuple[str, str]:
    path = [str(heading) for heading in row["path"] or ()]
    own = f"{row['number']} {row['title']}".strip()
    if row["kind"] == "chapter":
        return own, path[0] if path else ""
    for at, heading in enumerate(path):
        if is_chapter(heading):
            return heading, path[0] if at else ""
    return ("" if row["kind"] == "part" else own if row["kind"] == "preamble" else ""), ""
