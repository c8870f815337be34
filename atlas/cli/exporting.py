"""The verb of exchange: layers and tables as files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from atlas.cli.frame import commands, open_built

if TYPE_CHECKING:
    from atlas.exchange import Edition


class _Names(click.ParamType[list[str]]):
    """Names parted by commas, Chinese ones too."""

    name = "names"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> list[str]:
        """Return the names of one option."""
        return [name for part in value.replace("，", ",").replace("、", ",").split(",") if (name := part.strip())]


def _flat(values: tuple[list[str], ...]) -> tuple[str, ...]:
    return tuple(name for part in values for name in part)


NAMES = _Names()


@commands.command("export")
@click.option("--layers", type=NAMES, multiple=True, metavar="L,…", help="Layer ids; see: atlas layers.")
@click.option("--theme", type=NAMES, multiple=True, metavar="T,…", help="All layers of a theme: water, corridors …")
@click.option(
    "--tables", type=NAMES, multiple=True, metavar="T,…", help="projects, targets, places, ledger, provisions."
)
@click.option(
    "--region", type=NAMES, multiple=True, metavar="R,…", help="Leagues, banners or groups of them, by name or code."
)
@click.option("--class", "classes", type=NAMES, multiple=True, metavar="C,…", help="Units of a class: border …")
@click.option("--part", type=NAMES, multiple=True, metavar="P,…", help="Parts of the region: east, 呼包鄂 …")
@click.option("--document", type=NAMES, multiple=True, metavar="D,…", help="What these documents say: border, plan …")
@click.option("--basis", type=NAMES, multiple=True, metavar="B,…", help="Why: named, group, feature, class, region.")
@click.option("--category", type=NAMES, multiple=True, metavar="C,…", help="Of projects: railway, water …")
@click.option("--status", type=NAMES, multiple=True, metavar="S,…", help="Of projects: build, advance …")
@click.option("--year", type=int, multiple=True, help="Target year of projects and targets; repeatable.")
@click.option("--precision", type=NAMES, multiple=True, metavar="P,…", help="boundary, mapped, digitised, site …")
@click.option("--edition", type=click.Choice(["working", "public"]), default="working", show_default=True)
@click.option(
    "--crs", default="EPSG:4490", show_default=True, help="EPSG:4490, 4326, 4520–4530 or 4541–4551 (Gauss–Krüger)."
)
@click.option("--encoding", type=click.Choice(["UTF-8", "GBK"]), default="UTF-8", show_default=True, help="Shapefile.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="A .gpkg, .geojson, .kml, .kmz, .zip (Shapefile), .parquet, .xlsx, .csv or .html file (an offline map).",
)
def export_data(
    layers: tuple[list[str], ...],
    theme: tuple[list[str], ...],
    tables: tuple[list[str], ...],
    region: tuple[list[str], ...],
    classes: tuple[list[str], ...],
    part: tuple[list[str], ...],
    document: tuple[list[str], ...],
    basis: tuple[list[str], ...],
    category: tuple[list[str], ...],
    status: tuple[list[str], ...],
    year: tuple[int, ...],
    precision: tuple[list[str], ...],
    edition: str,
    crs: str,
    encoding: str,
    output: Path,
) -> None:
    """Write layers and tables for other programs; the file's ending is the format."""
    written = open_built().export(
        output,
        layers=_flat(layers),
        themes=_flat(theme),
        tables=_flat(tables),
        regions=_flat(region),
        classes=_flat(classes),
        parts=_flat(part),
        documents=_flat(document),
        bases=_flat(basis),
        categories=_flat(category),
        statuses=_flat(status),
        years=year,
        precisions=_flat(precision),
        edition=cast("Edition", edition),
        crs=crs,
        encoding=encoding,
    )
    for line in (*written.notes, *(f"left out: {line}" for line in written.left_out)):
        click.echo(line, err=True)
    counts = {**written.features, **written.tables}
    click.echo(f"wrote {written.path}: " + ", ".join(f"{name} {rows}" for name, rows in counts.items()), err=True)
