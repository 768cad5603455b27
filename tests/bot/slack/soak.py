"""Asks three replicas for minutes while everything around them fails: each question and each digest once, one memory.

Three replicas of the real application share a PostgreSQL server behind a balancer. In the course of a run replicas are
killed (kill -9) and started again, the database is stopped, and frozen, the home folder is moved away and back, Slack
limits the rate, fails and takes too long, and two releases are published. The last lines state the figures.

Usage: python -m tests.bot.slack.soak [--minutes 10] [--rate 100]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import aiohttp
from sqlalchemy import func, select
from tests.bot.slack.kill_proof import CHANNELS, PEOPLE, workspace
from tests.bot.slack.killed_run import Balancer, free_port
from tests.bot.slack.replica_processes import ReplicaProcesses
from tests.bot.slack.soak_figures import SoakFigures
from tests.bot.slack.soak_releases import is_mixed, publish
from tests.postgresql import PostgresqlServer, running_postgresql

from hcpcs_bot.slack.outbound.message_keys import DIGEST_EVENT
from hcpcs_bot.state.database import Database, StateError, open_database
from hcpcs_bot.state.tables import ClaimRow
from slack_peer.api.faults import BAD_GATEWAY, BROKEN_JSON, RATE_LIMITED, Misbehavior
from slack_peer.delivery import payloads
from slack_peer.delivery.connection import FORM, AppDelivery, DeliveryKind, Reply, SignedConnection
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BOT_USER, Message

REPLICAS: Final = 3
OUTAGE_SECONDS = 6.0
"""Seconds for which the database is stopped, frozen, and the home is away."""
KILL_EVERY = 12.0
"""Mean seconds between two kills."""
ASKED_AGAIN: Final = 60
"""Maximum attempts of a person whose command failed, a second apart."""
REST_SECONDS: Final = 240
"""Maximum seconds for what is left at the end: a lease must expire, perhaps more than once."""
WARM_UP: Final = 0.3
"""Share of the run after which the memory is measured first."""
SLOW_SLACK: Final = Misbehavior(seconds=4.0, closes=True)
QUESTIONS: Final = ("S9301", "is S9302 payable by Medicare?", "what does S9303 mean", "compare S9304 and S9305")


class SoakBalancer(Balancer):
    """A balancer that keeps which events were acknowledged, and counts replies whose answers mix two releases."""

    mixed = 0

    def keep(self, headers: Mapping[str, str], body: bytes, reply: Reply) -> None:
        """Notes a reply that a replica has given."""
        if reply.acknowledged and headers.get("content-type") != FORM:
            event = json.loads(body)["event"]
            self.acknowledged.append((event.get("channel", ""), event.get("ts", "")))
        self.mixed += is_mixed(reply.body.decode())


class Soak:
    """One run."""

    def __init__(self, home: Path, server: PostgresqlServer, *, seconds: float, rate: float) -> None:
        self._home = home
        self._server = server
        self._seconds = seconds
        self._rate = rate
        self._url = server.new_database()
        self._peer: SlackPeer = workspace(knows_keys=True)
        self._asked: list[Message] = []
        self._commands = Counter[str]()
        self._outage = asyncio.Event()
        self._kills = 0
        self._memory: list[int] = []

    async def run(self) -> SoakFigures:
        """Runs for the seconds, then waits for what is left, and gives the figures."""
        publish(self._home, 0)
        database = open_database(self._home, self._url)
        await self._peer.start()
        ports = [free_port() for _ in range(REPLICAS)]
        async with ReplicaProcesses(self._peer, self._home, self._url) as processes, aiohttp.ClientSession() as session:
            await asyncio.gather(*(processes.start(port) for port in ports))
            balancer = SoakBalancer(processes, session, random.Random())
            self._peer.connect(SignedConnection(balancer.post, self._peer.signing_secret))
            for number in range(CHANNELS):
                await self._command(number, "watch all")
            asking = asyncio.create_task(self._ask_on())
            killing = asyncio.create_task(self._kill_on(processes, ports[1:]))
            await self._course(processes, ports[0])
            await asking
            killing.cancel()
            await asyncio.wait({killing})
            await self._rest(database, balancer)
            self._memory.append(_memory_of(processes.running[ports[0]]))
            figures = self._figures(database, balancer)
        await self._peer.stop()
        database.close()
        return figures

    async def _ask_on(self) -> None:
        loop = asyncio.get_running_loop()
        started, tasks = loop.time(), set[asyncio.Task[None]]()
        for number in range(int(self._seconds * self._rate)):
            await asyncio.sleep(max(0.0, started + number / self._rate - loop.time()))
            task = asyncio.create_task(self._ask(number))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        if tasks:
            await asyncio.wait(tasks)

    async def _ask(self, number: int) -> None:
        question = QUESTIONS[number % len(QUESTIONS)]
        kind = number % 5
        if kind < 3:
            await self._command(number, question)
        elif kind == 3:
            text = f"@hcpcs {question}"
            self._asked.append(await self._peer.actions.post(_person(number), f"C{number % CHANNELS:04}", text))
        else:
            user = _person(number)
            self._asked.append(await self._peer.actions.post(user, f"D{user[1:]}", question))

    async def _command(self, number: int, text: str) -> None:
        """Sends a command; a person whose command failed sends it again."""
        person = self._peer.workspace.people[_person(number)]
        channel = self._peer.workspace.channels[f"C{number % CHANNELS:04}"]
        payload = payloads.command("/hcpcs", text, person, channel, "1", "")
        self._commands["sent"] += 1
        for attempt in range(ASKED_AGAIN):
            reply = await self._peer.dispatcher.deliver(AppDelivery(DeliveryKind.COMMAND, payload))
            if reply.acknowledged:
                self._commands["answered"] += 1
                self._commands["again"] += attempt > 0
                return
            await asyncio.sleep(1)

    async def _kill_on(self, processes: ReplicaProcesses, ports: list[int]) -> None:
        while True:
            await asyncio.sleep(random.uniform(0.5, 1.5) * KILL_EVERY)
            if not self._outage.is_set():
                port = random.choice(ports)
                await processes.kill(port)
                self._kills += 1
                await processes.start(port)

    async def _course(self, processes: ReplicaProcesses, surviving: int) -> None:
        """What fails when; between two events as long as each other."""
        pause = self._seconds / 8
        home, away = self._home / "versions", self._home / "away"
        await asyncio.sleep(pause)
        await asyncio.to_thread(publish, self._home, 1)
        await asyncio.sleep(pause)
        self._memory.append(_memory_of(processes.running[surviving]))
        self._outage.set()
        self._server.stop()
        await asyncio.sleep(OUTAGE_SECONDS)
        self._server.start()
        self._outage.clear()
        await asyncio.sleep(pause)
        self._outage.set()
        with self._server.frozen():
            await asyncio.sleep(OUTAGE_SECONDS)
        self._outage.clear()
        await asyncio.sleep(pause)
        self._outage.set()
        current = self._home / "CURRENT"
        kept = current.read_bytes()
        current.unlink()
        home.rename(away)
        await asyncio.sleep(OUTAGE_SECONDS)
        away.rename(home)
        current.write_bytes(kept)
        self._outage.clear()
        await asyncio.sleep(pause)
        for fault, times in ((RATE_LIMITED, 10), (BAD_GATEWAY, 5), (BROKEN_JSON, 5), (SLOW_SLACK, 3)):
            self._peer.faults.plan("chat.postMessage", fault, times)
        await asyncio.sleep(pause)
        self._peer.faults.clear()
        await self._first_digests()
        await asyncio.to_thread(publish, self._home, 2)

    async def _first_digests(self) -> None:
        """Waits until each channel has its first digest: of two releases at once it would get one for both."""
        for _ in range(REST_SECONDS):
            if len(self._digests()) == CHANNELS:
                return
            await asyncio.sleep(1)

    def _digests(self) -> Counter[str]:
        """How many digests each channel has."""
        return Counter(one.channel for one in self._answers() if _is_digest(one))

    async def _rest(self, database: Database, balancer: SoakBalancer) -> None:
        for _ in range(REST_SECONDS):
            await asyncio.sleep(1)
            figures = self._figures(database, balancer)
            left = figures.events_unanswered + figures.events_undelivered + figures.open_claims
            if not left + figures.digests_missing:
                return

    def _answers(self) -> list[Message]:
        messages = self._peer.workspace.messages.values()
        return [one for one in messages if one.user == BOT_USER and not one.visible_to]

    def _figures(self, database: Database, balancer: SoakBalancer) -> SoakFigures:
        said = self._answers()
        digests = self._digests()
        answers = [one for one in said if not _is_digest(one)]
        asked = {(one.channel, one.ts) for one in self._asked}
        delivered = set(balancer.acknowledged) & asked
        threads = Counter(one.thread for one in answers if one.channel.startswith("C"))
        mentions = {stamp for channel, stamp in delivered if channel.startswith("C")}
        direct = Counter(channel for channel, _ in delivered if channel.startswith("D"))
        answered = Counter(one.channel for one in answers if one.channel.startswith("D"))
        before, after = self._memory[0] if self._memory else 1, self._memory[-1] if self._memory else 1
        mixed = sum(is_mixed(json.dumps([one.text, *one.blocks])) for one in answers)
        return SoakFigures(
            commands=self._commands["sent"],
            asked_again=self._commands["again"],
            commands_unanswered=self._commands["sent"] - self._commands["answered"],
            events=len(self._asked),
            events_undelivered=len(asked - delivered),
            events_unanswered=len(mentions - set(threads)) + (direct - answered).total(),
            events_doubled=threads.total() - len(threads) + (answered - direct).total(),
            open_claims=_open_claims(database),
            digests=digests.total(),
            digests_missing=sum(max(0, 2 - digests[f"C{number:04}"]) for number in range(CHANNELS)),
            digests_doubled=sum(max(0, count - 2) for count in digests.values()),
            mixed_answers=balancer.mixed + mixed,
            kills=self._kills,
            publishes=2,
            memory_growth_percent=round(100 * (after - before) / before),
        )


def _is_digest(message: Message) -> bool:
    return message.metadata.get("event_type") == DIGEST_EVENT


def _open_claims(database: Database) -> int:
    try:
        with database.reading() as session:
            return session.scalar(select(func.count()).select_from(ClaimRow).where(ClaimRow.done_at == 0.0)) or 0
    except StateError:
        return 1  # The connection broke with the server; the next look has another one.


def _person(number: int) -> str:
    return f"U{number % PEOPLE:04}"


def _memory_of(process: int) -> int:
    """The resident memory of a process in pages."""
    return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])


def soak(home: Path, *, seconds: float, rate: float) -> SoakFigures:
    """One run on a database server of its own. Raises ``PostgresqlMissingError``."""
    with running_postgresql() as server:
        return asyncio.run(Soak(home, server, seconds=seconds, rate=rate).run())


def main() -> int:
    """Runs, and prints the figures; 1 if anything was lost, doubled or mixed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rate", type=float, default=100, help="Questions a second.")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        figures = soak(Path(home), seconds=60 * arguments.minutes, rate=arguments.rate)
    sys.stdout.write(f"{arguments.minutes:g} minutes at {arguments.rate:g} questions a second: {figures}\n")
    return 0 if figures.right else 1


if __name__ == "__main__":
    sys.exit(main())
