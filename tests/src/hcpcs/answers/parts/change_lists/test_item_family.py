"""Codes for some words that were added or ended in a span of time."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import WHY, ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.desk import Desk

MONITORS = ("E0607", "E2103", "A4239", "E2104", "K0553")


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        (
            "did cms add any glucose monitor codes in 2023",
            'Yes. 2 codes for "glucose monitor" were added from January 1, 2023 to December 31, 2023: A4239 and E2103.',
        ),
        (
            "which glucose monitor codes were discontinued in 2023",
            '1 code for "glucose monitor" was discontinued from January 1, 2023 to December 31, 2023: K0553.',
        ),
        (
            "glucose monitor codes added in 2022",
            'No code found by "glucose monitor" was added from January 1, 2022 to December 31, 2022.',
        ),
        (
            "glucose monitor codes terminated in january 2023",
            '1 code for "glucose monitor" ended on December 31, 2022, the day before; none ended from January 1, 2023 '
            "to January 31, 2023.",
        ),
    ],
)
def test_words_and_a_time(full: Desk, question: str, headline: str) -> None:
    answer = Desk(full.catalog, ListedIndex(full.catalog, *MONITORS), lambda: TODAY).ask(question)
    assert answer.headline == headline
    assert set(answer.codes) <= {*MONITORS}
    assert "so others may fit, too" in answer.text or not answer.changes


def test_words_that_no_code_has_are_said(full: Desk) -> None:
    index = ListedIndex(full.catalog, *MONITORS)
    found = tuple(WHY.model_copy(update={"word": word}) for word in ("glucose", "monitor"))
    index.hits = tuple(hit.model_copy(update={"why": found}) for hit in index.hits)
    desk = Desk(full.catalog, index, lambda: TODAY)
    answer = desk.ask("glucose monitor gadgets added in 2023")
    assert answer.headline.startswith('2 codes for "glucose monitor" were added')


def test_words_without_a_time_are_searched_for(full: Desk) -> None:
    answer = Desk(full.catalog, ListedIndex(full.catalog, *MONITORS), lambda: TODAY).ask("glucose monitor")
    assert len(answer.codes) == len(MONITORS)
