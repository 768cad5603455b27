"""1,000 questions about codes with the releases already open, as ``hcpcs ask --json -``: milliseconds each."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from pathlib import Path

import orjson

from bench.release import RELEASE
from hcpcs.answers.rendering.json_form import answer_json
from hcpcs.catalog.shelf import Shelf
from hcpcs_bot.bootstrap import desk_of, publish_index
from hcpcs_bot.updates.load import load_files

FORMS = (
    "{}",
    "is {} payable by Medicare?",
    "what does {} mean",
    "how is {} priced",
    "BETOS for {}",
    "is {} still active",
)
QUESTIONS = 1000


def percentile(values: list[float], share: float) -> float:
    """The value below which ``share`` of the sorted values lie."""
    return values[min(len(values) - 1, int(len(values) * share))]


def run(arguments: list[str]) -> None:
    """Asks each question once to warm up, then measures each once."""
    chosen = random.Random(1)
    with tempfile.TemporaryDirectory() as home:
        shelf = Shelf(Path(home))
        load_files(shelf, [RELEASE], publish_index, lambda path: lambda done, total: None)
        catalog = shelf.open()
        if catalog is None:
            raise SystemExit("bench: nothing was published")
        desk = desk_of(catalog)
        codes = catalog.procedures()
        questions = [chosen.choice(FORMS).format(chosen.choice(codes)) for _ in range(QUESTIONS)]
        for question in questions:
            desk.ask(question)
        taken = []
        for question in questions:
            started = time.perf_counter()
            orjson.dumps(answer_json(desk.ask(question)))
            taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    shares = {"p50": 0.5, "p90": 0.9, "p99": 0.99}
    cells = "  ".join(f"{name} {percentile(taken, share):.3f} ms" for name, share in shares.items())
    print(f"{QUESTIONS} code questions: {cells}  max {taken[-1]:.3f} ms  mean {statistics.mean(taken):.3f} ms")
