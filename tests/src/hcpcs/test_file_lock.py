"""One process at a time has a lock; whoever dies loses it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hcpcs.errors import FileLockedError
from hcpcs.file_lock import file_lock

HOLD = """
import sys, time
from pathlib import Path
from hcpcs.file_lock import file_lock
with file_lock(Path(sys.argv[1])):
    print("locked", flush=True)
    time.sleep(60)
"""


def test_a_lock_is_had_once_and_names_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "LOCK"
    with file_lock(path):
        assert path.read_text(encoding="ascii") == f"{os.getpid()}\n"
        locked = rf"locked by another process \({os.getpid()}\)"
        with pytest.raises(FileLockedError, match=locked) as raised, file_lock(path):
            pytest.fail("two had the lock")
        assert raised.value.holder == str(os.getpid())
    with file_lock(path):
        pass


def test_a_killed_process_gives_its_lock_back(tmp_path: Path) -> None:
    path = tmp_path / "LOCK"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "locked\n"
        with pytest.raises(FileLockedError) as raised, file_lock(path):
            pass
        assert raised.value.holder == str(holder.pid)
        holder.kill()
    with file_lock(path):
        assert path.read_text(encoding="ascii") == f"{os.getpid()}\n"


def test_a_lock_in_a_missing_folder_is_the_system_s_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"), file_lock(tmp_path / "missing" / "LOCK"):
        pass
