"""The yes or no before a sentence: where a record proves whether an item is rented or bought, or a subject has one."""

from __future__ import annotations

from collections.abc import Sequence

from hcpcs.questions.question import AskedDetail, Question
from hcpcs.questions.subject import SubjectBeyondRecord
from hcpcs.records.billing.payment_categories import (
    CUSTOMIZED,
    INEXPENSIVE,
    OXYGEN,
    RENTED_ONLY,
    is_complex_power_wheelchair,
    payment_category,
)
from hcpcs.records.modifiers.pricing_modifiers import pricing_modifiers_of
from hcpcs.records.record import CodeRecord, Statement


def with_opening(question: Question, entry: SubjectBeyondRecord, sentence: str) -> str:
    """``sentence`` on codes after the opening of its subject where the question is one of yes or no."""
    asked = AskedDetail.YES_NO in question.details and AskedDetail.CHOICE not in question.details
    return f"{entry.opening} {sentence}" if asked and entry.opening and sentence != entry.general else sentence


def with_yes_or_no(question: Question, statements: Sequence[Statement], sentence: str) -> str:
    """``sentence`` after the yes or no that it is where a question names the payment category."""
    category, details = question.payment_category, question.details
    if len(statements) != 1 or AskedDetail.CHOICE in details:
        return sentence
    if category is None:
        return f"{_rented_or_bought(statements[0].record, details)}{sentence}"
    return f"{'Yes' if statements[0].record.pricing_indicators[:1] == (category,) else 'No'}. {sentence}"


def _rented_or_bought(record: CodeRecord, details: frozenset[AskedDetail]) -> str:
    """``Yes. `` or ``No. `` where a question asks whether an item is rented, or is bought; else blank."""
    if not details & {AskedDetail.RENTED, AskedDetail.BOUGHT}:
        return ""
    first = next(iter(record.pricing_indicators), None)
    priced = pricing_modifiers_of(record.code, first)
    if (priced is not None and first == INEXPENSIVE and "RR" not in priced.modifiers) or first == OXYGEN:
        contents = "oxygen contents" in record.long_description.lower()  # which are neither rented nor bought
        rented = AskedDetail.RENTED in details and first == OXYGEN and not contents
        return "Yes. " if rented else ""
    if payment_category(record.pricing_indicators, record.types_of_service) is None:
        rents, sells = False, True
    else:
        rents, sells = record.pricing_indicators[:1] != (CUSTOMIZED,), record.pricing_indicators[:1] not in RENTED_ONLY
    sells = sells or is_complex_power_wheelchair(record.code)
    if rents and sells and AskedDetail.RENTED in details:
        return "It can be. "
    return "Yes. " if (rents if AskedDetail.RENTED in details else sells) else "No. "
