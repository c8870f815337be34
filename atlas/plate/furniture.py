"""The furniture of a plate: title, key, legend, precision, scale and sources as blocks of marks, stacked in panels.

A block is laid out from its own upper left corner (0, 0) downwards, in mm; a panel stacks blocks and stands in a corner
of the frame. Nothing here draws: `atlas.plate.canvas` does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from atlas.layers import PRECISION_DASH, PRECISION_TITLES, Bilingual, Symbol
from atlas.models import Precision
from atlas.plate import words
from atlas.plate.content import Content, Shown, restated
from atlas.plate.definition import Block, Edition, Language, Panel, Plate
from atlas.plate.fonts import MM_PER_POINT, Face, width_mm, wrap
from atlas.plate.marks import Box, Mark, Marker, Patch, Stroke, Text, rectangle
from atlas.plate.projection import SheetMap
from atlas.plate.words import say

_PADDING = 5.0  # mm inside a panel
_GAP = 4.5  # mm between blocks
_BODY, _SMALL, _NOTE = 7.0, 6.2, 5.6  # type sizes, pt
_COLON: dict[Language, str] = {"zh": "：", "en": ": ", "both": "："}
_HANGING = "《「『（"
_SWATCH = (8.0, 3.6)  # mm


@dataclass(frozen=True)
class KeyRow:
    """One feature of the numbered key."""

    number: int
    place: str
    name_zh: str
    name_en: str
    league_zh: str
    league_en: str


@dataclass(frozen=True)
class Setting:
    """All that furniture speaks of."""

    plate: Plate
    sheet: SheetMap
    content: Content
    key: tuple[KeyRow, ...]
    language: Language
    edition: Edition
    meta: Mapping[str, str]


@dataclass(frozen=True)
class Laid:
    """Marks below and right of (0, 0), and how far down they reach, mm."""

    height: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class LaidPanel:
    """A panel on the sheet."""

    box: Box
    marks: tuple[Mark, ...]


def lay_panels(setting: Setting) -> list[LaidPanel]:
    """Lay out every panel of the plate in its corner of the frame."""
    return [_lay_panel(panel, setting) for panel in setting.plate.panels]


def _lay_panel(panel: Panel, setting: Setting) -> LaidPanel:
    inner = panel.width - 2 * _PADDING
    laid = [block for name in panel.blocks if (block := _BLOCKS[name](setting, inner)).height > 0]
    height = sum(block.height for block in laid) + _GAP * (len(laid) - 1) + 2 * _PADDING
    left, bottom, right, top = setting.sheet.frame
    x = left if panel.corner.endswith("west") else right - panel.width
    y = top if panel.corner.startswith("north") else bottom + height
    box = Box(x, y - height, x + panel.width, y)
    marks: list[Mark] = [Patch(rectangle(box), "ground.paper", stroke="ground.rule", width=0.5)]
    down = y - _PADDING
    for block in laid:
        marks.extend(mark.moved(x + _PADDING, down) for mark in block.marks)
        down -= block.height + _GAP
    return LaidPanel(box, tuple(marks))


def _paragraph(text: str, width: float, size: float, colour: str = "ground.ink", face: Face = Face.SANS) -> Laid:
    """Set wrapped lines under one another with generous leading."""
    leading = size * MM_PER_POINT * 1.5
    lines = wrap(text, face, size, width)
    first = size * MM_PER_POINT * 0.88
    marks = tuple(
        # An opening bracket's left half is blank: it hangs, so that the characters line up.
        Text(-size * MM_PER_POINT / 2 if line[0] in _HANGING else 0, -first - leading * row, line, size, colour, face)
        for row, line in enumerate(lines)
    )
    return Laid(first + leading * (len(lines) - 1) + size * MM_PER_POINT * 0.12 if lines else 0, marks)


def _stack(parts: Sequence[tuple[float, Laid]]) -> Laid:
    """Put parts under one another, each after a gap in mm."""
    marks: list[Mark] = []
    down = 0.0
    for gap, part in parts:
        down += gap
        marks.extend(mark.moved(0, -down) for mark in part.marks)
        down += part.height
    return Laid(down, tuple(marks))


def _heading(text: Bilingual, setting: Setting, width: float) -> Laid:
    return _paragraph(say(text, setting.language), width, _BODY, "ground.muted", Face.SERIF)


def _title(setting: Setting, width: float) -> Laid:
    title, lead = setting.plate.title, setting.plate.lead
    english = setting.language == "en"
    edition = Text(width, -2.2, say(words.EDITIONS[setting.edition], setting.language), _SMALL, "border.band")
    overline = Laid(
        2.5, (Text(0, -2.2, say(words.ATLAS, setting.language), _SMALL, "ground.muted"), edition.aligned("right"))
    )
    parts = [
        (0.0, overline),
        (4.5, _paragraph(title.en if english else title.zh, width, 15 if english else 21, face=Face.SERIF)),
        (2.6, _paragraph(title.zh if english else title.en, width, 8.5, "ground.muted")),
        (4.0, _paragraph(lead.en if english else lead.zh, width, _BODY)),
    ]
    if setting.language == "both":
        parts.append((1.6, _paragraph(lead.en, width, _SMALL, "ground.muted")))
    return _stack(parts)


def _key(setting: Setting, width: float) -> Laid:
    definition = setting.plate.key
    if definition is None or not setting.key:
        return Laid(0, ())
    one_line = setting.language == "zh"
    columns = definition.columns
    gutter = 6.0
    column = (width - gutter * (columns - 1)) / columns
    height = 4.9 if one_line else 7.4
    per_column = -(-len(setting.key) // columns)
    marks: list[Mark] = []
    for index, row in enumerate(setting.key):
        x = (index // per_column) * (column + gutter)
        y = -height * (index % per_column)
        marks.append(Stroke(((x, y), (x + column, y)), 0.3, "ground.rule"))
        marks.extend(_key_row(row, setting.language, x, y, column, height))
    for start in range(0, len(setting.key), per_column):
        x = (start // per_column) * (column + gutter)
        y = -height * len(setting.key[start : start + per_column])
        marks.append(Stroke(((x, y), (x + column, y)), 0.3, "ground.rule"))
    return Laid(height * per_column, tuple(marks))


def _key_row(row: KeyRow, language: Language, x: float, y: float, column: float, height: float) -> list[Mark]:
    name_x = x + 7.5
    zh_en = (row.name_zh, row.name_en) if language == "both" else (words.name(row.name_zh, row.name_en, language), "")
    league = row.league_zh if language != "en" else row.league_en or row.league_zh
    base = y - 3.4 if height < 6 else y - 3.1
    number = Text(x + 4.6, base, str(row.number), _BODY, "border.band").aligned("right")
    marks: list[Mark] = [number, Text(name_x, base, zh_en[0], _BODY)]
    if language == "en":
        marks.append(Text(name_x, base - 2.9, league, _NOTE, "ground.muted"))
    else:
        marks.append(Text(x + column, base, league, _SMALL, "ground.muted").aligned("right"))
    if zh_en[1]:
        marks.append(Text(name_x, base - 2.9, zh_en[1], _NOTE, "ground.muted"))
    return marks


@dataclass(frozen=True)
class LegendEntry:
    """A symbol with its words."""

    text: str
    symbol: Symbol
    kind: str  # polygon, line, point
    dash: tuple[float, ...] = ()


def legend_entries(setting: Setting) -> list[LegendEntry]:
    """Return what the legend explains: the layers that are drawn, topmost first, among them the boundaries by rank."""
    ground = setting.plate.ground
    ranks = [
        (words.NATIONAL, Symbol(stroke=ground.national, width=ground.national_width)),
        (words.PROVINCIAL, Symbol(stroke=ground.provincial, width=ground.provincial_width)),
    ]
    boundaries = [LegendEntry(say(text, setting.language), symbol, "line") for text, symbol in ranks]
    themes: list[LegendEntry] = []
    for shown in reversed(setting.content.layers):
        if shown.rule.in_legend and len(shown.features):
            fill = restated(shown.layer.style, shown.rule).fill
            outline = shown.layer.theme == "administrative" and (fill is None or fill.startswith("ground."))
            if outline:
                zh, en = shown.layer.title.zh, shown.layer.title.en
                title = Bilingual(zh=f"{zh}{words.BOUNDARY.zh}", en=f"{words.BOUNDARY.en} {en[0].lower()}{en[1:]}")
                symbol = restated(shown.layer.style.symbol({}), shown.rule)
                text = _counted(title, len(shown.features), setting.language)
                boundaries.append(LegendEntry(text, symbol, "line", symbol.dash))
            else:
                themes.extend(_layer_entries(shown, setting.language))
    return [*themes, *boundaries]


def _layer_entries(shown: Shown, language: Language) -> list[LegendEntry]:
    style = shown.layer.style
    kind = shown.layer.geometry.kind
    entries: list[LegendEntry] = []
    rest = len(shown.features)
    for case in style.cases:
        matches = (shown.features[case.property].astype(str) == case.value).to_numpy()
        if matches.any():
            symbol = shown.symbol(int(matches.argmax()))
            text = _counted(case.title, int(matches.sum()), language)
            entries.append(LegendEntry(text, symbol, kind, symbol.dash or _dash(shown)))
            rest -= int(matches.sum())
    if rest:
        symbol = restated(shown.layer.style.symbol({}), shown.rule)
        text = _counted(shown.layer.title, rest, language)
        entries.append(LegendEntry(text, symbol, kind, symbol.dash or _dash(shown)))
    return entries


def _dash(shown: Shown) -> tuple[float, ...]:
    """Return the dash that all features of a layer are drawn with, none where they differ in precision."""
    dashes = {PRECISION_DASH[Precision(value)] for value in shown.features["precision"]}
    return dashes.pop() if len(dashes) == 1 else ()


def _counted(title: Bilingual, count: int, language: Language) -> str:
    return f"{say(title, language)} ({count})" if language == "en" else f"{say(title, language)}（{count}）"


def _legend(setting: Setting, width: float) -> Laid:
    entries = legend_entries(setting)
    marks: list[Mark] = []
    x_text = _SWATCH[0] + 3
    down = 0.0
    half = (width - 4) / 2
    fits_half = all(width_mm(entry.text, Face.SANS, _BODY) <= half - x_text for entry in entries)
    columns = 2 if fits_half else 1
    # A text that is too long for the whole width is set smaller, and all with it.
    widest = max((width_mm(entry.text, Face.SANS, _BODY) for entry in entries), default=0.0)
    size = _BODY * min(1.0, (width - x_text) / widest) if widest and columns == 1 else _BODY
    rows = -(-len(entries) // columns)
    for index, entry in enumerate(entries):
        x = (index // rows) * (half + 4)
        down = (index % rows) * 5.2
        marks.extend(mark.moved(x, -down - _SWATCH[1] / 2) for mark in _swatch(entry))
        marks.append(Text(x + x_text, -down - _SWATCH[1] / 2 - 0.9, entry.text, size))
    body = Laid((rows - 1) * 5.2 + _SWATCH[1] + 0.4, tuple(marks))
    return _stack([(0, _heading(words.LEGEND, setting, width)), (2.6, body)])


def _swatch(entry: LegendEntry) -> list[Mark]:
    """Draw a symbol around y = 0, from x = 0 to the swatch's width."""
    symbol, (width, height) = entry.symbol, _SWATCH
    if entry.kind == "point":
        return [Marker(width / 2, 0, symbol.marker or "circle", symbol.size, symbol.fill, symbol.stroke, symbol.width)]
    if entry.kind == "polygon" and symbol.fill:
        box = rectangle(Box(0, -height / 2, width, height / 2))
        return [Patch(box, symbol.fill, symbol.fill_opacity, symbol.stroke, symbol.width)]
    return [Stroke(((0, 0), (width, 0)), symbol.width, symbol.stroke or "ground.ink", entry.dash)]


def precision_counts(content: Content) -> list[tuple[Precision, int]]:
    """Count the features on the plate by precision, from the most to the least exact."""
    counts = Counter(value for shown in content.layers for value in shown.features["precision"])
    return [(precision, counts[precision.value]) for precision in Precision if counts[precision.value]]


def _precision(setting: Setting, width: float) -> Laid:
    counts = precision_counts(setting.content)
    marks: list[Mark] = []
    x, y = 0.0, -2.4
    for precision, count in counts:
        zh, en = PRECISION_TITLES[precision]
        text = _counted(Bilingual(zh=zh, en=en), count, setting.language)
        needed = _SWATCH[0] + 3 + width_mm(text, Face.SANS, _SMALL)
        if x and x + needed > width:
            x, y = 0.0, y - 4.6
        marks.append(Stroke(((x, y + 0.9), (x + _SWATCH[0], y + 0.9)), 0.9, "ground.muted", PRECISION_DASH[precision]))
        marks.append(Text(x + _SWATCH[0] + 3, y, text, _SMALL))
        x += needed + 5
    return _stack([(0, _heading(words.PRECISION, setting, width)), (2.0, Laid(-y + 0.4, tuple(marks)))])


def _scale(setting: Setting, _: float) -> Laid:
    steps = setting.plate.scale_bar_km
    sheet = setting.sheet
    ends = [sheet.bar_mm(km) for km in steps]
    number = Text(0, -2.4, f"1:{sheet.scale:,}".replace(",", " "), 8.5)
    label = Text(0, -2.4, say(words.SCALE, setting.language) + "  ", _SMALL, "ground.muted")
    first = Laid(2.8, (label, number.moved(label.width, 0)))
    y = -5.0
    unit = " km" if setting.language == "en" else f" {words.KILOMETRES.zh}"
    marks: list[Mark] = []
    for index, (start, end) in enumerate(pairwise(ends)):
        box = Box(start, y - 1.2, end, y)
        fill = "admin.national" if index % 2 == 0 else "ground.paper"
        marks.append(Patch(rectangle(box), fill, stroke="admin.national", width=0.5))
    for km, end in zip(steps, ends, strict=True):
        last = km == steps[-1]
        text = Text(end, y + 1.2, str(km), _NOTE)
        marks.append(text.aligned("left" if km == 0 else "middle"))
        if last:
            marks.append(Text(end + text.width / 2, y + 1.2, unit, _NOTE))
    return _stack([(0, first), (0, Laid(-y + 1.3, tuple(marks)))])


def source_lines(setting: Setting) -> list[str]:
    """Return the lines of the sources block: attributions, datum and projection, data version, what is left out."""
    language = setting.language
    attributions = [shown.layer.attribution for shown in setting.content.layers]
    # Layers share sources: each is named once.
    sources: dict[Language, str] = {
        "zh": "；".join(dict.fromkeys(part for text in attributions for part in text.zh.split("；"))),
        "en": "; ".join(dict.fromkeys(part for text in attributions for part in text.en.split("; "))),
    }
    # A bilingual sheet names its sources once, in Chinese, which is authoritative: there is no room for both.
    lines = [sources["en" if language == "en" else "zh"]]
    meta = setting.meta
    built = " · ".join(filter(None, (meta.get("version"), meta.get("built_from", "")[:12], meta.get("date"))))
    colon = _COLON[language]
    lines.append(f"{say(words.PROJECTION, language)}{colon}{_projection(setting)}")
    lines.append(f"{say(words.DATA, language)}{colon}{say(words.ATLAS, language)} {built}")
    if setting.content.left_out:
        titles = (say(layer.title, language) for layer in setting.content.left_out)
        joined = ", ".join(titles) if language == "en" else "、".join(titles)
        lines.append(f"{say(words.LEFT_OUT, language)}{colon}{joined}")
    return lines


def _projection(setting: Setting) -> str:
    """Name datum and projection with their parameters."""
    plate = setting.plate
    south, north = plate.projection.parallels
    meridian = plate.projection.central_meridian
    meridian = plate.view.centre[0] if meridian is None else meridian
    if setting.language == "both":
        return (
            f"CGCS2000（EPSG:4490）；阿尔伯斯等积割圆锥 Albers equal-area conic，{meridian:g}°；{south:g}°、{north:g}°"
        )
    if setting.language == "en":
        return (
            f"CGCS2000 (EPSG:4490); Albers equal-area conic, central meridian {meridian:g}°, "
            f"standard parallels {south:g}° and {north:g}°"
        )
    return f"CGCS2000（EPSG:4490）；阿尔伯斯等积割圆锥投影，中央经线{meridian:g}°，标准纬线{south:g}°、{north:g}°"


def _sources(setting: Setting, width: float) -> Laid:
    lines = source_lines(setting)
    return _stack(
        [(1.2 if row else 0.0, _paragraph(line, width, _NOTE, "ground.muted")) for row, line in enumerate(lines)]
    )


_BLOCKS: dict[Block, Callable[[Setting, float], Laid]] = {
    "title": _title,
    "key": _key,
    "legend": _legend,
    "precision": _precision,
    "scale": _scale,
    "sources": _sources,
}
