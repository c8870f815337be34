"""Writing the built atlas: one GeoPackage with layers, texts, links and QGIS styles, published in one step.

The file is written beside its place, checked (`integrity_check`), flushed to disk and moved over the old one, so that a
reader sees the whole old atlas or the whole new one. Times inside it are fixed, so that equal inputs give equal bytes.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely

from atlas.colocations import Colocation
from atlas.corpus import Corpus, Emendation, HeadingDifference, Suspicion, Variant, citation
from atlas.corpus.restoration.table import Indicator
from atlas.corpus.restore import Edit
from atlas.errors import AtlasError
from atlas.gazetteer import Gazetteer
from atlas.geometry.boundaries import CRS
from atlas.layers import Layer
from atlas.manifest import Manifest
from atlas.models import Document, Group, Link, Mention, Place, PlaceClass, Provision, Relation, Segment
from atlas.project_shapes import Shape
from atlas.projects.project import Project
from atlas.qgis import FIXED_TIME, register_table, write_styles
from atlas.search import create_index
from atlas.tables import Table, record_table
from atlas.targets.target import Target


@dataclass(frozen=True)
class Contents:
    """Everything that goes into the package."""

    corpus: Corpus
    gazetteer: Gazetteer
    variants: tuple[Variant, ...]
    suspicions: tuple[Suspicion, ...]
    edits: tuple[tuple[str, Edit], ...]  # of restoration, by witness
    indicators: tuple[Indicator, ...]  # of the plan's table of main indicators
    mentions: dict[str, tuple[Mention, ...]]  # by provision id
    links: tuple[Link, ...]
    projects: tuple[Project, ...]
    shapes: Mapping[str, Shape]  # of the undertakings, by id
    targets: tuple[Target, ...]
    layers: tuple[Layer, ...]
    palette: dict[str, str]
    features: dict[str, gpd.GeoDataFrame]
    relations: tuple[Relation, ...]
    colocations: tuple[Colocation, ...]
    manifests: tuple[Manifest, ...]


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
            write_styles(database, contents.layers, contents.palette)
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
    for name, table in _tables(contents).items():
        database.execute(table.create(name))
        database.executemany(table.insert(name), table.rows)
        register_table(database, name)
        counts[name] = len(table.rows)
    for statement in INDEXES:
        database.execute(statement)
    return counts


def _tables(contents: Contents) -> dict[str, Table]:
    corpus, gazetteer = contents.corpus, contents.gazetteer
    documents = {document.id: document for document in corpus.documents}
    by_id = {provision.id: provision for provision in corpus.provisions}
    mentions = [(key, one) for key, found in contents.mentions.items() for one in found]
    segments = [(file, one) for file, found in corpus.segments.items() for one in found]
    guarded = [*sorted(gazetteer.ambiguous), *((form, None) for form in sorted(gazetteer.never))]
    return {
        "documents": record_table(
            Document, corpus.documents, {"position": "INTEGER"}, [(at,) for at in range(len(corpus.documents))]
        ),
        "witnesses": Table({"file": "TEXT", "text": "TEXT"}, list(corpus.texts.items())),
        "segments": record_table(
            Segment, [one for _, one in segments], {"file": "TEXT"}, [(file,) for file, _ in segments]
        ),
        "provisions": record_table(
            Provision,
            corpus.provisions,
            {"position": "INTEGER", "citation": "TEXT"},
            [(at, citation(documents[one.document], one)) for at, one in enumerate(corpus.provisions)],
        ),
        "variants": record_table(Variant, contents.variants),
        "suspicions": record_table(Suspicion, contents.suspicions),
        "emendations": record_table(Emendation, corpus.emendations),
        "headings": record_table(HeadingDifference, corpus.heading_differences),
        "edits": record_table(
            Edit, [one for _, one in contents.edits], {"witness": "TEXT"}, [(file,) for file, _ in contents.edits]
        ),
        "indicators": record_table(Indicator, contents.indicators),
        "mentions": record_table(
            Mention,
            [one for _, one in mentions],
            {"provision": "TEXT", "witness_start": "INTEGER", "witness_end": "INTEGER"},
            [(key, *by_id[key].witness_span(one.start, one.end)) for key, one in mentions],
        ),
        "links": record_table(Link, contents.links),
        # Known to the geoparser; no places of the atlas, which are the layer `places`.
        "townships": record_table(Place, gazetteer.townships.values()),
        "groups": record_table(Group, gazetteer.groups.values()),
        "classes": record_table(PlaceClass, gazetteer.classes.values()),
        # Forms that need evidence beside them (place given) or are never names (place NULL).
        "guarded_names": Table({"form": "TEXT", "place": "TEXT"}, guarded),
        "relations": Table(
            {"place": "TEXT", "unit": "TEXT", "relation": "TEXT", "share": "REAL", "cover": "REAL"},
            [tuple(one) for one in contents.relations],
        ),
        "projects": record_table(
            Project,
            contents.projects,
            dict.fromkeys(("start", "end", "text_start", "text_end"), "INTEGER")
            | dict.fromkeys(("provision", "geojson", "precision", "geometry_note"), "TEXT"),
            [
                (one.start, one.end, one.text_start, one.text_end, one.provision, *_shape_cells(contents.shapes[key]))
                for key, one in ((project.id, project.listing) for project in contents.projects)
            ],
        ),
        "targets": record_table(Target, contents.targets),
        "colocations": record_table(Colocation, contents.colocations),
        "layers": Table(
            {"id": "TEXT", "position": "INTEGER", "definition": "TEXT", "features": "INTEGER"},
            [
                # Only what the definition says itself: what it leaves out must stay unset, or cases would not inherit.
                (one.id, at, one.model_dump_json(exclude_unset=True), len(contents.features[one.id]))
                for at, one in enumerate(contents.layers)
            ],
        ),
        "manifest": record_table(Manifest, contents.manifests),
    }


def _shape_cells(shape: Shape) -> tuple[str | None, str, str]:
    """Return the geometry as GeoJSON (lon, lat; 5 decimals, about 1 m), its precision and note."""
    if shape.geometry is None:
        return None, shape.precision, shape.note
    rounded = shapely.transform(shape.geometry, lambda xy: xy.round(5))
    return shapely.to_geojson(rounded), shape.precision, shape.note


def _flush(path: Path) -> None:
    """Make sure that the file's bytes are on the disk before it takes the old one's name."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
