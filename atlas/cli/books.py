"""Verbs of the atlas as a text on paper: dossiers of places and the book of all plates."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from atlas.cli.frame import commands, open_built

if TYPE_CHECKING:
    from atlas.book.dossier import RegionWide
    from atlas.book.words import Language
    from atlas.plate.definition import Edition


@commands.command()
@click.argument("place")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="A .pdf, .docx or .md file.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option(
    "--region-wide",
    type=click.Choice(["full", "list", "none"]),
    default="full",
    show_default=True,
    help="Provisions that hold for the whole region: their text, their numbers only, or nothing.",
)
def dossier(place: str, output: Path, language: str, region_wide: str) -> None:
    """Write all that the texts say about a place: facts, map, projects, targets, governing provisions."""
    from atlas.book.write import write_dossier  # noqa: PLC0415  # loads matplotlib and the typesetter

    written = write_dossier(
        open_built(),
        place,
        output,
        language=cast("Language", language),
        region_wide=cast("RegionWide", region_wide),
    )
    click.echo(f"wrote {written}", err=True)


@commands.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="A .pdf file.")
@click.option("--edition", type=click.Choice(["working", "public"]), default="working", show_default=True)
def book(output: Path, edition: str) -> None:
    """Set the whole atlas as a book: every plate facing its articles, tables, the border units, an index."""
    from atlas.book.book import write_book  # noqa: PLC0415  # loads matplotlib and the typesetter

    bar = click.progressbar(length=1, label="atlas book", file=sys.stderr, show_pos=True)

    def say(done: int, length: int) -> None:
        if not sys.stderr.isatty():
            click.echo(f"drawing {done} of {length}", err=True)  # a log has lines, not a bar
            return
        bar.length = length
        bar.update(done - bar.pos)

    with bar:
        written = write_book(open_built(), output, edition=cast("Edition", edition), progress=say)
    click.echo(f"wrote {written}", err=True)
