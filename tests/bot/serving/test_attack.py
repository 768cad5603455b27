"""The attacks on a real server, in a short form: no signed command is lost, and the server stops in its time."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tests.bot.serving.attack import attack_server

pytestmark = pytest.mark.slow


def test_signed_commands_are_answered_under_every_attack(tmp_path: Path) -> None:
    report = asyncio.run(attack_server(tmp_path, seconds=3, half_open_requests=1_100, bodies=60))
    assert report.failed == 0, report
    assert all(one.answered for one in report.attacks)
    assert report.ended
