"""What OPPS pays: the status indicator in words, and the rate with its APC and copayment."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("how much does C9727 pay", "C9727 in an outpatient hospital: OPPS payment rate $1,031,090.50, APC 5165"),
        (
            "payment rate of J1745 for a hospital",
            "J1745 in an outpatient hospital: OPPS payment rate $31.09, APC 7043, copayment $6.22 (October 2025).",
        ),
        (
            "hospital rate for J1745 100 mg",
            "10 units of J1745 in an outpatient hospital are $310.90 at the OPPS rate. J1745 in an",
        ),
        ("hospital rate for J1745 10 mg", "J1745 in an outpatient hospital: OPPS payment rate $31.09, APC 7043"),
        ("OPPS status of C1713", "C1713 has OPPS status indicator N: packaged into APC rates; no separate payment"),
    ],
)
def test_the_first_sentence_answers(desk: Desk, question: str, headline: str) -> None:
    assert desk.ask(question).headline.startswith(headline)


def test_a_status_indicator_is_in_words(desk: Desk) -> None:
    answer = desk.ask("status indicator of C1713", as_of=date(2025, 11, 1))
    assert answer.headline == "C1713 has OPPS status indicator N: packaged into APC rates; no separate payment."
