"""Reading a query as a citation: border/2, 边境条例 第二条, 纲要第33章第1节, 专栏20 → the ids of provisions.

A document is meant by its id, or by characters of its title in their order (边境条例 is in 促进边境地区高质量发展条例).
"""

from __future__ import annotations

import re
import sqlite3

from atlas.search.fold import fold

LONGEST_CITATION = 100  # characters: the longest title has 38
_NUMBER = "[0-9零〇一二三四五六七八九十百]+"
_UNIT = re.compile(
    rf"(?P<document>.*?)(?P<unit>第{_NUMBER}[条篇]|第{_NUMBER}章(?:第{_NUMBER}节)?"
    rf"|专栏[0-9]+(?:\({_NUMBER}\))?|(?<![0-9])[0-9]+条?)",
    re.DOTALL,
)
_ID = re.compile(r"[a-z]+/[a-z0-9/-]+")


def references(database: sqlite3.Connection, query: str) -> tuple[str, ...]:
    """Return the provisions that the whole query cites, in the order of the documents; none if it is no citation."""
    folded = "".join(character for character in fold(query) if character not in ' "\n《》')
    if len(folded) > LONGEST_CITATION:
        return ()
    if _ID.fullmatch(folded):
        return tuple(key for (key,) in database.execute("SELECT id FROM provisions WHERE id = ?", (folded,)))
    cited = _UNIT.fullmatch(folded)
    if cited is None:
        return ()
    found: list[str] = []
    for document, _ in meant_documents(database, cited["document"], boxes=cited["unit"].startswith("专栏")):
        found.extend(_units(database, document, cited["unit"]))
    return tuple(found)


def meant_documents(database: sqlite3.Connection, typed: str, *, boxes: bool = False) -> tuple[tuple[str, str], ...]:
    """Return id and title of the documents that `typed` means; with `boxes`, those that have them if it is empty."""
    folded = "".join(character for character in fold(typed) if character not in ' "\n《》')
    rows = database.execute("SELECT id, title, short, kind FROM documents ORDER BY rowid").fetchall()
    if not folded:
        return tuple((key, title) for key, title, _, kind in rows if boxes and kind == "plan")
    exact = [(key, title) for key, title, short, _ in rows if folded in {key, fold(title), _plain(short)}]
    if exact or len(folded) < 2:
        return tuple(exact)
    held = [(key, title) for key, title, short, _ in rows if folded in fold(title) or folded in _plain(short)]
    return tuple(held or [(key, title) for key, title, _, _ in rows if _holds_in_order(fold(title), folded)])


def _holds_in_order(title: str, characters: str) -> bool:
    rest = iter(title)
    return all(character in rest for character in characters)


def _plain(short: str) -> str:
    return fold(short).replace('"', "")


def _units(database: sqlite3.Connection, document: str, unit: str) -> list[str]:
    rows = database.execute(
        "SELECT id, citation FROM provisions WHERE document = ? ORDER BY rowid", (document,)
    ).fetchall()
    digits = re.findall("[0-9]+", unit)
    if unit.startswith("专栏"):
        return [key for key, cited in rows if _is_box(fold(cited), unit)]
    if digits and "".join(re.findall(f"第?{_NUMBER}", unit)).replace("第", "") == "".join(digits):
        kind = "part-" if unit.endswith("篇") else ""
        wanted = f"{document}/{kind}{'/'.join(digits)}"
        return [key for key, _ in rows if key == wanted]
    return [key for key, cited in rows if fold(cited).endswith(f"){unit}")]


def _is_box(cited: str, unit: str) -> bool:
    """Say whether a folded citation ends with a box: with one of its items too where the unit names none."""
    tail = cited.rpartition("专栏")[2]
    return f"专栏{tail}" == unit or ("(" not in unit and f"专栏{tail.partition('(')[0]}" == unit and tail != cited)
