"""The words and codes of a question that its answer does not consider, so that nothing is dropped silently."""

from __future__ import annotations

import re
from typing import Final

from hcpcs.answers.answer import Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Notice, NoticeKind
from hcpcs.questions.question import CODES_LIMIT

HITS_READ: Final = 10
"""Maximum hits that are compared with the codes of an answer."""
_WORD: Final = re.compile(r"[a-z]+")
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
    unused = tuple(
        word
        for word in context.question.unused
        if word.lower()[:SHARED_LETTERS] not in described and not _names_a_code(context, draft.codes, word)
    )
    if not unused:
        return draft
    notice = Notice(kind=NoticeKind.UNUSED, text=f"Not considered: {', '.join(unused)}.")
    return draft.model_copy(update={"unused": unused, "notices": (*draft.notices, notice)})


def _names_a_code(context: AnswerContext, codes: tuple[str, ...], word: str) -> bool:
    """Whether a search for ``word`` finds a code of the answer, as a brand name finds its drug."""
    return any(hit.code in codes for hit in context.index.search(word, limit=HITS_READ).hits)
