"""Options, error handling and output that the commands share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import orjson
import typer

from hcpcs.catalog.shelf import DEFAULT_HOME
from hcpcs.errors import HcpcsError
from hcpcs.releases.source_file import printable_text

if TYPE_CHECKING:
    from rich.console import Console

    from hcpcs_bot.settings import Settings
    from hcpcs_bot.state.database import Database

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", envvar="HCPCS_HOME", help="Folder of the loaded releases.", show_default="~/.hcpcs"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object per line.")]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="Day of service, YYYY-MM-DD; default: today."),
]

_OURS: Final = ("hcpcs", "slack_peer")


class MissingExtraError(HcpcsError):
    """A command that needs packages of an extra (``slack``, ``server``, ``mcp``) that is not installed."""

    def __init__(self, extra: str) -> None:
        super().__init__(f"this command needs packages that are not installed: pip install 'hcpcs-bot[{extra}]'")


@contextmanager
def packages_of(extra: str) -> Iterator[None]:
    """Raises ``MissingExtraError`` where an import in the block fails for a package that is not ours."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith(_OURS):
            raise
        raise MissingExtraError(extra) from error


def print_error(text: str) -> None:
    """One line on stderr; an argument that it quotes can't act on the terminal."""
    typer.echo(f"hcpcs: {printable_text(text)}", err=True)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turns our own errors into one line on stderr and exit code 1."""
    try:
        yield
    except HcpcsError as error:
        print_error(str(error))
        raise typer.Exit(1) from error
    except BrokenPipeError:
        # The reader of a pipe (head, less) has enough, which is not a failure.
        sys.stderr.close()
        raise typer.Exit(0) from None


def home_at(home: Path | None) -> Path:
    """The home folder of the command line, or the one used where none was given."""
    return (home or DEFAULT_HOME).expanduser().absolute()


def settings_at(home: Path | None) -> Settings:
    """The settings, with the home of the command line; one that is not valid ends the command like other errors."""
    from hcpcs_bot.settings import Settings

    with one_line_errors():
        return Settings().at(home)


@contextmanager
def state_at(home: Path | None) -> Iterator[Database]:
    """The database of the settings, migrated to this version, for one command."""
    settings = settings_at(home)
    with one_line_errors(), packages_of("server"):
        # The database is imported here, so that the other commands start without it.
        from hcpcs_bot.state.database import open_database

        database = open_database(settings.home, settings.database_url.get_secret_value())
        try:
            yield database
        finally:
            database.close()


def day_option(written: str | None) -> date | None:
    """The day of ``--as-of``. Raises ``typer.BadParameter`` for anything but ``YYYY-MM-DD``."""
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise typer.BadParameter(f"{written!r} is not a valid date; use YYYY-MM-DD.", param_hint="--as-of") from None


def today() -> date:
    """The day in the time zone of the machine."""
    return datetime.now().astimezone().date()


def console() -> Console:
    """Standard output for people: 80 columns unless it is a terminal, and no markup in any text."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 80
    return Console(width=width, highlight=False, markup=False, emoji=False)


def print_json(value: Any) -> None:
    """Writes one JSON object on one line of standard output."""
    sys.stdout.buffer.write(orjson.dumps(value) + b"\n")
    sys.stdout.buffer.flush()


def input_lines() -> Iterator[str]:
    """The lines of standard input without their ends; bytes that are not UTF-8 are replaced."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def words_or_lines(words: list[str]) -> Iterator[str]:
    """The words of the command line as one text, or the lines of standard input for ``-``."""
    if words == ["-"]:
        yield from input_lines()
    else:
        yield " ".join(words)
