"""The book's sheets: every plate drawn once, in a pool of processes, with where each place stands on it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

import shapely

from atlas.book.grid import square
from atlas.models import Record
from atlas.plate.compose import Composed
from atlas.plate.definition import Edition, load_plate
from atlas.plate.output import write
from atlas.plate.paint import paint
from atlas.plates import compose_plate
from atlas.store import Atlas

Progress = Callable[[int, int], None]


class Sheet(Record):
    """A drawn plate."""

    plate: str
    pdf: bytes
    frame: tuple[float, float, float, float]  # left, bottom, right, top; mm from the sheet's lower left corner
    size: tuple[float, float]  # mm
    squares: tuple[tuple[str, str], ...]  # place id, grid square


def draw_sheets(
    store: Path, plates: Sequence[str], edition: Edition, progress: Progress | None = None
) -> dict[str, Sheet]:
    """Draw plates on as many processes as there are processors.

    Args:
        store: the built atlas.
        plates: ids.
        edition: working or public.
        progress: told after each sheet how many of how many are done.
    """
    drawn: dict[str, Sheet] = {}
    with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(draw_sheet, store, plate, edition) for plate in plates]
        for done, job in enumerate(as_completed(jobs), 1):
            sheet = job.result()
            drawn[sheet.plate] = sheet
            if progress:
                progress(done, len(plates))
    return {plate: drawn[plate] for plate in plates}


def draw_sheet(store: Path, plate_id: str, edition: Edition) -> Sheet:
    """Draw one plate as PDF and find the grid square of everything on it."""
    plate = load_plate(plate_id)
    composed = compose_plate(Atlas(store), plate, edition=edition)
    canvas = paint(composed, searchable=True)
    with tempfile.TemporaryDirectory(prefix="beijiang-atlas-") as folder:
        path = write(canvas.figure, Path(folder) / "sheet.pdf", composed.setting)
        content = path.read_bytes()
    return Sheet(
        plate=plate_id,
        pdf=content,
        frame=plate.frame,
        size=plate.paper.size_mm,
        squares=tuple(dict.fromkeys(_squares(composed))),
    )


def _squares(composed: Composed) -> Iterator[tuple[str, str]]:
    """Yield the place of every feature that can be seen, with the grid square of its middle."""
    frame = composed.setting.sheet.frame
    window = shapely.box(*frame)
    for shown in composed.setting.content.layers:
        if shown.rule.labels is None:
            continue  # what bears no name on the plate cannot be found there by it
        for place, shape in zip(shown.features["place"], shown.shapes, strict=True):
            seen = shapely.intersection(shape, window)
            if place and not seen.is_empty:
                point = seen.representative_point() if hasattr(seen, "representative_point") else seen
                yield str(place), square(point.x, point.y, frame)
