"""How many billing units is an amount? The division of the amount by the unit that the descriptor states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.drug_by_name import answer_drug_by_name
from hcpcs.answers.doses.fitting_codes import fitting_code
from hcpcs.answers.doses.unit_sentences import units_of_code
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.facts.amounts.asked_amounts import answered, asked_amounts
from hcpcs.answers.intents.compare import ended_sentences
from hcpcs.answers.lookup import look_up, procedures_or_all, views
from hcpcs.answers.notices.record_notices import record_notices
from hcpcs.answers.notices.refusals import refuse, side_notices
from hcpcs.answers.parts.intent_contacts import contacts_for
from hcpcs.answers.parts.successors import successions
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.records.field_spec import long_date
from hcpcs.records.record import Statement, Status

CAUTION: Final = Notice(
    kind=NoticeKind.CAUTION,
    text="Check the payer's rules: payers differ on rounding, discarded drug (modifiers JW and JZ) and daily unit "
    "limits.",
)


def _ends(context: AnswerContext, statements: Sequence[Statement]) -> tuple[str, ...]:
    """When codes ended that units are asked of: they are not billed any more, whatever the arithmetic."""
    if any(statement.active for statement in statements):
        return ended_sentences(statements)
    sentences = []
    for statement, then in zip(statements, successions(context, statements), strict=True):
        last_day = statement.record.termination_date
        if statement.status is Status.TERMINATED and last_day is not None:
            after = f"; likely replaced by {join_words(then.replaced_by, 'or')}" if then.replaced_by else ""
            sentences.append(f"{statement.record.code} ended on {long_date(last_day)}{after}.")
    return tuple(sentences)


def answer_units(context: AnswerContext) -> Draft:
    """The units of each code of the question for the amounts asked about, or what one unit is.

    Without a code, the words of the question find the codes.
    """
    if not context.question.codes:
        return answer_drug_by_name(context)
    lookup = look_up(context)
    refusal = refuse(context, lookup)
    if refusal is not None:
        return refusal
    heads: list[str] = []
    facts: list[Evidence] = []
    rules: dict[str, None] = {}
    statements = procedures_or_all(lookup.statements)
    for place, statement in enumerate(statements):
        record = statement.record
        units = units_of_code(record.code, record.long_description, context.question, place, len(statements))
        heads.append(units.head)
        facts += [
            Evidence(kind=EvidenceKind.ARITHMETIC, text=text, code=record.code, field="long_description")
            for text in units.steps
        ]
        facts.append(
            Evidence(
                kind=EvidenceKind.DESCRIPTION,
                text=record.long_description,
                code=record.code,
                field="long_description",
                label=f"Descriptor of {record.code}",
            )
        )
        rules.update(dict.fromkeys(units.rules))
    described = [(statement.record.code, statement.record.long_description) for statement in statements]
    if fit := fitting_code(context.question.quantities, described):
        heads = [fit.sentence]
    heads = [*_ends(context, statements), *heads]
    amounts = asked_amounts(context, lookup.statements)
    heads += [amounts.headline] if amounts.headline else []
    cautions = tuple(Notice(kind=NoticeKind.CAUTION, text=rule) for rule in rules) or (CAUTION,)
    return Draft(
        codes=tuple(statement.record.code for statement in lookup.statements),
        headline=" ".join(heads),
        evidence=(*facts, *amounts.evidence),
        facts=amounts.facts,
        notices=(
            *cautions,
            *record_notices(context, lookup.statements),
            *side_notices(answered(context, amounts), lookup),
        ),
        records=views(context, lookup.statements),
        contacts=contacts_for(context, lookup.statements),
    )
