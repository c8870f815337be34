"""The built atlas, opened once for all sessions, with what the page makes of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from atlas import webmap
from atlas.errors import UnknownNameError
from atlas.filters import Filters, filters_of
from atlas.layers import catalogue
from atlas.models import Basis, Governing
from atlas.paths import store_file
from atlas.selection import Selection
from atlas.store import Atlas
from atlas.ui import components, navigation
from atlas.ui.chaptering import Chapter, chapters
from atlas.ui.ground import Ground
from atlas.ui.index import Index, make_index
from atlas.ui.matching import read_names
from atlas.ui.state import FILTERED, Known
from atlas.ui.units import is_unit

REMEMBERED = 400  # places whose provisions are kept


class Opened:
    """The built atlas with what the page makes of it once: the index, the filters, the files for the browser."""

    def __init__(self, path: Path) -> None:
        """Open the file at `path`."""
        self.path = path
        self.atlas = Atlas(path)
        built = {layer.id for layer in self.atlas.layers()}
        layers = tuple(layer for layer in catalogue() if layer.id in built)
        self.index: Index = make_index(layers, {layer.id: self.atlas.properties(layer.id) for layer in layers})
        self.filters: Filters = filters_of(self.atlas)
        self.folder = components.web_folder()
        self.known = Known(
            views=navigation.available(),
            places=frozenset(self.index.places) | frozenset(self.atlas.gazetteer.places) | frozenset(self.projects),
            articles=frozenset(self.atlas.provisions()["id"]),
            documents=tuple(document.id for document in self.atlas.documents()),
            layers=tuple(layer.id for layer in layers),
            choices={kind: values for kind, values in self.filters.known().items() if kind in FILTERED},
            own={
                "compare.units": frozenset(
                    place.id for place in self.atlas.gazetteer.places.values() if is_unit(place)
                ),
                "tables.show": frozenset(navigation.REGISTERS),
            },
        )
        self.documents = self.atlas.documents()
        provisions = self.atlas.provisions()
        self.document_of: dict[str, str] = dict(zip(provisions["id"], provisions["document"], strict=True))
        self._chapters: dict[str, tuple[Chapter, ...]] = {}
        self._governing = lru_cache(maxsize=REMEMBERED)(self._find_governing)

    @cached_property
    def config(self) -> str:
        """The name of the published configuration in `folder`."""
        return webmap.publish_once(self.atlas, self.path, self.folder, self.index.layers)

    @cached_property
    def ground(self) -> Ground:
        """What lies where."""
        return Ground(self.folder, self.config)

    @cached_property
    def projects(self) -> dict[str, dict[str, object]]:
        """The register of the plan's projects by id."""
        return {str(row["id"]): row for row in self.atlas.projects().to_dict("records")}

    @cached_property
    def project_readings(self) -> dict[str, tuple[str, str]]:
        """How each project may be typed: id -> (folded name, reading)."""
        return read_names((key, str(row["name"])) for key, row in self.projects.items())

    @property
    def is_warm(self) -> bool:
        """Whether the files for the browser are there."""
        return "config" in vars(self)

    def warm(self) -> None:
        """Work out what the first map needs: the filter without choices, the files for the browser."""
        self.filters.narrow(Selection())
        _ = self.index.places, self.config

    def warm_the_rest(self) -> Iterator[None]:
        """Work out, part by part, what a click, a search, a place of the units and the comparison need."""
        from atlas.ui import choropleth, comparing  # noqa: PLC0415  # the first map need not wait for them

        _ = self.ground
        yield
        _ = self.project_readings
        yield
        units = [
            row.place for row in (*self.index.features.get("banners", ()), *self.index.features.get("leagues", ()))
        ]
        for unit in units:
            self.governing(unit)
            yield
        choropleth.matrix_data(self.atlas, "", "", "", (), "zh")
        yield
        comparing.areas(self.atlas)
        yield
        comparing.beside(self.atlas, units[:1], "zh")

    @cached_property
    def ledger(self) -> dict[tuple[str, str], int]:
        """How many mentions of each document came to what: (document, status) -> mentions."""
        found: dict[tuple[str, str], int] = {}
        table = self.atlas.ledger()
        for key in zip(table["document"], table["status"], strict=True):
            found[key] = found.get(key, 0) + 1
        return found

    @cached_property
    def evidence(self) -> dict[str, list[tuple[int, int]]]:
        """Where each provision names something (start, end; code points of its text), by id."""
        found: dict[str, list[tuple[int, int]]] = {}
        table = self.atlas.links()
        for provision, start, end in zip(table["provision"], table["text_start"], table["text_end"], strict=True):
            if end > start:
                found.setdefault(provision, []).append((int(start), int(end)))
        return found

    def chapters(self, document: str) -> tuple[Chapter, ...]:
        """Return the chapters of a document."""
        if document not in self._chapters:
            self._chapters[document] = chapters(self.atlas.provisions(document).to_dict("records"))
        return self._chapters[document]

    def governing(self, place: str) -> tuple[Governing, ...]:
        """Return what governs a place; for a project of the plan, the item that lists it."""
        return self._governing(place)

    def _find_governing(self, place: str) -> tuple[Governing, ...]:
        try:
            return self.atlas.governing(place)
        except UnknownNameError:
            return project_basis(self.atlas, place)


def project_basis(atlas: Atlas, project: str) -> tuple[Governing, ...]:
    """Return the item of the plan that lists a project, as what governs it; nothing for any other id."""
    rows = atlas.projects()
    rows = rows[rows["id"] == project] if "id" in rows else rows
    found = []
    for row in rows.to_dict("records"):
        provision = atlas.provision(row["provision"])
        inside = [spot for spot, origin in enumerate(provision.origin) if row["start"] <= origin < row["end"]]
        found.append(
            Governing(
                id=provision.id,
                document=provision.document,
                citation=atlas.citation(provision.id),
                basis=Basis.NAMED,
                via=project,
                why=f"条文列出这一项目：{row['verb']}",
                why_en="the provision lists this project",
                quotation=provision.text,
                start=int(row["start"]),
                end=int(row["end"]),
                marks=((inside[0], inside[-1] + 1),) if inside else (),
                certainty=1.0,
            )
        )
    return tuple(found)


_opening = threading.Lock()


def open_once(path: str, stamp: int) -> Opened:
    """Open the atlas once for all sessions, and again when the file has been built anew.

    Args:
        path: of the built atlas.
        stamp: when it was last written, nanoseconds.
    """
    with _opening:  # two sessions that come at the same time wait for one opening
        opened = _open(path, stamp)
        _now[:] = [(path, stamp, opened)]
        return opened


_now: list[tuple[str, int, Opened]] = []  # what `open_once` has opened last


def opened_now() -> Opened | None:
    """Return the atlas if it is open as it was last built; wait for nothing."""
    store = store_file()
    try:
        stamp = store.stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return next((opened for path, of, opened in _now if (path, of) == (str(store), stamp)), None)


@lru_cache(maxsize=1)
def _open(path: str, _stamp: int) -> Opened:
    return Opened(Path(path))
