"""The atlas as a book: every plate facing its articles, the border units, registers, index and sources, in one PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from atlas.book.cover import cover
from atlas.book.dossier import sources
from atlas.book.facing import facing
from atlas.book.index import halves, make_index
from atlas.book.ledger import ledgers
from atlas.book.order import Order, load_order
from atlas.book.reading import items
from atlas.book.sheets import Progress, Sheet, draw_all
from atlas.book.typeset import typeset
from atlas.book.unitpage import drawn_names, unit_page
from atlas.book.words import word
from atlas.errors import UnknownNameError
from atlas.files import check_target, replacing
from atlas.plate import words as plate_words
from atlas.plate.definition import Edition
from atlas.store import Atlas

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
        pictures["cover.pdf"] = cover(atlas)
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
    shapes, names = atlas.shapes_of(units), drawn_names(atlas)
    index = make_index(atlas.gazetteer.places.values(), sheets, named | set(units))
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
                "plates": [facing(atlas, plate, numbers[plate], sheets[plate]) for plate in part.plates],
            }
            for part in order.parts
        ],
        "units_title": "二十个边境旗市区",
        "units": [unit_page(atlas, code, shapes, names) for code in units],
        "tables": ledgers(atlas),
        "index": {
            "title": "地名索引",
            "lead": "图号与方格。各图都注名的盟市只列第一幅；“页”指该旗市区自己的一页；“—”表示没有一幅图为它注名。",
            "units": list(units),
            "pages": [[letter.model_dump() for letter in page] for page in halves(index)],
        },
        "sources_title": word("sources", "zh"),
        "sources": list(sources(atlas)),
        "colophon_title": "版本记录",
        "colophon": _colophon(atlas, edition),
        "files_title": "文本文件的 SHA-256",
        "files": [[name, hashlib.sha256(text.encode()).hexdigest()] for name, text in atlas.corpus.texts.items()],
    }


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
