"""Verbs of the texts: provisions, restoration, citing, search."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from atlas.cli.frame import clean, commands, emit, formats, open_built
from atlas.corpus import provisions_csv
from atlas.corpus.intake import parse_text, read_text
from atlas.errors import InputError
from atlas.models import Provision

if TYPE_CHECKING:
    from atlas.search import Hit


_PROVISION = ("id", "document", "kind", "number", "title", "path", "text", "witness", "start", "end", "restored")


@commands.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--document", help="Only this document: model, ecology, …, plan.")
@formats("jsonl", "table", "csv", "akn")
def provisions(file: Path | None, document: str | None, form: str) -> None:
    """List the provisions with their offsets in the witness, or those of a FILE of your own.

    `akn` writes one document as Akoma Ntoso XML.
    """
    if file is not None:
        if document is not None or form == "akn":
            raise InputError(f"{file}: a file of your own has no --document and no format 'akn'; leave them out")
        _list(_own(file), form)
        return
    opened = open_built()
    table = opened.provisions(document)
    if form == "akn":
        if document is None:
            raise InputError("format 'akn' writes one document: name it, for instance --document border")
        click.echo(opened.akoma_ntoso(document), nl=False)
        return
    if form == "csv":
        wanted_ids = set(table["id"])
        _list([one for one in opened.corpus.provisions if one.id in wanted_ids], form)
        return
    rows = (clean(row) | {"restored": bool(row["restored"])} for row in table[list(_PROVISION)].to_dict("records"))
    emit(rows, form, ("id", "kind", "number", "title", "start", "end"))


def _own(file: Path) -> tuple[Provision, ...]:
    """Return the provisions of a file that is not one of the atlas's."""
    from atlas.corpus.restore import restore  # noqa: PLC0415  # its statistics take a moment to load

    return parse_text(read_text(file), file.name, restore=restore).provisions


def _list(found: Sequence[Provision], form: str) -> None:
    if form == "csv":
        click.echo(provisions_csv(found), nl=False)
        return
    rows = (one.model_dump(include=set(_PROVISION)) for one in found)
    emit(
        ({name: row[name] for name in _PROVISION} for row in rows),
        form,
        ("id", "kind", "number", "title", "start", "end"),
    )


@commands.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
def put_back(file: Path) -> None:
    """Put displaced digits, letters and marks of a PDF's text back: JSON with text, origin and edits."""
    from atlas.corpus.restore import restored_json  # noqa: PLC0415  # its statistics take a moment to load

    click.echo(restored_json(read_text(file)))


@commands.command()
@click.argument("address")
def cite(address: str) -> None:
    """Cite a provision (border/2) or a span of it (border/2#12-18): JSON with citation, text, raw text, neighbours."""
    click.echo(json.dumps(open_built().cite(address), ensure_ascii=False, indent=1))


@commands.command()
@formats("jsonl", "table")
def indicators(form: str) -> None:
    """List the plan's main indicators (box 1) with their values of 2020 and 2025."""
    rows = (clean(row) for row in open_built().indicators().to_dict("records"))
    emit(rows, form, ("number", "category", "name", "unit", "value_2020", "value_2025", "change", "attribute"))


@commands.command()
@click.argument("kind", type=click.Choice(["variants", "suspicions", "emendations", "edits", "headings", "segments"]))
@formats("jsonl", "table")
def apparatus(kind: str, form: str) -> None:
    """Say how the text was established: variants, suspected losses, emendations, edits, headings, segments."""
    table = open_built().apparatus(kind)
    emit((clean(row) for row in table.to_dict("records")), form, tuple(table.columns))


@commands.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--document", "documents", multiple=True, help="Only this document; may be repeated.")
@click.option("--place", help="Only provisions that govern this place.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@formats("jsonl", "table")
def find(words: tuple[str, ...], documents: tuple[str, ...], place: str | None, limit: int, form: str) -> None:
    """Search provisions and places: words, "phrases", AND, OR, NOT, -word, brackets."""
    opened = open_built()
    hits = opened.search(" ".join(words), documents=documents or None, place=place, limit=limit)

    def row(hit: Hit) -> dict[str, Any]:
        found = hit.model_dump(mode="json")
        if hit.kind == "provision":
            provision = opened.provision(hit.id)
            found["citation"] = opened.citation(hit.id)
            found["evidence"] = [provision.witness_span(start, end) for start, end in hit.matches]
        return found

    emit((row(hit) for hit in hits), form, ("id", "kind", "number", "title", "found_in", "snippet"))
    if not hits:
        click.echo("no hits", err=True)


# A word with a minus before it is one to leave out, not an option.
find.context_settings["ignore_unknown_options"] = True
