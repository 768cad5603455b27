"""An update of the releases: finds the newest on CMS's page, fetches it, and loads it as ``hcpcs load`` would."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import BuildIndex, Shelf
from hcpcs.errors import DownloadError, ReleaseError
from hcpcs.releases import ReadRelease
from hcpcs.releases.content import Progress, no_progress
from hcpcs.releases.download.download import fetch_file, fetch_page
from hcpcs.releases.download.published_names import quarters_at, release_by_name
from hcpcs.releases.download.quarterly_page import QUARTERLY_PAGE, newest_release
from hcpcs.releases.download.web import Web, check_address
from hcpcs.releases.period import Period
from hcpcs.releases.source_file import FILE_ENDINGS
from hcpcs_bot.updates.download_folder import locked_downloads, remove_other_downloads
from hcpcs_bot.updates.load import FileToLoad, LoadedFile, publish_files, read_to_load
from hcpcs_bot.updates.update_report import (
    UpdateOutcome,
    UpdateReport,
    UpdateWay,
    count_changes,
    count_reissued,
)


class OfferedRelease(NamedTuple):
    """A file to fetch: its address, the release that the page or its name says it is, and how it was found.

    ``page_failure`` says why the page could not be read, where the file was found by its name.
    """

    url: str
    period: Period | None = None
    way: UpdateWay = UpdateWay.ADDRESS
    page_failure: str = ""


class FetchedRelease(NamedTuple):
    """What fetching a release did: the report as far as it is known, the file to load, and the catalog in use.

    ``path`` is ``None`` where nothing is to be loaded, ``former`` where no full release was loaded before, ``period``
    where neither a page nor a name says which release the file is.
    """

    report: UpdateReport
    path: Path | None = None
    former: Catalog | None = None
    period: Period | None = None


def update(
    shelf: Shelf,
    build_index: BuildIndex,
    *,
    today: date,
    url: str = QUARTERLY_PAGE,
    dry_run: bool = False,
    fetching: Progress = no_progress,
    reading: Progress = no_progress,
    web: Web | None = None,
) -> UpdateReport:
    """Brings the shelf up to date from a page of links, or from one file, at ``url``.

    Where the page can't be read, the names that CMS has used for the quarter of ``today``, and for the one before, are
    tried. ``fetching`` is called with bytes, ``reading`` with lines. With ``dry_run`` only the page is fetched, and
    nothing is written.

    Raises ``DownloadError``, ``ReleaseError`` or ``ShelfError``; the catalog in use is then unchanged.
    """
    with web or Web() as session:
        offered = look_up_release(session, shelf, url, today, dry_run=dry_run)
        if offered.report.outcome is not UpdateOutcome.LOADED:
            return offered.report
        with locked_downloads(shelf.home) as folder:
            fetched = fetch_release(session, offered, folder, fetching)
            if fetched.path is None:
                return fetched.report
            file = read_release(fetched, fetched.path, reading)
            files = publish_files(shelf, [file], build_index).files
            remove_other_downloads(folder, fetched.path)
            return report_loaded(fetched, shelf, files)


def look_up_release(web: Web, shelf: Shelf, url: str, today: date, *, dry_run: bool) -> FetchedRelease:
    """What a page or a name offers, compared with what is loaded; ``LOADED`` is the outcome where it is to be fetched.

    Raises ``DownloadError`` or ``ShelfError``.
    """
    offer = _offer(web, check_address(url), today)
    former = _full(shelf.open())
    newest = former.newest if former else None
    outcome = UpdateOutcome.LOADED
    if _is_loaded(offer, former, count_same=dry_run):
        outcome = UpdateOutcome.ALREADY_NEWEST
    elif dry_run:
        outcome = UpdateOutcome.WOULD_LOAD
    offered = offer.period.label if offer.period else ""
    report = UpdateReport(
        outcome=outcome,
        url=offer.url,
        offered=offered,
        way=offer.way,
        page_failure=offer.page_failure,
        former=newest,
        newest=newest,
    )
    return FetchedRelease(report, None, former, offer.period)


def fetch_release(web: Web, offered: FetchedRelease, folder: Path, fetching: Progress) -> FetchedRelease:
    """Fetches what was offered into a folder; nothing is to be loaded if it is what is in use.

    Raises ``DownloadError``.
    """
    download = fetch_file(web, offered.report.url, folder, fetching)
    report = offered.report.model_copy(update={"sha256": download.sha256, "size": download.size})
    former = offered.former
    if former is not None and any(release.digest == download.sha256 for release in former.releases):
        return FetchedRelease(report.model_copy(update={"outcome": UpdateOutcome.ALREADY_NEWEST}), None, former)
    return offered._replace(report=report, path=download.path)


def read_release(fetched: FetchedRelease, path: Path, reading: Progress) -> FileToLoad:
    """What a fetched file has. Raises ``ReleaseError``, also where it is another release than it was offered as."""
    file = read_to_load(path, reading)
    contents, offered = file.contents, fetched.period
    whole = contents.release if isinstance(contents, ReadRelease) and not contents.partial else None
    if fetched.report.way is UpdateWay.NAME and (whole is None or offered is None or whole.id != offered.id):
        what = whole.label if whole is not None else "not a whole release"
        raise ReleaseError(path.name, f"is {what}, though its name says {fetched.report.offered}; nothing was loaded")
    if whole is not None and offered is not None and whole.id < offered.id:
        raise ReleaseError(path.name, f"is {whole.label}, though CMS's page says {offered.label}; nothing was loaded")
    return file


def report_loaded(fetched: FetchedRelease, shelf: Shelf, files: tuple[LoadedFile, ...]) -> UpdateReport:
    """The report of a release that was published: the newest release now, and what changed. Raises ``ShelfError``."""
    catalog, former = _full(shelf.open()), fetched.former
    loaded: dict[str, object] = {"files": files}
    if catalog is not None:
        loaded["newest"] = catalog.newest
        if former is not None:
            loaded |= {"changes": count_changes(former, catalog), "reissued": count_reissued(former, catalog)}
    return fetched.report.model_copy(update=loaded)


def _offer(web: Web, url: str, today: date) -> OfferedRelease:
    if url.lower().partition("?")[0].endswith(FILE_ENDINGS):
        return OfferedRelease(url)
    try:
        page = fetch_page(web, url)
        if page is None:
            return OfferedRelease(url)
        link = newest_release(page.text, page.url)
    except DownloadError as error:
        return _offer_by_name(web, url, today, error)
    return OfferedRelease(link.url, link.period, UpdateWay.PAGE)


def _offer_by_name(web: Web, url: str, today: date, failure: DownloadError) -> OfferedRelease:
    """A file under a name that CMS has used, on the site of a page that can't be read. Raises ``DownloadError``."""
    try:
        link = release_by_name(web, url, today)
    except DownloadError:
        raise failure from None
    if link is None:
        tried = " and ".join(period.label for period in quarters_at(today))
        raise DownloadError(f"{failure}. The names that CMS has used for {tried} were tried as well: no such file")
    return OfferedRelease(link.url, link.period, UpdateWay.NAME, str(failure))


def _full(catalog: Catalog | None) -> Catalog | None:
    """The catalog, if it has a full release."""
    return None if catalog is None or catalog.starter else catalog


def _is_loaded(offer: OfferedRelease, former: Catalog | None, *, count_same: bool) -> bool:
    """Whether the offered release is older than the newest one loaded, or with ``count_same`` the same.

    The same release is fetched to see whether CMS has published it again with corrections; but not by its name, which
    doesn't say whether it is a later issue than the one loaded.
    """
    if former is None or offer.period is None:
        return False
    newest = former.newest.id
    count_same = count_same or offer.way is UpdateWay.NAME
    return offer.period.id < newest or (count_same and offer.period.id == newest)
