"""Serving an ASGI application over HTTP with uvicorn: where it listens, and the bounds of its connections."""

from __future__ import annotations

import os
import resource
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import structlog
import uvicorn

from hcpcs.errors import HcpcsError
from hcpcs_bot.http.admission.body_limit import LARGER_BODIES
from hcpcs_bot.http.asgi import Asgi
from hcpcs_bot.serving.bounded_protocol import ConnectionBounds, bounded_protocol
from hcpcs_bot.settings import Settings

BACKLOG: Final = 2048
"""Connections that wait to be accepted."""
REQUESTS_SECONDS: Final = 5
"""Maximum seconds for requests in progress when the server stops; Slack waits for three."""
SWITCH_SECONDS: Final = 0.0005
"""Seconds after which a thread with a long question lets the others go on. With Python's 0.005, look-ups waited for
a second behind two long decodings and two lists of changes; with this, for 0.04 s."""
OWN_FILES: Final = 128
"""File descriptors that are not for connections: files of the catalog, the database, connections to Slack."""

log = structlog.get_logger("hcpcs_bot.server")


class ListenError(HcpcsError):
    """The server can't listen at an address; says why, and what to do."""


def open_listener(host: str, port: int) -> socket.socket:
    """A socket that listens at ``host`` and ``port`` (0: any free one). Raises ``ListenError``."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address, family=family, backlog=BACKLOG)
    except socket.gaierror as error:
        reason = error.strerror
    except OSError as error:
        # Python adds the address to ``strerror`` here.
        reason = os.strerror(error.errno or 0)
    raise ListenError(f"{host}:{port}: can't listen there ({reason}); choose another --port or --host")


def connection_bounds(max_connections: int) -> ConnectionBounds:
    """The bounds of connections: not more than ``max_connections``, nor than the process may open files for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * max_connections + OWN_FILES  # Twice: a crowd may connect before any of it is closed.
    if soft == resource.RLIM_INFINITY:
        soft = wanted
    elif soft < wanted:
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        # systemd's filter of system calls refuses to set it: the unit states it instead (LimitNOFILE).
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
            soft = allowed
    free = soft - OWN_FILES
    if free < max_connections:
        max_connections = max(free, 1)
        log.warning("fewer connections than set: the limit of open files is low", connections=max_connections)
    crowd = min(max_connections, max(free - max_connections, 0))
    return ConnectionBounds(connections=max_connections, crowd=crowd, larger_bodies=LARGER_BODIES)


def http_server(
    application: Asgi, bounds: ConnectionBounds, keep_alive_seconds: int, trusted_proxies: str = ""
) -> uvicorn.Server:
    """A server that is not started yet, whose connections keep to ``bounds``.

    What ``trusted_proxies`` say of the client (X-Forwarded-For, X-Forwarded-Proto) counts.
    """
    config = uvicorn.Config(
        application,
        # Left unset, only a proxy on this machine counts.
        forwarded_allow_ips=trusted_proxies or None,
        http=bounded_protocol(bounds),
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=False,
        timeout_keep_alive=keep_alive_seconds,
        timeout_graceful_shutdown=REQUESTS_SECONDS,
    )
    return uvicorn.Server(config)


def run_uvicorn(
    application: Asgi,
    host: str,
    port: int,
    prepare: Callable[[uvicorn.Server], object] = bool,
    settings: Settings | None = None,
) -> None:
    """Serves an application until SIGINT or SIGTERM; requests in progress are finished first.

    ``prepare`` gets the server before it starts. Raises ``ListenError``.
    """
    limits = settings or Settings()
    sys.setswitchinterval(SWITCH_SECONDS)
    bounds = connection_bounds(limits.max_connections)
    server = http_server(application, bounds, limits.keep_alive_seconds, limits.trusted_proxies)
    prepare(server)
    with open_listener(host, port) as listener:
        log.info("listening", host=host, port=listener.getsockname()[1])
        server.run(sockets=[listener])
