"""The command line: one command a verb (DESIGN §4).

Data go to standard output, progress and messages to standard error. Exit status 0; 1 where `check` found problems;
2 for a bad call or bad input, with one line that names the value, the choices and the next step.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

import atlas
from atlas.corpus import provisions_csv
from atlas.corpus.intake import read_text
from atlas.errors import AtlasError, InputError, UnknownNameError

if TYPE_CHECKING:
    from click.decorators import FC

    from atlas.models import Mention
    from atlas.plate.definition import Edition, Language
    from atlas.search import Hit
    from atlas.store import Atlas

OK, FOUND_PROBLEMS, BAD_CALL = 0, 1, 2


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status; never a traceback for what a caller did."""
    try:
        status = commands.main(args=arguments, prog_name="atlas", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else error.format_message(), err=True)
        return BAD_CALL
    except click.exceptions.Abort:
        click.echo("atlas: stopped", err=True)
        return BAD_CALL
    except click.ClickException as error:
        where = f"; see: {error.ctx.command_path} --help" if isinstance(error, click.UsageError) and error.ctx else ""
        _complain(f"{error.format_message().rstrip('.')}{where}")
        return BAD_CALL
    except AtlasError as error:
        _complain(str(error))
        return BAD_CALL
    except BrokenPipeError:
        # The reader of our output went away (`atlas places | head`): nothing is wrong, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return status if isinstance(status, int) else OK


def _complain(message: str) -> None:
    click.echo("atlas: " + " ".join(message.split()), err=True)


class _Commands(click.Group):
    """A group whose unknown command names the nearest ones."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise UnknownNameError("command", args[0], self.list_commands(ctx), "see: atlas --help")
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="beijiang-atlas", prog_name="atlas")
def commands() -> None:
    """北疆图集 — what the regulations and the plan of Inner Mongolia say, where they say it."""


def _format(*choices: str) -> Callable[[FC], FC]:
    return click.option("--format", "form", type=click.Choice(choices), default=choices[0], show_default=True)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _emit(rows: Iterable[Mapping[str, Any]], form: str, shown: tuple[str, ...]) -> None:
    """Write rows as JSON lines, or the `shown` columns as a tab-parted table for people."""
    if form == "jsonl":
        for row in rows:
            click.echo(_json(row))
        return
    click.echo("\t".join(shown))
    for row in rows:
        click.echo("\t".join(_cell(row[name]) for name in shown))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "|".join(map(str, value))
    return " ".join(str(value).split())


def _clean(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of a frame with NaN as null and numpy scalars as Python's."""
    return {
        key: None if isinstance(value, float) and value != value else value.item() if hasattr(value, "item") else value  # noqa: PLR0124
        for key, value in record.items()
    }


# -- building and serving ----------------------------------------------------------------------------------------------


@commands.command()
def build() -> None:
    """Run all stages and write the atlas; an atlas that is there stays as it was if a stage fails."""
    from atlas.build import Inputs  # noqa: PLC0415  # the build loads every map library; other verbs must stay quick
    from atlas.build import build as run_build  # noqa: PLC0415
    from atlas.paths import geodata, layer_definitions, store_file  # noqa: PLC0415

    counts = run_build(
        Inputs(geodata(), layer_definitions()), store_file(), lambda message: click.echo(message, err=True)
    )
    click.echo(f"built {store_file()}", err=True)
    _emit(({"table": name, "rows": rows} for name, rows in counts.items()), "table", ("table", "rows"))


@commands.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--no-browser", is_flag=True, help="Do not open a browser window.")
def serve(port: int, no_browser: bool) -> int:
    """Open the app on 127.0.0.1, building the atlas first if there is none."""
    from atlas.paths import home, store_file  # noqa: PLC0415

    if not store_file().is_file():
        click.echo("no built atlas yet: building it", err=True)
        commands.main(args=["build"], prog_name="atlas", standalone_mode=False)
    _refuse_busy_port(port)
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(home() / "app.py"),
        "--server.address=127.0.0.1",
        f"--server.port={port}",
        f"--server.headless={str(no_browser).lower()}",
        "--server.showEmailPrompt=false",  # else the first start on a machine waits for an address
        "--browser.gatherUsageStats=false",
        "--server.fileWatcherType=none",
    ]
    click.echo(f"北疆图集 http://127.0.0.1:{port}  (stop with Ctrl-C)", err=True)
    try:
        # Streamlit reads .streamlit/config.toml from the working directory: the look of the app lives there.
        return subprocess.run(command, cwd=home(), check=False).returncode
    except KeyboardInterrupt:
        return OK


def _refuse_busy_port(port: int) -> None:
    import socket  # noqa: PLC0415

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise InputError(f"port {port} is in use: choose another, for instance --port {port + 1}") from error


# -- texts -------------------------------------------------------------------------------------------------------------


@commands.command()
@click.option("--document", help="Only this document: model, ecology, …, plan.")
@_format("jsonl", "table", "csv", "akn")
def provisions(document: str | None, form: str) -> None:
    """List the provisions with their offsets in the witness; `akn` writes one document as Akoma Ntoso XML."""
    opened = _open()
    table = opened.provisions(document)
    if form == "akn":
        if document is None:
            raise InputError("format 'akn' writes one document: name it, for instance --document border")
        click.echo(opened.akoma_ntoso(document), nl=False)
        return
    if form == "csv":
        wanted_ids = set(table["id"])
        click.echo(provisions_csv(one for one in opened.corpus.provisions if one.id in wanted_ids), nl=False)
        return
    wanted = ["id", "document", "kind", "number", "title", "path", "text", "witness", "start", "end", "restored"]
    rows = (_clean(row) | {"restored": bool(row["restored"])} for row in table[wanted].to_dict("records"))
    _emit(rows, form, ("id", "kind", "number", "title", "start", "end"))


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
    click.echo(json.dumps(_open().cite(address), ensure_ascii=False, indent=1))


@commands.command()
@_format("jsonl", "table")
def indicators(form: str) -> None:
    """List the plan's main indicators (box 1) with their values of 2020 and 2025."""
    rows = (_clean(row) for row in _open().indicators().to_dict("records"))
    _emit(rows, form, ("number", "category", "name", "unit", "value_2020", "value_2025", "change", "attribute"))


@commands.command()
@click.argument("kind", type=click.Choice(["variants", "suspicions", "emendations", "edits"]))
@_format("jsonl", "table")
def apparatus(kind: str, form: str) -> None:
    """Say how the text was established: variants of witnesses, suspected losses, emendations, edits of restoration."""
    table = _open().apparatus(kind)
    _emit((_clean(row) for row in table.to_dict("records")), form, tuple(table.columns))


@commands.command()
@click.argument("file", type=click.Path(path_type=Path))
@_format("jsonl", "table")
def geoparse(file: Path, form: str) -> None:
    """Find the places that any Chinese text names; offsets are into the file as read."""
    opened = _open()
    text = read_text(file)
    places = opened.gazetteer.places
    groups = opened.gazetteer.groups

    def row(mention: Mention) -> dict[str, Any]:
        place = places.get(mention.place) if mention.place else None
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

    _emit(
        (row(mention) for mention in opened.geoparse(text)),
        form,
        ("start", "end", "surface", "place", "name", "certainty"),
    )


@commands.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--document", "documents", multiple=True, help="Only this document; may be repeated.")
@click.option("--place", help="Only provisions that govern this place.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@_format("jsonl", "table")
def find(words: tuple[str, ...], documents: tuple[str, ...], place: str | None, limit: int, form: str) -> None:
    """Search provisions and places: words, "phrases", AND, OR, NOT, -word, brackets."""
    opened = _open()
    hits = opened.search(" ".join(words), documents=documents or None, place=place, limit=limit)

    def row(hit: Hit) -> dict[str, Any]:
        found = hit.model_dump(mode="json")
        if hit.kind == "provision":
            provision = opened.provision(hit.id)
            found["citation"] = opened.citation(hit.id)
            found["evidence"] = [provision.witness_span(start, end) for start, end in hit.matches]
        return found

    _emit((row(hit) for hit in hits), form, ("id", "kind", "number", "title", "found_in", "snippet"))
    if not hits:
        click.echo("no hits", err=True)


# -- places and what governs them --------------------------------------------------------------------------------------


@commands.command()
@_format("jsonl", "table")
def places(form: str) -> None:
    """List the gazetteer."""
    rows = (_clean(row) for row in _open().places().to_dict("records"))
    _emit(rows, form, ("id", "name", "name_en", "type", "adcode", "lon", "lat", "precision"))


@commands.command()
@click.argument("place")
@_format("json", "jsonl", "table")
def governing(place: str, form: str) -> None:
    """Say which provisions govern a place, and why: a relation found in the text, not a legal conclusion."""
    _governing(_open().place(place).id, form)


@commands.command()
@click.argument("lon", type=float)
@click.argument("lat", type=float)
@_format("json", "jsonl", "table")
def at(lon: float, lat: float, form: str) -> None:
    """Say which provisions govern a point (degrees east, degrees north)."""
    _governing(_open().at(lon, lat).id, form)


@commands.command("reach")
@click.argument("provision")
@_format("jsonl", "table", "geojson")
def places_reached(provision: str, form: str) -> None:
    """Say which places a provision governs, on which basis: a relation found in the text, not a legal conclusion."""
    opened = _open()
    reached = opened.reached(provision)
    names = {key: place.name for key, place in opened.gazetteer.places.items()}
    facts = {one.place: one._asdict() | {"basis": one.basis.value, "name": names.get(one.place, "")} for one in reached}
    if form == "geojson":
        frame = opened.shapes_of([one.place for one in reached])
        for column in ("basis", "via", "certainty"):
            frame[column] = [facts[place][column] for place in frame["place"]]
        click.echo(frame.to_json(ensure_ascii=False, drop_id=True))
        return
    _emit(facts.values(), form, ("place", "name", "basis", "via", "certainty"))


# A negative number is a coordinate, and a word with a minus before it is one to leave out: neither is an option.
at.context_settings["ignore_unknown_options"] = True
find.context_settings["ignore_unknown_options"] = True


def _governing(place_id: str, form: str) -> None:
    opened = _open()
    place = opened.place(place_id)
    records = [record.model_dump(mode="json") for record in opened.governing(place_id)]
    if form == "json":
        shown = {"id": place.id, "name": place.name, "type": place.type}
        click.echo(json.dumps({"place": shown, "provisions": records}, ensure_ascii=False, indent=1))
    else:
        _emit(records, form, ("id", "basis", "certainty", "why", "quotation"))


@commands.command()
@_format("jsonl", "table", "counts")
def ledger(form: str) -> None:
    """List every mention in the documents: placed, ambiguous, or unplaceable with the reason."""
    table = _open().ledger()
    if form == "counts":
        counts = table.groupby(["document", "status"]).size().reset_index(name="mentions")
        _emit((_clean(row) for row in counts.to_dict("records")), "table", ("document", "status", "mentions"))
        return
    rows = (_clean(row) for row in table.to_dict("records"))
    _emit(rows, form, ("provision", "surface", "status", "place", "certainty", "reason"))


# -- layers ------------------------------------------------------------------------------------------------------------


@commands.command()
@_format("jsonl", "table")
def layers(form: str) -> None:
    """List the catalogue of layers."""
    opened = _open()
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
    _emit(rows, form, ("id", "title", "title_en", "theme", "kind", "features"))


@commands.command()
@click.argument("layer")
@_format("geojson")
def features(layer: str, form: str) -> None:
    """Write one layer as GeoJSON (RFC 7946: longitude, latitude)."""
    frame = _open().features(layer)
    click.echo(frame.to_json(ensure_ascii=False, drop_id=True, show_bbox=False))


@commands.command()
@_format("jsonl", "table")
def projects(form: str) -> None:
    """List the undertakings that the plan names, with their places, status, quantities and evidence."""
    opened = _open()
    drawn = {f"railways/{key}" for key in opened.features("railways")["place"]}

    def row(project: dict[str, Any]) -> dict[str, Any]:
        geometry = f"railways/{project['id']}"
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
            "geometry": geometry if geometry in drawn else None,
            "quantities": project["quantities"],
            "year": None if project["year"] is None else int(project["year"]),
            "level": project["level"],
            "provision": project["provision"],
            "evidence": [project["start"], project["end"]],
            "box": project["box"].split("/")[-1].removeprefix("box-"),
            "also": project["also"],
            "certainty": project["certainty"],
        }

    rows = (row(_clean(one)) for one in opened.projects().to_dict("records"))
    _emit(rows, form, ("id", "name", "category", "status", "places", "provision"))


@commands.command()
@click.option("--kind", type=click.Choice(["indicator", "commitment", "extent", "achieved"]), help="Only this kind.")
@_format("jsonl", "table")
def targets(kind: str | None, form: str) -> None:
    """List the plan's quantified commitments: value, unit, year, direction, subject, place, evidence."""
    table = _open().targets()
    # What the plan says has been reached already is no target; it is there when asked for.
    table = table[table["kind"] == kind] if kind else table[table["kind"] != "achieved"]
    rows = (_clean(row) | {"evidence": [row["start"], row["end"]]} for row in table.to_dict("records"))
    _emit(rows, form, ("id", "kind", "subject", "bound", "value", "high", "unit", "year", "provision"))


# -- print and check ---------------------------------------------------------------------------------------------------


@commands.command()
@click.argument("plate")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="A .pdf, .svg or .png file.")
@click.option("--language", type=click.Choice(["zh", "en", "both"]), default="zh", show_default=True)
@click.option("--edition", type=click.Choice(["working", "public"]), default="working", show_default=True)
def plate(plate: str, output: Path, language: str, edition: str) -> None:
    """Draw a printed map."""
    from atlas import plates  # noqa: PLC0415  # matplotlib takes a second to load

    written = plates.draw(_open(), plate, output, language=cast("Language", language), edition=cast("Edition", edition))
    click.echo(f"wrote {written}", err=True)


@commands.command()
def check() -> int:
    """Validate the built atlas; exit status 1 if there is a defect."""
    defects = _open().check()
    _emit((defect.model_dump() for defect in defects), "table", ("rule", "subject", "message"))
    click.echo(f"{len(defects)} defects" if defects else "no defects", err=True)
    return FOUND_PROBLEMS if defects else OK


def _open() -> Atlas:
    return atlas.open()
