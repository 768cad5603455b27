"""Replicas of the app that are killed (kill -9) while they work, and what sends Slack's requests to them."""

from __future__ import annotations

import asyncio
import json
import random
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs

import aiohttp
from tests.bot.slack.replica_processes import HOST, ReplicaProcesses

from slack_peer.delivery.connection import Reply, SignedConnection
from slack_peer.peer import SlackPeer


class Balancer:
    """Sends a request to a replica that listens; one that breaks off is for Slack to send again."""

    def __init__(self, replicas: ReplicaProcesses, session: aiohttp.ClientSession, chance: random.Random) -> None:
        self._replicas = replicas
        self._session = session
        self._chance = chance
        self.acknowledged: list[tuple[str, str]] = []
        """Channel and timestamp of each message that a replica has acknowledged; channel and user of a button."""

    async def post(self, headers: Mapping[str, str], body: bytes) -> Reply:
        """The reply of a replica. Raises ``ConnectionError`` where there is none."""
        ports = list(self._replicas.running)
        self._chance.shuffle(ports)
        for port in ports:
            try:
                async with self._session.post(
                    f"http://{HOST}:{port}/slack/events", data=body, headers=headers
                ) as response:
                    reply = Reply(response.status, {}, await response.read())
            except aiohttp.ClientConnectorError:
                continue
            except aiohttp.ClientError as error:
                raise ConnectionError from error
            self.keep(headers, body, reply)
            return reply
        raise ConnectionError("no replica listens")

    def keep(self, headers: Mapping[str, str], body: bytes, reply: Reply) -> None:
        """Notes a reply that a replica has given."""
        if reply.acknowledged:
            self.acknowledged += _names(body)


def _names(body: bytes) -> list[tuple[str, str]]:
    """What a delivery is known by: an event of a message, or a pressed button. A command has no name."""
    if body.startswith(b"{"):
        event = json.loads(body)["event"]
        return [(event["channel"], event["ts"])]
    pressed = [json.loads(payload) for payload in parse_qs(body.decode()).get("payload", [])]
    return [(one["channel"]["id"], one["user"]["id"]) for one in pressed]


class KilledRun:
    """Replicas of an app on a workspace, one of which is killed ``kills`` times while they work."""

    def __init__(
        self, peer: SlackPeer, home: Path, database_url: str, *, replicas: int, kills: int, chance: random.Random
    ) -> None:
        self._peer = peer
        self._home = home
        self._database_url = database_url
        self._ports = [free_port() for _ in range(replicas)]
        self._kills = kills
        self._chance = chance

    @asynccontextmanager
    async def replicas(self) -> AsyncIterator[tuple[ReplicaProcesses, Balancer]]:
        """The running replicas, and what sends Slack's requests to one of them."""
        processes = ReplicaProcesses(self._peer, self._home, self._database_url)
        async with processes, aiohttp.ClientSession() as session:
            for port in self._ports:
                await processes.start(port)
            balancer = Balancer(processes, session, self._chance)
            self._peer.connect(SignedConnection(balancer.post, self._peer.signing_secret))
            yield processes, balancer

    async def kill_on(
        self,
        processes: ReplicaProcesses,
        balancer: Balancer,
        progress: Callable[[], float],
        finished: Callable[[], bool],
        longest: float,
    ) -> None:
        """Kills one after the other, spread over the work: ``progress`` is the part of it that is done.

        Each time Slack has just got a 200; what the replica does after it takes about ``longest`` seconds at most.
        """
        for kill in range(self._kills):
            while progress() < kill / self._kills:
                await asyncio.sleep(0.002)
            former = len(balancer.acknowledged)
            while len(balancer.acknowledged) == former and not finished():
                await asyncio.sleep(0.001)
            await asyncio.sleep(self._chance.uniform(0, longest))
            port = self._chance.choice(self._ports)
            await processes.kill(port)
            await processes.start(port)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])
