"""The commands ``hcpcs db``: upgrade, check, back up and restore the database of the state."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hcpcs_bot.commands.options import HomeOption, one_line_errors, packages_of, print_error, settings_at

if TYPE_CHECKING:
    from hcpcs_bot.state.database import Database

db = typer.Typer(
    name="db", help="The database of watches, notes and counts: upgrade, check, backup.", no_args_is_help=True
)


@contextmanager
def _database(home: Path | None) -> Iterator[Database]:
    """The database of the settings, as it is: neither made nor migrated."""
    settings = settings_at(home)
    with one_line_errors(), packages_of("server"):
        # Imported here, so that the other commands start without it.
        from hcpcs_bot.state.database import Database, address_of

        database = Database(address_of(settings.home, settings.database_url.get_secret_value()))
        try:
            yield database
        finally:
            database.close()


@db.command()
def upgrade(home: HomeOption = None) -> None:
    """Make the database, or migrate it to this version; `hcpcs serve` does the same at start."""
    with _database(home) as database:
        from hcpcs_bot.state.schema import own_revision

        version = database.upgrade()
        if version.is_older:
            typer.echo(f"Upgraded: schema {version.revision or 'none'} -> {own_revision()}.")
        elif version.is_current:
            typer.echo(f"Nothing to do: schema {own_revision()}.")
        else:
            typer.echo(f"Nothing to do: schema {version.revision}, of a newer version, which this one can use.")


@db.command()
def check(home: HomeOption = None) -> None:
    """Check that the database is reachable, of this version and undamaged, and count its rows."""
    with _database(home) as database:
        from hcpcs_bot.state.database_check import check_database

        result = check_database(database)
        if result.revision:
            typer.echo(f"schema {result.revision}")
        for table, rows in result.counts.items():
            typer.echo(f"{table} {rows}")
        for problem in result.problems:
            print_error(problem)
        if result.problems:
            raise typer.Exit(1)


@db.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that doesn't exist yet.")],
    home: HomeOption = None,
) -> None:
    """Back up the database into one private file, without the texts of questions; servers may be running."""
    with _database(home) as database:
        from hcpcs_bot.state.backups.backup import back_up

        back_up(database, file)
        typer.echo(f"Backed up into {file}.")


@db.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `hcpcs db backup` wrote.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the database that is there.")] = False,
    home: HomeOption = None,
) -> None:
    """Restore the database from a backup, whole or not at all."""
    with _database(home) as database:
        from hcpcs_bot.state.backups.backup import restore as restore_backup

        version = restore_backup(database, file, force=force)
        typer.echo(f"Restored from {file}: schema {version.revision}.")
        if version.is_older:
            typer.echo("hcpcs db upgrade migrates it to this version, and so does hcpcs serve.")
