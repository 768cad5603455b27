"""Any text gets an answer or one polite line, and the work that it causes is bounded.

``HCPCS_FUZZED`` is how many texts are tried, 1,000 if it isn't set; ``HCPCS_FUZZ_SEED`` tries others.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from tests.questions.fuzzed_texts import ASKED, LONG, WORDS, fuzzed_texts
from tests.src.hcpcs.releases.real_releases import real_release
from tests.work import count_lines

from hcpcs.answers.answer import Answer, Outcome
from hcpcs.answers.desk import Desk
from hcpcs.catalog.catalog import Catalog
from hcpcs.questions.claim_lines import LINES_READ, read_claim
from hcpcs.questions.parser import parse_question
from hcpcs.questions.question import CODES_LIMIT, UNUSED_LIMIT
from hcpcs.questions.recognizers.quantities.quantity_scanner import MOST
from hcpcs.search_port import Filters, Hit, SearchResult
from hcpcs_index.build import memory_index

pytestmark = pytest.mark.slow

TODAY: Final = date(2026, 11, 26)
NO_FILTERS: Final = Filters()
TEXTS: Final = int(os.environ.get("HCPCS_FUZZED", "1000"))
SEED: Final = int(os.environ.get("HCPCS_FUZZ_SEED", "20261126"))
STEP: Final = 100
"""Texts per test, so that a failure names few of them."""
_PLACEHOLDER: Final = re.compile(r"\bNone\b|<[a-z]+ object")
MOST_SEARCHES: Final = 20
"""Maximum searches that one question causes: words tried one by one, words not considered, and codes that ended."""


class CountedIndex:
    """A real search index that counts how often it is asked."""

    def __init__(self, catalog: Catalog) -> None:
        self._index = memory_index(catalog)
        self.searches = 0

    def search(self, text: str, *, filters: Filters = NO_FILTERS, limit: int = 10, offset: int = 0) -> SearchResult:
        self.searches += 1
        return self._index.search(text, filters=filters, limit=limit, offset=offset)

    def finds(self, text: str, codes: Iterable[str]) -> bool:
        self.searches += 1
        return self._index.finds(text, codes)

    def suggest(self, text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        self.searches += 1
        return self._index.suggest(text, limit=limit)

    def neighbors(self, text: str, *, excluding: frozenset[str] = frozenset(), limit: int = 10) -> tuple[Hit, ...]:
        self.searches += 1
        return self._index.neighbors(text, excluding=excluding, limit=limit)


@pytest.fixture(scope="module")
def counted(shared_data: Path) -> tuple[Desk, CountedIndex]:
    catalog = Catalog.build([real_release(shared_data, "2025-10")])
    index = CountedIndex(catalog)
    return Desk(catalog, index, lambda: TODAY), index


@pytest.fixture(scope="module")
def desk(counted: tuple[Desk, CountedIndex]) -> Desk:
    return counted[0]


def texts(catalog: Catalog, place: int) -> Iterator[str]:
    codes, modifiers = catalog.procedures(), catalog.modifiers()
    return fuzzed_texts(SEED + place, min(STEP, TEXTS - place), codes, modifiers)


def is_polite(answer: Answer) -> bool:
    """Whether an answer says something, in sentences of ours: no traceback, no placeholder, no half a surrogate."""
    lines = answer.text.splitlines()
    said = (
        bool(answer.headline)
        and bool(lines)
        and "Traceback" not in answer.text
        and not _PLACEHOLDER.search(answer.headline)
    )
    return said and (answer.outcome is not Outcome.NOT_UNDERSTOOD or len(lines) <= 3)


@pytest.mark.parametrize("place", range(0, TEXTS, STEP))
def test_any_text_gets_an_answer_or_one_polite_line(counted: tuple[Desk, CountedIndex], place: int) -> None:
    desk, index = counted
    for text in texts(desk.catalog, place):
        index.searches = 0
        answer = desk.ask(text)
        assert is_polite(answer), (text[:200], answer.text[:200])
        assert index.searches <= MOST_SEARCHES, (index.searches, text[:200])
        decoded = desk.decode(text)
        assert decoded.headline
        assert answer.text.encode("utf-8", "surrogatepass")


def test_what_is_read_of_any_text_is_bounded(desk: Desk) -> None:
    for text in texts(desk.catalog, 0):
        question = parse_question(text, TODAY)
        assert len(question.codes) <= CODES_LIMIT
        assert len(question.quantities) <= MOST
        assert len(question.unused) <= UNUSED_LIMIT
        assert len(question.text) <= LONG
        assert len(read_claim(text, TODAY).lines) <= LINES_READ


@pytest.mark.parametrize(
    "text", ["", "\x00", "\ud800", "🙂" * 4000, "(" * 40_000, "E0601 " * 8000, "1," * 20_000, "\n" * 40_000]
)
def test_texts_that_are_hardly_questions(desk: Desk, text: str) -> None:
    assert is_polite(desk.ask(text))
    assert desk.decode(text).headline


@pytest.mark.parametrize(
    "piece", [*ASKED, *WORDS, "NOC", "E0601 ", "7 units of it;", "1/2 mg ", "x 2 ", "RR KX ", "- a\n", "(", "1,"]
)
def test_the_work_of_a_parse_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    texts_of = [(f"{piece} " * LONG)[:length] for length in (LONG // 4, LONG)]
    parse_question(texts_of[-1], TODAY)  # Tables are read, and patterns compiled, when they are first needed.
    quarter, whole = (count_lines(partial(parse_question, text, TODAY)) for text in texts_of)
    # Four times the text is four times the work; sixteen times would be quadratic.
    assert whole < 6 * quarter
