"""The query service: beside Slack, where its first request builds it, or alone, with its health probes and updates."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from threading import Lock

from hcpcs_bot.http.asgi import Asgi, Receive, Scope, Send
from hcpcs_bot.http.health import Probe
from hcpcs_bot.http.health_pages import HEALTH_PATHS, HealthPages
from hcpcs_bot.http.metrics import Metrics
from hcpcs_bot.serving.lifecycle import stop_in_time
from hcpcs_bot.serving.memory import adding_much, models_built_late, without
from hcpcs_bot.slack.ports import Service


class DeferredService:
    """An ASGI application that its first request makes, or ``build``.

    With FastAPI and its models it takes 0.3 s and 20 MB, which a server that only Slack asks does without.
    """

    def __init__(self, make: Callable[[], Asgi]) -> None:
        self._make = make
        self._made: Asgi | None = None
        self._making = Lock()

    def build(self) -> Asgi:
        """The application, made once. Call it off the event loop once that runs."""
        with self._making:
            if self._made is None:
                # FastAPI imports the former version of pydantic to refuse its models, and the models of an API's
                # description, which few ask for: 2 MB each.
                with adding_much(), without("pydantic.v1"), models_built_late():
                    self._made = self._make()
            return self._made

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        application = self.build() if self._made is not None else await asyncio.to_thread(self.build)
        await application(scope, receive, send)


class QueryServer:
    """The ASGI application of ``service``; the background ``services`` run as long as it does."""

    def __init__(self, service: Asgi, metrics: Metrics, services: Sequence[Service], probes: Sequence[Probe]) -> None:
        self.health = HealthPages(probes, metrics)
        self._service = service
        self._services = tuple(services)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request, or the lifespan."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await (self.health if scope["path"] in HEALTH_PATHS else self._service)(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                for service in self._services:
                    await service.start()
                self.health.started = True
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                self.health.started = False
                await stop_in_time(self._stop_services())
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _stop_services(self) -> None:
        for service in self._services:
            await service.stop()
