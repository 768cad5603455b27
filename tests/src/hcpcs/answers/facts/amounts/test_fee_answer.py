"""Fee schedule amounts by state, by rural ZIP code and by modifier."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("how much is E0601 RR in Texas", "E0601-RR in Texas: $50.50 a month, $91.52 a month in rural areas."),
        ("E0601-RR fee in TX, rural", "E0601-RR in rural areas of Texas: $91.52 a month."),
        (
            "fee for E0601 RR in Alaska, rural",
            "E0601-RR in Alaska: $60.00 a month; the schedule has no rural amount for it.",
        ),
        ("how much does Medicare pay for E0601 in 79936", "E0601-RR in Texas: $50.50 a month."),
        ("E0601 fee", "E0601-RR: $50.50 to $60.00 a month by state, $91.52 to $92.00 a month by state in rural areas."),
        ("price of A4217 AU in TX", "A4217-AU in Texas: $4.47."),
        ("reimbursement of E0601 RR in tx", "E0601-RR in Texas: $50.50 a month, $91.52 a month in rural areas."),
    ],
)
def test_the_first_sentence_answers(desk: Desk, question: str, headline: str) -> None:
    assert desk.ask(question).headline.startswith(headline)


def test_without_a_state_the_facts_are_the_lowest_and_highest_amounts(desk: Desk) -> None:
    facts = desk.ask("E0601 fee").facts
    assert [(str(fact.value), fact.qualifiers.area) for fact in facts] == [
        ("50.5", "TX"),
        ("60", "AK"),
        ("91.52", "TX"),
        ("92", "AL"),
    ]
