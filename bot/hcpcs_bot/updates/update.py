"""An update: finds the newest release on CMS's page, fetches it, and loads it as ``hcpcs load`` would."""

from __future__ import annotations

from typing import NamedTuple

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import BuildIndex, Shelf
from hcpcs.releases.content import Progress, no_progress
from hcpcs.releases.download.download import Download, fetch_file, fetch_page
from hcpcs.releases.download.quarterly_page import QUARTERLY_PAGE, newest_release
from hcpcs.releases.download.web import Web, check_address
from hcpcs.releases.period import Period
from hcpcs.releases.source_file import FILE_ENDINGS
from hcpcs_bot.updates.download_folder import locked_downloads, remove_other_downloads
from hcpcs_bot.updates.load import load_files
from hcpcs_bot.updates.update_report import UpdateOutcome, UpdateReport, count_changes, count_reissued


class OfferedRelease(NamedTuple):
    """A file to fetch: its address, and the release that the page says it is."""

    url: str
    period: Period | None = None


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
        offer = _offer(session, check_address(url))
        former = _full(shelf.open())
        newest = former.newest if former else None
        report = UpdateReport(
            outcome=UpdateOutcome.ALREADY_NEWEST,
            url=offer.url,
            offered=offer.period.label if offer.period else "",
            former=newest,
            newest=newest,
        )
        if _is_loaded(offer, former, count_same=dry_run):
            return report
        if dry_run:
            return report.model_copy(update={"outcome": UpdateOutcome.WOULD_LOAD})
        with locked_downloads(shelf.home) as folder:
            download = fetch_file(session, offer.url, folder, fetching)
            report = report.model_copy(update={"sha256": download.sha256, "size": download.size})
            if former is not None and any(release.digest == download.sha256 for release in former.releases):
                return report
            return _load(shelf, build_index, download, report, former, reading)


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


def _load(
    shelf: Shelf,
    build_index: BuildIndex,
    download: Download,
    report: UpdateReport,
    former: Catalog | None,
    reading: Progress,
) -> UpdateReport:
    files = load_files(shelf, [download.path], build_index, lambda _: reading).files
    remove_other_downloads(download.path)
    catalog = _full(shelf.open())
    loaded: dict[str, object] = {"outcome": UpdateOutcome.LOADED, "files": files}
    if catalog is not None:
        loaded["newest"] = catalog.newest
        if former is not None:
            loaded |= {"changes": count_changes(former, catalog), "reissued": count_reissued(former, catalog)}
    return report.model_copy(update=loaded)
