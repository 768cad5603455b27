"""The command ``hcpcs playground``."""

from __future__ import annotations

import errno
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

import typer

from hcpcs_bot.bootstrap import make_playground_context
from hcpcs_bot.commands.options import HomeOption, one_line_errors, packages_of
from hcpcs_bot.serving.current_desk import CurrentDesk
from hcpcs_bot.settings import Settings

DEFAULT_PORT: Final = 8093
"""The port that is tried first; if it is in use, any free one."""


def playground(
    port: Annotated[
        int | None,
        typer.Option(
            min=0, max=65_535, help="Port on this machine; 0 for any free port.", show_default=str(DEFAULT_PORT)
        ),
    ] = None,
    browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in a browser.")] = False,
    leave: Annotated[bool, typer.Option("--exit", help="Answer the two documented questions, and exit.")] = False,
    home: HomeOption = None,
) -> None:
    """Try the Slack app in a local page that works like Slack."""
    # Slack's libraries are loaded only here, so that the other commands start at once.
    import asyncio

    with one_line_errors(), packages_of("slack"), TemporaryDirectory() as folder:
        from hcpcs_bot.serving.logs import configure
        from hcpcs_bot.serving.playground import run_playground

        configure("WARNING")
        desk = CurrentDesk(Settings().at(home))
        if desk().catalog.starter:
            typer.echo("Only the starter is loaded: S9328 and S9353. Load the full code set with `hcpcs update`.")
        make_context = partial(make_playground_context, desk=desk, folder=Path(folder))
        # Where another program uses the default port, any free one will do.
        for number in (port,) if port is not None else (0,) if leave else (DEFAULT_PORT, 0):
            try:
                asyncio.run(run_playground(make_context, number, typer.echo, browser=browser, leave=leave))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
                continue
            return
        raise typer.BadParameter(f"port {port} is in use: use another, or 0 for any free port.", param_hint="--port")
