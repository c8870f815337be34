"""Verbs of the layers and registers: layers, features, projects, targets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import shapely

from atlas.cli.frame import clean, commands, emit, formats, open_built
from atlas.corpus.intake import read_text


@commands.command()
@formats("jsonl", "table")
def layers(form: str) -> None:
    """List the catalogue of layers."""
    opened = open_built()
    rows = (
        {
            "id": layer.id,
            "title": layer.title.zh,
            "title_en": layer.title.en,
            "theme": layer.theme,
            "kind": layer.geometry.kind,
            "rule": layer.geometry.rule,
            "features": opened.counts[layer.id],
            "legal_basis": list(layer.legal_basis),
            "description": layer.description.zh,
            "attribution": layer.attribution.zh,
            "editions": list(layer.editions),
        }
        for layer in opened.layers()
    )
    emit(rows, form, ("id", "title", "title_en", "theme", "kind", "features"))


@commands.command()
@click.argument("layer")
@formats("geojson")
def features(layer: str, form: str) -> None:
    """Write one layer as GeoJSON (RFC 7946: longitude, latitude)."""
    frame = open_built().features(layer)
    click.echo(frame.to_json(ensure_ascii=False, drop_id=True, show_bbox=False))


@commands.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@formats("jsonl", "table")
def projects(file: Path | None, form: str) -> None:
    """List the undertakings that the plan names, with their places, status, quantities and evidence.

    With a FILE those of another plan's text; offsets are into it as read.
    """
    opened = open_built()
    if file is not None:
        from atlas.own_plan import own_projects  # noqa: PLC0415  # only another plan needs its programs

        found = own_projects(read_text(file), file.name, opened.parser)
        records = [
            row.model_dump()
            | row.listing.model_dump()
            | shape._asdict()
            | {"geojson": shapely.to_geojson(shape.geometry) if shape.geometry else None, "geometry_note": shape.note}
            for row, shape in found
        ]
    else:
        records = [clean(one) for one in opened.projects().to_dict("records")]
    emit(map(_project, records), form, ("id", "name", "category", "status", "places", "provision"))


def _project(project: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": project["id"],
        "name": project["name"],
        "category": project["category"],
        "kind": project["kind"],
        "verb": project["verb"],
        "status": project["status"],
        "places": project["place_names"],
        "place_ids": project["places"],
        "site": project["site"],
        "geometry": json.loads(project["geojson"]) if project["geojson"] else None,
        "precision": project["precision"] or None,
        "geometry_note": project["geometry_note"],
        "quantities": project["quantities"],
        "year": None if project["year"] is None else int(project["year"]),
        "level": project["level"],
        "provision": project["provision"],
        "evidence": [project["start"], project["end"]],
        "box": project["box"],
        "also": project["also"],
        "certainty": project["certainty"],
    }


@commands.command()
@click.option(
    "--kind", type=click.Choice(["indicator", "commitment", "coverage", "extent", "achieved"]), help="Only this kind."
)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@formats("jsonl", "table")
def targets(file: Path | None, kind: str | None, form: str) -> None:
    """List the plan's quantified commitments: value, unit, year, direction, subject, place, evidence.

    With a FILE those of another plan's text; offsets are into it as read.
    """
    opened = open_built()
    if file is not None:
        from atlas.own_plan import own_targets  # noqa: PLC0415  # only another plan needs its programs

        records = [one.model_dump() for one in own_targets(read_text(file), file.name, opened.parser)]
    else:
        records = [clean(one) for one in opened.targets().to_dict("records")]
    # What the plan says has been reached already is no target; it is there when asked for.
    wanted = [one for one in records if (one["kind"] == kind if kind else one["kind"] != "achieved")]
    years = ("year", "baseline_year")  # a column of numbers with gaps is read as floats
    rows = (
        row
        | {"evidence": [row["start"], row["end"]]}
        | {year: None if row[year] is None else int(row[year]) for year in years}
        for row in wanted
    )
    emit(rows, form, ("id", "kind", "subject", "bound", "value", "high", "unit", "year", "provision"))
