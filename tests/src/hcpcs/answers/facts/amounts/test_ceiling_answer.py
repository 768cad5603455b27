"""The ceiling and floor of a code, and that there are none."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("ceiling for A4217", "A4217-AU: ceiling $4.47 and floor $3.80. A4217: ceiling $4.47 and floor $3.80."),
        ("ceiling of E0601", "The DMEPOS fee schedule January 2026 has no ceiling or floor for E0601."),
        ("ceiling of L3761", "L3761 is not on the DMEPOS fee schedule January 2026."),
    ],
)
def test_the_first_sentence_answers(desk: Desk, question: str, headline: str) -> None:
    assert desk.ask(question).headline.startswith(headline)
