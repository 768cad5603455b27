"""The model of an answer: fields of a record by name, and what cannot be changed."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from hcpcs.answers.desk import Desk


def test_a_field_of_a_record_is_read_by_name(starter: Desk) -> None:
    record = starter.ask("S9353").records[0]
    assert record.field("coverage").text == "I (Not payable by Medicare)"
    assert record.value("coverage") == "I"
    assert record.value("statute") == ""
    with pytest.raises(KeyError):
        record.field("no_such_field")


def test_an_answer_is_immutable(starter: Desk) -> None:
    answer = starter.ask("S9353")
    with pytest.raises(ValidationError):
        answer.headline = "something else"


def test_an_answer_keeps_the_codes_as_they_were_mentioned(starter: Desk) -> None:
    answer = starter.ask("E0601-RR, S9353 and 99213")
    assert [(mention.code, mention.modifiers) for mention in answer.mentions] == [
        ("E0601", ("RR",)),
        ("S9353", ()),
        ("99213", ()),
    ]
