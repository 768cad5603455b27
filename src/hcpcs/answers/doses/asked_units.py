"""The units of a dose that a question gives beside another subject: "J3489 5 mg units and price"."""

from __future__ import annotations

from collections.abc import Sequence

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.unit_sentences import units_of_code
from hcpcs.records.record import RecordKind, Statement


def units_beside(context: AnswerContext, statements: Sequence[Statement]) -> str:
    """The sentences about the units of each code for the dose of the question; blank where it gives none."""
    procedures = [one.record for one in statements if one.record.kind is RecordKind.PROCEDURE]
    counted = (
        units_of_code(record.code, record.long_description, context.question, place, len(procedures))
        for place, record in enumerate(procedures)
    )
    return " ".join(one.head for one in counted if one.units)
