"""Which codes are in a range or family? A list in code order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from hcpcs.answers.answer import Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.intents.define import coverage_of
from hcpcs.answers.lookup import hit_of
from hcpcs.answers.notices.payers import with_payer
from hcpcs.answers.notices.refusals import starter_notice
from hcpcs.answers.parts.noc_answers import answer_noc_family, answer_noc_list
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.questions.question import CODES_LIMIT, SUBJECT_OF_INTENT, AskedDetail, Intent, Question
from hcpcs.records.codes import CodeMention, CodeSystem
from hcpcs.records.terms.vocabularies import COVERED, NOT_COVERED
from hcpcs.search_port import Confidence

NAMED_LIMIT: Final = 10
"""Maximum codes of a range that are answered as if each were named."""
NOC_OF_A_LETTER: Final = "the NOC codes of a letter"
"""The rule that asks for the NOC codes among the codes of a letter."""
_YES_NO: Final = frozenset({AskedDetail.YES_NO})
_INSIDE: Final = ("in ", "within ", "part of ", "between ", "inside ")
"""How a question begins that asks whether a code is one of a range: "is E0143 in E0100-E0159"."""
_OF_LISTS: Final = frozenset({Intent.BROWSE, Intent.CHANGES, Intent.SEARCH, None})
"""Intents that a range is a filter of."""


def with_codes_named(context: AnswerContext) -> AnswerContext:
    """A question that asks more of a few codes than to list them, as if each were named: "T4521-T4524 covered?"."""
    question = context.question
    if question.codes and question.first and question.last:
        return _with_range_named(context)
    if question.intent is not Intent.BROWSE or question.filters.coverage or not (question.first or question.prefix):
        return context
    whether_valid = bool(question.filters.active) and question.expects_yes_no and question.details >= _YES_NO
    if not (question.asks_coverage or whether_valid) or AskedDetail.LIST in question.details:
        return context
    codes = _codes_of(context)
    if len(codes) > NAMED_LIMIT:
        codes = _in_use(context, codes, in_use=True)
    if not 0 < len(codes) <= NAMED_LIMIT:
        return context
    ends = [one for one in (question.first, question.last) if one]
    mentions = [CodeMention(code=one, system=CodeSystem.HCPCS, written=one) for one in sorted({*codes, *ends})]
    intent = Intent.COVERAGE if question.asks_coverage else Intent.STATUS
    update = {"intent": intent, "subject": SUBJECT_OF_INTENT[intent], "codes": tuple(mentions)}
    return replace(
        context, question=question.model_copy(update={**update, "first": None, "last": None, "prefix": None})
    )


def _with_range_named(context: AnswerContext) -> AnswerContext:
    """A question about a range beside single codes, as if each code were named: "A6209-A6211, A6214 valid?"."""
    question = context.question
    codes = _codes_of(context)
    mentions = [CodeMention(code=one, system=CodeSystem.HCPCS, written=one) for one in codes]
    every = tuple(dict.fromkeys((*mentions, *question.codes)))
    if not 0 < len(codes) <= NAMED_LIMIT or question.intent in _OF_LISTS:
        return context
    update = {"codes": every[:CODES_LIMIT], "codes_left_out": max(0, len(every) - CODES_LIMIT)}
    return replace(context, question=question.model_copy(update={**update, "first": None, "last": None}))


def with_range_counted(context: AnswerContext, draft: Draft) -> Draft:
    """``draft`` on single codes with the number of codes in the range beside them, of too many to be named."""
    question = context.question
    of_both = question.codes and question.first and question.last and question.intent not in _OF_LISTS
    if not of_both or draft.outcome is not Outcome.ANSWERED:
        return draft
    codes = _codes_of(context)
    among = [mention.code for mention in question.codes if mention.code in codes]
    number = f"{len(codes):,} {'code' if len(codes) == 1 else 'codes'}" if codes else "no codes"
    if question.trait.startswith(_INSIDE) and len(question.codes) == 1:
        code = question.codes[0].code
        first = f"Yes. {code} is one of the" if among else f"No. {code} is not one of the"
        sentence = f"{first} {number} {_named(question)}."
        return draft.model_copy(update={"headline": f"{sentence} {draft.headline}", "lead": sentence})
    if question.asks_coverage and codes:
        sentence = coverage_of(context, codes, f"codes {_named(question)}").sentence
    else:
        with_them = f", {join_words(among)} among them" if among else ""
        to_list = "; ask for the range alone to list them" if codes else ""
        sentence = f"There are {number} {_named(question)}{with_them}{to_list}."
    ends = draft.headline.endswith((".", "?", "!"))
    update = {
        "headline": f"{draft.headline}{'' if ends else '.'} {sentence}",
        "lead": f"{draft.lead} {sentence}".strip(),
    }
    return draft.model_copy(update=update)


def _codes_of(context: AnswerContext) -> Sequence[str]:
    """The codes of the range or prefix that is asked about, in order."""
    first, last, prefix = context.question.first, context.question.last, context.question.prefix
    if first is None:
        return context.catalog.starting(prefix or "")
    return context.catalog.between(*sorted((first, last or "")))


def answer_browse(context: AnswerContext) -> Draft:
    """The codes of a range or family, in code order, a page of them."""
    question = context.question
    if question.rule == NOC_OF_A_LETTER:
        return answer_noc_list(context)
    if not (question.first or question.prefix):
        return answer_noc_family(context) or answer_noc_list(context)
    first, last = sorted((question.first or "", question.last or ""))
    codes = _codes_of(context)
    coverage, active = question.filters.coverage, question.filters.active
    if active is None and coverage:
        active = True  # what ended is not covered
    if active is not None:
        codes = _in_use(context, codes, active)
    every = len(codes)
    if coverage:
        codes = [code for code in codes if context.dated_code(code).coverage in coverage]
        if not codes and every:
            lacking = coverage_of_list(coverage, single=True)
            return Draft(
                outcome=Outcome.ANSWERED,
                headline=f"None of the {every:,} codes in use {_named(question)} {lacking}.",
                confidence=Confidence.HIGH,
                notices=starter_notice(context),
            )
    page = codes[context.offset : context.offset + context.limit]
    statements = [statement for code in page if (statement := context.state(code)) is not None]
    total = len(codes)
    start, be, have = ("starts", "is", "has") if total == 1 else ("start", "are", "have")
    shared = [] if first else [f"{start} with {question.prefix}"]
    if active is not None:
        shared.append(f"{be} in use" if active else f"{have} ended")
    if coverage:
        shared.append(coverage_of_list(coverage, single=total == 1))
    name = " ".join(
        filter(None, (f"from {first} to {last}" if first else "", f"that {join_words(shared)}" if shared else ""))
    )
    if not total:
        return Draft(
            outcome=Outcome.NOT_FOUND,
            headline=f"{context.catalog.newest.label} has no codes {name}.",
            notices=starter_notice(context),
        )
    noun = "code" if total == 1 else "codes"
    in_use = total if active is not None else len(_in_use(context, codes, in_use=True))
    of_them = "" if in_use == total else f", {f'{in_use:,}' if in_use else 'none'} of them in use"
    counted = f"{total:,} {noun} {name}{of_them}."
    covered = (
        coverage_of(context, codes, f"codes {_named(question)}").whole
        if question.asks_coverage and not coverage
        else ""
    )
    return Draft(
        codes=tuple(page),
        headline=with_payer(context, f"{covered} {counted}") if covered else counted,
        hits=tuple(hit_of(statement) for statement in statements),
        total=total,
        offset=context.offset,
        confidence=Confidence.HIGH,
        notices=starter_notice(context),
    )


def coverage_of_list(coverage: Collection[str], *, single: bool = False) -> str:
    """What the codes of a list by coverage code share, as a verb: ``have coverage code C or D (...)``.

    Coverage codes that Medicare may pay for and others have no meaning in common.
    """
    codes, them = join_words(sorted(coverage), "or"), "it" if single else "them"
    share = f"{'has' if single else 'have'} coverage code {codes}"
    if COVERED.issuperset(coverage):
        return f"{share} (Medicare may cover {them})"
    return f"{share} (Medicare never pays for {them})" if NOT_COVERED.issuperset(coverage) else share


def _named(question: Question) -> str:
    """The codes of a list in words."""
    return f"from {question.first} to {question.last}" if question.first else f"that start with {question.prefix}"


def _in_use(context: AnswerContext, codes: Sequence[str], in_use: bool) -> Sequence[str]:
    """The codes that are in use on the day asked about, or those that ended before it."""
    if in_use:
        return [code for code in codes if context.is_in_use(code)]
    ended = {one.code for one in context.catalog.dated_codes.ended(date.min, context.day - timedelta(days=1))}
    return [code for code in codes if code in ended]
