"""The rules by which anything is asked of the web: where we go, how often we try, and what each failure is called.

Only https, so that nobody on the way can change a code set; plain http for a server on this very machine.
Redirects are followed a few times and under the same rule. Faults that may pass (timeouts, lost connections, 5xx,
408, 429) are tried again with growing pauses; a server's ``Retry-After`` is kept to, up to a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, TypeVar
from urllib.parse import urlsplit

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential,
    wait_random,
)

from hcpcs.errors import DownloadError
from hcpcs.loopback import is_loopback
from hcpcs.releases.download.quarterly_page import BY_HAND

MAX_REDIRECTS: Final = 5
ATTEMPTS: Final = 6
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 60.0
TIMEOUT: Final = httpx.Timeout(30.0, connect=10.0)
_MAY_PASS: Final = frozenset({408, 425, 429})
_LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")

Result = TypeVar("Result")


class PassingError(DownloadError):
    """A fault that may pass. ``pause`` is how many seconds the server asked us to wait, 0 if it did not."""

    def __init__(self, reason: str, pause: float = 0.0) -> None:
        super().__init__(reason)
        self.pause = pause


def check_address(url: str, *, from_loopback: bool = True) -> str:
    """An address that may be asked. Raises ``DownloadError`` for any but https (or http on this machine)."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise DownloadError(f"{url}: is no web address") from None
    if parts.username or parts.password:
        raise DownloadError(f"{host}: addresses with a user name are not taken")
    if parts.scheme == "https" and host:
        return url
    if parts.scheme == "http" and is_loopback(host) and from_loopback:
        return url
    raise DownloadError(f"{url}: only https addresses are taken")


class Web:
    """Asks servers under the rules of this module. Close it, or use it in a ``with`` block.

    Proxies are those of the environment (``HTTPS_PROXY``, ``NO_PROXY``); this machine itself is asked directly.
    ``first_pause`` is in seconds, and doubles. Raises ``DownloadError`` if the proxy settings are malformed.
    """

    def __init__(
        self, *, attempts: int = ATTEMPTS, first_pause: float = FIRST_PAUSE, timeout: httpx.Timeout = TIMEOUT
    ) -> None:
        self.attempts = attempts
        self._pauses = wait_exponential(multiplier=first_pause, max=LONGEST_PAUSE) + wait_random(0, first_pause)
        try:
            self._client = httpx.Client(
                timeout=timeout,
                headers={"user-agent": "hcpcs-desk (httpx)", "accept-encoding": "identity"},
                mounts={f"all://{host}": None for host in _LOOPBACK},
            )
        except (ValueError, httpx.InvalidURL, OSError) as error:
            raise DownloadError(
                "the proxy or certificate settings can't be used; check HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE"
            ) from error

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def retried(self, attempt: Callable[[], Result]) -> Result:
        """What ``attempt`` gives, called again after each ``PassingError``. Raises ``DownloadError``."""
        retrying = Retrying(
            stop=stop_after_attempt(self.attempts),
            wait=self._pause,
            retry=retry_if_exception_type(PassingError),
            reraise=True,
        )
        try:
            return retrying(attempt)
        except PassingError as error:
            raise DownloadError(f"{error} ({self.attempts} attempts); try again later, or {BY_HAND}") from error

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome is not None else None
        asked = error.pause if isinstance(error, PassingError) else 0.0
        return min(max(asked, self._pauses(state)), LONGEST_PAUSE)

    @contextmanager
    def get(
        self, url: str, headers: Mapping[str, str] | None = None, *, also: frozenset[int] | set[int] = frozenset()
    ) -> Iterator[httpx.Response]:
        """The answer to a GET, its body still to be read; ``also`` are statuses welcome besides 200.

        Raises ``PassingError`` for what may pass, while the body is read too, else ``DownloadError``.
        """
        try:
            response = self._follow(check_address(url), headers or {})
            try:
                _check_status(url, response, also)
                yield response
            finally:
                response.close()
        except httpx.TransportError as error:
            raise _named(url, error) from error
        except httpx.InvalidURL as error:
            raise DownloadError(f"{url}: is no web address") from error

    def _follow(self, url: str, headers: Mapping[str, str]) -> httpx.Response:
        at_home = is_loopback(urlsplit(url).hostname or "")
        asked = url
        for _ in range(MAX_REDIRECTS + 1):
            response = self._client.send(self._client.build_request("GET", asked, headers=headers), stream=True)
            if response.next_request is None:
                return response
            response.close()
            asked = check_address(str(response.next_request.url), from_loopback=at_home)
        raise DownloadError(f"{url}: is redirected more than {MAX_REDIRECTS} times")


def _check_status(url: str, response: httpx.Response, also: frozenset[int] | set[int]) -> None:
    status = response.status_code
    if status == 200 or status in also:
        return
    if status >= 500 or status in _MAY_PASS:
        asked = response.headers.get("retry-after", "")
        raise PassingError(f"{url}: the server answered {status}", float(asked) if asked.isdecimal() else 0.0)
    if status in (404, 410):
        raise DownloadError(f"{url}: is not there ({status}); it may have moved: give its address with --url")
    raise DownloadError(f"{url}: the server refused with {status}; {BY_HAND}")


def _named(url: str, error: httpx.TransportError) -> DownloadError:
    host = urlsplit(url).hostname
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return DownloadError(
            f"{host}: its certificate can't be verified; if a proxy of yours signs anew, set SSL_CERT_FILE"
        )
    if isinstance(error, httpx.ProxyError):
        return PassingError(f"{host}: the proxy does not let us through; check HTTPS_PROXY")
    if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout)):
        return PassingError(f"{host}: can't be reached; are you online, and does HTTPS_PROXY name your proxy?")
    if isinstance(error, httpx.TimeoutException):
        return PassingError(f"{url}: the server sent nothing for a while")
    return PassingError(f"{url}: the connection was lost")
