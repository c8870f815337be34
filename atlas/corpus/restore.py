"""Restoration: digits, Latin letters, signs and quotation marks that a PDF converter pulled to their line's end.

Source of the rule: DESIGN §5. Within each printed line those characters were taken out and put at the line's end in
their order, then the lines were joined. `restore` reads page marks out, measures the width of the lines, cuts the runs
into tokens and finds each token's home in one search (package `restoration`), and puts it there. It is a program for
any text damaged this way; a text that is not damaged comes back byte for byte. What it cannot decide it leaves where it
stands and says so.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile

from pydantic import ConfigDict, Field

from atlas.corpus.restoration import lattice
from atlas.corpus.restoration.cohesion import Cohesion
from atlas.corpus.restoration.homes import Placement, Search
from atlas.corpus.restoration.lattice import Solution
from atlas.corpus.restoration.quotes import Learned, learn
from atlas.corpus.restoration.reviewed import Reviewed, decide, default_reviewed
from atlas.corpus.restoration.stream import (
    MAX_RUN,
    Line,
    Stream,
    line_width,
    page_marks,
    take_apart,
    window_start,
)
from atlas.corpus.restoration.table import table_spans
from atlas.errors import InputError
from atlas.models import Record, Share

LONGEST_TEXT = 10_000_000  # characters: what fits in memory with an offset for each
DAMAGED_SHARE = 0.5  # of the lines around whose runs must not fit where they stand before anything is moved
NEIGHBOURS = 12  # lines to each side that are asked
REGION_SHARE, LOCAL_SHARE = 0.6, 0.25  # in a region of damaged lines a few that stand in place may come together
REGION = 60  # lines to each side that make a region
GAIN = 1.0  # of weight that moving must bring
LONGEST_GROUP = 40  # lines that are solved together
STAYS = ("unplaced", "table")  # rules of tokens that are left where they stand
SURE = 0.52  # certainty below which a token stays where it stands


class Edit(Record):
    """One token: where it stood in the text as given (`from`), where it stands now (`to`, offset in the restored text).

    `rule` says what its home was known by; "unplaced" means that no home was clear and that it was left where it stood.
    """

    token: str
    from_: int = Field(alias="from", ge=0)
    to: int = Field(ge=0)
    rule: str
    certainty: Share

    model_config = ConfigDict(populate_by_name=True)


class Restored(Record):
    """A restored text: `origin[i]` is the offset in the text as given of `text[i]`.

    The offsets are a permutation of those of the text as given without its page marks (`page_marks`, spans).
    """

    text: str
    origin: tuple[int, ...] = Field(repr=False)
    edits: tuple[Edit, ...]
    page_marks: tuple[tuple[int, int], ...] = ()


def restore(text: str, reviewed: tuple[Reviewed, ...] | None = None) -> Restored:
    """Return the text with displaced characters back in their homes.

    `reviewed` are lines that people decided; by default those of `geodata/corrections/restore.csv`.

    Raises:
        InputError: the text is longer than `LONGEST_TEXT` characters.
    """
    if len(text) > LONGEST_TEXT:
        raise InputError(
            f"a text of {len(text):,} characters is too long to restore at once (at most {LONGEST_TEXT:,}); "
            "split it at line breaks and restore the parts"
        )
    marks = page_marks(text)
    stream = take_apart(text, marks)
    rows = default_reviewed() if reviewed is None else reviewed
    placements = _placements(stream, rows) if stream.runs else ()
    if not placements and len(marks) < 2:  # nothing is displaced: not even a lone mark is touched
        return Restored(text=text, origin=tuple(range(len(text))), edits=())
    return _put_back(text, stream, placements)


def restored_json(text: str) -> str:
    """Return `restore(text)` as JSON: text, origin, edits (token, from, to, rule, certainty), page_marks."""
    return json.dumps(restore(text).model_dump(by_alias=True), ensure_ascii=False)


@dataclass(frozen=True)
class _Group:
    lines: list[Line]
    solution: Solution


def _placements(stream: Stream, rows: tuple[Reviewed, ...]) -> tuple[Placement, ...]:
    """Return the tokens that are moved, and those that ought to be and could not."""
    tables = table_spans(stream.base)
    groups = solve(stream, tables)
    misfits = [misfit for group in groups for misfit in group.solution.misfits]
    found: list[Placement] = []
    first = 0
    for group in groups:
        last = first + len(group.lines)
        damaged = _damaged(misfits, first, last)
        gain = group.solution.best - group.solution.in_place
        first = last
        if not damaged or gain < GAIN:
            continue
        found.extend(_decided(group))
    if all(placement.rule == "unplaced" for placement in found):
        return ()
    found.extend(
        Placement(run.raw, run.text, run.slot, "table", 0.0) for run in stream.runs if _within(run.slot, tables)
    )
    return decide(stream, found, rows)


def _decided(group: _Group) -> list[Placement]:
    ends = {line.run.raw + k: line.run.slot for line in group.lines for k in range(len(line.run.text))}
    decided = []
    lost = _lost_pairs(group.solution.placements)
    for placement in group.solution.placements:
        if placement.rule == "stays":
            continue
        stay = ends[placement.raw]
        if placement.rule == "unplaced" or placement.certainty < SURE or placement.raw in lost:
            decided.append(
                Placement(placement.raw, placement.text, stay, "unplaced", min(placement.certainty, SURE - 0.01))
            )
        elif placement.slot != stay:
            decided.append(placement)
    return decided


def _legible(stream: Stream, lines: list[Line]) -> str:
    """Return the base without the lines that lost hyphens or arrows: strangers stand side by side there."""
    kept = []
    position = 0
    for line in lines:
        if any(sign in line.run.text for sign in "-→+·"):
            kept.append(stream.base[position : max(position, line.start)])
            position = line.run.slot
    return "\n".join([*kept, stream.base[position:]])


def _lost_pairs(placements: tuple[Placement, ...]) -> set[int]:
    """Return the raw offsets of quotation marks whose partner has no clear home: a pair moves whole or not at all."""
    lost: set[int] = set()
    opening: Placement | None = None
    for placement in placements:
        if placement.text in "“‘":
            opening = placement
        elif placement.text in "”’" and opening is not None:
            if any(mark.rule == "unplaced" or mark.certainty < SURE for mark in (opening, placement)):
                lost.update((opening.raw, placement.raw))
            opening = None
    return lost


def _within(slot: int, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= slot <= end for start, end in spans)


def solve(stream: Stream, tables: tuple[tuple[int, int], ...] = ()) -> list[_Group]:
    """Return the solutions of all groups of lines, in order."""
    width = line_width(stream)
    contents = stream.numbered
    lines = [
        Line(run, window_start(stream, index, width))
        for index, run in enumerate(stream.runs)
        if len(run.text) <= MAX_RUN and not _within(run.slot, tables) and run.raw not in contents
    ]
    cohesion = Cohesion(_legible(stream, lines))
    search = Search(stream, width, cohesion, _learned(stream, lines))
    groups = _groups(lines)
    stands = [lattice.in_place(search, group) for group in groups]
    suspect = [line for _, lines in stands for line in lines]
    damaged = _spread([_damaged(suspect, i, i + 1) for i in range(len(suspect))])
    solved = []
    first = 0
    for group, (weight, suspects) in zip(groups, stands, strict=True):
        last = first + len(group)
        if any(damaged[first:last]):
            solved.append(_Group(group, lattice.solve(search, group, weight, suspects)))
        else:  # nothing will be moved here whatever the search finds
            solved.append(_Group(group, Solution((), weight, weight, (False,) * len(group))))
        first = last
    return solved


def _damaged(misfits: list[bool], first: int, last: int) -> bool:
    """Tell whether the lines first..last stand among damaged ones."""
    near = misfits[max(0, first - NEIGHBOURS) : last + NEIGHBOURS]
    if sum(near) >= DAMAGED_SHARE * len(near):
        return True
    region = misfits[max(0, first - REGION) : last + REGION]
    return sum(near) >= LOCAL_SHARE * len(near) and sum(region) >= REGION_SHARE * len(region)


def _spread(damaged: list[bool]) -> list[bool]:
    """Return which lines have a damaged one among their neighbours."""
    spread = [False] * len(damaged)
    reach = -1
    for index, here in enumerate(damaged):
        if here:
            reach = index + 2 * NEIGHBOURS
        spread[index] = index <= reach
    reach = len(damaged)
    for index in range(len(damaged) - 1, -1, -1):
        if damaged[index]:
            reach = index - 2 * NEIGHBOURS
        spread[index] = spread[index] or index >= reach
    return spread


def _groups(lines: list[Line]) -> list[list[Line]]:
    """Join lines that share a quotation, and lines that touch: the end of one is the start of the next."""
    groups: list[list[Line]] = []
    pending = False
    for line in lines:
        before = groups[-1] if groups else []
        near = bool(before) and line.run.slot - before[-1].run.slot <= 60
        shares = pending and near and any(c in "”’" for c in line.run.text)
        touches = bool(before) and line.start == before[-1].run.slot
        if len(before) < (LONGEST_GROUP + 3 if shares else LONGEST_GROUP) and (shares or touches):
            before.append(line)
        else:
            pending = False
            groups.append([line])
        for character in line.run.text:
            if character in "“‘":
                pending = True
            elif character in "”’":
                pending = False
    return groups


def _learned(stream: Stream, lines: list[Line]) -> Learned:
    windows = [(line.start, line.run.slot) for line in lines if "“”" in line.run.text or line.run.text in ("“", "”")]
    certain = [
        stream.base[a.run.slot : b.run.slot]
        for a, b in pairwise(lines)
        if a.run.text == "“" and b.run.text == "”" and 2 <= b.run.slot - a.run.slot <= 8
    ]
    certain = [span for span in certain if not any(c in "，。、；" for c in span)]
    return learn(stream.base, windows, certain)


def _put_back(text: str, stream: Stream, placements: tuple[Placement, ...]) -> Restored:
    moving = [p for p in placements if p.rule not in STAYS]
    moved = {p.raw + k for p in moving for k in range(len(p.text))}
    arrivals: dict[int, list[Placement]] = defaultdict(list)
    for placement in moving:
        arrivals[placement.slot].append(placement)
    outside = [*stream.marks, (len(text), len(text))]
    origin: list[int] = []
    position = mark = 0
    for slot in range(len(stream.offsets) + 1):
        here = stream.offsets[slot] if slot < len(stream.offsets) else len(text)
        closing = list(takewhile(lambda p: p.text in "”’", arrivals.get(slot, ())))
        origin.extend(_offsets(closing))  # closing marks come before a line break
        while position < here:
            if position == outside[mark][0]:
                position = outside[mark][1]
                mark += 1
            elif position not in moved:
                origin.append(position)
                position += 1
            else:
                position += 1
        origin.extend(_offsets(arrivals.get(slot, [])[len(closing) :]))
        if here < len(text):
            origin.append(here)
            position = here + 1
    landed = {offset: place for place, offset in enumerate(origin)} if placements else {}
    edits = tuple(
        Edit(token=p.text, from_=p.raw, to=landed[p.raw], rule=p.rule, certainty=p.certainty)
        for p in sorted(placements, key=lambda p: p.raw)
    )
    restored = "".join(map(text.__getitem__, origin))
    return Restored(text=restored, origin=tuple(origin), edits=edits, page_marks=stream.marks)


def _offsets(placements: list[Placement]) -> Iterator[int]:
    for placement in placements:
        yield from range(placement.raw, placement.raw + len(placement.text))
