"""1,000 questions about codes with the releases already open, as ``hcpcs ask --json -``: milliseconds each.

Then the longest question, 4,000 characters of codes, and mixed texts of up to 1,000 characters.
"""

from __future__ import annotations

import gc
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import orjson

from bench.release import RELEASE
from hcpcs.answers.rendering.json_form import answer_json
from hcpcs.catalog.shelf import Shelf
from hcpcs.questions.parser import parse_question
from hcpcs.questions.words.normalize import QUESTION_LIMIT
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
PIECES = (
    "is covered by medicare,how many units,modifier for,what changed since January 2020,compare,denied CO-50,wasted,"
    "LCD,wheelchair,oxygen,insulin,left knee,signed abn,rental,40 mg,x2,3/1/2024,- ,?,(,\n,MRN 20190301,J3301,99213,RR"
).split(",")
MIXED_LENGTH = 1000
"""Maximum characters of a mixed text."""


def percentile(values: list[float], share: float) -> float:
    """The value below which ``share`` of the sorted values lie."""
    return values[min(len(values) - 1, int(len(values) * share))]


def milliseconds(ask: Callable[[str], object], texts: Iterable[str]) -> list[float]:
    """The milliseconds of processor time of each call, sorted; other work on the machine does not count."""
    taken = []
    for text in texts:
        started = time.process_time()
        ask(text)
        taken.append((time.process_time() - started) * 1000)
    return sorted(taken)


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
        taken = milliseconds(lambda question: orjson.dumps(answer_json(desk.ask(question))), questions)
        longest = " ".join(chosen.choice(codes) for _ in range(QUESTION_LIMIT))[:QUESTION_LIMIT]
        gc.collect()
        gc.freeze()  # as the server does
        parse_question(longest, date(2026, 1, 1))
        parsed = milliseconds(lambda text: parse_question(text, date(2026, 1, 1)), [longest] * 20)
        mixed = [
            " ".join(chosen.choice((*PIECES, chosen.choice(codes))) for _ in range(chosen.randint(1, 60)))[
                :MIXED_LENGTH
            ]
            for _ in range(QUESTIONS)
        ]
        asked = milliseconds(desk.ask, mixed)
    shares = {"p50": 0.5, "p90": 0.9, "p99": 0.99}
    cells = "  ".join(f"{name} {percentile(taken, share):.3f} ms" for name, share in shares.items())
    print(f"{QUESTIONS} code questions: {cells}  max {taken[-1]:.3f} ms  mean {statistics.mean(taken):.3f} ms")
    middle, most = statistics.median(parsed), parsed[-1]
    print(f"{QUESTION_LIMIT:,} characters of codes, parsed: median {middle:.1f} ms  max {most:.1f} ms")
    cells = "  ".join(f"{name} {percentile(asked, share):.1f} ms" for name, share in shares.items())
    print(f"{QUESTIONS} mixed texts of up to {MIXED_LENGTH:,} characters: {cells}  max {asked[-1]:.1f} ms")
