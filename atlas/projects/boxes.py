"""Undertakings in the boxes of a plan: an item headed by a programme is one, an item that lists places is many.

Three forms: a list (`新建通用机场` over places), a programme with its measures (`奶业振兴`, then what is done), and an
item headed by a unit (`赤峰市`), whose text is prose about that unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atlas.models import Provision
from atlas.projects.clauses import Span, clauses, sentences, split
from atlas.projects.items import is_headed
from atlas.projects.kinds import FACILITY, KIND_ONLY, MEASURE, PROGRAMME, PROPER_WORK
from atlas.projects.places import PlaceReader
from atlas.projects.prose import Candidate, candidates
from atlas.projects.verbs import STRONG_INSIDE, leading_verb

_TITLE_VERB = re.compile(r"^(实施|新建|改扩建|扩建|推进建设|推进|开展)(?=\w{4})")
_NATURE = re.compile(r"^(\w+性)(枢纽)$")
_BOX_WORD = re.compile(r"[【\[〔]?专栏\s*[\d零一二三四五六七八九十—-]+[】\]〕]?[：:\s]*")
# Verbs of a measure that say nothing of the programme itself: it is not complete because 30 counties of it will be.
_ASIDE = re.compile(r"^(?:支持|鼓励|争取|培育|确保)|建成|创成")
_NO_NAME = re.compile(r"[，：]|^(?:[在以对由与为]|依托|围绕)")
_STOPS = re.compile(r"\w至\w")
_PLACES_SHARE = 0.6
_LONGEST = 30
_GENERIC = 8  # characters; a longer title is the name of a programme
_DEFINITE = 0.85
_NAMED = 0.9  # certainty of a measure that names its place


def of_item(provision: Provision, reader: PlaceReader) -> Iterator[Candidate]:
    """Yield the undertakings of a box item."""
    text, title = provision.text, provision.title
    box = _BOX_WORD.sub("", provision.path[-1]) if provision.path else ""
    begin = len(title) if title and text.startswith(title) else 0
    whole = Span(0, len(text), text)
    body = whole.cut(begin)
    heading = whole.cut(0, begin)
    if heading.text and reader.place_at(heading) >= len(heading.text):
        yield from candidates(reader, body, subject=heading)
        return
    listed = list(_listed(body, reader))
    if listed:
        yield from _list(listed, body, title, box)
        return
    if names := _names(body):
        inner = list(_named(names, body, box))
        yield from inner
        return
    inner = list(candidates(reader, body, verbless=True))
    named_works = any(one.certainty >= _DEFINITE or PROPER_WORK.match(one.name) for one in inner)
    if not title or _is_label(title, heading, reader, named_works):
        yield from inner
        return
    if body.text or is_headed(title):
        yield _programme(provision, heading, body, box)
    named, site = reader.of_name(title, heading)
    generic = not named and len(title) <= _GENERIC and (PROGRAMME.search(title) or MEASURE.search(title))
    for found in inner:
        if found.name in title or (found.kind == "measure" and found.certainty < _NAMED):
            continue
        inside = Span(found.start, found.end, text[found.start : found.end])
        places, own = reader.of_name(found.name, inside)
        apart = places and reader.place_at(inside) and found.kind != "measure" and (own is None or own != site)
        by_itself = places or found.certainty >= _DEFINITE or PROPER_WORK.match(found.name)
        if apart or (generic and by_itself):
            yield found


def _names(body: Span) -> list[Span]:
    """Return the members of a body that is nothing but a list of works, most of them with a word that closes a name."""
    lines = list(sentences(body.text))
    if len(lines) != 1:
        return []
    line = Span(lines[0].start + body.start, lines[0].end + body.start, re.sub("等$", "", lines[0].text))
    parts = list(split(line, "、；"))
    plain = all(
        4 <= len(part.text) <= _LONGEST and not _NO_NAME.search(part.text) and leading_verb(part.text) is None
        for part in parts
    )
    headed = sum(1 for part in parts if is_headed(part.text))
    return parts if plain and len(parts) > 1 and 2 * headed >= len(parts) else []


def _named(names: list[Span], body: Span, box: str) -> Iterator[Candidate]:
    for name in names:
        kind = "measure" if MEASURE.search(name.text) and not FACILITY.search(name.text) else "facility"
        yield Candidate(name.start, name.end, name.text, kind, "", box, body, (), 0.9)


def _is_label(title: str, heading: Span, reader: PlaceReader, has_members: bool) -> bool:
    """Say whether a title only says what kind of works stands behind it: 铁路, 骨干水源, 高端化工."""
    named = reader.of_name(title, heading)[0]
    if named or len(title) > _GENERIC or MEASURE.search(title) or PROGRAMME.search(title) or "“" in title:
        return False
    return has_members or KIND_ONLY.search(title) is not None


def _listed(body: Span, reader: PlaceReader) -> Iterator[Span]:
    """Yield the members of a body that is nothing but a list of places."""
    if STRONG_INSIDE.search(body.text):
        return
    lines = list(sentences(body.text))
    if len(lines) != 1:
        return
    line = Span(lines[0].start + body.start, lines[0].end + body.start, re.sub("等$", "", lines[0].text))
    parts: list[Span] = []
    for part in split(line, "、，；"):
        joined = next(
            (found for found in re.finditer("和|与", part.text) if reader.place_at(part.cut(found.end()))), None
        )
        if joined and reader.place_at(part):
            parts += [part.cut(0, joined.start()), part.cut(joined.end())]
        else:
            parts.append(part)
    named = sum(1 for part in parts if reader.place_at(part))
    whole = sum(1 for part in parts if is_headed(part.text) and _STOPS.search(part.text))
    if (
        parts
        and 2 * whole < len(parts)
        and named >= _PLACES_SHARE * len(parts)
        and all(len(part.text) <= 14 for part in parts)
    ):
        yield from parts


def _list(parts: list[Span], body: Span, title: str, box: str) -> Iterator[Candidate]:
    verb = _TITLE_VERB.match(title)
    kind = title[verb.end() :] if verb else title
    if (nature := _NATURE.match(kind)) and (full := re.search(rf"综合\w{{0,4}}{nature.group(2)}", box)):
        kind = nature.group(1) + full.group()
    suffix = verb.group() if verb and verb.group() in ("改扩建", "扩建") else ""
    last = re.search(r"(\w{2,4})$", kind)
    for part in parts:
        name = part.text
        for word in (kind, last.group() if last else kind):
            if name.endswith(word):
                name = name.removesuffix(word)
                break
        name = part.text if name == part.text and name.endswith("机场") else name + kind
        yield Candidate(
            start=part.start,
            end=part.end,
            name=name + suffix,
            kind="facility",
            verb=verb.group() if verb else "",
            tail=box,
            sentence=body,
            where=(),
            certainty=0.95,
        )


def _programme(provision: Provision, heading: Span, body: Span, box: str) -> Candidate:
    name = provision.title or box
    verb = _TITLE_VERB.match(name)
    verbs = (leading_verb(part.text) for part in clauses(body))
    said = next((one for one in verbs if one and one.strong and not _ASIDE.search(one.text)), None)
    return Candidate(
        start=heading.start,
        end=heading.end if provision.title else min(heading.end, 12),
        name=name[verb.end() :] if verb else name,
        kind="programme",
        verb=verb.group() if verb else (said.text if said else ""),
        tail=box,
        sentence=Span(0, len(provision.text), provision.text),
        where=(Span(0, len(provision.text), provision.text),),
        certainty=0.95,
    )
