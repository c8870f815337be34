"""Addresses of stretches of text: `border/2#12-18` is characters 12 to 18 (end exclusive) of what border/2 reads.

Offsets count Unicode code points of the *established* text of a provision (`Provision.text`); `Span` also carries the
place in the witness's file and what stands there, damage and all. Written with `~` (`border/2~1530-1536`) an address
counts in the witness's file instead; it resolves to the same kind of span.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pydantic import Field

from atlas.corpus.citation import citation
from atlas.corpus.corpus import Corpus
from atlas.errors import InputError
from atlas.models import Provision, Record

_ADDRESS = re.compile(r"([a-z][a-z0-9/-]{0,60})([#~])(\d{1,9})-(\d{1,9})", re.ASCII)
_EXAMPLE = "for instance border/2#12-18"


class Address(NamedTuple):
    """A parsed address: a provision and a stretch of its text, or of its witness's file."""

    provision: str
    start: int
    end: int
    in_file: bool = False

    def __str__(self) -> str:
        return f"{self.provision}{'~' if self.in_file else '#'}{self.start}-{self.end}"


class Span(Record):
    """A stretch of a provision that can be cited."""

    id: str  # border/2#12-18
    provision: str
    start: int = Field(ge=0)  # in the provision's established text
    end: int
    quotation: str  # the established text
    witness: str
    witness_start: int = Field(ge=0)  # in the witness's file
    witness_end: int
    raw: str  # what the file has there
    citation: str  # of the provision, or of the paragraph 款 that holds the whole stretch
    path: tuple[str, ...]  # headings above


def parse_address(address: str) -> Address:
    """Parse `border/2#12-18` or `border/2~1530-1536`.

    Raises:
        InputError: it is not an address.
    """
    match = _ADDRESS.fullmatch(address)
    if not match:
        raise InputError(f"address {address!r}: write provision#start-end, {_EXAMPLE} (~ counts in the witness's file)")
    return Address(match[1], int(match[3]), int(match[4]), match[2] == "~")


def resolve(corpus: Corpus, address: str) -> Span:
    """Return the span that `address` names.

    Raises:
        InputError: it is not an address, or lies outside the provision.
        UnknownNameError: there is no such provision.
    """
    provision_id, start, end, in_file = parse_address(address)
    if in_file:
        start, end = _in_text(corpus.find(provision_id), start, end, address)
    return cite_span(corpus, provision_id, start, end)


def cite_span(corpus: Corpus, provision_id: str, start: int, end: int) -> Span:
    """Return `text[start:end]` of a provision with its citation, its place in the file and what stands there.

    Raises:
        InputError: the stretch is empty or lies outside the provision.
        UnknownNameError: there is no such provision.
    """
    provision = corpus.find(provision_id)
    if not 0 <= start < end <= len(provision.text):
        raise InputError(
            f"span {start}-{end} of {provision_id}: it has {len(provision.text)} characters; "
            "give 0 <= start < end <= that"
        )
    first, last = provision.witness_span(start, end)
    return Span(
        id=str(Address(provision_id, start, end)),
        provision=provision_id,
        start=start,
        end=end,
        quotation=provision.text[start:end],
        witness=provision.witness,
        witness_start=first,
        witness_end=last,
        raw=corpus.texts[provision.witness][first:last],
        citation=citation(corpus.document(provision.document), _narrowest(corpus, provision, start, end)),
        path=provision.path,
    )


def find_quotation(corpus: Corpus, quotation: str) -> tuple[Span, ...]:
    """Return where the corpus says `quotation`, word for word, in the order of the documents.

    Raises:
        InputError: the quotation is empty.
    """
    if not quotation:
        raise InputError("quotation '': give the words to look for")
    found = []
    for provision in corpus.provisions:
        at = provision.text.find(quotation)
        while at >= 0:
            found.append(cite_span(corpus, provision.id, at, at + len(quotation)))
            at = provision.text.find(quotation, at + len(quotation))
    return tuple(found)


def _in_text(provision: Provision, start: int, end: int, address: str) -> tuple[int, int]:
    """Return the smallest stretch of the provision's text that holds all its characters from `start` to `end`."""
    inside = [i for i, origin in enumerate(provision.origin) if start <= origin < end]
    if start >= end or not inside:
        raise InputError(
            f"address {address!r}: {provision.id} stands at {provision.start}-{provision.end} of {provision.witness}; "
            "give a stretch that meets it"
        )
    return inside[0], inside[-1] + 1


def _narrowest(corpus: Corpus, provision: Provision, start: int, end: int) -> Provision:
    """Return the paragraph that holds the whole stretch where there are several, else the provision itself."""
    parts = corpus.paragraphs(provision.id)
    at = 0
    for part in parts if len(parts) > 1 else ():
        if at <= start and end <= at + len(part.text):
            return part
        at += len(part.text) + 1
    return provision
