"""``POST /mcp``: MCP over Streamable HTTP, each request for itself, with JSON and without a session."""

from __future__ import annotations

import asyncio
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings

from hcpcs_bot.http.api.mcp_server import create_mcp_server
from hcpcs_bot.http.asgi import Receive, Scope, Send
from hcpcs_bot.http.query_context import QueryContext


class McpEndpoint:
    """The ASGI application of MCP. What the package runs beside requests starts with the first one.

    It has no session, so that any replica answers any request, and a restart loses nothing.
    """

    def __init__(self, context: QueryContext) -> None:
        self._server: MCPServer[Any] = create_mcp_server(context)
        # The data is public and only read, so any name of the server will do, as for its other paths.
        anywhere = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        self._server.streamable_http_app(json_response=True, stateless_http=True, transport_security=anywhere)
        self._running: asyncio.Task[None] | None = None
        self._started = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if self._running is None:
            self._running = asyncio.create_task(self._run(self._server.session_manager))
        await self._started.wait()
        await self._server.session_manager.handle_request(scope, receive, send)

    async def _run(self, manager: StreamableHTTPSessionManager) -> None:
        async with manager.run():
            self._started.set()
            await asyncio.Event().wait()
