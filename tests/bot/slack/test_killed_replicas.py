"""Real replicas, killed while they answer: every question is answered exactly once, and no answer is shared twice.

``make kill-proof`` is longer.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.bot.slack.kill_proof import kill_while_asking
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
