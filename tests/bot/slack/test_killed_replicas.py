"""Real replicas, killed while they answer: every question is answered exactly once, and no answer is shared twice.

``make kill-proof`` is longer.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from tests.bot.slack import replica_processes
from tests.bot.slack.kill_proof import kill_while_asking, workspace
from tests.bot.slack.killed_run import free_port
from tests.bot.slack.replica_processes import START_SECONDS, ReplicaProcesses
from tests.bot.slack.share_kills import kill_while_sharing

QUESTIONS, KILLS = 100, 10
SHARES = 30


@pytest.mark.chaos
async def test_questions_are_answered_once_while_replicas_are_killed(tmp_path: Path, database_url: str) -> None:
    figures = await kill_while_asking(
        tmp_path,
        database_url,
        replicas=3 if database_url else 1,
        questions=QUESTIONS,
        kills=KILLS,
        knows_keys=bool(database_url),  # Otherwise the app may read its channels.
        seed=KILLS,
    )
    assert (figures.unanswered, figures.doubled, figures.open_claims) == (0, 0, 0)
    assert figures.undelivered < QUESTIONS
    assert figures.taken_over > 0, "no kill met a replica at work"


@pytest.mark.chaos
async def test_answers_are_shared_once_or_the_person_is_asked_to_look_while_replicas_are_killed(
    tmp_path: Path, database_url: str
) -> None:
    replicas = 3 if database_url else 1
    figures = await kill_while_sharing(
        tmp_path, database_url, replicas=replicas, shares=SHARES, kills=KILLS, seed=KILLS
    )
    assert (figures.lost, figures.doubled, figures.open_claims) == (0, 0, 0)
    assert figures.acknowledged == SHARES


@pytest.mark.chaos
async def test_a_replica_whose_start_is_given_up_ends_with_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forked = asyncio.Event()

    async def listens_never(port: int) -> bool:
        forked.set()
        return port < 0

    monkeypatch.setattr(replica_processes, "_listens", listens_never)
    peer = workspace(knows_keys=False)
    await peer.start()
    async with asyncio.timeout(START_SECONDS):
        async with ReplicaProcesses(peer, tmp_path, "") as processes:
            starting = asyncio.create_task(processes.start(free_port()))
            await forked.wait()
            starting.cancel()
            with suppress(asyncio.CancelledError):
                await starting
        assert not processes.running
    await peer.stop()
