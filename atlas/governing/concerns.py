"""What concerns which kind of place: a table of kinds and the words that a provision must, or must not, say.

A class of units reaches the things that stand in a unit. A class that is a stretch of ground (边境地区, 黄河流域) binds
all that stands on it. A class that is a set of people and their economies (东部盟市, 脱贫地区) concerns a thing in one
of its units only where it speaks of such things: a port by trade, a temple by culture. And what is farmed is no lake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from atlas.governing.quotation import Span, clauses, sentences
from atlas.models import Provision


class Concern(NamedTuple):
    """A group of kinds of places and what concerns them."""

    group: str
    kinds: tuple[str, ...]  # what ids open with
    words: str  # of a class of people: one of these must be said in the same sentence (in an article, at all)
    reason: str
    not_words: str = ""  # of any class: none of these may be said in the same clause


_FARMS = "饲草|牧草|奶牛|奶源|肉牛|肉羊|粮食|种植|良种|盐碱地"
_CONCERNS = (
    Concern(
        "nature",
        ("lake", "river", "kongdui", "desert", "sandy-land", "mountain", "wetland"),
        "",
        "water, sand and rock have neither fields nor herds: 优质饲草产业带 in a basin is about its farms",
        _FARMS,
    ),
    Concern(
        "trade",
        ("port", "hub", "bonded"),
        "口岸|通关|外贸|对外贸易|跨境|边境|互市|班列|对外开放|海关|中俄|中蒙",
        "people and goods pass there",
    ),
    Concern(
        "traffic",
        ("airport", "station", "metro"),
        "机场|航空|铁路|公路|交通|枢纽|物流",
        "one travels from there",
        _FARMS,
    ),
    Concern("industry", ("zone", "park"), "园区|开发区|产业|工业|企业|加工|制造|投资|保税", "firms work there"),
    Concern("culture", ("heritage", "venue", "tour"), "文化|文物|遗产|遗址|旅游|景区|会展", "one visits them", _FARMS),
    Concern(
        "waterworks",
        ("reservoir", "hydro-works", "flood-area", "canal", "sluice", "water-project", "irrigation-district"),
        "水|防洪|灌|河湖",
        "built for water",
    ),
    Concern("mining", ("mine", "coal-field", "gas-field"), "矿|煤|油气|天然气|资源开发", "dug or drilled", _FARMS),
    Concern("grid", ("substation",), "电网|输电|变电|电力", "a node of the grid", _FARMS),
    Concern("forestry", ("forest-bureau",), "林|草原|生态", "forest and its keepers"),
)
# What is said of the people of some units reaches a thing of nature in them where the sentence speaks of such land;
# what is said of a unit, where the title of the item does (草原沙地综合治理 in seven leagues).
_LANDS = {
    "desert": "沙漠|沙地|荒漠|沙化|防沙|治沙",
    "sandy-land": "沙漠|沙地|荒漠|沙化|防沙|治沙",
    "lake": "湖泊|河湖",
    "wetland": "湿地",
    "grassland": "草原(?!都市|英才)|大草原",
    "mountain": "森林|天然林",
}
# What is said of a stretch of ground and its nature as a whole is said of all that is nature there.
_NATURE = "山水林田湖草|自然保护地|生态系统|生态环境(?!保护要求)|生态保护|生态修复|生态补偿"
_GROUPS = {kind: concern.group for concern in _CONCERNS for kind in concern.kinds}


def group_of(kind: str) -> str:
    """Return the group of a kind of places, empty for units, towns and other places where people live."""
    return _GROUPS.get(kind, "")


def spared(provision: Provision, span: Span, *, people: bool) -> Iterator[str]:
    """Yield the groups of things that what is said at `span` of a class does not concern.

    Args:
        provision: that addresses the class.
        span: where its word stands.
        people: whether the class is a set of people and their economies, not a stretch of ground.
    """
    text = provision.text
    whole = (0, len(text))
    sentence = whole if provision.kind == "article" else _around(sentences(text), span) or whole
    clause = _around(clauses(text, sentence), span) or sentence
    for concern in _CONCERNS:
        said = not people or not concern.words or re.search(concern.words, text[slice(*sentence)])
        if not said or (concern.not_words and re.search(concern.not_words, text[slice(*clause)])):
            yield concern.group


def lands(provision: Provision, span: Span | None = None) -> Iterator[str]:
    """Yield the kinds of land and water that the sentence at `span` speaks of, or else the title of an item."""
    if span:
        said = provision.text[slice(*(_around(sentences(provision.text), span) or (0, None)))]
    else:
        said = provision.title if provision.kind == "box-item" else ""
    return (kind for kind, words in _LANDS.items() if re.search(words, said))


def nature(provision: Provision, span: Span) -> Iterator[str]:
    """Yield the kinds of land and water on a stretch of ground that an article or the sentence at `span` speaks of."""
    text = provision.text
    article = provision.kind == "article"
    said = text if article else text[slice(*(_around(sentences(text), span) or (0, None)))]
    return (kind for kind, words in _LANDS.items() if re.search(f"{_NATURE}|{words}", said))


def _around(parts: Iterator[Span], span: Span) -> Span | None:
    return next((part for part in parts if part[0] <= span[0] < part[1]), None)
