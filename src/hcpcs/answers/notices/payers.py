"""What is said where another payer than Medicare is asked about: it decides, and the record is Medicare's."""

from __future__ import annotations

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.sentences import listed
from hcpcs.questions.payers import ANY_INSURER, MEDICARE_ADVANTAGE
from hcpcs.questions.subject import Subject

_PLURAL = {
    ANY_INSURER: "Private insurers set their own coverage",
    "workers' compensation": "Workers' compensation programs set their own coverage",
    MEDICARE_ADVANTAGE: "Medicare Advantage plans must cover what Medicare covers; each sets its own further coverage",
}
"""Payers that are many, each with the opening of its sentence."""
CODES_NAMED = 4
"""Maximum codes that the sentence names."""


def payer_sentence(context: AnswerContext) -> str:
    """``Texas Medicaid sets its own coverage for T1019.``; blank where no other payer is asked about."""
    payer = context.question.payer
    if payer is None:
        return ""
    opening = _PLURAL.get(payer)
    if opening is None:
        aspect = "rates" if context.question.subject is Subject.AMOUNT else "coverage"
        opening = f"{payer[0].upper()}{payer[1:]} sets its own {aspect}"
    names = context.question.prefix or listed([mention.code for mention in context.question.codes][:CODES_NAMED])
    return f"{opening} for {names}." if names else f"{opening}."
