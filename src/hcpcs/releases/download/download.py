"""Downloads: a page as text, or a file that is on disk either complete, with its digest, or not at all.

The part that has arrived is kept beside the file as ``NAME.part``, so that a later attempt or process requests only the
rest. It does so with ``If-Range`` (RFC 9110, 13.1.5): a file that was replaced on the server in the meantime is sent
whole, so that parts of two issues are never joined.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

import httpx2

from hcpcs.errors import DownloadError, TransientDownloadError
from hcpcs.releases.archive import is_zip
from hcpcs.releases.content import Progress, no_progress
from hcpcs.releases.download.issue import Issue, digest_of, forget, is_whole_zip, issue_at, remember
from hcpcs.releases.download.page_links import MANUAL_DOWNLOAD
from hcpcs.releases.download.web import Web
from hcpcs.releases.source_file import MAX_FILE_BYTES

MAX_PAGE_BYTES: Final = 8 * 2**20
"""Maximum bytes per web page."""

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")
# "bytes 200000-400211/400212": the first byte and the size of the whole file.
_CONTENT_RANGE: Final = re.compile(r"bytes (\d{1,15})-\d{1,15}/(\d{1,15})")
_HTML: Final = re.compile(rb"\s*<(?:!doctype html|html|head|body)", re.IGNORECASE)


class Download(NamedTuple):
    """A file on disk, the address that it came from, its SHA-256 (hex), and its size in bytes."""

    path: Path
    url: str
    sha256: str
    size: int


class WebPage(NamedTuple):
    """A web page: its address after redirects, and its text."""

    url: str
    text: str


def fetch_page(web: Web, url: str) -> WebPage | None:
    """The page at an address, or ``None`` if it is a file. Raises ``DownloadError``."""
    return web.retried(lambda: _read_page(web, url))


def _read_page(web: Web, url: str) -> WebPage | None:
    with web.get(url) as response:
        body = bytearray()
        for chunk in web.chunks(response):
            body += chunk
            if is_zip(bytes(body[:4])):
                return None
            if len(body) > MAX_PAGE_BYTES:
                raise DownloadError(f"{url}: is larger than any page of CMS; {MANUAL_DOWNLOAD}")
        if _media_type(response) != "text/html" and not _HTML.match(body):
            return None
        return WebPage(str(response.url), body.decode(response.encoding or "utf-8", "replace"))


def file_name(url: str) -> str:
    """The name of a downloaded file: the last part of its address, in letters, digits and ``._-`` only."""
    last = unquote(urlsplit(url).path).rpartition("/")[2]
    return _UNSAFE.sub("_", last)[-100:].lstrip("._") or "release.zip"


def fetch_file(
    web: Web, url: str, folder: Path, progress: Progress = no_progress, *, limit: int = MAX_FILE_BYTES
) -> Download:
    """Fetches a file into ``folder``, which must exist, unless it is there already and unchanged on the server.

    ``progress`` is called with the bytes received and their total (0 while unknown). ``limit`` is the maximum size in
    bytes. Raises ``DownloadError``; the part that has arrived is then kept for the next attempt.
    """
    path = folder / file_name(url)
    file = _PartialDownload(web, url, path, progress, limit)
    try:
        return web.retried(file.attempt)
    except OSError as error:
        raise DownloadError(f"{path}: can't be written ({error.strerror}); check the folder") from error


class _PartialDownload:
    """The download of one file over several attempts, each of which resumes the last one or starts again."""

    def __init__(self, web: Web, url: str, path: Path, progress: Progress, limit: int) -> None:
        self._web = web
        self._url = url
        self._path = path
        self._part = path.with_name(f"{path.name}.part")
        self._progress = progress
        self._limit = limit

    def attempt(self) -> Download:
        """Makes one attempt. Raises ``TransientDownloadError`` if another one may succeed, else ``DownloadError``."""
        partial = issue_at(self._part, self._url)
        complete = issue_at(self._path, self._url)
        if partial is not None and partial.validator and self._part.stat().st_size:
            return self._resume(partial)
        if complete is not None and complete.validator and digest_of(self._path) == complete.sha256:
            return self._revalidate(complete)
        with self._web.get(self._url) as response:
            return self._receive_whole(response)

    def _resume(self, partial: Issue) -> Download:
        """Requests the rest of a partial file; a server with another issue sends that whole."""
        offset = self._part.stat().st_size
        headers = {"range": f"bytes={offset}-", "if-range": partial.validator}
        with self._web.get(self._url, headers, also={206, 416}) as response:
            if response.status_code == 200:
                return self._receive_whole(response)
            match = _CONTENT_RANGE.fullmatch(response.headers.get("content-range", ""))
            if response.status_code == 416 or match is None or int(match[1]) != offset:
                forget(self._part)
                raise TransientDownloadError(f"{self._url}: the server didn't send the part that was requested")
            return self._receive(response, offset, int(match[2]))

    def _revalidate(self, complete: Issue) -> Download:
        """Requests the file unless the server still has the issue on disk."""
        headers = {"if-none-match": complete.etag} if complete.etag else {"if-modified-since": complete.modified}
        with self._web.get(self._url, headers, also={304}) as response:
            if response.status_code == 304:
                return Download(self._path, self._url, complete.sha256, complete.size)
            return self._receive_whole(response)

    def _receive_whole(self, response: httpx2.Response) -> Download:
        forget(self._part)
        remember(self._part, Issue.of(self._url, response.headers))
        length = response.headers.get("content-length", "")
        return self._receive(response, 0, int(length) if length.isdecimal() else 0)

    def _receive(self, response: httpx2.Response, received: int, total: int) -> Download:
        """Appends the body to the ``received`` bytes of the part; ``total`` is the file's size, 0 if unknown."""
        if response.headers.get("content-encoding", "identity") != "identity":
            raise DownloadError(
                f"{self._url}: the server sent a content encoding that was not requested; {MANUAL_DOWNLOAD}"
            )
        self._check_size(total)
        self._progress(received, total)
        with self._part.open("ab") as file:
            for chunk in self._web.chunks(response, raw=True):
                if not received:
                    self._check_kind(response, chunk)
                received += len(chunk)
                self._check_size(received)
                file.write(chunk)
                file.flush()  # A process that is killed must leave what it has received.
                self._progress(received, total)
        if not received or (total and received != total):
            raise TransientDownloadError(f"{self._url}: the connection broke after {received:,} of {total:,} bytes")
        return self._finish(received)

    def _finish(self, size: int) -> Download:
        """Renames the part to the file, if it is complete. Raises ``TransientDownloadError`` if it is damaged."""
        partial = issue_at(self._part, self._url)
        if partial is None or (self._is_zip_by_name() and not is_whole_zip(self._part)):
            forget(self._part)
            raise TransientDownloadError(f"{self._url}: arrived damaged")
        issue = partial.model_copy(update={"sha256": digest_of(self._part), "size": size})
        forget(self._path)
        self._part.replace(self._path)
        remember(self._path, issue)
        forget(self._part)
        return Download(self._path, self._url, issue.sha256, size)

    def _is_zip_by_name(self) -> bool:
        return self._path.suffix.lower() == ".zip"

    def _check_kind(self, response: httpx2.Response, head: bytes) -> None:
        if _media_type(response) == "text/html" or _HTML.match(head):
            forget(self._part)
            raise DownloadError(f"{self._url}: is a web page, not a file; {MANUAL_DOWNLOAD}")
        if self._is_zip_by_name() and not b"PK\x03\x04".startswith(head[:4]):
            forget(self._part)
            raise DownloadError(f"{self._url}: is not a .zip file; {MANUAL_DOWNLOAD}")

    def _check_size(self, size: int) -> None:
        if size > self._limit:
            forget(self._part)
            raise DownloadError(f"{self._url}: is larger than {self._limit:,} bytes, more than any file that is loaded")


def _media_type(response: httpx2.Response) -> str:
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()
