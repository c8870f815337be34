"""Damage clean prose the way the plan was damaged: set it in lines, pull the displaced kinds to each line's end, join.

The rule is that of DESIGN §5: within a printed line the displaceable characters go to its end in their order; lines are
joined; a line break is put after every full stop; pages end with a mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from atlas.corpus.restore import Restored

DISPLACED = re.compile(r"[!-~“”—–·→±Ⅰ-Ⅻ①-⑳℃]")
NO_START = "，。、；：！？）》”％"
NO_END = "（《“〔"


@dataclass(frozen=True)
class Damaged:
    """Damaged text; `origin[i]` is the offset in the clean text of `text[i]`, -1 for page marks and line breaks."""

    clean: str
    text: str
    origin: tuple[int, ...]


def width(character: str) -> float:
    if character in "“”":
        return 0.45
    if character < "\u0080":
        return 0.27 if character in ".,:;" else (0.83 if character == "%" else 0.5)
    return 1.0


def printed_lines(clean: str, em: float) -> list[list[int]]:
    """Return the offsets of the characters of each printed line: paragraphs indented by 2 em, simple line-end rules."""
    lines: list[list[int]] = []
    for paragraph in re.finditer(r"[^\n]+", clean):
        line: list[int] = []
        room = em - 2
        for offset in range(paragraph.start(), paragraph.end()):
            character = clean[offset]
            inside_word = (
                line
                and character.isascii()
                and clean[offset - 1].isascii()
                and (character.isalnum() or character in ".%")
                and clean[offset - 1] not in "“”—"
            )
            if line and room < width(character) and character not in NO_START and not inside_word:
                carried = []
                while line and clean[line[-1]] in NO_END:
                    carried.insert(0, line.pop())
                lines.append(line)
                line = carried
                room = em - sum(width(clean[o]) for o in carried)
            line.append(offset)
            room -= width(character)
        lines.append(line)
    return lines


def damage(clean: str, em: float = 28.0, lines_per_page: int = 0, first_page: int = 1) -> Damaged:
    """Return the damaged text of clean prose set in lines `em` wide; `lines_per_page` 0 prints no page marks."""
    text: list[str] = []
    origin: list[int] = []
    page = first_page
    for number, line in enumerate(printed_lines(clean, em), 1):
        kept = [o for o in line if not DISPLACED.match(clean[o])]
        moved = [o for o in line if DISPLACED.match(clean[o])]
        for offset in kept:
            text.append(clean[offset])
            origin.append(offset)
            if clean[offset] == "。":
                text.append("\n")
                origin.append(-1)
        for offset in moved:
            text.append(clean[offset])
            origin.append(offset)
        if lines_per_page and number % lines_per_page == 0:
            mark = f"—{page}—"
            text.extend(mark)
            origin.extend([-1] * len(mark))
            page += 1
    return Damaged(clean, "".join(text), tuple(origin))


@dataclass(frozen=True)
class Score:
    """Tokens at home, of all: numerals and Latin, quotation marks, joints and other signs; wrongly placed ones."""

    numerals: tuple[int, int]
    marks: tuple[int, int]
    joints: tuple[int, int]
    wrong: int

    @property
    def share(self) -> float:
        right = self.numerals[0] + self.marks[0] + self.joints[0]
        return right / max(1, self.numerals[1] + self.marks[1] + self.joints[1])

    @property
    def numeral_share(self) -> float:
        return self.numerals[0] / max(1, self.numerals[1])


def homes(text: str) -> list[tuple[str, int]]:
    """Return each displaceable character with the number of other characters before it (line breaks not counted)."""
    found = []
    before = 0
    for character in text:
        if character == "\n":
            continue
        if DISPLACED.match(character):
            found.append((character, before))
        else:
            before += 1
    return found


def tokens(found: list[tuple[str, int]]) -> list[tuple[str, list[int]]]:
    """Group the characters of `homes` to tokens: (kind, indices); marks and joints stand alone."""
    groups: list[tuple[str, list[int]]] = []
    for index, (character, before) in enumerate(found):
        kind = "marks" if character in "“”" else ("joints" if character in "→+-—–·/:" else "numerals")
        if groups and kind == "numerals" == groups[-1][0] and found[groups[-1][1][-1]][1] == before:
            groups[-1][1].append(index)
        else:
            groups.append((kind, [index]))
    return groups


def landed(text: str, origin: tuple[int, ...], start: int, end: int, skipped: set[int]) -> list[int]:
    """Return where the displaceable characters of text[start:end] landed, in their order in the damaged text.

    A place is the number of characters of the slice that were not displaced and now stand before it. The characters of
    a line keep their order when they are pulled out, so that the k-th here is the k-th of the true text.
    """
    place = {offset: k for k, offset in enumerate(origin)}
    inside = [o for o in range(start, end) if o in place and text[o] != "\n" and o not in skipped]
    kept = sorted(place[o] for o in inside if not DISPLACED.match(text[o]))
    return [bisect_left(kept, place[o]) for o in inside if DISPLACED.match(text[o])]


def compare(truth: str, places: list[int]) -> Score:
    """Score where the displaced characters landed against the true text.

    Quotation marks look alike: one is at home where a mark of its kind belongs, whichever of them it is.
    """
    true = homes(truth)
    marks = Counter((character, place) for (character, _), place in zip(true, places, strict=True) if character in "“”")
    right = {"numerals": 0, "marks": 0, "joints": 0}
    total = dict(right)
    wrong = 0
    for kind, indices in tokens(true):
        total[kind] += 1
        if kind == "marks":
            home = marks[true[indices[0]]] > 0
            marks[true[indices[0]]] -= home
        else:
            home = all(places[i] == true[i][1] for i in indices)
        if home:
            right[kind] += 1
        else:
            wrong += 1
    return Score(
        (right["numerals"], total["numerals"]),
        (right["marks"], total["marks"]),
        (right["joints"], total["joints"]),
        wrong,
    )


def compare_restored(damaged: Damaged, restored: Restored) -> Score:
    """Score a restored text against the clean text it was made from."""
    marks = {o for start, end in restored.page_marks for o in range(start, end)}
    return compare(damaged.clean, landed(damaged.text, restored.origin, 0, len(damaged.text), marks))
