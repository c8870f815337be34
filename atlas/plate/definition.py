"""Plate definitions: one TOML a plate in `layers/plates/`, validated strictly before anything is drawn.

A definition says what is shown, how the sheet is laid out and what the plate is for. Symbols and colours come from the
layers and the palette (`atlas.layers`); a plate may restate a symbol where print needs another weight. Plates that lie
on one sheet alike share a frame (`layers/frames/*.toml`), each table of which a plate may restate.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from atlas.errors import SourceError, UnknownNameError
from atlas.layers import Bilingual, Colour, Pattern, palette
from atlas.models import Record
from atlas.paths import layer_definitions

Language = Literal["zh", "en", "both"]
Edition = Literal["working", "public"]
Corner = Literal["northwest", "northeast", "southwest", "southeast", "beside", "below"]
Block = Literal["title", "key", "legend", "histogram", "precision", "scale", "locator", "sources"]
PaperSize = Literal["A2", "A3", "A4", "slide", "double", "column", "figure"]
Orientation = Literal["landscape", "portrait"]

# Short and long side. A figure for a journal is as wide as its column and at most as high as the second number.
PAPER_MM: dict[PaperSize, tuple[float, float]] = {
    "A4": (210, 297),
    "A3": (297, 420),
    "A2": (420, 594),
    "slide": (190.5, 338.67),  # 16:9
    "double": (175, 340),
    "column": (85, 340),
    "figure": (118, 168),  # within the text of an A4 page
}

RELIEF_FROM = 2_500_000  # scale: the relief's pixel is 3.7 km, and at larger scales it would be a stain
FREE_HEIGHT: frozenset[PaperSize] = frozenset({"double", "column"})  # cut to the height that is used


class Paper(Record):
    """The sheet: a named size, and what stays free around the map frame, in mm."""

    size: PaperSize = "A3"
    orientation: Orientation = "landscape"
    left: float = Field(default=14, ge=0)
    right: float = Field(default=14, ge=0)
    top: float = Field(default=14, ge=0)
    bottom: float = Field(default=19, ge=0)

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the sheet, mm."""
        short, long = PAPER_MM[self.size]
        return (long, short) if self.orientation == "landscape" else (short, long)


class View(Record):
    """What the frame shows: a centre (lon, lat; EPSG:4490) and the denominator of the scale on the named paper."""

    centre: tuple[float, float]
    scale: int = Field(ge=1_000, le=100_000_000)


class Albers(Record):
    """A secant equal-area conic projection; the central meridian is the view's unless it is given (degrees)."""

    parallels: tuple[float, float]
    central_meridian: float | None = None


class Graticule(Record):
    """Steps of the graticule, degrees."""

    lon_step: float = Field(gt=0)
    lat_step: float = Field(gt=0)


class Ground(Record):
    """What the layers lie on: the region in focus, its neighbours, and the boundaries in their order of weight (pt)."""

    focus: str  # a polygon layer whose union is the region
    keep_clear: str = ""  # a layer of the plate that no panel may hide; the focus itself if empty
    neighbours: str = "neighbours"
    sea: Colour = "water.fill"
    sea_opacity: float = Field(default=0.45, ge=0, le=1)
    country: Colour = "ground.outside"
    province: Colour = "ground.land"
    region: Colour = "ground.paper"
    tint: Colour = "admin.tint"
    national: Colour = "admin.national"
    provincial: Colour = "admin.provincial"
    national_width: float = 1.5
    provincial_width: float = 0.9
    national_band: float = 2.4  # mm
    provincial_band: float = 1.4  # mm
    graticule: Colour = "ground.rule"
    label: Colour = "ground.muted"
    relief: float = Field(default=0, ge=0, le=1)  # how much shaded relief lies over the ground; 0 is plain
    country_size: float = 13  # pt
    province_size: float = 8


class SymbolChange(Record):
    """What a plate restates of a layer's symbol."""

    stroke: Colour | None = None
    width: float | None = Field(default=None, ge=0)
    fill: Colour | None = None
    fill_opacity: float | None = Field(default=None, ge=0, le=1)
    pattern: Pattern | None = None


class LabelRule(Record):
    """How a layer is labelled on this plate; what is not set comes from the layer's label style."""

    size: float | None = Field(default=None, gt=0)  # pt
    colour: Colour | None = None
    spacing: float | None = Field(default=None, ge=0)  # em
    priority: int | None = None
    numbered: bool = False  # the number of the key stands before the name
    bare: bool = False  # the number alone: the key has the name, and the sheet has no room for it
    off: tuple[str, ...] = ()  # layers of the plate whose areas these labels had better leave free
    overhang: float = Field(default=0, ge=0, lt=1)  # the share of a label that may hang over its area's edge
    leaders: bool = False  # a label that has no room inside may stand outside, joined by a line


class PlateLayer(Record):
    """A layer of the plate."""

    id: str
    labels: LabelRule | None = None
    symbol: SymbolChange = SymbolChange()
    near: str = ""  # a layer of the plate: of this one, only what lies by it is shown
    weight: float = Field(default=1, gt=0)  # by which strokes and markers are multiplied, for small sheets
    only: tuple[str, ...] | None = None  # ids of the features to show; all of them by default


class Choropleth(Record):
    """Units of a layer coloured by a value: what is counted, and a colour for each class, the lowest first."""

    layer: str
    measure: Literal["provisions", "projects", "targets"]
    colours: tuple[Colour, ...] = Field(min_length=3, max_length=7)


class Key(Record):
    """A numbered list of the features of one or more layers, in the order in which the atlas gives them.

    Areas bear number and name on the map, lines their number in a disc.
    """

    layers: tuple[str, ...] = Field(min_length=1)
    columns: int = Field(default=2, ge=1, le=4)


class Panel(Record):
    """Blocks of furniture in a corner of the frame, or right of it or below it on the sheet.

    `width` in mm; the height follows from the contents.
    """

    corner: Corner
    width: float = Field(gt=20)
    blocks: tuple[Block, ...] = Field(min_length=1)


class Inset(Record):
    """A detail in a frame of its own: its box (left, bottom, width, height; mm on the sheet) and what it shows."""

    title: Bilingual
    box: tuple[float, float, float, float]
    view: View
    projection: Albers
    graticule: Graticule
    layers: tuple[PlateLayer, ...] = ()  # the plate's own where empty


class North(Record):
    """Where the north arrow stands: mm from the frame's lower left corner."""

    at: tuple[float, float]


class Facing(Record):
    """The text that faces the plate in the book: provisions and an introduction."""

    provisions: tuple[str, ...] = ()
    introduction: Bilingual


class Plate(Record):
    """One designed plate."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: Bilingual
    lead: Bilingual
    paper: Paper = Paper()
    view: View
    projection: Albers
    graticule: Graticule
    ground: Ground
    layers: tuple[PlateLayer, ...] = Field(min_length=1)
    choropleth: Choropleth | None = None
    legend_title: Bilingual | None = None
    highlight: tuple[str, ...] = ()  # codes of units that the plate is about
    key: Key | None = None
    panels: tuple[Panel, ...]
    scale_bar_km: tuple[int, ...] = Field(default=(0, 100, 200, 300, 400), min_length=2)
    north: North | None = None
    insets: tuple[Inset, ...] = ()
    facing: Facing

    @model_validator(mode="after")
    def _parts_fit_together(self) -> Plate:
        ids = [layer.id for layer in self.layers]
        if len(set(ids)) != len(ids):
            raise ValueError(f"a layer is listed twice: {', '.join(ids)}")
        if self.key and (away := set(self.key.layers) - set(ids)):
            raise ValueError(f"key.layers names {', '.join(sorted(away))}, not layers: {', '.join(ids)}")
        off = {name for layer in self.layers if layer.labels for name in layer.labels.off}
        if not off <= set(ids):
            raise ValueError(f"labels.off names {', '.join(sorted(off - set(ids)))}, not layers: {', '.join(ids)}")
        if self.ground.keep_clear and self.ground.keep_clear not in ids:
            raise ValueError(f"ground.keep_clear {self.ground.keep_clear!r} is not a layer: {', '.join(ids)}")
        if away := {layer.near for layer in self.layers if layer.near} - set(ids):
            raise ValueError(f"layers.near names {', '.join(sorted(away))}, not layers: {', '.join(ids)}")
        if self.choropleth and self.choropleth.layer not in ids:
            raise ValueError(f"choropleth.layer {self.choropleth.layer!r} is not a layer: {', '.join(ids)}")
        for inset in self.insets:
            # The legend is the sheet's: what only an inset shows would stand on it unexplained.
            if more := {layer.id for layer in inset.layers} - set(ids):
                raise ValueError(f"inset {inset.title.zh} shows {', '.join(sorted(more))}, not layers of the plate")
        corners = [panel.corner for panel in self.panels]
        if len(set(corners)) != len(corners):
            raise ValueError(f"two panels in one corner: {', '.join(corners)}")
        if self.scale_bar_km[0] != 0 or list(self.scale_bar_km) != sorted(set(self.scale_bar_km)):
            raise ValueError("scale_bar_km starts at 0 and rises")
        return self

    def inset_plate(self, inset: Inset) -> Plate:
        """Return an inset as a plate of its own on the same sheet, without furniture."""
        width, height = self.paper.size_mm
        left, bottom, across, up = inset.box
        margins = {"left": left, "right": width - left - across, "bottom": bottom, "top": height - bottom - up}
        return self.model_copy(
            update={
                "title": inset.title,
                "paper": self.paper.model_copy(update=margins),
                "view": inset.view,
                "projection": inset.projection,
                "graticule": inset.graticule,
                "layers": inset.layers or self.layers,
                "ground": self._inset_ground(inset),
                "key": None,
                "panels": (),
                "north": None,
                "insets": (),
            }
        )

    def _inset_ground(self, inset: Inset) -> Ground:
        changes = {"keep_clear": "", "national_band": 1.6, "provincial_band": 1.0}
        relief = self.ground.relief if inset.view.scale >= RELIEF_FROM else 0.0
        return self.ground.model_copy(update={**changes, "relief": relief})

    @property
    def frame(self) -> tuple[float, float, float, float]:
        """The map frame on the sheet: left, bottom, right, top, mm from the sheet's lower left corner."""
        width, height = self.paper.size_mm
        return (self.paper.left, self.paper.bottom, width - self.paper.right, height - self.paper.top)


def plates_folder() -> Path:
    """Return the folder of plate definitions."""
    return layer_definitions() / "plates"


def plate_ids(folder: Path | None = None) -> tuple[str, ...]:
    """Return the ids of every plate that is defined."""
    return tuple(sorted(path.stem for path in (folder or plates_folder()).glob("*.toml")))


def load_plate(plate_id: str, folder: Path | None = None) -> Plate:
    """Read and validate one definition.

    Raises:
        UnknownNameError: there is no such plate.
        SourceError: names the file and what is wrong with it.
    """
    folder = folder or plates_folder()
    known = plate_ids(folder)
    if plate_id not in known:
        raise UnknownNameError("plate", plate_id, known, f"plates are defined in layers/{folder.name}/*.toml")
    path = folder / f"{plate_id}.toml"
    try:
        plate = Plate.model_validate(_with_frame(tomllib.loads(path.read_text(encoding="utf-8")), folder))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise SourceError(f"plate {path.name}: {error}") from error
    if plate.id != path.stem:
        raise SourceError(f"plate {path.name}: its id {plate.id!r} is not its file name")
    for key in _colours(plate):
        if key not in palette():
            raise SourceError(f"plate {path.name}: {UnknownNameError('colour', key, palette())}")
    return plate


def _with_frame(table: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return a plate's tables over those of the frame that it names."""
    frame = table.pop("frame", None)
    if frame is None:
        return table
    frames = {path.stem: path for path in (folder.parent / "frames").glob("*.toml")}
    if frame not in frames:
        raise SourceError(str(UnknownNameError("frame", str(frame), frames, "frames are defined in layers/frames/")))
    return {**tomllib.loads(frames[frame].read_text(encoding="utf-8")), **table}


def _colours(plate: Plate) -> set[str]:
    ground = plate.ground
    found = {ground.sea, ground.country, ground.province, ground.region, ground.tint, ground.national}
    found |= {ground.provincial, ground.graticule, ground.label}
    found |= set(plate.choropleth.colours) if plate.choropleth else set()
    for layer in plate.layers:
        found |= {key for key in (layer.symbol.stroke, layer.symbol.fill) if key}
        if layer.labels and layer.labels.colour:
            found.add(layer.labels.colour)
    return found
