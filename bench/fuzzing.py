"""Sends random texts through the desk and through the Slack app, and reads damaged files: nothing may raise or grow.

The last lines state the figures: how many calls raised an exception that is not ours, the processor time of one call,
and how the memory grew after the first half.

Usage: python -m bench.fuzzing [--messages 100000] [--files 20000] [--home HOME] [--seed N]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from tests.bot.serving.test_server import make_face, signed
from tests.bot.some_releases import JULY, OCTOBER
from tests.questions.fuzzed_texts import fuzzed_texts
from tests.src.hcpcs.companions.companion_files import workbook_of
from tests.src.hcpcs.releases.forms.test_workbook import workbook
from tests.src.hcpcs.releases.writing import csv_text, fixed_text, row, zip_of

from hcpcs.answers.desk import Desk
from hcpcs.errors import HcpcsError
from hcpcs_bot.serving.current_desk import CurrentDesk, warm_up
from hcpcs_bot.serving.logs import configure
from hcpcs_bot.serving.server import asgi_app
from hcpcs_bot.settings import Settings
from hcpcs_bot.slack.cards.parts.buttons import ActionId
from hcpcs_bot.slack.ids import BlockId, CallbackId
from hcpcs_bot.updates.load import read_to_load
from slack_peer.delivery.in_process import InProcess

TODAY: Final = date(2026, 11, 26)
SLOW_MS: Final = 50.0
"""Milliseconds of processor time in which any text is to be answered."""
SHOWN: Final = 10
"""Slowest calls that are shown."""
RESPONSE_URL: Final = "http://127.0.0.1:9/r"
"""Where nothing listens: answers that are sent later fail at once."""


class FuzzFigures(NamedTuple):
    """What came of many calls. ``raised`` names exceptions that are not ours, with the input of each."""

    name: str
    calls: int
    raised: tuple[str, ...]
    slow: int
    slowest: tuple[tuple[float, str], ...]
    growth_mb: float

    def __str__(self) -> str:
        longest = self.slowest[0][0] if self.slowest else 0.0
        return (
            f"{self.name}: {self.calls:,} calls, {len(self.raised)} exceptions, longest {longest:.0f} ms, "
            f"{self.slow} over {SLOW_MS:g} ms of processor time, memory {self.growth_mb:+.1f} MB in the second half"
        )


class Measurement:
    """Collects the figures of calls, one after the other."""

    def __init__(self, name: str, calls: int) -> None:
        self._name = name
        self._calls = calls
        self._done = 0
        self._raised: list[str] = []
        self._slowest: list[tuple[float, str]] = []
        self._slow = 0
        self._memory = 0.0

    def note(self, seconds: float, given: str, error: BaseException | None = None) -> None:
        """Notes one call."""
        self._done += 1
        milliseconds = 1000 * seconds
        self._slow += milliseconds > SLOW_MS
        self._slowest = sorted([*self._slowest, (milliseconds, given[:100])], reverse=True)[:SHOWN]
        if error is not None:
            self._raised.append(f"{type(error).__name__}: {given[:200]!r}")
        if self._done == self._calls // 2:
            self._memory = memory_mb()

    def figures(self) -> FuzzFigures:
        """The figures of all."""
        growth = memory_mb() - self._memory
        return FuzzFigures(self._name, self._done, tuple(self._raised), self._slow, tuple(self._slowest), growth)


def memory_mb() -> float:
    """The resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def fuzz_desk(desk: Desk, messages: int, seed: int) -> FuzzFigures:
    """Asks the desk, one in seven texts as a pasted claim and one in eleven as text being typed."""
    measurement = Measurement("desk", messages)
    for number, text in enumerate(texts_for(desk, messages, seed)):
        call: Callable[[str], object] = desk.ask
        if number % 7 == 0:
            call = desk.decode
        elif number % 11 == 0:
            call = desk.suggest
        measure(measurement, call, text)
    return measurement.figures()


def measure(measurement: Measurement, call: Callable[[Any], object], given: Any, shown: str = "") -> None:
    """Makes one call, and notes it; an error of ours is an answer."""
    started = time.process_time()
    try:
        call(given)
    except HcpcsError:
        pass
    except Exception as error:  # noqa: BLE001 - every exception is to be found
        measurement.note(time.process_time() - started, shown or str(given), error)
        return
    measurement.note(time.process_time() - started, shown or str(given))


def texts_for(desk: Desk, messages: int, seed: int) -> Iterator[str]:
    """The texts, made of the codes that are loaded."""
    return fuzzed_texts(seed, messages, desk.catalog.procedures(), desk.catalog.modifiers() or ("NU", "RR"))


async def fuzz_slack(desk: Desk, messages: int, seed: int) -> FuzzFigures:
    """Sends signed requests to the Slack app: commands, text being typed, and shortcuts on messages."""
    slack = make_face(burst=10**9, per_minute=10**9, retry_wait=0.0)
    slack.desk = lambda: desk
    measurement = Measurement("slack", messages)
    async with InProcess(asgi_app(slack)) as app:
        for number, text in enumerate(texts_for(desk, messages, seed)):
            body = slack_body(number, text)
            started = time.process_time()
            reply = await app.request("POST", "/slack/events", signed(body), body)
            seconds = time.process_time() - started
            sorry = b"Sorry, something went wrong" in reply.body or reply.status >= 500
            measurement.note(seconds, text, RuntimeError(str(reply.status)) if sorry else None)
            if number % 100 == 0:
                await slack.tasks.drain(5)
    return measurement.figures()


def slack_body(number: int, text: str) -> bytes:
    """A form as Slack sends it: three of five are commands."""
    person = {"id": f"U{number % 50}", "team_id": "T1"}
    written = text.encode("utf-8", "replace").decode()
    payload: dict[str, Any]
    if number % 5 == 3:
        payload = {
            "type": "block_suggestion",
            "action_id": ActionId.LOOKUP,
            "block_id": BlockId.LOOKUP,
            "value": written,
        }
    elif number % 5 == 4:
        payload = {
            "type": "message_action",
            "callback_id": CallbackId.DECODE,
            "message": {"ts": "1.1", "text": written},
        }
    else:
        form = {"command": "/hcpcs", "text": written, "user_id": person["id"], "team_id": "T1", "channel_id": "C1"}
        return urlencode({**form, "response_url": RESPONSE_URL, "trigger_id": "1"}).encode()
    common = {"user": person, "team": {"id": "T1"}, "response_url": RESPONSE_URL, "trigger_id": "1"}
    return urlencode({"payload": json.dumps({**payload, **common, "channel": {"id": "C1"}})}).encode()


def whole_files() -> dict[str, bytes]:
    """Small files of every form that is read."""
    text = fixed_text(*OCTOBER.records)
    cells = csv_text(*(row(record) for record in JULY.records))
    return {
        "HCPC2025_OCT_ANWEB.txt": text,
        "HCPC2025_JUL_ANWEB.csv": cells,
        "october-2025.zip": zip_of({"HCPC2025_OCT_ANWEB.txt": text, "README.txt": b"read me"}),
        "HCPC2025_JUL_ANWEB.xlsx": workbook(*(row(record) for record in JULY.records)),
        "noc.csv": b"HCPCS,LONG DESCRIPTION,ADD DATE,TERM DATE\r\nJ9999,Not otherwise classified,2002-01-01,\r\n",
        "asp.xlsx": workbook_of([["HCPCS Code", "Short Description", "Payment Limit"], ["J1745", "x", "12.345"]]),
    }


def damaged(chance: Random, data: bytes) -> bytes:
    """A file with a few faults: bytes changed, left out, doubled, or cut off."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        place = chance.randrange(len(changed) or 1)
        length = chance.choice((1, 2, 8, 64, 512))
        match chance.randrange(5):
            case 0:
                changed[place : place + length] = chance.randbytes(length)
            case 1:
                del changed[place : place + length]
            case 2:
                changed[place:place] = changed[place : place + length] * chance.choice((1, 2, 50))
            case 3:
                changed[place:place] = chance.choice((b"\x00", b"\xff\xfe", b'"', b",", b"\r", b"&#1;", b"<row r='9'>"))
            case _:
                del changed[place:]
    return bytes(changed)


def fuzz_files(files: int, seed: int) -> FuzzFigures:
    """Reads damaged files as ``hcpcs load`` does."""
    chance = Random(seed)
    whole = list(whole_files().items())
    measurement = Measurement("files", files)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(files):
            name, data = whole[number % len(whole)]
            path = Path(folder) / name
            path.write_bytes(damaged(chance, data))
            measure(measurement, lambda one: read_to_load(one, lambda _, __: None), path, f"{name} {number}")
    return measurement.figures()


def main() -> int:
    """Runs all three, and prints what raised, the slowest calls, and the figures; 1 if anything raised."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--home", type=Path, help="A home with releases; the starter without one.")
    parser.add_argument("--seed", type=int, default=20261126)
    arguments = parser.parse_args()
    configure("CRITICAL")
    settings = Settings(home=arguments.home) if arguments.home else Settings()
    desk = warm_up(CurrentDesk(settings, starter=True)())  # as a server does before it answers
    runs = [
        fuzz_desk(desk, arguments.messages, arguments.seed),
        asyncio.run(fuzz_slack(desk, arguments.messages, arguments.seed + 1)),
        fuzz_files(arguments.files, arguments.seed + 2),
    ]
    for run in runs:
        for error in run.raised[:SHOWN]:
            print(f"{run.name} raised {error}")
        for milliseconds, given in run.slowest:
            print(f"{run.name} {milliseconds:.0f} ms: {given!r}")
    for run in runs:
        print(run)
    return 1 if any(run.raised for run in runs) else 0


if __name__ == "__main__":
    sys.exit(main())
