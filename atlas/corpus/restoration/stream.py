"""The damaged text as a stream: what stayed behind, the displaced runs in it, page marks and the width of a line.

Source of the damage: DESIGN §5. Digits, Latin letters, signs and quotation marks were pulled to the end of their
printed line, so the characters that stayed (`base`) are in order and each run of the others marks the end of a line.
Positions called *slots* count base characters: slot `k` lies before `base[k]`. Widths are in em (one Han character).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

_DISPLACED = "!-~“”‘’—–·•→←↑↓⇒℃‰°×±≥≤≈ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ①②③④⑤⑥⑦⑧⑨⑩"
RUN = re.compile(f"[{_DISPLACED}]+")
LEADER = re.compile(r"[.…·]{3,}|…+")  # of a table of contents
_DASHED = re.compile(r"[—－-] ?\d{1,4} ?[—－-](?![—－\-\d])")
_HEADING_LINE = re.compile(
    r"^[ \t\u3000\xa0]*(?:第[一二三四五六七八九十百零]{1,6}[编篇章节条]|附件|附录)"
    r"[^。；，\n]{0,60}?(?<!\d)(\d{1,4})[ \t\r\u3000\xa0]*$",
    re.MULTILINE,
)
_SPACE = " \t\u3000\xa0\u200b\ufeff"
_SENTENCE_END = "。！？；：”"

MAX_RUN = 64  # characters; a longer run cannot be the displaced part of one line
SHORT_NAME = 15  # characters between quotation marks that stand in place
PAGES_A_CHAPTER = 25  # between one entry of a table of contents and the next
LONGEST_LINE = 46.0  # em; how far back a home may lie when the width of the lines is not known


@dataclass(frozen=True)
class Run:
    """A run of displaceable characters: `raw` offsets, the `text`, and the slot it stands at."""

    raw: int
    text: str
    slot: int


@dataclass(frozen=True)
class Line:
    """A run with its window: homes lie in slots start..run.slot."""

    run: Run
    start: int


@dataclass(frozen=True)
class Stream:
    """A text taken apart; base[i] stands at raw offset offsets[i]."""

    base: str
    offsets: tuple[int, ...]
    runs: tuple[Run, ...]
    marks: tuple[tuple[int, int], ...]  # raw spans of page marks
    numbered: frozenset[int]  # raw offsets of runs that are page numbers at the end of a heading's line
    breaks: tuple[int, ...]  # slots no home is looked for across: page ends and line breaks inside sentences


def page_marks(text: str) -> tuple[tuple[int, int], ...]:
    """Return the raw spans of page marks such as —12—: those that count up by one, or the only one there is."""
    found = [(m.start(), m.end(), int(m.group().strip("—－- "))) for m in _DASHED.finditer(text)]
    kept = []
    for index, (start, end, number) in enumerate(found):
        before = found[index - 1][2] - number if index else None
        after = found[index + 1][2] - number if index + 1 < len(found) else None
        if before == -1 or after == 1 or (before is None and after is None and text[start] == "—"):
            kept.append((start, end))
    return tuple(kept)


def take_apart(text: str, marks: Sequence[tuple[int, int]]) -> Stream:
    """Return the stream of a text whose page marks are known; quotation marks that stand in place are kept in it."""
    stream = _take_apart(text, marks, frozenset())
    settled = _settled(stream) | _contents_pages(text, stream) | _units(stream)
    return _take_apart(text, marks, settled) if settled else stream


def _contents_pages(text: str, stream: Stream) -> frozenset[int]:
    """Return the raw offsets of page numbers in a table of contents: they stand before a leader, and count upwards."""
    found: set[int] = set()
    page = 0
    for run in stream.runs:
        end = run.raw + len(run.text)
        if not LEADER.match(text, end):
            continue
        ending = re.search(r"\d{1,4}$", run.text[-4:])
        if ending is None:
            continue
        digits = ending.group()
        options = [digits[k:] for k in range(len(digits)) if digits[k] != "0"]
        fitting = [number for number in options if page <= int(number) <= page + PAGES_A_CHAPTER]
        number = max(fitting, key=len) if fitting else (digits if len(digits) <= 3 else "")
        if number:
            page = int(number)
            found.update(range(end - len(number), end))
    return frozenset(found)


def _settled(stream: Stream) -> frozenset[int]:
    """Return the raw offsets of quotation marks that enclose a short name where they stand.

    A converter leaves the marks of some fonts in place. Such a mark must not be taken for the end of a line.
    """
    found: set[int] = set()
    runs = stream.runs
    for index, run in enumerate(runs):
        if run.text != "“":
            continue
        for other in runs[index + 1 : index + 3]:
            if other.slot - run.slot > SHORT_NAME or _broken(stream, run.slot, other.slot):
                break
            inside = stream.base[run.slot : other.slot]
            if other.text[0] == "”":
                if len(inside) > 1 and not any(stop in inside for stop in "，。；：！？"):
                    found.update((run.raw, other.raw))
                break
            if "“" in other.text or "”" in other.text:
                break
    return frozenset(found)


def _units(stream: Stream) -> frozenset[int]:
    """Return the raw offsets of ‰, ℃ and the like that stand without a number: they stayed where they were printed."""
    alone = (run for run in stream.runs if len(run.text) == 1 and run.text in "‰℃°×")
    return frozenset(run.raw for run in alone if stream.base[run.slot : run.slot + 1])


def _take_apart(text: str, marks: Sequence[tuple[int, int]], settled: frozenset[int]) -> Stream:
    base: list[str] = []
    offsets: list[int] = []
    runs: list[Run] = []
    breaks: list[int] = []
    position = 0
    for start, end in [*marks, (len(text), len(text))]:
        _take(text, position, start, base, offsets, runs, breaks, settled)
        if start < end:
            breaks.append(len(base))
        position = end
    numbered = frozenset(m.start(1) for m in _HEADING_LINE.finditer(text))
    return Stream("".join(base), tuple(offsets), tuple(runs), tuple(marks), numbered, tuple(breaks))


def _take(
    text: str,
    start: int,
    end: int,
    base: list[str],
    offsets: list[int],
    runs: list[Run],
    breaks: list[int],
    settled: frozenset[int],
) -> None:
    position = start
    for match in RUN.finditer(text, start, end):
        _keep(text, position, match.start(), base, offsets, breaks)
        position = at = match.start()
        stops = [leader.span() for leader in LEADER.finditer(match.group())]
        stops = [(match.start() + first, match.start() + last) for first, last in stops]
        stops += [(offset, offset + 1) for offset in range(*match.span()) if offset in settled]
        for first, last in sorted(stops):
            _run(text, at, first, base, runs)
            _keep(text, first, last, base, offsets, breaks)
            at = last
        _run(text, at, match.end(), base, runs)
        position = match.end()
    _keep(text, position, end, base, offsets, breaks)


def _run(text: str, start: int, end: int, base: list[str], runs: list[Run]) -> None:
    if start >= end:
        return
    if runs and runs[-1].slot == len(base) and runs[-1].raw + len(runs[-1].text) == start:
        runs[-1] = Run(runs[-1].raw, runs[-1].text + text[start:end], len(base))
    else:
        runs.append(Run(start, text[start:end], len(base)))


def _keep(text: str, start: int, end: int, base: list[str], offsets: list[int], breaks: list[int]) -> None:
    for index in range(start, end):
        character = text[index]
        if character in "\r\n":
            if not base or base[-1] not in _SENTENCE_END:  # a line break that ends no sentence
                breaks.append(len(base))
            continue
        if character in _SPACE:
            continue
        base.append(character)
        offsets.append(index)


def em(text: str) -> float:
    """Return the printed width of a text in em: Han 1, digits 0.5, Latin 0.6, points 0.25, quotation marks 0.45."""
    total = 0.0
    for character in text:
        if character in "“”‘’":
            total += 0.45
        elif character.isdigit() and character < "\u0080":
            total += 0.5
        elif character in ".,;:!|'ilj":
            total += 0.27
        elif character in "-()[]":
            total += 0.33
        elif character == "%":
            total += 0.83
        elif character in "→←⇒":
            total += 0.7
        elif character < "\u0080":
            total += 0.6
        else:
            total += 1.0
    return total


@dataclass(frozen=True)
class LineWidth:
    """How far back homes may lie: `usual` lines, `widest` lines (text in boxes), em; `known` when measured."""

    usual: float
    widest: float
    known: bool


def line_width(stream: Stream) -> LineWidth:
    """Measure the width of the printed lines: two successive lines with runs are exactly one line apart."""
    gaps = sorted(
        em(stream.base[a.slot : b.slot]) + em(b.text)
        for a, b in zip(stream.runs, stream.runs[1:], strict=False)
        if 10 <= b.slot - a.slot <= 56 and not _broken(stream, a.slot, b.slot)
    )
    peaks = []
    for centre in (half / 2 for half in range(24, 100)):
        inside = bisect_left(gaps, centre + 0.9) - bisect_left(gaps, centre - 0.9)
        around = bisect_left(gaps, centre + 6) - bisect_left(gaps, centre - 6)
        if inside >= 4 and inside >= 2.2 * (around - inside) * 1.8 / 10.2:
            peaks.append((inside, centre))
    if not peaks:
        return LineWidth(LONGEST_LINE, LONGEST_LINE, known=False)
    count, usual = max(peaks)
    wider = [(n, c) for n, c in peaks if usual + 3 < c < min(1.7 * usual, 50) and n >= max(5, 0.12 * count)]
    widest = max(wider)[1] if wider else usual
    return LineWidth(usual, widest, known=True)


def _broken(stream: Stream, start: int, end: int) -> bool:
    index = bisect_left(stream.breaks, start)
    return index < len(stream.breaks) and stream.breaks[index] <= end


def window_start(stream: Stream, index: int, width: LineWidth) -> int:
    """Return the first slot where a token of run `index` may have its home."""
    run = stream.runs[index]
    floor = stream.runs[index - 1].slot if index else 0
    at = bisect_left(stream.breaks, run.slot)
    if at:
        floor = max(floor, stream.breaks[at - 1])
    room = width.widest + (1.6 if width.usual == width.widest else 3.0) - em(run.text)
    slot = run.slot
    while slot > floor:
        room -= em(stream.base[slot - 1])
        if room < 0:
            break
        slot -= 1
    return slot
