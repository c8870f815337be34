"""Tables of indicators (box 1 of the plan): where they lie in a damaged text, and their rows read from the damage.

In a table each printed row lost the characters of several cells at once, so the rule of the lines does not hold and
nothing is moved there. The row itself can be read: its run holds number, unit, the values of both years and the annual
or cumulative value in the order of the columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log

from atlas.corpus.restoration.stream import Stream, page_marks, take_apart
from atlas.models import Record

_ATTRIBUTE = re.compile(r"预期性|约束性")
_NEAR = 90  # characters between the attributes of two rows
_LEAST_ROWS = 5
_HEADER = re.compile(r"指标单位|指标名称")
_VALUE = re.compile(r"\[-?\d+(?:\.\d+)?\]|—|－|[><≥≤]?-?\d[\d.]*|%|‰|\*|Ⅲ|/")
_UNITS = (
    "万吨",
    "亿吨标煤",
    "亿吨标准煤",
    "亿立方米",
    "公里",
    "万亩",
    "亿元",
    "万人",
    "件",
    "人",
    "年",
    "岁",
    "个",
    "张",
    "吨",
    "元",
    "户",
)
_CATEGORY_LONGEST = 6


class Indicator(Record):
    """One row of a table of indicators, values as printed ("—" where the table has a dash, "" where it has nothing)."""

    number: int
    category: str
    name: str
    unit: str
    value_2020: str
    value_2025: str
    change: str  # annual or cumulative; cumulative values stand in square brackets
    attribute: str  # 预期性 or 约束性
    notes: tuple[str, ...] = ()


def table_spans(base: str) -> tuple[tuple[int, int], ...]:
    """Return the slots that tables of indicators take: from the header to the end of the last row."""
    found: list[tuple[int, int]] = []
    marks = [(m.start(), m.end()) for m in _ATTRIBUTE.finditer(base)]
    cluster: list[tuple[int, int]] = []
    for mark in [*marks, (len(base) + _NEAR * 2, 0)]:
        if cluster and mark[0] - cluster[-1][1] > _NEAR:
            if len(cluster) >= _LEAST_ROWS:
                found.append(_span(base, cluster))
            cluster = []
        cluster.append(mark)
    return tuple(found)


def _span(base: str, cluster: list[tuple[int, int]]) -> tuple[int, int]:
    start, end = cluster[0][0], cluster[-1][1]
    header = [m.start() for m in _HEADER.finditer(base, max(0, start - 120), start)]
    tail = re.compile(r"[\u4e00-\u9fff]{0,4}?(?=注：|第|专栏|\n|$)").match(base, end)
    return (header[0] if header else max(0, start - 40)), (tail.end() if tail else end)


def indicator_table(text: str) -> tuple[Indicator, ...]:
    """Return the rows of the first table of indicators in a damaged text; none when there is no such table."""
    stream = take_apart(text, page_marks(text))
    spans = table_spans(stream.base)
    if not spans:
        return ()
    start, end = spans[0]
    rows = _rows(stream, start, end)
    notes = _notes(stream, end)
    return tuple(_indicator(number, row, notes) for number, row in enumerate(rows, 1))


@dataclass
class _Row:
    category: str
    before: str  # base text before the attribute
    attribute: str
    after: str  # base text behind the attribute that belongs to the row
    run: str


def _rows(stream: Stream, start: int, end: int) -> list[_Row]:
    base = stream.base[start:end]
    opened = [m.start() for m in re.finditer("（）", base)]
    rows: list[_Row] = []
    category = ""
    lead = ""
    for index, at in enumerate(opened):
        stop = opened[index + 1] if index + 1 < len(opened) else len(base)
        body = base[at + 2 : stop]
        prefix = base[(opened[index - 1] if index else 0) : at]
        title = re.search(r"(?:属性|预期性|约束性|比重|的)[\ue000-\uf8ff]*([\u4e00-\u9fff]{2,6})$", prefix)
        lead = ""
        if title:
            if title.group(1)[-1] in "吨煤米元人":
                lead = title.group(1)
            else:
                category = title.group(1)
        found = _ATTRIBUTE.search(body)
        if found is None:
            continue
        # runs stand between the row's first base character and the next row's
        first = start + at
        last = start + stop
        run = "".join(r.text for r in stream.runs if first < r.slot <= last - _trailing(base[:stop], index, opened))
        own = len(body) - _trailing(base[:stop], index, opened)
        after = body[found.end() : max(found.end(), own)]
        rows.append(_Row(category, body[: found.start()], found.group(), after, lead + "|" + run))
    return rows


def _trailing(base: str, index: int, opened: list[int]) -> int:
    """Return how many characters before the next row already belong to it: its category or first line of its unit."""
    if index + 1 >= len(opened):
        return 0
    title = re.search(r"(?:预期性|约束性|比重)([\ue000-\uf8ff]*[\u4e00-\u9fff]{2,6})$", base)
    return len(title.group(1)) if title else 0


def _indicator(number: int, row: _Row, notes: tuple[str, ...]) -> Indicator:
    lead, run = row.run.split("|", 1)
    body = row.before
    met = "达到国家要求" in body
    about = "左右" in body
    body = body.replace("达到国家要求", "").replace("左右", "")
    dash = "－" in body
    body = body.replace("－", "")
    tail = re.sub(r"[，。].*$", "", row.after)
    tail = tail if len(tail) <= _CATEGORY_LONGEST else ""
    run = run.replace("*", "").removeprefix(str(number))
    unit = ""
    for symbol in ("%", "‰"):
        if symbol in run:
            unit, run = symbol, run.replace(symbol, "", 1)
    name = body
    if not unit:
        for known in _UNITS:
            if body.endswith(known):
                unit, name = known, body.removesuffix(known)
                break
    if lead:
        unit, tail = lead + tail, ""
    elif tail and not tail.endswith(("总值比重", "比重")):
        tail = ""
    name += tail
    name, run = _name_signs(name, run)
    values = _values(run, 2 if met or dash else 3)
    first, second, change = _columns(values, met=met, dash=dash)
    if about:
        if second not in ("—", ""):
            second += "左右"
        else:
            change += "左右"
    return Indicator(
        number=number,
        category=row.category,
        name=name,
        unit=unit,
        value_2020=first,
        value_2025=second,
        change=change,
        attribute=row.attribute,
        notes=_notes_of(name, (first, second, change), notes),
    )


def _name_signs(name: str, run: str) -> tuple[str, str]:
    """Put characters back that belong to the name: Ⅲ类, 3岁以下."""
    if run[:1] == "Ⅲ":
        name, run = name.replace("类", "Ⅲ类", 1), run[1:]
    age = re.search(r"(?<=有)岁以下", name)
    if age and run[:1].isdigit():
        name, run = name[: age.start()] + run[0] + name[age.start() :], run[1:]
    return name, run


def _values(run: str, cells: int) -> list[str]:
    """Cut a run into cells: dashes, bracketed and signed values, and glued numbers while cells are missing."""
    found = _VALUE.findall(run)
    while len(found) < cells:
        cut = [(len(value), i) for i, value in enumerate(found) if len(_unglue(value)) > 1]
        if not cut:
            break
        _, index = max(cut)
        found[index : index + 1] = _unglue(found[index])
    return found


def _unglue(cell: str) -> list[str]:
    """Cut two glued values where they are nearest to each other: 64.166 is 64.1 and 66."""
    if not re.fullmatch(r"\d[\d.]*", cell):
        return [cell]
    options: list[tuple[float, list[str]]] = []
    for cut in range(1, len(cell)):
        first, second = cell[:cut], cell[cut:]
        if all(re.fullmatch(r"(?:0|[1-9]\d*)(?:\.\d{1,2})?", part) and float(part) > 0 for part in (first, second)):
            options.append((abs(log(float(second) / float(first))), [first, second]))
    if not options or ("." not in cell and len(cell) <= 4):
        return [cell]
    distance, parts = min(options)
    return parts if distance < 1.2 else [cell]


def _columns(values: list[str], *, met: bool, dash: bool) -> tuple[str, str, str]:
    target = "达到国家要求"
    if met and len(values) >= 2:
        if values[0].startswith("["):
            return values[0], values[1], target
        return values[0], target, values[1]
    if dash and len(values) == 2:
        return values[0], values[1], "—"
    cells = [*values, "", "", ""][:3]
    return cells[0], cells[1], cells[2]


_NOTE = re.compile(r"[①②③④⑤⑥⑦⑧⑨]")


def _notes(stream: Stream, end: int) -> tuple[str, ...]:
    """Return the sentences of the note below the table, marks put back where the rule of the lines can tell."""
    tail = stream.base[end : end + 200]
    if not tail.startswith("注："):
        return ()
    stop = re.search(r"第[一二三四五六七八九十百]+[篇章节]", tail)
    text = tail[2 : stop.start() if stop else len(tail)]
    sentences = [sentence for sentence in text.split("。") if sentence]
    year = next((m for r in stream.runs if end <= r.slot <= end + 200 for m in re.findall(r"\d{4}", r.text)), "")
    span = next((m for r in stream.runs if end <= r.slot <= end + 200 for m in re.findall(r"\](\d)", r.text)), "")
    fixed = []
    for sentence in sentences:
        whole = re.sub(r"^内为年", f"[]内为{span}年", sentence) if span else sentence
        fixed.append(re.sub(r"为年实际值", f"为{year}年实际值", whole) if year else whole)
    return tuple(fixed)


def _notes_of(name: str, values: tuple[str, ...], notes: tuple[str, ...]) -> tuple[str, ...]:
    found = []
    for note in notes:
        bracketed = note.startswith("[]") and any(value.startswith("[") for value in values)
        subject = name.removeprefix("地区") if name.startswith("地区") else name
        key = re.sub(r"增长$", "", subject)
        named = len(key) >= 4 and key in note.replace("、", "") and not note.startswith("[]")
        if bracketed or named:
            found.append(note)
    return tuple(found)
