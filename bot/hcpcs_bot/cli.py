"""The command line ``hcpcs``; its commands are in ``commands/``."""

from __future__ import annotations

import os
from importlib.metadata import version
from typing import Annotated

import typer

from hcpcs_bot.commands import annotate, load, playground, query, serve, status, update
from hcpcs_bot.commands.state import db, keys, notes, report

app = typer.Typer(
    name="hcpcs",
    help="HCPCS Level II codes, answered from CMS's own records.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hcpcs {version('hcpcs-bot')}")
        raise typer.Exit


@app.callback()
def options(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """HCPCS Level II codes, answered from CMS's own records."""


for command in (
    query.ask,
    query.search,
    query.show,
    query.compare,
    query.changes,
    annotate.annotate,
    load.load,
    update.update,
    status.status,
    report.report,
    serve.serve,
    serve.mcp,
    playground.playground,
):
    app.command()(command)

app.add_typer(notes.notes)
app.add_typer(db.db)
app.add_typer(keys.keys)


def main() -> None:
    """Runs the command line. Exit codes: 0 done, 1 failed, 2 bad usage."""
    # The home and the state are for this user only: folders 0700, files 0600.
    os.umask(0o077)
    app()
