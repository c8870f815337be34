"""Layer definitions: one TOML a layer in `layers/`, validated strictly, and the palette that all drawing shares.

A definition says what a layer is, by which rule its geometry is made, how it looks on screen, paper and in QGIS, and
which provisions it rests on. Unknown keys, unknown colours and duplicate ids are refused when the catalogue is loaded.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from atlas.errors import SourceError, UnknownNameError
from atlas.models import PLACE_ID, Precision, Record
from atlas.paths import layer_definitions

PALETTE_FILE = "palette.toml"

# What a precision does to a stroke, everywhere: dash pattern in multiples of the stroke's width (DESIGN §10).
PRECISION_DASH: dict[Precision, tuple[float, ...]] = {
    Precision.BOUNDARY: (),
    Precision.MAPPED: (),
    Precision.DIGITISED: (),
    Precision.SITE: (),
    Precision.SEAT: (),
    Precision.SCHEMATIC: (4, 2.5),
}

PRECISION_TITLES: dict[Precision, tuple[str, str]] = {
    Precision.BOUNDARY: ("官方界线", "official boundary"),
    Precision.MAPPED: ("地图数据", "mapped"),
    Precision.DIGITISED: ("据公开资料绘制", "digitised from published facts"),
    Precision.SITE: ("实地点位", "site"),
    Precision.SEAT: ("驻地代位", "seat stands in"),
    Precision.SCHEMATIC: ("示意", "schematic"),
}

THEMES: dict[str, tuple[str, str]] = {
    "administrative": ("行政区划", "Administrative"),
    "regions": ("区域", "Regions"),
    "water": ("水系", "Water"),
    "ecology": ("生态", "Ecology"),
    "corridors": ("通道", "Corridors"),
    "nodes": ("节点", "Nodes"),
}

Colour = Annotated[str, Field(pattern=r"^[a-z]+\.[a-z]+$")]
Pattern = Literal["rising", "falling", "level", "upright", "crossed", "dots", "sparse"]


class Bilingual(Record):
    """A text in Chinese (authoritative) and English (unofficial)."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class LabelStyle(Record):
    """How features are labelled. `size` in points; `min_zoom` is the web map's."""

    colour: Colour = "ground.ink"
    size: float = Field(default=7.5, gt=0)
    family: Literal["sans", "serif"] = "sans"
    italic: bool = False
    spacing: float = Field(default=0, ge=0)  # em
    priority: int = 50  # the higher one is placed first
    min_zoom: int = 6


class Symbol(Record):
    """A symbol: palette keys, widths in points on paper and CSS pixels on screen."""

    stroke: Colour | None = None
    width: float = Field(default=1, ge=0)
    dash: tuple[float, ...] = ()  # in multiples of the width
    fill: Colour | None = None
    fill_opacity: float = Field(default=1, ge=0, le=1)
    pattern: Pattern | None = None  # in print, over the fill, in the colour of the stroke: it survives grey
    marker: Literal["circle", "square", "diamond", "triangle"] | None = None
    size: float = Field(default=6, gt=0)  # of a marker, points


class Case(Symbol):
    """A symbol for the features whose `property` equals `value`; what it does not set, it takes from the layer's."""

    property: str
    value: str
    title: Bilingual


class Style(Symbol):
    """The layer's symbol, its cases and labels."""

    cases: tuple[Case, ...] = ()
    label: LabelStyle | None = None

    def symbol(self, properties: dict[str, Any]) -> Symbol:
        """Return the symbol for a feature with these properties: the first case that fits, else the layer's own."""
        own = {name: getattr(self, name) for name in Symbol.model_fields}
        for case in self.cases:
            if str(properties.get(case.property)) == case.value:
                own.update({name: getattr(case, name) for name in case.model_fields_set & set(Symbol.model_fields)})
                break
        return Symbol(**own)


class Area(Record):
    """A feature put together from others: units, the members of groups and classes, drawn shapes.

    A member is a place id (a unit's code, a drawn shape), a group or class id, or `named-in:plan/box-5/4`: the units
    that a provision names, `counties-of:class/east`: only the county-level members, or `counties-on:river/xiliao`: the
    county-level units through or along which a mapped river runs.
    """

    place: str = Field(pattern=PLACE_ID)
    name: Bilingual | None = None  # where neither the gazetteer nor a group has it
    type: str = "zone"
    status: str = ""
    members: tuple[str, ...] = Field(min_length=1)
    precision: Precision | None = None  # lower than the members', where the list is open or only parts are meant
    in_region: bool = False  # what lies outside the region is cut off
    note: str = ""


class Named(Record):
    """A status that places have because these provisions name them."""

    status: str
    provisions: tuple[str, ...] = Field(min_length=1)


class GeometryRule(Record):
    """How the features are made: a `rule` of the build and what it works on."""

    rule: Literal[
        "units",  # all units of a level
        "class",  # the units of a class
        "lakes",
        "rivers",
        "shapes",  # drawn by us, from `file`
        "points",  # places of the gazetteer, by `types`
        "register",  # undertakings of the register, by `categories` and the provisions of `named`
        "neighbours",
        "areas",  # unions, from `areas`
        "lines",  # from lines.csv and line_nodes.csv beside the shapes, by the layer's id; and the register's routes
        "named",  # the places that the provisions of `named` name
    ]
    kind: Literal["polygon", "line", "point"]
    level: Literal["region", "league", "county"] | None = None  # units
    members: str | None = None  # a class id (class) or group id (lakes)
    file: str | None = None  # geodata/shapes/… (shapes)
    types: tuple[str, ...] = ()  # place types (points, named)
    categories: tuple[str, ...] = ()  # of the register: what is drawn (register, lines), what is said (points)
    areas: tuple[Area, ...] = ()
    named: tuple[Named, ...] = ()  # named; for points: the status of each by the provision that names it

    @property
    def separate(self) -> bool:
        """Whether each shape can be drawn with less detail by itself: lines and lakes share no outline with others."""
        return self.kind == "line" or self.rule == "lakes"


class Layer(Record):
    """One layer of the atlas."""

    id: str = Field(pattern=r"^[a-z][a-z-]*$")
    theme: Literal["administrative", "regions", "water", "ecology", "corridors", "nodes"]
    order: int  # drawn from the smallest to the largest
    shown: bool = True  # on when the map opens
    title: Bilingual
    description: Bilingual
    geometry: GeometryRule
    style: Style
    legal_basis: tuple[str, ...] = ()  # provision ids
    attribution: Bilingual
    editions: tuple[Literal["working", "public"], ...] = ("working", "public")
    pending: Bilingual | None = None  # why the layer has no features yet

    @model_validator(mode="after")
    def _symbol_fits_kind(self) -> Layer:
        if self.geometry.kind == "point" and self.style.marker is None:
            raise ValueError("a point layer needs style.marker")
        if self.geometry.kind != "point" and self.style.stroke is None and self.style.fill is None:
            raise ValueError("a line or polygon layer needs style.stroke or style.fill")
        return self


def load_palette(folder: Path) -> dict[str, str]:
    """Read the palette as `{"water.line": "#2f6f9f", …}`.

    Raises:
        SourceError: the file is missing or not a table of tables of colours.
    """
    path = folder / PALETTE_FILE
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SourceError(f"palette {path.name}: {error}") from error
    return {f"{theme}.{role}": colour for theme, roles in tables.items() for role, colour in roles.items()}


def load_layers(folder: Path) -> tuple[Layer, ...]:
    """Read and validate every layer in `folder`, in drawing order.

    Raises:
        SourceError: names the file and what is wrong with it.
    """
    palette = load_palette(folder)
    layers: dict[str, Layer] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name == PALETTE_FILE:
            continue
        try:
            layer = Layer.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, ValidationError) as error:
            raise SourceError(f"layer {path.name}: {error}") from error
        if layer.id != path.stem:
            raise SourceError(f"layer {path.name}: its id {layer.id!r} is not its file name")
        for key in _colours(layer):
            if key not in palette:
                raise SourceError(f"layer {path.name}: {UnknownNameError('colour', key, palette)}")
        layers[layer.id] = layer
    return tuple(sorted(layers.values(), key=lambda layer: (layer.order, layer.id)))


def _colours(layer: Layer) -> set[str]:
    symbols: list[Symbol] = [layer.style, *layer.style.cases]
    found = {colour for symbol in symbols for colour in (symbol.stroke, symbol.fill) if colour}
    if layer.style.label:
        found.add(layer.style.label.colour)
    return found


@cache
def catalogue() -> tuple[Layer, ...]:
    """Return the layers of this installation, in drawing order (loaded once)."""
    return load_layers(layer_definitions())


@cache
def palette() -> dict[str, str]:
    """Return the palette of this installation (loaded once)."""
    return load_palette(layer_definitions())


def layer(layer_id: str) -> Layer:
    """Return one layer of the catalogue.

    Raises:
        UnknownNameError: there is no such layer.
    """
    known = {entry.id: entry for entry in catalogue()}
    if layer_id not in known:
        raise UnknownNameError("layer", layer_id, known, "see: atlas layers")
    return known[layer_id]
