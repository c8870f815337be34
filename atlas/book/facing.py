"""The page that faces a plate: what it shows and where on the sheet, and the text of the articles that govern it.

Short texts are set in one wide column, longer ones in two, always with 34 to 38 characters a line. How much the page
holds is reckoned here, in lines; what has no room is named at the end, never set smaller than can be read.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from atlas.book.dossier import parted
from atlas.book.grid import marks
from atlas.book.register import Group
from atlas.book.sheets import Sheet
from atlas.plate.definition import load_plate
from atlas.store import Atlas

# How law text is set: columns, size in pt, characters of a line, and lines that all columns hold together.
SETTINGS = ((1, 12.5, 38, 32), (2, 10.5, 34, 82), (2, 9.4, 38, 93))
_HEADING = 46, 2.5  # characters of a line of the headings over a provision; lines that its number and space take
# How the list is set: columns, characters of a line, and lines that all columns hold; short names leave room for three.
_LISTS = ((3, 7, 147), (2, 13, 98))
_SHORT = 0.7  # of a line, at most, that the names of a list in three columns fill on average
_TITLE_LINES = 2  # that the title of a group takes


def facing(atlas: Atlas, plate_id: str, number: int, sheet: Sheet) -> dict[str, Any]:
    """Return the values of a plate and of the page that faces it."""
    plate = load_plate(plate_id)
    columns, size, shown, rest = _text(atlas, plate.facing.provisions)
    return {
        "id": plate.id,
        "number": number,
        "title": plate.title.zh,
        "title_en": plate.title.en,
        "introduction": plate.facing.introduction.zh,
        "provisions": shown,
        "rest": f"另见：{'；'.join(rest)}" if rest else "",
        "columns": columns,
        "size": size,
        "register": fitting(sheet.listed),
        "file": f"plate-{plate.id}.pdf",
        "frame": list(sheet.frame),
        "sheet": list(sheet.size),
        "grid": marks(sheet.frame),
    }


def shorter(citation: str, short: Mapping[str, str]) -> tuple[str, str]:
    """Part a citation into the short name of its document and the number."""
    document, number = parted(citation)
    title = document[1:].split("》", maxsplit=1)[0]
    return short.get(title, title), number


def fitting(groups: tuple[Group, ...]) -> dict[str, Any]:
    """Return as much of the list as the page holds, whole rows only, and how many it leaves out."""
    names = [len(row.name) for group in groups for row in group.rows]
    short = bool(names) and sum(names) / len(names) <= _LISTS[0][1] * _SHORT
    columns, across, room = _LISTS[0] if short else _LISTS[1]
    left, kept = 0, []
    for group in groups:
        room -= _TITLE_LINES
        rows = []
        for row in group.rows:
            room -= math.ceil(len(row.name) / across)
            if room >= 0:
                rows.append(row.model_dump())
            else:
                left += 1
        if rows:
            kept.append({"title": f"{group.title}（{len(group.rows)}）", "rows": rows})
    return {"columns": columns, "groups": kept, "rest": f"另有{left}处，见书末索引。" if left else ""}


def _text(atlas: Atlas, keys: tuple[str, ...]) -> tuple[int, float, list[dict[str, Any]], list[str]]:
    """Return the columns and the size of the text, its provisions, and the citations of those that have no room."""
    headings = atlas.provisions().set_index("id")["path"]
    short = {one.title: one.short for one in atlas.documents()}
    every = []
    for key in keys:
        document, number = shorter(atlas.citation(key), short)
        paragraphs = [line for line in atlas.provision(key).text.split("\n") if line.strip()]
        path = " · ".join(headings.loc[key][-2:])
        every.append({"document": document, "number": number, "heading": path, "paragraphs": paragraphs})
    for columns, size, across, most in SETTINGS:
        if sum(_lines(one, across) for one in every) <= most:
            return columns, size, every, []
    columns, size, across, most = SETTINGS[-1]
    shown: list[dict[str, Any]] = []
    rest: list[str] = []
    used = 0.0
    for one in every:
        used += _lines(one, across)
        if used <= most or not shown:
            shown.append(one)
        else:
            rest.append(f"{one['document']}{one['number']}")
    return columns, size, shown, rest


def _lines(provision: Mapping[str, Any], across: int) -> float:
    """Return how many lines a provision takes with its number and headings."""
    width, space = _HEADING
    heading = math.ceil(len(provision["heading"]) / width) * 0.6
    return space + heading + sum(math.ceil((len(line) + 2) / across) for line in provision["paragraphs"])
