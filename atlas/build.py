"""The build: documents and tables in, one GeoPackage out, in stages that each leave an artefact and a manifest.

Nothing is published until every stage has passed: a failed build leaves the atlas that was there as it was.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import geopandas as gpd

from atlas.colocations import Ground, colocations
from atlas.corpus import Corpus, collate, load_documents, suspected_losses
from atlas.corpus.restoration.reviewed import FILE as RESTORE_FILE
from atlas.corpus.restoration.reviewed import Reviewed
from atlas.corpus.restoration.table import indicator_table
from atlas.corpus.restore import Edit, Restored, restore
from atlas.errors import SourceError
from atlas.features import Sources, make_features, read_reaches, relations, with_leagues
from atlas.gazetteer import Gazetteer, load_gazetteer
from atlas.gazetteer.townships import townships_of_region
from atlas.geometry import boundaries
from atlas.geoparse import Geoparser
from atlas.governing import passing
from atlas.governing.classes import with_members
from atlas.governing.links import find_links
from atlas.governing.rules import read_rules
from atlas.layers import Layer, load_layers, load_palette
from atlas.makers import drawn_lines
from atlas.manifest import Inputs, Manifest, code_version, sha256, to_json_lines
from atlas.models import Basis, Link, Provision, Record, Relation
from atlas.package import Contents, write_package
from atlas.project_shapes import Waypoint, known_shapes, legs, project_shapes, read_waypoints, units_on
from atlas.projects.corrections import load_project_corrections
from atlas.projects.project import Project
from atlas.projects.register import register
from atlas.projects.routes import Route, railways
from atlas.reviewed import read_reviewed
from atlas.targets.corrections import load_target_corrections
from atlas.targets.find import targets

Progress = Callable[[str], None]


def build(inputs: Inputs, out: Path, progress: Progress = lambda message: None) -> dict[str, int]:
    """Build the atlas into the GeoPackage `out`, with stage artefacts and manifests beside it in `stages/`.

    Args:
        inputs: the folders to read.
        out: the GeoPackage to write; replaced in one step at the end.
        progress: told what is being done.

    Returns:
        Counts by table and layer.

    Raises:
        SourceError: a document, table, shape or layer is missing or invalid; `out` is as it was.
    """
    used = inputs.hashes()
    code = code_version()
    stages = out.parent / "stages"
    stages.mkdir(parents=True, exist_ok=True)
    manifests: list[Manifest] = []

    def keep(stage: str, records: Sequence[Record]) -> None:
        data = to_json_lines(records)
        manifest = Manifest(
            stage=stage, artefact=f"{stage}.jsonl", sha256=sha256(data), rows=len(records), inputs=used, code=code
        )
        _replace(stages / manifest.artefact, data)
        _replace(stages / f"{stage}.manifest.json", manifest.model_dump_json(indent=2).encode())
        manifests.append(manifest)
        progress(f"{stage}: {len(records):,}")

    layers = load_layers(inputs.layers)
    corpus, edits = _corpus(inputs.geodata)
    keep("provisions", corpus.provisions)

    gazetteer, parser = _gazetteer(inputs.geodata / "gazetteer", corpus)
    keep("places", list(gazetteer.places.values()))

    mentions = {provision.id: parser.parse_reading(provision.text) for provision in corpus.provisions}
    keep("mentions", [mention for found in mentions.values() for mention in found])

    named = {
        key: (*found, *(extra for one in found for extra in parser.also_named(one))) for key, found in mentions.items()
    }
    rules = read_rules(inputs.geodata / "gazetteer" / "classes.csv")
    routes = railways(corpus.provisions, parser)
    _check_stops(routes, gazetteer)
    projects = register(corpus.provisions, parser, load_project_corrections(inputs.geodata / "corrections"))
    keep("projects", projects)

    waypoints = read_waypoints(inputs.geodata / "gazetteer" / "waypoints.csv")
    found = find_links(corpus.provisions, named, gazetteer, rules)
    order = {provision.id: at for at, provision in enumerate(corpus.provisions)}
    passed = _passing(projects, waypoints, corpus.provisions, found)
    links = tuple(sorted((*found, *passed), key=lambda link: order[link.provision]))
    keep("links", links)

    indicators = tuple(row for text in corpus.texts.values() for row in indicator_table(text))
    corrections = load_target_corrections(inputs.geodata / "corrections")
    goals = targets(corpus.provisions, parser, indicators, corrections)
    keep("targets", goals)

    folder = inputs.geodata / "shapes"
    drawn = project_shapes(
        projects,
        gazetteer,
        legs(waypoints),
        known_shapes(folder),
        drawn_lines(folder, gazetteer),
    )
    sources = Sources(gazetteer, folder, mentions, projects, drawn)
    features, related = _features(layers, sources, read_reaches(inputs.geodata / "gazetteer" / "reaches.csv"))
    progress(f"features: {sum(len(frame) for frame in features.values()):,}")

    beside = colocations(Ground(layers, features, gazetteer, projects, drawn), corpus.provisions, links)
    keep("colocations", beside)

    contents = Contents(
        corpus=corpus,
        variants=collate(corpus),
        suspicions=suspected_losses(corpus),
        edits=edits,
        indicators=indicators,
        gazetteer=gazetteer,
        mentions=mentions,
        links=links,
        projects=projects,
        shapes=drawn,
        targets=goals,
        layers=layers,
        palette=load_palette(inputs.layers),
        features=features,
        relations=related,
        colocations=beside,
        manifests=tuple(manifests),
    )
    return write_package(contents, out)


def _corpus(geodata: Path) -> tuple[Corpus, tuple[tuple[str, Edit], ...]]:
    """Return the corpus with the plan's text restored, and what restoration did, by witness."""
    reviewed = read_reviewed(geodata / "corrections" / RESTORE_FILE, Reviewed)
    done: dict[str, Restored] = {}

    def restored(text: str) -> Restored:
        done[text] = restore(text, reviewed)
        return done[text]

    corpus = load_documents(geodata / "documents", restored)
    edits = tuple((file, edit) for file, text in corpus.texts.items() if text in done for edit in done[text].edits)
    return corpus, edits


def _gazetteer(folder: Path, corpus: Corpus) -> tuple[Gazetteer, Geoparser]:
    """Return the gazetteer with the members of its classes read from the text, and its parser."""
    gazetteer = load_gazetteer(folder, boundaries.names_of_china(), boundaries.SOURCE, townships_of_region())
    parser = Geoparser(gazetteer)
    gazetteer = with_members(gazetteer, corpus.provisions, parser)
    return gazetteer, parser


def _check_stops(routes: Iterable[Route], gazetteer: Gazetteer) -> None:
    for route in routes:
        for stop, name in zip(route.stops, route.stop_names, strict=True):
            if stop not in gazetteer.places:
                raise SourceError(
                    f"{route.provision}: the stop {name!r} of {route.name} is not in the gazetteer; add it to nodes.csv"
                )


def _passing(
    projects: Sequence[Project], waypoints: Sequence[Waypoint], provisions: Sequence[Provision], found: Iterable[Link]
) -> Iterator[Link]:
    """Yield the links to the units that the routes of the register run through; of a stretch it is not known which."""
    routes = [
        passing.Route(
            project.name,
            project.course,
            tuple((one.provision, one.text_start, one.text_end) for one in (project.listing, *project.also)),
        )
        for project in projects
        if project.course and not project.stretch
    ]
    named = {
        (link.provision, link.target)
        for link in found
        if link.basis is Basis.NAMED and link.certainty >= passing.CERTAINTY
    }
    through = units_on(waypoints, boundaries.units("county"))
    return passing.passing_links(routes, through, {one.id: one for one in provisions}, named)


def _features(
    layers: Sequence[Layer], sources: Sources, reaches: Sequence[Relation]
) -> tuple[dict[str, gpd.GeoDataFrame], tuple[Relation, ...]]:
    frames = {layer.id: make_features(layer, sources) for layer in layers}
    found = relations([(layer, frames[layer.id]) for layer in layers], sources.gazetteer, reaches)
    return {name: with_leagues(frame, found, sources.gazetteer) for name, frame in frames.items()}, found


def _replace(path: Path, data: bytes) -> None:
    """Write a file in one step: a reader sees the old one or the new one."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(data)
    fresh.replace(path)
