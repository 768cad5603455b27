"""The contenders of the Slack bench: Bolt with an empty listener and the whole app, in process or served on a port."""

from __future__ import annotations

import multiprocessing
import os
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Literal

import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bench.release import newest_catalog
from hcpcs.answers.desk import Desk
from hcpcs.catalog.catalog import Catalog
from hcpcs_bot.serving.logs import configure
from hcpcs_bot.serving.server import asgi_app
from hcpcs_bot.slack.app import quiet_logger
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.installation.config import SlackConfig
from hcpcs_index import memory_index

SECRET: Final = "8f742231b10e8888abcd99yyyzzz85a5"
NOWHERE: Final = "http://127.0.0.1:9/api/"
"""Address of the Web API: nothing listens there, because commands are answered without it."""
STARTUP_SECONDS: Final = 300
"""Maximum time for a contender to start."""
ANSWER_SECONDS: Final = 10
"""Maximum time to wait for one answer while it starts."""
EMPTY: Final = "Bolt, empty listener"
WHOLE: Final = "the whole app"

Asgi = Callable[..., Awaitable[None]]


def empty_app() -> Asgi:
    """Bolt at its best, with a listener that does nothing."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token="xoxb-bench", bot_id="B1", bot_user_id="U1")

    app = AsyncApp(
        name="slack_bolt",
        logger=quiet_logger("slack_bolt"),
        signing_secret=SECRET,
        authorize=authorize,
        process_before_response=True,
    )

    @app.command("/hcpcs")
    async def nothing(ack: AsyncAck) -> None:
        await ack()

    handler: Asgi = AsyncSlackRequestHandler(app)
    return handler


def whole_app(catalog: Catalog) -> Asgi:
    """The app as it is served, its log discarded."""
    desk = Desk(catalog, memory_index(catalog))
    configure("INFO", stream=Path(os.devnull).open("w"))  # noqa: SIM115 - open as long as the process is
    config = SlackConfig(bot_token="xoxb-bench", signing_secret=SECRET, api_url=NOWHERE)
    return asgi_app(SlackContext(config, lambda: desk))


def serve(kind: str, port: int) -> None:
    """One contender in a process of its own."""
    app = make(kind, newest_catalog())
    lifespan: Literal["on", "off"] = "off" if kind == EMPTY else "on"
    uvicorn.run(app, port=port, access_log=False, log_config=None, lifespan=lifespan)


def make(kind: str, catalog: Catalog) -> Asgi:
    """A contender by name."""
    return empty_app() if kind == EMPTY else whole_app(catalog)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Whether a server answers an HTTP request on a port, with any status."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), ANSWER_SECONDS) as connection:
        connection.sendall(b"GET /livez HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n")
        return connection.recv(9) == b"HTTP/1.1 "
    return False


@contextmanager
def served(kind: str) -> Iterator[int]:
    """Serves a contender on a free port, which it yields."""
    port = free_port()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(kind, port), daemon=True)
    process.start()
    try:
        deadline = time.monotonic() + STARTUP_SECONDS
        while not answers(port):
            if time.monotonic() > deadline or not process.is_alive():
                raise RuntimeError(f"{kind} did not start within {STARTUP_SECONDS} seconds")
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.join(10)
