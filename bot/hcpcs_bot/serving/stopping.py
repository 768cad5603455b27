"""Stopping what runs in the background, in the time that there is before the process would be killed."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Final

import structlog

STOP_SECONDS: Final = 18.0
"""Maximum seconds, once the requests are finished, for what is still to be sent and for the background tasks. With the
seconds of the requests it is less than the 30 after which Kubernetes kills."""

log = structlog.get_logger("hcpcs_bot.server")


async def stop_in_time(stopping: Coroutine[Any, Any, None], seconds: float = STOP_SECONDS) -> None:
    """Waits until what runs in the background has stopped; breaks it off after ``seconds``, and logs that."""
    try:
        async with asyncio.timeout(seconds):
            await stopping
    except TimeoutError:
        log.error("not stopped in time", seconds=seconds)
