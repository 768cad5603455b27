"""The contenders of the HTTP bench: the framework with a constant body, and the whole service, in process or served."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI, Response

from bench.slack_apps import STARTUP_SECONDS, answers, free_port
from hcpcs_bot.bootstrap import make_query_server
from hcpcs_bot.serving.bounded_protocol import ConnectionBounds
from hcpcs_bot.serving.current_desk import CurrentDesk
from hcpcs_bot.serving.http_server import SWITCH_SECONDS, http_server, open_listener
from hcpcs_bot.serving.logs import configure
from hcpcs_bot.serving.query_server import QueryServer
from hcpcs_bot.settings import Settings

Asgi = Callable[..., Awaitable[None]]
KEEP_ALIVE: Final = 75


def constant_app(sizes: dict[str, int]) -> Asgi:
    """The same framework, whose paths return a constant body of ``sizes`` bytes."""
    app = FastAPI(openapi_url=None)
    for path, size in sizes.items():
        app.add_api_route(path, _constant(b'"' + b"x" * (size - 2) + b'"'), response_model=None)
    return app


def _constant(body: bytes) -> Callable[[], Awaitable[Response]]:
    async def endpoint() -> Response:
        return Response(body, media_type="application/json")

    return endpoint


def whole_server(home: Path) -> QueryServer:
    """The service as ``hcpcs serve --no-slack`` serves it, its log discarded."""
    configure("ERROR", stream=Path(os.devnull).open("w"))  # noqa: SIM115 - open as long as the process is
    settings = Settings().at(home)
    return make_query_server(settings, CurrentDesk(settings), every=None)


def _serve(home: Path | None, sizes: dict[str, int], port: int) -> None:
    """One contender in a process of its own: the service of a home, or the constant one."""
    sys.setswitchinterval(SWITCH_SECONDS)
    app: Any = constant_app(sizes) if home is None else whole_server(home)
    server = http_server(app, ConnectionBounds(), KEEP_ALIVE)
    with open_listener("127.0.0.1", port) as listener:
        server.run(sockets=[listener])


@contextmanager
def served(home: Path | None, sizes: dict[str, int]) -> Iterator[int]:
    """Serves a contender on a free port, which it yields."""
    port = free_port()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(home, sizes, port), daemon=True)
    process.start()
    try:
        deadline = time.monotonic() + STARTUP_SECONDS
        while not answers(port):
            if time.monotonic() > deadline or not process.is_alive():
                raise RuntimeError(f"the server did not start within {STARTUP_SECONDS} seconds")
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.join(20)
