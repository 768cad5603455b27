"""Rules on two modifiers say whether they share a claim line."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk
from hcpcs.questions.recognizers.modifiers.modifier_words import CPT_MODIFIERS
from hcpcs.records.modifiers.modifier_pairs import has_rule_on_each, modifier_pairs, rules_on


@pytest.mark.parametrize(
    ("modifiers", "together"),
    [
        ("RR NU", [False]),
        ("NU RR", [False]),
        ("RR KH", [True]),
        ("KX GA", [False]),
        ("GX GY", [True]),
        ("GX GA", [False]),
        ("GP CQ", [True]),
        ("GO CQ", []),
        ("RR KX NU", [False, True]),
        ("RR RR", []),
        ("KF GT", []),
    ],
)
def test_the_rules_on_each_two_with_those_that_forbid_first(modifiers: str, together: list[bool]) -> None:
    assert [rule.together for rule in rules_on(modifiers.split())] == together


def test_a_line_is_allowed_only_where_every_two_have_a_rule() -> None:
    assert has_rule_on_each(["RR", "KH", "KX"])
    assert not has_rule_on_each(["RR", "KH", "KF"])


def test_every_modifier_is_in_the_release_and_in_force(full: Desk) -> None:
    for rule in modifier_pairs():
        assert rule.source
        assert rule.sentence.endswith(".")
        for modifier in (rule.one | rule.other) - CPT_MODIFIERS:
            statement = full.catalog.modifiers()
            assert modifier in statement
