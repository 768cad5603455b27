"""The commands ``hcpcs keys``: the API keys of programs that ask over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hcpcs_bot.commands.options import HomeOption, JsonOption, print_json, state_at, today

if TYPE_CHECKING:
    from hcpcs_bot.state.api_key_store import KeyStore

keys = typer.Typer(name="keys", help="The API keys of programs that ask over HTTP.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Whose key it is, such as billing-2026.")]


@contextmanager
def _key_store(home: Path | None) -> Iterator[KeyStore]:
    """The keys of the database of the settings."""
    with state_at(home) as database:
        from hcpcs_bot.state.api_key_store import KeyStore

        yield KeyStore(database)


@keys.command()
def add(name: NameArgument, home: HomeOption = None) -> None:
    """Make a key and print it, this once: only a digest of it is kept."""
    with _key_store(home) as store:
        typer.echo(store.add(name, today()))
        typer.echo("hcpcs: valid within 30 seconds; send it as Authorization: Bearer KEY", err=True)


@keys.command("list")
def list_keys(as_json: JsonOption = False, home: HomeOption = None) -> None:
    """List the names of all keys, with the days on which they were made and revoked."""
    with _key_store(home) as store:
        every = store.every()
    if as_json:
        for key in every:
            revoked_on = key.revoked_on.isoformat() if key.revoked_on else None
            print_json({"name": key.name, "created_on": key.created_on.isoformat(), "revoked_on": revoked_on})
        return
    for key in every:
        ending = f"revoked {key.revoked_on}" if key.revoked_on else "valid"
        typer.echo(f"{key.name}  made {key.created_on}, {ending}")
    if not every:
        typer.echo("There are no keys. `hcpcs keys add NAME` makes one.")


@keys.command()
def revoke(name: NameArgument, home: HomeOption = None) -> None:
    """Make a key invalid, in every server within 30 seconds."""
    with _key_store(home) as store:
        store.revoke(name, today())
        typer.echo(f"Revoked: {name}.")
