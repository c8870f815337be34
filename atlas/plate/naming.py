"""Which names a plate wants: the labels of its layers and neighbours, each in the forms that it may take.

Also what names must not cover (point symbols) and had better not (lines), for `atlas.plate.labels` to place them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from atlas.layers import LabelStyle, palette
from atlas.plate import words
from atlas.plate.blocks import Setting
from atlas.plate.content import Shown, restated
from atlas.plate.coverage import joined
from atlas.plate.crowds import radius
from atlas.plate.definition import Language
from atlas.plate.fonts import MM_PER_POINT, Face
from atlas.plate.labels import Form, Linework, Wanted
from atlas.plate.marks import DESCENT, Box, Text

_HALO = "ground.halo"
_LEADING = 1.25  # of the type size, between the two lines of a bilingual label
_TIGHT, _TIGHT_SIZE = 0.2, 0.92  # of spacing and size, where a letter-spaced name has no room
_GROUND_OVERHANG = 0.3  # the share of a neighbour's name that may lie over its edge
_LATIN_SPACING = 0.4
_EN_SHARE = 0.72  # size of the English line under a Chinese name
_NUMBER, _DISC = 5.6, 3.5  # pt, mm: a line's number and the disc around it
_BARE = 7.0  # pt, at most: a number that stands for a name
OUTLINE_WEIGHT = 3.0  # pt: names stay off the outline of an inset as off a line so heavy, or it would be broken
_ROUGH = 0.25  # mm to which shapes are generalised where only a name's place depends on them


def layer_labels(setting: Setting, free: shapely.Geometry) -> list[Wanted]:
    """Return the names of what the layers show within `free`, the part of the frame that nothing covers."""
    wanted: list[Wanted] = []
    numbers = {row.feature: row.number for row in setting.key}
    for shown in setting.content.layers:
        rule = shown.rule.labels
        if rule is None:
            continue
        own = shown.layer.style.label or LabelStyle()
        style = own.model_copy(update={k: v for k, v in rule.model_dump().items() if v is not None and hasattr(own, k)})
        visible = np.asarray(shapely.intersection(shown.shapes, free), dtype=object)
        # A label that stands outside its area must not seem to name another one of its layer.
        area = shown.layer.geometry.kind == "polygon"
        names = rule.off or ((shown.layer.id,) if rule.leaders and area else ())
        kept_free = [entry.shapes for entry in setting.content.layers if entry.layer.id in names]
        off = shapely.simplify(joined(np.concatenate(kept_free)), _ROUGH) if kept_free else None
        on_line = rule.numbered and shown.layer.geometry.kind == "line"
        for index, (row, shape) in enumerate(zip(shown.features.to_dict("records"), visible, strict=True)):
            if shape.is_empty or not row["name_zh"]:
                continue
            number = numbers.get(str(row["feature"])) if rule.numbered else None
            zh, en = str(row["name_zh"]), str(row["name_en"] or "")
            if on_line and number is not None:
                forms: tuple[Form, ...] = (_disc(number, shown.symbols[index].stroke or "ground.ink"),)
            elif rule.bare and number is not None:
                forms = (_bare(number, style),)
            else:
                forms = _forms(zh, en, setting.language, _on_fill(style, shown, index), number, _halo(shown, index))
            wanted.append(
                Wanted(
                    id=str(row["feature"]),
                    group=shown.layer.id,
                    forms=forms,
                    shape=shape,
                    priority=style.priority,
                    overhang=rule.overhang,
                    leader=rule.leaders,
                    led=_forms(zh, en, setting.language, style, number)[0] if shown.classes else None,
                    off=off,
                    place=str(row["place"] or ""),
                    radius=radius(shown.symbols[index]),
                    rivals=_rivals(shown, index) if on_line else None,
                )
            )
    return wanted


def _rivals(shown: Shown, index: int) -> shapely.Geometry:
    """Return the other lines of a layer."""
    return shapely.simplify(shapely.union_all(np.delete(shown.shapes, index)), _ROUGH)


def _disc(number: int, colour: str) -> Form:
    """Set a number in a disc."""
    text = Text(_DISC / 2, _DISC / 2 - _NUMBER * MM_PER_POINT * 0.36, str(number), _NUMBER).aligned("middle")
    return Form((text,), _DISC, _DISC, badge=colour)


def _bare(number: int, style: LabelStyle) -> Form:
    """Set a number alone, as large as a name."""
    text = Text(0, style.size * MM_PER_POINT * DESCENT, str(number), min(style.size, _BARE), "border.band", halo=_HALO)
    return Form((text,), text.width, text.box.top)


def _halo(shown: Shown, index: int) -> str:
    """Return the halo of a name: on a choropleth the fill itself, which is there already."""
    return shown.symbols[index].fill or _HALO if shown.classes else _HALO


def _on_fill(style: LabelStyle, shown: Shown, index: int) -> LabelStyle:
    """Return a name's style; on the dark classes of a choropleth it is light."""
    fill = shown.symbols[index].fill
    if not shown.classes or not fill:
        return style
    colours = palette()
    best = max((style.colour, "ground.halo"), key=lambda key: _contrast(colours[key], colours[fill]))
    return style.model_copy(update={"colour": best})


def _contrast(one: str, other: str) -> float:
    """Return the ratio of two colours' luminances, as WCAG 2 has it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def ground_labels(setting: Setting, free: shapely.Geometry) -> list[Wanted]:
    """Return the names of neighbouring provinces and countries."""
    ground, plate = setting.content.ground, setting.plate.ground
    wanted: list[Wanted] = []
    # A name's place needs no more detail, and the neighbours have most of a sheet's vertices.
    shapes = shapely.simplify(ground.neighbour_shapes, _ROUGH)
    visible = np.asarray(shapely.intersection(shapes, free), dtype=object)
    for row, shape in zip(ground.neighbours.to_dict("records"), visible, strict=True):
        country = row["type"] == "country"
        style = LabelStyle(
            colour=plate.label,
            size=plate.country_size if country else plate.province_size,
            spacing=0.8 if country else 0.35,
            priority=6 if country else 5,
        )
        forms = _forms(str(row["name_zh"]), str(row["name_en"] or ""), setting.language, style)
        wanted.append(Wanted(str(row["place"]), "ground", forms, shape, style.priority, _GROUND_OVERHANG))
    return wanted


def _forms(
    zh: str, en: str, language: Language, style: LabelStyle, number: int | None = None, halo: str = _HALO
) -> tuple[Form, ...]:
    """Return the ways to set one label, the best first: as its style says; then tighter, or broken into two lines."""
    shown = words.name(zh, en, language)
    below = [en] if language == "both" and en else []
    if style.spacing:
        tight = style.model_copy(update={"spacing": style.spacing * _TIGHT, "size": style.size * _TIGHT_SIZE})
        return (_form([shown], below, style, number, halo), _form([shown], below, tight, number, halo))
    broken = words.halves(shown)
    names = [[shown], [*broken]] if broken else [[shown]]
    return tuple(_form(name, below, style, number, halo) for name in names)


def _form(name: Sequence[str], below: Sequence[str], style: LabelStyle, number: int | None, halo: str) -> Form:
    """Set a label around its own lower left corner: centred lines, the number of the key before the first."""
    face = Face.SERIF if style.family == "serif" else Face.SANS
    lines: list[list[Text]] = [
        [Text(0, 0, line, size, style.colour, face, _tracked(line, spacing), style.italic, halo)]
        for texts, size, spacing in ((name, style.size, style.spacing), (below, style.size * _EN_SHARE, 0))
        for line in texts
    ]
    if number is not None:
        mark = Text(0, 0, str(number), style.size * 0.86, "border.band", face, halo=halo)
        lines[0] = [mark, lines[0][0].moved(mark.width + style.size * MM_PER_POINT * 0.3, 0)]
    widths = [max(text.box.right for text in line) for line in lines]
    texts_set: list[Text] = []
    base = style.size * MM_PER_POINT * DESCENT
    for line, own in reversed(list(zip(lines, widths, strict=True))):
        texts_set = [text.moved((max(widths) - own) / 2, base) for text in line] + texts_set
        base += line[-1].size * MM_PER_POINT * _LEADING
    return Form(tuple(texts_set), max(widths), max(text.box.top for text in texts_set))


def _tracked(text: str, spacing: float) -> float:
    """Return the spacing of a line, em: Latin letters are narrower than Chinese characters and need less."""
    return spacing * _LATIN_SPACING if text.isascii() else spacing


def linework(setting: Setting, outlines: Sequence[shapely.Geometry] = ()) -> Linework:
    """Return the lines that labels had better not cover, each as heavy as it is drawn, and the outlines of insets."""
    content, ground = setting.content, setting.plate.ground
    lines = [
        (content.ground.national, ground.national_width),
        (content.ground.provincial, ground.provincial_width),
        (content.ground.foreign, ground.national_width),
        (content.ground.coast, 0.4),
        *((outline, OUTLINE_WEIGHT) for outline in outlines),
    ]
    for shown in content.layers:
        width = restated(shown.layer.style, shown.rule).width
        if shown.layer.geometry.kind == "polygon":
            lines.append((shown.outlines, width))
        elif shown.layer.geometry.kind == "line":
            lines.append((shapely.union_all(shown.shapes), width))
    return Linework.of(Box(*setting.sheet.frame), lines)


def symbols(setting: Setting) -> list[Box]:
    """Return the boxes of the point symbols that the frame shows."""
    found: list[Box] = []
    for shown in setting.content.layers:
        if shown.layer.geometry.kind == "point":
            for index in np.flatnonzero(shown.visible):
                point, reach = shown.shapes[index], radius(shown.symbols[index])
                found.append(Box(point.x - reach, point.y - reach, point.x + reach, point.y + reach))
    return found
