"""CMS's quarterly-update page read: its links to Alpha-Numeric HCPCS files, and which of them is the newest.

The page is written by hand. Links are relative or whole, say "July" or "Jul", end in ``-file.zip`` or
``-files.zip``, and a corrected file is announced in words ("(v2)", "Updated 09/10/2026") beside the link or in its
name. What tells a release is that text or name say alpha-numeric and HCPCS (or ``ANWEB``) and a year; the order on
the page tells nothing.
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
BY_HAND: Final = "download the Alpha-Numeric HCPCS file in a browser and run `hcpcs load FILE`"

_WANTED: Final = re.compile(r"\balpha ?numeric\b.*\bhcpcs\b|\bhcpcs\b.*\balpha ?numeric\b|\banweb\b")
_OTHER_FILES: Final = re.compile(
    r"\bnoc\b|not otherwise classified|\bcorrections\b|\btransactions?\b|\blayout\b|\bindex\b|\btable of drugs\b"
)
"""Files that CMS lists beside the releases, some of them with the same words."""
_SEPARATORS: Final = re.compile(r"[-_+./()\s]+")
_REVISED: Final = re.compile(r"\b(?:updated|revised|corrected|correction|reissued|re-posted|posted)\b", re.IGNORECASE)
_VERSION: Final = re.compile(r"(?<![a-z0-9])v(?:ersion)?[-_ .]*([1-9][0-9]?)(?![0-9])", re.IGNORECASE)
_DAY: Final = re.compile(r"(?<![0-9])(\d{1,2})[/-](\d{1,2})[/-]((?:20)?\d{2})(?![0-9])")
_WEB: Final = frozenset({"https", "http"})
_TEXT_LIMIT: Final = 500


class ReleaseLink(NamedTuple):
    """A link to a release file: its whole address, its words on the page, its release, and which issue of it.

    ``version`` is what the page calls ``v2``; ``updated`` the day on which the page says that it was updated.
    """

    url: str
    text: str
    period: Period
    version: int = 1
    revised: bool = False
    updated: date = date.min

    @property
    def rank(self) -> tuple[Period, int, date, bool]:
        """Newer releases, and newer issues of one release, rank higher."""
        return self.period, self.version, self.updated, self.revised


class _Anchors(HTMLParser):
    """Collects every link with its words, and what is written after it up to the next link."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.base = ""
        self.found: list[tuple[str, list[str], list[str]]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        href = named.get("href") or ""
        if tag == "base":
            self.base = self.base or href
        elif tag == "a" and href:
            titles = [value for name in ("title", "aria-label") if (value := named.get(name))]
            self.found.append((href, titles, []))
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._inside = False
        elif tag in ("li", "tr", "p", "div") and self.found:
            self.found[-1][2].append("\n")

    def handle_data(self, data: str) -> None:
        if self.found:
            _, inside, after = self.found[-1]
            (inside if self._inside else after).append(data)


def release_links(html: str, page: str) -> tuple[ReleaseLink, ...]:
    """The links of a page (at the address ``page``) that lead to releases, in the page's order.

    Raises ``DownloadError`` for what is no web page.
    """
    anchors = _Anchors()
    try:
        anchors.feed(html)
        anchors.close()
    except AssertionError as error:
        # The standard library's parser gives up so on broken declarations ("<![x").
        raise DownloadError(f"{page}: can't be read as a web page; {BY_HAND}") from error
    return tuple(_release_links(anchors, page))


def _release_links(anchors: _Anchors, page: str) -> Iterator[ReleaseLink]:
    for href, inside, after in anchors.found:
        try:
            url = urljoin(urljoin(page, anchors.base), href.strip())
            parts = urlsplit(url)
        except ValueError:
            continue
        text = " ".join("".join(inside).split())[:_TEXT_LIMIT]
        name = unquote(parts.path).rpartition("/")[2]
        said = _SEPARATORS.sub(" ", f"{text} {name}".lower())
        is_archive = name.lower().endswith(".zip") or re.search(r"\bzip\b", said)
        if parts.scheme not in _WEB or not is_archive or not _WANTED.search(said) or _OTHER_FILES.search(said):
            continue
        period = period_of_names([_REVISED.split(text)[0], name])
        if period is None:
            continue
        remark = f"{text} {name} {''.join(after).split(chr(10))[0]}"
        yield ReleaseLink(url, text or name, period, _version(remark), bool(_REVISED.search(remark)), _day(remark))


def _version(remark: str) -> int:
    return max((int(number) for number in _VERSION.findall(remark)), default=1)


def _day(remark: str) -> date:
    """The latest day written in a remark, as month, day, year; ``date.min`` without any."""
    days = [date.min]
    for month, day, year in _DAY.findall(remark):
        try:
            days.append(date(int(year) % 2000 + 2000, int(month), int(day)))
        except ValueError:
            continue
    return max(days)


def newest_release(html: str, page: str) -> ReleaseLink:
    """The newest release that a page links to; of equal ones, the one that it lists first.

    Raises ``DownloadError`` if it links to none: then its layout is another than we know.
    """
    links = release_links(html, page)
    if not links:
        raise DownloadError(
            f"{page}: lists no Alpha-Numeric HCPCS file, so its layout may have changed; {BY_HAND}, "
            "or give the file's address with --url"
        )
    return max(links, key=lambda link: link.rank)
