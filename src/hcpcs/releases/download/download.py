"""Fetching from the web: a page as text, and a file that stands on disk whole, with its digest, or not at all.

What has arrived of a file stands beside its place as ``NAME.part``, so that a later attempt, or a later process,
asks for the rest only. The rest is asked for with ``If-Range`` (RFC 9110, 13.1.5): a file that was replaced on the
server meanwhile comes whole again, and is never patched together of two.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

import httpx

from hcpcs.errors import DownloadError
from hcpcs.releases.archive import is_zip
from hcpcs.releases.content import Progress, no_progress
from hcpcs.releases.download.issue import Issue, digest_of, forget, is_whole_zip, issue_at, remember
from hcpcs.releases.download.quarterly_page import BY_HAND
from hcpcs.releases.download.web import PassingError, Web
from hcpcs.releases.source_file import MAX_FILE_BYTES

MAX_PAGE_BYTES: Final = 8 * 2**20

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")
_CONTENT_RANGE: Final = re.compile(r"bytes (\d{1,15})-\d{1,15}/(\d{1,15})")
_HTML: Final = re.compile(rb"\s*<(?:!doctype html|html|head|body)", re.IGNORECASE)


class Download(NamedTuple):
    """A file on disk, the address that it came from, its SHA-256 (hex), and its size in bytes."""

    path: Path
    url: str
    sha256: str
    size: int


class WebPage(NamedTuple):
    """A web page: the address that it was found at in the end, and its text."""

    url: str
    text: str


def fetch_page(web: Web, url: str) -> WebPage | None:
    """The page at an address, or ``None`` if a file is there instead. Raises ``DownloadError``."""
    return web.retried(lambda: _read_page(web, url))


def _read_page(web: Web, url: str) -> WebPage | None:
    with web.get(url) as response:
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if is_zip(bytes(body[:4])):
                return None
            if len(body) > MAX_PAGE_BYTES:
                raise DownloadError(f"{url}: is larger than any page of CMS; {BY_HAND}")
        if _media_type(response) != "text/html" and not _HTML.match(body):
            return None
        return WebPage(str(response.url), body.decode(response.encoding or "utf-8", "replace"))


def file_name(url: str) -> str:
    """The name under which a file is kept: the last part of its address, in harmless characters."""
    last = unquote(urlsplit(url).path).rpartition("/")[2]
    return _UNSAFE.sub("_", last)[-100:].lstrip("._") or "release.zip"


def fetch_file(
    web: Web, url: str, folder: Path, progress: Progress = no_progress, *, limit: int = MAX_FILE_BYTES
) -> Download:
    """Fetches a file into ``folder``, which must exist; one that is there and unchanged is not fetched again.

    ``progress`` is told the bytes had and the bytes in all (0 while unknown). Raises ``DownloadError``; what had
    arrived then stays for the next time.
    """
    path = folder / file_name(url)
    file = _ArrivingFile(web, url, path, progress, limit)
    try:
        return web.retried(file.attempt)
    except OSError as error:
        raise DownloadError(f"{path}: can't be written ({error.strerror}); check the folder") from error


class _ArrivingFile:
    """One file being fetched, attempt by attempt: the rest of what had begun, or whatever the server has now."""

    def __init__(self, web: Web, url: str, path: Path, progress: Progress, limit: int) -> None:
        self._web = web
        self._url = url
        self._path = path
        self._part = path.with_name(f"{path.name}.part")
        self._progress = progress
        self._limit = limit

    def attempt(self) -> Download:
        begun = issue_at(self._part, self._url)
        whole = issue_at(self._path, self._url)
        if begun is not None and begun.validator and self._part.stat().st_size:
            return self._continue(begun)
        if whole is not None and whole.validator and digest_of(self._path) == whole.sha256:
            return self._renew(whole)
        with self._web.get(self._url) as response:
            return self._take_whole(response)

    def _continue(self, begun: Issue) -> Download:
        """Asks for the rest; a server that has another issue by now sends the whole."""
        offset = self._part.stat().st_size
        asked = {"range": f"bytes={offset}-", "if-range": begun.validator}
        with self._web.get(self._url, asked, also={206, 416}) as response:
            if response.status_code == 200:
                return self._take_whole(response)
            match = _CONTENT_RANGE.fullmatch(response.headers.get("content-range", ""))
            if response.status_code == 416 or match is None or int(match[1]) != offset:
                forget(self._part)
                raise PassingError(f"{self._url}: the server did not send the rest that was asked for")
            return self._receive(response, offset, int(match[2]))

    def _renew(self, whole: Issue) -> Download:
        """Asks whether there is another issue than the one on disk."""
        asked = {"if-none-match": whole.etag} if whole.etag else {"if-modified-since": whole.modified}
        with self._web.get(self._url, asked, also={304}) as response:
            if response.status_code == 304:
                return Download(self._path, self._url, whole.sha256, whole.size)
            return self._take_whole(response)

    def _take_whole(self, response: httpx.Response) -> Download:
        forget(self._part)
        remember(self._part, Issue.of(self._url, response.headers))
        length = response.headers.get("content-length", "")
        return self._receive(response, 0, int(length) if length.isdecimal() else 0)

    def _receive(self, response: httpx.Response, had: int, total: int) -> Download:
        """Writes the body behind the ``had`` bytes of the part; ``total`` is the whole's size, 0 if unknown."""
        if response.headers.get("content-encoding", "identity") != "identity":
            raise DownloadError(f"{self._url}: the server packs it in a way that was not asked for; {BY_HAND}")
        self._check_size(total)
        self._progress(had, total)
        with self._part.open("ab") as file:
            for chunk in response.iter_raw():
                if not had:
                    self._check_kind(response, chunk)
                had += len(chunk)
                self._check_size(had)
                file.write(chunk)
                file.flush()  # so that a process that is killed leaves what it had
                self._progress(had, total)
        if not had or (total and had != total):
            raise PassingError(f"{self._url}: broke off after {had:,} of {total:,} bytes")
        return self._finish(had)

    def _finish(self, size: int) -> Download:
        """Puts the whole part in its place, once it proves to be one."""
        begun = issue_at(self._part, self._url)
        if begun is None or (self._is_zip_by_name() and not is_whole_zip(self._part)):
            forget(self._part)
            raise PassingError(f"{self._url}: arrived damaged")
        issue = begun.model_copy(update={"sha256": digest_of(self._part), "size": size})
        forget(self._path)
        self._part.replace(self._path)
        remember(self._path, issue)
        forget(self._part)
        return Download(self._path, self._url, issue.sha256, size)

    def _is_zip_by_name(self) -> bool:
        return self._path.suffix.lower() == ".zip"

    def _check_kind(self, response: httpx.Response, head: bytes) -> None:
        if _media_type(response) == "text/html" or _HTML.match(head):
            forget(self._part)
            raise DownloadError(f"{self._url}: is a web page, not a file; {BY_HAND}")
        if self._is_zip_by_name() and not b"PK\x03\x04".startswith(head[:4]):
            forget(self._part)
            raise DownloadError(f"{self._url}: is no .zip file; {BY_HAND}")

    def _check_size(self, size: int) -> None:
        if size > self._limit:
            forget(self._part)
            raise DownloadError(f"{self._url}: is larger than {self._limit:,} bytes; no release comes near that")


def _media_type(response: httpx.Response) -> str:
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()
