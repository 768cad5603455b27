"""The numbers of coverage policies that a question names."""

from __future__ import annotations

import pytest

from hcpcs.questions.recognizers.subjects.policy_numbers import policy_numbers


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
