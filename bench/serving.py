"""The served process: ``hcpcs serve`` with Slack, ten releases and all companion files, from its start on.

Processor time from the start to the first 200 of ``/readyz`` and a few seconds later, and memory there, while only
Slack asks for a minute and a half, and while every interface is asked for two minutes. Resident memory counts pages
that other processes share, such as libraries; private memory is what the process alone takes.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Final, NamedTuple

from bench.figure import Goal, Row, Table, of_value, one_column
from bench.loopback import latencies_at_pace, read_answer
from bench.release import companion_files, every_release, loaded_home, newest_catalog
from bench.slack import exchange, form, questions
from bench.slack_apps import NOWHERE, SECRET, free_port

PACE: Final = 20
"""Requests per second."""
WORDED: Final = (
    "is E0601 payable by Medicare?",
    "wheelchair cushion",
    "what changed this quarter",
    "how much is E0601 in TX",
    "compare E0601 and E0470",
    "what replaced Q5102",
    "keytruda",
    "insulin pmup",
    "what is BETOS",
    "J1745 100 mg, how many units?",
)
PATHS: Final = (
    "/api/v1/codes/{code}",
    "/api/v1/search?q=pump+for+insulin&limit=5",
    "/api/v1/ask?q=is+{code}+covered",
    "/api/hcpcs/v3/search?terms={code}",
    "/fhir/R4/CodeSystem/hcpcs-Level-II/$lookup?code={code}",
    "/codes/{code}",
)
GOALS: Final = {"ready": Goal(1, " s"), "memory": Goal(150, " MB")}
"""The processor time to ready, and the resident memory once only Slack has asked, and once everybody has."""
SETTLING: Final = 3
"""Seconds after which what is prepared in the background is there."""


class Memory(NamedTuple):
    """Megabytes: with and without what other processes share."""

    resident: float
    private: float


def memory_of(process: int) -> Memory:
    """What a process takes now."""
    stated = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    kilobytes = {name: int(size) for name, size in re.findall(r"^(\w+):\s+(\d+) kB", stated, re.MULTILINE)}
    return Memory(kilobytes["Rss"] / 1024, (kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]) / 1024)


def seconds_of(process: int) -> float:
    """Seconds of processor time that a process has taken, in hundredths."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def full_home() -> AbstractContextManager[Path]:
    """A home with every release and companion file, while it is used."""
    return loaded_home([*every_release(), *companion_files()])


@contextmanager
def ready_server(home: Path) -> Iterator[tuple[int, int, float]]:
    """A server that is ready: its process, its port, and the seconds of processor time that it took."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "hcpcs_bot", "serve", "--home", home, "--port", str(port), "--slack-api", NOWHERE],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_BOT_TOKEN": "xoxb-1-2-3",
        },
    )
    try:
        while not is_ready(port):
            if process.poll() is not None:
                raise RuntimeError(f"hcpcs serve ended with {process.returncode}")
            time.sleep(0.02)
        yield process.pid, port, seconds_of(process.pid)
    finally:
        process.terminate()
        process.wait(60)


def is_ready(port: int) -> bool:
    """Whether ``/readyz`` answers 200."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
            return True
    except OSError:
        return False


async def exchange_mixed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> None:
    """A slash command, or the request of a path."""
    if not request.startswith(b"/"):
        await exchange(reader, writer, request)
        return
    writer.write(b"GET " + request + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    await read_answer(reader)


def mixed_requests(count: int) -> list[bytes]:
    """Commands with codes and with words, and paths of the query service, in turn."""
    codes = questions(newest_catalog(), count)
    made: list[bytes] = []
    for number, code in enumerate(codes):
        if number % 4 == 3:
            made.append(PATHS[number // 4 % len(PATHS)].format(code=code).encode())
        else:
            made.append(form(WORDED[number // 4 % len(WORDED)] if number % 4 == 2 else code, number))
    return made


def run(arguments: Sequence[str]) -> list[Table]:
    """Each figure of the served process."""
    parser = argparse.ArgumentParser(prog="bench serving", description=__doc__)
    parser.add_argument("--home", type=Path, help="a home with releases")
    parser.add_argument("--starts", type=int, default=5, metavar="N", help="number of starts; the least one counts")
    parser.add_argument("--seconds", type=int, default=120, metavar="N", help="seconds of requests")
    options = parser.parse_args(arguments)
    with nullcontext(options.home) if options.home else full_home() as home:
        return [one_column(measure(home, options.starts, options.seconds))]


def measure(home: Path, starts: int, seconds: int) -> list[Row]:
    """The figures of several starts, and of the last server while it is asked."""
    costs: list[tuple[float, float]] = []
    asked: list[Row] = []
    for number in range(1, starts + 1):
        with ready_server(home) as (process, port, taken):
            at_ready = memory_of(process)
            time.sleep(SETTLING)
            costs.append((taken, seconds_of(process)))
            if number == starts:
                asked = [
                    memory_row("memory at ready", at_ready),
                    memory_row(f"memory {SETTLING} seconds later", memory_of(process)),
                    *ask_for(process, port, seconds),
                ]
    ready, later = min(cost[0] for cost in costs), min(cost[1] for cost in costs)
    return [
        of_value(
            f"processor time from the start to ready, least of {starts} starts", "{:.2f} s", ready, GOALS["ready"]
        ),
        of_value(f"processor time until {SETTLING} seconds later, when all is prepared", "{:.2f} s", later),
        *asked,
    ]


def memory_row(what: str, memory: Memory, goal: Goal | None = None) -> Row:
    """A row of resident memory, with what of it is private."""
    return Row(what, (f"{memory.resident:.0f} MB, {memory.private:.0f} MB of it private",), goal, memory.resident)


def ask_for(process: int, port: int, seconds: int) -> Iterator[Row]:
    """The memory while only Slack asks, then while every interface is asked, and the answering time of all requests."""
    requests = mixed_requests(PACE * seconds)
    of_slack = [request for request in requests if not request.startswith(b"/")]
    taken: list[float] = []
    for name, asked in (("of Slack", of_slack), ("of every interface", requests)):
        half = len(asked) // 2
        for batch, goal in ((asked[:half], None), (asked[half:], GOALS["memory"])):
            taken += asyncio.run(latencies_at_pace(port, batch, PACE, exchange_mixed))
            yield memory_row(f"memory after {len(batch):,} more requests {name}", memory_of(process), goal)
    taken.sort()
    yield of_value(f"{len(taken):,} requests: p50, wall-clock time", "{:.1f} ms", taken[len(taken) // 2])
    yield of_value("requests: longest, wall-clock time", "{:.0f} ms", taken[-1])
