"""CMS's quarterly-update page: its links to Alpha-Numeric HCPCS files, and the newest of them.

The page is edited manually. Links are relative or absolute, say "July" or "Jul" and end in ``-file.zip`` or
``-files.zip``; a corrected file is announced in words ("(v2)", "Updated 09/10/2026") beside the link or in its name. A
link is a release if its text or name contains alpha-numeric and HCPCS (or ``ANWEB``) and a year. The order on the page
means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Final, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from hcpcs.errors import DownloadError
from hcpcs.releases.period import Period, period_of_names

QUARTERLY_PAGE: Final = (
    "https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system/quarterly-update"
)
MANUAL_DOWNLOAD: Final = "download the Alpha-Numeric HCPCS file in a browser and run `hcpcs load FILE`"

# "October 2025 Alpha-Numeric HCPCS File", "HCPC2025_OCT_ANWEB.zip", their separators replaced by spaces.
_WANTED: Final = re.compile(r"\balpha ?numeric\b.*\bhcpcs\b|\bhcpcs\b.*\balpha ?numeric\b|\banweb\b")
_OTHER_FILES: Final = re.compile(
    r"\bnoc\b|not otherwise classified|\bcorrections\b|\btransactions?\b|\blayout\b|\bindex\b|\btable of drugs\b"
)
"""Words of the other files that CMS lists, some of which say "Alpha-Numeric HCPCS" too."""
_SEPARATORS: Final = re.compile(r"[-_+./()\s]+")
# Words of a corrected file: "(Updated 09/10/2026)".
_REVISED: Final = re.compile(r"\b(?:updated|revised|corrected|correction|reissued|re-posted|posted)\b", re.IGNORECASE)
_VERSION: Final = re.compile(r"(?<![a-z0-9])v(?:ersion)?[-_ .]*([1-9][0-9]?)(?![0-9])", re.IGNORECASE)
_DAY: Final = re.compile(r"(?<![0-9])(\d{1,2})[/-](\d{1,2})[/-]((?:20)?\d{2})(?![0-9])")
_WEB: Final = frozenset({"https", "http"})
_TEXT_LIMIT: Final = 500
"""Maximum characters of a link's text."""


class ReleaseLink(NamedTuple):
    """A link to a release file: its absolute address, its text, the release, and the issue of the release.

    ``version`` is the 2 of "v2"; ``updated`` the date of the update that the page states; ``revised`` whether the page
    says in words that the file was corrected.
    """

    url: str
    text: str
    period: Period
    version: int = 1
    revised: bool = False
    updated: date = date.min

    @property
    def rank(self) -> tuple[Period, int, date, bool]:
        """Sort key: newer releases, and newer issues of the same release, are greater."""
        return self.period, self.version, self.updated, self.revised


class _Anchors(HTMLParser):
    """Collects the links of a page, each with its text and the text between it and the next link."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.base = ""
        self.links: list[tuple[str, list[str], list[str]]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        href = named.get("href") or ""
        if tag == "base":
            self.base = self.base or href
        elif tag == "a" and href:
            titles = [value for name in ("title", "aria-label") if (value := named.get(name))]
            self.links.append((href, titles, []))
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._inside = False
        elif tag in ("li", "tr", "p", "div") and self.links:
            self.links[-1][2].append("\n")

    def handle_data(self, data: str) -> None:
        if self.links:
            _, inside, after = self.links[-1]
            (inside if self._inside else after).append(data)


def release_links(html: str, page: str) -> tuple[ReleaseLink, ...]:
    """The links to releases on a page, in its order; ``page`` is its address.

    Raises ``DownloadError`` for a text that is not a web page.
    """
    anchors = _Anchors()
    try:
        anchors.feed(html)
        anchors.close()
    except AssertionError as error:
        # The standard library's parser raises this for broken declarations ("<![x").
        raise DownloadError(f"{page}: can't be read as a web page; {MANUAL_DOWNLOAD}") from error
    return tuple(_release_links(anchors, page))


def _release_links(anchors: _Anchors, page: str) -> Iterator[ReleaseLink]:
    for href, inside, after in anchors.links:
        try:
            url = urljoin(urljoin(page, anchors.base), href.strip())
            parts = urlsplit(url)
        except ValueError:
            continue
        text = " ".join("".join(inside).split())[:_TEXT_LIMIT]
        name = unquote(parts.path).rpartition("/")[2]
        searched = _SEPARATORS.sub(" ", f"{text} {name}".lower())
        is_archive = name.lower().endswith(".zip") or re.search(r"\bzip\b", searched)
        if parts.scheme not in _WEB or not is_archive or not _WANTED.search(searched) or _OTHER_FILES.search(searched):
            continue
        period = period_of_names([_REVISED.split(text)[0], name])
        if period is None:
            continue
        remark = f"{text} {name} {''.join(after).split(chr(10))[0]}"
        yield ReleaseLink(url, text or name, period, _version(remark), bool(_REVISED.search(remark)), _day(remark))


def _version(remark: str) -> int:
    return max((int(number) for number in _VERSION.findall(remark)), default=1)


def _day(remark: str) -> date:
    """The latest date in a remark, written as month, day and year; ``date.min`` without one."""
    days = [date.min]
    for month, day, year in _DAY.findall(remark):
        try:
            days.append(date(int(year) % 2000 + 2000, int(month), int(day)))
        except ValueError:
            continue
    return max(days)


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
