"""The sentences that several answers share."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk
from hcpcs.answers.rendering.sentences import field_evidence, field_sentence, in_sentence, join_words, short_title
from hcpcs.records.record import Statement


@pytest.fixture
def statement(starter: Desk) -> Statement:
    statement = starter.catalog.current("S9353", starter.ask("S9353").source.day)
    assert statement is not None
    return statement


@pytest.mark.parametrize(
    ("items", "text"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_items_are_listed_as_in_english(items: tuple[str, ...], text: str) -> None:
    assert join_words(items) == text
    assert join_words(items, "or") == text.replace("and", "or")


def test_a_text_inside_a_sentence_has_no_period() -> None:
    assert in_sentence(" Not payable. ") == "Not payable"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("coverage", "Coverage code I (Not payable by Medicare)."),
        ("pricing_indicator_2", "Pricing indicator: blank in the record."),
        ("short_description", "Short description: Hit cont insulin diem."),
        ("added_date", "Code added January 1, 2002."),
    ],
)
def test_a_field_as_a_sentence(statement: Statement, name: str, sentence: str) -> None:
    assert field_sentence(statement, name) == sentence


def test_only_filled_fields_are_evidence(statement: Statement) -> None:
    facts = field_evidence(statement, ("coverage", "statute"), named=True)
    assert [fact.sentence for fact in facts] == ["S9353: Coverage code I (Not payable by Medicare)."]


def test_a_code_with_its_short_description(statement: Statement) -> None:
    assert short_title(statement) == "S9353 (Hit cont insulin diem)"
