"""What all verbs share: the group of commands, running it, and how rows are written."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from pydantic import ValidationError

import atlas
from atlas.errors import AtlasError, UnknownNameError

if TYPE_CHECKING:
    from click.decorators import FC

    from atlas.verbs import OpenAtlas

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
    except (AtlasError, ValidationError) as error:
        # What callers give is checked where it comes in: a record that does not fit is a row of an older build.
        old = "the built atlas does not fit this version of the program: run `atlas build`"
        _complain(str(error) if isinstance(error, AtlasError) else old)
        return BAD_CALL
    except BrokenPipeError:
        # The reader of our output went away (`atlas places | head`): nothing is wrong, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return status if isinstance(status, int) else OK


@contextmanager
def uncollected() -> Iterator[None]:
    """Do something short without garbage collection: walking over what libraries load is a sixth of a plate's time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


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


def formats(*choices: str) -> Callable[[FC], FC]:
    """Add the option `--format` with these choices, the first the default."""
    return click.option("--format", "form", type=click.Choice(choices), default=choices[0], show_default=True)


def as_json(value: Any) -> str:
    """Return a value as one line of JSON, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False)


def emit(rows: Iterable[Mapping[str, Any]], form: str, shown: tuple[str, ...]) -> None:
    """Write rows as JSON lines, or the `shown` columns as a tab-parted table for people."""
    if form == "jsonl":
        for row in rows:
            click.echo(as_json(row))
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


def clean(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of a frame with NaN as null and numpy scalars as Python's."""
    return {
        key: None if isinstance(value, float) and value != value else value.item() if hasattr(value, "item") else value  # noqa: PLR0124
        for key, value in record.items()
    }


def open_built() -> OpenAtlas:
    """Open the built atlas of this installation; say so where other code has built it."""
    from atlas.manifest import code_version  # noqa: PLC0415  # only verbs that read the atlas need it

    opened = atlas.open()
    if opened.built_by != code_version():
        click.echo("atlas: the built atlas is of another version of the program; to renew it: atlas build", err=True)
    return opened
