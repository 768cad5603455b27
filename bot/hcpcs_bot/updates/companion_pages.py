"""The pages of companion files: which edition each offers for a day, and where. The table is ``companion_pages.toml``.

A page links to the files, or to one page per edition that links to them. The edition of a link is stated by its text or
its name; its position means nothing. A link to a license page is an offer that only a person can take.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, cached_property
from importlib import resources
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from hcpcs.companions.edition import EditionGroup, EditionKind
from hcpcs.companions.edition_days import day_of_name, days_from
from hcpcs.companions.edition_kinds import EditionDate, KindSpec, edition_kinds
from hcpcs.errors import DownloadError
from hcpcs.records.record import Frozen
from hcpcs.releases.download.page_links import MANUAL_DOWNLOAD, PageLink
from hcpcs.releases.source_file import FILE_ENDINGS

LinksOf = Callable[[str], Sequence[PageLink] | None]
"""The links of the page at an address; ``None`` if it is a file. Raises ``DownloadError``."""
CMS_SITE: Final = "https://www.cms.gov"


class CompanionPage(Frozen):
    """One section of the table; its keys are explained there."""

    kind: EditionKind
    url: str
    wanted: str = ""
    unwanted: str = ""
    by_hand: str = ""

    @property
    def spec(self) -> KindSpec:
        """The kind of the edition that the file must contain."""
        return edition_kinds()[self.kind]

    @property
    def group(self) -> EditionGroup:
        """What ``--only`` calls it."""
        return self.spec.part_of

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        return re.compile(self.wanted), re.compile(self.unwanted or "(?!)")

    def wants(self, link: PageLink) -> bool:
        """Whether a link is to an edition of this kind, by its words."""
        wanted, unwanted = self._patterns
        return wanted.search(link.searched) is not None and unwanted.search(link.searched) is None

    def at_site(self, site: str) -> CompanionPage:
        """The same page on another site, such as a mirror of CMS's; pages of others stay."""
        if not self.url.startswith(f"{CMS_SITE}/"):
            return self
        return self.model_copy(update={"url": site.rstrip("/") + self.url.removeprefix(CMS_SITE)})


class OfferedEdition(NamedTuple):
    """An edition that a page offers: its file's address, its first day, and whether a license stands before it.

    ``day`` is ``None`` where the address itself was given, so that no page states it.
    """

    url: str
    day: date | None
    is_licensed: bool = False


@cache
def companion_pages() -> tuple[CompanionPage, ...]:
    """The table, read once per process."""
    text = resources.files("hcpcs_bot.updates").joinpath("companion_pages.toml").read_text(encoding="utf-8")
    return tuple(CompanionPage(**section) for section in tomllib.loads(text)["page"])


def pages_at(pages: Sequence[CompanionPage], url: str) -> list[CompanionPage]:
    """Pages of one group at an address that was given for all of them; one page if it is the address of a file."""
    moved = [page.model_copy(update={"url": url, "by_hand": ""}) for page in pages]
    return moved[:1] if url.lower().partition("?")[0].endswith(FILE_ENDINGS) else moved


def offered_editions(page: CompanionPage, links_of: LinksOf, today: date) -> tuple[OfferedEdition, ...]:
    """The editions to fetch from a page: the newest, and the one of today's quarter where that is another one.

    CMS publishes a quarter some weeks before it begins, while today's is still needed. Raises ``DownloadError`` if the
    page can't be read, or has no link of this kind, since then its layout has changed.
    """
    links = links_of(page.url)
    if links is None:
        return (OfferedEdition(page.url, None),)
    if not page.wanted:
        raise DownloadError(f"{page.url}: is a web page, not a file; give the file's address")
    by_day: dict[date, list[PageLink]] = {}
    for day, link in _dated(page, links):
        by_day.setdefault(day, []).append(link)
    if not by_day:
        raise DownloadError(
            f"{page.url}: lists no {page.spec.name}, so its layout may have changed; {MANUAL_DOWNLOAD}, "
            f"or give the file's address with --only {page.group.value} --url"
        )
    present = days_from(today, EditionDate.QUARTER).first
    days = [day for day in sorted(by_day) if day >= present] or [max(by_day)]
    return tuple(_offer(page, day, by_day[day], links_of) for day in days)


def _dated(page: CompanionPage, links: Iterable[PageLink]) -> Iterator[tuple[date, PageLink]]:
    """The wanted links, each with the first day of the edition that it states."""
    for link in links:
        day = (day_of_name(link.stated) or day_of_name(link.name)) if page.wants(link) else None
        if day is not None:
            yield days_from(day, page.spec.dated).first, link


def _offer(page: CompanionPage, day: date, links: Sequence[PageLink], links_of: LinksOf) -> OfferedEdition:
    best = max(links, key=_rank)
    if best.is_file or best.is_licensed:
        return OfferedEdition(best.url, day, best.is_licensed)
    inner = _inner_links(best, page, links_of)
    if inner is None:
        return OfferedEdition(best.url, day)
    files = [link for link in inner if page.wants(link) and (link.is_file or link.is_licensed)]
    of_day = [link for link in files if (stated := list(_dated(page, [link]))) == [] or stated[0][0] == day]
    if not of_day:
        raise DownloadError(f"{best.url}: links to no {page.spec.label(day)}; {MANUAL_DOWNLOAD}")
    link = max(of_day, key=_rank)
    return OfferedEdition(link.url, day, link.is_licensed)


def _inner_links(link: PageLink, page: CompanionPage, links_of: LinksOf) -> Sequence[PageLink] | None:
    """The links of the page of an edition, which must be on the same site as the page that names it."""
    if urlsplit(link.url).netloc != urlsplit(page.url).netloc:
        raise DownloadError(f"{link.url}: is on another site than {page.url}; {MANUAL_DOWNLOAD}")
    return links_of(link.url)


def _rank(link: PageLink) -> tuple[object, ...]:
    """Files come before pages about them; newer issues, and the later of several parts, before the others."""
    part = re.search(r"f(\d)(?=\.zip)", link.name.lower())
    return link.is_file or link.is_licensed, link.rank, int(part[1]) if part else 0
