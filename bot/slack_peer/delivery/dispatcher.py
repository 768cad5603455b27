"""Delivers to the app as Slack does: within a time limit, events again where they failed, and nothing unsubscribed.

Source: docs.slack.dev, "Events API" (three seconds; retries at once, after one minute and after five).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, Final

from slack_peer.delivery import payloads
from slack_peer.delivery.connection import AppConnection, AppDelivery, DeliveryKind, Reply
from slack_peer.errors import NotPossibleError
from slack_peer.workspace import Workspace

ACK_SECONDS: Final = 3.0
"""Seconds for which Slack waits for a reply."""
RETRY_WAITS: Final = (0.0, 60.0, 300.0)
"""Seconds before each further attempt to deliver an event."""


class Dispatcher:
    """Delivers over ``connection``. ``violations`` keeps one line for every reply that Slack would not take."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        ack_seconds: float = ACK_SECONDS,
        retry_waits: Sequence[float] = RETRY_WAITS,
    ) -> None:
        self.connection: AppConnection | None = None
        self.violations: list[str] = []
        self._workspace = workspace
        self._ack_seconds = ack_seconds
        self._retry_waits = tuple(retry_waits)
        self._tasks: set[asyncio.Task[None]] = set()

    async def deliver(self, delivery: AppDelivery) -> Reply:
        """The app's reply; of status 0 where none came in time. Raises ``NotPossibleError`` without an app."""
        if self.connection is None:
            raise NotPossibleError("no app is connected")
        started = time.perf_counter()
        try:
            reply = await asyncio.wait_for(self.connection.deliver(delivery), self._ack_seconds)
        except TimeoutError:
            reply = Reply(0, {}, b"")
        except OSError:
            reply = Reply(502, {}, b"")
        if not reply.acknowledged:
            self.violations.append(f"{delivery.kind.value}: HTTP {reply.status or 'timeout'}")
        request = {
            "name": _name_of(delivery.payload),
            "status": reply.status,
            "milliseconds": round((time.perf_counter() - started) * 1000, 1),
            "bytes": len(reply.body),
        }
        self._workspace.feed.publish("request", request, by_app=False)
        return reply

    async def deliver_event(self, inner: Mapping[str, Any]) -> None:
        """Delivers an event if the app subscribed to it; a failed delivery is repeated in the background."""
        name = f"message.{inner['channel_type']}" if inner["type"] == "message" else inner["type"]
        if name not in self._workspace.app.events:
            return
        payload = payloads.event(inner, time.time())
        reply = await self.deliver(AppDelivery(DeliveryKind.EVENT, payload))
        if not reply.acknowledged:
            self.run_later(self._retry(payload, reply))

    async def _retry(self, payload: Mapping[str, Any], reply: Reply) -> None:
        for retry, wait in enumerate(self._retry_waits, 1):
            if reply.headers.get("x-slack-no-retry") == "1":
                return
            await asyncio.sleep(wait)
            reason = "http_timeout" if reply.status == 0 else "http_error"
            reply = await self.deliver(AppDelivery(DeliveryKind.EVENT, payload, retry, reason))
            if reply.acknowledged:
                return

    def run_later(self, work: Coroutine[Any, Any, None]) -> None:
        """Runs ``work`` in the background, until ``stop``."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Cancels the work in the background."""
        for task in set(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _name_of(payload: Mapping[str, Any]) -> str:
    """The name of a delivery: the command, the type of the event, or the type of the interaction."""
    event = payload.get("event")
    return str(payload.get("command") or (event["type"] if event else payload.get("type", "ssl_check")))
