"""What companion files add to a code's card and coverage: a line each for amount, limit, authorization and policy.

Each line names its edition. The last one says what isn't loaded, where anything is loaded at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.facts.amounts.amount_answer import answer_amounts
from hcpcs.answers.facts.amounts.hospital_answer import answer_hospital, hospital_rate
from hcpcs.answers.facts.authorization_answer import answer_authorizations
from hcpcs.answers.facts.face_to_face_answer import on_the_list
from hcpcs.answers.facts.fact_answer import FactAnswer, fact_evidence, names_of
from hcpcs.answers.facts.policy_answer import answer_policies
from hcpcs.answers.facts.unit_limit_answer import answer_unit_limits
from hcpcs.answers.rendering.sentences import in_sentence, join_words
from hcpcs.companions.edition import EditionKind
from hcpcs.companions.edition_kinds import edition_kinds, has_newer
from hcpcs.records.billing.billing_settings import BillingSetting
from hcpcs.records.manuals.dme_policies import policies_of
from hcpcs.records.record import Statement

POLICY: Final = "Policy"
"""The label of the line that names the coverage policies of a code."""
_LINES: Final[tuple[tuple[str, Callable[[AnswerContext, Sequence[Statement]], FactAnswer]], ...]] = (
    ("Amount", answer_amounts),
    ("Units", answer_unit_limits),
    ("Prior authorization", answer_authorizations),
    (POLICY, answer_policies),
)
"""The lines in order, each with its label and the answer whose first sentence it is."""
_WANTED: Final = (
    (EditionKind.DMEPOS,),
    (EditionKind.ASP,),
    (EditionKind.MUE_PRACTITIONER,),
    (EditionKind.MUE_OUTPATIENT_HOSPITAL,),
    (EditionKind.MUE_DME,),
    (EditionKind.PRIOR_AUTHORIZATION,),
    (EditionKind.LCD_CODES, EditionKind.ARTICLE_CODES),
)
"""The kinds of files that the lines are drawn from; of several in one entry, one is enough."""


def coverage_facts(context: AnswerContext, statement: Statement) -> FactAnswer:
    """The lines on one code, what isn't loaded, and their facts; empty where no companion file is loaded."""
    if not context.companions.editions:
        return FactAnswer()
    answers = _answers(context, statement)
    if policies_of(statement.record.code):
        # What the verdict depends on names the policy already; a line of its own is for what a file lists.
        answers = [(label, one) for label, one in answers if label != POLICY or _is_listed(one)]
    stated = _lines(context, statement, answers)
    loaded = {edition.kind for edition in context.companions.editions}
    missing = [edition_kinds()[kinds[0]].name for kinds in _WANTED if loaded.isdisjoint(kinds)]
    if not missing:
        return stated
    not_loaded = fact_evidence(f"{join_words(missing)}.", "", label="Not loaded")
    return stated._replace(evidence=(*stated.evidence, not_loaded))


def facts_beside_the_record(context: AnswerContext, statement: Statement) -> FactAnswer:
    """The lines that state something of one code, without those that say that a list doesn't have it."""
    if not context.companions.editions:
        return FactAnswer()
    answers = [(label, one) for label, one in _answers(context, statement) if one.facts]
    policies = policies_of(statement.record.code)
    if policies and not any(map(_is_listed, dict(answers).values())):
        # A card is one phone screen: of the policies that the table names, their numbers are enough.
        numbers = join_words([f"LCD {policy.lcd} ({policy.article})" for policy in policies])
        answers = [(label, one) for label, one in answers if label != POLICY]
        answers.append((POLICY, FactAnswer(f"{numbers}.")))
    return _lines(context, statement, answers)


def _answers(context: AnswerContext, statement: Statement) -> list[tuple[str, FactAnswer]]:
    answers = [(label, _without_hospital(answer(context, [statement]))) for label, answer in _LINES]
    if context.question.setting is BillingSetting.OUTPATIENT_HOSPITAL:
        # The amount in a hospital is the OPPS rate, which the line of its status says.
        answers = [("Outpatient hospital", _hospital(context, statement)), *answers[1:]]
    return [*answers, ("Face-to-face", on_the_list(context, statement.record.code))]


def _lines(context: AnswerContext, statement: Statement, answers: Sequence[tuple[str, FactAnswer]]) -> FactAnswer:
    evidence = tuple(
        fact_evidence(_with_editions(context, stated), statement.record.code, label=label)
        for label, stated in answers
        if stated.headline
    )
    return FactAnswer("", evidence, tuple(fact for _, stated in answers for fact in stated.facts))


def _is_listed(stated: FactAnswer) -> bool:
    """Whether a file that lists codes of policies is what an answer is drawn from."""
    return any(fact.kind in {EditionKind.LCD_CODES, EditionKind.ARTICLE_CODES} for fact in stated.facts)


def _hospital(context: AnswerContext, statement: Statement) -> FactAnswer:
    """The status indicator of a code, and its rate."""
    stated = answer_hospital(context, [statement])
    rates = " ".join(filter(None, map(hospital_rate, stated.facts)))
    return stated._replace(headline=" ".join(filter(None, (stated.headline, rates))))


def _without_hospital(stated: FactAnswer) -> FactAnswer:
    """An answer without the hospital's rate, which its first sentence doesn't name."""
    facts = tuple(fact for fact in stated.facts if fact.kind is not EditionKind.OPPS)
    return stated._replace(facts=facts)


def _with_editions(context: AnswerContext, stated: FactAnswer) -> str:
    """The first sentence with its editions: ``... a month (DMEPOS fee schedule January 2026, outdated).``"""
    labels = {fact.edition for fact in stated.facts}
    editions = [edition for edition in context.companions.editions if edition.label in labels]
    if not editions:
        return stated.headline
    outdated = ", outdated" if any(has_newer(edition, context.day) for edition in editions) else ""
    return f"{in_sentence(stated.headline)} ({join_words(names_of(editions))}{outdated})."
