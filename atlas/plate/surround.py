"""What stands around the map: the graticule's figures, the credit line under the frame, and the north arrow."""

from __future__ import annotations

import math

from atlas.plate import words
from atlas.plate.blocks import SMALL, Setting, paragraph
from atlas.plate.fonts import Face
from atlas.plate.marks import Box, Mark, Patch, Text
from atlas.plate.projection import degrees_minutes, graticule
from atlas.plate.words import say

INSET_RIM = 8.5  # mm around an inset's frame for its title and the graticule's figures


def margin(setting: Setting, unlabelled: int, dropped: int, top: float, right: float) -> list[Mark]:
    """Return the texts around the frame: graticule, credit line and edition, and how many names had no room.

    Args:
        setting: the plate.
        unlabelled: how many names had no room.
        dropped: how many insets had none.
        top: the height on the sheet of the credit line's baseline, mm.
        right: how far to the right the line may reach, mm.
    """
    left = setting.sheet.frame[0]
    credit = words.CREDIT.zh
    if setting.language != "zh":
        credit += f"  {words.CREDIT.en}"
    right_text = " · ".join(
        [say(words.ATLAS, setting.language), say(words.EDITIONS[setting.edition], setting.language)]
    )
    if unlabelled:
        right_text = f"{say(words.UNLABELLED, setting.language)} {unlabelled} · {right_text}"
    if moved := sum(shown.moved for shown in setting.content.layers):
        right_text = f"{say(words.MOVED, setting.language)} {moved} · {right_text}"
    if dropped:
        right_text = f"{say(words.NO_INSET, setting.language)} {dropped} · {right_text}"
    edition = Text(right, top, right_text, SMALL, "ground.muted").aligned("right")
    first = Text(left, top, credit, SMALL, "ground.muted")
    if first.width + edition.width + 4 <= right - left:
        return [*_graticule_labels(setting), first, edition]
    # On a narrow sheet the credit breaks into lines, and the edition stands under it.
    wrapped = paragraph(credit, right - left, SMALL, "ground.muted")
    lines = [mark.moved(left, top + 2) for mark in wrapped.marks]
    if edition.width <= right - left:
        below = top + 2 - wrapped.height - 3.2
        return [*_graticule_labels(setting), *lines, edition.moved(0, below - top)]
    notes = paragraph(right_text, right - left, SMALL, "ground.muted")
    below = top + 2 - wrapped.height - 1.4
    return [*_graticule_labels(setting), *lines, *(mark.moved(left, below) for mark in notes.marks)]


def inset_margin(setting: Setting) -> list[Mark]:
    """Return the texts around an inset: its title and scale above, the graticule's figures."""
    left, _, right, top = setting.sheet.frame
    title = Text(left, top + 4.4, say(setting.plate.title, setting.language), 7.5, "ground.ink", Face.SERIF)
    scale = Text(right, top + 4.4, f"1:{setting.plate.view.scale:,}".replace(",", " "), 6, "ground.muted")
    return [*_graticule_labels(setting), title, scale.aligned("right")]


def _graticule_labels(setting: Setting) -> list[Mark]:
    step = setting.plate.graticule
    marks: list[Mark] = []
    size = 6.0
    for line in graticule(setting.sheet, step.lon_step, step.lat_step):
        for side, x, y in line.ends:
            text = Text(x, y, degrees_minutes(line.degrees), size, "ground.muted")
            if side in {"top", "bottom"}:
                marks.append(text.moved(0, 1.4 if side == "top" else -3.2).aligned("middle"))
            else:
                marks.append(
                    text.moved(-1.4 if side == "left" else 1.4, -0.75).aligned("right" if side == "left" else "left")
                )
    return marks


def north_box(setting: Setting) -> Box | None:
    """Return the place that the north arrow needs, if the plate has one."""
    if setting.plate.north is None:
        return None
    x, y = _north_at(setting)
    return Box(x - 4, y - 6, x + 4, y + 9)


def _north_at(setting: Setting) -> tuple[float, float]:
    left, bottom, *_ = setting.sheet.frame
    at = setting.plate.north.at if setting.plate.north else (0.0, 0.0)
    return (left + at[0], bottom + at[1])


def north(setting: Setting) -> list[Mark]:
    """Return a needle that points to true north at its own place: on a conic projection the meridians converge."""
    if setting.plate.north is None:
        return []
    x, y = _north_at(setting)
    turn = math.radians(setting.sheet.north(x, y))

    def spun(dx: float, dy: float) -> tuple[float, float]:
        return (x + dx * math.cos(turn) + dy * math.sin(turn), y - dx * math.sin(turn) + dy * math.cos(turn))

    tip, tail = spun(0, 5.2), spun(0, -3.6)
    marks: list[Mark] = [
        Patch((tip, spun(-1.7, -5), tail), "admin.national", stroke="admin.national", width=0.4),
        Patch((tip, spun(1.7, -5), tail), "ground.paper", stroke="admin.national", width=0.4),
    ]
    text_x, text_y = spun(0, 7.4)
    marks.append(
        Text(
            text_x, text_y - 0.9, say(words.NORTH, "en" if setting.language == "en" else "zh"), 7, "admin.national"
        ).aligned("middle")
    )
    return marks
