"""The register of projects: every named undertaking of a plan, from its boxes and its prose, once each.

`register` is the one entry. Boxes of railways and roads are read as routes, other boxes as lists or programmes, prose
clause by clause; what the plan names twice is one row with a second listing; reviewed rows drop, rename or add where no
rule can decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from atlas.errors import SourceError
from atlas.geoparse import Geoparser
from atlas.models import Provision
from atlas.projects.boxes import of_item
from atlas.projects.clauses import Span
from atlas.projects.corrections import ProjectCorrection, span_of
from atlas.projects.identity import full_key, project_id, same_key
from atlas.projects.kinds import NO_PLACE_STRETCH, ROUTE_KIND, STRETCH_INSIDE, STRETCH_OF_LINE, category_of
from atlas.projects.places import COMPASS, REGION, Home, Named, PlaceReader, home_of
from atlas.projects.project import Listing, Project
from atlas.projects.prose import Candidate, candidates
from atlas.projects.routes import Route, railways, roads
from atlas.projects.verbs import STATUSES, status_of
from atlas.targets.quantities import Quantity, quantities

# Chapters that look back or around name what has been built, not what will be.
_LOOKS_BACK = re.compile(r"成就|回顾|形势|发展环境|指导思想|基本原则|远景目标")
_UNIT = re.compile(r"(?<=\w{2})[市盟旗县区]$")
_BRACKET = re.compile(r"（[^）]*）")
_LINE_OF = re.compile(r"±?\d+千伏|特高压|直流|天然气|电力")  # 甲至乙特高压换流站配套工程: the course ends before it
_COURSE_FIRST = re.compile(r"^\w{2,8}?至\w{2,8}?(?=特高压|±?\d+千伏|高速|铁路|公路|输气|天然气|航道)")
_NUMBERED = re.compile(r"^[GSX]\d+")
_BY_YEAR = re.compile(r"到(20\d\d)年")
_BOX = re.compile(r"^(.*/box-\d+)(?:/|$)")
_LEVELS = (
    (re.compile(r"配合国家|国家级|全国性|国家(?!统一)"), "national"),
    (re.compile(r"自治区级|自治区(?!境内)"), "regional"),
    (re.compile(r"地区性|盟市级"), "league"),
)
_REVIEWED = 1.0
# Regulations, and the openings of parts, which sum up what the chapters name.
_NOT_READ = ("article", "paragraph", "preamble", "part")


def register(
    provisions: Sequence[Provision], parser: Geoparser, corrections: Sequence[ProjectCorrection] = ()
) -> tuple[Project, ...]:
    """Return the undertakings that the plans among `provisions` name, in the order of the text.

    Args:
        provisions: of any documents; those of plans (chapters, sections, boxes) are read.
        parser: resolves places.
        corrections: reviewed rows of `geodata/corrections/projects.csv`.

    Raises:
        SourceError: a correction fits no undertaking or no provision.
    """
    routes: dict[str, list[Route]] = {}
    for route in (*railways(provisions, parser), *roads(provisions, parser)):
        routes.setdefault(route.provision, []).append(route)
    rows: list[Project] = []
    homes: dict[str, Home] = {}
    for provision in provisions:
        if provision.kind in _NOT_READ or _looks_back(provision):
            continue
        if provision.document not in homes:
            texts = (one.text for one in provisions if one.document == provision.document)
            homes[provision.document] = home_of(parser, texts)
        if provision.id in routes:
            rows += [_of_route(route) for route in routes[provision.id]]
        else:
            rows += _of_text(provision, parser, homes[provision.document])
    rows = _corrected(rows, corrections, {one.id: one for one in provisions}, parser)
    return tuple(_merged(rows))


def _looks_back(provision: Provision) -> bool:
    return any(_LOOKS_BACK.search(title) for title in (provision.title, *provision.path[-1:]))


def _of_route(route: Route) -> Project:
    box = _BOX.match(route.provision)
    return Project(
        id=route.id,
        name=route.name,
        category=route.category,
        kind="route",
        verb=route.verb,
        status=route.status,
        places=tuple(None if stop.startswith("unknown/") else stop for stop in route.stops),
        place_names=route.stop_names,
        listing=Listing(
            provision=route.provision,
            start=route.start,
            end=route.end,
            text_start=route.text_start,
            text_end=route.text_end,
        ),
        box=box.group(1) if box else "",
        course=route.course,
        stretch=route.stretch,
        branch_of=route.branch_of,
        certainty=0.95,
    )


def _of_text(provision: Provision, parser: Geoparser, home: Home) -> Iterator[Project]:
    reader = PlaceReader(parser, provision.text, home)
    if provision.kind == "box-item":
        found = of_item(provision, reader)
    elif provision.kind == "box":
        return
    else:
        units = [one for one in reader.of_title(provision.title) if one.id and one.id.isdigit()]
        found = candidates(reader, Span(0, len(provision.text), provision.text), titled=len(units) == 1)
    for candidate in found:
        yield _project(candidate, provision, reader)


def _project(candidate: Candidate, provision: Provision, reader: PlaceReader) -> Project:
    span = Span(candidate.start, candidate.end, provision.text[candidate.start : candidate.end])
    category = category_of(candidate.name, _around(provision))
    course, named, site = _places(candidate, span, reader)
    if not named and candidate.kind == "facility":
        named = [one for one in reader.of_title(provision.title) if one.id and one.id.isdigit()]
    start, end = provision.witness_span(candidate.start, candidate.end)
    sentence = candidate.sentence
    year = _BY_YEAR.search(sentence.text)
    return Project(
        id=project_id(category, candidate.name),
        name=candidate.name,
        category=category,
        kind="route" if course else candidate.kind,
        verb=candidate.verb,
        status=status_of(candidate.verb, candidate.tail),
        places=tuple(one.id for one in named),
        place_names=tuple(one.name for one in named),
        site=site,
        quantities=_amounts(candidate, provision),
        year=int(year.group(1)) if year else None,
        level=_level(candidate),
        listing=Listing(
            provision=provision.id, start=start, end=end, text_start=candidate.start, text_end=candidate.end
        ),
        box=_box(provision),
        course=course,
        certainty=candidate.certainty,
    )


def _around(provision: Provision) -> tuple[str, ...]:
    return (provision.title, *provision.path[-1:])


def _places(candidate: Candidate, span: Span, reader: PlaceReader) -> tuple[str, list[Named], str | None]:
    """Return the course of a route (empty for others), the places in order, and the undertaking's own entry."""
    plain = _BRACKET.sub("", candidate.name)
    kind = ROUTE_KIND.search(plain)
    course = _LINE_OF.split(_NUMBERED.sub("", plain[: kind.start()]))[0] if kind else ""
    if stretch := STRETCH_OF_LINE.match(plain):
        return _of_stretch(stretch, span, reader)
    if inside := STRETCH_INSIDE.search(plain):
        begin = plain[: inside.start("course")]
        before = reader.of_name(begin, span.cut(0, len(begin)))[0]
        unlike = {one.name: one for one in (*before, *reader.of_stops(inside.group("course"), ""))}
        return "", list(unlike.values()), None
    if not kind and (first := _COURSE_FIRST.match(plain)):
        return first.group(), reader.of_stops(first.group(), ""), None
    named, site = reader.of_name(candidate.name, span)
    if kind and "、" not in course and reader.is_course(course):
        return course, reader.of_stops(course, kind.group()), site
    where = [one for one in reader.within(candidate.where) if one.id is None or one.id not in (REGION, site)]
    named = [one for one in named if one.name not in COMPASS]
    if candidate.kind == "programme" and candidate.where and candidate.where[0].text == candidate.sentence.text:
        return "", _of_programme(named, where, reader), site
    # What a box item is headed by is part of it; else what is said around says where only if its own name does not.
    headed = bool(candidate.where) and candidate.where[0].start < candidate.sentence.start
    heads = reader.within(candidate.where[:1]) if headed else []
    own = [one for one in named if one.id is None or one.id not in {site, *(head.id for head in heads)}]
    heads = [one for one in heads if not any(one.name.startswith(other.name) for other in own)]
    return "", [*heads, *own] if own else where or named, site


def _of_stretch(stretch: re.Match[str], span: Span, reader: PlaceReader) -> tuple[str, list[Named], str | None]:
    """Return the course and the places of a stretch of a line: the line's own stops or places, then the stretch's."""
    line, kind, course = stretch.group("line") or "", stretch.group("kind") or "公路", stretch.group("course")
    bare = _NUMBERED.sub("", line)
    whole: list[Named] = []
    if line:
        whole = reader.of_stops(bare, kind) if reader.is_course(bare) else reader.of_name(line + kind, span)[0]
    part = [] if NO_PLACE_STRETCH.fullmatch(course) else reader.of_stops(course, kind)
    named = {one.name: one for one in (*whole, *part)}
    return (course if part and "至" in course else bare), list(named.values()), None


def _of_programme(named: list[Named], where: list[Named], reader: PlaceReader) -> list[Named]:
    """Return the places of a programme: where the item says it works, before what it is called after.

    浑善达克规模化林场 is three banners if the item lists them. A group gives its place to its members where the item
    goes through them one by one (一湖两海).
    """
    units = [one for one in where if (one.id or "").isdigit()]
    listed = {one.id for one in where}
    if len(units) > 1:
        called = {one for one in named if not (one.id or "").isdigit()}
        return [one for one in where if one not in called]
    found: list[Named] = []
    for one in named:
        members = reader.members(one.id)
        found += [other for other in where if other.id in members] if members and members <= listed else [one]
    found += [one for one in where if not reader.has_members(one.id, listed)]
    kept: dict[str, Named] = {}
    for one in found:
        kept.setdefault(one.id or one.name, one)
    return list(kept.values())


def _amounts(candidate: Candidate, provision: Provision) -> tuple[Quantity, ...]:
    """Return the quantities that belong to an undertaking: of a box item all, else those of its own clause."""
    if candidate.kind == "programme" and _box(provision):
        return quantities(provision.text)
    text = provision.text
    left = max(text.rfind(mark, 0, candidate.start) for mark in "，。；\n") + 1
    right = min((at for mark in "，。；\n" if (at := text.find(mark, candidate.end)) >= 0), default=len(text))
    return tuple(
        one.model_copy(update={"start": one.start + left, "end": one.end + left})
        for one in quantities(text[left:right])
    )


def _level(candidate: Candidate) -> str:
    said = f"{candidate.verb} {candidate.name}"
    return next((level for pattern, level in _LEVELS if pattern.search(said)), "")


def _box(provision: Provision) -> str:
    found = _BOX.match(provision.id)
    return found.group(1) if found else ""


def _corrected(
    rows: list[Project],
    corrections: Sequence[ProjectCorrection],
    provisions: dict[str, Provision],
    parser: Geoparser,
) -> list[Project]:
    for one in corrections:
        provision = provisions.get(one.provision)
        if provision is None:
            raise SourceError(f"projects.csv: there is no provision {one.provision!r}; see: atlas provisions")
        start, end = span_of(one, provision.text)
        if one.action == "add":
            name = one.value or one.text
            reader = PlaceReader(parser, provision.text)
            sentence = Span(0, len(provision.text), provision.text)
            added = Candidate(start, end, name, "facility", "", "", sentence, (), _REVIEWED)
            rows.append(_project(added, provision, reader))
            continue
        hits = [
            index
            for index, row in enumerate(rows)
            if row.listing.provision == one.provision
            and start <= row.listing.text_start
            and row.listing.text_end <= end
        ]
        if len(hits) != 1:
            raise SourceError(
                f"projects.csv: {one.text!r} in {one.provision} holds {len(hits)} undertakings, not one; "
                "give the words that name it, or take the row out if the rules now decide it"
            )
        row = rows[hits[0]]
        if one.action == "drop":
            del rows[hits[0]]
        elif one.action == "same":
            if not any(same_key(other.name) == same_key(one.value) for other in rows):
                raise SourceError(f"projects.csv: {one.text!r} is to be the same as {one.value!r}, which no row names")
            rows[hits[0]] = row.model_copy(update={"id": "same/" + same_key(one.value), "name": one.value})
        else:
            rows[hits[0]] = _set(row, one)
    return sorted(rows, key=lambda row: list(provisions).index(row.listing.provision))


def _set(row: Project, one: ProjectCorrection) -> Project:
    if one.action == "status" and one.value not in STATUSES:
        raise SourceError(f"projects.csv: status {one.value!r} of {one.text!r}; choose one of {', '.join(STATUSES)}")
    if one.action == "places":
        pairs = [part.split("=", 1) for part in one.value.split("|") if "=" in part]
        return row.model_copy(
            update={"places": tuple(pair[0] for pair in pairs), "place_names": tuple(pair[1] for pair in pairs)}
        )
    changed = row.model_copy(update={one.action: one.value, "certainty": _REVIEWED})
    if changed.kind == "route" and changed.course and changed.category in ("railway", "road") and changed.box:
        return changed
    return changed.model_copy(update={"id": project_id(changed.category, changed.name)})


def _places_of(row: Project, group: list[Project]) -> list[tuple[str | None, str]]:
    """Return the places of a row; where it has none, those of another listing whose name says where it is."""
    named = (one for one in group if any(_UNIT.sub("", place) in one.name for place in one.place_names))
    richest = row if row.places else max(named, key=lambda one: len(one.places), default=row)
    return list(zip(richest.places, richest.place_names, strict=True))


def _merged(rows: list[Project]) -> list[Project]:
    """Join the rows that mean one undertaking; the one in a box speaks for it, else the first.

    What a text about 甲市 calls 综合保税区 is the 甲综合保税区 of another text, and that name speaks for it.
    """
    known = {same_key(row.name) for row in rows}
    keys = [full if (full := full_key(row.name, row.place_names)) in known else same_key(row.name) for row in rows]
    groups: dict[str, list[Project]] = {}
    for row, key in zip(rows, keys, strict=True):
        groups.setdefault(key, []).append(row)
    merged: list[Project] = []
    taken: set[str] = set()
    for row, key in zip(rows, keys, strict=True):
        group = groups[key]
        whole = [one for one in group if same_key(one.name) == key]
        chief = next((one for one in whole if one.box), whole[0])
        if row is not chief:
            continue
        also = tuple(
            {
                one.listing.provision: one.listing for one in group if one.listing.provision != row.listing.provision
            }.values()
        )
        pairs = _places_of(row, group)
        unique = row.id
        count = 1
        while unique in taken:
            count += 1
            unique = f"{row.id}-{count}"
        taken.add(unique)
        merged.append(
            row.model_copy(
                update={
                    "id": unique,
                    "also": also,
                    "places": tuple(place for place, _ in pairs),
                    "place_names": tuple(name for _, name in pairs),
                    "year": row.year or next((one.year for one in group if one.year), None),
                }
            )
        )
    return merged
