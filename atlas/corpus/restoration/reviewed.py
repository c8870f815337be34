"""Reviewed lines: `geodata/corrections/restore.csv`, for the few homes that no rule can decide.

A row holds a piece of a restored line that ends where its run stands, and the reason. It is matched by its words: what
is left of it without the displaced characters must stand before a run that has exactly those characters.
"""

from __future__ import annotations

from functools import cache

from pydantic import Field

from atlas.corpus.restoration.homes import Placement
from atlas.corpus.restoration.stream import RUN, Run, Stream
from atlas.corpus.restoration.tokens import pieces
from atlas.models import Record
from atlas.paths import geodata
from atlas.reviewed import read_reviewed

FILE = "restore.csv"


class Reviewed(Record):
    """A piece of a line as it was printed, up to its end, and why it is so."""

    line: str = Field(min_length=1)
    reason: str = Field(min_length=1)


@cache
def default_reviewed() -> tuple[Reviewed, ...]:
    """Return the reviewed lines of this installation (read once); none without the file."""
    return read_reviewed(geodata() / "corrections" / FILE, Reviewed)


def decide(stream: Stream, found: list[Placement], rows: tuple[Reviewed, ...]) -> tuple[Placement, ...]:
    """Return the placements with those of reviewed lines in their place."""
    ends = {run.slot: run for run in stream.runs}
    decided: dict[Run, list[Placement]] = {}
    for row in rows:
        words = RUN.sub("", row.line)
        at = stream.base.find(words)
        while at >= 0:
            run = ends.get(at + len(words))
            if run is not None and run.text == "".join(RUN.findall(row.line)):
                decided[run] = _placed(row.line, run, at)
            at = stream.base.find(words, at + 1)
    if not decided:
        return tuple(found)
    spans = [(run.raw, run.raw + len(run.text)) for run in decided]
    kept = [p for p in found if not any(start <= p.raw < end for start, end in spans)]
    return tuple(sorted([*kept, *(p for placed in decided.values() for p in placed)], key=lambda p: p.raw))


def _placed(line: str, run: Run, slot: int) -> list[Placement]:
    placed = []
    raw = run.raw
    gone = 0
    for match in RUN.finditer(line):
        before = match.start() - gone
        text = match.group()
        gone += len(text)
        start = 0
        while start < len(text):
            token = max((p.text for p in pieces(text, start) if p.kind != "latin" or "“" not in p.text), key=len)
            home = slot + before
            if home != run.slot:
                placed.append(Placement(raw, token, home, "reviewed", 1.0))
            raw += len(token)
            start += len(token)
    return placed
