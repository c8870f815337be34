"""Verbs of the places: geoparser, gazetteer, ledger, and what governs what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from atlas.cli.frame import clean, commands, emit, formats, open_built
from atlas.corpus.intake import read_text

if TYPE_CHECKING:
    from atlas.models import Mention


@commands.command()
@click.argument("file", type=click.Path(path_type=Path))
@formats("jsonl", "table")
def geoparse(file: Path, form: str) -> None:
    """Find the places that any Chinese text names; offsets are into the file as read."""
    opened = open_built()
    text = read_text(file)
    places = opened.gazetteer.places
    groups = opened.gazetteer.groups

    def row(mention: Mention) -> dict[str, Any]:
        place = opened.gazetteer.place(mention.place) if mention.place else None
        group = groups.get(mention.place) if mention.place else None
        return {
            "start": mention.start,
            "end": mention.end,
            "surface": mention.surface,
            "place": mention.place,
            "name": place.name if place else group.name if group else None,
            "type": place.type if place else "group" if group else None,
            "adcode": place.adcode if place else None,
            "lon": place.lon if place else None,
            "lat": place.lat if place else None,
            "precision": place.precision.value if place and place.precision else None,
            "members": [places[member].name for member in group.members] if group else [],
            "certainty": mention.certainty,
            "candidates": list(mention.candidates),
            "reason": mention.reason,
        }

    emit(
        (row(mention) for mention in opened.geoparse(text)),
        form,
        ("start", "end", "surface", "place", "name", "certainty"),
    )


@commands.command()
@formats("jsonl", "table")
def places(form: str) -> None:
    """List the gazetteer."""
    rows = (clean(row) for row in open_built().places().to_dict("records"))
    emit(rows, form, ("id", "name", "name_en", "type", "adcode", "lon", "lat", "precision"))


@commands.command()
@click.argument("place")
@formats("json", "jsonl", "table")
def governing(place: str, form: str) -> None:
    """Say which provisions govern a place, and why: a relation found in the text, not a legal conclusion."""
    _governing(open_built().place(place).id, form)


@commands.command()
@click.argument("lon", type=float)
@click.argument("lat", type=float)
@formats("json", "jsonl", "table")
def at(lon: float, lat: float, form: str) -> None:
    """Say which provisions govern a point (degrees east, degrees north)."""
    _governing(open_built().at(lon, lat).id, form)


@commands.command("reach")
@click.argument("provision")
@formats("jsonl", "table", "geojson")
def places_reached(provision: str, form: str) -> None:
    """Say which places a provision governs, on which basis: a relation found in the text, not a legal conclusion."""
    opened = open_built()
    reached = opened.reached(provision)
    names = {key: place.name for key, place in opened.gazetteer.places.items()}
    facts = {one.place: one._asdict() | {"basis": one.basis.value, "name": names.get(one.place, "")} for one in reached}
    if form == "geojson":
        frame = opened.shapes_of([one.place for one in reached])
        for column in ("basis", "via", "certainty"):
            frame[column] = [facts[place][column] for place in frame["place"]]
        click.echo(frame.to_json(ensure_ascii=False, drop_id=True))
        return
    emit(facts.values(), form, ("place", "name", "basis", "via", "certainty"))


# A negative number is a coordinate, not an option.
at.context_settings["ignore_unknown_options"] = True


def _governing(place_id: str, form: str) -> None:
    opened = open_built()
    place = opened.place(place_id)
    records = [record.model_dump(mode="json") for record in opened.governing(place_id)]
    if form == "json":
        shown = {"id": place.id, "name": place.name, "type": place.type}
        click.echo(json.dumps({"place": shown, "provisions": records}, ensure_ascii=False, indent=1))
    else:
        emit(records, form, ("id", "basis", "certainty", "why", "quotation"))


@commands.command()
@formats("jsonl", "csv", "table", "counts")
def ledger(form: str) -> None:
    """List every mention in the documents: placed, ambiguous, or unplaceable with the reason."""
    table = open_built().ledger()
    if form == "counts":
        counts = table.groupby(["document", "status"]).size().reset_index(name="mentions")
        emit((clean(row) for row in counts.to_dict("records")), "table", ("document", "status", "mentions"))
        return
    if form == "csv":
        flat = table.assign(candidates=["|".join(candidates) for candidates in table["candidates"]])
        click.echo(flat.to_csv(index=False, lineterminator="\n"), nl=False)
        return
    rows = (clean(row) for row in table.to_dict("records"))
    emit(rows, form, ("provision", "surface", "status", "place", "certainty", "reason"))
