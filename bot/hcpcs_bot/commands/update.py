"""The command ``hcpcs update``: fetches CMS's newest release and loads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from hcpcs.catalog.shelf import Shelf
from hcpcs.records.change_kinds import count_text
from hcpcs.releases.content import Progress as OnProgress
from hcpcs_bot.bootstrap import publish_index
from hcpcs_bot.commands.options import HomeOption, JsonOption, console, one_line_errors, print_json
from hcpcs_bot.commands.terminal.release_forms import release_json, releases_table
from hcpcs_bot.settings import Settings

if TYPE_CHECKING:
    from hcpcs_bot.updates.update_report import UpdateReport

UrlOption = Annotated[
    str | None,
    typer.Option("--url", metavar="URL", help="Use this page of links, or this file, instead of CMS's page."),
]


def update(
    url: UrlOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be loaded.")] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Fetch CMS's newest release and load it."""
    # The HTTP client is imported here, so that the other commands start without it.
    from hcpcs.releases.download.quarterly_page import QUARTERLY_PAGE
    from hcpcs_bot.updates.update import update as update_shelf

    settings = Settings().at(home)
    with one_line_errors(), _progress_bars() as bars:
        report = update_shelf(
            Shelf(settings.home),
            publish_index,
            url=url or QUARTERLY_PAGE,
            dry_run=dry_run,
            fetching=_progress_bar(bars, "Fetching"),
            reading=_progress_bar(bars, "Reading"),
        )
    if as_json:
        print_json(report_json(report))
    else:
        print_report(report)


def report_json(report: UpdateReport) -> dict[str, object]:
    """What an update did, as the one JSON object that ``hcpcs update --json`` prints."""
    return {
        "outcome": report.outcome.value,
        "url": report.url,
        "offered": report.offered,
        "digest": report.sha256,
        "size": report.size,
        "former": release_json(report.former) if report.former else None,
        "newest": release_json(report.newest) if report.newest else None,
        "changes": {kind.value: count for kind, count in report.changes.items()},
        "reissued": report.reissued,
        "files": [file.model_dump(mode="json", exclude={"release"}) for file in report.files],
    }


def print_report(report: UpdateReport) -> None:
    """Prints what an update did, for people."""
    screen = console()
    for line in report_lines(report):
        screen.print(Text(line))
    if report.files and report.newest is not None:
        screen.print()
        screen.print(releases_table((report.newest,)))


def report_lines(report: UpdateReport) -> list[str]:
    """What an update did, one sentence per line."""
    from hcpcs_bot.updates.update_report import UpdateOutcome

    loaded = report.newest.label if report.newest else "only the two starter codes"
    if report.outcome is UpdateOutcome.ALREADY_NEWEST:
        return [f"Already up to date: {loaded} is loaded.", f"Checked: {_offered(report)}"]
    if report.outcome is UpdateOutcome.WOULD_LOAD:
        return [f"Would load {_offered(report)}", f"Loaded now: {loaded}. Nothing was changed."]
    lines = [file.summary for file in report.files]
    lines += [f"  {warning}" for file in report.files for warning in file.warnings]
    lines += [f"From {report.url}", f"SHA-256 {report.sha256}, {report.size:,} bytes"]
    if report.reissued:
        lines.append(f"CMS published this release again: {report.reissued:,} codes differ from what was loaded.")
    if report.former and report.newest and report.former.id != report.newest.id:
        lines += _changes(report, report.former.id, report.newest.id)
    return lines


def _offered(report: UpdateReport) -> str:
    return f"{report.offered}, {report.url}" if report.offered else report.url


def _changes(report: UpdateReport, before: str, after: str) -> list[str]:
    counts = ", ".join(count_text(count, kind) for kind, count in report.changes.items()) or "none"
    return [f"Changes from {before} to {after}: {counts}.", f"To list them: hcpcs changes {before} {after}"]


def _progress_bars() -> Progress:
    screen = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=screen,
        transient=True,
        disable=not screen.is_terminal,
    )


def _progress_bar(bars: Progress, name: str) -> OnProgress:
    """A bar that appears with the first progress."""
    task = bars.add_task(name, total=None, visible=False)
    return lambda done, total: bars.update(task, completed=done, total=total or None, visible=True)
