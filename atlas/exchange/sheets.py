"""CSV and XLSX that Excel on a Chinese Windows opens as they are: byte-order mark, codes as text, formulas defused.

A cell that begins with `=`, `+`, `-`, `@`, a tab or a line end is a formula to Excel, also in CSV: such texts get an
apostrophe in front in CSV and are typed as text in XLSX. Numbers are numbers in both.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from atlas.exchange.fields import FIELDS
from atlas.files import write_zip
from atlas.layers import palette

_FORMULA = re.compile(r"^[\s\x00]*[=+\-@\t\r\n＝＋－＠]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST_CELL = 32_767  # characters that a cell of XLSX can hold
_WIDEST, _NARROWEST = 60, 9  # of a column, characters
_FIXED = "2021-02-07T00:00:00Z"


def neutral(value: Any) -> Any:
    """Return a cell for CSV: a text that a spreadsheet would compute gets an apostrophe in front."""
    if isinstance(value, str) and _FORMULA.match(value):
        return "'" + value
    return value


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return a table as CSV: UTF-8 with byte-order mark, lines ended by CR LF, every text quoted."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([neutral(str(name)) for name in table.columns])
    for row in table.itertuples(index=False):
        writer.writerow([neutral(_python(value)) for value in row])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def write_xlsx(tables: Mapping[str, tuple[str, pd.DataFrame]], lines: Mapping[str, str], part: Path) -> None:
    """Write a workbook: a sheet a table, what the columns mean, and the note.

    Args:
        tables: key -> (title of the sheet, table).
        lines: the note.
        part: the file to write.
    """
    book = Workbook(write_only=True)
    used: dict[str, tuple[str, str]] = {}
    for title, table in tables.values():
        heads = [f"{FIELDS[name][0]} {name}" if name in FIELDS else str(name) for name in table.columns]
        used |= {str(name): FIELDS.get(str(name), ("", "")) for name in table.columns}
        _sheet(book, title, heads, [list(row) for row in table.itertuples(index=False)])
    _sheet(book, "字段 fields", ["字段 field", "含义", "meaning"], [[key, *words] for key, words in used.items()])
    _sheet(book, "说明 about", ["项目 item", "内容 value"], [list(line) for line in lines.items()])
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    core = members["docProps/core.xml"].decode("utf-8")
    core = re.sub(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rf"\g<1>{_FIXED}", core)
    write_zip(part, members | {"docProps/core.xml": core.encode("utf-8")})


def _sheet(book: Workbook, title: str, heads: list[str], rows: list[list[Any]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    last = get_column_letter(len(heads))
    sheet.auto_filter.ref = f"A1:{last}{len(rows) + 1}"
    for at, head in enumerate(heads):
        longest = max([_width(head) + 3, *(_width(row[at]) for row in rows[:400])])
        sheet.column_dimensions[get_column_letter(at + 1)].width = max(_NARROWEST, min(_WIDEST, longest + 1))
    colours = palette()
    bold = Font(bold=True, color=colours["ground.ink"].removeprefix("#"))
    tint = PatternFill("solid", fgColor=colours["ground.outside"].removeprefix("#"))
    row_heads = []
    for head in heads:
        cell = _cell(sheet, head)
        cell.font, cell.fill = bold, tint
        row_heads.append(cell)
    sheet.append(row_heads)
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: WriteOnlyWorksheet, value: Any) -> WriteOnlyCell:
    plain = _python(value)
    if not isinstance(plain, str):
        return WriteOnlyCell(sheet, plain)
    text = _CONTROL.sub("", plain)
    if len(text) > LONGEST_CELL:
        text = text[: LONGEST_CELL - 1] + "…"
    cell = WriteOnlyCell(sheet)
    cell.value = text
    cell.data_type = "s"  # openpyxl takes what begins with `=` for a formula
    cell.number_format = "@"
    cell.alignment = Alignment(vertical="top", wrap_text=len(text) > _WIDEST // 2)
    if _FORMULA.match(text):
        cell.quotePrefix = True  # Excel keeps it a text when somebody edits it
    return cell


def _python(value: Any) -> Any:
    if value is None or pd.isna(value):
        return None
    plain = value.item() if hasattr(value, "item") else value
    return plain if isinstance(plain, (bool, int, float)) else str(plain)


def _width(value: Any) -> int:
    text = str(value) if value is not None and not pd.isna(value) else ""
    return min(_WIDEST, sum(2 if ord(one) > 0x2E80 else 1 for one in text[:_WIDEST]))
