"""The command ``hcpcs update``: fetches CMS's newest release and companion files, and loads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from hcpcs.catalog.shelf import Shelf
from hcpcs.companions.edition import EditionGroup
from hcpcs.releases.content import Progress as OnProgress
from hcpcs_bot.bootstrap import publish_index
from hcpcs_bot.commands.options import (
    HomeOption,
    JsonOption,
    console,
    one_line_errors,
    print_error,
    print_json,
    settings_at,
    today,
)
from hcpcs_bot.commands.terminal.release_forms import releases_table

if TYPE_CHECKING:
    from hcpcs_bot.updates.update_report import FullUpdateReport

CODES: Final = "codes"
"""What ``--only`` calls the releases of the code set."""
KINDS: Final = (CODES, *(group.value for group in EditionGroup))

UrlOption = Annotated[
    str | None,
    typer.Option("--url", metavar="URL", help="Use this page of links, or this file, instead of CMS's page."),
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option("--only", metavar="KIND", help=f"Only this kind; may be repeated: {', '.join(KINDS)}."),
]


def update(
    only: OnlyOption = None,
    url: UrlOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be loaded.")] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Fetch CMS's newest release and companion files, and load them; with --url only the release, or one kind.

    Exits with 1 if any of them fails; the others are loaded all the same.
    """
    # The HTTP client is imported here, so that the other commands start without it.
    from hcpcs.releases.download.quarterly_page import QUARTERLY_PAGE
    from hcpcs_bot.commands.update_forms import full_report_json, full_report_lines
    from hcpcs_bot.updates.companion_pages import CMS_SITE, companion_pages, pages_at
    from hcpcs_bot.updates.full_update import update_everything

    kinds = set(only or ([CODES] if url else KINDS))
    if unknown := sorted(kinds.difference(KINDS)):
        raise typer.BadParameter(f"{unknown[0]!r} is not one of {', '.join(KINDS)}.", param_hint="--only")
    pages = [page for page in companion_pages() if page.group.value in kinds]
    if url and len(kinds) != 1:
        raise typer.BadParameter("is of one kind; name it with --only.", param_hint="--url")
    settings = settings_at(home)
    pages = pages_at(pages, url) if url else [page.at_site(settings.cms_url) for page in pages]
    release_page = url or settings.cms_url.rstrip("/") + QUARTERLY_PAGE.removeprefix(CMS_SITE)
    with one_line_errors(), _progress_bars() as bars:
        report = update_everything(
            Shelf(settings.home),
            publish_index,
            release_page=release_page if CODES in kinds else "",
            pages=pages,
            today=today(),
            dry_run=dry_run,
            fetching=_progress_bar(bars, "Fetching"),
            reading=_progress_bar(bars, "Reading"),
        )
    if as_json:
        print_json(full_report_json(report))
    else:
        _print_report(report, full_report_lines(report))
    for failure in report.failures:
        print_error(failure)
    if report.failures:
        raise typer.Exit(1)


def _print_report(report: FullUpdateReport, lines: list[str]) -> None:
    screen = console()
    for line in lines:
        # Not wrapped here, so that addresses can be copied.
        screen.print(Text(line), soft_wrap=True)
    release = report.release
    if release is not None and release.files and release.newest is not None:
        screen.print()
        screen.print(releases_table((release.newest,)))


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
