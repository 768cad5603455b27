"""Presses "Share to channel" while the replicas that post are killed (kill -9): each answer is shared at most once.

A person whose press did nothing presses again. A press that a replica has acknowledged ends in one of two ways: the
answer is in the channel, or the person is asked to look whether it is.

Usage: python -m tests.bot.slack.share_kills [--shares 200] [--kills 20] [--database sqlite|postgresql]
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Final, NamedTuple

from tests.bot.slack.kill_proof import (
    AT_ONCE,
    DELAY,
    REST_SECONDS,
    Balancer,
    KilledRun,
    count_claims,
    empty_database,
    workspace,
)

from hcpcs_bot.state.database import Database, open_database
from hcpcs_bot.state.tables import ClaimRow
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BOT_USER, Channel, Message, Person

CHANNEL: Final = "C0SHARES"
SHARE: Final = "Share to channel"
ASKED_TO_LOOK: Final = "Slack didn't confirm that the answer was shared"
PATIENCE: Final = 50
"""Maximum times that a person types a command or presses a button which did nothing."""


class ShareFigures(NamedTuple):
    """What came of a run: of each acknowledged share, whether it is in the channel, or its person was asked to look."""

    acknowledged: int
    kills: int
    taken_over: int
    shared: int
    asked_to_look: int
    lost: int
    doubled: int
    open_claims: int

    def __str__(self) -> str:
        return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in self._asdict().items())


async def kill_while_sharing(
    home: Path, database_url: str, *, replicas: int, shares: int, kills: int, seed: int
) -> ShareFigures:
    """One run: ``shares`` people share an answer each, and ``kills`` times one of the replicas is killed."""
    chance = random.Random(seed)
    database = open_database(home, database_url)
    peer = workspace(knows_keys=True)
    people = [f"US{number:04}" for number in range(shares)]
    peer.workspace.people |= {one: Person(one, one, one.lower()) for one in people}
    peer.workspace.add_channel(Channel(CHANNEL, "shares", "channel", frozenset({*people, BOT_USER})))
    await peer.start()
    waiting = iter(people)
    done: list[str] = []

    async def share_on(balancer: Balancer) -> None:
        for user in waiting:
            await _share(peer, balancer, user)
            done.append(user)

    run = KilledRun(peer, home, database_url, replicas=replicas, kills=kills, chance=chance)
    async with run.replicas() as (processes, balancer):
        killing = run.kill_on(processes, balancer, lambda: len(done) / shares, lambda: len(done) >= shares, 3 * DELAY)
        await asyncio.gather(killing, *(share_on(balancer) for _ in range(AT_ONCE)))
        await _rest(database)
        figures = _figures(peer, database, balancer, kills)
    await peer.stop()
    database.close()
    return figures


async def _share(peer: SlackPeer, balancer: Balancer, user: str) -> None:
    """Asks for a card and presses its button, each until a replica has acknowledged it."""
    for _ in range(PATIENCE):
        await peer.actions.command(user, CHANNEL, "/hcpcs S9328")
        if (card := _card_of(peer, user)) is not None:
            break
        await asyncio.sleep(0.1)
    assert card is not None
    for _ in range(PATIENCE):
        await peer.actions.act(user, card, peer.control(SHARE, card), None)
        if (CHANNEL, user) in balancer.acknowledged:
            return
        await asyncio.sleep(0.1)


def _card_of(peer: SlackPeer, user: str) -> Message | None:
    """The private card of a person."""
    shown = (one for one in peer.workspace.messages.values() if one.visible_to == user and one.user == BOT_USER)
    return next((one for one in shown if any(SHARE in control.names for control in one.controls)), None)


async def _rest(database: Database) -> None:
    """Waits until no claim is open, or nothing more can be expected."""
    for _ in range(int(REST_SECONDS)):
        await asyncio.sleep(1)
        if not count_claims(database, ClaimRow.done_at == 0.0):
            return


def _figures(peer: SlackPeer, database: Database, balancer: Balancer, kills: int) -> ShareFigures:
    pressed = {user for _, user in balancer.acknowledged}
    own = [one for one in peer.workspace.messages.values() if one.user == BOT_USER and one.channel == CHANNEL]
    shared = Counter(user for one in own if not one.visible_to for user in pressed if f"<@{user}>" in one.text)
    asked = {one.visible_to for one in own if ASKED_TO_LOOK in one.text}
    return ShareFigures(
        acknowledged=len(pressed),
        kills=kills,
        taken_over=count_claims(database, ClaimRow.attempts > 1),
        shared=len(shared),
        asked_to_look=len(asked),
        lost=len(pressed - set(shared) - asked),
        doubled=shared.total() - len(shared),
        open_claims=count_claims(database, ClaimRow.done_at == 0.0),
    )


def main() -> int:
    """Runs with each database."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--shares", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    arguments = parser.parse_args()
    right = True
    for kind, replicas in (("sqlite", 1), ("postgresql", 3)):
        if arguments.database not in {None, kind}:
            continue
        with tempfile.TemporaryDirectory() as home, empty_database(kind) as url:
            running = kill_while_sharing(
                Path(home), url, replicas=replicas, shares=arguments.shares, kills=arguments.kills, seed=arguments.seed
            )
            figures = asyncio.run(running)
        sys.stdout.write(f"{kind}, shares, seed {arguments.seed}: {figures}\n")
        sys.stdout.flush()
        right = right and figures.lost == figures.doubled == figures.open_claims == 0
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
