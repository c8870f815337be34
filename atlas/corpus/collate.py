"""Collation of the regulations that have two witnesses: the base text with an apparatus of variants.

Base and witness are aligned article by article, character by character (Ratcliff and Obershelp's longest common
stretches, by `difflib`); what differs is a `Variant`, with its place in the base text and in the file of the witness.
What `atlas.corpus.emend` mended in either of them is a variant too, with the reading that stands in the file, so that
the apparatus is complete: from the established text and the apparatus each witness can be told again (`witness_text`).

An editor's judgement on a variant (its extent as a word, kind, choice, reason) is a row of
`geodata/corrections/variants.csv`; a variant without a row is marked as not reviewed, and the base is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Literal

from pydantic import Field

from atlas.corpus.corpus import Corpus
from atlas.corpus.corrections import VARIANTS, VariantJudgement
from atlas.corpus.emend import Emendation
from atlas.errors import SourceError
from atlas.models import Provision, Record, SegmentKind

Kind = Literal["substantive", "orthographic", "OCR"]

_CONTEXT = 8  # characters of the base text quoted on each side
_MARKS = frozenset(" ，、。；：（）“”《》,.;:()\"'\u3000\u00a0")
_EMENDED: dict[str, tuple[Kind, str]] = {
    "latin-word": ("OCR", "an English word that text recognition put for the Chinese one"),
    "half-width-punctuation": ("orthographic", "half-width mark in Chinese text"),
    "space-beside-number": ("orthographic", "space beside a number"),
    "reviewed": ("OCR", "reviewed defect of text recognition"),
}


class Variant(Record):
    """A place where two witnesses of a provision differ, or where a file differs from the text established from it."""

    provision: str  # of a heading: the first provision under it
    where: Literal["text", "heading"]
    start: int = Field(ge=0)  # of `base_reading` in the provision's text, or in the heading
    end: int
    base_witness: str
    base_reading: str  # the established text of the base
    base_context: str  # the same with what stands around it
    witness: str
    reading: str  # as the witness's file has it; empty: it has nothing there
    witness_start: int = Field(ge=0)  # in the witness's file
    witness_end: int
    kind: Kind
    choice: str  # the reading that is established
    reason: str
    reviewed: bool


def collate(corpus: Corpus) -> tuple[Variant, ...]:
    """Return the apparatus of all provisions that have a second witness, in the order of the base text.

    Raises:
        SourceError: a reviewed judgement speaks of a variant that is not there.
    """
    judgements = {(row.provision, row.base_reading, row.witness_reading): row for row in corpus.corrections.variants}
    found: list[Variant] = []
    headings: set[tuple[str, str]] = set()
    collated = {item.id for item in corpus.witness_provisions}
    emendations = _by_provision(corpus.emendations)
    for other in corpus.witness_provisions:
        base = corpus.find(other.id)
        here = [*_in_text(corpus, base, other, judgements)]
        for change in [*emendations.get((base.id, base.witness), ()), *emendations.get((other.id, other.witness), ())]:
            here.append(_of_emendation(base, base if change.witness == base.witness else other, change))
        for variant in _in_headings(corpus, base, other, judgements):
            if (variant.base_reading, variant.reading) not in headings:
                headings.add((variant.base_reading, variant.reading))
                here.append(variant)
        found += sorted(here, key=lambda item: (item.where == "text", item.start, item.end, item.witness))
    used = {(item.provision, item.base_reading, item.reading) for item in found if item.reviewed}
    for key, row in judgements.items():
        if key not in used or row.provision not in collated:
            raise SourceError(
                f"{VARIANTS}: {row.provision} has no variant {row.base_reading!r} / {row.witness_reading!r}; "
                "correct the row or take it out"
            )
    return tuple(found)


def witness_text(base: Provision, variants: Iterable[Variant], witness: str) -> str:
    """Return what the file `witness` reads, defects and all, retold from the base text and its apparatus alone."""
    text, at = "", 0
    its = [item for item in variants if (item.provision, item.witness, item.where) == (base.id, witness, "text")]
    for item in sorted(its, key=lambda item: (item.start, item.end)):
        text += base.text[at : item.start] + item.reading
        at = item.end
    return text + base.text[at:]


def _by_provision(emendations: Iterable[Emendation]) -> dict[tuple[str, str], list[Emendation]]:
    grouped: dict[tuple[str, str], list[Emendation]] = {}
    for change in emendations:
        grouped.setdefault((change.provision, change.witness), []).append(change)
    return grouped


Judgements = dict[tuple[str, str, str], VariantJudgement]


def _in_text(corpus: Corpus, base: Provision, other: Provision, judgements: Judgements) -> Iterator[Variant]:
    rows = [row for row in judgements.values() if row.provision == base.id]
    for tag, start, end, first, last in SequenceMatcher(None, base.text, other.text, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        span, row = (start, end, first, last), None
        for candidate in rows:
            if wider := _extent(base.text, other.text, span, candidate):
                span, row = wider, candidate
                break
        yield _variant(
            base,
            "text",
            span,
            (base.text, other.text),
            other.witness,
            _file_span(other, span[2], span[3]),
            row,
        )


def _in_headings(corpus: Corpus, base: Provision, other: Provision, judgements: Judgements) -> Iterator[Variant]:
    """Yield the differences of the headings above a provision."""
    for one, two in zip(base.path, other.path, strict=False):
        if one == two:
            continue
        number = two.split(" ", 1)[0]
        at = _heading(corpus, other, number)
        row = judgements.get((base.id, one.split(" ", 1)[1], two.split(" ", 1)[1]))
        skip = len(number) + 1
        span = (skip, len(one), skip, len(two))
        yield _variant(base, "heading", span, (one, two), other.witness, at, row)


def _heading(corpus: Corpus, provision: Provision, number: str) -> tuple[int, int]:
    """Return the span in the file of the title of the heading `number` that stands nearest above `provision`."""
    text = corpus.texts[provision.witness]
    spans = [
        (segment.start, segment.end)
        for segment in corpus.segments[provision.witness]
        if segment.kind is SegmentKind.HEADING
        and segment.end <= provision.start
        and text.startswith(number, segment.start)
    ]
    start, end = spans[-1]
    start += len(number)
    while text[start].isspace():
        start += 1
    return start, end


def _extent(
    base: str, other: str, span: tuple[int, int, int, int], row: VariantJudgement
) -> tuple[int, int, int, int] | None:
    """Return the span widened to the words of a judgement, where these are the words that differ here."""
    start, end, first, _ = span
    at = base.find(row.base_reading, max(0, end - len(row.base_reading)))
    while 0 <= at <= start:
        if end <= at + len(row.base_reading):
            begin = first - (start - at)
            if begin >= 0 and other.startswith(row.witness_reading, begin):
                return at, at + len(row.base_reading), begin, begin + len(row.witness_reading)
        at = base.find(row.base_reading, at + 1)
    return None


def _variant(
    base: Provision,
    where: Literal["text", "heading"],
    span: tuple[int, int, int, int],
    texts: tuple[str, str],
    witness: str,
    file_span: tuple[int, int],
    row: VariantJudgement | None,
) -> Variant:
    start, end, first, last = span
    readings = (texts[0][start:end], texts[1][first:last])
    kind: Kind = "orthographic" if set("".join(readings)) <= _MARKS else "substantive"
    if row:
        kind = "OCR" if row.kind == "OCR" else "orthographic" if row.kind == "orthographic" else "substantive"
    return Variant(
        provision=base.id,
        where=where,
        start=start,
        end=end,
        base_witness=base.witness,
        base_reading=readings[0],
        base_context=_context(texts[0], start, end),
        witness=witness,
        reading=readings[1],
        witness_start=file_span[0],
        witness_end=file_span[1],
        kind=kind,
        choice=row.choice if row else readings[0],
        reason=row.reason if row else "not reviewed: the base witness is followed",
        reviewed=row is not None,
    )


def _of_emendation(base: Provision, emended: Provision, change: Emendation) -> Variant:
    """Return what was mended in the base or in the witness as a variant of the base text."""
    at = _text_offset(emended, change.start)
    if emended is not base:
        at = _aligned(base.text, emended.text, at)
    end = at + len(change.established)
    kind, reason = _EMENDED[change.rule]
    return Variant(
        provision=base.id,
        where="text",
        start=at,
        end=end,
        base_witness=base.witness,
        base_reading=base.text[at:end],
        base_context=_context(base.text, at, end),
        witness=change.witness,
        reading=change.raw,
        witness_start=change.start,
        witness_end=change.end,
        kind=kind,
        choice=change.established,
        reason=change.reason or reason,
        reviewed=True,
    )


def _text_offset(provision: Provision, file_offset: int) -> int:
    """Return where in the provision's text the first character after `file_offset` of the file would stand."""
    last = -1
    for index, origin in enumerate(provision.origin):
        if 0 <= origin < file_offset:
            last = index
    return last + 1


def _aligned(base: str, other: str, at: int) -> int:
    """Return the offset in `base` that answers to the offset `at` of `other`."""
    for block in SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks():
        if at < block.b + block.size:
            return block.a + max(0, at - block.b)
    return len(base)


def _file_span(provision: Provision, start: int, end: int) -> tuple[int, int]:
    """Return the span of the file that carries `text[start:end]`; for nothing, the empty span where it is missing."""
    placed = [at for at in provision.origin[start:end] if at >= 0]
    if placed:
        return min(placed), max(placed) + 1
    after = next((at for at in provision.origin[start:] if at >= 0), provision.end)
    return after, after


def _context(text: str, start: int, end: int) -> str:
    return text[max(0, start - _CONTEXT) : end + _CONTEXT]
