"""The command ``hcpcs manifest``."""

from __future__ import annotations

from typing import Annotated

import typer

from hcpcs_bot.commands.options import one_line_errors
from hcpcs_bot.slack.installation.manifest_file import manifest_text


def manifest(
    socket: Annotated[bool, typer.Option("--socket", help="For Socket Mode, which needs no public address.")] = False,
    host: Annotated[
        str, typer.Option("--host", metavar="HOST", help="Public host of the server, such as desk.example.com.")
    ] = "",
) -> None:
    """Print the Slack app's manifest, to paste at api.slack.com/apps under From a manifest."""
    with one_line_errors():
        typer.echo(manifest_text(socket=socket, host=host), nl=False)
