"""The corpus: documents, witnesses, segments and provisions, and how a provision is addressed by its id.

Ids are those of DESIGN §4. `find` resolves them all, also the two that are made when they are asked for: a paragraph of
an article (`border/2/2`) and a whole box (`plan/box-20`, its items one to a line).
"""

from __future__ import annotations

import re
from functools import cached_property

from pydantic import ConfigDict

from atlas.corpus.contents import HeadingDifference
from atlas.corpus.corrections import Corrections
from atlas.corpus.emend import Emendation
from atlas.corpus.numerals import NUMERAL, numeral
from atlas.errors import UnknownNameError
from atlas.models import Document, Provision, Record, Segment, SegmentKind

ITEM_LINE = re.compile(rf"[（(]{NUMERAL}[）)]|\d{{1,2}}[.．、]")


class Corpus(Record):
    """All that the documents say.

    `texts` and `segments` are keyed by the witness's file name; `provisions` are those of the base witnesses, in the
    order of the documents; `witness_provisions` those of the other witnesses, with the same ids, for collation. Their
    texts are established (see `atlas.corpus.emend`); `emendations` lists each change, `raw` gives the words before it.
    """

    model_config = ConfigDict(ignored_types=(cached_property,))

    documents: tuple[Document, ...]
    texts: dict[str, str]
    segments: dict[str, tuple[Segment, ...]]
    provisions: tuple[Provision, ...]
    witness_provisions: tuple[Provision, ...]
    heading_differences: tuple[HeadingDifference, ...]
    emendations: tuple[Emendation, ...] = ()
    corrections: Corrections = Corrections()

    @cached_property
    def _by_id(self) -> dict[str, Provision]:
        return {provision.id: provision for provision in self.provisions}

    @cached_property
    def _order(self) -> dict[str, list[str]]:
        order: dict[str, list[str]] = {}
        for provision in self.provisions:
            order.setdefault(provision.document, []).append(provision.id)
        return order

    def document(self, document_id: str) -> Document:
        """Return a document by its id.

        Raises:
            UnknownNameError: there is no such document.
        """
        known = {document.id: document for document in self.documents}
        if document_id not in known:
            raise UnknownNameError("document", document_id, known)
        return known[document_id]

    def find(self, provision_id: str) -> Provision:
        """Return a provision, a paragraph of an article (`border/2/2`) or a whole box (`plan/box-20`) by its id.

        Raises:
            UnknownNameError: there is no such provision.
        """
        if found := self._by_id.get(provision_id):
            return found
        if whole := self._whole_box(provision_id):
            return whole
        article, _, number = provision_id.rpartition("/")
        parent = self._by_id.get(article)
        if parent and parent.kind == "article" and number.isascii() and number.isdigit():
            for paragraph in paragraphs(parent):
                if paragraph.id == provision_id:
                    return paragraph
        near = {known for known in self._by_id if known.partition("/")[0] == provision_id.partition("/")[0]}
        raise UnknownNameError("provision", provision_id, near or self._by_id, "see: atlas provisions")

    def previous(self, provision_id: str) -> Provision | None:
        """Return the provision of the same kind of address before this one in its document, if there is one.

        For a paragraph that is the paragraph before it in its article, for a whole box the box before it.

        Raises:
            UnknownNameError: there is no such provision.
        """
        return self._neighbour(provision_id, -1)

    def next(self, provision_id: str) -> Provision | None:
        """Return the provision after this one; see `previous`.

        Raises:
            UnknownNameError: there is no such provision.
        """
        return self._neighbour(provision_id, 1)

    def paragraphs(self, provision_id: str) -> tuple[Provision, ...]:
        """Return the paragraphs 款 of an article; other provisions have none.

        Raises:
            UnknownNameError: there is no such provision.
        """
        return paragraphs(self.find(provision_id))

    def _neighbour(self, provision_id: str, step: int) -> Provision | None:
        found = self.find(provision_id)
        if provision_id in self._by_id:
            order = self._order[found.document]
        elif found.kind == "paragraph":
            order = [part.id for part in paragraphs(self._by_id[provision_id.rpartition("/")[0]])]
        else:
            boxes = (item.id.split("/")[1] for item in self.provisions if item.kind in ("box", "box-item"))
            order = [f"{found.document}/{box}" for box in dict.fromkeys(boxes)]
        at = order.index(provision_id) + step
        return self.find(order[at]) if 0 <= at < len(order) else None

    def raw(self, provision: Provision) -> str:
        """Return the characters of the witness that carry `provision`, as they stand there."""
        return self.texts[provision.witness][provision.start : provision.end]

    def _whole_box(self, box_id: str) -> Provision | None:
        items = [item for item in self.provisions if item.kind == "box-item" and item.id.startswith(f"{box_id}/")]
        if not items:
            return None
        text = ""
        origin: list[int] = []
        for item in items:
            label = item.number[item.number.index("（") :]
            text += ("\n" if text else "") + label + item.text
            origin += [-1] * (len(text) - len(origin) - len(item.text)) + list(item.origin)
        number, title = items[0].path[-1].split(" ", 1)
        heading = next(
            segment
            for segment in self.segments[items[0].witness]
            if segment.kind is SegmentKind.HEADING and segment.provision == box_id
        )
        return items[0].model_copy(
            update={
                "id": box_id,
                "kind": "box",
                "number": number,
                "title": title,
                "path": items[0].path[:-1],
                "start": heading.start,
                "end": items[-1].end,
                "text": text,
                "origin": tuple(origin),
            }
        )


def paragraphs(provision: Provision) -> tuple[Provision, ...]:
    """Return the paragraphs 款 of an article as provisions of their own (`border/2/1`, `border/2/2` …).

    A line that begins as an item （一） belongs to the paragraph before it. Provisions of other kinds have none.
    """
    if provision.kind != "article":
        return ()
    spans: list[tuple[int, int]] = []
    start = 0
    for line in provision.text.split("\n"):
        end = start + len(line)
        if spans and ITEM_LINE.match(line):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        start = end + 1
    return tuple(_slice(provision, number, *span) for number, span in enumerate(spans, 1))


def _slice(provision: Provision, number: int, start: int, end: int) -> Provision:
    origin = provision.origin[start:end]
    known = [offset for offset in origin if offset >= 0]
    return provision.model_copy(
        update={
            "id": f"{provision.id}/{number}",
            "kind": "paragraph",
            "number": f"{provision.number}第{numeral(number)}款",
            "text": provision.text[start:end],
            "origin": origin,
            "start": min(known, default=provision.start),
            "end": max(known, default=provision.start - 1) + 1,
        }
    )
