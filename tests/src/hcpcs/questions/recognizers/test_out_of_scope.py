"""A question says which subjects it names that no record states, and the answer has a notice for each."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.answers.out_of_scope import OUT_OF_SCOPE_NOTICES
from hcpcs.questions.parser import parse_question
from hcpcs.questions.recognizers.out_of_scope import out_of_scope_patterns

TODAY = date(2025, 11, 21)


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("does K0856 need prior auth?", ("prior_authorization",)),
        ("E0601 Pre-Authorization", ("prior_authorization",)),
        ("ABN for A9270", ("abn",)),
        ("how many times can I bill E0601", ("limits",)),
        ("is A4253 bundled", ("billed_together",)),
        ("medically necessary E0601", ("documentation",)),
        ("which LCD has E0601, and which dx", ("coverage_policy", "diagnoses")),
        ("what modifiers go with E0601", ("modifiers_needed",)),
        ("is S9353 payable by Medicare?", ()),
        ("abnormal S9353", ()),
    ],
)
def test_the_subjects_are_named_in_the_order_of_the_table(text: str, subjects: tuple[str, ...]) -> None:
    assert parse_question(text, TODAY).out_of_scope == subjects


def test_every_subject_has_its_notice() -> None:
    assert list(OUT_OF_SCOPE_NOTICES) == list(out_of_scope_patterns().subjects)
