"""The commands about releases: load, update, status."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.table import Table
from rich.text import Text

from hcpcs.answers.desk import Desk
from hcpcs.catalog.shelf import Shelf
from hcpcs.records.record import Release
from hcpcs.releases.content import Progress as Told
from hcpcs_bot.bootstrap import open_desk, publish_index
from hcpcs_bot.commands.options import HomeOption, JsonOption, console, one_line_errors, print_json
from hcpcs_bot.settings import Settings
from hcpcs_bot.updates.load import LoadReport, load_files

MOST_WARNINGS = 20


def _bars() -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def draw_releases(releases: tuple[Release, ...]) -> Table:
    """Releases with their counts, newest last."""
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    for heading in ("Release", "Procedures", "Modifiers", "Terminated", "Digest"):
        table.add_column(heading, justify="right" if heading in ("Procedures", "Modifiers", "Terminated") else "left")
    for release in releases:
        table.add_row(
            release.label,
            f"{release.procedures:,}",
            f"{release.modifiers:,}",
            f"{release.terminated:,}",
            release.short_digest,
        )
    return table


def release_json(release: Release) -> dict[str, object]:
    """A release as ``hcpcs status --json`` and ``hcpcs load --json`` state it."""
    return {
        "release": release.label,
        "id": release.id,
        "effective": release.effective.isoformat(),
        "procedures": release.procedures,
        "modifiers": release.modifiers,
        "terminated": release.terminated,
        "digest": release.digest,
        "file": release.file,
    }


def print_report(report: LoadReport) -> None:
    """What a load did, for people."""
    screen = console()
    for file in report.files:
        screen.print(Text(f"{file.file}: {file.release.label if file.release else file.what}"))
        for unknown in file.unknown_values[:MOST_WARNINGS]:
            screen.print(
                Text(f"  unknown {unknown.field} {unknown.value!r} on {unknown.count:,} records: kept as it is.")
            )
        for warning in file.warnings[:MOST_WARNINGS]:
            screen.print(Text(f"  {warning}"))
    screen.print()
    screen.print(draw_releases(report.releases))


def load(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="CMS release files: .zip, .txt, .xlsx, .xls, .csv.")
    ],
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Load release files into the catalogue; several make a history."""
    settings = Settings().at(home)
    with one_line_errors(), _bars() as bars:

        def progress_for(path: Path) -> Told:
            task = bars.add_task(path.name, total=None)
            return lambda done, total: bars.update(task, completed=done, total=total)

        report = load_files(Shelf(settings.home), files, publish_index, progress_for)
    if as_json:
        print_json(
            {
                "files": [file.model_dump(mode="json", exclude={"release"}) for file in report.files],
                "releases": [release_json(release) for release in report.releases],
            }
        )
    else:
        print_report(report)


def _status_json(desk: Desk) -> dict[str, object]:
    newest = release_json(desk.catalog.newest)
    return {
        **{name: newest[name] for name in ("release", "procedures", "modifiers", "terminated", "digest")},
        "starter": desk.catalog.starter,
        "releases": [release_json(release) for release in desk.catalog.releases],
    }


def status(as_json: JsonOption = False, home: HomeOption = None) -> None:
    """Say which releases are loaded."""
    settings = Settings().at(home)
    with one_line_errors():
        desk = open_desk(settings)
        if as_json:
            print_json(_status_json(desk))
            return
        screen = console()
        if desk.catalog.starter:
            screen.print(Text("The starter is in use: two codes. Load the full set with `hcpcs update`,"))
            screen.print(Text("or `hcpcs load FILE` with CMS's Alpha-Numeric HCPCS file."))
        screen.print(draw_releases(desk.catalog.releases))
        screen.print(Text(f"Home: {settings.home}", style="dim"))
