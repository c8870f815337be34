"""Verbs of the layers and registers: layers, features, projects, targets."""

from __future__ import annotations

import json
from typing import Any

import click

from atlas.cli.frame import clean, commands, emit, formats, open_built


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
@formats("jsonl", "table")
def projects(form: str) -> None:
    """List the undertakings that the plan names, with their places, status, quantities and evidence."""
    opened = open_built()

    def row(project: dict[str, Any]) -> dict[str, Any]:
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

    rows = (row(clean(one)) for one in opened.projects().to_dict("records"))
    emit(rows, form, ("id", "name", "category", "status", "places", "provision"))


@commands.command()
@click.option(
    "--kind", type=click.Choice(["indicator", "commitment", "coverage", "extent", "achieved"]), help="Only this kind."
)
@formats("jsonl", "table")
def targets(kind: str | None, form: str) -> None:
    """List the plan's quantified commitments: value, unit, year, direction, subject, place, evidence."""
    table = open_built().targets()
    # What the plan says has been reached already is no target; it is there when asked for.
    table = table[table["kind"] == kind] if kind else table[table["kind"] != "achieved"]
    years = ("year", "baseline_year")  # a column of numbers with gaps is read as floats
    rows = (
        row
        | {"evidence": [row["start"], row["end"]]}
        | {year: None if row[year] is None else int(row[year]) for year in years}
        for row in map(clean, table.to_dict("records"))
    )
    emit(rows, form, ("id", "kind", "subject", "bound", "value", "high", "unit", "year", "provision"))
