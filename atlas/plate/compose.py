"""A plate from its parts: what lies where on the sheet.

Decides on panels, key and labels and draws nothing, so that its result can be checked; `atlas.plate.paint` draws it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from atlas.errors import InputError, SourceError
from atlas.layers import LabelStyle
from atlas.plate import words
from atlas.plate.blocks import KeyRow, Setting
from atlas.plate.content import Content, PlateSource, gather, restated
from atlas.plate.definition import FREE_HEIGHT, Edition, Language, Plate
from atlas.plate.fonts import MM_PER_POINT, Face
from atlas.plate.furniture import LaidPanel, lay_panels
from atlas.plate.labels import Form, Linework, Placed, Scene, Wanted, place
from atlas.plate.marks import DESCENT, Box, Mark, Text
from atlas.plate.projection import SheetMap
from atlas.plate.surround import INSET_RIM, inset_margin, margin, north_box

_HALO = "ground.halo"
_LEADING = 1.25  # of the type size, between the two lines of a bilingual label
_TIGHT, _TIGHT_SIZE = 0.2, 0.92  # of spacing and size, where a letter-spaced name has no room
_GROUND_OVERHANG = 0.3  # the share of a neighbour's name that may lie over its edge
_LATIN_SPACING = 0.4
_FOOT = 5.0  # mm under the last line of a figure whose height is free
_EN_SHARE = 0.72  # size of the English line under a Chinese name


@dataclass(frozen=True)
class Composed:
    """A plate ready to be drawn."""

    setting: Setting
    panels: tuple[LaidPanel, ...]
    labels: tuple[Placed, ...]
    unlabelled: tuple[str, ...]  # ids of layer features for whose label there was no room
    margin: tuple[Mark, ...]  # texts outside the frame: graticule, credit
    insets: tuple[Composed, ...] = ()
    cut: float = 0  # mm at the sheet's lower end that nothing needs and that are cut off


@dataclass(frozen=True)
class _Hole:
    """What an inset takes of the sheet, and the features that it names."""

    box: Box
    named: set[str]


def compose(
    atlas: PlateSource,
    plate: Plate,
    language: Language,
    edition: Edition,
    values: Mapping[str, float] | None = None,
) -> Composed:
    """Lay a plate out: project and cut its content, set its furniture and insets, place its labels.

    Args:
        atlas: the built atlas.
        plate: what to show and where.
        language: of all words on the sheet.
        edition: working or public.
        values: of a choropleth's units, by place id.

    Raises:
        SourceError: the definition doesn't fit together, or a panel hides the plate's subject.
        InputError: the furniture has no room on the paper.
    """
    insets = tuple(
        _compose(atlas, plate.inset_plate(inset), language, edition, values, inset=True, holes=())
        for inset in plate.insets
    )
    holes = [
        _Hole(Box(*one.setting.sheet.frame).grown(INSET_RIM), {label.id for label in one.labels}) for one in insets
    ]
    whole = _compose(atlas, plate, language, edition, values, inset=False, holes=holes)
    # Where words are long and a panel grows into an inset, the inset gives way; the margin says so.
    kept = [
        one for one, hole in zip(insets, holes, strict=True) if not any(hole.box.overlaps(p.box) for p in whole.panels)
    ]
    return replace(whole, insets=tuple(kept))


def _compose(
    atlas: PlateSource,
    plate: Plate,
    language: Language,
    edition: Edition,
    values: Mapping[str, float] | None,
    *,
    inset: bool,
    holes: Sequence[_Hole],
) -> Composed:
    sheet = SheetMap.of(plate)
    content = gather(atlas, plate, sheet, edition, values)
    setting = Setting(plate, sheet, content, _key_rows(atlas, plate, content), language, edition, atlas.meta)
    panels = tuple(lay_panels(setting))
    kept = [hole for hole in holes if not any(hole.box.overlaps(panel.box) for panel in panels)]
    boxes = [hole.box for hole in kept]
    _keep_focus_clear(setting, panels, boxes)
    frame = Box(*sheet.frame)
    scene = Scene(
        frame=frame.grown(-1),
        obstacles=[panel.box for panel in panels] + [box for box in (north_box(setting),) if box] + boxes,
        focus=content.ground.region,
        linework=_linework(setting),
    )
    free = shapely.difference(
        shapely.box(*sheet.frame),
        shapely.union_all([shapely.box(b.left, b.bottom, b.right, b.top) for b in scene.obstacles]),
    )
    wanted = [*_layer_labels(setting, free), *_ground_labels(setting, free)]
    labels, lost = place(wanted, scene)
    in_insets = {name for hole in kept for name in hole.named}
    unlabelled = tuple(label.id for label in lost if label.group != "ground" and label.id not in in_insets)
    dropped = len(holes) - len(kept)
    if inset:
        return Composed(setting, panels, tuple(labels), unlabelled, tuple(inset_margin(setting)))
    below = min((panel.box.bottom for panel in panels if panel.box.top < frame.bottom), default=None)
    around = margin(setting, len(unlabelled), dropped, plate.paper.bottom - 10.5 if below is None else below - 5)
    lowest = min(mark.box.bottom for mark in around if isinstance(mark, Text))
    _keep_on_sheet(setting, panels, lowest)
    cut = max(0.0, lowest - _FOOT) if plate.paper.size in FREE_HEIGHT else 0.0
    return Composed(setting, panels, tuple(labels), unlabelled, tuple(around), cut=cut)


def _keep_on_sheet(setting: Setting, panels: Sequence[LaidPanel], lowest: float) -> None:
    """Refuse furniture that runs off the sheet."""
    paper = setting.plate.paper
    if min([lowest, *(panel.box.bottom for panel in panels)]) < 2:
        raise InputError(
            f"the legend and notes of plate {setting.plate.id!r} have no room on paper {paper.size} {paper.orientation}"
            f" in language {setting.language!r}: choose larger paper, the other orientation, or fewer layers"
        )


def _keep_focus_clear(setting: Setting, panels: Sequence[LaidPanel], insets: Sequence[Box]) -> None:
    """Refuse a panel or inset that hides a part of what the plate is about."""
    named = setting.content.shown(setting.plate.ground.keep_clear)
    subject = shapely.union_all(named.shapes) if named else setting.content.ground.region
    boxes = [(f"{entry.corner} panel", laid.box) for laid, entry in zip(panels, setting.plate.panels, strict=True)]
    boxes += [("inset", hole) for hole in insets]
    for name, cover in boxes:
        box = shapely.box(cover.left, cover.bottom, cover.right, cover.top)
        hidden = shapely.intersection(box, shapely.intersection(subject, shapely.box(*setting.sheet.frame)))
        if hidden.area > 0 or hidden.length > 0:
            raise SourceError(
                f"plate {setting.plate.id}: the {name} hides {hidden.area:.0f} mm² of the plate's "
                f"subject in language {setting.language!r}: change its width or blocks, the view or the paper in "
                f"layers/plates/{setting.plate.id}.toml"
            )


# -- key and labels ----------------------------------------------------------------------------------------------------


def _key_rows(atlas: PlateSource, plate: Plate, content: Content) -> tuple[KeyRow, ...]:
    shown = content.shown(plate.key.layer) if plate.key else None
    if shown is None:
        return ()
    members = shown.layer.geometry.members
    order = {member: index for index, member in enumerate(atlas.gazetteer.members(members))} if members else {}
    rows = shown.features.drop(columns="geometry").to_dict("records")
    rows.sort(key=lambda row: order.get(str(row["place"]), len(order)))
    english = dict(zip(content.units["name_zh"], content.units["name_en"], strict=True))
    return tuple(
        KeyRow(
            number,
            str(row["place"]),
            str(row["name_zh"]),
            str(row["name_en"] or ""),
            (league := str(row["league"] or "").replace("|", "、")),
            str(english.get(league) or ""),
        )
        for number, row in enumerate(rows, 1)
    )


def _layer_labels(setting: Setting, free: shapely.Geometry) -> list[Wanted]:
    wanted: list[Wanted] = []
    numbers = {row.place: row.number for row in setting.key}
    for shown in setting.content.layers:
        rule = shown.rule.labels
        if rule is None:
            continue
        own = shown.layer.style.label or LabelStyle()
        style = own.model_copy(update={k: v for k, v in rule.model_dump().items() if v is not None and hasattr(own, k)})
        visible = np.asarray(shapely.intersection(shown.shapes, free), dtype=object)
        # A label that stands outside its area must not seem to name another one of its layer.
        names = rule.off or ((shown.layer.id,) if rule.leaders else ())
        kept_free = [entry.shapes for entry in setting.content.layers if entry.layer.id in names]
        off = shapely.simplify(shapely.union_all(np.concatenate(kept_free)), 0.25) if kept_free else None
        for row, shape in zip(shown.features.to_dict("records"), visible, strict=True):
            if shape.is_empty or not row["name_zh"]:
                continue
            number = numbers.get(str(row["place"])) if rule.numbered else None
            forms = _forms(str(row["name_zh"]), str(row["name_en"] or ""), setting.language, style, number)
            own_id = str(row["feature"])
            wanted.append(
                Wanted(own_id, shown.layer.id, forms, shape, style.priority, rule.overhang, rule.leaders, off)
            )
    return wanted


def _ground_labels(setting: Setting, free: shapely.Geometry) -> list[Wanted]:
    ground, plate = setting.content.ground, setting.plate.ground
    wanted: list[Wanted] = []
    visible = np.asarray(shapely.intersection(ground.neighbour_shapes, free), dtype=object)
    for row, shape in zip(ground.neighbours.to_dict("records"), visible, strict=True):
        country = row["type"] == "country"
        style = LabelStyle(
            colour=plate.label,
            size=plate.country_size if country else plate.province_size,
            spacing=0.8 if country else 0.35,
            priority=6 if country else 5,
        )
        forms = _forms(str(row["name_zh"]), str(row["name_en"] or ""), setting.language, style, None)
        wanted.append(Wanted(str(row["place"]), "ground", forms, shape, style.priority, _GROUND_OVERHANG))
    return wanted


def _forms(zh: str, en: str, language: Language, style: LabelStyle, number: int | None) -> tuple[Form, ...]:
    """Return the ways to set one label, the best first: as its style says; then tighter, or broken into two lines."""
    shown = words.name(zh, en, language)
    below = [en] if language == "both" and en else []
    if style.spacing:
        tight = style.model_copy(update={"spacing": style.spacing * _TIGHT, "size": style.size * _TIGHT_SIZE})
        return (_form([shown], below, style, number), _form([shown], below, tight, number))
    broken = words.halves(shown)
    names = [[shown], [*broken]] if broken else [[shown]]
    return tuple(_form(name, below, style, number) for name in names)


def _form(name: Sequence[str], below: Sequence[str], style: LabelStyle, number: int | None) -> Form:
    """Set a label around its own lower left corner: centred lines, the number of the key before the first."""
    face = Face.SERIF if style.family == "serif" else Face.SANS
    lines: list[list[Text]] = [
        [Text(0, 0, line, size, style.colour, face, _tracked(line, spacing), style.italic, _HALO)]
        for texts, size, spacing in ((name, style.size, style.spacing), (below, style.size * _EN_SHARE, 0))
        for line in texts
    ]
    if number is not None:
        mark = Text(0, 0, str(number), style.size * 0.86, "border.band", face, halo=_HALO)
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


def _linework(setting: Setting) -> Linework:
    """Return the lines that labels had better not cover, each as heavy as it is drawn."""
    content, ground = setting.content, setting.plate.ground
    lines = [
        (content.ground.national, ground.national_width),
        (content.ground.provincial, ground.provincial_width),
        (content.ground.foreign, ground.national_width),
        (content.ground.coast, 0.4),
    ]
    for shown in content.layers:
        width = restated(shown.layer.style, shown.rule).width
        if shown.layer.geometry.kind == "polygon":
            lines.append((shown.outlines, width))
        elif shown.layer.geometry.kind == "line":
            lines.append((shapely.union_all(shown.shapes), width))
        else:
            # A name across another point's symbol would hide it and seem to be its own.
            radius = shown.layer.style.size * MM_PER_POINT / 2
            lines.append((shapely.union_all(shapely.boundary(shapely.buffer(shown.shapes, radius, quad_segs=4))), 4.0))
    return Linework.of(Box(*setting.sheet.frame), lines)
