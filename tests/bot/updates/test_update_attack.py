"""Updates from bad servers end in one line and change nothing; ``make update-attack`` kills updates, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.bot.updates.attack import SERVERS, attack

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", SERVERS)
def test_a_bad_server_changes_nothing(tmp_path: Path, name: str) -> None:
    outcome = attack(tmp_path, name, SERVERS[name])
    assert outcome.withstood, outcome
    assert outcome.requests < 60
