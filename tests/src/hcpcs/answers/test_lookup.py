"""The codes of a question by result, and records as an answer shows them."""

from __future__ import annotations

from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.answer import Verdict
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.desk import Desk
from hcpcs.answers.lookup import LookupResult, look_up, procedures_or_all, views
from hcpcs.questions.parser import parse_question
from hcpcs.records.record import RecordKind


def context(desk: Desk, text: str) -> AnswerContext:
    return AnswerContext(parse_question(text, TODAY), desk.catalog, desk.index, TODAY)


def result(desk: Desk, text: str) -> LookupResult:
    return look_up(context(desk, text))


def test_codes_are_sorted_by_result_each_once(full: Desk) -> None:
    lookup = result(full, "E0601-RR, S9354, 99213-25, E0601, S9353, S9354")
    assert [statement.record.code for statement in lookup.statements] == ["E0601", "RR", "S9353"]
    assert lookup.missing == ("S9354",)
    assert [mention.code for mention in lookup.foreign] == ["99213"]


def test_of_a_foreign_code_only_our_modifiers_are_looked_up(full: Desk) -> None:
    lookup = result(full, "99213-25 and 99214-RR")
    assert [statement.record.code for statement in lookup.statements] == ["RR"]
    assert lookup.missing == ()


def test_modifiers_are_left_out_beside_procedures(full: Desk) -> None:
    both, modifier = (result(full, text).statements for text in ("E0601-RR", "modifier RR"))
    assert [statement.record.code for statement in procedures_or_all(both)] == ["E0601"]
    assert [statement.record.code for statement in procedures_or_all(modifier)] == ["RR"]


def test_a_record_of_an_answer_has_fields_verdict_and_source(full: Desk) -> None:
    asked = context(full, "J3490")
    (record,) = views(asked, look_up(asked).statements)
    assert record.kind is RecordKind.PROCEDURE
    assert record.active
    assert record.not_otherwise_classified
    assert record.value("short_description") == "Drugs unclassified injection"
    assert (record.source.release, record.source.day) == ("HCPCS October 2025", TODAY)
    assert len(record.source.digest) == 64


def test_every_procedure_of_a_list_has_its_verdict(full: Desk) -> None:
    answer = full.ask("S93*", today=TODAY)
    assert [one.code for one in answer.hit_verdicts] == [hit.code for hit in answer.hits]
    assert {one.verdict for one in answer.hit_verdicts} == {Verdict.NOT_PAYABLE}


def test_only_lists_have_such_verdicts(full: Desk) -> None:
    assert full.ask("E0601", today=TODAY).hit_verdicts == ()
