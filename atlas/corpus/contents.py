"""A table of contents against the headings of the body: what differs is recorded, neither is bent to the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from atlas.models import Record


class ContentsEntry(Record):
    """A line of a table of contents, or a heading of the body."""

    document: str | None  # in a table of contents: set on the titles of the documents only
    number: str  # 第三章; empty for a document's title
    title: str  # without white space


class HeadingDifference(Record):
    """A heading that the table of contents words differently, or that only one of the two has."""

    witness: str
    document: str
    number: str
    contents: str | None  # None: not in the contents
    body: str | None  # None: not in the body


def compare(
    witness: str, contents: Iterable[ContentsEntry], body: Iterable[ContentsEntry]
) -> Iterator[HeadingDifference]:
    """Yield the differences, document by document and in order."""
    listed = _by_document(contents)
    for document, headings in _by_document(body).items():
        yield from _compare_one(witness, document, listed.get(document, []), headings)
    for document in listed.keys() - _by_document(body).keys():
        yield from _compare_one(witness, document, listed[document], [])


def _compare_one(
    witness: str, document: str, listed: list[ContentsEntry], headings: list[ContentsEntry]
) -> Iterator[HeadingDifference]:
    for entry, heading in zip_longest(listed, headings):
        if entry and heading and entry.number != heading.number:
            yield HeadingDifference(
                witness=witness, document=document, number=entry.number, contents=entry.title, body=None
            )
            yield HeadingDifference(
                witness=witness, document=document, number=heading.number, contents=None, body=heading.title
            )
        elif not entry or not heading or entry.title != heading.title:
            present = entry or heading
            yield HeadingDifference(
                witness=witness,
                document=document,
                number=present.number if present else "",
                contents=entry.title if entry else None,
                body=heading.title if heading else None,
            )


def _by_document(entries: Iterable[ContentsEntry]) -> dict[str, list[ContentsEntry]]:
    """Group by document; an entry without one belongs to the document named last."""
    grouped: dict[str, list[ContentsEntry]] = {}
    document = ""
    for entry in entries:
        document = entry.document or document
        grouped.setdefault(document, [])
        if entry.number:
            grouped[document].append(entry)
    return grouped
