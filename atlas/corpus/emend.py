"""Defects of a converted text that a rule can mend: each change is an emendation with its rule, and the raw text stays.

Only what leaves no choice is mended here: half-width punctuation between ideographs, spaces beside a number, and the
two English words that the compilation's text recognition put for Chinese ones. What they stand for is attested: in the
parallel articles of the clean witnesses 002 and 003 the same clause has 相关 (model/2) and 和 (bridgehead/82). An
English word that is not in that table stays as it is. Other defects are reviewed rows of `geodata/corrections/ocr.csv`,
found by their words; a row that does not match its provision exactly once is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from atlas.corpus.corrections import OCR, OcrCorrection
from atlas.errors import SourceError
from atlas.models import Provision, Record, Share

WORDS = {"related": "相关", "and": "和"}
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）"}
_HAN = "\u3400-\u9fff"
_DEFECT = re.compile(
    rf"(?P<word>(?<=[{_HAN}])[ ]?\b(?i:{'|'.join(WORDS)})\b[ ]?(?=[{_HAN}]))"
    rf"|(?P<mark>(?<=[{_HAN}”）》%\d])[ ]?[,;:](?![\d])[ ]?(?=[{_HAN}“（《])|(?<=[{_HAN}])\)[ ]?(?=[{_HAN}，。；、])"
    rf"|(?<=[{_HAN}，、；])\((?=[{_HAN}]))"
    rf"|(?P<space>(?<=\d)[ ]+(?=[年月日{_HAN}])|(?<=[{_HAN}])[ ]+(?=\d))"
)
_RULES = {"word": "latin-word", "mark": "half-width-punctuation", "space": "space-beside-number"}


class Emendation(Record):
    """A change of a provision's text against its witness: `raw` stands at `start` to `end` of the witness."""

    provision: str
    witness: str
    start: int
    end: int
    raw: str
    established: str
    rule: str
    certainty: Share
    reason: str = ""  # of a reviewed row


class Emended(NamedTuple):
    """A provision with its established text, and what was changed."""

    provision: Provision
    emendations: tuple[Emendation, ...]


class _Defect(NamedTuple):
    """A defect in a provision's text."""

    start: int
    end: int
    established: str
    rule: str
    reason: str = ""


def emend(provision: Provision, reviewed: Iterable[OcrCorrection] = ()) -> Emended:
    """Mend the defects of `provision`; a character that a rule or a reviewed row put there has the origin -1.

    Raises:
        SourceError: a row about this provision does not match its text exactly once.
    """
    text, at = "", 0
    origin: list[int] = []
    made: list[Emendation] = []
    rows = [row for row in reviewed if (row.provision, row.witness) == (provision.id, provision.witness)]
    for defect in sorted([*_defects(provision.text), *(_reviewed(provision, row) for row in rows)]):
        text += provision.text[at : defect.start] + defect.established
        origin += provision.origin[at : defect.start]
        origin += [-1] * len(defect.established)
        at = defect.end
        span = provision.origin[defect.start : defect.end]
        made.append(
            Emendation(
                provision=provision.id,
                witness=provision.witness,
                start=min(span),
                end=max(span) + 1,
                raw=provision.text[defect.start : defect.end],
                established=defect.established,
                rule=defect.rule,
                certainty=1,
                reason=defect.reason,
            )
        )
    if not made:
        return Emended(provision, ())
    text += provision.text[at:]
    origin += provision.origin[at:]
    return Emended(provision.model_copy(update={"text": text, "origin": tuple(origin)}), tuple(made))


def _defects(text: str) -> Iterator[_Defect]:
    for match in _DEFECT.finditer(text):
        inner, rule = match[0].strip(), str(match.lastgroup)
        established = WORDS[inner.lower()] if rule == "word" else _FULL_WIDTH[inner] if rule == "mark" else ""
        yield _Defect(match.start(), match.end(), established, _RULES[rule])


def _reviewed(provision: Provision, row: OcrCorrection) -> _Defect:
    words = row.before + row.raw + row.after
    if provision.text.count(words) != 1:
        raise SourceError(
            f"{OCR}: {words!r} stands {provision.text.count(words)} times in {provision.id} of {provision.witness}, "
            "not once; correct the row or take it out"
        )
    start = provision.text.index(words) + len(row.before)
    return _Defect(start, start + len(row.raw), row.established, "reviewed", row.reason)
