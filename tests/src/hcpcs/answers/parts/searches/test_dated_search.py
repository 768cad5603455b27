"""Codes for some words that were added or ended in a span of time."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.desk import Desk

MONITORS = ("E0607", "E2103", "A4239", "E2104", "K0553")


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        (
            "did cms add any glucose monitor codes in 2023",
            '2 codes for "glucose monitor" were added from January 1, 2023 to December 31, 2023: E2103 and A4239.',
        ),
        (
            "which glucose monitor codes were discontinued in 2023",
            '1 code for "glucose monitor" was discontinued from January 1, 2023 to December 31, 2023: K0553.',
        ),
        (
            "glucose monitor codes added in 2022",
            'No codes for "glucose monitor" were added from January 1, 2022 to December 31, 2022.',
        ),
    ],
)
def test_words_and_a_time(full: Desk, question: str, headline: str) -> None:
    answer = Desk(full.catalog, ListedIndex(full.catalog, *MONITORS), lambda: TODAY).ask(question)
    assert answer.headline == headline
    assert answer.codes == tuple(hit.code for hit in answer.hits)


def test_words_without_a_time_are_searched_for(full: Desk) -> None:
    answer = Desk(full.catalog, ListedIndex(full.catalog, *MONITORS), lambda: TODAY).ask("glucose monitor")
    assert len(answer.codes) == len(MONITORS)
