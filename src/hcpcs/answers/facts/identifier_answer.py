"""Questions about an identifier that is not a code: a drug product by its NDC, a ZIP code by whether it is rural."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.facts.amounts.asked_area import answer_zip
from hcpcs.answers.facts.fact_answer import FactAnswer
from hcpcs.answers.facts.product_answer import answer_ndc
from hcpcs.answers.lookup import views
from hcpcs.companions.edition import EditionKind
from hcpcs.companions.edition_kinds import edition_kinds
from hcpcs.questions.question import Intent
from hcpcs.questions.subject import Subject
from hcpcs.records.codes import CodeSystem

_ZIP_WORDS: Final = frozenset({"zip", "code"})
_ASKS_FOR_A_CODE: Final = frozenset({Intent.CARD, Intent.REFERRAL, Intent.UNITS})


def answer_identifier(context: AnswerContext) -> tuple[Subject, Draft] | None:
    """The subject and answer of a question about an NDC or a ZIP code.

    ``None`` for any other question, and for an NDC where no crosswalk is loaded.
    """
    question = context.question
    if question.zip_code is not None and not question.codes and _asks_about_a_zip(context):
        return Subject.AMOUNT, _zip_draft(context, question.zip_code)
    if question.product_number is not None:
        answer = answer_ndc(context, question.product_number)
        return (Subject.NDC, _product_draft(context, answer)) if answer.facts else None
    products = [mention for mention in question.codes if mention.system is CodeSystem.NDC]
    if len(products) == 1 == len(question.codes) and question.intent in _ASKS_FOR_A_CODE:
        answer = answer_ndc(context, products[0].code)
        return (Subject.NDC, _product_draft(context, answer)) if answer.headline else None
    return None


def _asks_about_a_zip(context: AnswerContext) -> bool:
    """Whether a ZIP code is all that is asked about, or whether it is rural."""
    question = context.question
    if question.rural is not None:
        return True
    return question.intent is Intent.SEARCH and _ZIP_WORDS.issuperset(question.words.lower().split())


def _zip_draft(context: AnswerContext, zip_code: str) -> Draft:
    answer = answer_zip(context, zip_code)
    if answer.headline:
        return Draft(headline=answer.headline, evidence=answer.evidence, facts=answer.facts)
    spec = edition_kinds()[EditionKind.RURAL_ZIP]
    look = Evidence(
        kind=EvidenceKind.WHERE_TO_LOOK, text=f"{spec.name}: {spec.source}", label="Where to look", link=spec.source
    )
    head = f"The data loaded here doesn't say whether ZIP code {zip_code} is rural."
    return Draft(outcome=Outcome.NOT_FOUND, headline=head, evidence=(look,))


def _product_draft(context: AnswerContext, answer: FactAnswer) -> Draft:
    codes = tuple(dict.fromkeys(fact.code for fact in answer.facts))
    statements = tuple(statement for code in codes if (statement := context.state(code)) is not None)
    return Draft(
        outcome=Outcome.ANSWERED if answer.facts else Outcome.NOT_FOUND,
        codes=codes or tuple(mention.code for mention in context.question.codes),
        headline=answer.headline,
        evidence=answer.evidence,
        facts=answer.facts,
        records=views(context, statements),
    )
