"""How many billing units is an amount? The division of the amount by the unit that the descriptor states."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.intent_contacts import contacts_for
from hcpcs.answers.intents.search import answer_search, repair_evidence
from hcpcs.answers.lookup import look_up, procedures_or_all, views
from hcpcs.answers.record_notices import record_notices
from hcpcs.answers.refusals import refuse, side_notices
from hcpcs.answers.sentences import listed
from hcpcs.questions.question import Intent, Quantity
from hcpcs.records.billing_units import NoUnitSize, UnitSize, count_units, unit_size
from hcpcs.records.record import Statement
from hcpcs.records.units import unit_of
from hcpcs.search_port import Confidence, Hit

HITS_WEIGHED: Final = 20
CODES_OFFERED: Final = 4
ABBREVIATION: Final = 3
"""Longest unit, in characters, that has no plural: ``mcg``."""
CAUTION: Final = Notice(
    kind=NoticeKind.CAUTION,
    text="Check the payer's rules: payers differ on rounding, discarded drug (modifiers JW and JZ) and daily unit "
    "limits.",
)
CHOOSE: Final = Notice(kind=NoticeKind.CAUTION, text="Matched by drug name; check that the description fits.")


def plain_number(number: Decimal) -> str:
    """A number without needless zeros: ``10``, ``6.67``, ``0.004`` (at most two decimals, or two figures if tiny)."""
    decimals = max(2, 1 - number.adjusted()) if number else 0
    return f"{round(number, decimals).normalize():f}"


def amount_text(quantity: Quantity) -> str:
    """An amount as people write it: ``100 mg``, ``2 hours``."""
    amount, name = Decimal(str(quantity.amount)), quantity.unit
    unit = unit_of(name)
    plurals = [f"{name}s", f"{name}es"] if unit is not None and amount != 1 and len(name) > ABBREVIATION else []
    plural = next((word for word in plurals if unit is not None and word in unit.spellings), name)
    return f"{amount.normalize():f} {plural}"


class UnitsText(NamedTuple):
    """The units of one amount as a sentence, and the division that gives them; blank where nothing can be divided."""

    sentence: str
    division: str = ""


def units_text(statement: Statement, size: UnitSize, quantity: Quantity) -> UnitsText:
    """The billing units of an amount of a code."""
    code = statement.record.code
    amount = Decimal(str(quantity.amount))
    asked = amount_text(quantity)
    count = count_units(size, amount, quantity.unit)
    if count is None:
        return UnitsText(
            f"{asked} can't be converted to units of {code}: one unit is {size.written}, a different kind of measure."
        )
    if count.exact == count.whole:
        head = f"{asked} of {code} is {count.whole} {'unit' if count.whole == 1 else 'units'}."
        return UnitsText(head, f"{asked} / {size.written} per unit = {count.whole}.")
    return UnitsText(
        f"{asked} of {code} is {plain_number(count.exact)} units, {count.whole} when rounded up.",
        f"{asked} / {size.written} per unit = {plain_number(count.exact)}, which rounds up to {count.whole}.",
    )


def _named_in_words(context: AnswerContext) -> Draft:
    """The units of the codes that the words of the question find, marked as matches and not as the code meant.

    Only active codes whose descriptor measures what was asked about are counted; without one it is a search.
    """
    question = context.question
    if question.quantity is None:
        return answer_search(context)
    amount, unit = Decimal(str(question.quantity.amount)), question.quantity.unit
    filters = question.filters.model_copy(update={"active": True})
    result = context.index.search(question.words, filters=filters, limit=HITS_WEIGHED)
    heads: list[str] = []
    statements: list[Statement] = []
    hits: list[Hit] = []
    for hit in result.hits if result.confidence is Confidence.HIGH else ():
        statement = context.state(hit.code)
        size = unit_size(hit.long_description)
        if statement is None or not isinstance(size, UnitSize) or count_units(size, amount, unit) is None:
            continue
        heads.append(units_text(statement, size, question.quantity).sentence)
        statements.append(statement)
        hits.append(hit)
        if len(hits) == CODES_OFFERED:
            break
    if not hits:
        return answer_search(context)
    codes = tuple(hit.code for hit in hits)
    name = question.words
    return Draft(
        codes=codes,
        headline=f"Matches for {name}: {listed(list(codes))}. {' '.join(heads)}",
        evidence=tuple(map(repair_evidence, result.repairs)),
        hits=tuple(hits),
        total=len(hits),
        confidence=result.confidence,
        repairs=result.repairs,
        notices=(CHOOSE, CAUTION),
        records=views(context, tuple(statements)),
        contacts=contacts_for(Intent.UNITS),
    )


def answer_units(context: AnswerContext) -> Draft:
    """The units of each code of the question for the amount asked about, or what one unit is.

    Without a code, the words of the question find the codes.
    """
    if not context.question.codes:
        return _named_in_words(context)
    lookup = look_up(context)
    refusal = refuse(context, lookup)
    if refusal is not None:
        return refusal
    heads: list[str] = []
    facts: list[Evidence] = []
    for statement in procedures_or_all(lookup.statements):
        record = statement.record
        size = unit_size(record.long_description)
        if isinstance(size, NoUnitSize) and size.per is not None:
            heads.append(f"{record.code} is billed {size.per}: one unit {size.per}.")
        elif isinstance(size, NoUnitSize):
            heads.append(f"Units of {record.code} can't be calculated from an amount: its descriptor {size.why}.")
        else:
            up_to = "up to " if size.up_to else ""
            if context.question.quantity is None:
                heads.append(f"One unit of {record.code} is {up_to}{size.written}.")
            else:
                units = units_text(statement, size, context.question.quantity)
                heads.append(units.sentence)
                if units.division:
                    facts.append(
                        Evidence(
                            kind=EvidenceKind.ARITHMETIC,
                            text=units.division,
                            code=record.code,
                            field="long_description",
                        )
                    )
        facts.append(
            Evidence(
                kind=EvidenceKind.DESCRIPTION,
                text=record.long_description,
                code=record.code,
                field="long_description",
                label=f"Descriptor of {record.code}",
            )
        )
    return Draft(
        codes=tuple(statement.record.code for statement in lookup.statements),
        headline=" ".join(heads),
        evidence=tuple(facts),
        notices=(CAUTION, *record_notices(context, lookup.statements), *side_notices(context, lookup)),
        records=views(context, lookup.statements),
        contacts=contacts_for(Intent.UNITS),
    )
