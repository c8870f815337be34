"""Tokens: the ways in which a run of displaced characters can be cut, each piece with its kind and a prior.

A run carries the tokens of one line without what stood between them: `3722019GEP4.48` is 372, 2019, GEP, 4.48.
Which cut is right is decided together with the homes (`homes.py`); here are the pieces that could be tokens at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from atlas.corpus.restoration.forms import figures_prior
from atlas.corpus.restoration.names import LATIN

OPENERS = "“‘"
CLOSERS = "”’"


@dataclass(frozen=True)
class Piece:
    """One possible token: `text`, its `kind`, and the logarithmic `prior` of being cut so.

    Kinds: open, close, number, percent, year, range, latin, code (quoted figures), item (①, 1., [] of a note), dash,
    joint, arrow, plus, slash, dot, roman, sign.
    """

    text: str
    kind: str
    prior: float


_INTEGER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_SIGNED = re.compile(r"[><≥≤±]?")
_LETTERS = re.compile(r"[A-Za-z]+")
_QUOTED = re.compile(r"“([0-9A-Za-z]+(?:[+\-.—/&][0-9A-Za-z]+)*\+?)”")
_RATIO_REST = re.compile(r":\d{1,3}(?:\.\d{1,2})?")
_FRACTION = re.compile(r"[1-9]/[1-9]\d?")
_PLUS_WORD = re.compile(r"(?:\d{1,3}|[A-Z])(?:\+(?:\d{1,3}|[A-Z]))+")
_RATIO = re.compile(r"\d{1,3}(?:\.\d{1,2})?(?::\d{1,3}(?:\.\d{1,2})?)+")
_WORD = re.compile(r"[A-Za-z]+(?:[&/.\-][A-Za-z]+)+")
_UNITS = (
    "kWh",
    "MWh",
    "GWh",
    "kW",
    "MW",
    "GW",
    "kV",
    "km",
    "mm",
    "cm",
    "nm",
    "kg",
    "mg",
    "μg",
    "℃",
    "°",
    "m",
    "t",
    "h",
)
PLAIN = -1.1  # prior of a number as such; its form is weighed with what it counts (`forms.py`)
_KINDS = ((CLOSERS, "close"), ("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", "roman"), ("①②③④⑤⑥⑦⑧⑨⑩", "item"))
_RANGE_MARKS = "-—–～~"


def is_year(text: str) -> bool:
    """Tell whether a number reads as a year of our era."""
    return len(text) == 4 and text.isdigit() and text[:2] in ("19", "20")


@lru_cache(maxsize=200_000)
def pieces(run: str, start: int) -> tuple[Piece, ...]:
    """Return every piece that can begin at `start` of a run."""
    character = run[start]
    if character.isdigit() and character < "\u0080":
        return (*_numbers(run, start), *_digit_words(run, start))
    if character.isascii() and character.isalpha():
        return _words(run, start)
    if character in OPENERS:
        return (*_quoted(run, start), Piece(character, "open", 0.0))
    if run.startswith("[]", start):
        return (Piece("[]", "item", 0.0), Piece("[", "sign", 0.0))
    kind = next((kind for signs, kind in _KINDS if character in signs), "")
    return (Piece(character, kind, 0.0),) if kind else _signs(run, start)


def _quoted(run: str, start: int) -> tuple[Piece, ...]:
    match = _QUOTED.match(run, start)
    if match is None:
        return ()
    if match.group(1).isdigit():
        return (Piece(match.group(), "code", 0.0),)
    return (Piece(match.group(), "latin", 3.5 if "+" in match.group() else -0.5),)


def _plain(run: str, start: int) -> list[tuple[str, float]]:
    """Return the numbers that can begin at `start`, longest last, with priors of their lengths."""
    found: list[tuple[str, float]] = []
    match = _INTEGER.match(run, start)
    if match is None:
        return found
    whole = match.group()
    if "," in whole:
        found.append((whole, 0.2))
        whole = whole.split(",")[0]
    for length in range(1, min(len(whole), 10) + 1):
        integer = whole[:length]
        if length > 1 and integer[0] == "0":
            break
        prior = -0.9 if is_year(integer) else (-3.5 if integer == "0" else PLAIN + figures_prior(integer))
        found.append((integer, prior))
        point = start + length
        if length == len(whole) and run[point : point + 1] == ".":
            digits = re.match(r"\d{1,4}", run[point + 1 :])
            for places in range(1, len(digits.group()) + 1 if digits else 1):
                decimal = run[start : point + 1 + places]
                found.append((decimal, PLAIN + figures_prior(decimal)))
    return found


def _numbers(run: str, start: int) -> list[Piece]:
    found: list[Piece] = []
    for text, prior in _plain(run, start):
        end = start + len(text)
        if run[end : end + 1] == "." and "." not in text and run[end + 1 : end + 2].isdigit():
            continue  # the point belongs to it
        found.append(Piece(text, "year" if is_year(text) else "number", prior))
        sign = run[end : end + 1]
        if sign and sign in "%‰":
            found[-1] = Piece(text + sign, "percent", PLAIN + 0.3)
            end += 1
        found.extend(_ranges(run, start, end, text, prior))
        if sign and sign in ".)" and text.isdigit() and len(text) <= 2:  # 1. of a list; 1.2020年 is rare
            found.append(Piece(text + sign, "item", PLAIN - 1.5 * run[end + 1 : end + 2].isdigit()))
    return found


def _ranges(run: str, start: int, end: int, first: str, prior: float) -> list[Piece]:
    mark = run[end : end + 1]
    if not mark or mark not in _RANGE_MARKS or run[end + 1 : end + 2] == mark:
        return []
    found = []
    for second, after in _plain(run, end + 1):
        stop = end + 1 + len(second)
        sign = run[stop : stop + 1]
        if sign and sign in "%‰":
            stop += 1
        elif sign == "." and "." not in second:
            continue
        years = is_year(first) and is_year(second)
        rising = 0.6 if float(second.replace(",", "")) > float(first.replace(",", "")) else -2.0
        alike = 0.3 if abs(len(first) - len(second)) <= 1 else -0.7
        bonus = 1.2 if years else rising + alike
        found.append(Piece(run[start:stop], "range", prior + after + 1.0 + bonus))
    return found


def _digit_words(run: str, start: int) -> list[Piece]:
    """Return pieces that begin with a digit and hold letters: 5G, 3D, 4K, 1+N, 500kV, 4-."""
    found = []
    digits = re.match(r"\d{1,6}(?:\.\d+)?", run[start:])
    length = len(digits.group()) if digits else 0
    plus = _PLUS_WORD.match(run, start)
    if plus:
        found.append(Piece(plus.group(), "latin", 0.0))
    if length and run[start + length : start + length + 1].isalpha():
        number = run[start : start + length]
        rest = run[start + length :]
        if length == 1 or run[start + 1 : start + 2].isalpha():
            for known in ("G", "D", "K", "A", "B", "C", "R", "S", "T"):
                if rest.startswith(known):
                    found.append(Piece(number + known, "latin", 0.0))
        found.extend(
            Piece(number + unit, "number", -0.5)
            for unit in _UNITS
            if rest.startswith(unit) and not number.startswith("0")
        )
    if length == 1 and run[start + 1 : start + 2] == "-":
        found.append(Piece(run[start : start + 2], "latin", -2.0))  # 1,4-丁二醇
    if length and run[start + length : start + length + 1].isupper() and run[start] != "0":
        found.append(Piece(run[start : start + length + 1], "number", -1.5))  # 1000P
    found.extend(_ratios(run, start))
    fraction = _FRACTION.match(run, start)
    if fraction:
        found.extend(Piece(fraction.group()[:end], "number", 0.5) for end in range(3, len(fraction.group()) + 1))
    return found


def _ratios(run: str, start: int) -> list[Piece]:
    ratio = _RATIO.match(run, start)
    if ratio is None:
        return []
    places = len(ratio.group().partition(":")[0].partition(".")[2])
    part = rf"\d{{1,3}}\.\d{{{places}}}"
    even = re.match(rf"{part}(?::{part})+", ratio.group()) if places else None
    if even is None or even.group() == ratio.group():
        return [Piece(ratio.group(), "number", 1.0)]
    return [Piece(even.group(), "number", 1.0), Piece(ratio.group(), "number", -1.0)]  # two ratios side by side


def _words(run: str, start: int) -> tuple[Piece, ...]:
    match = _LETTERS.match(run, start)
    letters = match.group() if match else run[start]
    found = [Piece(letters, "latin", 0.0)]
    compound = _WORD.match(run, start)
    if compound:
        found.append(Piece(compound.group(), "latin", 0.3))
    end = start + len(letters)
    digits = re.match(r"-?\d{1,4}(?:\.\d{1,2})?", run[end:])
    if digits:
        tail = digits.group()
        for length in range(1, len(tail) + 1):
            if tail[length - 1].isdigit():
                found.append(Piece(letters + tail[:length], "latin", _name_prior(letters, tail[:length])))
    if run[end : end + 1] == "+" and len(letters) <= 3:
        found.append(Piece(letters + "+", "latin", -1.0))
        plus = _PLUS_WORD.match(run, start)
        if plus:
            found.append(Piece(plus.group(), "latin", 0.4))
    known = next((size for size in range(min(len(letters) - 1, 6), 1, -1) if letters[:size] in LATIN), 0)
    if known:  # two names side by side: PPP|REITs
        found.append(Piece(letters[:known], "latin", -0.5))
    if letters.isupper() and len(letters) in (4, 6):  # two equal names side by side
        half = len(letters) // 2
        if letters[:half] == letters[half:]:
            found.append(Piece(letters[:half], "latin", -0.5))
    return tuple(found)


def _name_prior(letters: str, digits: str) -> float:
    if letters in ("G", "S") and digits.isdigit():
        return 0.5 if len(digits) <= 4 and digits[0] != "0" else -3.0
    if letters + digits in ("PM2.5", "PM10", "IPv6", "IPv4", "CO2", "SO2", "N95", "H7N9", "ISO9001", "C919", "O3"):
        return 1.5
    if letters in ("CO", "SO", "NO", "PM", "IPv"):  # names whose figures are known: CO2 and the 2 of 21.4%
        return -4.0
    return (-0.8 if len(letters) == 1 else -2.4) - 0.3 * len(digits)


_SIGNS = {
    sign: kind for signs, kind in (("→⇒←", "arrow"), ("+", "plus"), ("/", "slash"), ("·•", "dot")) for sign in signs
}


def _signs(run: str, start: int) -> tuple[Piece, ...]:
    character = run[start]
    after = run[start + 1 : start + 2]
    if character + after == "——":
        return (Piece("——", "dash", 0.5), Piece("—", "joint", -2.0))
    if character in "><≥≤±≈" and after.isdigit():
        return tuple(Piece(character + p.text, p.kind, p.prior) for p in _numbers(run, start + 1) if p.kind != "year")
    if character == ":" and start == 0 and (rest := _RATIO_REST.match(run)):
        ends = range(2, len(rest.group()) + 1)
        return (*(Piece(rest.group()[:end], "number", -0.2 * abs(end - 4)) for end in ends), Piece(":", "sign", 0.0))
    if character == "-" and after.isdigit():
        inside = run[start - 1 : start].isdigit()
        rates = [] if inside else [p for p in _numbers(run, start + 1) if p.kind == "percent"]
        below = (Piece("-" + p.text, p.kind, p.prior - 0.3) for p in rates)
        return (Piece(character, "joint", -2.5 if inside else (-0.8 if rates else 0.0)), *below)
    if character in "-—–":
        inside = run[start - 1 : start].isdigit() and after.isdigit()
        return (Piece(character, "joint", -2.5 if inside else 0.0),)
    return (Piece(character, _SIGNS.get(character, "sign"), 0.0),)
