"""Socket Mode: the app connects to the stand-in and gets the same deliveries over a WebSocket.

Source: docs.slack.dev, "Using Socket Mode" (hello, envelopes, acknowledgements).
"""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import Any, Final

from aiohttp import WSMsgType, web

from slack_peer.delivery.connection import AppDelivery, DeliveryKind, Reply
from slack_peer.workspace import APP

SOCKET_PATH: Final = "/socket"
"""The path of the WebSocket."""


class SocketConnection:
    """Delivers over the newest WebSocket that the app has opened."""

    def __init__(self) -> None:
        self.connected = asyncio.Event()
        self._tickets: set[str] = set()
        self._socket: web.WebSocketResponse | None = None
        self._waiting: dict[str, asyncio.Future[Reply]] = {}

    def issue_ticket(self) -> str:
        """A ticket for one connection, part of the address that ``apps.connections.open`` gives."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    async def deliver(self, delivery: AppDelivery) -> Reply:
        """The app's acknowledgement. Raises ``ConnectionError`` when no app is connected."""
        if self._socket is None or self._socket.closed:
            raise ConnectionError("no app is connected in Socket Mode")
        identity = secrets.token_hex(16)
        envelope: dict[str, Any] = {
            "envelope_id": identity,
            "type": delivery.kind.value,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.kind is not DeliveryKind.EVENT,
        }
        if delivery.kind is DeliveryKind.EVENT:
            envelope |= {"retry_attempt": delivery.retry, "retry_reason": delivery.reason}
        reply: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting[identity] = reply
        try:
            await self._socket.send_json(envelope)
            return await reply
        finally:
            del self._waiting[identity]

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection of the app, until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="this ticket is not valid")
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": 1,
                "connection_info": {"app_id": APP},
                "debug_info": {"host": "playground", "approximate_connection_time": 3600},
            }
        )
        self._socket = socket
        self.connected.set()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledge(json.loads(message.data))
        finally:
            if self._socket is socket:
                self._socket = None
                self.connected.clear()
        return socket

    async def close(self) -> None:
        """Ends the connection."""
        if self._socket is not None:
            await self._socket.close()

    def _acknowledge(self, acknowledgement: dict[str, Any]) -> None:
        reply = self._waiting.get(str(acknowledgement.get("envelope_id", "")))
        if reply is not None and not reply.done():
            payload = acknowledgement.get("payload")
            body = (
                b"" if not payload else payload.encode() if isinstance(payload, str) else json.dumps(payload).encode()
            )
            reply.set_result(Reply(200, {}, body))
