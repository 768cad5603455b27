"""The command line ``hcpcs``; its commands are in ``commands/``.

A command's module is imported when that command is asked for: importing all of them takes longer than an answer.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, Final

import typer
import typer.main
from typer.core import TyperCommand, TyperGroup

COMMANDS: Final[Mapping[str, str]] = {
    "ask": "query",
    "search": "query",
    "show": "query",
    "compare": "query",
    "changes": "query",
    "annotate": "annotate",
    "load": "load",
    "update": "update",
    "status": "status",
    "report": "state.report",
    "manifest": "slack.manifest_command",
    "serve": "serve",
    "mcp": "serve",
    "playground": "slack.playground",
    "notes": "state.notes",
    "db": "state.db",
    "keys": "state.keys",
}
"""Each command, in the order of the help, and its module in ``commands``, which defines it under the same name."""


class CommandGroup(TyperGroup):
    """The commands of ``COMMANDS``, each imported when it is asked for."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What is left after the options of ``hcpcs`` itself; ``--home`` may also stand before the command."""
        return super().parse_args(ctx, self._with_home_inside(ctx, args))

    def _with_home_inside(self, ctx: Any, args: list[str]) -> list[str]:
        """``--home FOLDER db check`` as ``db check --home FOLDER``."""
        length = 2 if args[:1] == ["--home"] else int(args[0].startswith("--home=")) if args else 0
        home, rest = args[:length], args[length:]
        if not home or not rest:
            return args
        names = 2 if isinstance(self.get_command(ctx, rest[0]), TyperGroup) else 1
        return [*rest[:names], *home, *rest[names:]]

    def list_commands(self, ctx: object) -> list[str]:  # noqa: ARG002 the group's interface
        """The names of the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> TyperCommand | TyperGroup | None:  # noqa: ARG002
        """The command of a name, or ``None``."""
        return _command(cmd_name) if cmd_name in COMMANDS else None


app = typer.Typer(
    name="hcpcs",
    cls=CommandGroup,
    help="HCPCS Level II codes, answered from CMS's own records.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _command(name: str) -> TyperCommand | TyperGroup:
    # What is imported stays: the garbage collector would examine it again and again, and find nothing.
    gc.disable()
    try:
        defined = getattr(import_module(f"hcpcs_bot.commands.{COMMANDS[name]}"), name)
    finally:
        gc.freeze()
        gc.enable()
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    if isinstance(defined, typer.Typer):
        alone.add_typer(defined, name=name)
    else:
        alone.command(name)(defined)
    command = typer.main.get_group(alone).commands[name]
    assert isinstance(command, TyperCommand | TyperGroup)
    return command


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


def main() -> None:
    """Runs the command line. Exit codes: 0 done, 1 failed, 2 bad usage."""
    # The home and the state are for this user only: folders 0700, files 0600.
    os.umask(0o077)
    app()
