"""Verbs that build, validate and serve the atlas."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from atlas.cli.frame import FOUND_PROBLEMS, OK, commands, emit, open_built
from atlas.errors import InputError


@commands.command()
def build() -> None:
    """Run all stages and write the atlas; an atlas that is there stays as it was if a stage fails."""
    from atlas.build import build as run_build  # noqa: PLC0415  # it loads every map library; other verbs must stay quick
    from atlas.manifest import Inputs  # noqa: PLC0415
    from atlas.paths import geodata, layer_definitions, store_file  # noqa: PLC0415

    counts = run_build(
        Inputs(geodata(), layer_definitions()), store_file(), lambda message: click.echo(message, err=True)
    )
    click.echo("the browser's files", err=True)
    publish_for_browser(store_file())
    click.echo(f"built {store_file()}", err=True)
    emit(({"table": name, "rows": rows} for name, rows in counts.items()), "table", ("table", "rows"))


def publish_for_browser(store: Path) -> None:
    """Write what the browser fetches, so that the first visitor need not wait for it."""
    from atlas.layers import catalogue  # noqa: PLC0415
    from atlas.store import Atlas  # noqa: PLC0415
    from atlas.webmap import BESIDE, PARTS, publish_once, read_basemap, write_page  # noqa: PLC0415

    atlas = Atlas(store)
    built = {layer.id for layer in atlas.layers()}
    folder = store.parent / "web"
    config = publish_once(atlas, store, folder, tuple(layer for layer in catalogue() if layer.id in built))
    atlas.close()
    write_page(folder / PARTS, f"{BESIDE}/{config}", read_basemap(os.environ))


@commands.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--no-browser", is_flag=True, help="Do not open a browser window.")
def serve(port: int, no_browser: bool) -> int:
    """Open the app on 127.0.0.1, building the atlas first if there is none or its sources have changed."""
    from atlas.manifest import Inputs, is_current  # noqa: PLC0415
    from atlas.paths import geodata, home, layer_definitions, store_file  # noqa: PLC0415
    from atlas.webmap import read_basemap  # noqa: PLC0415

    read_basemap(os.environ)  # a wrong setting is said here, before anything else
    if not is_current(store_file(), Inputs(geodata(), layer_definitions())):
        why = "texts, tables or code have changed" if store_file().is_file() else "no built atlas yet"
        click.echo(f"{why}: building it", err=True)
        commands.main(args=["build"], prog_name="atlas", standalone_mode=False)
    _refuse_busy_port(port)
    command = [
        sys.executable,
        "-m",
        "atlas.ui.serve",
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


@commands.command()
def check() -> int:
    """Validate the built atlas; exit status 1 if there is a defect."""
    defects = open_built().check()
    emit((defect.model_dump() for defect in defects), "table", ("rule", "subject", "message"))
    click.echo(f"{len(defects)} defects" if defects else "no defects", err=True)
    return FOUND_PROBLEMS if defects else OK
