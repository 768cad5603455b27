"""What the listeners share, and the one border that each request crosses, from call to record."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any, Final

import orjson
import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncBoltContext
from slack_sdk.errors import SlackApiError

from hcpcs_bot.slack.cache.card_cache import CardCache
from hcpcs_bot.slack.cache.recent_codes import RateLimit, RecentCodes, SeenKeys
from hcpcs_bot.slack.config import SlackConfig
from hcpcs_bot.slack.identity import Identity
from hcpcs_bot.slack.inbound.request import Handled, SlackRequest, Surface
from hcpcs_bot.slack.outbound.outbox import Outbox
from hcpcs_bot.slack.outbound.tasks import Tasks, Work
from hcpcs_bot.slack.ports import DeskProvider, Memory, Service, Subcommand
from hcpcs_bot.slack.user_hash import user_hash

Handler = Callable[[SlackRequest], Awaitable[BoltResponse | None]]
Listener = Callable[[dict[str, Any], AsyncBoltContext], Awaitable[BoltResponse]]
Observer = Callable[[Handled], None]

log = structlog.get_logger("hcpcs_bot.slack")

FIRST_ASKED: Final = "S9353"
JSON_HEADERS: dict[str, str | Sequence[str]] = {"content-type": ["application/json;charset=utf-8"]}


def json_answer(body: Mapping[str, Any]) -> BoltResponse:
    """A body for Slack as JSON, in the HTTP answer itself."""
    return ready_answer(orjson.dumps(body).decode())


def ready_answer(body: str) -> BoltResponse:
    """JSON text for Slack, in the HTTP answer itself."""
    return BoltResponse(status=200, body=body, headers=JSON_HEADERS)


def done() -> BoltResponse:
    """The bare acknowledgement."""
    return BoltResponse(status=200, body="")


def log_handled(handled: Handled) -> None:
    """The one line that is logged of a request."""
    log.info("handled", **handled._asdict())


def told_by(error: BaseException) -> dict[str, str]:
    """What may be logged of an error: its kind, and Slack's own word for what is wrong."""
    reason = str(error.response.get("error", "unknown")) if isinstance(error, SlackApiError) else ""
    return {"error": type(error).__name__} | ({"reason": reason} if reason else {})


class SlackContext:
    """One Slack app at work: its settings, its desk, its memory, its way out, and its background tasks."""

    def __init__(
        self,
        config: SlackConfig,
        desk: DeskProvider,
        *,
        subcommands: Mapping[str, Subcommand] | None = None,
        deliveries: Memory | None = None,
        shares: Memory | None = None,
        services: Sequence[Service] = (),
        prepared: CardCache | None = None,
        observe: Observer = log_handled,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.config = config
        self.desk = desk
        self.subcommands = dict(subcommands or {})
        self.deliveries: Memory = deliveries or SeenKeys()
        self.shares: Memory = shares or SeenKeys()
        self.services = tuple(services)
        self.recent = RecentCodes()
        self.prepared = prepared or CardCache()
        self.limit = RateLimit(config.burst, config.per_minute)
        self.outbox = Outbox(config)
        self.identity = Identity(config.bot_token)
        self.tasks = Tasks()
        self._learning: asyncio.Task[None] | None = None
        self.today = today
        self._observe = observe
        key = (config.signing_secret or config.bot_token).encode()
        self._user_hash = lru_cache(maxsize=10_000)(partial(user_hash, key))

    async def start(self) -> None:
        """Opens the way out and begins to ask Slack who we are. Answers to commands need neither.

        One code is asked for, so that what is read on first use is read before the first person asks; what is in
        memory then stays, and the garbage collector need not look at the catalogue again and again.
        """
        self.desk().ask(FIRST_ASKED, today=self.today())
        gc.freeze()
        await self.outbox.open()
        self._learning = asyncio.create_task(self.identity.learn(self.outbox.client))
        for service in self.services:
            await service.start()

    async def stop(self) -> None:
        """Finishes the background tasks and closes the way out."""
        for service in self.services:
            await service.stop()
        if self._learning is not None:
            self._learning.cancel()
            await asyncio.wait({self._learning})
        cut = await self.tasks.drain()
        if cut:
            log.warning("tasks cut off", count=cut)
        await self.outbox.close()

    def on(self, surface: Surface, handler: Handler) -> Listener:
        """``handler`` as Bolt calls it."""

        async def listener(body: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:
            started = time.perf_counter()
            request = SlackRequest(surface, body, context, self.desk(), self.today())
            context["call"] = request
            response = await handler(request)
            self._handled(request, started)
            return response if response is not None else done()

        return listener

    def later(
        self, request: SlackRequest, work: Work, failed: Callable[[BaseException], Work | None] | None = None
    ) -> None:
        """Does ``work`` after the answer; its failure is logged under the call's id and, by ``failed``, told."""

        def tell(error: BaseException) -> Work | None:
            log.error("failed", request=request.request_id, surface=request.surface.value, **told_by(error))
            return failed(error) if failed is not None else None

        self.tasks.start(work, tell)

    def _handled(self, request: SlackRequest, started: float) -> None:
        gist = request.gist
        self._observe(
            Handled(
                request=request.request_id,
                surface=request.surface.value,
                team=request.team,
                user=self._user_hash(request.team, request.user),
                milliseconds=round((time.perf_counter() - started) * 1000, 3),
                intent=gist.intent,
                outcome=gist.outcome,
                codes=gist.codes,
            )
        )
