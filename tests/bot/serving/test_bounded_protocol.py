"""Clients that send without end, stop halfway or read nothing: over real sockets, and signed commands go through."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace

import pytest
import uvicorn
from tests.bot.serving.test_server import make_face, signed

from hcpcs_bot.http.asgi import Asgi, Receive, Scope, Send
from hcpcs_bot.serving.bounded_protocol import ConnectionBounds
from hcpcs_bot.serving.http_server import http_server, open_listener
from hcpcs_bot.serving.server import asgi_app

pytestmark = pytest.mark.slow

HOST = "127.0.0.1"
# Few connections, long times: a test ends by what it counts.
SMALL = ConnectionBounds(connections=40, crowd=40, header_seconds=60, body_seconds=60, reading_seconds=60)
COMMAND = b"command=/hcpcs&text=S9328&user_id=U1"
COMMANDS = 10
Client = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@contextmanager
def serving(bounds: ConnectionBounds, app: Asgi | None = None, keep_alive: int = 75) -> Iterator[uvicorn.Server]:
    """A server in a thread. Its port is in ``server.config.port``."""
    server = http_server(app or asgi_app(make_face(burst=1_000)), bounds, keep_alive)
    with open_listener(HOST, 0) as listener:
        server.config.port = listener.getsockname()[1]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield server
        finally:
            server.should_exit = True
            thread.join()


@asynccontextmanager
async def clients(server: uvicorn.Server, number: int = 1) -> AsyncIterator[list[Client]]:
    opened = [await asyncio.open_connection(HOST, server.config.port) for _ in range(number)]
    try:
        yield opened
    finally:
        for _, writer in opened:
            writer.transport.abort()


async def send(client: Client, data: bytes) -> None:
    """Sends what the server still takes."""
    try:
        client[1].write(data)
        await client[1].drain()
    except ConnectionError:
        pass


async def rest(client: Client) -> bytes:
    """What the server sends until it closes the connection."""
    received = b""
    try:
        while part := await client[0].read(65_536):
            received += part
    except ConnectionError:
        pass
    return received


def head(headers: dict[str, str], length: int | None = None, path: str = "/slack/events") -> bytes:
    fields = headers | ({} if length is None else {"content-length": str(length)})
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"POST {path} HTTP/1.1\r\nhost: x\r\n{lines}\r\n".encode()


async def statuses_of_commands(server: uvicorn.Server, number: int = COMMANDS) -> list[bytes]:
    """The statuses that signed commands get, each over a connection of its own."""
    statuses = []
    for _ in range(number):
        async with clients(server) as [client]:
            await send(client, head(signed(COMMAND) | {"connection": "close"}, len(COMMAND)) + COMMAND)
            statuses.append((await rest(client))[9:12])
    return statuses


async def test_an_endless_header_is_refused_while_commands_are_answered() -> None:
    with serving(SMALL) as server:
        async with clients(server) as [client]:
            await send(client, b"GET /livez HTTP/1.1\r\nx: ")
            sent = 0
            while b"431" not in await _received_so_far(client):
                assert sent < 1_000_000
                await send(client, b"a" * 8_192)
                sent += 8_192
            assert await statuses_of_commands(server) == [b"200"] * COMMANDS


async def _received_so_far(client: Client) -> bytes:
    try:
        return await asyncio.wait_for(client[0].read(100), 0.02)
    except TimeoutError:
        return b""


@pytest.mark.parametrize(
    "request_start",
    [
        b"GET /livez HTTP/1.1\r\nx: " + b"a" * 100_000,
        b"GET /livez HTTP/1.1\r\n" + b"x: y\r\n" * 10_000,
        b"GET /" + b"a" * 100_000,
        head({"transfer-encoding": "chunked"}, path="/codes/x") + b"0\r\nx: " + b"a" * 100_000,
        head({"transfer-encoding": "chunked"}, path="/codes/x") + b"5;" + b"a" * 100_000,
    ],
    ids=["header", "headers", "path", "trailer", "chunk extension"],
)
async def test_too_large_a_head_is_refused(request_start: bytes) -> None:
    with serving(SMALL, never_answers) as server:
        async with clients(server) as [client]:
            await send(client, request_start)
            assert (await rest(client)).startswith(b"HTTP/1.1 431 ")


async def never_answers(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads a body to its end, and answers when the connection has gone."""
    await accept_lifespan(scope, receive, send)
    while scope["type"] == "http" and (await receive())["type"] != "http.disconnect":
        pass


async def accept_lifespan(scope: Scope, receive: Receive, send: Send) -> None:
    for step in ("startup", "shutdown") if scope["type"] == "lifespan" else ():
        await receive()
        await send({"type": f"lifespan.{step}.complete"})


async def test_a_body_beyond_any_limit_is_refused() -> None:
    with serving(replace(SMALL, body_bytes=100_000), never_answers) as server:
        async with clients(server) as [client]:
            await send(client, head({}, 200_000) + b"a" * 200_000)
            assert (await rest(client)).startswith(b"HTTP/1.1 413 ")


async def counts_body(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers by the number of bytes of the body."""
    await accept_lifespan(scope, receive, send)
    if scope["type"] == "http":
        size, more = 0, True
        while more:
            message = await receive()
            size, more = size + len(message.get("body", b"")), message.get("more_body", False)
        text = str(size).encode()
        headers = [(b"content-length", str(len(text)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": text})


@pytest.mark.parametrize(
    ("path", "size", "answer"),
    [("/large", 150_000, b"150000"), ("/other", 150_000, b"HTTP/1.1 413 "), ("/large", 250_000, b"HTTP/1.1 413 ")],
)
async def test_a_path_may_allow_a_larger_body(path: str, size: int, answer: bytes) -> None:
    with serving(replace(SMALL, body_bytes=100_000, larger_bodies={"/large": (200_000, 60.0)}), counts_body) as server:
        async with clients(server) as [client]:
            await send(client, head({"connection": "close"}, size, path) + b"a" * size)
            assert answer in await rest(client)


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"GET /livez HTTP/1.1\r\nx: y", b"HTTP/1.1 408 "), (b"\r\n", b"HTTP/1.1 408 "), (b"", b"")],
    ids=["headers", "an empty line", "nothing"],
)
async def test_a_request_that_stops_halfway_is_refused(data: bytes, status: bytes) -> None:
    with serving(replace(SMALL, header_seconds=0.05)) as server:
        async with clients(server) as [client]:
            await send(client, data)
            assert (await rest(client))[:13] == status


async def test_a_signed_body_that_stops_halfway_is_refused() -> None:
    # Signed when it is sent: Slack's signatures are good for five minutes, and the tests run longer.
    with serving(replace(SMALL, body_seconds=0.5)) as server:
        async with clients(server) as [client]:
            await send(client, head(signed(COMMAND), len(COMMAND)) + COMMAND[:5])
            assert (await rest(client)).startswith(b"HTTP/1.1 408 ")


async def test_a_body_that_drips_after_the_response_is_refused() -> None:
    with serving(replace(SMALL, body_seconds=0.05)) as server:
        async with clients(server) as [client]:
            await send(client, head({}, 1_000, "/nothing") + b"a")
            received = await rest(client)
            assert received.startswith(b"HTTP/1.1 404 ")


async def test_half_open_requests_are_closed_for_commands() -> None:
    with serving(SMALL) as server:
        async with clients(server, 3 * SMALL.connections) as attackers:
            for attacker in attackers:
                await send(attacker, b"GET /livez HTTP/1.1\r\nx: y\r\n")
            assert await statuses_of_commands(server) == [b"200"] * COMMANDS
            ended = asyncio.as_completed([rest(attacker) for attacker in attackers])
            assert {await next(ended) for _ in range(2 * SMALL.connections)} == {b""}


async def test_held_bodies_take_a_bounded_memory_and_leave_commands_answered() -> None:
    with serving(replace(SMALL, connections=100, unfinished_bytes=1_000_000)) as server:
        async with clients(server, 30) as attackers:
            for attacker in attackers:
                await send(attacker, head(signed(COMMAND), 200_000) + b"a" * 199_000)
            assert await statuses_of_commands(server) == [b"200"] * COMMANDS
            unfinished = sum(getattr(one, "body_bytes", 0) for one in tuple(server.server_state.connections))
            assert 0 < unfinished < 1_300_000
            assert (await rest(attackers[0])).startswith(b"HTTP/1.1 408 ")


async def test_idle_connections_are_closed_for_commands_too() -> None:
    with serving(replace(SMALL, connections=5)) as server:
        async with clients(server, 5) as idle:
            for client in idle:
                await send(client, b"GET /livez HTTP/1.1\r\nhost: x\r\n\r\n")
                await client[0].readuntil(b"\r\n\r\n")
            assert await statuses_of_commands(server) == [b"200"] * COMMANDS


async def test_a_request_that_is_being_answered_is_never_closed_for_another() -> None:
    release = asyncio.Event()
    loop = asyncio.get_running_loop()

    async def waits(scope: Scope, receive: Receive, send: Send) -> None:
        await accept_lifespan(scope, receive, send)
        if scope["type"] == "http":
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(release.wait(), loop))
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})

    with serving(replace(SMALL, connections=2), waits) as server:
        async with clients(server, 2) as answered:
            for client in answered:
                await send(client, b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            while len(server.server_state.tasks) < 2:
                await asyncio.sleep(0.01)
            async with clients(server) as [late]:
                assert await rest(late) == b""
            release.set()
            assert [(await rest(client))[9:12] for client in answered] == [b"200", b"200"]


async def test_requests_follow_each_other_on_a_connection_in_any_framing() -> None:
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in COMMAND) + b"0\r\n\r\n"
    chunked = head(signed(COMMAND) | {"transfer-encoding": "chunked"}) + chunks
    plain = head(signed(COMMAND), len(COMMAND)) + COMMAND
    with serving(SMALL) as server:
        async with clients(server) as [client]:
            # The last two come at once.
            for data in (plain, chunked, plain + chunked + head({"connection": "close"}, 0, "/nothing")):
                await send(client, data)
            received = await rest(client)
            statuses = [part[:3] for part in received.split(b"HTTP/1.1 ")[1:]]
            assert statuses == [b"200", b"200", b"200", b"200", b"404"]


async def test_an_idle_connection_is_closed_after_the_time_that_is_set() -> None:
    with serving(SMALL, keep_alive=1) as server:
        async with clients(server) as [client]:
            await send(client, b"GET /livez HTTP/1.1\r\nhost: x\r\n\r\n")
            assert (await rest(client)).startswith(b"HTTP/1.1 200 ")


async def test_a_client_that_reads_nothing_is_closed() -> None:
    async def large(scope: Scope, receive: Receive, send: Send) -> None:
        await accept_lifespan(scope, receive, send)
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"a" * 30_000_000})

    with serving(replace(SMALL, reading_seconds=0.05), large) as server:
        async with clients(server) as [client]:
            client[1].transport.pause_reading()  # type: ignore[attr-defined]
            await send(client, b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            while not server.server_state.total_requests:
                await asyncio.sleep(0.01)
            while server.server_state.connections:
                await asyncio.sleep(0.01)


async def test_a_stopping_server_refuses_what_is_not_complete() -> None:
    with serving(SMALL) as server:
        async with clients(server) as [client]:
            await send(client, head(signed(COMMAND), len(COMMAND)) + COMMAND[:5])
            while not server.server_state.tasks:
                await asyncio.sleep(0.01)
            server.should_exit = True
            assert (await rest(client)).startswith(b"HTTP/1.1 408 ")
