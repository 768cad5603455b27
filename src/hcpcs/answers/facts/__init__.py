"""Answers from companion files: one module per subject, and the table of the subjects that they answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence
from hcpcs.answers.facts.amounts.amount_answer import answer_amounts, answer_cost_sharing, answer_rentals
from hcpcs.answers.facts.amounts.ceiling_answer import answer_ceilings
from hcpcs.answers.facts.amounts.hospital_answer import answer_hospital
from hcpcs.answers.facts.authorization_answer import answer_authorizations
from hcpcs.answers.facts.contractor_answer import answer_contractor
from hcpcs.answers.facts.face_to_face_answer import answer_documentation
from hcpcs.answers.facts.fact_answer import FactAnswer, fact_evidence
from hcpcs.answers.facts.pair_answer import answer_pairs
from hcpcs.answers.facts.policy_answer import answer_policies
from hcpcs.answers.facts.product_answer import answer_products, answer_verification
from hcpcs.answers.facts.trait_answer import TRAITS, answer_trait
from hcpcs.answers.facts.unit_limit_answer import answer_limits
from hcpcs.answers.notices.payers import asks_other_payer_alone
from hcpcs.answers.rendering.sentences import in_sentence, join_words
from hcpcs.companions.edition import Edition, EditionKind, FactSubject
from hcpcs.companions.edition_kinds import edition_kinds, has_newer
from hcpcs.questions.subject import Subject
from hcpcs.records.field_spec import long_date
from hcpcs.records.record import RecordKind, Statement

AnswerFromFacts = Callable[[AnswerContext, Sequence[Statement]], FactAnswer]
"""Answers a subject for the statements of a question; empty where no edition of it is loaded."""

FACT_ANSWERS: Final[Mapping[Subject, AnswerFromFacts]] = MappingProxyType(
    {
        Subject.AMOUNT: answer_amounts,
        Subject.DRUG_PRICE: answer_amounts,
        Subject.COST_SHARING: answer_cost_sharing,
        Subject.RENTAL: answer_rentals,
        Subject.CEILING: answer_ceilings,
        Subject.LIMIT: answer_limits,
        Subject.PRIOR_AUTHORIZATION: answer_authorizations,
        Subject.DOCUMENTATION: answer_documentation,
        Subject.BILLED_TOGETHER: answer_pairs,
        Subject.APC: answer_hospital,
        Subject.NDC: answer_products,
        Subject.PRODUCT_VERIFICATION: answer_verification,
        Subject.POLICY: answer_policies,
    }
)
"""The subjects that companion files answer."""
_OF_MODIFIERS: Final = (answer_amounts, answer_cost_sharing, answer_rentals)
"""The answers that depend on modifiers which are asked about beside codes."""
_OF_THIS_PROGRAM: Final = (answer_amounts, answer_documentation, answer_limits, answer_policies)
"""The answers that the record or a table of this program gives where nothing is loaded."""
CODES_ANSWERED: Final = 8
"""Maximum codes for which an answer is looked up."""


def answer_from_facts(context: AnswerContext, subject: Subject, statements: Sequence[Statement]) -> FactAnswer:
    """What companion files say about a subject; empty where they say nothing.

    Where only another payer is asked about, what is answered is Medicare's coverage policy and nothing else.
    """
    every = [one for one in statements if one.record.kind is RecordKind.PROCEDURE]
    procedures, left_out = every[:CODES_ANSWERED], every[CODES_ANSWERED:]
    if subject is Subject.CONTRACTOR:
        return answer_contractor(context, procedures)
    if subject in TRAITS:
        return answer_trait(TRAITS[subject], procedures)
    answer = FACT_ANSWERS.get(subject)
    only_the_other = asks_other_payer_alone(context.question)
    if answer is None or (only_the_other and answer is not answer_policies):
        return FactAnswer()
    if not context.companions.editions and answer not in _OF_THIS_PROGRAM:
        return FactAnswer()
    modifiers = [one for one in statements if one.record.kind is RecordKind.MODIFIER]
    stated = answer(context, [*procedures, *modifiers] if answer in _OF_MODIFIERS else procedures)
    if stated.headline and left_out:
        codes = join_words([one.record.code for one in left_out])
        text = f"Only the first {CODES_ANSWERED} codes are answered: ask for {codes} separately."
        stated = stated._replace(evidence=(*stated.evidence, fact_evidence(text, "")))
    return stated._replace(
        headline=_dated(context, stated), evidence=(*_first_of_period(context, stated), *stated.evidence)
    )


def _first_of_period(context: AnswerContext, stated: FactAnswer) -> Iterator[Evidence]:
    """Which edition answers for a period that began before it."""
    labels = {fact.edition for fact in stated.facts}
    for edition in context.companions.editions:
        if edition.label in labels and edition.from_day is not None and _begins_later(context, edition):
            asked = context.question.day_written or long_date(context.day)
            text = f"For {asked}, the earliest edition loaded is {edition.from_day:%B %Y}."
            yield fact_evidence(text, "", label=edition_kinds()[edition.kind].name)


def _begins_later(context: AnswerContext, edition: Edition) -> bool:
    """Whether an edition begins within the period asked about, after its first day."""
    first, last = context.question.day, context.question.last_day
    return first is not None and last is not None and edition.from_day is not None and first < edition.from_day <= last


def _dated(context: AnswerContext, stated: FactAnswer) -> str:
    """The headline, with the month of its editions where CMS has published newer ones by the day asked about."""
    # The hospital's rate and another amount are never both in a headline: the first fact is the one in it.
    amounts = [fact for fact in stated.facts if fact.subject is FactSubject.AMOUNT]
    of_hospital = bool(amounts) and amounts[0].kind is EditionKind.OPPS
    named = [fact for fact in stated.facts if (fact.kind is EditionKind.OPPS) is of_hospital] or stated.facts
    labels = {fact.edition for fact in named}
    months = dict.fromkeys(
        f"{edition.from_day:%B %Y}"
        for edition in context.companions.editions
        if edition.label in labels and edition.from_day is not None
        if has_newer(edition, context.day) or _begins_later(context, edition)
    )
    unsaid = [month for month in months if month not in stated.headline]
    return f"{in_sentence(stated.headline)} ({join_words(unsaid)})." if unsaid else stated.headline
