"""Decoding a pasted claim or EOB: every code and modifier in a longer text, each with its flags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, groupby
from types import MappingProxyType
from typing import Final, NamedTuple, TypeVar

from hcpcs.answers.answer import Draft, Outcome, Verdict
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.lookup import look_up, view
from hcpcs.answers.notices.day_notices import day_notices
from hcpcs.answers.notices.modifier_sentences import line_evidence
from hcpcs.answers.notices.refusals import foreign_notices, missing_notices, near_codes, not_hcpcs
from hcpcs.answers.parts.transports import transport_notices
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.questions.claim_lines import ClaimLine, PastedClaim, claim_pages, claim_text
from hcpcs.records.codes import CodeMention
from hcpcs.records.families.noc import noc_advice
from hcpcs.records.fields import long_date
from hcpcs.records.record import Statement

ItemT = TypeVar("ItemT")
CODES_DECODED: Final = 50
"""Maximum codes and modifiers that are looked up per page, each on its day: what a table of a card can show."""
NO_DAY: Final[Mapping[str, object]] = MappingProxyType(
    {"day": None, "day_written": None, "last_day": None, "days_left_out": ()}
)
"""A question without a day of its own, whose lines have theirs."""
CODES_IN_HEADLINE: Final = 8
"""Maximum codes that the headline names."""


def _flags(context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    code = statement.record.code
    ruling = context.judge(statement)
    flags = []
    if ruling.verdict in (Verdict.TERMINATED, Verdict.NOT_YET, Verdict.NOT_PAYABLE):
        flags.append(Evidence(kind=EvidenceKind.VERDICT, text=ruling.claim, code=code))
    if context.catalog.is_not_otherwise_classified(statement.record):
        flags.append(
            Evidence(kind=EvidenceKind.NOC, text=noc_advice(statement.record.long_description), code=code, label=code)
        )
    return tuple(flags)


class DecodedCodes(NamedTuple):
    """The statements of a message with the context of each, and the codes that have none."""

    rows: tuple[tuple[AnswerContext, Statement], ...]
    missing: tuple[str, ...]
    foreign: tuple[CodeMention, ...]
    transports: tuple[str, ...]
    on_the_lines: tuple[Evidence, ...]

    def by_day(self) -> Iterator[tuple[AnswerContext, list[Statement]]]:
        """The statements of each date of service, with a context of that date."""
        for _, rows in groupby(sorted(self.rows, key=lambda row: row[0].day), lambda row: row[0].day):
            contexts, statements = zip(*rows, strict=True)
            yield contexts[0], list(statements)


def _decoded(context: AnswerContext, lines: Sequence[ClaimLine]) -> DecodedCodes:
    """Each code looked up on its own date of service, once per date."""
    rows: dict[tuple[str, date | None], tuple[AnswerContext, Statement]] = {}
    missing: dict[str, None] = {}
    foreign: dict[str, CodeMention] = {}
    transports: dict[str, None] = {}
    on_the_lines: dict[Evidence, None] = {}
    for line in lines:
        question = context.question.model_copy(update={"day": line.day, "codes": (line.mention,)})
        on_day = replace(context, question=question)
        lookup = look_up(on_day)
        for statement in lookup.statements:
            rows.setdefault((statement.record.code, line.day), (on_day, statement))
        missing |= dict.fromkeys(lookup.missing)
        foreign |= {mention.code: mention for mention in lookup.foreign}
        transports |= dict.fromkeys(lookup.transports)
        on_the_lines |= dict.fromkeys(line_evidence(on_day))
    return DecodedCodes(
        tuple(rows.values()), tuple(missing), tuple(foreign.values()), tuple(transports), tuple(on_the_lines)
    )


def _on_their_days(lines: Sequence[ClaimLine], *, alone: bool) -> str:
    """The dates of service that the codes are judged on, to follow "3 codes decoded"; blank without one.

    ``alone`` says that all lines have the same code.
    """
    days = sorted({line.day for line in lines if line.day})
    if not days:
        return ""
    if not all(line.day for line in lines):
        return ", on the date of service of each line that has one"
    if len(days) == 1:
        return f" for date of service {long_date(days[0])}"
    return " on each of its dates of service" if alone else ", each on the date of service of its line"


class ClaimPage(NamedTuple):
    """What of a pasted text is decoded: its first ``lines``, and the text of each page that follows.

    ``whole`` says that all of the text was read, ``misdated`` are codes beside a date that the calendar doesn't have.
    """

    lines: tuple[ClaimLine, ...]
    further: tuple[str, ...]
    further_codes: int
    whole: bool
    misdated: tuple[str, ...]

    @classmethod
    def first_of(cls, claim: PastedClaim) -> ClaimPage:
        """The first page of a claim."""
        first, *rest = list(claim_pages(claim.lines, CODES_DECODED)) or [()]
        codes = {line.mention.code for line in claim.lines} - {line.mention.code for line in first}
        return cls(first, tuple(map(claim_text, rest)), len(codes), claim.whole, claim.misdated)


def answer_decode(context: AnswerContext, page: ClaimPage) -> Draft:
    """A record and flags for every code of a page on its date of service; codes of other systems are named."""
    decoded = _decoded(context, page.lines)
    if not decoded.rows:
        draft = _without_records(context, decoded)
        return draft.model_copy(update={"notices": draft.notices + _left_out(page), "further_pages": page.further})
    codes = tuple(dict.fromkeys(statement.record.code for _, statement in decoded.rows))
    notices = [
        *missing_notices(context, decoded.missing),
        *transport_notices(decoded.transports),
        *foreign_notices(decoded.foreign),
        *(notice for on_day, statements in decoded.by_day() for notice in day_notices(on_day, statements)),
        *_left_out(page),
    ]
    noun = "code" if len(codes) == 1 else "codes"
    named = f": {join_words(codes)}" if len(codes) <= CODES_IN_HEADLINE else ""
    return Draft(
        codes=codes,
        headline=f"{len(codes)} {noun} decoded{_on_their_days(page.lines, alone=len(codes) == 1)}{named}.",
        evidence=(*decoded.on_the_lines, *(flag for row in decoded.rows for flag in _flags(*row))),
        notices=tuple(dict.fromkeys(notices)),
        records=tuple(view(on_day, statement) for on_day, statement in decoded.rows),
        further_pages=page.further,
    )


def answer_day_by_day(
    context: AnswerContext, lines: Sequence[ClaimLine], answer: Callable[[AnswerContext], Draft]
) -> Draft:
    """What ``answer`` says of the codes of each date of service, in the order of the lines, in one draft."""
    days: dict[date | None, dict[CodeMention, None]] = {}
    for line in lines:
        days.setdefault(line.day, {}).setdefault(line.mention)
    drafts = []
    for day, codes in days.items():
        question = context.question.model_copy(update={"day": day, "codes": (*codes,)})
        drafts.append(answer(replace(context, question=question)))
    verdicts = {draft.verdict for draft in drafts}
    outcomes = {draft.outcome for draft in drafts}
    return Draft(
        outcome=outcomes.pop() if len(outcomes) == 1 else Outcome.ANSWERED,
        headline=" ".join(draft.headline for draft in drafts),
        verdict=verdicts.pop() if len(verdicts) == 1 else None,
        codes=_each(draft.codes for draft in drafts),
        evidence=_each(map(_labeled, draft.evidence) for draft in drafts),
        facts=_each(draft.facts for draft in drafts),
        notices=_each(draft.notices for draft in drafts),
        records=_each(draft.records for draft in drafts),
        contacts=_each(draft.contacts for draft in drafts),
        suggestions=_each(draft.suggestions for draft in drafts),
    )


def _labeled(fact: Evidence) -> Evidence:
    """A fact with its code, which another draft does not name."""
    return fact.model_copy(update={"label": fact.label or fact.code or ""})


def _each(groups: Iterable[Iterable[ItemT]]) -> tuple[ItemT, ...]:
    """The items of all groups in order, each once."""
    return tuple(dict.fromkeys(chain.from_iterable(groups)))


def _left_out(page: ClaimPage) -> tuple[Notice, ...]:
    """What of the message is not on the page, or was not read."""
    texts = []
    if page.misdated:
        named = join_words(page.misdated[:CODES_IN_HEADLINE])
        texts.append(f"The date beside {named} is not in the calendar, so no date of service was taken from it.")
    if page.further_codes:
        noun = "code is" if page.further_codes == 1 else "codes are"
        texts.append(f"{page.further_codes} more {noun} in this message.")
    elif page.further:
        texts.append("The same codes are in this message for other dates of service.")
    if not page.whole:
        texts.append("Only the first part of this message was read. Decode the rest of it separately.")
    return tuple(Notice(kind=NoticeKind.SELECTION, text=text) for text in texts)


def _without_records(context: AnswerContext, decoded: DecodedCodes) -> Draft:
    """The answer for a page none of whose codes has a record."""
    if decoded.missing:
        near = tuple(dict.fromkeys(n for code in decoded.missing for n in near_codes(context, code)))
        return Draft(
            outcome=Outcome.NOT_FOUND,
            codes=decoded.missing,
            headline=f"None of the codes in this message are in {context.catalog.newest.label}.",
            notices=missing_notices(context, decoded.missing) + foreign_notices(decoded.foreign),
            suggestions=near,
        )
    if decoded.foreign:
        return not_hcpcs(decoded.foreign)
    return Draft(outcome=Outcome.NOT_FOUND, headline="No HCPCS codes found in this message.")
