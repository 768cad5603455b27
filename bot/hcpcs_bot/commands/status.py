"""The command ``hcpcs status``: shows which releases and editions are loaded."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from hcpcs.answers.rendering.loaded_json import edition_json, release_json
from hcpcs.catalog.catalog import Catalog
from hcpcs.companions.edition import Edition
from hcpcs.companions.storage.companion_store import open_companions
from hcpcs_bot.bootstrap import catalog_at
from hcpcs_bot.commands.options import HomeOption, JsonOption, console, home_at, one_line_errors, print_json, today
from hcpcs_bot.commands.terminal.edition_forms import editions_table
from hcpcs_bot.commands.terminal.release_forms import releases_table
from hcpcs_bot.updates.update_record import UpdateRecord, failed_updates, read_records


def status(as_json: JsonOption = False, home: HomeOption = None) -> None:
    """Show the loaded releases and editions of companion files, and which updates failed."""
    folder = home_at(home)
    with one_line_errors():
        catalog = catalog_at(folder)
        editions = () if catalog.folder is None else open_companions(catalog.folder).editions
        if as_json:
            print_json(_status_json(catalog, editions, read_records(folder)))
            return
        screen = console()
        if catalog.starter:
            screen.print(Text("Only the two starter codes are loaded. Load the full code set with `hcpcs update`,"))
            screen.print(Text("or with `hcpcs load FILE` and CMS's Alpha-Numeric HCPCS file."))
        screen.print(releases_table(catalog.releases))
        if catalog.is_outdated(today()):
            screen.print(Text(f"The newest is {catalog.newest.label}; CMS publishes quarterly. Run `hcpcs update`."))
        if editions:
            screen.print()
            screen.print(editions_table(editions, today()))
        for failure in failed_updates(folder):
            screen.print(Text(failure))
        screen.print(Text(f"Home: {folder}", style="dim"))


def _status_json(catalog: Catalog, editions: Iterable[Edition], records: Iterable[UpdateRecord]) -> dict[str, object]:
    newest = release_json(catalog.newest)
    return {
        **{name: newest[name] for name in ("release", "procedures", "modifiers", "terminated", "digest")},
        "starter": catalog.starter,
        "outdated": catalog.is_outdated(today()),
        "releases": [release_json(release) for release in catalog.releases],
        "editions": [edition_json(edition, today()) for edition in editions],
        "updates": [record.model_dump(mode="json") for record in records],
    }
