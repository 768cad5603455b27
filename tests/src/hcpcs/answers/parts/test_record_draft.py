"""What answers on fields of records share: codes, records, notices and suggestions."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import NoticeKind
from hcpcs.answers.lookup import look_up
from hcpcs.answers.parts.record_draft import ended_evidence
from hcpcs.questions.parser import parse_question


def test_records_found_are_answered_and_the_others_named(full: Desk) -> None:
    answer = full.ask("how are S9353, S9354 and 99213 priced")
    assert answer.codes == ("S9353",)
    assert [record.code for record in answer.records] == ["S9353"]
    assert [notice.kind for notice in answer.notices] == [
        NoticeKind.MISSING,
        NoticeKind.SUGGESTION,
        NoticeKind.FOREIGN,
        NoticeKind.WHERE_TO_LOOK,
        NoticeKind.OUT_OF_SCOPE,
    ]
    assert "S9345" in answer.suggestions


def test_the_day_is_part_of_the_notices(full: Desk) -> None:
    answer = full.ask("how was E0601 priced on 2010-03-01")
    assert NoticeKind.DAY in {notice.kind for notice in answer.notices}


@pytest.mark.parametrize(
    "question", ["modifiers for K0553", "MUE for K0553", "price of K0553", "how is K0553 priced", "BETOS of K0553"]
)
def test_the_end_of_a_code_is_said_right_after_the_headline(full: Desk, question: str) -> None:
    first, second, *others = full.ask(question).evidence
    assert first.text == "K0553 ended on December 31, 2022 and is not payable for later dates of service."
    assert second.text.startswith("Likely replaced by A4239")
    assert not any("ended on" in one.text for one in others)


def test_an_end_that_the_headline_says_is_not_repeated(full: Desk) -> None:
    answer = full.ask("K0553 denied")
    assert answer.headline.startswith("K0553 ended on December 31, 2022")
    assert answer.evidence[0].text.startswith("Likely replaced by A4239")
    assert "ended on" not in full.ask("price of K0553 in 2021").text


def test_the_end_of_one_code_does_not_say_that_of_another(full: Desk) -> None:
    context = AnswerContext(parse_question("K0553 and K0554 denied", TODAY), full.catalog, full.index, TODAY)
    statements = look_up(context).statements
    first, second, *_ = ended_evidence(context, statements, "K0553 ended on December 31, 2022, so it is denied.")
    assert first.text.startswith("Likely replaced by A4239")
    assert second.text.startswith("K0554 ended on December 31, 2022")
