"""The joint search: how to cut the runs and where each token has its home, in order, inside its own line.

A lattice over the characters of one run (or of neighbouring runs that share a quotation) whose edges place one piece at
one slot; the best path is the restoration, and the best path that puts a token elsewhere tells how certain its home is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, inf

from atlas.corpus.restoration.arithmetic import DEAREST, Reading, place, relations
from atlas.corpus.restoration.clashes import NUMERIC, PLACES, alike, carried, chain, clash
from atlas.corpus.restoration.homes import FAIR, TOKEN_COST, Placement, Search
from atlas.corpus.restoration.sequence import FURTHEST
from atlas.corpus.restoration.stream import Line, Run
from atlas.corpus.restoration.tokens import Piece, pieces

UNPLACED = -3.0  # weight of a token that stays where it stands without fitting
STRAY = -4.5  # of a number that does: it is then mostly cut wrongly
_RECKONED = frozenset(("number", "percent", "year"))
_RECKONED_RULES = frozenset(("measure-word", "clause-end"))
WANTED = 3.2  # fit from which a home plainly wants its token


@dataclass(frozen=True)
class Solution:
    """The placements of a group of runs, the weight of the best path and of leaving every token where it stands."""

    placements: tuple[Placement, ...]
    best: float
    in_place: float
    misfits: tuple[bool, ...]  # for each line, whether its run does not fit where it stands and has a good home


@dataclass(frozen=True)
class _Edge:
    source: int
    target: int
    weight: float
    first: int  # index of the first character in the group's runs
    piece: Piece
    slot: int
    rule: str
    fit: float  # how well the piece fits by itself


def in_place(search: Search, lines: list[Line]) -> tuple[float, tuple[bool, ...]]:
    """Return the weight of leaving every token where it stands, and which lines hold one that does not fit."""
    stands = _Lattice(search, lines, everywhere=False)
    return stands.weight, stands.misfits()


def solve(search: Search, lines: list[Line], in_place: float, suspects: tuple[bool, ...]) -> Solution:
    """Return the best placements for a group of lines; `in_place` and `suspects` are what `in_place()` returned."""
    best = _Lattice(search, lines, everywhere=True)
    placements = best.placements()
    misfits = tuple(
        suspect and any(_goes(p, line.run) for p in placements) for suspect, line in zip(suspects, lines, strict=True)
    )
    return Solution(placements, best.weight, in_place, misfits)


_Key = tuple[int, int, str, int, str]  # characters done, slot, kind, start of an open quotation, number before


class _Lattice:
    """All ways to cut and place the runs of a group; `everywhere` False keeps every token where it stands."""

    def __init__(self, search: Search, lines: list[Line], *, everywhere: bool) -> None:
        self._search = search
        self._lines = lines
        self._everywhere = everywhere
        self._characters = [(line, index) for line in lines for index in range(len(line.run.text))]
        self._partner = self._pair()
        self._spans: dict[int, list[tuple[int, int, float]]] = {}
        self._edges: list[_Edge] = []
        self._over: list[list[_Edge]] = [[] for _ in self._characters]
        self._nodes: dict[_Key, int] = {}
        self._opened: list[int] = []  # of each node, where the quotation begins that is open there
        self._layers: list[list[_Key]] = [[] for _ in range(len(self._characters) + 1)]
        self._homes: dict[tuple[int, str, str], list[tuple[int, float, str]]] = {}
        self._build()
        self._forward = self._sweep()
        self._last = self._end()
        if everywhere and self._last >= 0 and self._reckon():
            self._forward = self._sweep()
            self._last = self._end()
        self.weight = self._forward[self._last] if self._last >= 0 else -8.0 * len(self._characters)

    def _end(self) -> int:
        nodes = (self._nodes[key] for key in self._layers[-1])
        return max(nodes, key=lambda node: self._forward[node], default=-1)

    def _reckon(self) -> bool:
        """Add the weight of the sums and shares that come out to the edges that make them; tell whether any does."""
        numbers = [edge for edge in self._edges if edge.piece.kind in _RECKONED and edge.rule in _RECKONED_RULES]
        if len({edge.slot for edge in numbers}) < 3 or all(len(line.run.text) < 2 for line in self._lines):
            return False
        backward = self._backward()
        best = self._forward[self._last]
        readings: dict[int, dict[tuple[str, int], float]] = {}
        for edge in numbers:
            cost = best - (self._forward[edge.source] + edge.weight + backward[edge.target])
            if cost <= DEAREST:
                here = readings.setdefault(edge.slot, {})
                key = (edge.piece.text, edge.first)
                here[key] = min(cost, here.get(key, cost))
        places = []
        for slot in sorted(readings):
            options = [
                Reading(text, cost, first, first + len(text), id(self._characters[first][0]))
                for (text, first), cost in readings[slot].items()
            ]
            if here_ := place(slot, *self._search.context(slot), options):
                places.append(here_)
        gains: dict[tuple[int, str, int], float] = {}
        for found in relations(places):
            for slot, reading in found.members:
                at = (slot, reading.text, reading.first)
                gains[at] = max(found.gain, gains.get(at, 0.0))
        self._edges = [
            replace(edge, weight=edge.weight + gain)
            if (gain := gains.get((edge.slot, edge.piece.text, edge.first), 0.0))
            else edge
            for edge in self._edges
        ]
        for edges in self._over:
            edges.clear()
        for edge in self._edges:
            for covered in range(edge.first, edge.first + len(edge.piece.text)):
                self._over[covered].append(edge)
        return bool(gains)

    def _text(self, index: int) -> str:
        line, at = self._characters[index]
        return line.run.text[at]

    def _pair(self) -> dict[int, int]:
        partner: dict[int, int] = {}
        pending = -1
        for index in range(len(self._characters)):
            character = self._text(index)
            if character in "“‘":
                pending = index
            elif character in "”’" and pending >= 0:
                partner[pending] = index
                partner[index] = pending
                pending = -1
        return partner

    def _node(self, key: _Key) -> int:
        number = self._nodes.get(key)
        if number is None:
            number = self._nodes[key] = len(self._nodes)
            self._layers[key[0]].append(key)
            self._opened.append(key[3])
        return number

    def _build(self) -> None:
        self._node((0, -1, "", -1, ""))
        for layer in range(len(self._characters)):
            for key in self._layers[layer]:
                self._extend(key)

    def _extend(self, key: _Key) -> None:
        index, slot, last, opened, number = key
        line, at = self._characters[index]
        source = self._nodes[key]
        for piece in pieces(line.run.text, at):
            if piece.kind == "open" and index in self._partner:
                options = self._open(index)
            elif piece.kind == "close" and index in self._partner:
                options = self._close(index, opened)
            elif piece.kind in ("open", "close"):
                options = [(line.run.slot, UNPLACED, "unplaced", -1)]
            else:
                inside = self._search.inside(piece, opened) if opened >= 0 and self._everywhere else []
                options = [(s, w, rule, opened) for s, w, rule in [*self._placed(piece, line), *inside]]
            following = index + len(piece.text)
            for home, gain, rule, now_open in options:
                if home < slot or home < line.start or home > line.run.slot:
                    continue
                weight = gain
                beside = self._beside(last, piece, slot, home, stays=rule == "unplaced")
                if opened >= 0 and rule != "unplaced" and piece.kind in ("dot", "plus", "joint"):
                    weight += 1.2
                kind = {"unplaced": "none", "span-of-time": "span"}.get(rule, piece.kind)
                kind += carried(last, piece.text, piece.kind)
                counted = piece.text if rule != "unplaced" and piece.kind in ("number", "percent") else ""
                if counted and number and home - slot <= FURTHEST:
                    beside += self._search.follows(number, counted, slot, home)
                target = self._node((following, home, kind, now_open, counted))
                fit = weight - piece.prior + TOKEN_COST if piece.kind not in ("open", "close") else weight
                edge = _Edge(source, target, weight + beside, index, piece, home, rule, fit)
                self._edges.append(edge)
                for covered in range(index, following):
                    self._over[covered].append(edge)

    def _beside(self, last: str, piece: Piece, slot: int, home: int, *, stays: bool) -> float:
        """Return how well a piece at `home` goes with the token before it, at `slot`."""
        before = last.rstrip(PLACES)
        weight = clash(before, piece.kind) if home == slot else chain(before, piece.kind, home - slot)
        if before == "close" and piece.kind == "open" and not stays:
            weight += self._search.next_to(slot, home)
        if before == "plus" and piece.kind == "close" and home == slot:
            weight += 1.0  # “互联网+”
        return weight + alike(last, piece.text, piece.kind)

    def _placed(self, piece: Piece, line: Line) -> list[tuple[int, float, str]]:
        cache_key = (line.run.raw, piece.text, piece.kind)
        known = self._homes.get(cache_key)
        if known is None:
            if self._everywhere:
                stray = STRAY - 0.5 * max(0, len(piece.text) - 3) if piece.kind in NUMERIC else UNPLACED
                known = [*self._search.homes(piece, line), (line.run.slot, stray, "unplaced")]
            else:
                weight, rule = self._search.fit(piece, line.run.slot)
                known = [(line.run.slot, weight + piece.prior - TOKEN_COST, rule)]
            self._homes[cache_key] = known
        return known

    def _candidates(self, index: int) -> list[tuple[int, int, float]]:
        known = self._spans.get(index)
        if known is None:
            opening = self._characters[index][0]
            other = self._partner[index]
            closing = self._characters[other][0]
            inner = "".join(self._text(i) for i in range(index + 1, other))
            if self._everywhere:
                known = self._search.spans(opening, closing, inner)
            elif opening is closing:
                known = [(opening.run.slot, opening.run.slot, 1.0 if inner else -6.0)]
            else:
                weight = self._search.span(opening.run.slot, closing.run.slot, opening, closing, inner)
                known = [(opening.run.slot, closing.run.slot, -1.0 if weight is None else weight)]
            self._spans[index] = known
        return known

    def _open(self, index: int) -> list[tuple[int, float, str, int]]:
        line = self._characters[index][0]
        starts = sorted({start for start, _, _ in self._candidates(index)})
        options = [(start, 0.0, "quotation", start) for start in starts]
        if self._everywhere:
            options.append((line.run.slot, UNPLACED, "unplaced", -2))
        return options

    def _close(self, index: int, opened: int) -> list[tuple[int, float, str, int]]:
        line = self._characters[index][0]
        if opened < 0:
            return [(line.run.slot, UNPLACED, "unplaced", -1)]
        return [
            (end, weight, "quotation", -1)
            for start, end, weight in self._candidates(self._partner[index])
            if start == opened
        ]

    def _sweep(self) -> list[float]:
        forward, self._best = self._swept()
        return forward

    def _swept(self, unquoted: tuple[int, int] | None = None) -> tuple[list[float], list[_Edge | None]]:
        """Return the best weight into every node and the edge it comes by; `unquoted` is a span left unquoted."""
        forward = [-inf] * len(self._nodes)
        forward[0] = 0.0
        best: list[_Edge | None] = [None] * len(self._nodes)
        for edge in self._edges:  # edges leave their source only after every edge into it
            weight = forward[edge.source] + edge.weight
            if weight > forward[edge.target] and not (
                unquoted
                and edge.rule == "quotation"
                and edge.piece.kind == "close"
                and edge.slot == unquoted[1]
                and self._opened[edge.source] == unquoted[0]
            ):
                forward[edge.target] = weight
                best[edge.target] = edge
        return forward, best

    def _backward(self) -> list[float]:
        backward = [-inf] * len(self._nodes)
        for key in self._layers[-1]:
            backward[self._nodes[key]] = 0.0
        for edge in reversed(self._edges):
            backward[edge.source] = max(backward[edge.source], backward[edge.target] + edge.weight)
        return backward

    def misfits(self) -> tuple[bool, ...]:
        """Return for each line whether a token of it fits badly on the best path."""
        bad = {
            id(self._characters[edge.first][0])
            for edge in self._path()
            if edge.weight < 0 and edge.piece.kind != "sign"
        }
        return tuple(self._last < 0 or id(line) in bad for line in self._lines)

    def _path(self) -> list[_Edge]:
        path: list[_Edge] = []
        node = self._last
        while node >= 0 and (edge := self._best[node]) is not None:
            path.append(edge)
            node = edge.source
        return path[::-1]

    def placements(self) -> tuple[Placement, ...]:
        """Return the tokens of the best path, each with its certainty."""
        if self._last < 0:
            return tuple(Placement(line.run.raw, line.run.text, line.run.slot, "unplaced", 0.0) for line in self._lines)
        backward = self._backward()
        found = []
        path = self._path()
        quoted = self._without_quotations(path)
        for edge in path:
            line, at = self._characters[edge.first]
            rival = quoted.get(edge.first, inf)
            rival = self._rival(edge, backward) if rival == inf else rival
            certainty = 1.0 / (1.0 + exp(-min(30.0, 0.9 * (self.weight - rival))))
            if edge.rule == "unplaced":
                certainty = min(certainty, 0.3)
            elif edge.piece.kind != "open" and edge.rule != "stays":
                certainty = min(certainty, 1.0 / (1.0 + exp(-min(30.0, 1.6 * (edge.fit - FAIR)))))
            found.append(
                Placement(line.run.raw + at, edge.piece.text, edge.slot, edge.rule, round(certainty, 3), edge.fit)
            )
        return tuple(found)

    def _without_quotations(self, path: list[_Edge]) -> dict[int, float]:
        """Return for both marks of each quotation of the path the weight of the best path that quotes other words.

        All marks look alike: a path that has the same words quoted by another pair of the run is no rival.
        """
        rivals: dict[int, float] = {}
        opened = -1
        for edge in path:
            if edge.rule != "quotation":
                continue
            if edge.piece.kind == "open":
                opened = edge.first
                continue
            span = (self._opened[edge.source], edge.slot)
            forward = self._swept(span)[0]
            rivals[opened] = rivals[edge.first] = max(
                (forward[self._nodes[key]] for key in self._layers[-1]), default=-inf
            )
        return rivals

    def _rival(self, chosen: _Edge, backward: list[float]) -> float:
        """Return the weight of the best path that puts a character of a token elsewhere."""
        best = -inf
        for edge in {id(e): e for k in range(len(chosen.piece.text)) for e in self._over[chosen.first + k]}.values():
            if edge.slot != chosen.slot:
                best = max(best, self._forward[edge.source] + edge.weight + backward[edge.target])
        return best if best > -inf else self.weight - 6.0


def _goes(placement: Placement, run: Run) -> bool:
    """Tell whether a token of a run leaves it for a home that plainly wants it."""
    inside = run.raw <= placement.raw < run.raw + len(run.text)
    return inside and placement.slot != run.slot and placement.fit >= WANTED
