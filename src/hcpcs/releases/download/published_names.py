"""The names under which CMS has published releases, for when its page of links can't be read.

CMS keeps the files of its site in one folder and names a release after its month and year. Since 2023 the name has
ended in ``-file.zip`` or ``-files.zip``, and a file that was published again has had a number behind it (``-0``,
``-1``). A file that was published again with a day in its name can't be found so, only on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final
from urllib.parse import urljoin

from hcpcs.releases.download.quarterly_page import ReleaseLink
from hcpcs.releases.download.web import Web
from hcpcs.releases.period import Period

FOLDER: Final = "/files/zip/"
"""The folder of CMS's site that has the files."""
STEMS: Final = ("{month}-{year}-alpha-numeric-hcpcs-file", "{month}-{year}-alpha-numeric-hcpcs-files")
ANNUAL_STEM: Final = "{year}-alpha-numeric-hcpcs-file"
"""The name of a January release, as for the files of 2020 and before."""
REPOSTS: Final = 4
"""Numbers that are tried behind a name: 0, 1, 2 and 3."""


def quarters_at(today: date) -> tuple[Period, Period]:
    """The quarter of a day, and the one before."""
    quarter = Period(today.year, (today.month - 1) // 3 * 3 + 1)
    before = Period(today.year - 1, 10) if quarter.month == 1 else Period(today.year, quarter.month - 3)
    return quarter, before


def names_of(period: Period) -> Iterator[str]:
    """The names that a release may have, later issues first."""
    stems = (*STEMS, ANNUAL_STEM) if period.month == 1 else STEMS
    written = [stem.format(month=f"{period.effective:%B}".lower(), year=period.year) for stem in stems]
    for number in reversed(range(REPOSTS)):
        yield from (f"{stem}-{number}.zip" for stem in written)
    yield from (f"{stem}.zip" for stem in written)


def release_by_name(web: Web, site: str, today: date) -> ReleaseLink | None:
    """The release of today's quarter, else of the one before, under a name that CMS has used; ``None`` without one.

    ``site`` is any address of the site. Raises ``DownloadError`` where the site answers with anything but a file or
    "not found".
    """
    for period in quarters_at(today):
        for name in names_of(period):
            url = urljoin(site, FOLDER + name)
            if _is_file(web, url):
                return ReleaseLink(url, name, period)
    return None


def _is_file(web: Web, url: str) -> bool:
    """Whether there is a file at an address; some sites answer with a page instead of "not found"."""

    def look() -> bool:
        with web.get(url, also={404, 410}) as response:
            return response.status_code == 200 and "html" not in response.headers.get("content-type", "").lower()

    return web.retried(look)
