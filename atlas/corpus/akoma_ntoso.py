"""One Akoma Ntoso 3.0 file a document, so that legal-informatics tools can read it.

Source: OASIS LegalDocML, Akoma Ntoso Version 1.0 Part 2 (schema `akomantoso30.xsd`, namespace below) and its Naming
Convention for FRBR URIs and eIds. A regulation is an `act` of chapters, sections, articles, paragraphs and points; the
plan is a `doc` of parts, chapters and sections, its boxes 专栏 are `hcontainer`s and their items points. The `GUID` of
each unit is the provision's id (DESIGN §4). Variants, emendations and suspected losses are notes in the metadata, with
a reference where they stand in the text. The same input gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from atlas.corpus.collate import Variant
from atlas.corpus.corpus import ITEM_LINE, paragraphs
from atlas.corpus.emend import Emendation
from atlas.corpus.losses import Suspicion
from atlas.corpus.numerals import value
from atlas.errors import InputError
from atlas.models import Document, Provision

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_COUNTRY = "cn-nm"  # ISO 3166-2 of Inner Mongolia, in small letters as the naming convention has it
_LANGUAGE = "zho"  # ISO 639-2
_EDITOR = ("atlas", "北疆图集 Beijiang Atlas")
_MARKED_UP = "2026-11-21"  # when these texts were established; not the clock, so that the bytes stay the same
_CONTAINERS = {"篇": ("part", "part"), "编": ("part", "part"), "章": ("chapter", "chp"), "节": ("section", "sec")}
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
_INLINE = frozenset({"p", "num", "heading", "docTitle", "docNumber"})


class Note(NamedTuple):
    """An editorial note at an offset of a provision's text."""

    provision: str
    at: int
    text: str


def editorial_notes(
    variants: Iterable[Variant] = (), emendations: Iterable[Emendation] = (), suspicions: Iterable[Suspicion] = ()
) -> tuple[Note, ...]:
    """Return the apparatus as notes, each at the end of the reading that it is about.

    Emendations without a place in the base text (those of other witnesses are variants) are left out; a suspicion about
    another witness is, too, since the base text has what is missing there.
    """
    notes = [
        Note(item.provision, item.end, f"“{item.base_reading}”] {item.witness}: “{item.reading}”; {item.reason}")
        for item in variants
        if item.where == "text" and item.witness != item.base_witness
    ]
    notes += [
        Note(item.provision, item.end, f"suspected loss: “{item.found}”, expected “{item.expected}”; {item.reason}")
        for item in suspicions
        if item.rule != "witness"
    ]
    notes += [
        Note(item.provision, -item.start - 1, f"“{item.established}”] {item.witness}: “{item.raw}”; {item.rule}")
        for item in emendations
    ]
    return tuple(notes)


def akoma_ntoso(document: Document, provisions: Sequence[Provision], notes: Iterable[Note] = ()) -> str:
    """Return the XML of `document`; `provisions` are its own, in order.

    Raises:
        InputError: a provision is of another document, or holds a character that XML cannot carry.
    """
    for item in provisions:
        if item.document != document.id:
            raise InputError(f"provision {item.id!r} is not of {document.id!r}: give that document's provisions only")
        if found := _ILLEGAL.search(item.text + item.title):
            raise InputError(f"provision {item.id!r}: XML cannot carry U+{ord(found[0]):04X}; take it out of the text")
    placed = _place(notes, provisions)
    root = Element("akomaNtoso", {"xmlns": NAMESPACE})
    regulation = document.kind == "regulation"
    top = SubElement(root, "act" if regulation else "doc", {"name": document.kind})
    meta = SubElement(top, "meta")
    _identify(meta, document)
    if placed:
        listed = SubElement(meta, "notes", {"source": f"#{_EDITOR[0]}"})
        for number, note in enumerate(placed, 1):
            entry = SubElement(listed, "note", {"eId": f"note_{number}", "marker": str(number)})
            SubElement(entry, "p").text = note.text
    _preface(top, document)
    _Body(top, document, provisions, placed)
    _indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _place(notes: Iterable[Note], provisions: Sequence[Provision]) -> tuple[Note, ...]:
    """Return the notes about `provisions` in the order of the text; a negative offset counts in the file."""
    known = {item.id: (index, item) for index, item in enumerate(provisions)}
    placed = []
    for note in dict.fromkeys(notes):
        if note.provision not in known:
            continue
        index, item = known[note.provision]
        at = note.at
        if at < 0:
            if not item.start <= -at - 1 < item.end:
                continue
            at = sum(0 <= origin < -at - 1 for origin in item.origin)
        placed.append((index, min(at, len(item.text)), note._replace(at=min(at, len(item.text)))))
    return tuple(note for _, _, note in sorted(placed))


def _identify(meta: Element, document: Document) -> None:
    """Write the FRBR levels: the work (the norm), the expression (this text), the manifestation (this file)."""
    identification = SubElement(meta, "identification", {"source": f"#{_EDITOR[0]}"})
    subtype = "act/regulation" if document.kind == "regulation" else "doc/plan"
    work = f"/akn/{_COUNTRY}/{subtype}/{document.adopted}/{document.id}"
    expression = f"{work}/{_LANGUAGE}@{document.in_force or document.adopted}"
    adopted = "adoption" if document.kind == "regulation" else "issue"
    begun = (document.in_force, "entry-into-force") if document.in_force else (document.adopted, adopted)
    level = SubElement(identification, "FRBRWork")
    _uris(level, work, "/!main")
    SubElement(level, "FRBRalias", {"value": document.title, "name": "title"})
    _dated(level, document.adopted, adopted, "issuer")
    SubElement(level, "FRBRcountry", {"value": _COUNTRY})
    SubElement(level, "FRBRsubtype", {"value": document.kind})
    if document.number:
        SubElement(level, "FRBRnumber", {"value": document.number})
    SubElement(level, "FRBRname", {"value": document.id})
    level = SubElement(identification, "FRBRExpression")
    _uris(level, expression, "/!main")
    _dated(level, begun[0] or document.adopted, begun[1], _EDITOR[0])
    SubElement(level, "FRBRlanguage", {"language": _LANGUAGE})
    level = SubElement(identification, "FRBRManifestation")
    _uris(level, expression, ".xml")
    _dated(level, _MARKED_UP, "markup", _EDITOR[0])
    SubElement(level, "FRBRformat", {"value": "application/akn+xml"})
    references = SubElement(meta, "references", {"source": f"#{_EDITOR[0]}"})
    for name, shown in (("issuer", document.issuer), _EDITOR):
        href = f"/akn/ontology/organization/{_COUNTRY}/{name}"
        SubElement(references, "TLCOrganization", {"eId": name, "href": href, "showAs": shown})


def _uris(level: Element, uri: str, suffix: str) -> None:
    this = f"{uri}/!main{suffix}" if suffix == ".xml" else uri + suffix
    SubElement(level, "FRBRthis", {"value": this})
    SubElement(level, "FRBRuri", {"value": uri + (suffix if suffix == ".xml" else "")})


def _dated(level: Element, date: str, name: str, author: str) -> None:
    SubElement(level, "FRBRdate", {"date": date, "name": name})
    SubElement(level, "FRBRauthor", {"href": f"#{author}"})


def _preface(top: Element, document: Document) -> None:
    preface = SubElement(top, "preface")
    title = SubElement(SubElement(preface, "longTitle"), "p")
    SubElement(title, "docTitle").text = document.title
    if document.number:
        SubElement(SubElement(preface, "p"), "docNumber").text = document.number


class _Body:
    """Builds the hierarchy: containers are made from the headings above each provision as they come."""

    def __init__(
        self, top: Element, document: Document, provisions: Sequence[Provision], notes: Sequence[Note]
    ) -> None:
        """Write `provisions` into `top`."""
        self._notes = [(number, note) for number, note in enumerate(notes, 1)]
        self._by_provision = {
            key: list(group) for key, group in groupby(self._notes, key=lambda entry: entry[1].provision)
        }
        preambles = [item for item in provisions if item.kind == "preamble"]
        if preambles:
            self._blocks(SubElement(top, "preamble"), preambles[0])
        self._body = SubElement(top, "body" if document.kind == "regulation" else "mainBody")
        self._made: dict[tuple[str, ...], Element] = {}
        for item in provisions:
            if item.kind != "preamble":
                self._add(item)
        if not len(self._body):  # the schema asks for at least one unit
            SubElement(
                SubElement(self._body, "hcontainer", {"name": "empty", "eId": "hcontainer_1"}), "content"
            ).append(Element("p"))

    def _add(self, item: Provision) -> None:
        if item.kind == "article":
            self._article(item)
        elif item.kind == "box-item":
            self._point(item)
        else:
            unit = self._container((*item.path, f"{item.number} {item.title}"))
            unit.set("GUID", item.id)
            self._blocks(SubElement(unit, "content"), item)

    def _container(self, path: tuple[str, ...]) -> Element:
        """Return the container under the headings `path`, made with those above it where it is new."""
        if not path:
            return self._body
        if path in self._made:
            return self._made[path]
        parent = self._parent(path[:-1])
        number, _, title = path[-1].partition(" ")
        if not number.startswith("专栏") and number[-1:] not in _CONTAINERS:
            raise InputError(f"heading {path[-1]!r}: known are 第…编, 第…篇, 第…章, 第…节 and 专栏…")
        if number.startswith("专栏"):
            tag, prefix, count = "hcontainer", "hcontainer", int(number[2:])
        else:
            tag, prefix = _CONTAINERS[number[-1]]
            count = value(number[1:-1]) or 0
        unit = SubElement(parent, tag, {"name": "box"} if tag == "hcontainer" else {})
        unit.set("eId", _eid(parent, f"{prefix}_{count}"))
        SubElement(unit, "num").text = number
        if title:
            SubElement(unit, "heading").text = title
        self._made[path] = unit
        return unit

    def _parent(self, path: tuple[str, ...]) -> Element:
        """Return the container for something to stand in: its own text becomes the introduction."""
        parent = self._container(path)
        for child in parent:
            if child.tag == "content":
                child.tag = "intro"
        return parent

    def _article(self, item: Provision) -> None:
        parent = self._parent(item.path)
        unit = SubElement(parent, "article", {"eId": _eid(parent, f"art_{value(item.number[1:-1])}"), "GUID": item.id})
        SubElement(unit, "num").text = item.number
        at = 0
        for number, part in enumerate(paragraphs(item), 1):
            paragraph = SubElement(unit, "paragraph", {"eId": _eid(unit, f"para_{number}"), "GUID": part.id})
            lines = part.text.split("\n")
            holder = SubElement(paragraph, "content" if len(lines) == 1 else "intro")
            self._p(holder, item.id, at, lines[0])
            at += len(lines[0]) + 1
            for index, line in enumerate(lines[1:], 1):
                label = ITEM_LINE.match(line)
                point = SubElement(paragraph, "point", {"eId": _eid(paragraph, f"point_{index}")})
                skip = label.end() if label else 0
                SubElement(point, "num").text = line[:skip]
                self._p(SubElement(point, "content"), item.id, at + skip, line[skip:])
                at += len(line) + 1

    def _point(self, item: Provision) -> None:
        parent = self._parent(item.path)
        box, _, number = item.id.rpartition("/")
        parent.set("GUID", box)
        unit = SubElement(parent, "point", {"eId": _eid(parent, f"point_{number}"), "GUID": item.id})
        SubElement(unit, "num").text = item.number[item.number.index("（") :]
        skip = len(item.title) if item.text.startswith(item.title) else 0
        if skip:
            SubElement(unit, "heading").text = item.title
        self._blocks(SubElement(unit, "content"), item, skip)

    def _blocks(self, holder: Element, item: Provision, skip: int = 0) -> None:
        at = skip
        for line in item.text[skip:].split("\n"):
            self._p(holder, item.id, at, line)
            at += len(line) + 1

    def _p(self, holder: Element, provision: str, start: int, text: str) -> None:
        """Write a block of text that begins at `start` of its provision, with the references to its notes."""
        block = SubElement(holder, "p")
        at, last = 0, None
        for number, note in self._by_provision.get(provision, ()):
            if not start < note.at <= start + len(text):
                continue
            piece, at = text[at : note.at - start], note.at - start
            _append(block, last, piece)
            last = SubElement(block, "noteRef", {"href": f"#note_{number}", "marker": str(number)})
        _append(block, last, text[at:])


def _append(block: Element, last: Element | None, text: str) -> None:
    if last is None:
        block.text = (block.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def _eid(parent: Element, own: str) -> str:
    above = parent.get("eId")
    return f"{above}__{own}" if above else own


def _indent(element: Element, depth: int = 0) -> None:
    """Put each structural element on a line of its own; white space inside running text would change it."""
    if element.tag in _INLINE or not len(element):
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        _indent(child, depth + 1)
        child.tail = "\n" + "  " * (depth + 1)
    element[-1].tail = "\n" + "  " * depth
