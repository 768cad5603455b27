"""Which calls to Slack are tried again, when, and for how long.

Sources: docs.slack.dev, "Rate limits" (429 with Retry-After), and the errors of each method's page ("fatal_error: it's
possible some aspect of the operation succeeded").
"""

from __future__ import annotations

import asyncio
import errno
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, NamedTuple, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError

ATTEMPTS: Final = 3
"""Maximum attempts per call."""
CALL_SECONDS: Final = 20.0
"""Seconds after the start of a call within which a further attempt may start."""
TRIGGER_SECONDS: Final = 2.5
"""The same for a call with a trigger id, which is valid for three seconds."""
MAYBE_DONE: Final = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Error codes after which Slack may still have done what it was asked to."""
RATE_LIMITS: Final = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
RESPONSE_URL: Final = "response_url"
"""The method of a post to a ``response_url``."""
NAME_NOT_RESOLVED: Final = "name_not_resolved"
CERTIFICATE_REFUSED: Final = "certificate_refused"
CONNECTION_REFUSED: Final = "connection_refused"
NO_ROUTE: Final = "no_route"
UNREACHABLE: Final = "unreachable"
"""Why no connection was made; the last for whatever isn't one of the others."""
TIMED_OUT: Final = "timed_out"
UNREADABLE: Final = "unreadable_answer"
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,60}")
_LONGEST_WAIT: Final = 3600


class CallFailure(NamedTuple):
    """Why a call failed: Slack's error code or our own, and what may be done about it.

    ``transient``: a further attempt may succeed. ``maybe_done``: Slack may have done it all the same.
    ``retry_after`` is in seconds, 0 where Slack names no time.
    """

    reason: str
    transient: bool = False
    maybe_done: bool = False
    retry_after: float = 0.0


class SlackCallError(SlackApiError):
    """Slack did not carry out a call of ``method``, or did not say so. Never shows what was sent."""

    def __init__(self, failure: CallFailure, method: str = "") -> None:
        answer = {"ok": False, "error": failure.reason}
        super().__init__("Slack didn't take the call", answer)  # type: ignore[no-untyped-call]
        self.failure = failure
        self.method = method


def error_code(value: object, default: str) -> str:
    """Slack's error code where ``value`` is one; nothing else that an answer contains is kept."""
    return value if isinstance(value, str) and _CODE.fullmatch(value) else default


def failure_of_reply(status: int, body: object, retry_after: str = "") -> CallFailure:
    """The failure that an HTTP answer states: its status, its JSON body (anything else where it has none)."""
    named = error_code(body.get("error"), "") if isinstance(body, Mapping) else ""
    reason = named or (f"http_{status}" if status != 200 else UNREADABLE)
    if status == 429 or reason in RATE_LIMITS:
        seconds = min(int(retry_after[:6]), _LONGEST_WAIT) if retry_after.isdecimal() else 0
        return CallFailure(reason, transient=True, retry_after=float(seconds))
    if status == 408 or status >= 500 or reason == UNREADABLE or reason in MAYBE_DONE:
        return CallFailure(reason, transient=True, maybe_done=True)
    return CallFailure(reason)


def failure_of(error: BaseException) -> CallFailure:
    """The failure that an exception of a call stands for."""
    match error:
        case SlackCallError():
            return error.failure
        case SlackApiError():
            return _failure_of_sdk(error)
        case aiohttp.ClientConnectorError():
            return CallFailure(_reason_of_connection(error), transient=True)
        case TimeoutError():
            return CallFailure(TIMED_OUT, transient=True, maybe_done=True)
        case aiohttp.ClientError() | OSError():
            return CallFailure(UNREACHABLE, transient=True, maybe_done=True)
        case _:
            return CallFailure(type(error).__name__)


def _reason_of_connection(error: aiohttp.ClientConnectorError) -> str:
    match error:
        case aiohttp.ClientConnectorDNSError():
            return NAME_NOT_RESOLVED
        case aiohttp.ClientSSLError():
            return CERTIFICATE_REFUSED
        case _ if error.errno == errno.ECONNREFUSED:
            return CONNECTION_REFUSED
        case _ if error.errno in {errno.ENETUNREACH, errno.EHOSTUNREACH}:
            return NO_ROUTE
        case _:
            return UNREACHABLE


def _failure_of_sdk(error: SlackApiError) -> CallFailure:
    """The failure in an error of the SDK, which holds its own response, an object, or aiohttp's response."""
    response: Any = error.response
    status = getattr(response, "status_code", None) or getattr(response, "status", None) or 200
    headers = getattr(response, "headers", None) or {}
    body = response if isinstance(response, Mapping) else getattr(response, "data", None)
    wait = next((str(value) for name, value in headers.items() if name.lower() == "retry-after"), "")
    return failure_of_reply(int(status), body, wait)


CALL_ERRORS: Final = (SlackApiError, aiohttp.ClientError, OSError)
"""What a call to Slack raises; ``TimeoutError`` is an ``OSError``."""
Result = TypeVar("Result")


async def with_retries(
    attempt: Callable[[], Awaitable[Result]],
    method: str,
    *,
    wait: float,
    seconds: float = CALL_SECONDS,
    repeatable: bool = True,
    on_retry: Callable[[str], object] = bool,
) -> Result:
    """The result of ``attempt``, a call of ``method``, tried again while that may help. Raises ``SlackCallError``.

    ``wait`` is the number of seconds before the second attempt, twice as long before the third; Slack's Retry-After
    counts instead where it is longer. What is not ``repeatable`` is not tried again once Slack may have done it.
    ``on_retry`` gets the reason of each further try.
    """
    started = time.monotonic()
    for number in range(1, ATTEMPTS + 1):
        try:
            return await attempt()
        except CALL_ERRORS as error:
            failure = failure_of(error)
        pause = max(failure.retry_after, wait * 2 ** (number - 1))
        over = number == ATTEMPTS or time.monotonic() - started + pause > seconds
        if over or not failure.transient or (failure.maybe_done and not repeatable):
            break
        on_retry(failure.reason)
        await asyncio.sleep(pause)
    raise SlackCallError(failure, method)
