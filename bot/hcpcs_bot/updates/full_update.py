"""An update of everything: the newest release and the companion files, published together or not at all.

What fails leaves the rest: everything is fetched and read first, and what could be read is published at once, so that
a digest has all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from hcpcs.catalog.shelf import BuildIndex, Shelf
from hcpcs.companions.edition import Edition
from hcpcs.companions.storage.companion_store import open_companions
from hcpcs.errors import HcpcsError, ReleaseError
from hcpcs.releases.content import Progress, no_progress
from hcpcs.releases.download.web import Web
from hcpcs_bot.updates.companion_fetch import CompanionFetch, FetchedCompanion
from hcpcs_bot.updates.companion_pages import CompanionPage
from hcpcs_bot.updates.download_folder import locked_downloads, remove_other_downloads
from hcpcs_bot.updates.load import FileToLoad, LoadReport, publish_files
from hcpcs_bot.updates.update import FetchedRelease, fetch_release, look_up_release, read_release, report_loaded
from hcpcs_bot.updates.update_record import write_records
from hcpcs_bot.updates.update_report import CompanionOutcome, FullUpdateReport, UpdateOutcome


def update_everything(
    shelf: Shelf,
    build_index: BuildIndex,
    *,
    release_page: str,
    pages: Sequence[CompanionPage],
    today: date,
    dry_run: bool = False,
    fetching: Progress = no_progress,
    reading: Progress = no_progress,
    web: Web | None = None,
) -> FullUpdateReport:
    """Brings the shelf up to date from the page of releases (blank for none) and the pages of companion files.

    ``fetching`` is called with bytes, ``reading`` with lines. With ``dry_run`` only pages are fetched, and nothing is
    written. Raises ``DownloadError`` if another process is updating, and ``ShelfError`` if nothing can be published;
    any other failure is in the report.
    """
    with ExitStack() as stack:
        session = stack.enter_context(web or Web())
        folder = None if dry_run else stack.enter_context(locked_downloads(shelf.home))
        update = _FullUpdate(shelf, session, folder, fetching, reading)
        update.fetch_release(release_page, today)
        fetch = CompanionFetch(session, _loaded_editions(shelf), today, folder)
        update.fetch_companions(fetch, pages)
        update.publish(build_index)
        report = update.report()
        if folder is not None:
            write_records(shelf.home, report, today)
        return report


class _FullUpdate:
    """One update: what was fetched of the release and of each companion file, and what came of it."""

    def __init__(self, shelf: Shelf, web: Web, folder: Path | None, fetching: Progress, reading: Progress) -> None:
        self._shelf = shelf
        self._web = web
        self._folder = folder
        self._fetching = fetching
        self._reading = reading
        self._release: FetchedRelease | None = None
        self._release_file: FileToLoad | None = None
        self._failure = ""
        self._companions: list[FetchedCompanion] = []

    def fetch_release(self, page: str, today: date) -> None:
        """Fetches and reads what the page of releases offers."""
        if not page:
            return
        try:
            offered = look_up_release(self._web, self._shelf, page, today, dry_run=self._folder is None)
            if offered.report.outcome is UpdateOutcome.LOADED and self._folder is not None:
                offered = fetch_release(self._web, offered, self._folder, self._fetching)
                if offered.path is not None:
                    self._release_file = read_release(offered, offered.path, self._reading)
            self._release = offered
        except HcpcsError as error:
            self._failure = str(error)

    def fetch_companions(self, fetch: CompanionFetch, pages: Iterable[CompanionPage]) -> None:
        """Fetches and reads what each page offers."""
        for page in pages:
            self._companions += fetch.fetch(page, self._fetching, self._reading)

    def publish(self, build_index: BuildIndex) -> None:
        """Publishes what could be read; a file that can't be added is reported and left out."""
        files = [self._release_file, *(one.file for one in self._companions)]
        wanted = [file for file in files if file is not None]
        if not wanted:
            return
        refused: dict[Path, str] = {}

        def leave_out(file: FileToLoad, error: ReleaseError) -> None:
            refused[file.path] = str(error)

        loaded = publish_files(self._shelf, wanted, build_index, leave_out)
        self._companions = [_after_loading(one, loaded, wanted, refused) for one in self._companions]
        if self._release_file is not None and self._release_file.path in refused:
            self._failure, self._release = refused[self._release_file.path], None
        elif self._release is not None and self._release_file is not None:
            mine = [one for one in loaded.files if one.release is not None]
            self._release = self._release._replace(report=report_loaded(self._release, self._shelf, tuple(mine)))
        self._remove_old_downloads(wanted)

    def report(self) -> FullUpdateReport:
        """What the update did."""
        return FullUpdateReport(
            release=self._release.report if self._release is not None else None,
            failure=self._failure,
            companions=tuple(one.report for one in self._companions),
        )

    def _remove_old_downloads(self, loaded: Iterable[FileToLoad]) -> None:
        kept: dict[Path, list[Path]] = {}
        for file in loaded:
            kept.setdefault(file.path.parent, []).append(file.path)
        for folder, paths in kept.items():
            remove_other_downloads(folder, *paths)


def _after_loading(
    one: FetchedCompanion, loaded: LoadReport, wanted: Sequence[FileToLoad], refused: dict[Path, str]
) -> FetchedCompanion:
    if one.file is None:
        return one
    if one.file.path in refused:
        failed = {"outcome": CompanionOutcome.FAILED, "detail": refused[one.file.path]}
        return FetchedCompanion(one.report.model_copy(update=failed))
    # The files that were not left out are reported in their order.
    in_order = [file.path for file in wanted if file.path not in refused]
    mine = loaded.files[in_order.index(one.file.path)]
    return one._replace(report=one.report.model_copy(update={"files": (mine,)}))


def _loaded_editions(shelf: Shelf) -> tuple[Edition, ...]:
    present = shelf.open()
    return () if present is None or present.folder is None else open_companions(present.folder).editions
