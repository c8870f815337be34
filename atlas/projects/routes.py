"""Routes in running text: 集宁至大同至原平高速铁路 becomes a name, its stops in order, and a status from the verb.

The grammar is that of plan lists: `verb item、item，item kind 、item kind.` where a kind (高速铁路) that stands once at
the end of an enumeration holds for all its items, 至 and 经 part the stops, and brackets hold branches (含…支线) or the
part of a line that is meant (…段).
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
_STOP = re.compile(r"至|经")
_BRACKET = re.compile(r"（([^）]*)）")
_BRANCH = re.compile(r"含(.+)支线")
_STRETCH = re.compile(r"(.+)段")


class Route(Record):
    """A line that the plan lists."""

    id: str
    name: str  # clean, with its kind
    course: str  # the stops as printed: 集宁至大同至原平
    category: str  # railway
    kind: str  # 高速铁路, 铁路扩能改造 …
    verb: str  # the plan's own
    status: str
    stops: tuple[str, ...]  # place ids, in order
    stop_names: tuple[str, ...]
    stretch: tuple[str, ...]  # place ids of the part that is meant, empty: all of it
    branch_of: str | None
    provision: str
    start: int  # of the name, in the witness
    end: int


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
            if len(_STOP.split(_BRACKET.sub("", part))) > 1:
                pending.append(_Item(start, start + len(part), part, kind))
        items.extend(reversed(pending))
    return items


def _route(
    provision: Provision, parser: Geoparser, item: _Item, base: str, verb: str, stretch: str, branch: str | None
) -> Route:
    names = [name for name in _STOP.split(base) if name]
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
        stretch=tuple(_stop(parser, name, provision) for name in _STOP.split(stretch) if name),
        branch_of=branch,
        provision=provision.id,
        start=start,
        end=end,
    )


def _stop(parser: Geoparser, name: str, provision: Provision) -> str:
    """Return the place of a stop; in a route every part is a place name, also one that is a common word elsewhere."""
    known = parser.gazetteer.names.get(name)
    if known is None:
        return f"unknown/{provision.id}/{name}"
    units = [target for target in known.targets if target.isdigit()]
    return (units or list(known.targets))[0]
