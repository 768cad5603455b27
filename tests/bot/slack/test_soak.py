"""The soak in a short form: every question and every digest once, from one release, whatever fails meanwhile.

``make soak`` is longer.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tests.bot.slack import soak
from tests.bot.slack.soak import Soak
from tests.bot.slack.soak_releases import is_mixed
from tests.postgresql import PostgresqlServer


def test_an_answer_from_two_releases_shows_itself() -> None:
    assert not is_mixed("Therapy, Edition 1. HCPCS April 2025")
    assert is_mixed("Therapy, Edition 1. HCPCS July 2025")
    assert is_mixed("Edition 1, HCPCS April 2025; Edition 2, HCPCS July 2025")
    assert not is_mixed("Hello")


@pytest.mark.chaos
def test_nothing_is_lost_doubled_or_mixed_whatever_fails(
    tmp_path: Path, postgresql: PostgresqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soak, "OUTAGE_SECONDS", 2.0)
    monkeypatch.setattr(soak, "KILL_EVERY", 3.0)
    figures = asyncio.run(Soak(tmp_path, postgresql, seconds=16, rate=6).run())
    assert figures.right, figures
    assert figures.events
    assert figures.digests
