"""The numbered key of a plate: its rows in the order of the atlas, and how they are laid out.

A row of an area says which league it lies in, one of a line its status. Names that are too long for their column are
set smaller; where that would be too small, the key takes fewer columns.
"""

from __future__ import annotations

from atlas.plate import words
from atlas.plate.blocks import BODY, NOTE, SMALL, KeyRow, Laid, Setting
from atlas.plate.content import Content, PlateSource, Shown
from atlas.plate.definition import Language, Plate
from atlas.plate.fonts import Face, width_mm
from atlas.plate.marks import Mark, Stroke, Text

_GUTTER = 6.0  # mm between columns
_NAME = 7.5  # mm from a row's left end to its name
_ROW, _TALL_ROW = 4.9, 7.4  # mm
_TALL_FROM = 12  # bilingual rows: longer keys set them tighter
_TIGHT_ROW = 6.3
_SMALLEST = 5.4  # pt


def key_rows(atlas: PlateSource, plate: Plate, content: Content) -> tuple[KeyRow, ...]:
    """Return the rows of a plate's key, numbered through its layers; none for a plate without one."""
    rows: list[KeyRow] = []
    leagues = dict(zip(content.units["name_zh"], content.units["name_en"], strict=True))
    for name in plate.key.layers if plate.key else ():
        shown = content.shown(name)
        if shown is None:  # the edition leaves it out
            continue
        members = shown.layer.geometry.members
        order = {member: index for index, member in enumerate(atlas.gazetteer.members(members))} if members else {}
        found = list(enumerate(shown.features.drop(columns="geometry").to_dict("records")))
        found.sort(key=lambda pair: order.get(str(pair[1]["place"]), len(order)))
        for index, row in found:
            if not shown.visible[index]:
                continue
            league = str(row["league"] or "").replace("|", "、")
            line = shown.layer.geometry.kind == "line"
            aside = _status(shown, row) if line else (league, str(leagues.get(league) or ""))
            rows.append(
                KeyRow(
                    number=len(rows) + 1,
                    feature=str(row["feature"]),
                    place=str(row["place"]),
                    name_zh=str(row["name_zh"]),
                    name_en=str(row["name_en"] or ""),
                    aside_zh=aside[0],
                    aside_en=aside[1],
                )
            )
    return tuple(rows)


def _status(shown: Shown, row: dict[str, object]) -> tuple[str, str]:
    """Return the words for a line's status in both languages, without what the legend says in brackets."""
    for case in shown.layer.style.cases:
        if str(row.get(case.property)) == case.value:
            return case.title.zh.partition("（")[0], case.title.en.partition(" (")[0]
    return "", ""


def lay_key(setting: Setting, width: float) -> Laid:
    """Lay the key out in as many of its columns as its names have room for."""
    definition = setting.plate.key
    if definition is None or not setting.key:
        return Laid(0, ())
    columns = next((n for n in range(definition.columns, 1, -1) if _sizes(setting, (width - _GUTTER * (n - 1)) / n)), 1)
    column = (width - _GUTTER * (columns - 1)) / columns
    per_column = -(-len(setting.key) // columns)
    height = _ROW if setting.language == "zh" else _TALL_ROW
    if setting.language == "both" and per_column > _TALL_FROM:
        height = _TIGHT_ROW
    if setting.language == "en" and _on_one_line(setting, column):
        height = _ROW
    # In one column a row is as high as it must be; side by side rows stand level.
    heights = [
        _ROW if columns == 1 and setting.language == "en" and _fits(row, column) else height for row in setting.key
    ]
    marks: list[Mark] = []
    deepest = 0.0
    for start in range(0, len(setting.key), per_column):
        x, y = (start // per_column) * (column + _GUTTER), 0.0
        own = range(start, min(start + per_column, len(setting.key)))
        for index in own:
            marks.append(Stroke(((x, y), (x + column, y)), 0.3, "ground.rule"))
            marks.extend(_row(setting.key[index], setting.language, x, y, column, heights[index]))
            y -= heights[index]
        marks.append(Stroke(((x, y), (x + column, y)), 0.3, "ground.rule"))
        deepest = max(deepest, -y)
    return Laid(deepest, tuple(marks))


def _words(row: KeyRow, language: Language) -> tuple[str, str, str]:
    """Return a row's name, the name under it, and what stands at its right."""
    if language == "en":
        return words.name(row.name_zh, row.name_en, language), "", row.aside_en or row.aside_zh
    return row.name_zh, row.name_en if language == "both" else "", row.aside_zh


def _room(row: KeyRow, language: Language, column: float) -> float:
    aside = _words(row, language)[2]
    return column - _NAME - (width_mm(aside, Face.SANS, SMALL) + 2 if aside else 0)


def _sizes(setting: Setting, column: float) -> bool:
    """Whether every name fits into a column without being set too small."""
    return all(
        _fitted(_words(row, setting.language)[0], BODY, _limit(row, setting.language, column)) >= _SMALLEST
        for row in setting.key
    )


def _limit(row: KeyRow, language: Language, column: float) -> float:
    # On an English sheet what stands aside may go under the name.
    return column - _NAME if language == "en" else _room(row, language, column)


def _on_one_line(setting: Setting, column: float) -> bool:
    """Whether on an English sheet names and what stands aside fit on one line each."""
    return all(_fits(row, column) for row in setting.key)


def _fits(row: KeyRow, column: float) -> bool:
    """Whether on an English sheet a row's name and what stands aside fit on one line."""
    return _fitted(_words(row, "en")[0], BODY, _room(row, "en", column)) >= _SMALLEST + 0.6


def _fitted(text: str, size: float, room: float) -> float:
    """Return the size (pt) at which a text takes no more than `room` mm."""
    taken = width_mm(text, Face.SANS, size)
    return size * min(1.0, room / taken) if taken else size


def _row(row: KeyRow, language: Language, x: float, y: float, column: float, height: float) -> list[Mark]:
    name, second, aside = _words(row, language)
    name_x, base = x + _NAME, y - (3.4 if height == _ROW else 3.1 if height == _TALL_ROW else 2.9)
    below = language == "en" and height != _ROW
    room = column - _NAME if below else _room(row, language, column)
    number = Text(x + 4.6, base, str(row.number), BODY, "border.band").aligned("right")
    marks: list[Mark] = [number, Text(name_x, base, name, _fitted(name, BODY, room))]
    if below:
        marks.append(Text(name_x, base - 2.9, aside, NOTE, "ground.muted"))
    elif aside:
        marks.append(Text(x + column, base, aside, SMALL, "ground.muted").aligned("right"))
    if second:
        down = 2.9 if height == _TALL_ROW else 2.5
        marks.append(Text(name_x, base - down, second, _fitted(second, NOTE, column - _NAME), "ground.muted"))
    return marks
