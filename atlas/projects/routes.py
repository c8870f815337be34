"""Routes in lists: 集宁至大同至原平高速铁路 becomes a name, its stops in order, and a status from the verb.

The grammar is that of plan lists: `verb item、item，item kind 、item kind.` where a kind (高速铁路) that stands once at
the end of an enumeration holds for all its items, 至 and 经 part the stops, and brackets hold branches (含…支线) or the
part of a line that is meant (…段). Roads carry a number before the course (G5511白音查干至安业).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atlas.geoparse import Geoparser
from atlas.models import Provision, Record

# The plan's own verbs and what they say, the longest first so that 积极推进 is not read as 推进.
STATUS_OF_VERB: dict[str, str] = {
    "建设完成": "complete",
    "积极推进": "advance",
    "推进建设": "build",
    "加快建设": "build",
    "开展前期工作": "prepare",
    "规划研究": "study",
}
_VERB = re.compile("|".join(sorted(STATUS_OF_VERB, key=len, reverse=True)))
_KIND = re.compile(r"(高速|快速|城际)?(铁路|公路)(扩能电气化改造|扩能改造|电气化改造|升级改造|改造)?$")
_TO, _VIA = "至", "经"
_BRACKET = re.compile(r"（([^）]*)）")
_BRANCH = re.compile(r"含(.+)支线")
_STRETCH = re.compile(r"(.+)段")
_ROAD_BOX = re.compile(r"高速公路|公路")
_ASCII = re.compile(r"[A-Z0-9]+")
_ROAD_NUMBER = re.compile(r"[GSX]\d{1,4}")


class Route(Record):
    """A line that the plan lists."""

    id: str
    name: str  # clean, with its kind
    course: str  # the stops as printed: 集宁至大同至原平
    category: str  # railway, road
    kind: str  # 高速铁路, 铁路扩能改造 …
    verb: str  # the plan's own
    status: str
    stops: tuple[str, ...]  # place ids, in order
    stop_names: tuple[str, ...]
    stretch: tuple[str, ...]  # place ids of the part that is meant, empty: all of it
    branch_of: str | None
    number: str = ""  # of a road: G5511
    provision: str
    start: int  # of the name, in the witness
    end: int
    text_start: int  # of the name, in the provision's text
    text_end: int


@dataclass(frozen=True)
class _Item:
    start: int
    end: int
    text: str
    kind: str


def railways(provisions: Sequence[Provision], parser: Geoparser) -> tuple[Route, ...]:
    """Return the railways that the items of a railway box list, in order.

    Args:
        provisions: the corpus; boxes whose title names railways are read.
        parser: resolves the stops.
    """
    found: list[Route] = []
    for provision in provisions:
        if provision.kind == "box-item" and any("铁路" in title for title in provision.path[-1:]):
            for route in _routes(provision, parser):
                found.append(route.model_copy(update={"id": f"railway/{len(found) + 1:02d}"}))
                branch = route.branch_of
                if branch is not None:
                    main = next(one for one in reversed(found[:-1]) if one.branch_of is None)
                    found[-1] = found[-1].model_copy(update={"branch_of": main.id})
    return tuple(found)


def roads(provisions: Sequence[Provision], parser: Geoparser) -> tuple[Route, ...]:
    """Return the roads that the items of a road box list, in order.

    Args:
        provisions: the corpus; boxes whose title names roads are read.
        parser: resolves the stops.
    """
    found: list[Route] = []
    for provision in provisions:
        kind = _ROAD_BOX.search(provision.path[-1]) if provision.kind == "box-item" and provision.path else None
        if kind is None:
            continue
        built = "建设" if "建设" in provision.path[-1] else ""
        for item, number in _numbered(provision):
            names = split_stops(parser, _BRACKET.sub("", item.text))
            course = item.text.removesuffix(kind.group())
            start, end = provision.witness_span(item.start, item.end)
            if course != item.text:
                names[-1] = names[-1].removesuffix(kind.group())
            found.append(
                Route(
                    id=f"road/{len(found) + 1:02d}",
                    name=f"{number}{course}{kind.group()}",
                    course=_BRACKET.sub("", course),
                    category="road",
                    kind=kind.group(),
                    verb=built,
                    status="build",
                    stops=tuple(_stop(parser, name, provision) for name in names),
                    stop_names=tuple(names),
                    stretch=(),
                    branch_of=None,
                    number=number,
                    provision=provision.id,
                    start=start,
                    end=end,
                    text_start=item.start,
                    text_end=item.end,
                )
            )
    return tuple(found)


def _numbered(provision: Provision) -> Iterator[tuple[_Item, str]]:
    """Yield the roads of a list with their numbers, given in the list's order.

    A number belongs before its course. Where a text has as many numbers as roads, they are given out in order, since a
    converter may have left one behind the next road's name (巴彦浩特、G1817…S43 is G1817…巴彦浩特、S43…).
    """
    text = provision.text
    title = provision.title if provision.title and text.startswith(provision.title) else ""
    parts = [
        (match.start(), match.group().removesuffix("等"))
        for match in re.finditer(r"(?:[^、，。；\n（]|（[^）]*）)+", text)
        if match.end() > len(title)
    ]
    numbers: list[str] = []
    roads_found: list[tuple[int, str, str]] = []
    for at, whole in parts:
        skipped = max(0, len(title) - at)
        begin, part = at + skipped, whole[skipped:]
        here = _ROAD_NUMBER.findall("".join(_ASCII.findall(part)))  # S2纳日松至龙6口 is S26
        numbers += here
        course = _ASCII.sub("", part)
        if _TO in course or _ROAD_BOX.search(course):
            roads_found.append((begin, part, here[0] if here else ""))
    in_order = len(numbers) == len(roads_found)
    for index, (begin, part, own) in enumerate(roads_found):
        number = numbers[index] if in_order else own
        yield _Item(begin, begin + len(part), _ASCII.sub("", part), ""), number


def _routes(provision: Provision, parser: Geoparser) -> Iterator[Route]:
    text = provision.text
    verb = _VERB.search(text)
    if verb is None:
        return
    for item in _items(text, verb.end()):
        bracket = _BRACKET.search(item.text)
        stretch = _STRETCH.fullmatch(bracket.group(1)) if bracket else None
        branch = _BRANCH.fullmatch(bracket.group(1)) if bracket else None
        plain = _BRACKET.sub("", item.text)
        base = _KIND.sub("", plain)
        yield _route(provision, parser, item, base, verb.group(), stretch.group(1) if stretch else "", None)
        if branch and bracket:
            inner = branch.group(1)
            at = item.start + bracket.start(1) + branch.start(1)
            sub = _Item(at, at + len(inner), inner, item.kind)
            yield _route(provision, parser, sub, inner, verb.group(), "", "main")


def _items(text: str, begin: int) -> list[_Item]:
    """Split an enumeration; an item without a kind takes that of the next one in its comma group."""
    items: list[_Item] = []
    for group in re.finditer(r"[^，。；\n]+", text[begin:]):
        parts = [
            (begin + group.start() + part.start(), part.group())
            for part in re.finditer(r"(?:[^、（]|（[^）]*）)+", group.group())
        ]
        kind = ""
        pending: list[_Item] = []
        for start, part in reversed(parts):
            own = _KIND.search(_BRACKET.sub("", part))
            kind = own.group() if own else kind
            if _TO in _BRACKET.sub("", part):
                pending.append(_Item(start, start + len(part), part, kind))
        items.extend(reversed(pending))
    return items


def _route(
    provision: Provision, parser: Geoparser, item: _Item, base: str, verb: str, stretch: str, branch: str | None
) -> Route:
    names = split_stops(parser, base)
    start, end = provision.witness_span(item.start, item.end)
    return Route(
        id="railway/00",
        name=f"{base}{item.kind}" if branch is None else f"{base}支线",
        course=base,
        category="railway",
        kind=item.kind,
        verb=verb,
        status=STATUS_OF_VERB[verb],
        stops=tuple(_stop(parser, name, provision) for name in names),
        stop_names=tuple(names),
        stretch=tuple(_stop(parser, name, provision) for name in split_stops(parser, stretch)),
        branch_of=branch,
        provision=provision.id,
        start=start,
        end=end,
        text_start=item.start,
        text_end=item.end,
    )


def split_stops(parser: Geoparser, course: str) -> list[str]:
    """Return the stops of a course as printed; 经 parts them, but not inside a name (经棚)."""
    stops: list[str] = []
    for part in filter(None, course.split(_TO)):
        at = part.find(_VIA, 1)
        whole = _BRACKET.sub("", part) in parser.gazetteer.names
        stops += [part] if at < 0 or whole else [part[:at], *filter(None, part[at + 1 :].split(_VIA))]
    return stops


def _stop(parser: Geoparser, name: str, provision: Provision) -> str:
    """Return the place of a stop; in a route every part is a place name, also one that is a common word elsewhere."""
    known = parser.gazetteer.names.get(name)
    if known is None:
        return f"unknown/{provision.id}/{name}"
    units = [target for target in known.targets if target.isdigit()]
    return (units or list(known.targets))[0]
