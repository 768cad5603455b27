"""The query service: rates against the same framework with a constant body, latency, and slow questions of others.

- Rates, in process (CPU time) and over uvicorn, of ``/api/v1/codes/{code}`` and of the search in NLM's shape, each as a
  share of the same framework returning a constant body of the same size in the same run.
- Latency of both at 200 requests a second.
- Latency of code look-ups while somebody else decodes 40,000 characters and lists the changes of all releases.
- The cost of requests with one release loaded, and with all of them.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final, NamedTuple

import orjson
import uvloop

from bench.http_client import (
    PACE,
    call,
    exchange,
    latencies_beside,
    rate_in_process,
)
from bench.http_server import constant_app, served, whole_server
from bench.loopback import latencies_at_pace, rate_over_loopback
from bench.release import RELEASE, SHARED_DATA
from hcpcs.catalog.shelf import Shelf
from hcpcs_bot.bootstrap import open_desk, publish_index
from hcpcs_bot.settings import Settings
from hcpcs_bot.updates.load import load_files

TYPED: Final = ("oxygen", "insulin pump", "wheelchair", "knee brace", "infusion", "catheter", "dressing", "walker")
CODE_PATH: Final = "/api/v1/codes/"
NLM_PATH: Final = "/api/hcpcs/v3/search"
CONSTANT: Final = {CODE_PATH: "/constant/code", NLM_PATH: "/constant/search"}
"""The path of the constant body for each path of the service."""


class Requests(NamedTuple):
    """The paths of a kind of request."""

    name: str
    prefix: str
    paths: list[str]


def code_requests(home: Path, count: int) -> Requests:
    """Look-ups of codes spread over the release, each of them once."""
    codes = list(open_desk(Settings().at(home)).catalog.procedures())
    return Requests("codes", CODE_PATH, [CODE_PATH + code for code in random.Random(1).sample(codes, count)])


def typed_requests() -> Requests:
    """What a form asks while words are typed."""
    typed = [words[:length].replace(" ", "+") for words in TYPED for length in range(2, len(words) + 1)]
    return Requests("NLM search", NLM_PATH, [f"{NLM_PATH}?terms={words}" for words in typed])


def print_latency(name: str, taken: Sequence[float]) -> None:
    """Prints the middle, the slowest hundredth and the slowest."""
    p50, p99 = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    print(f"{name:48} p50 {p50:6.2f} ms  p99 {p99:6.2f} ms  longest {taken[-1]:6.2f} ms", flush=True)


def in_process(home: Path, kinds: Sequence[Requests], rounds: int) -> dict[str, int]:
    """Prints the rates in process, and returns the sizes of the constant bodies."""
    server = whole_server(home)
    app = server._service
    sizes: dict[str, int] = {}
    gc.freeze()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        for kind in kinds:
            first, size = runner.run(rate_in_process(app, kind.paths))
            sizes[CONSTANT[kind.prefix]] = size
            constant = constant_app(sizes)
            again, base = 0.0, 0.0
            for _ in range(rounds):
                again = max(again, runner.run(rate_in_process(app, kind.paths))[0])
                path = CONSTANT[kind.prefix]
                base = max(base, runner.run(rate_in_process(constant, [path] * len(kind.paths)))[0])
            print(f"in process   {kind.name:10} ({size:,} bytes)  constant {base:7,.0f} requests/s", flush=True)
            for name, rate in (("not answered before", first), ("answered before", again)):
                print(f"             {kind.name:10} {name:20} {rate:7,.0f} requests/s  {rate / base:5.2f}x", flush=True)
    return sizes


def over_loopback(home: Path, sizes: dict[str, int], kinds: Sequence[Requests], rounds: int) -> None:
    """Prints the rates over uvicorn, where the contenders take turns, and the latency at a steady pace."""
    with served(None, sizes) as constant, served(home, sizes) as whole:
        for kind in kinds:
            paths = list(kind.paths) * (4_000 // len(kind.paths) + 1)
            base, rate = 0.0, 0.0
            for _ in range(rounds):
                same = [CONSTANT[kind.prefix]] * len(paths)
                base = max(base, asyncio.run(rate_over_loopback(constant, same, exchange)))
                rate = max(rate, asyncio.run(rate_over_loopback(whole, paths, exchange)))
            rates = f"constant {base:7,.0f}, service {rate:7,.0f} requests/s  {rate / base:5.2f}x"
            print(f"over uvicorn {kind.name:10} {rates}", flush=True)
        mixed = [path for pair in zip(*(kind.paths * 20 for kind in kinds), strict=False) for path in pair][: PACE * 10]
        same = [CONSTANT[path.partition("?")[0] if "?" in path else CODE_PATH] for path in mixed]
        print_latency(
            f"{PACE} a second, constant bodies", asyncio.run(latencies_at_pace(constant, same, PACE, exchange))
        )
        print_latency(
            f"{PACE} a second, codes and NLM search", asyncio.run(latencies_at_pace(whole, mixed, PACE, exchange))
        )


def beside_slow_questions(history_home: Path, codes: Requests) -> None:
    """Prints the latency of look-ups alone, and while others ask slow questions."""
    known = list(open_desk(Settings().at(history_home)).catalog.procedures())
    text = " ".join(f"03/0{number % 9 + 1}/2025 {known[number * 7 % len(known)]} x2" for number in range(2_000))[
        :40_000
    ]
    decode = ("/api/v1/decode", orjson.dumps({"text": text}))
    changes = ("/api/v1/changes?from=2017-01&limit=10000", b"")
    paths = (codes.paths * 10)[: PACE * 10]
    with served(history_home, {}) as port:
        for name, slow in (
            ("alone", []),
            ("while somebody decodes 40,000 characters", [decode]),
            ("while somebody lists the changes of ten releases", [changes]),
            ("while two decode and two list changes", [decode, decode, changes, changes]),
        ):
            print_latency(f"look-ups {name}", asyncio.run(latencies_beside(port, paths, slow)))


def by_releases(home: Path, history_home: Path, codes: Requests) -> None:
    """Prints the rates of requests not answered before, with one release and with all."""
    rates = []
    for one in (home, history_home):
        app = whole_server(one)._service
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            for path in codes.paths[:50]:
                runner.run(call(app, f"{path}?as_of=2025-10-02"))
            rates.append([runner.run(rate_in_process(app, kind.paths))[0] for kind in (codes, typed_requests())])
    for name, one, ten in zip(("codes", "NLM search"), *rates, strict=True):
        both = f"one release {one:6,.0f}, all releases {ten:6,.0f} requests/s  {ten / one:.2f}x"
        print(f"not answered before, {name:10} {both}", flush=True)


def run(arguments: Sequence[str]) -> None:
    """Prints the measures; loads the releases of the shared data unless homes are given."""
    parser = argparse.ArgumentParser(prog="bench http", description=__doc__)
    parser.add_argument("--requests", type=int, default=1_000, metavar="N", help="codes that are looked up")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="rounds of each contender")
    parser.add_argument("--home", type=Path, help="a home with one release")
    parser.add_argument("--history-home", type=Path, help="a home with all releases")
    options = parser.parse_args(arguments)
    with ExitStack() as stack:
        home = options.home or _loaded(stack, [RELEASE])
        history_home = options.history_home or _loaded(stack, sorted((SHARED_DATA / "releases").iterdir()))
        codes = code_requests(home, options.requests)
        kinds = (codes, typed_requests())
        sizes = in_process(home, kinds, options.rounds)
        over_loopback(home, sizes, kinds, options.rounds)
        beside_slow_questions(history_home, codes)
        by_releases(home, history_home, codes)


def _loaded(stack: ExitStack, files: Sequence[Path]) -> Path:
    home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    load_files(
        Shelf(home), list(files), publish_index, lambda path: lambda done, total: None, pass_over=frozenset(files)
    )
    return home
