"""The desk: the entry point of every interface, from a question to its answer, by rules alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from hcpcs.answers.answer import Answer, Draft, Source
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import NoticeKind
from hcpcs.answers.facts.amounts.asked_amounts import without_subjects
from hcpcs.answers.facts.identifier_answer import answer_identifier
from hcpcs.answers.intents import ANSWERERS
from hcpcs.answers.intents.browse import with_codes_named, with_range_counted
from hcpcs.answers.intents.decode import NO_DAY, ClaimPage, answer_day_by_day, answer_decode
from hcpcs.answers.lookup import hit_verdicts
from hcpcs.answers.notices.assumed_area import AssumedArea, in_area, may_depend_on_area, with_area_notice
from hcpcs.answers.notices.refusals import not_understood
from hcpcs.answers.notices.second_question import (
    facts_beside,
    with_facts_beside,
    with_other_areas,
    with_second_question,
)
from hcpcs.answers.notices.unused_words import with_unused, with_unused_amounts
from hcpcs.answers.parts.searches.item_for_code import answer_item_for_code
from hcpcs.answers.parts.searches.named_drug import with_named_drug
from hcpcs.answers.rendering.plain_text import render
from hcpcs.catalog.catalog import Catalog
from hcpcs.companions.storage.companion_store import NO_COMPANIONS, Companions
from hcpcs.questions.claim_lines import OF_CLAIM_LINES, PastedClaim, claim_text, read_claim, read_days_of
from hcpcs.questions.explanation.trace import ParseTrace, trace_question
from hcpcs.questions.parser import parse_question
from hcpcs.questions.question import SUBJECT_OF_INTENT, Intent, Question
from hcpcs.questions.recognizers.filter_syntax import filters_of, find_filters
from hcpcs.questions.subject import subjects_beyond_record
from hcpcs.questions.words.normalize import QUESTION_LIMIT
from hcpcs.questions.words.tokens import blank_out
from hcpcs.records.record import Release
from hcpcs.search_port import NO_FILTERS, Filters, Hit, SearchIndex, SearchResult

PAGE_SIZE: Final = 10
"""Maximum hits or changes per page, unless the caller says otherwise."""

DAYS_JUDGED: Final = 5
"""Maximum dates of service that are judged one by one; of more, the lines are decoded."""


class _Drafted(NamedTuple):
    """A draft with the context and the intent that it answers."""

    context: AnswerContext
    intent: Intent
    draft: Draft


class Desk:
    """Answers questions from one catalog, its index and the editions of companion files beside it.

    Has no state of its own, so threads can share it.
    """

    def __init__(
        self,
        catalog: Catalog,
        index: SearchIndex,
        clock: Callable[[], date] = date.today,
        companions: Companions = NO_COMPANIONS,
    ) -> None:
        self.catalog = catalog
        self.index = index
        self.companions = companions
        self._clock = clock

    def ask(
        self,
        text: str,
        *,
        today: date | None = None,
        as_of: date | None = None,
        area: AssumedArea | None = None,
        offset: int = 0,
        limit: int = PAGE_SIZE,
    ) -> Answer:
        """The answer to a question of any text and length.

        ``today`` is the asker's day (the clock's if not given), ``as_of`` a day of service and ``area`` a state that
        hold where the question names none; ``offset`` and ``limit`` choose the page of a list.
        """
        day = today or self._clock()
        question = parse_question(text, day)
        if as_of is not None and question.day is None:
            question = question.model_copy(update={"day": as_of})
        return self.answer(question, today=day, area=area, offset=offset, limit=limit)

    def answer(
        self,
        question: Question,
        *,
        today: date | None = None,
        area: AssumedArea | None = None,
        offset: int = 0,
        limit: int = PAGE_SIZE,
    ) -> Answer:
        """The answer to a question that is already understood; it says so where ``area`` makes a difference."""
        day = today or self._clock()
        context = AnswerContext(question, self.catalog, self.index, day, max(0, offset), max(1, limit), self.companions)
        drafted = _draft(context)
        if area is not None and may_depend_on_area(question):
            placed = _draft(replace(context, question=in_area(question, area)))
            if placed.draft != drafted.draft:
                drafted = placed._replace(draft=with_area_notice(placed.draft, area))
        return self._finish(*drafted)

    def explain(self, text: str, *, today: date | None = None) -> ParseTrace:
        """How ``ask`` understands a question on the day ``today`` (the clock's if not given)."""
        return trace_question(text, today or self._clock())

    def decode(self, text: str, *, today: date | None = None) -> Answer:
        """The codes and modifiers in a longer text (a pasted claim or EOB), each on its date of service.

        A bounded number is looked up; ``further_pages`` of the answer has the others. The text itself is not kept.
        """
        day = today or self._clock()
        page = ClaimPage.first_of(read_claim(text, day))
        mentions = tuple(dict.fromkeys(line.mention for line in page.lines))
        days = {line.day for line in page.lines}
        of_service = days.pop() if len(days) == 1 else None
        text_read = claim_text(page.lines)
        question = Question(text=text_read, intent=Intent.CARD, rule="decode", codes=mentions, day=of_service)
        context = AnswerContext(question, self.catalog, self.index, day, companions=self.companions)
        return self._finish(context, Intent.CARD, answer_decode(context, page))

    def search(
        self, text: str, *, filters: Filters = NO_FILTERS, offset: int = 0, limit: int = PAGE_SIZE
    ) -> SearchResult:
        """The records that match the words, within ``filters`` and those typed in the text (``coverage:D bed``)."""
        typed = find_filters(text[:QUESTION_LIMIT], self._clock())
        if not typed:
            return self.index.search(text, filters=filters, offset=offset, limit=limit)
        words = blank_out(text[:QUESTION_LIMIT], ((span.start, span.end) for span in typed))
        given = filters.model_dump(exclude_defaults=True)
        result = self.index.search(
            words.strip(), filters=filters_of(typed).model_copy(update=given), offset=offset, limit=limit
        )
        return result.model_copy(update={"query": text})

    def suggest(self, text: str, *, limit: int = PAGE_SIZE) -> tuple[Hit, ...]:
        """Records for text still being typed, best first."""
        return self.index.suggest(text, limit=limit)

    def source(self, release: Release, *, day: date | None = None, today: date | None = None) -> Source:
        """A release as what proves an answer for ``day``, today (the clock's day) if not given."""
        now = today or self._clock()
        outdated = self.catalog.is_outdated(now)
        return Source(release=release.label, digest=release.digest, day=day or now, outdated=outdated)

    def _finish(self, context: AnswerContext, intent: Intent, draft: Draft) -> Answer:
        source = self._source(context, draft)
        text = context.question.text
        return Answer(
            **dict(draft),
            question=text,
            mentions=context.question.codes,
            intent=intent,
            subject=context.question.subject or SUBJECT_OF_INTENT[intent],
            hit_verdicts=hit_verdicts(context, draft.hits),
            text=render(intent, draft, source),
            source=source,
            answer_id=self._answer_id(f"{text}{_assumed(draft)}", context.day, context.offset),
        )

    def _source(self, context: AnswerContext, draft: Draft) -> Source:
        """The release that proves the answer: the records' own where they agree on one, else the newest."""
        sources = {record.source for record in draft.records}
        if len(sources) == 1:
            return sources.pop()
        return self.source(self.catalog.newest, day=context.day, today=context.today)

    def _answer_id(self, question: str, day: date, offset: int) -> str:
        """Digest of all that is loaded, the question as understood, the day, and the page after the first."""
        page = f"\n{offset}" if offset else ""
        loaded = self.catalog.fingerprint + self.companions.fingerprint
        identity = f"{loaded}\n{question}\n{day.isoformat()}{page}"
        return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _draft(context: AnswerContext) -> _Drafted:
    """What answers the question of ``context``."""
    context = with_codes_named(context)
    question = context.question
    if question.intent is None:
        return _Drafted(context, Intent.HELP, not_understood())
    identified = answer_identifier(context)
    if identified is not None:
        subject, draft = identified
        about = replace(context, question=question.model_copy(update={"subject": subject}))
        return _Drafted(about, Intent.REFERRAL, draft)
    if (item := answer_item_for_code(context)) is not None:
        return _Drafted(context, Intent.SEARCH, item)
    beyond = question.subject in subjects_beyond_record()
    answerer = ANSWERERS[Intent.REFERRAL if beyond else question.intent]
    claim = _dated_claim(context)
    if claim is None:
        others = facts_beside(context)
        draft = with_facts_beside(answerer(without_subjects(context, others.keys()) if others else context), others)
    else:
        context = replace(context, question=question.model_copy(update=NO_DAY))
        days = {line.day for line in claim.lines}
        if question.intent is Intent.CARD or claim.misdated or len(days) > DAYS_JUDGED:
            draft = answer_decode(context, ClaimPage.first_of(claim))
        else:
            draft = answer_day_by_day(context, claim.lines, answerer)
    draft = with_range_counted(context, with_named_drug(context, draft))
    draft = with_other_areas(context, with_unused(context, draft), _answer_part)
    draft = with_unused_amounts(context, with_second_question(context, draft, _answer_part))
    return _Drafted(context, question.intent, draft)


def _answer_part(context: AnswerContext) -> Draft:
    """What answers a part of a question."""
    return _draft(context).draft


def _dated_claim(context: AnswerContext) -> PastedClaim | None:
    """The claim lines of a question, or its one code on each date, where there are several dates of service."""
    question = context.question
    if not question.days_left_out or not question.codes or question.subject not in OF_CLAIM_LINES:
        return None
    claim = read_claim(question.text, context.today)
    if len(question.codes) == 1 and question.intent is not Intent.CARD and not claim.has_several_days:
        claim = read_days_of(question.codes[0], question.text, context.today)
    days = {line.day for line in claim.lines if line.day}
    # A day that is on no line is named as not used instead.
    return claim if len(days) > len(question.days_left_out) else None


def _assumed(draft: Draft) -> str:
    """The line of an assumed state, which is a part of the question as understood; blank for none."""
    return "".join(f"\n{notice.text}" for notice in draft.notices if notice.kind is NoticeKind.PLACE)
