"""What the event loop of the server runs: the processor time of each of its callbacks, over the whole product.

While a callback runs, nobody else is served. Goal: none takes over 20 ms. The questions of people are answered in
threads of their own, which this doesn't count. Requests go to every part of the query service and to Slack's address,
in process, so that what is measured is the loop of the server alone; the long ones are the longest that are allowed.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import sys
import time
from asyncio import events
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Final

from bench.figure import Goal, Row, Table
from bench.http_client import call
from bench.http_server import whole_server
from bench.release import RELEASE, companion_files, loaded_home, newest_catalog
from bench.slack import call as call_signed
from bench.slack import form, signed
from bench.slack_apps import WHOLE, make
from hcpcs_bot.bootstrap import open_desk
from hcpcs_bot.serving.http_server import SWITCH_SECONDS
from hcpcs_bot.settings import Settings

MAXIMUM: Final = 20.0
"""Milliseconds that a callback may take."""
NONE: Final = Goal(0, "")
CODES: Final = 200
CODE_PATHS: Final = ("/codes/{}", "/codes/{}.json", "/api/v1/codes/{}", "/api/v1/history/{}", "/api/v1/facts/{}")
_SYSTEM: Final = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
CODE_PATHS_OF_FHIR: Final = (
    f"/fhir/R4/CodeSystem/$lookup?system={_SYSTEM}&property=*&code={{}}",
    f"/fhir/R4/CodeSystem/$validate-code?url={_SYSTEM}&code={{}}",
)
WORD_PATHS: Final = (
    "/?q={}",
    "/type-ahead?terms={}",
    "/api/v1/ask?q={}",
    "/api/v1/search?q={}",
    "/api/hcpcs/v3/search?terms={}&count=500",
    "/fhir/R4/ValueSet/hcpcs/$expand?filter={}&count=1000",
)
PATHS: Final = ("/", "/changes", "/openapi.json", "/api/v1/release", "/api/v1/fields", "/fhir/R4/metadata")
WORDS: Final = ("a", "injection", "oxygen", "wheelchair", "insulin+pump", "per+diem", "changes+since+2017")
COMMANDS: Final = ("what changed since January 2017", "E0100-E0199", "compare E0601 E0470", "status", "fields", "help")


class LoopTimes:
    """The milliseconds of each callback of the event loops of this process, since ``measuring`` began."""

    def __init__(self, clock: Callable[[], float] = time.thread_time) -> None:
        self._clock = clock
        self.taken: list[float] = []

    @contextmanager
    def measuring(self) -> Iterator[None]:
        """Measures what runs in the block."""
        real = events.Handle._run  # type: ignore[attr-defined]

        def run(handle: events.Handle) -> None:
            started = self._clock()
            try:
                real(handle)
            finally:
                self.taken.append((self._clock() - started) * 1000)

        events.Handle._run = run  # type: ignore[attr-defined]
        try:
            yield
        finally:
            events.Handle._run = real  # type: ignore[attr-defined]

    def row(self, name: str) -> Row:
        """The number of callbacks, the longest, and how many are over the maximum, which is to be none."""
        over = sum(1 for one in self.taken if one > MAXIMUM)
        longest = max(self.taken, default=0.0)
        return Row(name, (f"{len(self.taken):,}", f"{longest:.1f} ms", f"{over}"), NONE, over)


def paths_of(codes: Sequence[str]) -> list[str]:
    """The requests to the query service."""
    of_codes = [path.format(code) for code in codes for path in (*CODE_PATHS, *CODE_PATHS_OF_FHIR)]
    return [*PATHS, *of_codes, *(path.format(words) for words in WORDS for path in WORD_PATHS)]


async def _over_http(home: Path, paths: Sequence[str]) -> Row:
    service = whole_server(home)._service
    for path in PATHS:
        await call(service, path)
    times = LoopTimes()
    with times.measuring():
        for path in paths:
            await call(service, path)
    return times.row(f"{len(paths):,} to every part of the query service")


async def _over_slack(texts: Sequence[str]) -> Row:
    app = make(WHOLE, newest_catalog())
    await call_signed(app, signed(form("help", 0)), form("help", 0))
    times = LoopTimes()
    with times.measuring():
        for number, text in enumerate(texts):
            body = form(text, number)
            await call_signed(app, signed(body), body)
    return times.row(f"{len(texts)} commands of Slack")


def run(arguments: Sequence[str]) -> list[Table]:
    """The callbacks of requests to the query service, and of commands."""
    parser = argparse.ArgumentParser(prog="bench event_loop", description=__doc__)
    parser.add_argument("--home", type=Path, help="folder of what is loaded; the release of October 2025 if not given")
    options = parser.parse_args(arguments)
    sys.setswitchinterval(SWITCH_SECONDS)
    with nullcontext(options.home) if options.home else loaded_home([RELEASE, *companion_files()]) as home:
        known = list(open_desk(Settings().at(home)).catalog.codes())
        codes = random.Random(1).sample(known, CODES)
        gc.freeze()  # as the server does
        texts = [*codes, *COMMANDS, *(words.replace("+", " ") for words in WORDS)]
        rows = asyncio.run(_over_http(home, paths_of(codes))), asyncio.run(_over_slack(texts))
    return [Table(("requests", "callbacks", "longest", f"over {MAXIMUM:.0f} ms"), rows)]
