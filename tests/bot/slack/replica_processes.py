"""Replicas of ``hcpcs serve`` as processes of their own, started in a moment and killed at any.

Run as a module, it is the parent of the replicas: it has imported everything, opens nothing, and forks one for each
port that it reads. A replica is the application that ``hcpcs serve`` serves, with the same settings.

Usage: python -m tests.bot.slack.replica_processes HOME DATABASE_URL SLACK_API BOT_TOKEN SIGNING_SECRET
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from pydantic import SecretStr
from tests.killed_processes import ROOT

from hcpcs_bot.bootstrap import make_server_context
from hcpcs_bot.serving.current_desk import CurrentDesk
from hcpcs_bot.serving.http_server import run_uvicorn
from hcpcs_bot.serving.logs import configure
from hcpcs_bot.serving.server import asgi_app
from hcpcs_bot.settings import Settings
from hcpcs_bot.slack.inbound import claims
from hcpcs_bot.slack.installation.config import SlackConfig
from hcpcs_bot.state import database
from hcpcs_bot.state.connections import engines
from slack_peer.peer import SlackPeer

HOST: Final = "127.0.0.1"
START_SECONDS: Final = 60.0
"""Maximum seconds for a replica to listen on a busy machine."""
LOG: Final = "replicas.log"
"""The file in the home folder with what the replicas log."""


class ReplicaProcesses:
    """The replicas of one workspace, by port."""

    def __init__(self, peer: SlackPeer, home: Path, database_url: str) -> None:
        self.running: dict[int, int] = {}
        """The process of each replica that listens."""
        self._forked: dict[int, int] = {}
        self._arguments = (str(home), database_url, peer.api_url, peer.bot_token, peer.signing_secret)
        self._home = home
        self._parent: asyncio.subprocess.Process | None = None
        self._starting = asyncio.Lock()

    async def __aenter__(self) -> ReplicaProcesses:
        """Starts the parent of the replicas."""
        with (self._home / LOG).open("ab") as log:
            self._parent = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.bot.slack.replica_processes",
                *self._arguments,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                cwd=ROOT,
            )
        return self

    async def __aexit__(self, *_: object) -> None:
        """Kills every replica, and their parent."""
        async with self._starting:
            for port in tuple(self._forked):
                await self.kill(port)
            if self._parent is not None:
                self._parent.kill()
                await self._parent.wait()

    async def start(self, port: int) -> None:
        """Starts a replica on ``port``, and waits until it listens.

        A caller that is canceled meanwhile leaves a replica that is killed at the end: one that is in no list would
        live on and hold the pipes of its parent, for which the end would wait forever.
        """
        await asyncio.shield(asyncio.create_task(self._fork(port)))
        async with asyncio.timeout(START_SECONDS):
            while not await _listens(port):
                await asyncio.sleep(0.02)
        self.running[port] = self._forked[port]

    async def _fork(self, port: int) -> None:
        assert self._parent is not None
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        async with self._starting:
            self._parent.stdin.write(f"{port}\n".encode())
            self._forked[port] = int(await self._parent.stdout.readline())

    async def kill(self, port: int) -> None:
        """Kills the replica on ``port`` (SIGKILL), and waits until it has gone, and with it what listened there."""
        self.running.pop(port, None)
        process = self._forked.pop(port)
        os.kill(process, signal.SIGKILL)
        with suppress(ProcessLookupError):
            while True:
                os.kill(process, 0)
                await asyncio.sleep(0.001)


async def _listens(port: int) -> bool:
    with suppress(OSError):
        _, writer = await asyncio.open_connection(HOST, port)
        writer.close()
        await writer.wait_closed()
        return True
    return False


def main(home: str, database_url: str, slack_api: str, bot_token: str, signing_secret: str) -> None:
    """Forks a replica for each port in the standard input, and writes its process id."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # A busy machine is not a database that hangs, for which a replica would not wait, and lose what it has if killed.
    claims.STATE_SECONDS = database.ANSWER_SECONDS = 30.0  # type: ignore[misc]
    engines.STATEMENT_SECONDS = 2  # type: ignore[misc]
    settings = Settings(home=Path(home), database_url=SecretStr(database_url))
    config = SlackConfig(
        bot_token=bot_token,
        signing_secret=signing_secret,
        api_url=slack_api,
        environ_proxy=False,
        burst=10_000,
        retry_wait=0.1,
    )
    desk = CurrentDesk(settings, starter=True)
    children = []
    for line in sys.stdin:
        child = os.fork()
        if child:
            children.append(child)
            sys.stdout.write(f"{child}\n")
            sys.stdout.flush()
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        try:
            configure("INFO")
            run_uvicorn(asgi_app(make_server_context(settings, config, desk)), HOST, int(line))
        except BaseException:  # noqa: BLE001 - the child must not go on with what its parent was doing
            sys.excepthook(*sys.exc_info())
        os._exit(1)
    for child in children:  # Whoever started this has ended before its time.
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
