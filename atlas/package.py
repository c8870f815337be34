"""Writing the built atlas: one GeoPackage with layers, texts, links and QGIS styles, published in one step.

The file is written beside its place, checked (`integrity_check`), flushed to disk and moved over the old one, so that a
reader sees the whole old atlas or the whole new one. Times inside it are fixed, so that equal inputs give equal bytes.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import shapely

from atlas.corpus import Corpus, citation
from atlas.errors import AtlasError
from atlas.gazetteer import Gazetteer
from atlas.geometry.boundaries import CRS
from atlas.layers import Layer
from atlas.manifest import Manifest
from atlas.models import Link, Mention, Place, Relation
from atlas.projects.routes import Route
from atlas.qgis import qml
from atlas.search import create_index

# GeoPackage wants times of change; they are fixed because the manifest says what the content is made from.
FIXED_TIME = "2021-02-07T00:00:00.000Z"  # the day the plan was issued

Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True)
class Contents:
    """Everything that goes into the package."""

    corpus: Corpus
    gazetteer: Gazetteer
    mentions: dict[str, tuple[Mention, ...]]  # by provision id
    links: tuple[Link, ...]
    routes: tuple[Route, ...]
    layers: tuple[Layer, ...]
    palette: dict[str, str]
    features: dict[str, gpd.GeoDataFrame]
    relations: tuple[Relation, ...]
    manifests: tuple[Manifest, ...]


# Attribute tables: name -> column definitions. JSON columns hold lists.
TABLES: dict[str, str] = {
    "documents": """id TEXT PRIMARY KEY, position INTEGER, kind TEXT, title TEXT, title_en TEXT, short TEXT,
        number TEXT, issuer TEXT, adopted TEXT, in_force TEXT, witness TEXT, other_witnesses TEXT""",
    "provisions": """id TEXT PRIMARY KEY, position INTEGER, document TEXT, kind TEXT, number TEXT, title TEXT,
        path TEXT, citation TEXT, witness TEXT, start INTEGER, end INTEGER, text TEXT, origin TEXT, restored INTEGER""",
    "mentions": """provision TEXT, start INTEGER, end INTEGER, witness_start INTEGER, witness_end INTEGER, surface TEXT,
        place TEXT, certainty REAL, candidates TEXT, reason TEXT""",
    "links": """provision TEXT, target TEXT, basis TEXT, start INTEGER, end INTEGER, text_start INTEGER,
        text_end INTEGER, quote_start INTEGER, quote_end INTEGER, quotation TEXT, certainty REAL, note TEXT""",
    "groups": "id TEXT PRIMARY KEY, name TEXT, name_en TEXT, aliases TEXT, members TEXT, source TEXT",
    "classes": """id TEXT PRIMARY KEY, name TEXT, name_en TEXT, triggers TEXT, members TEXT, closed INTEGER,
        defined_by TEXT""",
    # Forms that need evidence beside them (place given) or are never names (place NULL).
    "guarded_names": "form TEXT, place TEXT",
    "relations": "place TEXT, unit TEXT, relation TEXT, share REAL",
    "projects": """id TEXT PRIMARY KEY, name TEXT, course TEXT, category TEXT, kind TEXT, verb TEXT, status TEXT,
        stops TEXT, stop_names TEXT, stretch TEXT, branch_of TEXT, provision TEXT, start INTEGER, end INTEGER""",
    "layers": "id TEXT PRIMARY KEY, position INTEGER, definition TEXT, features INTEGER",
    "manifest": "stage TEXT PRIMARY KEY, artefact TEXT, sha256 TEXT, rows INTEGER, inputs TEXT, code TEXT",
}
INDEXES = (
    "CREATE INDEX provisions_document ON provisions (document)",
    "CREATE INDEX mentions_provision ON mentions (provision)",
    "CREATE INDEX mentions_place ON mentions (place)",
    "CREATE INDEX links_target ON links (target)",
    "CREATE INDEX links_provision ON links (provision)",
    "CREATE INDEX relations_place ON relations (place)",
    "CREATE INDEX relations_unit ON relations (unit)",
)


def write_package(contents: Contents, out: Path) -> dict[str, int]:
    """Write the GeoPackage and put it in its place.

    Returns:
        Row counts by table and layer.

    Raises:
        AtlasError: the written file fails SQLite's integrity check; `out` is as it was.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_name(f".{out.stem}.{os.getpid()}.gpkg")
    fresh.unlink(missing_ok=True)
    try:
        counts = _write_spatial(contents, fresh)
        with closing(sqlite3.connect(fresh)) as database, database:
            counts |= _write_tables(contents, database)
            _write_styles(contents, database)
            counts |= create_index(database, contents.corpus.provisions, contents.gazetteer.places.values())
            (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise AtlasError(f"the written atlas is not whole ({verdict}); nothing was replaced: try the build again")
        _flush(fresh)
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)
    return counts


def _write_spatial(contents: Contents, path: Path) -> dict[str, int]:
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": FIXED_TIME})
    try:
        counts = {}
        for layer in contents.layers:
            frame = contents.features[layer.id]
            kind = {"polygon": "MultiPolygon", "line": "MultiLineString", "point": "Point"}[layer.geometry.kind]
            pyogrio.write_dataframe(
                frame,
                path,
                layer=layer.id,
                driver="GPKG",
                geometry_type=kind,
                promote_to_multi=kind != "Point",
                append=path.exists(),
                layer_options={"GEOMETRY_NAME": "geom", "IDENTIFIER": layer.title.zh},
            )
            counts[layer.id] = len(frame)
        pyogrio.write_dataframe(
            _place_frame(contents.gazetteer.places.values()),
            path,
            layer="places",
            driver="GPKG",
            geometry_type="Point",
            append=True,
            layer_options={"GEOMETRY_NAME": "geom", "IDENTIFIER": "地名表"},
        )
        counts["places"] = len(contents.gazetteer.places)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    return counts


def _place_frame(places: Iterable[Place]) -> gpd.GeoDataFrame:
    rows = []
    for place in places:
        row = place.model_dump(mode="json")
        row["aliases"] = json.dumps(row["aliases"], ensure_ascii=False)
        row["geometry"] = None if place.lon is None else shapely.Point(place.lon, place.lat)
        rows.append(row)
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS)


def _write_tables(contents: Contents, database: sqlite3.Connection) -> dict[str, int]:
    counts = {}
    for name, table in _table_rows(contents).items():
        database.execute(f"CREATE TABLE {name} ({TABLES[name]})")
        rows = list(table)
        if rows:
            database.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(rows[0]))})", rows)
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) VALUES (?, 'attributes', ?, ?)",
            (name, name, FIXED_TIME),
        )
        counts[name] = len(rows)
    for statement in INDEXES:
        database.execute(statement)
    return counts


def _write_styles(contents: Contents, database: sqlite3.Connection) -> None:
    """Write the table in which QGIS looks for the styles of a GeoPackage's layers."""
    database.execute(
        """CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, f_table_catalog TEXT, f_table_schema TEXT,
        f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
        description TEXT, owner TEXT, ui TEXT, update_time DATETIME)"""
    )
    database.executemany(
        """INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,
        styleQML, styleSLD, useAsDefault, description, owner, update_time)
        VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '', ?)""",
        [
            (layer.id, layer.title.zh, qml(layer, contents.palette), layer.description.zh, FIXED_TIME)
            for layer in contents.layers
        ],
    )
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) "
        "VALUES ('layer_styles', 'attributes', 'layer_styles', ?)",
        (FIXED_TIME,),
    )


def _table_rows(contents: Contents) -> dict[str, Rows]:
    corpus, gazetteer = contents.corpus, contents.gazetteer
    documents = {document.id: document for document in corpus.documents}
    by_id = {provision.id: provision for provision in corpus.provisions}
    return {
        "documents": [
            (
                d.id,
                i,
                d.kind,
                d.title,
                d.title_en,
                d.short,
                d.number,
                d.issuer,
                d.adopted,
                d.in_force,
                d.witness,
                _json(d.other_witnesses),
            )
            for i, d in enumerate(corpus.documents)
        ],
        "provisions": [
            (
                p.id,
                i,
                p.document,
                p.kind,
                p.number,
                p.title,
                _json(p.path),
                citation(documents[p.document], p),
                p.witness,
                p.start,
                p.end,
                p.text,
                _json(p.origin),
                int(p.restored),
            )
            for i, p in enumerate(corpus.provisions)
        ],
        "mentions": [
            (
                provision,
                m.start,
                m.end,
                *by_id[provision].witness_span(m.start, m.end),
                m.surface,
                m.place,
                m.certainty,
                _json(m.candidates),
                m.reason,
            )
            for provision, mentions in contents.mentions.items()
            for m in mentions
        ],
        "links": [
            (
                k.provision,
                k.target,
                k.basis.value,
                k.start,
                k.end,
                k.text_start,
                k.text_end,
                k.quote_start,
                k.quote_end,
                k.quotation,
                k.certainty,
                k.note,
            )
            for k in contents.links
        ],
        "groups": [
            (g.id, g.name, g.name_en, _json(g.aliases), _json(g.members), g.source) for g in gazetteer.groups.values()
        ],
        "classes": [
            (c.id, c.name, c.name_en, _json(c.triggers), _json(c.members), int(c.closed), c.defined_by)
            for c in gazetteer.classes.values()
        ],
        "guarded_names": [*sorted(gazetteer.ambiguous), *((form, None) for form in sorted(gazetteer.never))],
        "relations": contents.relations,
        "projects": [
            (
                r.id,
                r.name,
                r.course,
                r.category,
                r.kind,
                r.verb,
                r.status,
                _json(r.stops),
                _json(r.stop_names),
                _json(r.stretch),
                r.branch_of,
                r.provision,
                r.start,
                r.end,
            )
            for r in contents.routes
        ],
        "layers": [
            (y.id, i, y.model_dump_json(exclude_unset=True), len(contents.features[y.id]))
            for i, y in enumerate(contents.layers)
        ],
        "manifest": [(m.stage, m.artefact, m.sha256, m.rows, _json(m.inputs), m.code) for m in contents.manifests],
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _flush(path: Path) -> None:
    """Make sure that the file's bytes are on the disk before it takes the old one's name."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
