"""Questions about an NDC or a ZIP code, without a code."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        (
            "NDC 57894-0030-01",
            "NDC 57894-0030-01 (Remicade) is billed with J1745: 10 billing units each, 10 per package.",
        ),
        ("what code for NDC 57894003001", "NDC 57894-0030-01 (Remicade) is billed with J1745"),
        ("57894003001 how many units", "NDC 57894-0030-01 (Remicade) is billed with J1745"),
        ("which code for 888867413689", "Product 888867413689 (SynoJoynt) is billed with J7331: 20 billing units each"),
        ("NDC 99999-9999-99", "NDC 99999-9999-99 is not on the ASP NDC-HCPCS crosswalk January 2026."),
        (
            "is 79936 rural?",
            "ZIP code 79936 (Texas) is not rural: it is in the former competitive bidding area El Paso TX.",
        ),
        ("zip 1223", "ZIP code 01223 (Massachusetts) is rural for the DMEPOS fee schedule."),
        ("is ZIP code 01223 rural?", "ZIP code 01223 (Massachusetts) is rural for the DMEPOS fee schedule."),
        (
            "is 10001 rural?",
            "ZIP code 10001 (New York) is not on the DMEPOS rural ZIP codes January 2026: the amounts that are not",
        ),
    ],
)
def test_the_first_sentence_answers(desk: Desk, question: str, headline: str) -> None:
    assert desk.ask(question).headline.startswith(headline)
