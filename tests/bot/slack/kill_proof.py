"""Asks questions in Slack while the replicas that answer them are killed (kill -9): each is answered exactly once.

Replicas are processes that serve the real application; the stand-in of Slack signs and sends mentions and direct
messages to any one that listens, and again where it got no 200. With SQLite there is one process, which is restarted;
with PostgreSQL there are three. The last line of each run states its figures.

Usage: python -m tests.bot.slack.kill_proof [--questions 1000] [--kills 100] [--database sqlite|postgresql]
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import func, select
from tests.bot.slack.killed_run import Balancer, KilledRun
from tests.bot.slack.replica_processes import ReplicaProcesses
from tests.postgresql import running_postgresql
from tests.slack_app import APP

from hcpcs_bot.state.claim_store import LEASE_SECONDS
from hcpcs_bot.state.database import Database, open_database
from hcpcs_bot.state.tables import ClaimRow
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BOT_USER, Channel, Message, Person

CHANNELS: Final = 10
PEOPLE: Final = 50
AT_ONCE: Final = 8
"""Questions that are asked at the same time."""
RETRY_WAITS: Final = (0.1, 2.0, 5.0, 10.0, 20.0, 40.0, 60.0)
"""Seconds before Slack delivers an event again; really there are three attempts within six minutes.

A single process that is killed every other second is down for half of the time: Slack would give up on some events,
and nobody answers what was never delivered.
"""
DELAY: Final = 0.01
"""Seconds that every call to Slack takes before it is carried out, and after."""
REST_SECONDS: Final = 4 * LEASE_SECONDS
"""Maximum seconds for the last questions: a lease must expire, perhaps more than once, on a busy machine."""
QUESTIONS: Final = ("S9328", "is S9353 payable by Medicare?", "what does S9353 mean", "compare S9328 and S9353")


class KillFigures(NamedTuple):
    """What came of a run. Events that never got a 200 from any replica are ``undelivered``, and not ``unanswered``.

    ``taken_over`` claims were another replica's, or the same one's before its restart. ``sent_again`` counts messages
    sent to Slack more than once under one key, ``open_claims`` what is left undone.
    """

    mentions: int
    direct_messages: int
    kills: int
    undelivered: int
    taken_over: int
    sent_again: int
    unanswered: int
    doubled: int
    open_claims: int

    def __str__(self) -> str:
        return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in self._asdict().items())


def workspace(*, knows_keys: bool) -> SlackPeer:
    """A workspace with many people and channels.

    ``knows_keys``: it posts nothing twice under one ``client_msg_id``. Otherwise the app may read its channels.
    """
    app = APP if knows_keys else replace(APP, scopes=APP.scopes | {"channels:history"})
    peer = SlackPeer(app, burst=float("inf"), deduplicates=knows_keys, retry_waits=RETRY_WAITS)
    peer.routes.delay = DELAY
    people = [f"U{number:04}" for number in range(PEOPLE)]
    for person in people:
        peer.workspace.people[person] = Person(person, person, person.lower())
        direct = Channel(f"D{person[1:]}", "hcpcs", "im", frozenset({person, BOT_USER}))
        peer.workspace.add_channel(direct)
    for number in range(CHANNELS):
        members = frozenset({*people, BOT_USER})
        peer.workspace.add_channel(Channel(f"C{number:04}", f"channel-{number}", "channel", members))
    return peer


async def ask(peer: SlackPeer, number: int) -> Message:
    """Asks question ``number``: three of four are mentions in a channel, the others direct messages."""
    user, question = f"U{number % PEOPLE:04}", QUESTIONS[number % len(QUESTIONS)]
    if number % 4 == 3:
        return await peer.actions.post(user, f"D{user[1:]}", question)
    return await peer.actions.post(user, f"C{number % CHANNELS:04}", f"@hcpcs {question}")


async def kill_while_asking(
    home: Path, database_url: str, *, replicas: int, questions: int, kills: int, knows_keys: bool, seed: int
) -> KillFigures:
    """One run: asks ``questions`` of a workspace and kills ``kills`` times one of the replicas."""
    chance = random.Random(seed)
    database = open_database(home, database_url)
    peer = workspace(knows_keys=knows_keys)
    await peer.start()
    numbers = iter(range(questions))
    asked: list[Message] = []

    async def ask_on(processes: ReplicaProcesses) -> None:
        for number in numbers:
            while not processes.running:  # Else most would be asked of nobody, and no kill would meet work.
                await asyncio.sleep(0.01)
            question = await ask(peer, number)
            asked.append(question)

    run = KilledRun(peer, home, database_url, replicas=replicas, kills=kills, chance=chance)
    async with run.replicas() as (processes, balancer):
        killing = run.kill_on(
            processes, balancer, lambda: len(asked) / questions, lambda: len(_answers(peer)) >= questions, 4 * DELAY
        )
        await asyncio.gather(killing, *(ask_on(processes) for _ in range(AT_ONCE)))
        await _rest(peer, database, questions)
        figures = _figures(peer, database, asked, balancer, kills)
    await peer.stop()
    database.close()
    return figures


async def _rest(peer: SlackPeer, database: Database, questions: int) -> None:
    """Waits until every question is answered and no claim is open, or nothing more can be expected."""
    for _ in range(int(REST_SECONDS)):
        await asyncio.sleep(1)
        if len(_answers(peer)) >= questions and not count_claims(database, ClaimRow.done_at == 0.0):
            return


def _answers(peer: SlackPeer) -> list[Message]:
    return [one for one in peer.workspace.messages.values() if one.user == BOT_USER and not one.visible_to]


def count_claims(database: Database, condition: object) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(ClaimRow).where(condition)) or 0


def _figures(peer: SlackPeer, database: Database, asked: list[Message], balancer: Balancer, kills: int) -> KillFigures:
    answers = _answers(peer)
    delivered = set(balancer.acknowledged) & {(one.channel, one.ts) for one in asked}
    mentions = {stamp for channel, stamp in delivered if channel.startswith("C")}
    in_threads = Counter(one.thread for one in answers if one.channel.startswith("C"))
    direct = Counter(channel for channel, _ in delivered if channel.startswith("D"))
    keys = Counter((one.channel, one.key) for one in answers if one.channel.startswith("D"))
    answered = Counter(channel for channel, _ in keys)
    sent = [call.arguments["client_msg_id"] for call in peer.calls("chat.postMessage")]
    return KillFigures(
        mentions=sum(one.channel.startswith("C") for one in asked),
        direct_messages=sum(one.channel.startswith("D") for one in asked),
        kills=kills,
        undelivered=len(asked) - len(delivered),
        taken_over=count_claims(database, ClaimRow.attempts > 1),
        sent_again=len(sent) - len(set(sent)),
        unanswered=len(mentions - set(in_threads)) + (direct - answered).total(),
        doubled=(in_threads.total() - len(in_threads)) + (keys.total() - len(keys)),
        open_claims=count_claims(database, ClaimRow.done_at == 0.0),
    )


@contextmanager
def empty_database(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
        return
    with running_postgresql() as server:
        yield server.new_database()


def main() -> int:
    """Runs with each database, in a workspace that knows keys and in one whose channels the app may read."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    arguments = parser.parse_args()
    right = True
    for kind, replicas in (("sqlite", 1), ("postgresql", 3)):
        if arguments.database not in {None, kind}:
            continue
        for knows_keys in (True, False):
            with tempfile.TemporaryDirectory() as home, empty_database(kind) as url:
                figures = asyncio.run(
                    kill_while_asking(
                        Path(home),
                        url,
                        replicas=replicas,
                        questions=arguments.questions,
                        kills=arguments.kills,
                        knows_keys=knows_keys,
                        seed=arguments.seed,
                    )
                )
            way = "Slack knows keys" if knows_keys else "the app reads channels"
            sys.stdout.write(f"{kind}, {way}, seed {arguments.seed}: {figures}\n")
            sys.stdout.flush()
            right = right and figures.unanswered == figures.doubled == figures.open_claims == 0
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
