"""The query service: rates against the same framework with a constant body, latency, and slow questions of others.

- Rates, in process (CPU time) and over uvicorn, of ``/api/v1/codes/{code}`` and of the search in NLM's shape, each as a
  share of the same framework returning a constant body of the same size in the same run.
- Latency of both at 200 requests a second.
- Latency of code look-ups while somebody else asks what takes long, from a process of their own.
- The cost of requests with one release loaded, and with all of them.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final, NamedTuple

import orjson
import uvloop

from bench.figure import Goal, Row, Table
from bench.http_client import PACE, SlowRequest, call, exchange, latencies_beside, rate_in_process
from bench.http_server import constant_app, served, whole_server
from bench.loopback import latencies_at_pace, rate_over_loopback
from bench.release import every_release, loaded_home
from hcpcs_bot.bootstrap import open_desk
from hcpcs_bot.settings import Settings

TYPED: Final = ("oxygen", "insulin pump", "wheelchair", "knee brace", "infusion", "catheter", "dressing", "walker")
CODE_PATH: Final = "/api/v1/codes/"
NLM_PATH: Final = "/api/hcpcs/v3/search"
CONSTANT: Final = {CODE_PATH: "/constant/code", NLM_PATH: "/constant/search"}
"""The path of the constant body for each path of the service."""

SHARE: Final = Goal(0.7, "x", at_least=True)
ONCE: Final = f"{NLM_PATH}?terms=zzz"
"""A search that makes the table of all codes, as a server does once after its start."""
AS_MANY: Final = Goal(1, "x", at_least=True)
LATENCY: Final = Goal(15, " ms")
"""The p99 of common requests."""
BESIDE: Final = Goal(15, " ms")
"""The p99 of look-ups while others ask slow questions."""


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


def latency_row(name: str, taken: Sequence[float], goal: Goal | None = None) -> Row:
    """The middle, the slowest hundredth, which a goal is about, and the slowest."""
    p50, p99 = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    return Row(name, (f"{p50:.1f} ms", f"{p99:.1f} ms", f"{taken[-1]:.0f} ms"), goal, p99)


class Shares(NamedTuple):
    """Rows of rates, each as a share of the constant body's, and the sizes of the constant bodies."""

    rows: list[Row]
    sizes: dict[str, int]


def share_row(name: str, rate: float, base: float, goal: Goal | None = None) -> Row:
    """A rate in requests per second, and its share of the constant body's."""
    return Row(name, (f"{rate:,.0f}", f"{base:,.0f}", f"{rate / base:.2f}x"), goal, rate / base)


def in_process(home: Path, kinds: Sequence[Requests], rounds: int) -> Shares:
    """The rates in process."""
    server = whole_server(home)
    app = server._service
    shares = Shares([], {})
    gc.freeze()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(call(app, ONCE))
        for kind in kinds:
            first, size = runner.run(rate_in_process(app, kind.paths))
            shares.sizes[CONSTANT[kind.prefix]] = size
            constant = constant_app(shares.sizes)
            again, base = 0.0, 0.0
            for _ in range(rounds):
                again = max(again, runner.run(rate_in_process(app, kind.paths))[0])
                path = CONSTANT[kind.prefix]
                base = max(base, runner.run(rate_in_process(constant, [path] * len(kind.paths)))[0])
            name = f"in process, {kind.name} ({size:,} bytes)"
            shares.rows.append(share_row(f"{name}, answered before", again, base, SHARE))
            shares.rows.append(share_row(f"{name}, not answered before", first, base))
    return shares


def over_loopback(
    home: Path, sizes: dict[str, int], kinds: Sequence[Requests], rounds: int
) -> tuple[list[Row], list[Row]]:
    """The rates over uvicorn, where the contenders take turns, and the latency at a steady pace."""
    rows: list[Row] = []
    with served(None, sizes) as constant, served(home, sizes) as whole:
        for kind in kinds:
            paths = list(kind.paths) * (4_000 // len(kind.paths) + 1)
            base, rate = 0.0, 0.0
            for _ in range(rounds):
                same = [CONSTANT[kind.prefix]] * len(paths)
                base = max(base, asyncio.run(rate_over_loopback(constant, same, exchange)))
                rate = max(rate, asyncio.run(rate_over_loopback(whole, paths, exchange)))
            rows.append(share_row(f"over uvicorn, {kind.name}, answered before", rate, base, SHARE))
        mixed = [path for pair in zip(*(kind.paths * 20 for kind in kinds), strict=False) for path in pair][: PACE * 10]
        same = [CONSTANT[path.partition("?")[0] if "?" in path else CODE_PATH] for path in mixed]
        latencies = [
            latency_row(f"{PACE} a second, {name}", asyncio.run(latencies_at_pace(port, paths, PACE, exchange)), goal)
            for name, port, paths, goal in (
                ("constant bodies", constant, same, None),
                ("codes and NLM search", whole, mixed, LATENCY),
            )
        ]
    return rows, latencies


def beside_slow_questions(history_home: Path, codes: Requests) -> Iterator[Row]:
    """The latency of look-ups over ten releases alone, and while others ask slow questions."""
    known = list(open_desk(Settings().at(history_home)).catalog.procedures())
    text = " ".join(f"03/0{number % 9 + 1}/2025 {known[number * 7 % len(known)]} x2" for number in range(2_000))[
        :40_000
    ]
    decode = "/api/v1/decode", orjson.dumps({"text": text})
    changes = "/api/v1/changes?from=2017-01"
    batch = "/api/v1/codes:batch", orjson.dumps({"codes": [{"code": code} for code in known[:1_000]]})
    expand = "/fhir/R4/ValueSet/hcpcs/$expand?count=1000&date=2021-03-01"
    nlm = f"{NLM_PATH}?terms=&count=500&df=code,display,long_desc&ef=verdict"
    paths = (codes.paths * 10)[: PACE * 10]
    with served(history_home, {}) as port:
        for slow in (
            None,
            SlowRequest("somebody decodes 40,000 characters", *decode),
            SlowRequest("somebody lists the changes of ten releases", changes),
            SlowRequest("somebody downloads them as CSV", f"{changes}&format=csv"),
            SlowRequest("somebody looks up 1,000 codes", *batch),
            SlowRequest("somebody expands 1,000 codes in FHIR", expand),
            SlowRequest("somebody lists 500 codes in NLM's shape", nlm),
            SlowRequest("four list changes", changes, times=4),
            SlowRequest("four decode", *decode, times=4),
            SlowRequest("four look up 1,000 codes each", *batch, times=4),
        ):
            name = f"while {slow.name}" if slow else "alone"
            taken = latencies_beside(port, paths, slow)
            yield latency_row(f"{PACE} look-ups a second over ten releases, {name}", taken, BESIDE if slow else None)


def by_releases(home: Path, history_home: Path, codes: Requests) -> Iterator[Row]:
    """The rates of requests not answered before, with all releases against one."""
    rates = []
    for one in (home, history_home):
        app = whole_server(one)._service
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            for path in (ONCE, *(f"{path}?as_of=2025-10-02" for path in codes.paths[:50])):
                runner.run(call(app, path))
            rates.append([runner.run(rate_in_process(app, kind.paths))[0] for kind in (codes, typed_requests())])
    for name, one, ten in zip(("codes", "NLM search"), *rates, strict=True):
        row = share_row(f"in process, {name}, not answered before: ten releases against one", ten, one)
        yield row._replace(goal=AS_MANY, value=ten / one)


def run(arguments: Sequence[str]) -> list[Table]:
    """All measures; loads the releases of the shared data unless homes are given."""
    parser = argparse.ArgumentParser(prog="bench http", description=__doc__)
    parser.add_argument("--requests", type=int, default=1_000, metavar="N", help="codes that are looked up")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="rounds of each contender")
    parser.add_argument("--home", type=Path, help="a home with one release")
    parser.add_argument("--history-home", type=Path, help="a home with all releases")
    options = parser.parse_args(arguments)
    with ExitStack() as stack:
        home = options.home or stack.enter_context(loaded_home())
        history_home = options.history_home or stack.enter_context(loaded_home(every_release()))
        codes = code_requests(home, options.requests)
        kinds = (codes, typed_requests())
        inside, sizes = in_process(home, kinds, options.rounds)
        over, latencies = over_loopback(home, sizes, kinds, options.rounds)
        latencies += beside_slow_questions(history_home, codes)
        rows = [*inside, *over, *by_releases(home, history_home, codes)]
    return [
        Table(("requests", "a second", "compared with", "share"), tuple(rows)),
        Table(("latency over uvicorn", "p50", "p99", "longest"), tuple(latencies)),
    ]
