"""The built atlas, read only: the one thing that app, command line and exports ask.

Opens the GeoPackage with SQLite in read-only mode for texts, links and tables, and with pyogrio for geometry. Each
thread has its own connection; whatever is returned is a fresh frame or a frozen record.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from atlas.errors import AtlasError
from atlas.gazetteer import Gazetteer
from atlas.governing.govern import Target, govern, targets_of
from atlas.governing.reach import Around, Reached, reach
from atlas.layers import Layer
from atlas.manifest import sha256
from atlas.models import (
    Basis,
    Governing,
    Group,
    Link,
    Mention,
    Place,
    PlaceClass,
    Relation,
)
from atlas.paths import store_file
from atlas.reader import with_tuples
from atlas.search import Hit, Suggestion, search, suggest
from atlas.texts import Texts

if TYPE_CHECKING:  # loaded when something is drawn or read: the first page and quick verbs need neither
    import geopandas as gpd

    from atlas.geoparse import Geoparser

REGION = "150000"


class Atlas(Texts):
    """A built atlas."""

    @cached_property
    def built_by(self) -> str:
        """Version and hash of the code that built it (`atlas.manifest.code_version`)."""
        return str(self._rows("SELECT code FROM manifest ORDER BY stage LIMIT 1")[0][0])

    @cached_property
    def meta(self) -> dict[str, str]:
        """Version of the code, one hash of all inputs, and the day of the newest source: what a colophon prints."""
        rows = self._rows("SELECT inputs, code FROM manifest ORDER BY stage LIMIT 1")
        inputs, code = rows[0]
        date = max((place.date for place in self.gazetteer.places.values() if place.date), default="")
        return {"version": code, "built_from": sha256(inputs.encode())[:16], "date": date}

    def ledger(self) -> pd.DataFrame:
        """Return every mention with what became of it: nothing that a document names is dropped.

        Columns of `mentions`, `document`, `status` (`placed`, `ambiguous`, `unplaceable`) and the `reason` where it is
        not placed. A mention of a group is placed when all its members are.
        """
        documents = dict(self._rows("SELECT id, document FROM provisions"))
        table = self.mentions()
        table.insert(0, "document", [documents[provision] for provision in table["provision"]])
        verdicts = [self._verdict(row.place, row.candidates, row.reason) for row in table.itertuples(index=False)]
        return table.assign(status=[status for status, _ in verdicts], reason=[reason for _, reason in verdicts])

    def _verdict(self, target: object, candidates: Sequence[str], reason: str) -> tuple[str, str]:
        if not isinstance(target, str):  # pandas turns None into NaN
            return "ambiguous" if candidates else "unplaceable", reason
        members = [self.gazetteer.places[member] for member in self.gazetteer.members(target)]
        lost = [place for place in members if place.lon is None]
        if not lost:
            return "placed", ""
        return "unplaceable", "; ".join(f"{place.name}: {place.note}" for place in lost)

    def search(
        self, query: str, *, documents: Sequence[str] | None = None, place: str | None = None, limit: int = 50
    ) -> tuple[Hit, ...]:
        """Return provisions and places that answer a query (docs/search.md), the best first.

        Args:
            query: words (all must occur), "phrases", AND, OR, NOT, brackets; traditional or simplified.
            documents: only provisions of these documents.
            place: only provisions that govern this place more closely than the whole region.
            limit: how many at the most.

        Raises:
            InputError: the query cannot be read; UnknownNameError: there is no such document or place.
        """
        near = None
        if place is not None:
            near = {record.id for record in self.governing(place) if record.basis is not Basis.REGION}
        return search(self._database, query, documents=documents, place_provisions=near, limit=limit)

    def suggest(self, typed: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Return places, documents and provisions that what was typed may mean: Chinese, pinyin, initials, English."""
        return suggest(self._database, typed, limit)

    # -- places --------------------------------------------------------------------------------------------------

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer as it was built."""
        columns = ", ".join(Place.model_fields)
        places = [
            self._model(Place, with_tuples(row)) for row in self._records(f"SELECT {columns} FROM places ORDER BY fid")
        ]
        groups = [self._model(Group, with_tuples(row)) for row in self._records("SELECT * FROM groups ORDER BY rowid")]
        classes = [
            self._model(PlaceClass, with_tuples(row)) for row in self._records("SELECT * FROM classes ORDER BY rowid")
        ]
        townships = [
            self._model(Place, with_tuples(row)) for row in self._records("SELECT * FROM townships ORDER BY rowid")
        ]
        guarded = self._rows("SELECT form, place FROM guarded_names")
        return Gazetteer(
            places={place.id: place for place in places},
            groups={group.id: group for group in groups},
            classes={entry.id: entry for entry in classes},
            ambiguous=frozenset((form, place) for form, place in guarded if place is not None),
            never=frozenset(form for form, place in guarded if place is None),
            townships={place.id: place for place in townships},
        )

    def places(self) -> pd.DataFrame:
        """Return the gazetteer as a table."""
        return pd.DataFrame([place.model_dump(mode="json") for place in self.gazetteer.places.values()])

    def place(self, name_or_id: str) -> Place:
        """Return one place by id, official name or alias.

        Raises:
            UnknownNameError: nothing has this name; names the nearest.
        """
        return self.gazetteer.find(name_or_id)

    @cached_property
    def all_relations(self) -> tuple[Relation, ...]:
        """All relations: what lies in the units of a league reaches the league."""
        query = "SELECT place, unit, relation, share, cover FROM relations ORDER BY rowid"
        return tuple(Relation(*row) for row in self._rows(query))

    def relations(self, place: str) -> tuple[Relation, ...]:
        """Return how the place lies to others, on either side."""
        query = "SELECT place, unit, relation, share, cover FROM relations WHERE place = ? OR unit = ? ORDER BY rowid"
        return tuple(Relation(*row) for row in self._rows(query, (place, place)))

    # -- layers --------------------------------------------------------------------------------------------------

    def layers(self) -> tuple[Layer, ...]:
        """Return the layers as they were built, in drawing order."""
        rows = self._rows("SELECT definition FROM layers ORDER BY position")
        return tuple(Layer.model_validate_json(definition) for (definition,) in rows)

    def features(self, layer_id: str) -> gpd.GeoDataFrame:
        """Return the features of a layer, EPSG:4490, full precision.

        Raises:
            UnknownNameError: there is no such layer.
        """
        self._check("layer", layer_id, [layer.id for layer in self.layers()], "see: atlas layers")
        import pyogrio  # noqa: PLC0415  # half a second with geopandas

        frame: gpd.GeoDataFrame = pyogrio.read_dataframe(self.path, layer=layer_id)
        return frame

    def properties(self, layer_id: str) -> list[dict[str, Any]]:
        """Return the features of a layer without their geometry, a mapping each: quick, no map library is loaded.

        Raises:
            UnknownNameError: there is no such layer.
        """
        self._check("layer", layer_id, [key for (key,) in self._rows("SELECT id FROM layers")], "see: atlas layers")
        columns = "feature, place, name_zh, name_en, type, adcode, league, status, precision, source, note"
        return self._records(f'SELECT {columns} FROM "{layer_id}" ORDER BY fid')

    def projects(self) -> pd.DataFrame:
        """Return the register of the plan's undertakings as a table (docs/projects.md)."""
        return pd.DataFrame(self._records("SELECT * FROM projects ORDER BY rowid"))

    def targets(self) -> pd.DataFrame:
        """Return the plan's quantified commitments as a table (docs/targets.md)."""
        return pd.DataFrame(self._records("SELECT * FROM targets ORDER BY rowid"))

    def colocations(self) -> pd.DataFrame:
        """Return which undertakings lie in or cross which ecological zones, as a table (docs/analysis.md)."""
        return pd.DataFrame(self._records("SELECT * FROM colocations ORDER BY rowid"))

    # -- what governs what ---------------------------------------------------------------------------------------

    def governing(self, name_or_id: str, *, region_wide: bool = True) -> tuple[Governing, ...]:
        """Return the provisions that govern a place, the most specific first; one record a provision.

        Args:
            name_or_id: of the place.
            region_wide: whether to include those that hold for the whole region, which are most of them.

        Raises:
            UnknownNameError: there is no such place.
        """
        targets = self._targets_of(self.place(name_or_id).id)
        if not region_wide:
            targets = [target for target in targets if target.basis is not Basis.REGION]
        wanted = {target.id for target in targets}
        ranked = [entry for key in wanted for entry in self._links_by_target.get(key, ())]
        citations, documents = self._cited
        links = [link for _, link in sorted(ranked, key=itemgetter(0))]
        return govern(links, targets, citations, documents)

    @cached_property
    def _scopes(
        self,
    ) -> tuple[dict[str, str], dict[str, str], dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
        """Names and English names of places, groups and classes, members of groups and of classes; each by id."""
        gazetteer = self.gazetteer
        named: list[Place | Group | PlaceClass] = [
            *gazetteer.places.values(),
            *gazetteer.groups.values(),
            *gazetteer.classes.values(),
        ]
        return (
            {entry.id: entry.name for entry in named},
            {entry.id: entry.name_en for entry in named},
            {group.id: group.members for group in gazetteer.groups.values()},
            {entry.id: entry.members for entry in gazetteer.classes.values()},
        )

    @cached_property
    def _links_by_target(self) -> dict[str, tuple[tuple[int, Link], ...]]:
        """The links of each target with their rank in the order of reading; read and checked once."""
        rows = self._records(
            "SELECT links.* FROM links JOIN provisions ON provisions.id = links.provision "
            "ORDER BY provisions.position, links.rowid"
        )
        found: dict[str, list[tuple[int, Link]]] = {}
        for rank, row in enumerate(rows):
            link = self._model(Link, row)
            found.setdefault(link.target, []).append((rank, link))
        return {target: tuple(links) for target, links in found.items()}

    @cached_property
    def _cited(self) -> tuple[dict[str, str], dict[str, str]]:
        """Citation and document of each provision by id."""
        rows = self._rows("SELECT id, citation, document FROM provisions")
        return {key: text for key, text, _ in rows}, {key: document for key, _, document in rows}

    def in_region(self, place: Place) -> bool:
        """Say whether a place lies in Inner Mongolia, at least in part: only then does what is region-wide reach it."""
        if place.id == REGION or (place.adcode or "").startswith(REGION[:2]):
            return True
        return any(relation.unit.startswith(REGION[:2]) for relation in self.relations(place.id))

    def reached(
        self, provision_id: str, span: tuple[int, int] | None = None, *, inferred: bool = True
    ) -> tuple[Reached, ...]:
        """Return the places that a provision governs, with the basis of each, from the most to the least specific.

        Args:
            provision_id: of the provision.
            span: only what this stretch of its text names (start, end; code points of `text`): a paragraph's own reach.
            inferred: whether to take ways over the map too, or only what is named and who is a member.

        Raises:
            UnknownNameError: there is no such provision.
        """
        self.provision(provision_id)
        rows = self._records("SELECT * FROM links WHERE provision = ? ORDER BY rowid", (provision_id,))
        if span is not None:
            rows = [
                row for row in rows if row["text_start"] < min(span[1], row["text_end"]) and row["text_end"] > span[0]
            ]
        _, _, groups, classes = self._scopes
        links = [self._model(Link, row) for row in rows]
        return reach(links, {**groups, **classes}, self._around, self._targets_of, inferred=inferred)

    def reach(self, provision_id: str) -> tuple[str, ...]:
        """Return the ids of the places that a provision names, itself or through a group or class: no inference.

        Raises:
            UnknownNameError: there is no such provision.
        """
        return tuple(one.place for one in self.reached(provision_id, inferred=False))

    @cached_property
    def _around(self) -> Around:
        return Around(self.all_relations)

    def _targets_of(self, place_id: str) -> list[Target]:
        """Return the ways to a place, kept, since every provision about its neighbourhood asks for them."""
        known = self._ways.get(place_id)
        if known is None:
            names, names_en, groups, classes = self._scopes
            place = self.gazetteer.places.get(place_id)
            known = self._ways[place_id] = targets_of(
                place_id,
                names,
                groups,
                classes,
                self.all_relations,
                in_region=place is not None and self.in_region(place),
                names_en=names_en,
            )
        return known

    @cached_property
    def _ways(self) -> dict[str, list[Target]]:
        return {}

    def shapes_of(self, places: Sequence[str]) -> gpd.GeoDataFrame:
        """Return the shape of each place (columns `place`, `name`, `precision`, `geometry`; EPSG:4490).

        A place's own feature where a layer has one, the area before the point; else its point; else nothing.
        """
        import geopandas as gpd  # noqa: PLC0415
        import shapely  # noqa: PLC0415

        wanted, found = set(places), {}
        order = {"polygon": 0, "line": 1, "point": 2}
        for layer in sorted(self.layers(), key=lambda layer: order[layer.geometry.kind]):
            for row in self.features(layer.id).itertuples(index=False):
                if row.place in wanted and row.place not in found:
                    found[row.place] = (row.place, row.name_zh, row.precision, row.geometry)
        for key in wanted - found.keys():
            place = self.gazetteer.places.get(key)
            if place is not None and place.lon is not None and place.lat is not None:
                found[key] = (key, place.name, str(place.precision), shapely.Point(place.lon, place.lat))
        rows = [found[key] for key in places if key in found]
        return gpd.GeoDataFrame(rows, columns=["place", "name", "precision", "geometry"], crs="EPSG:4490")

    def links(self) -> pd.DataFrame:
        """Return all links as a table: provision, target, basis, evidence (offsets, quotation), certainty."""
        return pd.DataFrame(self._records("SELECT * FROM links ORDER BY rowid"))

    def link_targets(self) -> dict[str, int]:
        """Return how many links each target has."""
        return dict(self._rows("SELECT target, count(*) FROM links GROUP BY target ORDER BY target"))

    def at(self, lon: float, lat: float) -> Place:
        """Return the county-level unit at a point (degrees, EPSG:4490).

        Raises:
            AtlasError: the point lies outside the region.
        """
        import shapely  # noqa: PLC0415

        banners = self.features("banners")
        hit = banners[banners.geometry.covers(shapely.Point(lon, lat))]
        if hit.empty:
            swapped = not banners[banners.geometry.covers(shapely.Point(lat, lon))].empty
            hint = "; longitude comes first: did you swap them?" if swapped else ""
            west, south, east, north = (round(float(edge), 1) for edge in banners.total_bounds)
            raise AtlasError(
                f"no unit of Inner Mongolia at {lon}, {lat}: the region spans {west}–{east}°E, {south}–{north}°N{hint}"
            )
        return self.place(str(hit["place"].iloc[0]))

    @cached_property
    def parser(self) -> Geoparser:
        """The geoparser over the gazetteer of the built atlas."""
        from atlas.geoparse import Geoparser  # noqa: PLC0415  # its word lists take a quarter of a second

        return Geoparser(self.gazetteer)

    def geoparse(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in any text; offsets into it as given."""
        return self.parser.parse(text)


@cache
def open_atlas(path: Path | None = None, kind: type[Atlas] = Atlas) -> Atlas:
    """Open the built atlas of this installation, or the one at `path`, as an `Atlas` or a class above it.

    Raises:
        NotBuiltError: there is none.
    """
    return kind(path or store_file())
