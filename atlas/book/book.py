"""The atlas as a book: every plate facing its articles, the border units, registers, index and sources, in one PDF."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, get_args

import geopandas as gpd

from atlas.analysis.concern import projects_of
from atlas.book.dossier import facts, parted, project_table, sources, target_table
from atlas.book.grid import marks
from atlas.book.index import make_index
from atlas.book.order import Order, load_order
from atlas.book.reading import items
from atlas.book.sheets import Progress, Sheet, draw_all
from atlas.book.typeset import typeset
from atlas.book.words import basis_title, word
from atlas.errors import UnknownNameError
from atlas.files import check_target, replacing
from atlas.models import Governing
from atlas.plate import words as plate_words
from atlas.plate.definition import Edition, load_plate
from atlas.store import Atlas

FACING = 5200  # characters of law text that the page facing a plate holds
# Three sizes of law text, so that the pages look like one book: up to so many characters, pt.
FACING_SIZES = ((1500, 12.5), (2800, 10.5), (FACING, 8.4))
UNIT_LINES = 96  # that the two columns of a border unit's page hold
UNIT_LINE = 34  # characters of a line there
BORDER = "class/border"


def write_book(atlas: Atlas, out: Path, *, edition: Edition = "working", progress: Progress | None = None) -> Path:
    """Draw all plates, set the book and put it at `out` in one step.

    Args:
        atlas: the built atlas.
        out: a .pdf file.
        edition: working or public (DESIGN §6).
        progress: told after each drawing how many of how many are done.

    Raises:
        InputError: `out` is no PDF, or its folder is missing or cannot be written.
        UnknownNameError: there is no such edition.
    """
    check_target(out, (".pdf",), "book")
    if edition not in get_args(Edition):
        raise UnknownNameError("edition", edition, get_args(Edition))
    order = load_order()
    with replacing(out) as part:  # opened first: a folder that cannot be written is told before minutes of drawing
        sheets, units = draw_all(atlas.path, order.plates, border_units(atlas), edition, progress)
        pictures = {f"plate-{name}.pdf": sheet.pdf for name, sheet in sheets.items()}
        pictures |= {f"unit-{code}.pdf": drawn for code, drawn in units.items() if drawn}
        values = {"book": contents(atlas, order, sheets, tuple(units), edition)}
        part.write_bytes(typeset("book", values, pictures))
    return out


def border_units(atlas: Atlas) -> tuple[str, ...]:
    """Return the codes of the units that have a page of their own, in the order of Article 2."""
    return atlas.gazetteer.members(BORDER)


def contents(
    atlas: Atlas, order: Order, sheets: Mapping[str, Sheet], units: Sequence[str], edition: Edition
) -> dict[str, Any]:
    """Return everything that the template of the book reads."""
    numbers = {plate: number for number, plate in enumerate(order.plates, 1)}
    named = set(atlas.mentions()["place"].dropna())
    projects, targets = atlas.projects(), atlas.targets()
    targets = targets[targets["kind"] != "achieved"]
    shapes = atlas.shapes_of(units)
    index = make_index(atlas.gazetteer.places.values(), sheets, named | set(units))
    tables = [project_table(atlas, projects, "zh"), target_table(atlas, targets, "zh")]
    return {
        "title": "北疆图集",
        "title_en": "Beijiang Atlas",
        "subtitle": "内蒙古自治区条例与规划的地方：七部条例、一部规划，逐条落图",
        "author": word("atlas", "zh"),
        "edition": plate_words.EDITIONS[edition].zh,
        "version": f"{atlas.meta['version']} · {atlas.meta['built_from']} · {atlas.meta['date']}",
        "contents_title": word("contents", "zh"),
        "reading": {"title": "怎样读这本图集", "items": [one.model_dump() for one in items(atlas)]},
        "parts": [
            {
                "title": part.title.zh,
                "title_en": part.title.en,
                "plates": [_plate(atlas, plate, numbers[plate], sheets[plate]) for plate in part.plates],
            }
            for part in order.parts
        ],
        "units_title": "二十个边境旗市区",
        "units": [_unit(atlas, code, shapes) for code in units],
        "tables": [table.model_dump() | {"title": f"{table.title}（{len(table.rows)}）"} for table in tables],
        "index": {
            "title": "地名索引",
            "lead": "图号与方格；“页”指该旗市区自己的一页；“—”表示没有一幅图为它注名。",
            "units": list(units),
            "groups": [letter.model_dump() for letter in index],
        },
        "sources_title": word("sources", "zh"),
        "sources": list(sources(atlas)),
        "colophon_title": "版本记录",
        "colophon": _colophon(atlas, edition),
    }


def _plate(atlas: Atlas, plate_id: str, number: int, sheet: Sheet) -> dict[str, Any]:
    plate = load_plate(plate_id)
    table = atlas.provisions().set_index("id")
    shown: list[dict[str, Any]] = []
    rest, used = [], 0
    for key in plate.facing.provisions:
        provision = atlas.provision(key)
        used += len(provision.text)
        if used > FACING and shown:
            rest.append(atlas.citation(key))
            continue
        shown.append(
            {
                "citation": atlas.citation(key),
                "heading": " · ".join(table.loc[key, "path"]),
                "paragraphs": [line for line in provision.text.split("\n") if line.strip()],
            }
        )
    length = sum(len(line) for one in shown for line in one["paragraphs"])
    return {
        "id": plate.id,
        "number": number,
        "title": plate.title.zh,
        "title_en": plate.title.en,
        "introduction": plate.facing.introduction.zh,
        "provisions": shown,
        "rest": f"另见：{'；'.join(rest)}" if rest else "",
        "size": next((size for most, size in FACING_SIZES if length <= most), FACING_SIZES[-1][1]),
        "file": f"plate-{plate.id}.pdf",
        "frame": list(sheet.frame),
        "sheet": list(sheet.size),
        "grid": marks(sheet.frame),
    }


def _unit(atlas: Atlas, code: str, shapes: gpd.GeoDataFrame) -> dict[str, Any]:
    place = atlas.place(code)
    short = {one.title: one.short for one in atlas.documents()}
    kept = {"代码", "别名", "所属", "面积", "所属群组", "所属类别"}
    projects = project_table(atlas, projects_of(atlas, place), "zh")
    rows_by_group: list[tuple[str, list[list[str]]]] = []
    if projects.rows:
        rows = [[f"{row[1]}　{row[5]}", row[0]] for row in projects.rows]
        rows_by_group.append((projects.title, rows))
    governing = atlas.governing(code, region_wide=False)
    for basis, found in groupby(governing, key=lambda row: row.basis):
        rows = [[_short(row.citation, short), _quoted(row)] for row in found]
        rows_by_group.append((basis_title(basis, "zh"), rows))
    groups, room = [], float(UNIT_LINES)
    for title, rows in rows_by_group:
        room -= 3  # the heading, and what it says of the rest
        fitting: list[list[str]] = []
        for row in rows:
            room -= 1 + math.ceil(len(row[1]) / UNIT_LINE) + 0.4
            if room < 0:
                break
            fitting.append(row)
        groups.append(_group(f"{title}（{len(rows)}）", fitting, len(rows)))
    return {
        "id": code,
        "title": place.name,
        "subtitle": place.name_en,
        "file": f"unit-{code}.pdf",
        "facts": [fact.model_dump() for fact in facts(atlas, place, "zh", shapes) if fact.label in kept],
        "groups": groups,
    }


def _short(citation: str, short: Mapping[str, str]) -> str:
    """Return a citation with the short name of its document."""
    document, number = parted(citation)
    title = document[1:].split("》", maxsplit=1)[0]
    return f"{short.get(title, title)} {number}"


def _group(title: str, rows: list[list[str]], total: int) -> dict[str, Any]:
    left = total - len(rows)
    return {"title": title, "rows": rows, "rest": f"另有{left}条，见该旗市区的档案。" if left else ""}


def _quoted(row: Governing) -> str:
    """Return the quotation, cut to what a line or two can hold around the words that name the place."""
    most = 72
    if len(row.quotation) <= most:
        return row.quotation
    start = max(0, (row.marks[0][0] if row.marks else 0) - most // 2)
    end = min(len(row.quotation), start + most)
    return ("…" if start else "") + row.quotation[start:end] + ("…" if end < len(row.quotation) else "")


def _colophon(atlas: Atlas, edition: Edition) -> list[dict[str, str]]:
    lines = {
        "图集": f"北疆图集 {atlas.meta['version']}",
        "版别": plate_words.EDITIONS[edition].zh,
        "数据指纹": atlas.meta["built_from"],
        "资料日期": atlas.meta["date"],
        "说明": plate_words.CREDIT.zh,
        "排印": "Typst；思源宋体、Noto Sans CJK（SIL OFL）",
    }
    return [{"label": label, "value": value} for label, value in lines.items()]
