"""What the listeners share, and how each request is handled: by one listener, with one line in the log."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any, Final

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncBoltContext, AsyncBoltRequest

from hcpcs_bot.http.health import Probe
from hcpcs_bot.http.metrics import Metrics
from hcpcs_bot.serving.answer_threads import AnswerThreads
from hcpcs_bot.slack.cache.card_cache import CardCache
from hcpcs_bot.slack.cache.recent_codes import RecentCodes
from hcpcs_bot.slack.cache.topic_memory import InMemoryTopics
from hcpcs_bot.slack.inbound.claims import Claims
from hcpcs_bot.slack.inbound.dedup import InMemorySeenKeys
from hcpcs_bot.slack.inbound.payload import RETRY_HEADER
from hcpcs_bot.slack.inbound.rate_limit import RateLimit
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.inbound.request_log import HandledRequest, error_fields, log_handled
from hcpcs_bot.slack.inbound.user_hash import user_hash
from hcpcs_bot.slack.installation.config import SlackConfig
from hcpcs_bot.slack.installation.identity import Identity
from hcpcs_bot.slack.outbound.failure_notices import report_failure
from hcpcs_bot.slack.outbound.outbox import Outbox
from hcpcs_bot.slack.outbound.responses import acknowledge
from hcpcs_bot.slack.outbound.tasks import OnFailure, Tasks, Work
from hcpcs_bot.slack.ports import (
    ConversationTopics,
    DeskProvider,
    HomeFactsOf,
    NoteKeeper,
    SeenKeys,
    Service,
    Subcommand,
    TeamMemory,
    UsageKeeper,
)
from hcpcs_bot.state.claim_store import ClaimStore
from hcpcs_bot.team.permissions import TeamRoles
from hcpcs_bot.team.team_memory import NoTeamMemory

Handler = Callable[[SlackRequest], Awaitable[BoltResponse | None]]
"""Handles a request; ``None`` stands for the bare acknowledgement."""
Listener = Callable[[dict[str, Any], AsyncBoltContext, AsyncBoltRequest], Awaitable[BoltResponse]]
Observer = Callable[[HandledRequest], None]

WARM_UP_QUESTION: Final = "S9353"
BOLT_KEY: Final = "hcpcs_request"
"""The name under which a request is in Bolt's context, for the error listener."""
COUNTED: Final = frozenset(
    {Surface.COMMAND, Surface.MENTION, Surface.MESSAGE, Surface.HOME, Surface.VIEW, Surface.SHORTCUT}
)
"""Surfaces where people ask; a button or a preview of a link shows an answer again."""
NO_ROLES: Final = TeamRoles()
WITHOUT_NOTES: Final = frozenset({Surface.OPTIONS})
"""Surfaces whose answers show nothing that the team keeps."""
USER_HASHES: Final = 10_000
"""Maximum user hashes kept, of the users who asked last."""

log = structlog.get_logger("hcpcs_bot.slack")


class SlackContext:
    """One running Slack app.

    ``desk`` returns the desk in use. ``claims`` keeps what is being answered, ``seen_events`` which links were
    unfurled, ``topics`` what each conversation is about; in memory unless they are stored. ``team_memory`` has what
    the teams keep, nothing without a database; ``notes`` changes them, ``usage`` counts questions, ``home_facts``
    has failed updates and watches, ``roles`` say who administers. ``services`` start and stop with the app, and
    ``probes`` report the condition of what it works with; ``rounds`` counts the rounds of background jobs. ``observe``
    gets every handled request. Questions are answered in ``answer_threads``, never in the event loop.
    """

    def __init__(
        self,
        config: SlackConfig,
        desk: DeskProvider,
        *,
        subcommands: Mapping[str, Subcommand] | None = None,
        seen_events: SeenKeys | None = None,
        claims: ClaimStore | None = None,
        topics: ConversationTopics | None = None,
        team_memory: TeamMemory | None = None,
        notes: NoteKeeper | None = None,
        usage: UsageKeeper | None = None,
        home_facts: HomeFactsOf | None = None,
        roles: TeamRoles = NO_ROLES,
        services: Sequence[Service] = (),
        probes: Sequence[Probe] = (),
        rounds: Mapping[tuple[str, str], int] | None = None,
        observe: Observer = log_handled,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.config = config
        self.desk = desk
        self.subcommands = dict(subcommands or {})
        self.seen_events: SeenKeys = seen_events or InMemorySeenKeys()
        self.claims = Claims(claims)
        self.topics: ConversationTopics = topics or InMemoryTopics()
        self.team_memory: TeamMemory = team_memory or NoTeamMemory()
        self.notes = notes
        self.usage = usage
        self.home_facts = home_facts
        self.roles = roles
        self.card_cache = CardCache()
        self.recent_codes = RecentCodes()
        self.rate_limit = RateLimit(config.burst, config.per_minute)
        self.identity = Identity(config.bot_token)
        self.outbox = Outbox(config, self.identity.learn_app)
        self.tasks = Tasks()
        self.answer_threads = AnswerThreads()
        self.today = today
        self.probes: tuple[Probe, ...] = (self.identity.health, *((self.claims.health,) if claims else ()), *probes)
        self._services = list(services)
        self.metrics = Metrics(
            desk,
            probes=self.probes,
            rounds=rounds,
            failures=self.outbox.failures,
            retries=self.outbox.retries,
            waiting=lambda: len(self.tasks),
            today=today,
        )
        self._observe = observe
        self._identify: asyncio.Task[None] | None = None
        key = (config.signing_secret or config.bot_token).encode()
        self.user_hash = lru_cache(maxsize=USER_HASHES)(partial(user_hash, key))

    def run_with(self, service: Service) -> None:
        """Adds a service that starts and stops with the app."""
        self._services.append(service)

    async def start(self) -> None:
        """Opens the outbox, asks Slack in the background who the app is, and starts the services.

        One question is asked first, so that what is read on first use is read before the first person asks. What is
        in memory then stays, and the garbage collector need not examine the catalog again and again.
        """
        await self.answer_threads.run(self.desk().ask, WARM_UP_QUESTION, today=self.today())
        gc.freeze()
        await self.outbox.open()
        self._identify = asyncio.create_task(self.identity.learn(self.outbox.client))
        for service in self._services:
            await service.start()

    async def stop(self) -> None:
        """Stops the services, finishes the background tasks, and closes the claims and the outbox."""
        for service in self._services:
            await service.stop()
        if self._identify is not None:
            self._identify.cancel()
            await asyncio.wait({self._identify})
        canceled = await self.tasks.drain()
        if canceled:
            log.warning("background tasks canceled", count=canceled)
        await self.claims.close()
        await self.outbox.close()

    def listener(self, surface: Surface, handler: Handler) -> Listener:
        """``handler`` as Bolt calls it."""

        async def listen(body: dict[str, Any], context: AsyncBoltContext, request: AsyncBoltRequest) -> BoltResponse:
            started = time.perf_counter()
            asked = SlackRequest(surface, body, context, self.desk(), self.today())
            asked.redelivered = request.headers.get(RETRY_HEADER, ["0"])[0] != "0"
            context[BOLT_KEY] = asked
            if surface not in WITHOUT_NOTES:
                asked.knowledge = await self.team_memory.recall(asked.team)
            response = await handler(asked)
            handled = self._handled(asked, started)
            self._observe(handled)
            self.metrics.count(
                "slack",
                handled.surface,
                intent=handled.intent,
                outcome=handled.outcome,
                seconds=handled.milliseconds / 1000,
            )
            summary = asked.summary
            if self.usage is not None and surface in COUNTED and summary.outcome:
                self.usage.count(asked.team, summary.intent, summary.outcome, summary.known_words)
            return response if response is not None else acknowledge()

        return listen

    def run_later(self, request: SlackRequest, work: Work, on_failure: OnFailure | None = None) -> None:
        """Runs ``work`` after the response. A failure is logged with the request's id and how often it has occurred.

        Then ``on_failure`` is called; without one, the person who asked is told.
        """

        def handle(error: BaseException) -> Work | None:
            fields = error_fields(error)
            reason = fields.get("reason", fields["error"])
            self.identity.learn_refusal(reason)
            self.outbox.failures[reason] += 1
            count = self.outbox.failures[reason]
            log.error("failed", request=request.request_id, surface=request.surface.value, count=count, **fields)
            return on_failure(error) if on_failure is not None else report_failure(self.outbox, request, error)

        self.tasks.start(work, handle)

    def _handled(self, request: SlackRequest, started: float) -> HandledRequest:
        summary = request.summary
        return HandledRequest(
            request=request.request_id,
            surface=request.surface.value,
            team=request.team,
            user=self.user_hash(request.team, request.user),
            milliseconds=round((time.perf_counter() - started) * 1000, 3),
            intent=summary.intent,
            outcome=summary.outcome,
            codes=summary.codes,
        )
