"""Verbs of analysis: the matrix of units, co-location, rasters and zonal statistics."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from atlas.cli.frame import clean, commands, emit, formats, open_built
from atlas.models import Basis

if TYPE_CHECKING:
    from atlas.analysis.matrix import By, Level, What


@commands.group()
def raster() -> None:
    """Rasters of the atlas, and statistics of your own by unit or zone."""


@raster.command("list")
@formats("table", "jsonl")
def list_rasters(form: str) -> None:
    """List the rasters that can be built."""
    from atlas.analysis.rasters import KINDS  # noqa: PLC0415  # loads rasterio

    rows = (
        {"id": key, "title": kind.title.zh, "title_en": kind.title.en, "unit": kind.unit, "method": kind.method}
        for key, kind in KINDS.items()
    )
    emit(rows, form, ("id", "title", "title_en", "unit", "method"))


@raster.command("build")
@click.argument("name")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="A .tif file.")
def build_raster(name: str, output: Path) -> None:
    """Compute a raster and write it as a cloud-optimised GeoTIFF (2 km cells, equal-area), with a QGIS style."""
    from atlas.analysis.cog import write_cog  # noqa: PLC0415
    from atlas.analysis.rasters import make_raster  # noqa: PLC0415

    opened = open_built()
    written = write_cog(make_raster(opened, name), opened, output)
    click.echo(f"wrote {written}", err=True)


@raster.command("stats")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--zones", default="banners", show_default=True, help="A layer of areas: banners, leagues, deserts …")
@click.option(
    "--stat", "statistics", multiple=True, help="mean, sum, count, min, max, stdev, median, majority, coverage."
)
@click.option("--band", type=click.IntRange(1), default=1, show_default=True)
@formats("table", "jsonl")
def zonal(file: Path, zones: str, statistics: tuple[str, ...], band: int, form: str) -> None:
    """Give statistics of your own GeoTIFF by unit or zone; cells that a zone covers in part count in part."""
    from atlas.analysis.zonal import DEFAULT  # noqa: PLC0415
    from atlas.intake import raster_statistics  # noqa: PLC0415

    table = raster_statistics(open_built(), file, zones, statistics or DEFAULT, band)
    emit((clean(row) for row in table.to_dict("records")), form, tuple(table.columns))


@commands.command("matrix")
@click.option(
    "--by", type=click.Choice(["document", "theme", "basis", "category"]), default="document", show_default=True
)
@click.option(
    "--what", type=click.Choice(["provisions", "projects", "targets"]), default="provisions", show_default=True
)
@click.option("--level", type=click.Choice(["county", "league"]), default="county", show_default=True)
@click.option("--region-wide", is_flag=True, help="Count what holds for the whole region, too.")
@formats("table", "jsonl", "csv")
def count_units(by: str, what: str, level: str, region_wide: bool, form: str) -> None:
    """Count the provisions, projects or targets that touch each unit, by document, subject, basis or category."""
    from atlas.analysis.matrix import matrix  # noqa: PLC0415

    bases = [basis for basis in Basis if region_wide or basis is not Basis.REGION]
    table = matrix(open_built(), cast("By", by), cast("What", what), level=cast("Level", level), bases=bases)
    if form == "csv":
        click.echo(table.to_csv(index=False, lineterminator="\n"), nl=False)
        return
    emit((clean(row) for row in table.to_dict("records")), form, tuple(table.columns))


@commands.command("colocation")
@click.option("--unit", help="Only undertakings that stand in this unit.")
@click.option("--zones", "layers", multiple=True, help="Only zones of this layer; may be repeated.")
@formats("table", "jsonl")
def where_both(unit: str | None, layers: tuple[str, ...], form: str) -> None:
    """List the plan's undertakings that lie in or cross an ecological zone, with the words of both: no conclusion."""
    from atlas.analysis.colocation import colocation  # noqa: PLC0415

    table = colocation(open_built(), layers or None, unit)
    shown = ("project_name", "place_name", "zone_name", "relation", "share", "precision", "zone_provision")
    emit((clean(row) for row in table.to_dict("records")), form, shown)
