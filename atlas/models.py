"""The nouns of the atlas as frozen, strictly validated records (DESIGN §2); no module invents its own.

Offsets are counts of Unicode code points from the start of a witness decoded as UTF-8, end exclusive.
Coordinates are (lon, lat) in degrees, EPSG:4490 (CGCS2000), which equals WGS 84 at the atlas's precision.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator

PLACE_ID = r"^(\d{6}|[a-z][a-z-]*/[a-z0-9][a-z0-9-]*)$"

Lon = Annotated[float, Field(ge=-180, le=180)]
Lat = Annotated[float, Field(ge=-90, le=90)]
Share = Annotated[float, Field(ge=0, le=1)]


class Record(BaseModel):
    """A frozen record that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)


class Precision(StrEnum):
    """What a geometry is; from the most to the least exact (DESIGN §1)."""

    BOUNDARY = "boundary"  # official boundary data
    MAPPED = "mapped"  # traced from a map data set
    DIGITISED = "digitised"  # drawn by us from published facts
    SITE = "site"  # a point on the thing itself
    SEAT = "seat"  # the seat of the unit stands in
    SCHEMATIC = "schematic"  # only shows relation


class Basis(StrEnum):
    """Why a provision governs a place; from the most to the least specific."""

    NAMED = "named"  # the provision names the place
    GROUP = "group"  # it names a group that the place belongs to
    FEATURE = "feature"  # it names a feature that the place lies in or crosses
    CLASS = "class"  # it addresses a class that the place is a member of
    REGION = "region"  # it holds for the whole region


class Document(Record):
    """A regulation or the plan."""

    id: str  # model, ecology, security, energy, agriculture, bridgehead, border, plan
    kind: Literal["regulation", "plan"]
    title: str
    title_en: str
    short: str
    short_en: str
    number: str = ""  # of the official document, where it has one: 内政发〔2021〕1号
    issuer: str
    adopted: str  # ISO date
    in_force: str | None  # ISO date, None where the document does not say
    witness: str  # file name of the base witness
    other_witnesses: tuple[str, ...] = ()


class SegmentKind(StrEnum):
    """What a run of characters in a witness is; every character belongs to exactly one segment."""

    FRONT = "front"  # cover, title, adoption note, preamble before the first unit
    CONTENTS = "contents"
    HEADING = "heading"
    TEXT = "text"  # provision text
    PAGE_MARK = "page-mark"
    BREAK = "break"  # line breaks and blank lines between units
    ARTEFACT = "artefact"  # left by a converter, e.g. [bookmark: _GoBack]


class Segment(Record):
    """A run of characters of one witness: `text[start:end]`."""

    kind: SegmentKind
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    provision: str | None = None


class Provision(Record):
    """An addressable unit of text (DESIGN §4 for ids).

    `text` is what is read: page marks and layout breaks are out, paragraphs are parted by a newline. `origin[i]` is the
    witness offset of `text[i]`; -1 for a character that stands nowhere in the witness.
    """

    id: str
    document: str
    kind: Literal["article", "part", "chapter", "section", "box", "box-item", "preamble", "paragraph"]
    number: str  # as printed: 第十二条, 第三节, 专栏20（一）
    title: str  # heading of a chapter, section, box or box item; empty for articles
    path: tuple[str, ...]  # headings above, outermost first
    witness: str  # file name
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    origin: tuple[int, ...] = Field(repr=False)
    restored: bool = False

    def witness_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the witness that `text[start:end]` stands in.

        Mended characters (origin -1) stand nowhere; a stretch of nothing else is the whole provision's.
        """
        placed = [at for at in self.origin[start:end] if at >= 0]
        return (min(placed), max(placed) + 1) if placed else (self.start, self.end)

    @model_validator(mode="after")
    def _origin_fits(self) -> Provision:
        if len(self.origin) != len(self.text):
            raise ValueError(f"{self.id}: {len(self.origin)} origins for {len(self.text)} characters")
        return self


class Place(Record):
    """A named entity of the gazetteer."""

    id: str = Field(pattern=PLACE_ID)
    name: str = Field(min_length=1)
    name_en: str = ""
    aliases: tuple[str, ...] = ()
    type: str  # region, league, county, port, lake, kongdui, river, town, station, foreign-place …
    kind: str = ""  # of a port: road, rail, road-rail, air, water
    adcode: str | None = None  # of the unit itself, or of the unit that the place lies in
    parent: str | None = None  # place id of the unit it lies in
    lon: Lon | None = None
    lat: Lat | None = None
    precision: Precision | None = None
    source: str = ""
    date: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _point_is_whole(self) -> Place:
        if (self.lon is None) != (self.lat is None):
            raise ValueError(f"{self.id}: lon and lat go together")
        if self.lon is not None and (self.precision is None or not self.source):
            raise ValueError(f"{self.id}: a point needs a precision and a source")
        if self.lon is None and not self.note:
            raise ValueError(f"{self.id}: a place without a point needs a note that says why")
        return self


class Group(Record):
    """A name for several places."""

    id: str = Field(pattern=r"^group/[a-z0-9-]+$")
    name: str
    name_en: str
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...]  # place ids, in the source's order
    source: str


class PlaceClass(Record):
    """A named set of units that provisions address by a word (边境地区)."""

    id: str = Field(pattern=r"^class/[a-z0-9-]+$")
    name: str
    name_en: str
    triggers: tuple[str, ...]  # the words that address it
    members: tuple[str, ...]  # place ids
    closed: bool  # whether the source lists every member
    defined_by: str  # provision id or published source


class Mention(Record):
    """A span that names a place: offsets into the text as it was given."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    surface: str
    place: str | None  # place or group id; None when ambiguous or unplaceable
    certainty: Share
    candidates: tuple[str, ...] = ()
    reason: str = ""  # why there is no place


class Link(Record):
    """Provision to target, with the evidence.

    A target is a place, a group, a class, or the region; `governing` expands the last three to places.
    """

    provision: str
    target: str
    basis: Basis
    start: int = Field(ge=0)  # of the evidence, in the witness
    end: int = Field(ge=0)
    text_start: int = Field(ge=0)  # of the evidence, in the provision's text; an empty span where the whole speaks
    text_end: int = Field(ge=0)
    quote_start: int = Field(ge=0)  # of the sentence around it, in the provision's text
    quote_end: int = Field(ge=0)
    witness_start: int = Field(ge=0)  # of that sentence, in the witness
    witness_end: int = Field(ge=0)
    quotation: str
    certainty: Share
    note: str = ""


class Relation(NamedTuple):
    """How a place lies to a unit: it lies in it or crosses it, with the share of the place inside (0-1).

    Of an area also how much of the unit it covers (0-1).
    """

    place: str
    unit: str
    relation: Literal["lies-in", "crosses", "unmapped"]  # unmapped: a fact about a reach that no map at hand draws
    share: float
    cover: float = 0.0


class Governing(Record):
    """One provision that governs a place: the answer to `atlas governing`."""

    id: str
    document: str
    citation: str
    basis: Basis
    via: str  # the id of the place, group, class or region through which it applies
    why: str
    why_en: str
    quotation: str
    start: int  # of the quotation, in the witness
    end: int
    marks: tuple[tuple[int, int], ...]  # spans of the named words inside the quotation
    evidence: tuple[int, int] | None = None  # the word it rests on, in the witness; None where whole sentences speak
    certainty: Share


class Defect(Record):
    """Something wrong in the built atlas, as `atlas check` prints it."""

    rule: str
    subject: str
    message: str


Properties = dict[str, Any]
