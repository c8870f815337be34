"""The state of the view, and its form in the address: whoever opens the address sees the same thing.

Pure: no Streamlit here. What is as the page opens by default is left out of the address. A view's own parameters
(`View.own`) stand in the address behind the view's name and a dot, `compare.units=150781,152923`, so that a view that
is added needs no change here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal, get_args

from pydantic import Field

from atlas.filters import KINDS, Kind
from atlas.models import Basis, Record
from atlas.selection import Selection
from atlas.ui.words import LANGS, Lang

PAGE = 12  # provisions of one basis that are shown at first, and again with each "more"
NOTHING = "-"  # in the address: no layer at all
START = "map"  # the view that opens by itself
MOST_OWN = 1500  # characters of one parameter of a view's own

# Kinds of the filter that a planner sets; `layers` is set by the layer list and goes into exports.
FILTERED: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind != "layers")
_OLD_NAMES = {"leagues": "regions"}  # in addresses of the first edition

Scheme = Literal["system", "light", "dark"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
LookAt = Literal["home", "place", "article", "selection", "camera"]
_OWN_KEY = re.compile(r"([a-z]+)\.([a-z_]+)")


class Camera(Record):
    """Where the map looks: middle in degrees (EPSG:4490) and Leaflet's zoom."""

    lat: float
    lon: float
    zoom: float

    def text(self) -> str:
        """Return the form in the address."""
        return f"{self.lat:.4f},{self.lon:.4f},{self.zoom:g}"

    @classmethod
    def read(cls, text: str) -> Camera | None:
        """Return what the address says, or nothing where that is no place on earth."""
        found = re.fullmatch(r"(-?\d{1,3}(?:\.\d{1,8})?),(-?\d{1,3}(?:\.\d{1,8})?),(\d{1,2}(?:\.\d{1,4})?)", text)
        if not found:
            return None
        lat, lon, zoom = (float(value) for value in found.groups())
        return cls(lat=lat, lon=lon, zoom=zoom) if abs(lat) <= 90 and abs(lon) <= 180 and zoom <= 20 else None


class View(Record):
    """What is chosen and shown. `None` layers are those that are on by default."""

    name: str = START  # of the view: a module of atlas/ui/views
    lang: Lang = "zh"
    scheme: Scheme = "system"  # light or dark; `system` follows the browser
    place: str | None = None
    article: str | None = None
    document: str | None = None  # in the reader
    layers: tuple[str, ...] | None = None
    opacity: tuple[tuple[str, int], ...] = ()  # of layers, percent, where not 100
    selection: Selection = Selection()
    camera: Camera | None = None  # where somebody moved the map to
    own: tuple[tuple[str, str], ...] = ()  # parameters of views: ("compare.units", "150781,152923")
    base: str = (
        ""  # kind of the online base map; never in the address: no link makes another's browser ask another host
    )
    under: tuple[str, ...] = ()  # what else lay under the mouse when the place was clicked
    shown: tuple[tuple[Basis, int], ...] = ()  # how many provisions of a basis are open, where not the default
    look: int = 0  # counts the occasions on which the map is to move
    look_at: LookAt = "home"

    def with_name(self, name: str) -> View:
        """Go to another view; what is chosen and filtered stays."""
        return self.model_copy(update={"name": name})

    def with_place(self, place: str | None, *, move: bool, under: Sequence[str] = ()) -> View:
        """Choose a place and leave an article; the map moves there if asked to."""
        others = tuple(other for other in under if other != place)
        new = self.model_copy(update={"place": place, "article": None, "shown": (), "under": others})
        return new.moved("place" if place else "home") if move else new

    def with_article(self, article: str | None) -> View:
        """Open an article, or go back to the place; the map shows either."""
        new = self.model_copy(update={"article": article})
        return new.moved("article" if article else "place" if self.place else "home")

    def with_selection(self, selection: Selection) -> View:
        """Filter; the map moves when other regions are chosen."""
        new = self.model_copy(update={"selection": selection})
        if selection.regions == self.selection.regions:
            return new
        return new.moved("selection" if selection.regions else "home")

    def with_choice(self, kind: Kind, value: str, *, on: bool) -> View:
        """Take one value of a filter in or out."""
        now = tuple(one for one in getattr(self.selection, kind) if str(one) != value)
        return self.with_selection(_selection({**_texts(self.selection), kind: (*map(str, now), *([value] * on))}))

    def without(self, kind: Kind | None = None) -> View:
        """Clear one kind of the filter, or all of it."""
        texts = _texts(self.selection) if kind else {}
        return self.with_selection(_selection({**texts, **({kind: ()} if kind else {})}))

    def with_own(self, key: str, value: str) -> View:
        """Set a parameter of a view's own (`compare.units`); an empty value takes it away."""
        others = tuple((name, text) for name, text in self.own if name != key)
        return self.model_copy(update={"own": (*others, *(((key, value[:MOST_OWN]),) if value else ()))})

    def get_own(self, key: str) -> str:
        """Return a parameter of a view's own, or nothing. It comes from the address: the view must check it."""
        return dict(self.own).get(key, "")

    def with_opacity(self, layer: str, percent: int) -> View:
        """Make a layer see-through."""
        others = tuple((key, value) for key, value in self.opacity if key != layer)
        kept = max(0, min(100, percent))
        return self.model_copy(update={"opacity": others if kept == 100 else (*others, (layer, kept))})

    def with_more(self, basis: Basis) -> View:
        """Show another page of one basis."""
        now = self.open_count(basis) + PAGE
        others = tuple((key, count) for key, count in self.shown if key != basis)
        return self.model_copy(update={"shown": (*others, (basis, now))})

    def open_count(self, basis: Basis) -> int:
        """Return how many provisions of a basis are shown; region-wide ones are closed at first."""
        return dict(self.shown).get(basis, 0 if basis is Basis.REGION else PAGE)

    def moved(self, look_at: LookAt) -> View:
        """Ask the map to move; where somebody had moved it to is forgotten."""
        return self.model_copy(update={"look": self.look + 1, "look_at": look_at, "camera": None})

    def to_address(self) -> dict[str, str]:
        """Return the parameters of the address."""
        pairs = {
            "view": self.name if self.name != START else "",
            "lang": self.lang if self.lang != "zh" else "",
            "scheme": self.scheme if self.scheme != "system" else "",
            "place": self.place or "",
            "article": self.article or "",
            "document": self.document or "",
            "layers": "" if self.layers is None else ",".join(self.layers) or NOTHING,
            "opacity": ",".join(f"{layer}:{percent}" for layer, percent in self.opacity),
            **{kind: ",".join(values) for kind, values in _texts(self.selection).items() if kind in FILTERED},
            "at": self.camera.text() if self.camera else "",
            **dict(self.own),
        }
        return {key: value for key, value in pairs.items() if value}


class Known(Record):
    """What an address may name."""

    views: tuple[str, ...]
    places: frozenset[str]
    articles: frozenset[str]
    documents: tuple[str, ...]
    layers: tuple[str, ...]
    choices: dict[Kind, tuple[str, ...]]
    own: dict[str, frozenset[str]] = Field(
        default_factory=dict
    )  # of views' own parameters, the values that exist, where they are few


def _texts(selection: Selection) -> dict[Kind, tuple[str, ...]]:
    return {kind: tuple(str(value) for value in getattr(selection, kind)) for kind in KINDS}


def _selection(texts: Mapping[Kind, Iterable[str]]) -> Selection:
    """Return a selection from texts as addresses hold them."""
    values: dict[str, tuple[object, ...]] = {kind: tuple(dict.fromkeys(found)) for kind, found in texts.items()}
    values["years"] = tuple(int(str(year)) for year in values.get("years", ()))
    values["bases"] = tuple(Basis(str(basis)) for basis in values.get("bases", ()))
    return Selection.model_validate(values, strict=False)


def from_address(parameters: Mapping[str, str], known: Known) -> tuple[View, tuple[str, ...]]:
    """Return the view that an address asks for, and those values in it that nothing has.

    Args:
        parameters: of the address.
        known: the ids that exist.
    """
    given = {_OLD_NAMES.get(key, key): value for key, value in parameters.items()}
    lost: list[str] = []

    def one(key: str, choices: Collection[str]) -> str | None:
        value = given.get(key, "")
        if value and value not in choices:
            lost.append(f"{key}={value}")
            return None
        return value or None

    def several(key: str, choices: Collection[str]) -> tuple[str, ...]:
        asked = dict.fromkeys(value for value in given.get(key, "").split(",") if value and value != NOTHING)
        lost.extend(f"{key}={value}" for value in asked if value not in choices)
        return tuple(value for value in choices if value in asked)

    scheme = one("scheme", SCHEMES)
    camera = Camera.read(given.get("at", ""))
    if given.get("at") and camera is None:
        lost.append(f"at={given['at']}")
    view = View(
        name=one("view", known.views) or START,
        lang="en" if one("lang", LANGS) == "en" else "zh",
        scheme=next((known for known in SCHEMES if known == scheme), "system"),
        place=one("place", known.places),
        article=one("article", known.articles),
        document=one("document", known.documents),
        layers=several("layers", known.layers) if given.get("layers") else None,
        opacity=_opacity(given.get("opacity", ""), known.layers, lost),
        selection=_selection({kind: several(kind, known.choices[kind]) for kind in FILTERED}),
        own=_own(given, known.views),
    )
    for key, choices in known.own.items():
        named = given.get(key, "").split(",")
        lost.extend(f"{key}={value}" for value in dict.fromkeys(named) if value and value not in choices)
    return _looking(view, camera), tuple(lost)


def _looking(view: View, camera: Camera | None) -> View:
    if camera:
        return view.moved("camera").model_copy(update={"camera": camera})
    if view.article:
        return view.moved("article")
    if view.place:
        return view.moved("place")
    return view.moved("selection") if view.selection.regions else view


def _opacity(text: str, layers: Collection[str], lost: list[str]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for part in filter(None, text.split(",")):
        layer, _, percent = part.partition(":")
        if layer in layers and re.fullmatch(r"\d{1,3}", percent) and int(percent) < 100:
            found[layer] = int(percent)
        else:
            lost.append(f"opacity={part}")
    return tuple(found.items())


def _own(given: Mapping[str, str], views: Collection[str]) -> tuple[tuple[str, str], ...]:
    matched = ((_OWN_KEY.fullmatch(key), value) for key, value in given.items())
    return tuple(
        (found[0], value) for found, value in matched if found and found[1] in views and len(value) <= MOST_OWN
    )
