"""What is given as a backup and is none is named for what it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hcpcs_bot.state.backups.sqlite_backup import version_of
from hcpcs_bot.state.database import StateError


def test_a_file_that_can_not_be_a_backup_is_named_for_what_it_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "notes.txt").write_bytes(b"not a backup" * 1000)
    reasons = {
        "none": "there is no such file",
        "pipe": "is not a file; give one that hcpcs db backup has written",
        "notes.txt": "the file is not a database; give one that hcpcs db backup has written",
    }
    for name, reason in reasons.items():
        with pytest.raises(StateError) as refused:
            version_of(tmp_path / name)
        assert str(refused.value) == f"{tmp_path / name}: {reason}"
