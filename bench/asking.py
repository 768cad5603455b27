"""1,000 questions about codes with the releases already open, as ``hcpcs ask --json -``: milliseconds each.

Then the longest question, 4,000 characters of codes, and mixed texts of up to 1,000 characters.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

import orjson

from bench.figure import Goal, Table, of_value, one_column
from bench.release import loaded_home
from hcpcs.answers.rendering.json_form import answer_json
from hcpcs.catalog.shelf import Shelf
from hcpcs.questions.parser import parse_question
from hcpcs.questions.words.normalize import QUESTION_LIMIT
from hcpcs_bot.bootstrap import desk_of

FORMS = (
    "{}",
    "is {} payable by Medicare?",
    "what does {} mean",
    "how is {} priced",
    "BETOS for {}",
    "is {} still active",
)
QUESTIONS: Final = 1000
PARSED: Final = 20
"""How often the longest question is parsed."""
GOALS: Final = {
    "code questions p50": Goal(1, " ms"),
    "longest question": Goal(50, " ms"),
    "mixed texts p99": Goal(10, " ms"),
}
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


def run(_: list[str]) -> list[Table]:
    """Asks each question once to warm up, then measures each once: processor time."""
    chosen = random.Random(1)
    with loaded_home() as home:
        catalog = Shelf(home).open()
        assert catalog is not None
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
        parsed = milliseconds(lambda text: parse_question(text, date(2026, 1, 1)), [longest] * PARSED)
        mixed = [
            " ".join(chosen.choice((*PIECES, chosen.choice(codes))) for _ in range(chosen.randint(1, 60)))[
                :MIXED_LENGTH
            ]
            for _ in range(QUESTIONS)
        ]
        asked = milliseconds(desk.ask, mixed)
    known = f"{QUESTIONS:,} questions about codes, JSON included"
    mixture = f"{QUESTIONS:,} mixed texts of up to {MIXED_LENGTH:,} characters, answered"
    longest_one = f"{QUESTION_LIMIT:,} characters of codes, parsed, the longest question: median of {PARSED}"
    rows = [
        of_value(f"{known}: p50", "{:.2f} ms", percentile(taken, 0.5), GOALS["code questions p50"]),
        of_value(f"{known}: p90", "{:.2f} ms", percentile(taken, 0.9)),
        of_value(f"{known}: p99", "{:.2f} ms", percentile(taken, 0.99)),
        of_value(longest_one, "{:.1f} ms", statistics.median(parsed), GOALS["longest question"]),
        of_value(f"{mixture}: p50", "{:.1f} ms", percentile(asked, 0.5)),
        of_value(f"{mixture}: p99", "{:.1f} ms", percentile(asked, 0.99), GOALS["mixed texts p99"]),
        of_value(f"{mixture}: longest", "{:.1f} ms", asked[-1]),
    ]
    return [one_column(rows)]
