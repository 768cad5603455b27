"""The numbers of policies and the payment categories that a question names."""

from __future__ import annotations

import pytest

from hcpcs.questions.recognizers.subjects.subject_names import payment_category, policy_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("what is in L33822", ("L33822",)),
        ("l33718 and article A52467", ("L33718", "A52467")),
        ("NCD 240.4 criteria", ("NCD 240.4",)),
        ("L1833 criteria", ()),
    ],
)
def test_the_number_of_a_policy_is_not_a_code(text: str, numbers: tuple[str, ...]) -> None:
    assert policy_numbers(text) == numbers


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("is E0601 capped rental", "36"),
        ("E0470 - Frequently Serviced?", "31"),
        ("is E0143 inexpensive", "32"),
        ("capped or frequently serviced?", None),
        ("how long is E0601 rented", None),
    ],
)
def test_one_payment_category_that_is_named(text: str, indicator: str | None) -> None:
    assert payment_category(text) == indicator
