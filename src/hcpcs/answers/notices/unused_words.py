"""The words and codes of a question that its answer does not consider, so that nothing is dropped silently."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final

from hcpcs.answers.answer import Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Notice, NoticeKind
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.questions.question import CODES_LIMIT, AskedDetail
from hcpcs.records.codes import CodeSystem
from hcpcs.records.modifiers.ambulance_points import transport_of

CODE_RULE: Final = "a code"
"""The rule of questions that name a code and ask for nothing that another rule knows."""
HITS_READ: Final = 10
"""Maximum hits that are compared with the codes of an answer."""
_WORD: Final = re.compile(r"[a-z]+")
NAMES_COMPARED: Final = 2
"""Names of a drug that a question compares."""
SHARED_LETTERS: Final = 5
"""Letters from which a word and a word of a description that begin alike are the same ("infusion", "infused")."""


def with_unused(context: AnswerContext, draft: Draft) -> Draft:
    """``draft`` with a notice of the codes and one of the words that it does not consider."""
    left_out = context.question.codes_left_out
    if not left_out:
        return _with_unused_words(context, draft)
    text = f"Only the first {CODES_LIMIT} codes are answered; {left_out} more left out. Ask for them separately."
    notice = Notice(kind=NoticeKind.SELECTION, text=text)
    return draft.model_copy(update={"notices": (notice, *draft.notices)})


def _with_unused_words(context: AnswerContext, draft: Draft) -> Draft:
    """``draft`` with a notice of the words that it does not consider.

    A word that names what a code of the answer stands for ("Kyleena" beside J7296) is considered.
    """
    if draft.outcome is not Outcome.ANSWERED or not draft.codes or not context.question.unused:
        return draft
    described = {
        word[:SHARED_LETTERS]
        for record in draft.records
        for word in _WORD.findall(f"{record.value('long_description')} {record.value('short_description')}".lower())
    }
    letters = (one for mention in context.question.codes for one in (*mention.modifiers, mention.code))
    # "SH, scene to hospital": the words are those of the pair.
    points = " ".join(f"{trip.origin} {trip.destination}" for one in letters if (trip := transport_of(one)))
    described |= {word[:SHARED_LETTERS] for word in _WORD.findall(points)}
    unused = tuple(
        word
        for word in context.question.unused
        if word.lower()[:SHARED_LETTERS] not in described and not _names_a_code(context, draft.codes, word)
    )
    if names := _same_code(context, draft, described):
        quoted = join_words([name[:1].upper() + name[1:] for name in names])
        return _led(draft, f"Yes. {quoted} are both {draft.codes[0]}.")
    if not unused:
        return draft
    if _asks_more_than_the_card(context):
        quoted = join_words([f'"{word}"' for word in unused], "or")
        sentence = f"The record of {draft.codes[0]} doesn't mention {quoted}."
        return _led(draft, sentence).model_copy(update={"unused": unused})
    notice = Notice(kind=NoticeKind.UNUSED, text=f"Not considered: {', '.join(unused)}.")
    return draft.model_copy(update={"unused": unused, "notices": (*draft.notices, notice)})


def _led(draft: Draft, sentence: str) -> Draft:
    """``draft`` with a sentence before its headline and its lead."""
    lead, headline = f"{sentence} {draft.lead}".rstrip(), f"{sentence} {draft.headline}"
    return draft.model_copy(update={"headline": headline, "lead": lead})


def _same_code(context: AnswerContext, draft: Draft, described: Set[str]) -> tuple[str, ...]:
    """Two names that a question asks to be one code, where both are names of it: "J0897 prolia vs xgeva same code?"."""
    question = context.question
    if question.rule != CODE_RULE or len(question.codes) != 1 or AskedDetail.SAME_CODE not in question.details:
        return ()
    names = tuple(
        word
        for word in question.unused
        if word.lower()[:SHARED_LETTERS] not in described and _names_a_code(context, draft.codes[:1], word)
    )
    return names if len(names) == NAMES_COMPARED else ()


def _asks_more_than_the_card(context: AnswerContext) -> bool:
    """Whether a question got the card of one code for want of a rule: "A0425 loaded miles only?"."""
    question = context.question
    procedure = len(question.codes) == 1 and question.codes[0].system is CodeSystem.HCPCS
    return question.rule == CODE_RULE and procedure and AskedDetail.OPEN in question.details


def _names_a_code(context: AnswerContext, codes: tuple[str, ...], word: str) -> bool:
    """Whether a search for ``word`` finds a code of the answer, as a brand name finds its drug."""
    return any(hit.code in codes for hit in context.index.search(word, limit=HITS_READ).hits)
