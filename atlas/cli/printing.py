"""Verbs of print: plates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from atlas.cli.frame import commands, open_built

if TYPE_CHECKING:
    from atlas.plate.definition import Edition, Language


@commands.command()
@click.argument("plate")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="A .pdf, .svg or .png file.")
@click.option("--language", type=click.Choice(["zh", "en", "both"]), default="zh", show_default=True)
@click.option("--edition", type=click.Choice(["working", "public"]), default="working", show_default=True)
def plate(plate: str, output: Path, language: str, edition: str) -> None:
    """Draw a printed map."""
    from atlas import plates  # noqa: PLC0415  # matplotlib takes a second to load

    written = plates.draw(
        open_built(), plate, output, language=cast("Language", language), edition=cast("Edition", edition)
    )
    click.echo(f"wrote {written}", err=True)
