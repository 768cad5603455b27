"""Is it payable by Medicare? The verdict on each code, and the fields that prove it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.answer import Draft, Verdict
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.facts.coverage_facts import coverage_facts
from hcpcs.answers.facts.fact_answer import FactAnswer
from hcpcs.answers.lookup import look_up, procedures_or_all, views
from hcpcs.answers.notices.day_notices import end_in_period, on_the_day
from hcpcs.answers.notices.modifier_choices import on_a_cpt_line
from hcpcs.answers.notices.modifier_sentences import line_evidence
from hcpcs.answers.notices.payers import BESIDE_MEDICARE, asks_other_payer_alone, with_payer
from hcpcs.answers.notices.record_notices import record_notices
from hcpcs.answers.notices.refusals import refuse, side_notices, suggest_codes
from hcpcs.answers.parts.intent_contacts import contacts_for
from hcpcs.answers.rendering.sentences import MODIFIER_FACT, field_evidence, join_words
from hcpcs.answers.verdicts import COVERAGE_RULES, UNKNOWN_RULE, Ruling, VerdictRule
from hcpcs.questions.question import AskedDetail
from hcpcs.records.billing.payment_categories import NO_SEPARATE_PRICE
from hcpcs.records.fields import long_date
from hcpcs.records.manuals.dme_policies import policies_of
from hcpcs.records.record import RecordKind, Statement

PROOF_FIELDS: Final = (
    "coverage",
    "pricing_indicator_1",
    "processing_note",
    "cim_references",
    "mcm_references",
    "statute",
)
"""The fields that prove a verdict, in the order in which they are shown."""

PART_NOTICES: Final[dict[str, str]] = {
    "A": "Part A: the coverage code applies to Medicare as a whole. The record doesn't say what is bundled into an "
    "inpatient or facility stay.",
    "B": "Part B: the pricing indicator says how Part B prices the code, and the coverage code whether Medicare covers "
    "it at all.",
}
"""What is said about a part of Medicare that is asked about; parts C and D are payers of their own."""
PART_A_ONLY: Final = "A only"
"""The part of a question about a patient without Part B."""
_WITHOUT_PART_B: Final = (
    "Not by Medicare for a patient without Part B, which is what pays for equipment, supplies, drugs and services "
    "outside an inpatient, SNF, home health or hospice stay."
)
"""Source: Social Security Act, sections 1812 and 1832."""

_DETERMINATIONS: Final = "Medicare's national and local coverage determinations (NCD, LCD)"
_OF_THE_MAC: Final = "Check with the MAC for your region, or its local coverage determinations (LCDs)."
_MAY_BE_PAID: Final = frozenset({Verdict.CONDITIONAL, Verdict.CARRIER_JUDGMENT, Verdict.UNKNOWN})
"""The verdicts after which amounts and limits matter."""
OTHER_PAYERS: Final = Notice(kind=NoticeKind.PAYER, text="Other payers set their own policies.")


def condition_evidence(statement: Statement, ruling: Ruling) -> tuple[Evidence, ...]:
    """What a verdict depends on: where the conditions are published, and whether anything is paid separately."""
    record = statement.record
    sentences: list[str] = []
    policies = join_words([f"LCD {policy.lcd} ({policy.title})" for policy in policies_of(record.code)])
    if ruling.verdict is Verdict.CONDITIONAL:
        written = [*record.cim_references, *record.mcm_references]
        determinations = f"the DME MACs' {policies}" if policies else _DETERMINATIONS
        if written:
            sentences.append(f"The instructions are in the manual sections cited here and in {determinations}.")
        else:
            sentences.append(f"The record cites no manual section. Look in {determinations}.")
    elif ruling.verdict is Verdict.CARRIER_JUDGMENT:
        where = f"The DME MACs' criteria are in {policies}." if policies else _OF_THE_MAC
        sentences.append(where)
    payable = ruling.verdict in (Verdict.CONDITIONAL, Verdict.CARRIER_JUDGMENT)
    if payable and record.pricing_indicators[:1] == (NO_SEPARATE_PRICE,):
        sentences.append("Covered doesn't mean paid separately: Part B sets no separate price for it.")
    text = " ".join(sentences)
    return (Evidence(kind=EvidenceKind.CONDITION, text=text, code=record.code),) if text else ()


def coverage_evidence(context: AnswerContext, statement: Statement, *, named: bool = False) -> tuple[Evidence, ...]:
    """Every field that proves the verdict on a statement, then what the verdict depends on."""
    ruling = context.judge(statement)
    terminated = ruling.verdict is Verdict.TERMINATED
    dated = ("termination_date", "cross_references") if terminated else ()
    return (
        *field_evidence(statement, dated + PROOF_FIELDS, named=named),
        *condition_evidence(statement, ruling),
    )


def modifier_evidence(statements: tuple[Statement, ...]) -> tuple[Evidence, ...]:
    """The descriptions of the modifiers that were asked about with a code."""
    return tuple(
        Evidence(
            kind=EvidenceKind.MODIFIER,
            text=f"{statement.record.long_description}.",
            code=statement.record.code,
            field="long_description",
            label=f"Modifier {statement.record.code}",
        )
        for statement in statements
    )


def ruling_sentences(statements: Sequence[Statement], rulings: Sequence[Ruling], *, plain: bool) -> list[str]:
    """The verdict on one code, or what the codes share and how they differ.

    ``plain`` leaves out the first word ("No."). Codes with the same rule share a sentence.
    """
    if len(rulings) == 1:
        return [ruling.claim if plain else ruling.sentence for ruling in rulings]
    shared: dict[VerdictRule | Ruling, list[str]] = {}
    for statement, ruling in zip(statements, rulings, strict=True):
        rule = COVERAGE_RULES.get(statement.record.coverage, UNKNOWN_RULE)
        # A date or the kind of record decides before the coverage code.
        of_code = statement.record.kind is RecordKind.PROCEDURE and ruling.label == rule.label
        shared.setdefault(rule if of_code else ruling, []).append(statement.record.code)
    claims = [
        one.claim_of(join_words(codes), len(codes)) if isinstance(one, VerdictRule) else one.claim
        for one, codes in shared.items()
    ]
    words = {ruling.word for ruling in rulings}
    opening = words.pop() if len(words) == 1 else "It depends on the code."
    return claims if plain or not opening else [opening, *claims]


def answer_coverage(context: AnswerContext) -> Draft:
    """The verdict on every code of the question, shared or one each."""
    lookup = look_up(context)
    refusal = refuse(context, lookup)
    if refusal is not None:
        return refusal
    judged = procedures_or_all(lookup.statements)
    beside = tuple(statement for statement in lookup.statements if statement not in judged)
    rulings = [context.judge(statement) for statement in judged]
    verdicts = {ruling.verdict for ruling in rulings}
    single = len(judged) == 1
    # "Isn't it covered?" gets no yes or no, which could be read either way.
    payer = context.question.payer
    part_a_only = payer is None and context.question.part == PART_A_ONLY
    # Medicare that is asked about beside another payer comes first.
    only_the_other = asks_other_payer_alone(context.question)
    # "E0562 RR or NU": two to choose from are not on one line.
    choice = payer is not None or AskedDetail.CHOICE in context.question.details
    on_the_line = () if choice else tuple(line_evidence(context))
    plain = bool(on_the_line) or context.question.negated or only_the_other or part_a_only or payer in BESIDE_MEDICARE
    sentences = ruling_sentences(judged, rulings, plain=plain)
    if AskedDetail.WHO in context.question.details and not only_the_other:
        never = {ruling.verdict for ruling in rulings} == {Verdict.NOT_PAYABLE}
        sentences = ["Not Medicare.", *(ruling.claim for ruling in rulings)] if never else sentences
    notices = [*side_notices(context, lookup.without_missing_modifiers()), *record_notices(context, judged)]
    if payer is None:
        notices.append(OTHER_PAYERS)
    if payer is None and context.question.part in PART_NOTICES:
        notices.append(Notice(kind=NoticeKind.PAYER, text=PART_NOTICES[context.question.part]))
    modifiers = tuple(statement for statement in judged if statement.record.kind is RecordKind.MODIFIER)
    if modifiers:
        notices.append(Notice(kind=NoticeKind.MODIFIER, text=MODIFIER_FACT))
    if modifiers == judged:
        beside = modifiers
    if len(modifiers) > 1 and modifiers == judged:
        sentences = [f"Modifiers {join_words([one.record.code for one in modifiers])} aren't paid on their own."]
    cpt_line = on_a_cpt_line(lookup)
    if cpt_line:
        sentences, verdicts = [cpt_line], set()
    if on_the_line:
        no = () if context.question.negated else ("No.",)
        sentences, verdicts = [*no, *(one.text for one in on_the_line), *sentences], set()
    shared = len(verdicts) == 1 and not lookup.missing
    if part_a_only:
        sentences = [_WITHOUT_PART_B, *sentences]
    until = end_in_period(context, judged[0]) if single else None
    if until is not None:
        sentences.append(f"{judged[0].record.code} ended on {long_date(until)}.")
    medicare = on_the_day(context) + " ".join(sentences)
    evidence = tuple(fact for statement in judged for fact in coverage_evidence(context, statement, named=not single))
    meanings = modifier_evidence(beside)
    stated = FactAnswer()
    if single and payer is None and not modifiers and rulings[0].verdict in _MAY_BE_PAID:
        stated = coverage_facts(context, judged[0])
    return Draft(
        codes=tuple(statement.record.code for statement in lookup.statements),
        verdict=verdicts.pop() if shared and not part_a_only and not only_the_other else None,
        headline=with_payer(context, medicare),
        evidence=(
            *(meanings + evidence if beside == judged else evidence + meanings),
            *stated.evidence,
        ),
        facts=stated.facts,
        suggestions=suggest_codes(context, lookup),
        notices=tuple(notices),
        records=views(context, lookup.statements),
        contacts=contacts_for(context, lookup.statements),
    )
