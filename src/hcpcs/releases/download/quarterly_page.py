"""CMS's quarterly-update page: its links to Alpha-Numeric HCPCS files, and the newest of them.

Links say "July" or "Jul" and end in ``-file.zip`` or ``-files.zip``. A link is a release if its text or name contains
alpha-numeric and HCPCS (or ``ANWEB``) and a year.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hcpcs.errors import DownloadError
from hcpcs.releases.download.page_links import MANUAL_DOWNLOAD, IssueRank, page_links
from hcpcs.releases.period import Period, period_of_names

QUARTERLY_PAGE: Final = (
    "https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system/quarterly-update"
)

# "October 2025 Alpha-Numeric HCPCS File", "HCPC2025_OCT_ANWEB.zip", their separators replaced by spaces.
_WANTED: Final = re.compile(r"\balpha ?numeric\b.*\bhcpcs\b|\bhcpcs\b.*\balpha ?numeric\b|\banweb\b")
_OTHER_FILES: Final = re.compile(
    r"\bnoc\b|not otherwise classified|\bcorrections\b|\btransactions?\b|\blayout\b|\bindex\b|\btable of drugs\b"
)
"""Words of the other files that CMS lists, some of which say "Alpha-Numeric HCPCS" too."""


class ReleaseLink(NamedTuple):
    """A link to a release file: its absolute address, its text, the release, and the issue of the release."""

    url: str
    text: str
    period: Period
    issue: IssueRank = IssueRank()

    @property
    def rank(self) -> tuple[Period, IssueRank]:
        """Sort key: newer releases, and newer issues of the same release, are greater."""
        return self.period, self.issue


def release_links(html: str, page: str) -> tuple[ReleaseLink, ...]:
    """The links to releases on a page, in its order; ``page`` is its address.

    Raises ``DownloadError`` for a text that is not a web page.
    """
    releases = []
    for link in page_links(html, page):
        is_archive = link.name.lower().endswith(".zip") or re.search(r"\bzip\b", link.searched)
        if not is_archive or not _WANTED.search(link.searched) or _OTHER_FILES.search(link.searched):
            continue
        period = period_of_names([link.stated, link.name])
        if period is not None:
            releases.append(ReleaseLink(link.url, link.text or link.name, period, link.rank))
    return tuple(releases)


def newest_release(html: str, page: str) -> ReleaseLink:
    """The newest release on a page; of several equal ones, the first.

    Raises ``DownloadError`` if there is none, since then the page's layout has changed.
    """
    links = release_links(html, page)
    if not links:
        raise DownloadError(
            f"{page}: lists no Alpha-Numeric HCPCS file, so its layout may have changed; {MANUAL_DOWNLOAD}, "
            "or give the file's address with --url"
        )
    return max(links, key=lambda link: link.rank)
