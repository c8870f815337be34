"""What can be taken away, made when it is asked for: dossiers, plates, the offline map, data, the address as a QR code.

Pure: no Streamlit here. Everything becomes bytes; what is written on the way lies in a folder that is removed at once.
"""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import segno

from atlas import exchange, plates
from atlas.book.write import write_dossier
from atlas.exchange.projection import GEOGRAPHIC, HALF_ZONE, zone_of
from atlas.layers import Bilingual
from atlas.plate.definition import load_plate
from atlas.selection import Selection
from atlas.store import Atlas
from atlas.ui.index import CONTEXT
from atlas.ui.state import START

if TYPE_CHECKING:
    from atlas.ui.opened import Opened
    from atlas.ui.state import View

MIME = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".md": "text/markdown",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".html": "text/html",
    ".gpkg": "application/geopackage+sqlite3",
    ".geojson": "application/geo+json",
    ".kml": "application/vnd.google-earth.kml+xml",
    ".kmz": "application/vnd.google-earth.kmz",
    ".zip": "application/zip",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
}
PAPERS = ("A2", "A3", "A4", "slide")
PICTURES = (".pdf", ".svg", ".png")
DOSSIERS = (".pdf", ".docx", ".md")
DATA = tuple(suffix for suffix in exchange.FORMATS if suffix != ".html")
IN_DEGREES = frozenset({".geojson", ".kml", ".kmz", ".html"})
_WITH_TABLES = (".gpkg", ".xlsx", ".zip")
_ONE_TABLE = (*_WITH_TABLES, ".csv", ".parquet")
SELECTION = "selection"  # instead of a plate's id: a plate of what the map shows
MOST_KEPT = 24 * 1024 * 1024  # bytes of results that a session keeps
LONGEST_NAME = 80  # characters of a file's name

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """A file to be taken away."""

    asked: tuple[str, ...]  # what it was made of: when that changes the file is no longer offered
    name: str
    content: bytes
    notes: tuple[str, ...] = ()

    @property
    def mime(self) -> str:
        """The type of the file."""
        return MIME[Path(self.name).suffix]


@dataclass
class Kept:
    """The last file of each kind that a session has made; the oldest goes where they grow too large together."""

    made: dict[str, Made] = field(default_factory=dict)

    def put(self, kind: str, made: Made) -> None:
        """Keep a file."""
        self.made.pop(kind, None)
        self.made[kind] = made
        while len(self.made) > 1 and sum(len(one.content) for one in self.made.values()) > MOST_KEPT:
            self.made.pop(next(iter(self.made)))

    def get(self, kind: str, asked: tuple[str, ...]) -> Made | None:
        """Return the file of a kind, if it is what is asked for now."""
        found = self.made.get(kind)
        return found if found and found.asked == asked else None


_turn = threading.Lock()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one's turn: one file is made at a time, so that many sessions do not want many times the memory."""
    with _turn:
        yield


def is_busy() -> bool:
    """Say whether somebody else's file is being made."""
    return _turn.locked()


# ---- what the map shows ----------------------------------------------------------------------------------------------


def shown_layers(opened: Opened, view: View) -> dict[str, tuple[str, ...]]:
    """Return the features that the map shows, by layer: of the layers that are on, what the filter keeps."""
    kept = opened.filters.keep(view.selection)["features"]
    found = {}
    for layer in opened.index.layers:
        on = layer.shown if view.layers is None else layer.id in view.layers
        if on and layer.geometry.rule not in CONTEXT:
            found[layer.id] = tuple(row.feature for row in opened.index.features[layer.id] if row.feature in kept)
    return {layer: features for layer, features in found.items() if features}


def data_selection(view: View, layers: Collection[str]) -> Selection:
    """Return the selection of an export: the filter, and those layers of the map that are wanted."""
    return view.selection.model_copy(update={"layers": tuple(layers)})


def data_formats(*, layers: bool, tables: int) -> tuple[str, ...]:
    """Return the endings of files that can hold what is chosen."""
    if not tables:
        return DATA if layers else ()
    return _WITH_TABLES if layers or tables > 1 else _ONE_TABLE


# ---- the CRS ---------------------------------------------------------------------------------------------------------


def zone_for(atlas: Atlas, unit: str) -> tuple[int, bool] | None:
    """Return the 3-degree zone in whose middle strip a unit lies, and whether the unit reaches beyond the zone.

    Args:
        atlas: the built atlas.
        unit: code of a league or banner; None is returned for other places.
    """
    layer = "leagues" if unit.endswith("00") else "banners"
    rows = atlas.features(layer)
    rows = rows[rows["place"] == unit]
    if rows.empty:
        return None
    west, _, east, _ = (float(edge) for edge in rows.total_bounds)
    zone = round((west + east) / 2 / 3)
    return zone, west < zone * 3 - HALF_ZONE or east > zone * 3 + HALF_ZONE


def crs_choices(zone: int | None) -> tuple[str, ...]:
    """Return the CRS to choose from; those of the suggested zone follow the two in degrees."""
    first = [crs for crs in exchange.CRS_CHOICES if crs in GEOGRAPHIC or (zone is not None and zone_of(crs) == zone)]
    return (*first, *(crs for crs in exchange.CRS_CHOICES if crs not in first))


def crs_title(crs: str, lang: str) -> str:
    """Return the name of a CRS in a list."""
    zone = zone_of(crs)
    if zone is None:
        name = {"EPSG:4490": ("CGCS2000 经纬度", "CGCS2000 degrees"), "EPSG:4326": ("WGS 84 经纬度", "WGS 84 degrees")}
        return f"{name[crs][lang == 'en']} · {crs}"
    prefixed = int(crs.removeprefix("EPSG:")) < 4541
    if lang == "en":
        return f"CGCS2000 3° zone {zone} ({zone * 3}°E, {'zone in easting' if prefixed else 'no prefix'}) · {crs}"
    return f"CGCS2000 3 度带第 {zone} 带（{zone * 3}°E，{'东坐标带带号' if prefixed else '不带带号'}）· {crs}"


# ---- plates ----------------------------------------------------------------------------------------------------------


@cache
def plate_titles() -> dict[str, Bilingual]:
    """Return the titles of the designed plates, by id."""
    return {plate: load_plate(plate).title for plate in plates.plate_ids()}


# ---- making ----------------------------------------------------------------------------------------------------------


def make_dossier(
    atlas: Atlas, asked: tuple[str, ...], place: str, suffix: str, language: str, region_wide: str
) -> Made:
    """Make the dossier of a place.

    Raises:
        AtlasError: of `write_dossier`.
    """
    content = _written(
        suffix,
        lambda out: write_dossier(atlas, place, out, language=language, region_wide=region_wide),  # type: ignore[arg-type]
    )
    return Made(asked, file_name(atlas.place(place).name, "dossier", suffix), content)


def make_plate(
    atlas: Atlas,
    asked: tuple[str, ...],
    plate: str,
    suffix: str,
    *,
    language: str,
    edition: str,
    paper: str | None = None,
    selection: Selection | None = None,
    about: str = "",
) -> Made:
    """Make a plate: a designed one, or one of the selection where its id is `SELECTION`, fitted to a unit if given.

    Raises:
        AtlasError: of `plates.draw` and `plates.choose`.
    """
    options: dict[str, Any] = {"language": language, "edition": edition}
    if paper:
        options["paper"] = paper
    drawn: Any = plate
    if plate == SELECTION:
        fitted = Selection(regions=(about,)) if about else None
        sheet = {"paper": options.pop("paper")} if paper else {}
        drawn = plates.choose(atlas, selection or Selection(), about=fitted, **sheet)
    content = _written(suffix, lambda out: plates.draw(atlas, drawn, out, **options))
    of = atlas.place(about).name if about and plate == SELECTION else "北疆图集"
    return Made(asked, file_name(of, "map" if plate == SELECTION else plate, edition, suffix), content)


def make_data(
    atlas: Atlas,
    asked: tuple[str, ...],
    suffix: str,
    layers: Collection[str],
    *,
    view: View,
    tables: tuple[str, ...] = (),
    edition: str = "working",
    crs: str = "EPSG:4490",
    encoding: str = "UTF-8",
    progress: Progress | None = None,
) -> Made:
    """Make a file of data: of these layers what the map shows, and tables, both by the view's filter.

    Raises:
        AtlasError: of `exchange.export`.
    """
    notes: list[str] = []

    def write(out: Path) -> None:
        done = exchange.export(
            atlas,
            out,
            data_selection(view, layers),
            tables=tables,
            edition=edition,  # type: ignore[arg-type]
            crs=crs,
            encoding=encoding,
            with_layers=bool(layers),
            view=_opening(view, layers) if suffix == ".html" else None,
            progress=progress,
        )
        notes.extend((*done.left_out, *done.notes))

    content = _written(suffix, write)
    return Made(
        asked, file_name("北疆图集", "map" if suffix == ".html" else "data", edition, suffix), content, tuple(notes)
    )


def _opening(view: View, layers: Collection[str]) -> exchange.View:
    return exchange.View(
        shown=tuple(layers),
        selected=view.place,
        look_at=(view.place,) if view.place else view.selection.regions,
        lang=view.lang,
    )


def _written(suffix: str, write: Callable[[Path], object]) -> bytes:
    """Return the bytes of a file that `write` makes in a folder of its own."""
    with TemporaryDirectory(prefix="beijiang-atlas-") as folder:
        out = Path(folder) / f"made{suffix}"
        write(out)
        return out.read_bytes()


def file_name(*parts: str) -> str:
    """Return a file name of parts and, last, the ending: letters and digits of any script, joined by hyphens."""
    *stems, suffix = parts
    plain = ["".join(char if char.isalnum() else "-" for char in stem).strip("-") for stem in stems]
    return "-".join(part for part in plain if part)[:LONGEST_NAME] + suffix


# ---- the address -----------------------------------------------------------------------------------------------------


def permalink(page: str, view: View) -> str:
    """Return the address that shows what the map shows now.

    Args:
        page: address of the page, as the browser has it.
        view: the session's view.
    """
    parameters = view.model_copy(update={"name": START, "own": ()}).to_address()
    parts = urlsplit(page)
    base = parts._replace(path=parts.path or "/", query="", fragment="").geturl()
    return f"{base}?{urlencode(parameters, safe=',:/')}" if parameters else base


def is_only_here(page: str) -> bool:
    """Say whether an address can be opened on this computer alone."""
    host = urlsplit(page).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def qr_code(text: str) -> tuple[str, str] | None:
    """Return a QR code as (PNG data URI, SVG), or nothing where the text is too long for one."""
    try:
        code = segno.make(text, error="l", micro=False, boost_error=True)
    except segno.DataOverflowError:
        return None
    return code.png_data_uri(scale=5, border=4), code.svg_inline(scale=4, border=4, light="white", omitsize=False)
