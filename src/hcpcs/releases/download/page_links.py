"""The links of a web page: absolute addresses, with what the page says about each, and how new an issue it names.

CMS's pages are edited manually. Links are relative or absolute; a corrected file is announced in words ("(v2)",
"Updated 09/10/2026", "final") beside the link or in its name. The order on a page means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Final, NamedTuple
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from hcpcs.errors import DownloadError

MANUAL_DOWNLOAD: Final = "download the file in a browser and run `hcpcs load FILE`"

_SEPARATORS: Final = re.compile(r"[-_+./()\s]+")
# Words of a corrected file: "(Updated 09/10/2026)".
_REVISED: Final = re.compile(r"\b(?:updated|revised|corrected|correction|reissued|re-posted|posted)\b", re.IGNORECASE)
_VERSION: Final = re.compile(r"(?<![a-z0-9])v(?:ersion)?[-_ .]*([1-9][0-9]?)(?![0-9])", re.IGNORECASE)
_DAY: Final = re.compile(r"(?<![0-9])(\d{1,2})[/-](\d{1,2})[/-]((?:20)?\d{2})(?![0-9])")
# Payment limits are published as "preliminary" first, and as "final" some days before the quarter.
_PRELIMINARY: Final = re.compile(r"(?<![a-z])preliminary(?![a-z])", re.IGNORECASE)
_FINAL: Final = re.compile(r"(?<![a-z])final(?![a-z])", re.IGNORECASE)
_LICENSE_PATHS: Final = re.compile(r"/license/|/apps/ama/license", re.IGNORECASE)
"""Paths of the pages on which CMS asks to accept the license of the AMA, ADA or AHA before a download.

``/license/ama?file=/files/zip/NAME.zip``, formerly ``/apps/ama/license.asp?file=/files/zip/NAME.zip``.
"""
_FILE_ENDINGS: Final = (".zip", ".csv", ".txt", ".xlsx", ".xls", ".pdf")
_WEB: Final = frozenset({"https", "http"})
_TEXT_LIMIT: Final = 500
"""Maximum characters of a link's text."""


class IssueRank(NamedTuple):
    """Sort key of the issues of one file: later ones are greater.

    ``version`` is the 2 of "v2"; ``stage`` is 0 for a preliminary, 2 for a final, 1 for any other file; ``updated`` the
    date of the update that the page states; ``revised`` whether it says in words that the file was corrected.
    """

    version: int = 1
    stage: int = 1
    updated: date = date.min
    revised: bool = False


class PageLink(NamedTuple):
    """A link: its absolute address, its text, the name of what it leads to, and the rank of the issue.

    ``name`` is the last part of the address, that of the file behind a license page; ``stated`` the text before any
    words about a correction, whose dates are not those of the edition.
    """

    url: str
    text: str
    name: str
    rank: IssueRank = IssueRank()

    @property
    def stated(self) -> str:
        """The text of the link before the words of a correction."""
        return _REVISED.split(self.text)[0]

    @property
    def searched(self) -> str:
        """Text and name in lower case, with single spaces for their separators."""
        return _SEPARATORS.sub(" ", f"{self.text} {self.name}".lower())

    @property
    def is_licensed(self) -> bool:
        """Whether it leads to a page that asks to accept a license."""
        return is_license_page(self.url)

    @property
    def is_file(self) -> bool:
        """Whether it leads to a file, by its name or its text ("ZIP, 2 MB")."""
        return self.name.lower().endswith(_FILE_ENDINGS) or re.search(r"\bzip\b", self.searched) is not None


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


def page_links(html: str, page: str) -> tuple[PageLink, ...]:
    """The links on a page, in its order; ``page`` is its address.

    Raises ``DownloadError`` for a text that is not a web page.
    """
    anchors = _Anchors()
    try:
        anchors.feed(html)
        anchors.close()
    except AssertionError as error:
        # The standard library's parser raises this for broken declarations ("<![x").
        raise DownloadError(f"{page}: can't be read as a web page; {MANUAL_DOWNLOAD}") from error
    return tuple(_page_links(anchors, page))


def _page_links(anchors: _Anchors, page: str) -> Iterator[PageLink]:
    for href, inside, after in anchors.links:
        try:
            url = urljoin(urljoin(page, anchors.base), href.strip())
            if urlsplit(url).scheme not in _WEB:
                continue
            name = _name_of(url)
        except ValueError:
            continue
        text = " ".join("".join(inside).split())[:_TEXT_LIMIT]
        remark = f"{text} {name} {''.join(after).split(chr(10))[0]}"
        yield PageLink(url, text, name, _rank(remark))


def _name_of(url: str) -> str:
    parts = urlsplit(url)
    behind = parse_qs(parts.query).get("file", [""])[0] if is_license_page(url) else ""
    return unquote(behind or parts.path).rpartition("/")[2]


def is_license_page(url: str) -> bool:
    """Whether an address is that of a page on which CMS asks to accept a license."""
    return _LICENSE_PATHS.search(urlsplit(url).path) is not None


def _rank(remark: str) -> IssueRank:
    stage = 0 if _PRELIMINARY.search(remark) else 2 if _FINAL.search(remark) else 1
    version = max((int(number) for number in _VERSION.findall(remark)), default=1)
    return IssueRank(version, stage, _day(remark), _REVISED.search(remark) is not None)


def _day(remark: str) -> date:
    """The latest date in a remark, written as month, day and year; ``date.min`` without one."""
    days = [date.min]
    for month, day, year in _DAY.findall(remark):
        try:
            days.append(date(int(year) % 2000 + 2000, int(month), int(day)))
        except ValueError:
            continue
    return max(days)
