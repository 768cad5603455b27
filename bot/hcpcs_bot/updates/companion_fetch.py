"""Fetching companion files: for each page what it offers, what is loaded already, and a file that is what it promised.

An edition that is older than the newest one loaded is not taken, nor a file whose own date isn't the one that the page
states. What a person has to accept or download is reported as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from hcpcs.companions.edition import Edition
from hcpcs.companions.edition_days import days_from
from hcpcs.companions.edition_kinds import EditionDate, kinds_of
from hcpcs.errors import DownloadError, HcpcsError, LicenseRequiredError, ReleaseError
from hcpcs.releases.content import Progress
from hcpcs.releases.download.download import fetch_file, fetch_page
from hcpcs.releases.download.page_links import PageLink, page_links
from hcpcs.releases.download.web import Web, check_address
from hcpcs.releases.source_file import FILE_ENDINGS
from hcpcs_bot.updates.companion_pages import CompanionPage, OfferedEdition, offered_editions
from hcpcs_bot.updates.load import FileToLoad, read_to_load
from hcpcs_bot.updates.update_report import CompanionOutcome, CompanionReport


class FetchedCompanion(NamedTuple):
    """What fetching an edition did; ``file`` is ``None`` where nothing is to be loaded."""

    report: CompanionReport
    file: FileToLoad | None = None


class PageReader:
    """Reads each page once, since several kinds share one. Raises ``DownloadError``, again for the same page."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._read: dict[str, Sequence[PageLink] | DownloadError | None] = {}

    def __call__(self, url: str) -> Sequence[PageLink] | None:
        """The links of the page at an address; ``None`` if it is a file."""
        if url not in self._read:
            self._read[url] = self._fetch(url)
        links = self._read[url]
        if isinstance(links, DownloadError):
            raise links
        return links

    def _fetch(self, url: str) -> Sequence[PageLink] | DownloadError | None:
        try:
            if check_address(url).lower().partition("?")[0].endswith(FILE_ENDINGS):
                return None
            page = fetch_page(self._web, url)
            return None if page is None else page_links(page.text, page.url)
        except DownloadError as error:
            return error


class CompanionFetch:
    """Fetches what pages offer into ``folder``, or with ``folder=None`` only says what would be fetched."""

    def __init__(self, web: Web, loaded: Iterable[Edition], today: date, folder: Path | None) -> None:
        self._web = web
        self._loaded = tuple(loaded)
        self._today = today
        self._folder = folder
        self._links_of = PageReader(web)

    def fetch(self, page: CompanionPage, fetching: Progress, reading: Progress) -> Iterator[FetchedCompanion]:
        """What each edition that a page offers came to; a failure is reported, never raised."""
        if page.by_hand:
            yield FetchedCompanion(self._report(page, CompanionOutcome.BY_HAND, detail=page.by_hand))
            return
        try:
            offers = offered_editions(page, self._links_of, self._today)
        except HcpcsError as error:
            yield FetchedCompanion(self._report(page, CompanionOutcome.FAILED, detail=str(error)))
            return
        for offer in offers:
            try:
                yield self._fetch(page, offer, fetching, reading)
            except LicenseRequiredError as error:
                yield FetchedCompanion(self._by_hand(page, offer._replace(url=error.url)))
            except HcpcsError as error:
                yield FetchedCompanion(self._report(page, CompanionOutcome.FAILED, offer, detail=str(error)))

    def _fetch(
        self, page: CompanionPage, offer: OfferedEdition, fetching: Progress, reading: Progress
    ) -> FetchedCompanion:
        if self._is_stale(page, offer) or (self._has(page, offer) and (self._folder is None or offer.is_licensed)):
            return FetchedCompanion(self._report(page, CompanionOutcome.ALREADY_NEWEST, offer))
        if offer.is_licensed:
            return FetchedCompanion(self._by_hand(page, offer))
        if self._folder is None:
            return FetchedCompanion(self._report(page, CompanionOutcome.WOULD_LOAD, offer))
        folder = self._folder / page.kind.value
        folder.mkdir(exist_ok=True)
        download = fetch_file(self._web, offer.url, folder, fetching)
        fetched = {"sha256": download.sha256, "size": download.size}
        if any(edition.digest == download.sha256 for edition in self._of(page)):
            known = self._report(page, CompanionOutcome.ALREADY_NEWEST, offer)
            return FetchedCompanion(known.model_copy(update=fetched))
        file = read_to_load(download.path, reading)
        _check_contents(page, offer, file)
        return FetchedCompanion(self._report(page, CompanionOutcome.LOADED, offer).model_copy(update=fetched), file)

    def _of(self, page: CompanionPage) -> Sequence[Edition]:
        return [edition for edition in self._loaded if edition.kind is page.kind]

    def _has(self, page: CompanionPage, offer: OfferedEdition) -> bool:
        return offer.day is not None and any(edition.from_day == offer.day for edition in self._of(page))

    def _is_stale(self, page: CompanionPage, offer: OfferedEdition) -> bool:
        """Whether a newer edition is loaded, and the offered one isn't that of today's quarter."""
        days = [edition.from_day for edition in self._of(page) if edition.from_day is not None]
        if offer.day is None or not days:
            return False
        return offer.day < max(days) and offer.day < days_from(self._today, EditionDate.QUARTER).first

    def _by_hand(self, page: CompanionPage, offer: OfferedEdition) -> CompanionReport:
        detail = "it asks to accept a license, which only you can do: accept it in a browser and download the file"
        return self._report(page, CompanionOutcome.BY_HAND, offer, detail=detail)

    def _report(
        self, page: CompanionPage, outcome: CompanionOutcome, offer: OfferedEdition | None = None, detail: str = ""
    ) -> CompanionReport:
        day = offer.day if offer else None
        days = [edition for edition in self._of(page) if edition.from_day is not None]
        return CompanionReport(
            kind=page.kind,
            name=page.spec.name,
            outcome=outcome,
            offered=page.spec.label(day) if day else "",
            loaded=days[-1].label if days else "",
            url=offer.url if offer else page.url,
            detail=detail,
            due=self._due(days[-1]) if days and outcome is CompanionOutcome.ALREADY_NEWEST else None,
        )

    def _due(self, newest: Edition) -> date | None:
        """The last day of the quarter of the newest edition, if that is over and the page has no newer one."""
        return newest.to_day if newest.is_outdated(self._today) else None


def _check_contents(page: CompanionPage, offer: OfferedEdition, file: FileToLoad) -> None:
    """Raises ``ReleaseError`` for a file of another kind, or of another edition than the page states.

    A file whose address was given may be of any kind of the group.
    """
    kinds = (page.kind,) if offer.day is not None else kinds_of(page.group)
    editions = [packed.edition for packed in file.editions if packed.edition.kind in kinds]
    if not editions:
        raise ReleaseError(file.path.name, f"has no {page.spec.name}; nothing was loaded")
    for edition in editions:
        if offer.day is not None and edition.from_day != offer.day:
            raise ReleaseError(
                file.path.name,
                f"is {edition.label}, though CMS's page says {page.spec.label(offer.day)}; nothing was loaded",
            )
