"""The web client: which addresses it accepts, when it retries, and the message of each failure.

Only https addresses are accepted, so that nobody between us and CMS can change a code set, and http on this machine. A
few redirects are followed, under the same rule. Failures that may pass (timeouts, lost connections, 5xx, 408, 425, 429)
are retried with exponential backoff; ``Retry-After`` is respected up to a minute. A response that goes on for longer
than half an hour is given up, and so is one that a server redirects to a license that a person has to accept.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, TypeVar
from urllib.parse import urlsplit

import httpx2
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential,
    wait_random,
)

from hcpcs.errors import DownloadError, LicenseRequiredError, TransientDownloadError
from hcpcs.loopback import is_loopback
from hcpcs.releases.download.page_links import MANUAL_DOWNLOAD, is_license_page

MAX_REDIRECTS: Final = 5
"""Maximum redirects per request."""
ATTEMPTS: Final = 6
"""Maximum attempts per request."""
FIRST_PAUSE: Final = 0.5
"""Seconds before the second attempt; each later pause is twice as long."""
LONGEST_PAUSE: Final = 60.0
"""Maximum seconds between two attempts."""
MAX_SECONDS: Final = 1800.0
"""Maximum seconds for one response, however steadily it arrives. The largest file takes a minute at 1 MB a second."""
TIMEOUT: Final = httpx2.Timeout(30.0, connect=10.0)
_TRANSIENT: Final = frozenset({408, 425, 429})
"""Client errors (4xx) that may pass: timeout, too early, too many requests."""
_UNREACHABLE: Final = "can't be reached; are you online, and does HTTPS_PROXY name your proxy?"
_LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")

Result = TypeVar("Result")


def check_address(url: str, *, from_loopback: bool = True) -> str:
    """The address, if it is https or, with ``from_loopback``, http on this machine; else raises ``DownloadError``."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise DownloadError(f"{url}: is not a web address") from None
    if parts.username or parts.password:
        raise DownloadError(f"{host}: addresses with a user name are not accepted")
    if parts.scheme == "https" and host:
        return url
    if parts.scheme == "http" and is_loopback(host) and from_loopback:
        return url
    raise DownloadError(f"{url}: only https addresses are accepted")


class Web:
    """A web client under the rules of this module, to be used in a ``with`` block.

    Proxies are those of the environment (``HTTPS_PROXY``, ``NO_PROXY``), but not for this machine. ``first_pause`` is
    in seconds, and doubles; ``max_seconds`` is the maximum for one response, measured by ``clock``. Raises
    ``DownloadError`` if the proxy settings are malformed.
    """

    def __init__(
        self,
        *,
        attempts: int = ATTEMPTS,
        first_pause: float = FIRST_PAUSE,
        timeout: httpx2.Timeout = TIMEOUT,
        max_seconds: float = MAX_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.attempts = attempts
        self._max_seconds = max_seconds
        self._clock = clock
        self._unreached: Counter[str] = Counter()
        self._pauses = wait_exponential(multiplier=first_pause, max=LONGEST_PAUSE) + wait_random(0, first_pause)
        try:
            self._client = httpx2.Client(
                timeout=timeout,
                headers={"user-agent": "hcpcs-desk (httpx2)", "accept-encoding": "identity"},
                mounts={f"all://{host}": None for host in _LOOPBACK},
            )
        except (ValueError, httpx2.InvalidURL, OSError) as error:
            raise DownloadError(
                "the proxy or certificate settings can't be used; check HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE"
            ) from error

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def retried(self, attempt: Callable[[], Result]) -> Result:
        """The result of ``attempt``, which is repeated after a ``TransientDownloadError``. Raises ``DownloadError``."""
        retrying = Retrying(
            stop=stop_after_attempt(self.attempts),
            wait=self._pause,
            retry=retry_if_exception_type(TransientDownloadError),
            reraise=True,
        )
        try:
            return retrying(attempt)
        except TransientDownloadError as error:
            raise DownloadError(f"{error} ({self.attempts} attempts); try again later, or {MANUAL_DOWNLOAD}") from error

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome is not None else None
        requested = error.pause if isinstance(error, TransientDownloadError) else 0.0
        return min(max(requested, self._pauses(state)), LONGEST_PAUSE)

    @contextmanager
    def get(
        self, url: str, headers: Mapping[str, str] | None = None, *, also: frozenset[int] | set[int] = frozenset()
    ) -> Iterator[httpx2.Response]:
        """The response to a GET, with its body still to be read; ``also`` are the statuses accepted besides 200.

        Raises ``TransientDownloadError`` for a failure that may pass, also while the body is read, else
        ``DownloadError``: at once for a host that could not be reached in all attempts at an earlier address.
        """
        host = urlsplit(check_address(url)).hostname or ""
        if self._unreached[host] >= self.attempts:
            raise DownloadError(f"{host}: {_UNREACHABLE}")
        try:
            response = self._follow(url, headers or {})
            self._unreached[host] = 0
            try:
                _check_status(url, response, also)
                yield response
            finally:
                response.close()
        except httpx2.TransportError as error:
            self._unreached[host] += isinstance(error, (httpx2.ConnectError, httpx2.ConnectTimeout))
            raise _download_error(url, error) from error
        except httpx2.InvalidURL as error:
            raise DownloadError(f"{url}: is not a web address") from error

    def chunks(self, response: httpx2.Response, *, raw: bool = False) -> Iterator[bytes]:
        """The body of a response; ``raw`` as it was sent. Raises ``DownloadError`` once it takes too long."""
        started = self._clock()
        for chunk in response.iter_raw() if raw else response.iter_bytes():
            if self._clock() - started > self._max_seconds:
                raise DownloadError(
                    f"{response.url}: was not complete after {self._max_seconds / 60:g} minutes; {MANUAL_DOWNLOAD}"
                )
            yield chunk

    def _follow(self, url: str, headers: Mapping[str, str]) -> httpx2.Response:
        from_loopback = is_loopback(urlsplit(url).hostname or "")
        address = url
        for _ in range(MAX_REDIRECTS + 1):
            if is_license_page(address):
                raise LicenseRequiredError(address)
            response = self._client.send(self._client.build_request("GET", address, headers=headers), stream=True)
            if response.next_request is None:
                return response
            response.close()
            address = check_address(str(response.next_request.url), from_loopback=from_loopback)
        raise DownloadError(f"{url}: is redirected more than {MAX_REDIRECTS} times")


def _check_status(url: str, response: httpx2.Response, also: frozenset[int] | set[int]) -> None:
    status = response.status_code
    if status == 200 or status in also:
        return
    if status >= 500 or status in _TRANSIENT:
        retry_after = response.headers.get("retry-after", "")
        pause = float(retry_after) if retry_after.isdecimal() else 0.0
        raise TransientDownloadError(f"{url}: the server answered {status}", pause)
    if status in (404, 410):
        raise DownloadError(f"{url}: was not found ({status}); it may have moved: give its address with --url")
    raise DownloadError(f"{url}: the server refused with {status}; {MANUAL_DOWNLOAD}")


def _download_error(url: str, error: httpx2.TransportError) -> DownloadError:
    host = urlsplit(url).hostname
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return DownloadError(
            f"{host}: its certificate can't be verified; if your proxy replaces certificates, set SSL_CERT_FILE"
        )
    if isinstance(error, httpx2.ProxyError):
        return TransientDownloadError(f"{host}: the proxy refused the connection; check HTTPS_PROXY")
    if isinstance(error, (httpx2.ConnectError, httpx2.ConnectTimeout)):
        return TransientDownloadError(f"{host}: {_UNREACHABLE}")
    if isinstance(error, httpx2.TimeoutException):
        return TransientDownloadError(f"{url}: the server stopped responding")
    return TransientDownloadError(f"{url}: the connection was lost")
