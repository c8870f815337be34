"""A plate from its parts: what lies where on the sheet.

Decides on panels, key and labels and draws nothing, so that its result can be checked; `atlas.plate.paint` draws it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import shapely

from atlas.errors import InputError, SourceError
from atlas.plate.blocks import Setting
from atlas.plate.content import PlateSource, gather
from atlas.plate.definition import FREE_HEIGHT, Edition, Language, Plate
from atlas.plate.extents import Extent, extent, titles
from atlas.plate.furniture import LaidPanel, lay_panels
from atlas.plate.geo_pdf import Located
from atlas.plate.key import key_rows
from atlas.plate.labels import Placed, Scene, place
from atlas.plate.marks import Box, Mark, Text
from atlas.plate.naming import ground_labels, layer_labels, linework, symbols
from atlas.plate.projection import SheetMap
from atlas.plate.surround import inset_margin, margin, north_box
from atlas.plate.words import say

_FOOT = 5.0  # mm under the last line of a figure whose height is free


@dataclass(frozen=True)
class Composed:
    """A plate ready to be drawn."""

    setting: Setting
    panels: tuple[LaidPanel, ...]
    labels: tuple[Placed, ...]
    unlabelled: tuple[str, ...]  # ids of layer features for whose label there was no room
    said: tuple[str, ...]  # ids of those whose place another label names
    margin: tuple[Mark, ...]  # texts outside the frame: graticule, credit
    insets: tuple[Composed, ...] = ()
    cut: float = 0  # mm at the sheet's lower end that nothing needs and that are cut off

    @property
    def maps(self) -> tuple[Located, ...]:
        """The main map and its insets, with what they are called."""
        sheets = (one.setting for one in (self, *self.insets))
        return tuple(Located(say(one.plate.title, one.language), one.sheet) for one in sheets)


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
    atlas = _ReadOnce(atlas)
    insets = tuple(
        _compose(atlas, plate.inset_plate(inset), language, edition, values, inset=True, holes=())
        for inset in plate.insets
    )
    sheet = SheetMap.of(plate)
    holes = [extent(sheet, one.setting, one.labels) for one in insets]
    whole = _compose(atlas, plate, language, edition, values, inset=False, holes=holes)
    # Where words are long and a panel grows into an inset, the inset gives way; the margin says so.
    kept = [
        _without_strangers(one, hole, whole)
        for one, hole in zip(insets, holes, strict=True)
        if not any(hole.hole.overlaps(p.box) for p in whole.panels)
    ]
    return replace(whole, insets=tuple(kept))


class _ReadOnce:
    """An atlas whose layers are read once for a sheet: its insets mostly show what the main map does."""

    def __init__(self, atlas: PlateSource) -> None:
        self.meta = atlas.meta
        self.gazetteer = atlas.gazetteer
        self.features = cache(atlas.features)


def _without_strangers(inset: Composed, hole: Extent, whole: Composed) -> Composed:
    """Take from an inset the names of what only reaches into it and the sheet has; units are named on both."""
    named = {label.id for label in whole.labels}
    strange = {
        str(feature)
        for shown in whole.setting.content.layers
        if shown.layer.geometry.kind != "point" and shown.layer.geometry.rule != "units"
        for feature, shape in zip(shown.features["feature"], shown.shapes, strict=True)
        if feature in named and feature in hole.named and not hole.holds_part(shape)
    }
    return replace(inset, labels=tuple(label for label in inset.labels if label.id not in strange))


def _compose(
    atlas: PlateSource,
    plate: Plate,
    language: Language,
    edition: Edition,
    values: Mapping[str, float] | None,
    *,
    inset: bool,
    holes: Sequence[Extent],
) -> Composed:
    sheet = SheetMap.of(plate)
    content = gather(atlas, plate, sheet, edition, values)
    setting = Setting(plate, sheet, content, key_rows(atlas, plate, content), language, edition, atlas.meta)
    panels = tuple(lay_panels(setting))
    kept = [hole for hole in holes if not any(hole.hole.overlaps(panel.box) for panel in panels)]
    boxes = [hole.hole for hole in kept]
    _keep_focus_clear(setting, panels, boxes)
    frame = Box(*sheet.frame)
    scene = Scene(
        frame=frame.grown(-1),
        obstacles=[panel.box for panel in panels] + [box for box in (north_box(setting),) if box] + boxes,
        symbols=symbols(setting),
        focus=content.ground.region,
        linework=linework(setting, [hole.ring for hole in kept]),
    )
    outlined = titles(kept, scene.frame, [*scene.obstacles, *scene.symbols])
    free = shapely.difference(
        shapely.box(*sheet.frame),
        shapely.union_all([shapely.box(b.left, b.bottom, b.right, b.top) for b in scene.obstacles]),
    )
    in_insets = {name for hole in kept for name in hole.named}
    # What an inset names has more room there: on the sheet its name may be missing, but need not be led out.
    names = [
        replace(label, leader=label.leader and label.id not in in_insets)
        for label in layer_labels(setting, free)
        if not any(hole.names(label, plate.ground.focus) for hole in kept)
    ]
    # Their titles stand before all names: without them nobody looks for a name in an inset.
    scene = replace(scene, obstacles=[*scene.obstacles, *(title.box for title in outlined)])
    placement = place([*names, *ground_labels(setting, free)], scene)
    labels = (*outlined, *placement.labels)
    unlabelled = tuple(label.id for label in placement.lost if label.group != "ground" and label.id not in in_insets)
    said = tuple(label.id for label in placement.said)
    dropped = len(holes) - len(kept)
    if inset:
        return Composed(setting, panels, labels, unlabelled, said, tuple(inset_margin(setting)))
    below = min((panel.box.bottom for panel in panels if panel.box.top < frame.bottom), default=None)
    # Beside the map the furniture stands on the sheet itself: under it the credit line may run on to its edge.
    right = max([frame.right, *(panel.box.right for panel in panels if panel.box.bottom > plate.paper.bottom)])
    top = plate.paper.bottom - 10.5 if below is None else below - 5
    around = margin(setting, len(unlabelled), dropped, top, right)
    lowest = min(mark.box.bottom for mark in around if isinstance(mark, Text))
    _keep_on_sheet(setting, panels, lowest)
    cut = max(0.0, lowest - _FOOT) if plate.paper.size in FREE_HEIGHT else 0.0
    return Composed(setting, panels, labels, unlabelled, said, tuple(around), cut=cut)


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
