"""The book's drawings: plates and maps of units, in a pool of processes, with where each place stands on a plate."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import geopandas as gpd

from atlas.book.location import location_map
from atlas.book.register import Group, register, squares
from atlas.errors import SourceError
from atlas.models import Record
from atlas.plate.definition import Edition, load_plate
from atlas.plate.output import encode
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
    listed: tuple[Group, ...] = ()  # what it names, by layer


def draw_all(
    store: Path, plates: Sequence[str], units: Sequence[str], edition: Edition, progress: Progress | None = None
) -> tuple[dict[str, Sheet], dict[str, bytes | None]]:
    """Draw plates and the location maps of units on as many processes as there are processors.

    Args:
        store: the built atlas.
        plates: ids.
        units: ids of places.
        edition: working or public.
        progress: told after each drawing how many of how many are done.

    Returns:
        The plates and the maps (PDF; None for a place without a shape), both in the order asked for.

    Raises:
        SourceError: a process was ended from outside, most often for want of memory.
    """
    sheets: dict[str, Sheet] = {}
    maps: dict[str, bytes | None] = {}
    with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("spawn")) as pool:
        # Plates first: they take longest, so that no processor waits for a last long one.
        drawing = {pool.submit(draw_sheet, store, plate, edition): plate for plate in plates}
        placing = {pool.submit(draw_unit, store, unit, tuple(units), edition): unit for unit in units}
        jobs: list[Future[Any]] = [*drawing, *placing]
        try:
            for done, job in enumerate(as_completed(jobs), 1):
                if job in drawing:
                    sheets[drawing[job]] = job.result()
                else:
                    maps[placing[job]] = job.result()
                if progress:
                    progress(done, len(jobs))
        except BrokenProcessPool as error:
            raise SourceError("a process that draws the book was ended; free some memory and try again") from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)  # what went wrong is said now, not after forty drawings
            raise
    return {plate: sheets[plate] for plate in plates}, {unit: maps[unit] for unit in units}


@lru_cache(maxsize=1)
def _opened(store: Path) -> Atlas:
    """Return the atlas of this process: what it has read once serves all its drawings."""
    return Atlas(store)


@lru_cache(maxsize=1)
def _shapes(store: Path, units: tuple[str, ...]) -> gpd.GeoDataFrame:
    """Return the shapes of all units, read once a process."""
    return _opened(store).shapes_of(units)


def draw_unit(store: Path, unit: str, units: tuple[str, ...], edition: Edition) -> bytes | None:
    """Draw the location map of one of some units."""
    return location_map(_opened(store), unit, "zh", edition, _shapes(store, units))


def draw_sheet(store: Path, plate_id: str, edition: Edition) -> Sheet:
    """Draw one plate as PDF and find the grid square of everything on it."""
    plate = load_plate(plate_id)
    composed = compose_plate(_opened(store), plate, edition=edition)
    canvas = paint(composed, searchable=True)
    return Sheet(
        plate=plate_id,
        pdf=encode(canvas.figure, "pdf", composed.setting),
        frame=plate.frame,
        size=plate.paper.size_mm,
        squares=tuple(dict.fromkeys(squares(composed))),
        listed=register(composed),
    )
