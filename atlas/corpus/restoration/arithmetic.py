"""Arithmetic between numbers: a whole is the sum of its parts, a share is a part of its whole, a rate is a change.

A figure glued to its neighbours can be cut in many ways; the one that makes the sums of the passage come out is the one
that was printed. Each relation is looked for among the likely readings of the slots around it (`Reading`), and what
comes out exactly gains weight: the more figures agree, the less it can be chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

_SCALES = {"万亿": 1e12, "百亿": 1e10, "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "": 1.0}
_UNIT = re.compile(
    r"(万亿|百亿|亿|千万|百万|万)?(个百分点|百分点|平方公里|平方米|公里|公顷|立方米|千瓦时|千瓦|美元|元|吨|亩|标准箱|[\u4e00-\u9fff])"
)
_CHANGE = re.compile(
    r"(?:增加|减少|增长|提高|下降|上升|降低|新增|净增|增|减|多|少|增产|减产)(?:了|额)?$|(?:增加|减少|增长|提高|下降)[^，。；]{0,6}[、和]$"
)
_RISING = re.compile(r"(?:增加|增长|提高|上升|净增|增产|增|多)(?:了)?$")
_RATE = re.compile(r"(?:增长|下降|上升|提高|降低|减少|增|降|涨|跌)(?:了|率为)?$")
_SHARE = re.compile(r"占[^，。；]{0,14}$|(?:比重|比例)(?:为|达到|达)?$")
_FROM, _TO = re.compile(r"(?:由|从)[^，。；]{0,9}$"), re.compile(r"(?:到|至|为)$")
FARTHEST = 260  # characters between a whole and its last part
CHOICES = 8  # readings of one slot that are compared
MOST_PARTS = 7
SUMS = 160  # partial sums that are followed up
LEAST = 1.5  # weight that a relation must have above what its readings cost: less may be chance
MOST = 8.0
DEAREST = 6.0  # weight that a reading may cost against the best


@dataclass(frozen=True)
class Reading:
    """One way to read the number at a slot: its text, what it costs, and which characters of the runs it takes."""

    text: str
    cost: float
    first: int
    end: int
    run: int

    @property
    def value(self) -> float:
        """Return the number."""
        return float(self.text.rstrip("%‰").replace(",", ""))

    @property
    def step(self) -> float:
        """Return the last place that is written: 0.01 of 79.62."""
        return 10.0 ** -len(self.text.rstrip("%‰").partition(".")[2])

    @property
    def figures(self) -> int:
        """Return how many figures are written."""
        return len(self.text.rstrip("%‰").replace(".", "").replace(",", "").lstrip("0"))


@dataclass(frozen=True)
class Place:
    """A slot that holds a number: what stands left and right of it, and its likely readings, best first."""

    slot: int
    left: str
    unit: str
    scale: float
    readings: tuple[Reading, ...]

    @property
    def rate(self) -> bool:
        """Tell whether percentages stand here."""
        return self.readings[0].text[-1] in "%‰"

    @property
    def change(self) -> bool:
        """Tell whether a change is counted here: 增加20所."""
        return bool(_CHANGE.search(self.left))


@dataclass(frozen=True)
class Found:
    """A relation that comes out: the readings that make it, with their slots, and the weight that it adds to each."""

    members: tuple[tuple[int, Reading], ...]
    gain: float


_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?[%‰]?")


def place(slot: int, left: str, right: str, readings: list[Reading]) -> Place | None:
    """Return the place of a slot; None where no plain number can stand."""
    plain = [r for r in readings if _NUMBER.fullmatch(r.text)]
    if not plain:
        return None
    plain = sorted(plain, key=lambda r: r.cost)[:CHOICES]
    unit = _UNIT.match(right)
    if plain[0].text[-1] in "%‰":
        return Place(slot, left, "%", 1.0, tuple(r for r in plain if r.text[-1] in "%‰"))
    plain = [r for r in plain if r.text[-1] not in "%‰"]
    if unit is None:
        return None
    return Place(slot, left, unit.group(2), _SCALES[unit.group(1) or ""], tuple(plain))


def relations(places: list[Place]) -> Iterator[Found]:
    """Yield the relations that come out among the places of a stretch."""
    for index, whole in enumerate(places):
        if whole.rate:
            continue
        if not whole.change:
            yield from _sums(places, index)
            yield from _shares(places, index)
        yield from _growths(places, index)
    yield from _rises(places)


def _sums(places: list[Place], index: int) -> Iterator[Found]:
    whole = places[index]
    parts = [
        p
        for p in places[index + 1 : index + 24]
        if p.unit == whole.unit and not p.rate and not p.change and p.slot - whole.slot <= FARTHEST
    ]
    best: Found | None = None
    for first in range(min(4, len(parts))):
        best = _better(best, _sum(whole, parts[first : first + MOST_PARTS]))
    if best is not None:
        yield best


def _sum(whole: Place, parts: list[Place]) -> Found | None:
    """Return the best sum of some first of the parts that makes the whole."""
    best: Found | None = None
    open_: list[tuple[tuple[tuple[int, Reading], ...], float]] = [((), 0.0)]
    for count, part in enumerate(parts, 1):
        open_ = sorted(
            (
                ((*taken, (part.slot, r)), total + r.value * part.scale)
                for taken, total in open_
                for r in part.readings
                if not taken or _apart(taken[-1][1], r)
            ),
            key=lambda option: _cost(option[0]),
        )[:SUMS]
        if count < 2:
            continue
        for head in whole.readings:
            target = head.value * whole.scale
            for taken, total in open_:
                step = min(head.step * whole.scale, min(r.step for _, r in taken) * part.scale)
                slack = step * (1.01 if count > 2 else 0.01)
                if abs(total - target) <= slack and _apart(head, taken[0][1]):
                    figures = min(head.figures, max(r.figures for _, r in taken))
                    rounded = abs(total - target) > 0.01 * step
                    for found in _found(((whole.slot, head), *taken), 1.6 * figures - 2.5 - rounded):
                        best = _better(best, found)
    return best


def _shares(places: list[Place], index: int) -> Iterator[Found]:
    """Yield a part beside its share: 生活用水859.9亿立方米，占用水总量的14.3%."""
    part = places[index]
    shares = [p for p in places[index + 1 : index + 5] if p.rate and p.slot - part.slot <= 40 and _SHARE.search(p.left)]
    if not shares:
        return
    share = shares[0]
    wholes = [p for p in places[max(0, index - 24) : index] if p.unit == part.unit and not p.rate and not p.change]
    for whole in [p for p in wholes if part.slot - p.slot <= FARTHEST][-8:]:
        for w, v, s in product(whole.readings, part.readings, share.readings):
            total = w.value * whole.scale
            if total and _apart(w, v) and _apart(v, s) and s.figures > 1:
                exact = 100 * v.value * part.scale / total
                if abs(exact - s.value) <= 0.51 * s.step and exact < 100:
                    yield from _found(((whole.slot, w), (part.slot, v), (share.slot, s)), 1.3 * s.figures)


def _growths(places: list[Place], index: int) -> Iterator[Found]:
    """Yield a value with its change and its rate: 20所，比上年增加5所，增长33.3%."""
    value = places[index]
    after = [p for p in places[index + 1 : index + 3] if p.slot - value.slot <= 40]
    if len(after) < 2 or not after[0].change or value.change or after[0].unit != value.unit:
        return
    change, rate = after
    if not rate.rate or not _RATE.search(rate.left):
        return
    sign = 1.0 if _RISING.search(change.left) else -1.0
    for v, c, r in product(value.readings, change.readings, rate.readings):
        moved = sign * c.value * change.scale
        before = v.value * value.scale - moved
        if before <= 0 or not moved or not (_apart(v, c) and _apart(c, r)):
            continue
        error = 50 * (v.step * value.scale + c.step * change.scale) / before  # of what is rounded
        if abs(abs(100 * moved / before) - r.value) <= 0.51 * r.step + min(error, 0.5 * r.value):
            yield from _found(((value.slot, v), (change.slot, c), (rate.slot, r)), 1.3 * r.figures)


def _rises(places: list[Place]) -> Iterator[Found]:
    """Yield what rises by as much as is said: 由17.6%提高到19.1%，提高1.5个百分点; 从120家增加到150家，增加30家."""
    for one, two, three in zip(places, places[1:], places[2:], strict=False):
        if three.slot - one.slot > 60 or not (_FROM.search(one.left) and _TO.search(two.left) and three.change):
            continue
        if one.unit != two.unit or three.unit not in (one.unit, "个百分点", "百分点"):
            continue
        for a, b, c in product(one.readings, two.readings, three.readings):
            change = abs(b.value * two.scale - a.value * one.scale)
            if _apart(a, b) and _apart(b, c) and abs(change - c.value * three.scale) <= 0.01 * c.step * three.scale:
                members = ((one.slot, a), (two.slot, b), (three.slot, c))
                yield from _found(members, 1.3 * max(a.figures, b.figures))


def _apart(first: Reading, second: Reading) -> bool:
    """Tell whether two readings share no character and keep their order."""
    return first.end <= second.first


def _cost(members: tuple[tuple[int, Reading], ...]) -> float:
    """Return what readings cost together: one other cut of a run is paid once, whatever pieces it changes."""
    dearest: dict[int, float] = {}
    for _, reading in members:
        dearest[reading.run] = max(dearest.get(reading.run, 0.0), reading.cost)
    return sum(dearest.values())


def _found(members: tuple[tuple[int, Reading], ...], evidence: float) -> Iterator[Found]:
    gain = min(MOST, evidence)
    if gain >= LEAST + _cost(members):
        yield Found(members, gain / len(members))


def _better(one: Found | None, two: Found | None) -> Found | None:
    if one is None or two is None:
        return one or two
    worth_one, worth_two = (f.gain * len(f.members) - _cost(f.members) for f in (one, two))
    return two if worth_two > worth_one else one
