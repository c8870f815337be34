"""Verbs of print: plates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from atlas.cli.frame import commands, open_built, uncollected
from atlas.errors import InputError

if TYPE_CHECKING:
    from atlas.plate.definition import Edition, Language, Orientation, PaperSize, Plate
    from atlas.plate.output import Georeference


@commands.command()
@click.argument("plate", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="A .pdf, .svg, .png or .tif file.")
@click.option("--language", type=click.Choice(["zh", "en", "both"]), default="zh", show_default=True)
@click.option("--edition", type=click.Choice(["working", "public"]), default="working", show_default=True)
@click.option("--paper", help="A2, A3, A4, slide (16:9), double (175 mm) or column (85 mm).")
@click.option("--orientation", type=click.Choice(["landscape", "portrait"]), help="Of the paper.")
@click.option("--dpi", type=int, default=300, show_default=True, help="Of a .png or .tif file.")
@click.option(
    "--georeference",
    type=click.Choice(["none", "world", "geotiff"]),
    default="none",
    show_default=True,
    help="A world file and .prj beside a picture, or a GeoTIFF.",
)
@click.option("--layers", help="Instead of PLATE: layers to show, as a,b.")
@click.option("--region", multiple=True, help="Instead of PLATE: what the sheet is about; name or code, repeatable.")
@click.option("--class", "classes", multiple=True, help="Instead of PLATE: units of a class, as border; repeatable.")
@click.option("--title", help="Of a plate of your own selection.")
@click.option("--relief", is_flag=True, help="Shaded relief under a plate of your own selection.")
@uncollected()
def plate(
    plate: str | None,
    output: Path,
    language: str,
    edition: str,
    paper: str | None,
    orientation: str | None,
    dpi: int,
    georeference: str,
    layers: str | None,
    region: tuple[str, ...],
    classes: tuple[str, ...],
    title: str | None,
    relief: bool,
) -> None:
    """Draw a printed map: a designed PLATE, or one of the layers and region that you name."""
    from atlas import plates  # noqa: PLC0415  # matplotlib takes a second to load
    from atlas.layers import Bilingual  # noqa: PLC0415
    from atlas.selection import Selection  # noqa: PLC0415

    own = bool(layers or region or classes)
    if own == bool(plate):
        raise InputError(
            "name either a designed plate or a selection: atlas plate border -o border.pdf, or "
            "atlas plate --layers railways,ports --region 额济纳旗 -o map.pdf"
        )
    if not own and (title or relief):
        raise InputError("--title and --relief are for a selection (--layers, --region, --class), not a designed plate")
    atlas = open_built()
    wanted: str | Plate
    if plate:
        wanted = plate
    else:
        names = tuple(name.strip() for name in (layers or "").split(",") if name.strip())
        wanted = plates.choose(
            atlas,
            Selection(layers=names),
            about=Selection(regions=region, classes=classes),
            title=Bilingual(zh=title, en=title) if title else None,
            paper=cast("PaperSize", paper or "A3"),
            orientation=cast("Orientation | None", orientation),
            relief=relief,
        )
    written = plates.draw(
        atlas,
        wanted,
        output,
        language=cast("Language", language),
        edition=cast("Edition", edition),
        paper=cast("PaperSize | None", paper) if plate else None,
        orientation=cast("Orientation | None", orientation) if plate else None,
        dpi=dpi,
        georeferenced=cast("Georeference", georeference),
    )
    click.echo(f"wrote {written}", err=True)
