"""The legend of a plate: every symbol that is on the sheet and no other, with how many features bear it there.

Layers are explained topmost first, then the boundaries by rank. Precision has a block of its own, since every layer may
hold several: it shows what a precision does to a line, an area's edge or a point (`atlas.plate.symbols`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import shapely

from atlas.layers import PRECISION_DASH, PRECISION_TITLES, Bilingual, Symbol
from atlas.models import Precision
from atlas.plate import words
from atlas.plate.blocks import BODY, NOTE, SMALL, SWATCH, Laid, Setting, counted, heading, stack
from atlas.plate.content import Content, Shown
from atlas.plate.definition import Language
from atlas.plate.fonts import MM_PER_POINT, Face, width_mm
from atlas.plate.marks import Box, Mark, Patch, Stroke, Text, rectangle
from atlas.plate.patterns import hatch
from atlas.plate.patterns import width as pattern_width
from atlas.plate.symbols import MAPPED, SOFT_OPACITY, SOFT_WIDTH, point
from atlas.plate.words import say

_ROW = 5.2  # mm from one entry to the next
_GUTTER = 5.0  # mm between columns
_SMALLEST = 6.0  # pt: below this, fewer columns
_HIGHLIGHT = Symbol(stroke="border.band", width=1.1, fill="border.fill", fill_opacity=0.28)


@dataclass(frozen=True)
class LegendEntry:
    """A symbol with its words."""

    text: str
    symbol: Symbol
    kind: str  # polygon, line, point
    dash: tuple[float, ...] = ()
    hollow: bool = False
    boundary: bool = False  # of the ground or of units: these stand in columns of their own where there is room


def legend_entries(setting: Setting) -> list[LegendEntry]:
    """Return what the legend explains: the layers that are drawn, topmost first, then the boundaries by rank."""
    boundaries: list[LegendEntry] = []
    themes: list[LegendEntry] = []
    named = _with_status(setting.content)
    if not setting.content.highlight.is_empty:
        themes.append(LegendEntry(say(words.HIGHLIGHT, setting.language), _HIGHLIGHT, "polygon"))
    for shown in reversed(setting.content.layers):
        if not shown.visible.any():
            continue
        if shown.classes:
            themes.extend(_class_entries(shown))
        fill = shown.rule.symbol.fill or shown.layer.style.fill
        if shown.layer.theme == "administrative" and (fill is None or fill.startswith("ground.")):
            zh, en = shown.layer.title.zh, shown.layer.title.en
            title = Bilingual(zh=f"{zh}{words.BOUNDARY.zh}", en=f"{words.BOUNDARY.en} {en[0].lower()}{en[1:]}")
            symbol = shown.symbols[int(shown.visible.argmax())].model_copy(update={"fill": None, "pattern": None})
            text = counted(title, int(shown.visible.sum()), setting.language)
            boundaries.append(LegendEntry(text, symbol, "line", symbol.dash, boundary=True))
        elif not shown.classes:
            themes.extend(_layer_entries(shown, setting.language, named=shown.layer.id in named))
    return [*themes, *_ground_entries(setting), *boundaries]


def _ground_entries(setting: Setting) -> list[LegendEntry]:
    """Return the boundaries by rank and the coast, those of them that the frame shows."""
    drawn, plate = setting.content.ground, setting.plate.ground
    window = shapely.box(*setting.sheet.frame)
    ranks = (
        (words.NATIONAL, drawn.national, Symbol(stroke=plate.national, width=plate.national_width)),
        (words.FOREIGN, drawn.foreign, Symbol(stroke=plate.national, width=plate.national_width * 0.5)),
        (words.PROVINCIAL, drawn.provincial, Symbol(stroke=plate.provincial, width=plate.provincial_width)),
        (words.COAST, drawn.coast, Symbol(stroke="water.line", width=0.4)),
    )
    return [
        LegendEntry(say(title, setting.language), symbol, "line", boundary=True)
        for title, lines, symbol in ranks
        if not lines.is_empty and window.intersects(lines)
    ]


def _class_entries(shown: Shown) -> list[LegendEntry]:
    """Return the classes of a choropleth, the highest first, with how many units fall in each."""
    classes = shown.classes
    if classes is None:
        return []
    counts = Counter(classes.of.values())
    return [
        LegendEntry(
            f"{classes.label(index)} ({counts[index]})",
            Symbol(fill=classes.colours[index], stroke="admin.banner", width=0.3),
            "polygon",
        )
        for index in reversed(range(len(classes.colours)))
    ]


def _with_status(content: Content) -> set[str]:
    """Return the line layers whose cases need the layer's name: beside other themes, 建设 alone says too little."""
    seen = [shown.layer for shown in content.layers if shown.visible.any()]
    with_cases = [entry for entry in seen if entry.style.cases]
    by_status = {
        entry.id
        for entry in with_cases
        if entry.geometry.kind == "line" and {case.property for case in entry.style.cases} == {"status"}
    }
    return by_status if len(with_cases) > 1 else set()


def _of(layer_title: Bilingual, case: Bilingual) -> Bilingual:
    """Name a case together with its layer, without what the layer's title says in brackets."""
    zh, en = layer_title.zh.partition("（")[0], layer_title.en.partition(" (")[0]
    return Bilingual(zh=f"{zh}：{case.zh}", en=f"{en}: {case.en}")


def _layer_entries(shown: Shown, language: Language, *, named: bool) -> list[LegendEntry]:
    """Return an entry for each case of a layer that is on the sheet, and one for the rest; `named` with its layer."""
    style, kind = shown.layer.style, shown.layer.geometry.kind
    entries: list[LegendEntry] = []
    rest = shown.visible.copy()
    groups: list[tuple[Bilingual, np.ndarray[tuple[int], np.dtype[np.bool_]]]] = []
    for case in style.cases:
        matches = (shown.features[case.property].astype(str) == case.value).to_numpy() & rest
        groups.append((_of(shown.layer.title, case.title) if named else case.title, matches))
        rest &= ~matches
    groups.append((shown.layer.title, rest))
    for title, matches in groups:
        if matches.any():
            symbol = shown.symbols[int(matches.argmax())]
            precisions = {shown.precisions[index] for index in np.flatnonzero(matches)}
            dashes = {PRECISION_DASH[precision] for precision in precisions}
            dash = symbol.dash or (dashes.pop() if len(dashes) == 1 else ())
            text = counted(title, int(matches.sum()), language)
            entries.append(LegendEntry(text, symbol, kind, dash, precisions == {Precision.SEAT}))
    return entries


def legend(setting: Setting, width: float) -> Laid:
    """Lay the legend out in as many columns as the width has room for."""
    entries = legend_entries(setting)
    texts = [width_mm(entry.text, Face.SANS, BODY) for entry in entries]
    themes = sum(not entry.boundary for entry in entries)
    table = next(
        (
            found
            for n in (3, 2)
            if len(texts) >= n and _type_size(texts, found := _columns(themes, len(texts), n), width) >= _SMALLEST
        ),
        [range(len(texts))],
    )
    size = _type_size(texts, table, width)
    x_text = SWATCH[0] + 3
    marks: list[Mark] = []
    x = 0.0
    for column in table:
        for row, index in enumerate(column):
            y = -row * _ROW - SWATCH[1] / 2
            marks.extend(mark.moved(x, y) for mark in _swatch(entries[index]))
            # The text's middle stands on the swatch's, whatever its size.
            marks.append(Text(x + x_text, y - size * MM_PER_POINT * 0.38, entries[index].text, size))
        own = max(texts[index] for index in column) * size / BODY + x_text + _GUTTER
        # Two columns stand on halves of the width where they fit there.
        halved = column is table[0] and len(table) == 2 and _even(texts, width)
        x += max(own, (width + _GUTTER) / 2) if halved else own
    rows = max(len(column) for column in table)
    body = Laid((rows - 1) * _ROW + SWATCH[1] + 0.4, tuple(marks))
    return stack([(0, heading(setting.plate.legend_title or words.LEGEND, setting, width)), (2.6, body)])


def _columns(themes: int, entries: int, columns: int) -> list[range]:
    """Return which entries stand in each column: themes and boundaries apart, if that costs one row at the most."""
    rows = -(-entries // columns)
    for more in (0, 1):
        for own in range(1, columns):
            tall, other = -(-themes // own), -(-(entries - themes) // (columns - own))
            if themes and entries > themes and max(tall, other) <= rows + more:
                return [*_runs(0, themes, tall), *_runs(themes, entries, other)]
    return _runs(0, entries, rows)


def _runs(start: int, stop: int, length: int) -> list[range]:
    return [range(first, min(first + length, stop)) for first in range(start, stop, length)]


def _type_size(texts: list[float], table: list[range], width: float) -> float:
    """Return the size (pt) at which texts of these widths (mm, at the body's size) fit in such columns."""
    needed = sum(max(texts[index] for index in column) for column in table)
    room = width - len(table) * (SWATCH[0] + 3) - (len(table) - 1) * _GUTTER
    return BODY * min(1.0, room / needed) if needed else BODY


def _even(texts: list[float], width: float) -> bool:
    """Whether two columns of half the width hold all texts at the body's size."""
    return max(texts) + SWATCH[0] + 3 <= (width - _GUTTER) / 2


def _swatch(entry: LegendEntry) -> list[Mark]:
    """Draw a symbol around y = 0, from x = 0 to the swatch's width."""
    symbol, (width, height) = entry.symbol, SWATCH
    if entry.kind == "point":
        return [point(width / 2, 0, symbol, Precision.SEAT if entry.hollow else Precision.SITE)]
    if entry.kind == "polygon" and (symbol.fill or symbol.pattern):
        corners = rectangle(Box(0, -height / 2, width, height / 2))
        found: list[Mark] = [Patch(corners, symbol.fill, symbol.fill_opacity)]
        if symbol.pattern:
            strokes = shapely.get_parts(hatch(shapely.box(0, -height / 2, width, height / 2), symbol.pattern))
            ink, weight = symbol.stroke or symbol.fill or "ground.ink", pattern_width(symbol.pattern)
            for part in shapely.get_parts(strokes.ravel()):
                found.append(Stroke(tuple((float(x), float(y)) for x, y in part.coords), weight, ink))
        if symbol.stroke and symbol.width:
            found.append(Stroke((*corners, corners[0]), symbol.width, symbol.stroke, entry.dash))
        return found
    return [Stroke(((0, 0), (width, 0)), symbol.width, symbol.stroke or "ground.ink", entry.dash)]


def precision_counts(content: Content) -> list[tuple[Precision, int]]:
    """Count the features on the sheet by precision, from the most to the least exact."""
    counts = Counter(
        precision
        for shown in content.layers
        for precision, visible in zip(shown.precisions, shown.visible, strict=True)
        if visible
    )
    return [(precision, counts[precision]) for precision in Precision if counts[precision]]


def precision(setting: Setting, width: float) -> Laid:
    """Lay the classes of precision out in columns of one width."""
    rows = [
        (precision, counted(Bilingual(zh=zh, en=en), count, setting.language))
        for precision, count in precision_counts(setting.content)
        for zh, en in [PRECISION_TITLES[precision]]
    ]
    needed = max((SWATCH[0] + 3 + width_mm(text, Face.SANS, SMALL) for _, text in rows), default=0.0)
    columns = max(1, min(len(rows), int((width + 4) // (needed + 4))))
    step = (width + 4) / columns
    marks: list[Mark] = []
    for index, (kind, text) in enumerate(rows):
        x, y = (index % columns) * step, -2.4 - (index // columns) * 4.6
        marks.extend(mark.moved(x, y + 0.9) for mark in _precision_swatch(kind))
        marks.append(Text(x + SWATCH[0] + 3, y, text, SMALL))
    height = 2.4 + (-(-len(rows) // columns) - 1) * 4.6 + 0.4
    return stack([(0, heading(words.PRECISION, setting, width)), (2.0, Laid(height, tuple(marks)))])


def _precision_swatch(kind: Precision) -> list[Mark]:
    """Draw what a precision does to a symbol: to a point, a line or an area's edge."""
    width = SWATCH[0]
    if kind in {Precision.SITE, Precision.SEAT}:
        return [point(width / 2, 0, Symbol(marker="circle", size=4.5, fill="ground.muted"), kind)]
    line = ((0.0, 0.0), (width, 0.0))
    weight = 0.9 * (MAPPED if kind is Precision.MAPPED else 1)
    marks: list[Mark] = [Stroke(line, weight, "ground.muted", PRECISION_DASH[kind])]
    if kind is Precision.DIGITISED:
        marks.insert(0, Stroke(line, SOFT_WIDTH, "ground.muted", opacity=SOFT_OPACITY))
    return marks


def histogram(setting: Setting, width: float) -> Laid:
    """Draw how many units have which value: a bar for each bin of equal width, in the colour of its class."""
    found = next((shown.classes for shown in setting.content.layers if shown.classes), None)
    if found is None:
        return Laid(0, ())
    values = np.array(sorted(found.values.values()))
    bins = np.histogram_bin_edges(values, bins=min(24, max(6, len(values) // 4)))
    heights, _ = np.histogram(values, bins=bins)
    tall, step = 14.0, width / len(heights)
    marks: list[Mark] = []
    for index, count in enumerate(heights):
        if count:
            middle = (bins[index] + bins[index + 1]) / 2
            box = Box(index * step, -tall, (index + 1) * step - 0.4, -tall + tall * count / heights.max())
            colour = found.colours[found.index(float(middle))]
            marks.append(Patch(rectangle(box), colour, stroke="admin.banner", width=0.25))
    marks.append(Stroke(((0, -tall), (width, -tall)), 0.4, "ground.muted"))
    low, high = Text(0, -tall - 3, f"{values[0]:g}", NOTE, "ground.muted"), f"{values[-1]:g}"
    marks += [low, Text(width, -tall - 3, high, NOTE, "ground.muted").aligned("right")]
    tallest = int(heights.argmax())
    marks.append(Text((tallest + 0.5) * step, 0.5, str(heights.max()), NOTE, "ground.muted").aligned("middle"))
    title = heading(words.HISTOGRAM, setting, width)
    return stack([(0, title), (4.4, Laid(tall + 3.6, tuple(marks)))])
