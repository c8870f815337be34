"""The joint search: how to cut the runs and where each token has its home, in order, inside its own line.

A lattice over the characters of one run (or of neighbouring runs that share a quotation) whose edges place one piece at
one slot; the best path is the restoration, and the best path that puts a token elsewhere tells how certain its home is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import exp, inf

from atlas.corpus.restoration import codes, figures, joints, letters
from atlas.corpus.restoration.clashes import NUMERIC, PLACES, alike, carried, chain, clash
from atlas.corpus.restoration.cohesion import Cohesion
from atlas.corpus.restoration.quotes import LONGEST, Learned, known_signs, span_score
from atlas.corpus.restoration.sequence import FURTHEST, follows
from atlas.corpus.restoration.stream import Line, LineWidth, Run, Stream, em
from atlas.corpus.restoration.style import read_style
from atlas.corpus.restoration.tokens import Piece, pieces
from atlas.corpus.restoration.wording import Wording

_SPACE = re.compile(r"[ \t\u3000\xa0\u200b\ufeff]")
LEFT, RIGHT = 18, 16  # characters of context
TOKEN_COST = 1.4
UNPLACED = -3.0  # weight of a token that stays where it stands without fitting
STRAY = -4.5  # of a number that does: it is then mostly cut wrongly
WORD_CUT = 0.8  # cost of a quotation mark inside a word of the dictionary
AT_END = 0.5  # in a damaged text a home is not likely to be just the end of the line
KNOWN_PLACE = 4.0  # weight of a sign or figure at its place inside a known name
WANTED = 3.2  # fit from which a home plainly wants its token
FAIR = 0.6  # fit at which a home is as likely right as wrong
SPANS = 40  # quoted spans that are followed up in one window
HOMES = 10  # slots that are followed up for one piece


@dataclass(frozen=True)
class Placement:
    """A token of a run: `raw` offset, text, slot of its home, rule ("unplaced" if none was found) and certainty."""

    raw: int
    text: str
    slot: int
    rule: str
    certainty: float
    fit: float = 0.0  # how well the token fits at its home by itself


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


class Search:
    """Searches one stream; holds what is common to all its lines."""

    def __init__(self, stream: Stream, width: LineWidth, cohesion: Cohesion, learned: Learned) -> None:
        """Take the stream with its measures."""
        self._base = stream.base
        self._spaced = bool(_SPACE.search(stream.base))
        self._width = width
        self._cohesion = cohesion
        self._learned = learned
        self._terms = joints.terms(stream.base)
        self._wording = Wording(stream.base)
        self._style = read_style(run.text for run in stream.runs)

    def in_place(self, lines: list[Line]) -> tuple[float, tuple[bool, ...]]:
        """Return the weight of leaving every token where it stands, and which lines hold one that does not fit."""
        stands = _Lattice(self, lines, everywhere=False)
        return stands.weight, stands.misfits()

    def solve(self, lines: list[Line], in_place: float, suspects: tuple[bool, ...]) -> Solution:
        """Return the best placements for a group of lines; `in_place` and `suspects` are what `in_place()` returned."""
        best = _Lattice(self, lines, everywhere=True)
        placements = best.placements()
        misfits = tuple(
            suspect and any(_goes(p, line.run) for p in placements)
            for suspect, line in zip(suspects, lines, strict=True)
        )
        return Solution(placements, best.weight, in_place, misfits)

    def context(self, slot: int) -> tuple[str, str]:
        """Return what stands left and right of a slot, spaces left out."""
        left, right = self._base[max(0, slot - LEFT) : slot], self._base[slot : slot + RIGHT]
        if self._spaced:
            return _SPACE.sub("", left), _SPACE.sub("", right)
        return left, right

    def homes(self, piece: Piece, line: Line) -> list[tuple[int, float, str]]:
        """Return the likely homes of a piece: slot, weight, rule."""
        if piece.kind == "sign" and piece.text in ";:,.!?'\"":  # nothing tells of a better place
            return [(line.run.slot, FAIR - TOKEN_COST, "stays")]
        if piece.kind == "number" and piece.text[0] == ":":  # the rest of a ratio that the line's end parted
            return [(line.start, 3.0, "ratio")]
        found = []
        for slot in range(line.start, line.run.slot + 1):
            weight, rule = self.fit(piece, slot)
            if rule != "none" and weight > 0:
                at_end = AT_END if slot == line.run.slot else 0.0
                found.append((slot, weight + piece.prior - TOKEN_COST - at_end - self._far(line, slot), rule))
        found.sort(key=lambda home: -home[1])
        return found[: HOMES if piece.kind in NUMERIC else 3 * HOMES]

    def fit(self, piece: Piece, slot: int) -> tuple[float, str]:
        """Return how well a piece fits at a slot, and the rule."""
        left, right = self.context(slot)
        if piece.kind in NUMERIC:
            weight, rule = figures.score(piece, figures.slot(left, right, self._wording.at(slot)))
            return weight + self._style.weight(piece, right), rule
        hold = self._cohesion.between(left[-1:], right[:1]) if left and right else -1.0
        if piece.kind in ("code", "item"):
            return codes.score(piece, left, right, hold)
        if piece.kind in ("latin", "roman"):
            return letters.score(piece, left, right, hold)
        return joints.score(piece, left, right, hold, self._terms)

    def follows(self, before: str, after: str, slot: int, home: int) -> float:
        """Return how well a number at `home` goes with the number before it, at `slot`."""
        return follows(before, after, self._base[slot:home], self._base[home : home + 2])

    def next_to(self, closed: int, opened: int) -> float:
        """Return the gain of a quotation that follows another: ”“ or ”、“."""
        if closed == opened:
            return 1.3
        return 0.6 if self._base[closed:opened] in ("、", "和", "与", "及", "以及", "，") else 0.0

    def inside(self, piece: Piece, opened: int) -> list[tuple[int, float, str]]:
        """Return the home of a piece inside a known quoted name that opens before it (中国制造2025)."""
        signs = known_signs(self._base[opened : opened + 18])
        return [(opened + at, KNOWN_PLACE, "known-name") for at, text in signs if piece.text in text]

    def _far(self, line: Line, slot: int) -> float:
        if not self._width.known or self._width.widest == self._width.usual:
            return 0.0
        distance = em(self._base[slot : line.run.slot]) + em(line.run.text)
        return 1.2 if distance > self._width.usual + 1.6 else 0.0

    def spans(self, opening: Line, closing: Line, inner: str) -> list[tuple[int, int, float]]:
        """Return the likely quoted spans that open in one line and close in the same or a later one."""
        found = []
        first_close = closing.start
        for start in range(opening.start, opening.run.slot + 1):
            for end in range(max(start, first_close), min(closing.run.slot, start + LONGEST) + 1):
                weight = self._span(start, end, opening, closing, inner)
                if weight is not None and weight > -1.5:
                    found.append((start, end, weight - self._far(opening, start)))
        found.sort(key=lambda span: -span[2])
        return found[:SPANS]

    def _span(self, start: int, end: int, opening: Line, closing: Line, inner: str) -> float | None:
        left, right = self.context(start)[0], self.context(end)[1]
        if start == end:
            return -0.5 if inner else None
        span = self._base[start:end]
        weight = span_score(span, left, right, self._cohesion, self._learned, inner)
        if weight is not None:
            weight -= WORD_CUT * (not self._wording.parts(start)) + WORD_CUT * (not self._wording.parts(end))
        if weight is not None and inner and set(inner) == {"-"} and len(span) == len(inner) + 1:
            weight += 5.0  # “带-圈-线-城”
        if start == opening.run.slot and end == closing.run.slot and opening is not closing:
            short = len(span) <= 15 and not any(stop in span for stop in "，。；")
            plain = left[-1:] in "：，。；！？\n" or not left
            return max(weight or 0.0, 0.0) + (4.0 if short else (2.5 if plain else 0.0))
        return weight


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
        self._layers: list[list[_Key]] = [[] for _ in range(len(self._characters) + 1)]
        self._homes: dict[tuple[int, str, str], list[tuple[int, float, str]]] = {}
        self._build()
        self._forward = self._sweep()
        self._last = max(
            (self._nodes[key] for key in self._layers[-1]), key=lambda node: self._forward[node], default=-1
        )
        self.weight = self._forward[self._last] if self._last >= 0 else -8.0 * len(self._characters)

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
                weight = self._search._span(opening.run.slot, closing.run.slot, opening, closing, inner)
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
        forward = [-inf] * len(self._nodes)
        forward[0] = 0.0
        self._best: list[_Edge | None] = [None] * len(self._nodes)
        for edge in self._edges:  # edges leave their source only after every edge into it
            weight = forward[edge.source] + edge.weight
            if weight > forward[edge.target]:
                forward[edge.target] = weight
                self._best[edge.target] = edge
        return forward

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
        for edge in self._path():
            line, at = self._characters[edge.first]
            rival = self._rival(edge, backward)
            certainty = 1.0 / (1.0 + exp(-min(30.0, 0.9 * (self.weight - rival))))
            if edge.rule == "unplaced":
                certainty = min(certainty, 0.3)
            elif edge.piece.kind != "open" and edge.rule != "stays":
                certainty = min(certainty, 1.0 / (1.0 + exp(-min(30.0, 1.6 * (edge.fit - FAIR)))))
            found.append(
                Placement(line.run.raw + at, edge.piece.text, edge.slot, edge.rule, round(certainty, 3), edge.fit)
            )
        return tuple(found)

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
