"""Links and their evidence: the words that a link rests on, and the sentence around them, as offsets."""

from __future__ import annotations

from atlas.governing.quotation import Span, sentence_around
from atlas.models import Basis, Link, Provision


def link_at(
    provision: Provision, target: str, basis: Basis, start: int, end: int, certainty: float, note: str = ""
) -> Link:
    """Return a link whose evidence stands at `start:end` of the provision's text."""
    quoted = sentence_around(provision.text, start, end)
    return _link(provision, target, basis, certainty, note, quoted, (start, end), provision.witness_span(start, end))


def link_whole(
    provision: Provision, target: str, basis: Basis, certainty: float, note: str = "", span: Span = (0, 1)
) -> Link:
    """Return a link that rests on whole sentences: the one at `span` is quoted, no single word is the evidence."""
    quoted = sentence_around(provision.text, span[0], span[0] + 1)
    return _link(provision, target, basis, certainty, note, quoted, (0, 0), (provision.start, provision.end))


def _link(
    provision: Provision,
    target: str,
    basis: Basis,
    certainty: float,
    note: str,
    quoted: Span,
    words: Span,
    in_witness: Span,
) -> Link:
    """Return a link with its sentence (`quoted`) and its evidence, in the provision's text and in the witness."""
    witness_start, witness_end = provision.witness_span(*quoted)
    return Link(
        provision=provision.id,
        target=target,
        basis=basis,
        start=in_witness[0],
        end=in_witness[1],
        text_start=words[0],
        text_end=words[1],
        quote_start=quoted[0],
        quote_end=quoted[1],
        witness_start=witness_start,
        witness_end=witness_end,
        quotation=provision.text[slice(*quoted)],
        certainty=certainty,
        note=note,
    )
