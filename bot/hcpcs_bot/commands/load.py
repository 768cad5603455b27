"""The command ``hcpcs load``: adds release files and companion files."""

from __future__ import annotations

from collections.abc import Sequence
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
from hcpcs_bot.commands.options import HomeOption, JsonOption, console, home_at, one_line_errors, print_json, today
from hcpcs_bot.commands.terminal.edition_forms import editions_table
from hcpcs_bot.commands.terminal.release_forms import releases_table
from hcpcs_bot.updates.load import LoadedFile, LoadReport, load_files

WARNING_LIMIT: Final = 20
"""Maximum warnings printed per file."""


def load(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help=f"CMS files, releases and companion files, or folders of them: {ENDINGS_LISTED}."
        ),
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
    paths, in_folders = _files_of(files)
    with one_line_errors(), _progress_bars() as bars:

        def progress_for(path: Path) -> OnProgress:
            task = bars.add_task(path.name, total=None)
            return lambda done, total: bars.update(task, completed=done, total=total)

        report = load_files(Shelf(home_at(home)), paths, publish_index, progress_for, force=force, pass_over=in_folders)
    if as_json:
        print_json(
            {
                "files": [_file_json(file) for file in report.files],
                "passed_over": list(report.passed_over),
                "releases": [release_json(release) for release in report.releases],
                "editions": [edition_json(edition, today()) for edition in report.editions],
            }
        )
    else:
        print_report(report)


def _files_of(paths: Sequence[Path]) -> tuple[list[Path], frozenset[Path]]:
    """The files to read, and those of them that were not named one by one: the files of a folder.

    A shell passes ``FOLDER/*`` as all of its files, which is a folder, too.
    """
    files: list[Path] = []
    in_folders: set[Path] = set()
    for path in paths:
        if path.is_dir():
            inside = _visible(path)
            files += inside
            in_folders.update(inside)
        else:
            files.append(path)
    for folder in {path.parent for path in files}:
        inside = _visible(folder)
        if len(inside) > 1 and set(inside) <= set(files):
            in_folders.update(inside)
    return list(dict.fromkeys(files)), frozenset(in_folders)


def _visible(folder: Path) -> list[Path]:
    """The files of a folder, sorted by name, without hidden ones; none if it can't be read."""
    try:
        return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError:
        return []


def print_report(report: LoadReport) -> None:
    """Prints what a load did, for people."""
    screen = console()
    for file in report.files:
        screen.print(Text(file.summary))
        for unknown in file.unknown_values[:WARNING_LIMIT]:
            screen.print(Text(f"  unknown {unknown.field} {unknown.value!r} in {unknown.count:,} records: kept as is"))
        for warning in file.warnings[:WARNING_LIMIT]:
            screen.print(Text(f"  {warning}"))
    for reason in report.passed_over:
        screen.print(Text(f"Passed over {reason}"))
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
    screen = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        console=screen,
        transient=True,
        disable=not screen.is_terminal,
    )
