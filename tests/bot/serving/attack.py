"""Attacks a real server with unsigned connections while signed commands go on: each must be answered, and soon.

``hcpcs serve`` runs as a process of its own, with the limit of open files that systems set. The attacks: one header
without end, more half-open requests than it may open files, bodies held just below their limit, and slow bodies while
it is told to stop. The last lines state the figures.

Usage: python -m tests.bot.serving.attack [--home HOME] [--seconds 20] [--half-open 1100] [--held 300]
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import resource
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.bot.serving.test_server import SECRET, signed
from tests.killed_processes import ROOT

HOST: Final = "127.0.0.1"
OPEN_FILES: Final = 1024
"""The limit of open files of the server."""
START_SECONDS: Final = 60.0
STOP_SECONDS: Final = 25.0
"""Maximum seconds between SIGTERM and the end of the server."""
GOAL_MS: Final = 100.0
"""Milliseconds in which signed commands are to be answered under attack."""
PAUSE: Final = 0.02
"""Seconds between two signed commands."""
COMMAND: Final = b"command=/hcpcs&text=is+S9353+payable&user_id=U%d&team_id=T1&channel_id=C1"
HELD_BODY: Final = 999_000
"""Bytes that are sent of each body that is held."""

Attack = Callable[[int, float], Coroutine[Any, Any, None]]


class AttackFigures(NamedTuple):
    """What came of one attack: how signed commands were answered meanwhile, and the server's memory after it."""

    name: str
    answered: int
    failed: int
    p50_ms: float
    p99_ms: float
    memory_mb: int

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.answered} commands answered, {self.failed} not, p50 {self.p50_ms:.1f} ms, "
            f"p99 {self.p99_ms:.1f} ms, memory {self.memory_mb} MB"
        )


class AttackReport(NamedTuple):
    """The figures of all attacks, and how long the server took to stop with slow bodies open (seconds)."""

    attacks: tuple[AttackFigures, ...]
    stop_seconds: float
    ended: bool

    @property
    def failed(self) -> int:
        """How many signed commands were not answered."""
        return sum(one.failed for one in self.attacks)


class ServedProcess:
    """``hcpcs serve`` over HTTP, as a process."""

    def __init__(self, home: Path) -> None:
        self._home = home
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port = int(free.getsockname()[1])
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Starts it, and waits until it answers."""
        environment = os.environ | {
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_SIGNING_SECRET": SECRET,
            "HCPCS_LOG_LEVEL": "WARNING",
        }
        command = [sys.executable, "-m", "hcpcs_bot", "serve", "--starter", "--home", str(self._home)]
        command += ["--port", str(self.port), "--slack-api", f"http://{HOST}:9/api/"]
        with (self._home / "serve.log").open("wb") as log:
            self.process = await asyncio.create_subprocess_exec(
                *command,
                stderr=log,
                stdout=log,
                env=environment,
                cwd=ROOT,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES)),
            )
        async with asyncio.timeout(START_SECONDS):
            while not await self._is_ready():
                await asyncio.sleep(0.1)

    async def _is_ready(self) -> bool:
        try:
            return await command(self.port) is not None
        except OSError:
            return False

    @property
    def memory_mb(self) -> int:
        """The resident memory."""
        assert self.process is not None
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() // 2**20

    async def stop(self) -> tuple[float, bool]:
        """Sends SIGTERM; the seconds until it has ended, and whether it did so by itself."""
        assert self.process is not None
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self.process.wait(), 2 * STOP_SECONDS)
        except TimeoutError:
            self.process.kill()
            await self.process.wait()
            return time.monotonic() - started, False
        return time.monotonic() - started, True


async def command(port: int) -> float | None:
    """Sends a signed command over a connection of its own; the seconds to its answer, ``None`` without one."""
    started = time.monotonic()
    body = COMMAND % (time.monotonic_ns() % 1000)
    fields = "".join(f"{name}: {value}\r\n" for name, value in signed(body).items())
    head = f"POST /slack/events HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{fields}content-length: {len(body)}\r\n\r\n"
    try:
        async with asyncio.timeout(3):
            reader, writer = await asyncio.open_connection(HOST, port)
            try:
                writer.write(head.encode() + body)
                answer = await reader.read()
            finally:
                writer.close()
    except (TimeoutError, ConnectionError):
        return None
    return time.monotonic() - started if b" 200 " in answer[:20] and b"S9353" in answer else None


async def endless_header(port: int, seconds: float) -> None:
    """One connection after the other that sends a header without end."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            _, writer = await asyncio.open_connection(HOST, port)
            writer.write(b"GET /livez HTTP/1.1\r\nhost: x\r\nx: ")
            for _ in range(1_000):
                writer.write(b"a" * 16_384)
                await writer.drain()
        except OSError:
            await asyncio.sleep(0.001)
        finally:
            writer.transport.abort()


async def half_open(number: int, port: int, seconds: float) -> None:
    """``number`` connections that stop in the middle of their headers, and are opened again when they are closed."""
    end = time.monotonic() + seconds

    async def hold() -> None:
        while time.monotonic() < end:
            try:
                reader, writer = await asyncio.open_connection(HOST, port)
                writer.write(b"POST /slack/events HTTP/1.1\r\nhost: x\r\n")
                async with asyncio.timeout(max(end - time.monotonic(), 0)):
                    await reader.read()
                writer.transport.abort()
                await asyncio.sleep(1)
            except (OSError, TimeoutError):
                await asyncio.sleep(0.1)

    await asyncio.gather(*(hold() for _ in range(number)))


async def held_bodies(number: int, port: int, seconds: float) -> None:
    """``number`` bodies that stop just below their limit, with headers that look signed."""
    end = time.monotonic() + seconds
    fields = "".join(f"{name}: {value}\r\n" for name, value in signed(b"").items())
    head = f"POST /slack/events HTTP/1.1\r\nhost: x\r\n{fields}content-length: {HELD_BODY + 1}\r\n\r\n".encode()

    async def hold() -> None:
        try:
            reader, writer = await asyncio.open_connection(HOST, port)
        except OSError:
            return
        try:
            writer.write(head + b"a" * HELD_BODY)
            async with asyncio.timeout(max(end - time.monotonic(), 0)):
                await writer.drain()
                await reader.read()
        except (OSError, TimeoutError):
            pass
        finally:
            writer.transport.abort()

    await asyncio.gather(*(hold() for _ in range(number)))


async def no_attack(_: int, seconds: float) -> None:
    """Nothing: for comparison."""
    await asyncio.sleep(seconds)


def _run_attack(attack: Attack, port: int, seconds: float) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard if hard > 0 else 65_536, hard))
    asyncio.run(attack(port, seconds))


async def under(name: str, attack: Attack, server: ServedProcess, seconds: float) -> AttackFigures:
    """Sends signed commands one after the other as long as an attack goes on."""
    # A process of its own: what the attacker is busy with is not to be measured.
    process = multiprocessing.get_context("spawn").Process(target=_run_attack, args=(attack, server.port, seconds))
    process.start()
    times: list[float | None] = []
    while process.is_alive():
        times.append(await command(server.port))
        await asyncio.sleep(PAUSE)
    answered = sorted(1000 * one for one in times if one is not None)
    p50, p99 = (answered[int(len(answered) * share)] if answered else float("inf") for share in (0.5, 0.99))
    return AttackFigures(name, len(answered), len(times) - len(answered), p50, p99, server.memory_mb)


async def attack_server(home: Path, *, seconds: float, half_open_requests: int, bodies: int) -> AttackReport:
    """Runs every attack for ``seconds``, one after the other, and stops the server with slow bodies open."""
    server = ServedProcess(home)
    await server.start()
    try:
        attacks: Sequence[tuple[str, Attack]] = (
            ("no attack", no_attack),
            ("endless headers", endless_header),
            (f"{half_open_requests} half-open requests", partial(half_open, half_open_requests)),
            (f"{bodies} held bodies", partial(held_bodies, bodies)),
        )
        figures = []
        for name, attack in attacks:
            figures.append(await under(name, attack, server, seconds))
            sys.stdout.write(f"{figures[-1]}\n")
            sys.stdout.flush()
        slow = asyncio.create_task(held_bodies(20, server.port, 3 * STOP_SECONDS))
        await asyncio.sleep(1)
        stop_seconds, ended = await server.stop()
        slow.cancel()
        await asyncio.wait({slow})
        await asyncio.sleep(0)
    finally:
        if server.process is not None and server.process.returncode is None:
            server.process.kill()
            await server.process.wait()
    return AttackReport(tuple(figures), stop_seconds, ended)


def main() -> int:
    """Runs the attacks; 1 if a signed command was not answered, or the server did not stop in time."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, help="A home with releases; the starter without one.")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--half-open", type=int, default=1_100)
    parser.add_argument("--held", type=int, default=300)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as empty:
        report = asyncio.run(
            attack_server(
                arguments.home or Path(empty),
                seconds=arguments.seconds,
                half_open_requests=arguments.half_open,
                bodies=arguments.held,
            )
        )
    slowest = max(one.p99_ms for one in report.attacks[1:])
    sys.stdout.write(
        f"under attack: {report.failed} commands not answered, worst p99 {slowest:.1f} ms (goal {GOAL_MS:g} ms)\n"
        f"stopped in {report.stop_seconds:.1f} s with 20 slow bodies open (at most {STOP_SECONDS:g} s)\n"
    )
    return 0 if not report.failed and report.ended and report.stop_seconds <= STOP_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
