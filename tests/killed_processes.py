"""Processes that are killed after a number of calls of built-in functions, so at the same point on any machine.

Every system call of Python code is such a call (``write``, ``fsync``, ``rename``, ``send``), and so is each step of
what happens in between. A number drawn from the length of a measured run falls anywhere in that run, however slow the
machine is.
"""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
TIMEOUT_SECONDS: Final = 300
"""Maximum duration of a script of killings on a busy machine; it takes a tenth of that on an idle one."""


def run_chaos(script: str, home: Path, kills: int, *arguments: str) -> list[int]:
    """Runs a script of killings (a module under ``tests``) with a new random seed, and returns its numbers.

    A script takes HOME KILLS SEED and ``arguments``, and prints numbers on its last line. A failure names the seed.
    """
    seed = str(int.from_bytes(os.urandom(4)))
    done = subprocess.run(
        [sys.executable, "-m", f"tests.{script}", str(home), str(kills), seed, *arguments],
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, f"seed {seed}: {done.stderr}"
    return [int(number) for number in done.stdout.splitlines()[-1].split()]


def fork(work: Callable[[], object], life: int | None = None) -> int:
    """Does ``work`` in a process of its own and returns the process id.

    The process kills itself (SIGKILL) at its ``life``-th call in any thread; without ``life`` it runs to its end,
    and exits with 1 if ``work`` raised.
    """
    child = os.fork()
    if child:
        return child
    try:
        if life is not None:
            _count_calls(life)
        work()
    except BaseException:  # noqa: BLE001 - the process must not go on with what its parent was doing
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def killed(child: int) -> bool:
    """Waits for a process to end, and returns whether it was killed. Fails if it ended with an error."""
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "a process failed by itself"
    return os.WIFSIGNALED(status)


def calls_of(work: Callable[[], object]) -> int:
    """How many calls ``work`` makes, in all threads, in a process of its own."""
    reader, writer = os.pipe()

    def count() -> None:
        calls = _count_calls()
        work()
        os.write(writer, str(calls()).encode("ascii"))

    assert not killed(fork(count))
    os.close(writer)
    with os.fdopen(reader) as counted:
        return int(counted.read())


def _count_calls(life: int | None = None) -> Callable[[], int]:
    """Counts from here on the calls of this process, which dies at its ``life``-th; returns the count so far."""
    numbers = itertools.count(1)
    latest = 0

    def on_event(_: FrameType, event: str, __: Any) -> None:
        nonlocal latest
        if event == "c_call":
            latest = next(numbers)
            if latest == life:
                os.kill(os.getpid(), signal.SIGKILL)

    threading.setprofile(on_event)
    sys.setprofile(on_event)
    return lambda: latest
