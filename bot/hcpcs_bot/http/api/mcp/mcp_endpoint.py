"""``POST /mcp``: MCP over Streamable HTTP, each request for itself, with JSON and without a session."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

from hcpcs_bot.http.asgi import Receive, Scope, Send
from hcpcs_bot.http.query_context import QueryContext

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager


class McpEndpoint:
    """The ASGI application of MCP, whose package is imported for the first request: it takes 23 MB and 0.3 s.

    It has no session, so that any replica answers any request, and a restart loses nothing.
    """

    def __init__(self, context: QueryContext) -> None:
        self._context = context
        self._starting: asyncio.Task[StreamableHTTPSessionManager] | None = None
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if self._starting is None or _has_failed(self._starting):
            self._starting = asyncio.create_task(self._start())
        # A request that is given up leaves the start to the others.
        manager = await asyncio.shield(self._starting)
        await manager.handle_request(scope, receive, send)

    async def _start(self) -> StreamableHTTPSessionManager:
        manager = await asyncio.to_thread(_make_manager, self._context)
        started = asyncio.Event()
        self._running = asyncio.create_task(_run(manager, started))
        await started.wait()
        return manager


def _has_failed(task: asyncio.Task[StreamableHTTPSessionManager]) -> bool:
    """Whether a start has failed, which the next request then tries again."""
    return task.done() and (task.cancelled() or task.exception() is not None)


async def _run(manager: StreamableHTTPSessionManager, started: asyncio.Event) -> None:
    async with manager.run():
        started.set()
        await asyncio.Event().wait()


def _make_manager(context: QueryContext) -> StreamableHTTPSessionManager:
    from mcp.server.transport_security import TransportSecuritySettings

    from hcpcs_bot.http.api.mcp.mcp_server import create_mcp_server

    server = create_mcp_server(context)
    # The data is public and only read, so any name of the server will do, as for its other paths.
    anywhere = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    server.streamable_http_app(json_response=True, stateless_http=True, transport_security=anywhere)
    # What is imported stays: the garbage collector need not examine it again, in 50 ms in which nobody is answered.
    gc.freeze()
    return server.session_manager
