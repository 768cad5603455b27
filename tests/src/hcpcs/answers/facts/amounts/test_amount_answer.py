"""Payment limits of drugs, times the units that are asked about."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("payment limit for J1745", "The Part B payment limit of J1745 is $31.415 per 10 MG."),
        ("J1745 400 mg at ASP", "40 units of J1745 are $1,256.60 at the Part B payment limit."),
        ("how much for A9606", "A9606 has no payment limit in the file (N/A): 100% AWP = $212.84; 100% WAC = $177.37."),
    ],
)
def test_the_first_sentence_answers(desk: Desk, question: str, headline: str) -> None:
    assert desk.ask(question).headline.startswith(headline)


def test_the_coinsurance_is_of_the_total(desk: Desk) -> None:
    text = desk.ask("J0897 60 mg payment limit").text
    assert text.startswith("60 units of J0897 are $61,791.36 at the Part B payment limit.")
    assert "J0897: Coinsurance of 17.885 percent: $11,051.38." in text
