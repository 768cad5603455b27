"""The words and codes of a question that its answer does not consider, so that nothing is dropped silently."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from hcpcs.answers.answer import Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.dose import amount_text, number_of, of_role
from hcpcs.answers.evidence import Notice, NoticeKind
from hcpcs.answers.rendering.sentences import capitalized, join_words
from hcpcs.questions.question import CODES_LIMIT, UNUSED_LIMIT, AskedDetail, Intent, QuantityRole, Question
from hcpcs.questions.words.common_words import common_words
from hcpcs.questions.words.function_words import function_words
from hcpcs.records.billing.counted_units import DAYS_OF
from hcpcs.records.codes import CodeSystem
from hcpcs.records.modifiers.ambulance_points import transport_of
from hcpcs.records.terms.described_traits import kinds_named

CODE_RULE: Final = "a code"
"""The rule of questions that name a code and ask for nothing that another rule knows."""
_ANSWERED: Final = ("Yes", "No, ", "No. ", "The record prices ", "By its section, ")
"""How a headline begins that answers the question, so that no reason comes before it."""
_OF_AMOUNTS: Final = frozenset({Intent.UNITS, Intent.SEARCH, Intent.BROWSE, Intent.CHANGES})
"""Intents whose answers read the amounts of a question, or search for them."""
_NO_AMOUNTS: Final = frozenset({*DAYS_OF, "item", "case"})
"""Units of a time, which is said of many things ("14 months old"), and of what a number alone counts."""
_WORD: Final = re.compile(r"[a-z]+")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_SEARCHED: Final = re.compile(r"(?<![\w.'-])[^\W\d_]{3,}(?:-[^\W\d_]+)*(?![\w'-]|\.\w)")
"""A word of what is searched for, of three letters or more; "solu-medrol" is one."""
NAMES_COMPARED: Final = 2
"""Names of a drug that a question compares."""
PAIRS_TRIED: Final = 6
"""Maximum pairs of words that are looked up as one name."""
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
    words = _words_asked(context.question)
    if kinds_named(context.question.trait) and draft.headline.startswith(_ANSWERED):  # "is A4230 a drug or a supply"
        words = tuple(word for word in words if word.lower() not in context.question.trait.split())
    if draft.outcome is not Outcome.ANSWERED or not words or _is_of_a_family(context, draft):
        return _not_plainly(context, draft)
    described = _described(context, draft)
    left = [word for word in words if not _is_described(word, described)]
    left = [word for word in left if word[0].isdigit() or not _names_a_code(context, draft.codes, word)]
    unused = _without_pairs(context, draft.codes, left)
    if names := _same_code(context, draft, described):
        quoted = join_words([*map(capitalized, names)])
        return _led(draft, f"Yes. {quoted} are both {draft.codes[0]}.")
    if not unused:
        return _not_plainly(context, draft)
    if _asks_more_than_the_card(context) and not draft.headline.startswith(_ANSWERED):
        quoted = join_words([f'"{word}"' for word in unused], "or")
        sentence = f"The record of {draft.codes[0]} doesn't mention {quoted}."
        return _led(draft, sentence).model_copy(update={"unused": unused})
    return draft.model_copy(update={"unused": unused, "notices": (*draft.notices, _not_considered(unused))})


def with_unused_amounts(context: AnswerContext, draft: Draft) -> Draft:
    """``draft`` with a notice of the doses in the question that it does not consider."""
    amounts = _amounts_left_out(context, draft)
    return with_more_unused(draft, amounts) if draft.outcome is Outcome.ANSWERED else draft


def with_more_unused(draft: Draft, words: Sequence[str]) -> Draft:
    """``draft`` with further words that it does not consider, in one notice with those that it names already."""
    if not words:
        return draft
    others = tuple(one for one in draft.notices if one != _not_considered(draft.unused))
    unused = (*draft.unused, *words)
    return draft.model_copy(update={"unused": unused, "notices": (*others, _not_considered(unused))})


def _not_considered(unused: tuple[str, ...]) -> Notice:
    """The notice of what an answer does not consider."""
    return Notice(kind=NoticeKind.UNUSED, text=f"Not considered: {', '.join(unused)}.")


def _amounts_left_out(context: AnswerContext, draft: Draft) -> tuple[str, ...]:
    """The doses beside codes whose number neither the answer nor a description of its codes has: "12 miles"."""
    question = context.question
    if not question.codes or question.intent in _OF_AMOUNTS:
        return ()
    states = (context.state(code) for code in draft.codes)
    texts = [state.record.long_description for state in states if state is not None]
    texts += [draft.headline, *(fact.text for fact in draft.evidence), *(fact.text for fact in draft.notices)]
    stated = set(_NUMBER.findall(" ".join(texts)))
    doses = [*of_role(question.quantities, QuantityRole.DOSE), *of_role(question.quantities, QuantityRole.FURTHER)]
    measured = (one for one in doses if one.unit and one.unit not in _NO_AMOUNTS)
    left = (amount_text(number_of(one), one.unit) for one in measured if f"{one.amount:g}" not in stated)
    return tuple(dict.fromkeys(left))


def _is_of_a_family(context: AnswerContext, draft: Draft) -> bool:
    """Whether words lead to a code that they don't describe: the NOC code of a kind, the code of a past day."""
    of_a_day = context.question.intent is Intent.SEARCH and not draft.hits
    return bool(draft.codes) and (of_a_day or draft.codes[0] in context.question.noc_codes)


def _is_described(word: str, described: str) -> bool:
    """Whether a word of a description begins as ``word`` does, or contains it ("hemodialysis" for "dialysis")."""
    lower = word.lower()
    if len(word) < SHARED_LETTERS:
        return f" {lower} " in described
    return f" {lower[:SHARED_LETTERS]}" in described or lower in described


def _without_pairs(context: AnswerContext, codes: tuple[str, ...], words: list[str]) -> tuple[str, ...]:
    """``words`` without those that name a code of the answer with the next: "depo medrol", "Jevity 1.5"."""
    left, written = set(words), context.question.words.split()
    pairs = [(one, other) for one, other in pairwise(written) if one in left and (other in left or not other.isalpha())]
    pairs = [*dict.fromkeys(pairs)][:PAIRS_TRIED]
    named = {word for pair in pairs if _names_a_code(context, codes, " ".join(pair)) for word in pair}
    return tuple(word for word in words if word not in named)


def _words_asked(question: Question) -> tuple[str, ...]:
    """The words that an answer may leave out: those that nothing explains, and those that were searched for."""
    if question.unused or not question.words:
        everyday = frozenset() if question.codes else common_words("verbs", "others")
        return tuple(word for word in question.unused if word.lower() not in everyday)
    words = function_words()
    left_out = words.unnamed | words.scaffolding
    kept = (word for word in _SEARCHED.findall(question.words) if word.lower() not in left_out)
    return tuple(dict.fromkeys(kept))[:UNUSED_LIMIT]


def _described(context: AnswerContext, draft: Draft) -> str:
    """The words that the descriptions of the answer's codes have, or found its hits by; without codes the answer's."""
    texts = [f"{one.value('long_description')} {one.value('short_description')}" for one in draft.records]
    texts += [f"{hit.long_description} {hit.short_description}" for hit in draft.hits]
    texts += [why.word for hit in draft.hits for why in hit.why]
    texts += [repair.written for repair in draft.repairs]
    texts += [draft.headline, *(fact.text for fact in draft.evidence if not draft.codes)]
    letters = (one for mention in context.question.codes for one in (*mention.modifiers, mention.code))
    # "SH, scene to hospital": the words are those of the pair.
    texts += [f"{trip.origin} {trip.destination}" for one in letters if (trip := transport_of(one))]
    return " ".join(["", *(word for text in texts for word in _WORD.findall(text.lower())), ""])


def _led(draft: Draft, sentence: str) -> Draft:
    """``draft`` with a sentence before its headline and its lead."""
    lead, headline = f"{sentence} {draft.lead}".rstrip(), f"{sentence} {draft.headline}"
    return draft.model_copy(update={"headline": headline, "lead": lead})


def _same_code(context: AnswerContext, draft: Draft, described: str) -> tuple[str, ...]:
    """Two names that a question asks to be one code, where both are names of it: "J0897 prolia vs xgeva same code?"."""
    question = context.question
    if question.rule != CODE_RULE or len(question.codes) != 1 or AskedDetail.SAME_CODE not in question.details:
        return ()
    names = tuple(
        word
        for word in question.unused
        if not _is_described(word, described) and _names_a_code(context, draft.codes[:1], word)
    )
    return names if len(names) == NAMES_COMPARED else ()


def _asks_more_than_the_card(context: AnswerContext) -> bool:
    """Whether a question got the card of one code for want of a rule: "A0425 loaded miles only?"."""
    question = context.question
    procedure = len(question.codes) == 1 and question.codes[0].system is CodeSystem.HCPCS
    asks = not question.details.isdisjoint({AskedDetail.OPEN, AskedDetail.YES_NO})
    return question.rule == CODE_RULE and procedure and asks


def _not_plainly(context: AnswerContext, draft: Draft) -> Draft:
    """``draft`` behind the reason why a yes/no question on the description of its code gets neither."""
    answered = draft.headline.startswith(_ANSWERED)
    modifiers = any(mention.modifiers for mention in context.question.codes)
    if draft.outcome is not Outcome.ANSWERED or answered or modifiers or not context.question.trait:
        return draft
    # "is J3301 Kenalog": the words are a name of the code, and the description that follows answers.
    named = _names_a_code(context, draft.codes[:1], context.question.trait.removeprefix("with "))
    if named or not _asks_more_than_the_card(context):
        return draft
    return _led(draft, f"The HCPCS record of {draft.codes[0]} doesn't say, beyond the description.")


def _names_a_code(context: AnswerContext, codes: tuple[str, ...], word: str) -> bool:
    """Whether ``word`` leads to a code of the answer, as a brand name leads to its drug."""
    return bool(codes) and context.index.finds(word, codes)
