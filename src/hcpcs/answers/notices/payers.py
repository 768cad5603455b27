"""The sentence for a question about another payer than Medicare: that payer decides, and the record is Medicare's."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.rendering.sentences import capitalized, join_words
from hcpcs.questions.payers import ADVANTAGE_PART, ANY_INSURER, MEDICAID, MEDICARE_ADVANTAGE, MEDIGAP
from hcpcs.questions.question import Intent, Question
from hcpcs.questions.subject import Subject, SubjectBeyondRecord, subjects_beyond_record
from hcpcs.records.billing.areas import area_name
from hcpcs.records.codes import CodeSystem

_PLURAL: Final = {
    "charity care": "Charity care programs set their own {aspect}",
    ANY_INSURER: "Private insurers set their own {aspect}",
    "workers' compensation": "Workers' compensation programs set their own {aspect}",
    MEDICARE_ADVANTAGE: "Medicare Advantage plans must cover what Medicare covers; each sets its own further {aspect}",
    # Source: Medicare.gov, what Medigap policies cover, and how Medicare works with other insurance.
    MEDIGAP: "Medigap plans pay only toward what Medicare covers, and add no {aspect} of their own",
    "Part D": "Part D drug plans set their own formularies and {aspect}",
    "AARP": "AARP's plans are UnitedHealthcare's: a Medigap plan pays only toward what Medicare covers, and a Medicare "
    "Advantage plan must cover what Medicare covers and sets its own further {aspect}",
    # Source: 42 CFR 460.92 and 460.94, the services of a PACE organization.
    "the PACE program": "PACE organizations pay for all of a participant's care, and set their own {aspect}",
    "TRICARE for Life": "TRICARE for Life pays after Medicare, and sets its own {aspect}",
}
"""Payers that are many, or that Medicare decides for, each with the opening of its sentence."""
_OF_PLANS: Final = "'s Medicare Advantage plans must cover what Medicare covers; each sets its own further {aspect}"
"""How the sentence on one insurer's Medicare Advantage plans goes on where coverage is asked about."""
_PLANS_SET: Final = "Medicare Advantage plans set their own {aspect}"
"""What is said of Medicare Advantage plans where their rates or rules are asked about."""
BESIDE_MEDICARE: Final = {
    "the VA": "Medicare and the VA don't pay for the same item: what the VA authorized is billed to the VA.",
}
"""What else is said of a payer where Medicare is asked about as well. Source: Medicare.gov, who pays first."""
CODES_NAMED: Final = 4
"""Maximum codes that the sentence names."""
_PUBLISHED_BY: Final = {
    "charity care": "the hospital",
    ANY_INSURER: "the insurer",
    "workers' compensation": "the program",
    MEDICARE_ADVANTAGE: "the plan",
    MEDIGAP: "the plan",
    "Part D": "the plan",
    "AARP": "UnitedHealthcare",
    "the PACE program": "the PACE organization",
    "a health care sharing ministry": "the ministry",
}
"""Who publishes the rules of payers that are many."""


def payer_sentence(context: AnswerContext) -> str:
    """``Texas Medicaid sets its own coverage for T1019.``; blank where no other payer is asked about."""
    if context.question.payer is None:
        return ""
    payer = _with_area(context, context.question.payer)
    named_payer = capitalized(payer)
    of_plans = context.question.part == ADVANTAGE_PART and MEDICAID not in payer
    alone = f"{named_payer}{_OF_PLANS}" if of_plans else f"{named_payer} sets its own {{aspect}}"
    brand = f"{named_payer} must cover what Medicare covers; each plan sets its own further {{aspect}}"
    named, aspect = _named(context.question), _aspect(context.question)
    is_brand = payer.endswith(f" {MEDICARE_ADVANTAGE}") and "coverage" in aspect
    opening = brand if is_brand else _PLURAL.get(payer, alone)
    if "coverage" not in aspect and (of_plans or payer == MEDICARE_ADVANTAGE):
        opening = _PLANS_SET if payer == MEDICARE_ADVANTAGE else f"{named_payer}'s {_PLANS_SET}"
    sentence = opening.format(aspect=aspect)
    where = _where(context.question, payer)
    first = f"{sentence} for {named}{where}." if named else f"{sentence}{where}."
    beside = BESIDE_MEDICARE.get(payer, "") if context.question.names_medicare else ""
    return f"{beside} {first}".lstrip()


def with_payer(context: AnswerContext, medicare: str) -> str:
    """What Medicare covers with the sentence on the other payer, which is first unless Medicare is asked about, too."""
    sentences = (payer_sentence(context), medicare)
    leads = context.question.names_medicare and context.question.payer not in BESIDE_MEDICARE
    return " ".join(filter(None, reversed(sentences) if leads else sentences))


def asks_other_payer_alone(question: Question) -> bool:
    """Whether another payer is asked about and Medicare isn't."""
    return question.payer is not None and not question.names_medicare


def where_payers_publish(context: AnswerContext) -> tuple[Evidence, ...]:
    """Where another payer that a question names publishes its rules; nothing where Medicare alone is asked about."""
    payer = context.question.payer
    if payer is None or context.question.names_medicare:
        return ()
    name = _PUBLISHED_BY.get(payer, _with_area(context, payer))
    text = f"The provider manual, policies or portal of {name}."
    return (Evidence(kind=EvidenceKind.WHERE_TO_LOOK, text=text, label="Where to look"),)


def where_to_look(context: AnswerContext, entry: SubjectBeyondRecord) -> tuple[Evidence, ...]:
    """Where a subject is published: by another payer that is asked about, then for Medicare or all."""
    text = f"{capitalized(entry.source)}: {entry.link}"
    of_payer = () if entry.of_every_payer else where_payers_publish(context)
    label = "See also" if of_payer else "Where to look"
    return (*of_payer, Evidence(kind=EvidenceKind.WHERE_TO_LOOK, text=text, label=label, link=entry.link))


def _with_area(context: AnswerContext, payer: str) -> str:
    """The name of a payer, with the state of Medicaid."""
    area = context.question.area
    if area is None or not (payer == MEDICAID or payer.endswith(f"({MEDICAID})")):
        return payer
    return payer.replace(MEDICAID, f"{area_name(area)} {MEDICAID}")


def _where(question: Question, payer: str) -> str:
    """`` in Texas``, where a question names states and the name of the payer doesn't say the first."""
    states = [area_name(area) for area in (question.area, *question.other_areas) if area is not None]
    return f" in {join_words(states)}" if states and states[0] not in payer else ""


def _named(question: Question) -> str:
    """What the payer decides on: codes, a family or modifiers."""
    if question.prefix:
        return f"{question.prefix} codes"
    named = join_words([mention.code for mention in question.codes][:CODES_NAMED])
    if not _names_modifiers(question):
        return named
    return f"modifier {named}" if len(question.codes) == 1 else f"modifiers {named}"


def _aspect(question: Question) -> str:
    """What the payer sets: its rates, its coverage, or the rules of another subject."""
    if question.intent is Intent.UNITS:
        return "rounding and daily limits"
    if question.subject is Subject.AMOUNT:
        return "rates"
    if question.subject is Subject.COVERAGE and Subject.AMOUNT in question.out_of_scope:
        return "coverage and rates"
    return "rules" if _names_modifiers(question) or question.subject in subjects_beyond_record() else "coverage"


def _names_modifiers(question: Question) -> bool:
    """Whether the question names modifiers and no code."""
    return bool(question.codes) and all(mention.system is CodeSystem.MODIFIER for mention in question.codes)
