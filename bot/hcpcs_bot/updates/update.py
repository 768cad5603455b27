"""An update of the releases: finds the newest on CMS's page, fetches it, and loads it as ``hcpcs load`` would."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import BuildIndex, Shelf
from hcpcs.releases.content import Progress, no_progress
from hcpcs.releases.download.download import fetch_file, fetch_page
from hcpcs.releases.download.quarterly_page import QUARTERLY_PAGE, newest_release
from hcpcs.releases.download.web import Web, check_address
from hcpcs.releases.period import Period
from hcpcs.releases.source_file import FILE_ENDINGS
from hcpcs_bot.updates.download_folder import locked_downloads, remove_other_downloads
from hcpcs_bot.updates.load import LoadedFile, load_files
from hcpcs_bot.updates.update_report import UpdateOutcome, UpdateReport, count_changes, count_reissued


class OfferedRelease(NamedTuple):
    """A file to fetch: its address, and the release that the page says it is."""

    url: str
    period: Period | None = None


class FetchedRelease(NamedTuple):
    """What fetching a release did: the report as far as it is known, the file to load, and the catalog in use.

    ``path`` is ``None`` where nothing is to be loaded, ``former`` where no full release was loaded before.
    """

    report: UpdateReport
    path: Path | None = None
    former: Catalog | None = None


def update(
    shelf: Shelf,
    build_index: BuildIndex,
    *,
    url: str = QUARTERLY_PAGE,
    dry_run: bool = False,
    fetching: Progress = no_progress,
    reading: Progress = no_progress,
    web: Web | None = None,
) -> UpdateReport:
    """Brings the shelf up to date from a page of links, or from one file, at ``url``.

    ``fetching`` is called with bytes, ``reading`` with lines. With ``dry_run`` only the page is fetched, and nothing
    is written. Raises ``DownloadError``, ``ReleaseError`` or ``ShelfError``; the catalog in use is then unchanged.
    """
    with web or Web() as session:
        offered = look_up_release(session, shelf, url, dry_run=dry_run)
        if offered.report.outcome is not UpdateOutcome.LOADED:
            return offered.report
        with locked_downloads(shelf.home) as folder:
            fetched = fetch_release(session, offered, folder, fetching)
            if fetched.path is None:
                return fetched.report
            files = load_files(shelf, [fetched.path], build_index, lambda _: reading).files
            remove_other_downloads(folder, fetched.path)
            return report_loaded(fetched, shelf, files)


def look_up_release(web: Web, shelf: Shelf, url: str, *, dry_run: bool) -> FetchedRelease:
    """What a page offers, compared with what is loaded; the outcome is ``LOADED`` where it is to be fetched.

    Raises ``DownloadError`` or ``ShelfError``.
    """
    offer = _offer(web, check_address(url))
    former = _full(shelf.open())
    newest = former.newest if former else None
    outcome = UpdateOutcome.LOADED
    if _is_loaded(offer, former, count_same=dry_run):
        outcome = UpdateOutcome.ALREADY_NEWEST
    elif dry_run:
        outcome = UpdateOutcome.WOULD_LOAD
    offered = offer.period.label if offer.period else ""
    report = UpdateReport(outcome=outcome, url=offer.url, offered=offered, former=newest, newest=newest)
    return FetchedRelease(report, None, former)


def fetch_release(web: Web, offered: FetchedRelease, folder: Path, fetching: Progress) -> FetchedRelease:
    """Fetches what was offered into a folder; nothing is to be loaded if it is what is in use.

    Raises ``DownloadError``.
    """
    download = fetch_file(web, offered.report.url, folder, fetching)
    report = offered.report.model_copy(update={"sha256": download.sha256, "size": download.size})
    former = offered.former
    if former is not None and any(release.digest == download.sha256 for release in former.releases):
        return FetchedRelease(report.model_copy(update={"outcome": UpdateOutcome.ALREADY_NEWEST}), None, former)
    return FetchedRelease(report, download.path, former)


def report_loaded(fetched: FetchedRelease, shelf: Shelf, files: tuple[LoadedFile, ...]) -> UpdateReport:
    """The report of a release that was published: the newest release now, and what changed. Raises ``ShelfError``."""
    catalog, former = _full(shelf.open()), fetched.former
    loaded: dict[str, object] = {"files": files}
    if catalog is not None:
        loaded["newest"] = catalog.newest
        if former is not None:
            loaded |= {"changes": count_changes(former, catalog), "reissued": count_reissued(former, catalog)}
    return fetched.report.model_copy(update=loaded)


def _offer(web: Web, url: str) -> OfferedRelease:
    if url.lower().partition("?")[0].endswith(FILE_ENDINGS):
        return OfferedRelease(url)
    page = fetch_page(web, url)
    if page is None:
        return OfferedRelease(url)
    link = newest_release(page.text, page.url)
    return OfferedRelease(link.url, link.period)


def _full(catalog: Catalog | None) -> Catalog | None:
    """The catalog, if it has a full release."""
    return None if catalog is None or catalog.starter else catalog


def _is_loaded(offer: OfferedRelease, former: Catalog | None, *, count_same: bool) -> bool:
    """Whether the offered release is older than the newest one loaded, or with ``count_same`` the same.

    The same release is fetched to see whether CMS has published it again with corrections.
    """
    if former is None or offer.period is None:
        return False
    newest = former.newest.id
    return offer.period.id < newest or (count_same and offer.period.id == newest)
