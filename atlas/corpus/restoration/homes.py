"""Homes: where in its own line a piece may stand, how well it fits there by itself and beside another.

What is best for all the pieces of a line together is decided in `lattice.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from atlas.corpus.restoration import codes, figures, joints, letters
from atlas.corpus.restoration.clashes import NUMERIC
from atlas.corpus.restoration.cohesion import Cohesion
from atlas.corpus.restoration.quotes import LONGEST, Learned, known_signs, span_score
from atlas.corpus.restoration.sequence import follows
from atlas.corpus.restoration.stream import Line, LineWidth, Stream, em
from atlas.corpus.restoration.style import read_style
from atlas.corpus.restoration.tokens import Piece
from atlas.corpus.restoration.wording import Wording

_SPACE = re.compile(r"[ \t\u3000\xa0\u200b\ufeff]")
LEFT, RIGHT = 18, 16  # characters of context
TOKEN_COST = 1.4
WORD_CUT = 0.8  # cost of a quotation mark inside a word of the dictionary
AT_END = 0.5  # in a damaged text a home is not likely to be just the end of the line
KNOWN_PLACE = 4.0  # weight of a sign or figure at its place inside a known name
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


class Search:
    """Searches one stream; holds what is common to all its lines."""

    def __init__(self, stream: Stream, width: LineWidth, cohesion: Cohesion, learned: Learned) -> None:
        """Take the stream with its measures."""
        self.base = stream.base
        self._spaced = bool(_SPACE.search(stream.base))
        self._width = width
        self._cohesion = cohesion
        self._learned = learned
        self._terms = joints.terms(stream.base)
        self._wording = Wording(stream.base)
        self._style = read_style(run.text for run in stream.runs)

    def context(self, slot: int) -> tuple[str, str]:
        """Return what stands left and right of a slot, spaces left out."""
        left, right = self.base[max(0, slot - LEFT) : slot], self.base[slot : slot + RIGHT]
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
        return follows(before, after, self.base[slot:home], self.base[home : home + 2])

    def next_to(self, closed: int, opened: int) -> float:
        """Return the gain of a quotation that follows another: ”“ or ”、“."""
        if closed == opened:
            return 1.3
        return 0.6 if self.base[closed:opened] in ("、", "和", "与", "及", "以及", "，") else 0.0

    def inside(self, piece: Piece, opened: int) -> list[tuple[int, float, str]]:
        """Return the home of a piece inside a known quoted name that opens before it (中国制造2025)."""
        signs = known_signs(self.base[opened : opened + 18])
        return [(opened + at, KNOWN_PLACE, "known-name") for at, text in signs if piece.text in text]

    def _far(self, line: Line, slot: int) -> float:
        if not self._width.known or self._width.widest == self._width.usual:
            return 0.0
        distance = em(self.base[slot : line.run.slot]) + em(line.run.text)
        return 1.2 if distance > self._width.usual + 1.6 else 0.0

    def spans(self, opening: Line, closing: Line, inner: str) -> list[tuple[int, int, float]]:
        """Return the likely quoted spans that open in one line and close in the same or a later one."""
        found = []
        first_close = closing.start
        for start in range(opening.start, opening.run.slot + 1):
            for end in range(max(start, first_close), min(closing.run.slot, start + LONGEST) + 1):
                weight = self.span(start, end, opening, closing, inner)
                if weight is not None and weight > -1.5:
                    found.append((start, end, weight - self._far(opening, start)))
        found.sort(key=lambda span: -span[2])
        return found[:SPANS]

    def span(self, start: int, end: int, opening: Line, closing: Line, inner: str) -> float | None:
        """Return how well the text from `start` to `end` reads as quoted; None when it cannot be."""
        left, right = self.context(start)[0], self.context(end)[1]
        if start == end:
            return -0.5 if inner else None
        span = self.base[start:end]
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
