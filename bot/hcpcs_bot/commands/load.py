"""The command ``hcpcs load``: adds release files and companion files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.text import Text

from hcpcs.answers.rendering.loaded_json import edition_json, release_json
from hcpcs.catalog.shelf import Shelf
from hcpcs.releases.content import Progress as OnProgress
from hcpcs.releases.source_file import ENDINGS_LISTED
from hcpcs_bot.bootstrap import publish_index
from hcpcs_bot.commands.options import HomeOption, JsonOption, console, one_line_errors, print_json, today
from hcpcs_bot.commands.terminal.edition_forms import editions_table
from hcpcs_bot.commands.terminal.release_forms import releases_table
from hcpcs_bot.settings import Settings
from hcpcs_bot.updates.load import LoadedFile, LoadReport, load_files

WARNING_LIMIT: Final = 20
"""Maximum warnings printed per file."""


def load(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help=f"CMS files, releases and companion files: {ENDINGS_LISTED}."),
    ],
    force: Annotated[
        bool, typer.Option("--force", help="Load a release even if it is far smaller than the one it replaces.")
    ] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Load release files and companion files (fee schedules, payment limits, MUE, NCCI edits, lists).

    Load older ones, too, to answer questions about the past.
    """
    settings = Settings().at(home)
    with one_line_errors(), _progress_bars() as bars:

        def progress_for(path: Path) -> OnProgress:
            task = bars.add_task(path.name, total=None)
            return lambda done, total: bars.update(task, completed=done, total=total)

        report = load_files(Shelf(settings.home), files, publish_index, progress_for, force=force)
    if as_json:
        print_json(
            {
                "files": [_file_json(file) for file in report.files],
                "releases": [release_json(release) for release in report.releases],
                "editions": [edition_json(edition, today()) for edition in report.editions],
            }
        )
    else:
        print_report(report)


def print_report(report: LoadReport) -> None:
    """Prints what a load did, for people."""
    screen = console()
    for file in report.files:
        screen.print(Text(file.summary))
        for unknown in file.unknown_values[:WARNING_LIMIT]:
            screen.print(Text(f"  unknown {unknown.field} {unknown.value!r} in {unknown.count:,} records: kept as is"))
        for warning in file.warnings[:WARNING_LIMIT]:
            screen.print(Text(f"  {warning}"))
    screen.print()
    screen.print(releases_table(report.releases))
    if report.editions:
        screen.print()
        screen.print(editions_table(report.editions, today()))


def _file_json(file: LoadedFile) -> dict[str, object]:
    stated = file.model_dump(mode="json", exclude={"release", "editions"})
    editions = [{**edition_json(one.edition, today()), "change": one.change.value} for one in file.editions]
    return {**stated, "editions": editions}


def _progress_bars() -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        console=Console(stderr=True),
        transient=True,
    )
