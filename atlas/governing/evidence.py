"""Links and their evidence: the words that a link rests on, and the sentence around them, as offsets."""

from __future__ import annotations

from atlas.governing.quotation import Span, sentence_around
from atlas.models import Basis, Link, Provision


def link_at(
    provision: Provision, target: str, basis: Basis, start: int, end: int, certainty: float, note: str = ""
) -> Link:
    """Return a link whose evidence stands at `start:end` of the provision's text."""
    first, last = sentence_around(provision.text, start, end)
    evidence_start, evidence_end = provision.witness_span(start, end)
    witness_start, witness_end = provision.witness_span(first, last)
    return Link(
        provision=provision.id,
        target=target,
        basis=basis,
        start=evidence_start,
        end=evidence_end,
        text_start=start,
        text_end=end,
        quote_start=first,
        quote_end=last,
        witness_start=witness_start,
        witness_end=witness_end,
        quotation=provision.text[first:last],
        certainty=certainty,
        note=note,
    )


def link_whole(
    provision: Provision, target: str, basis: Basis, certainty: float, note: str = "", span: Span = (0, 1)
) -> Link:
    """Return a link that rests on whole sentences: the one at `span` is quoted, no single word is the evidence."""
    first, last = sentence_around(provision.text, span[0], span[0] + 1)
    witness_start, witness_end = provision.witness_span(first, last)
    return Link(
        provision=provision.id,
        target=target,
        basis=basis,
        start=provision.start,
        end=provision.end,
        text_start=0,
        text_end=0,
        quote_start=first,
        quote_end=last,
        witness_start=witness_start,
        witness_end=witness_end,
        quotation=provision.text[first:last],
        certainty=certainty,
        note=note,
    )
