"""Decoding a pasted claim or EOB: every code and modifier in a longer text, each with its flags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from hcpcs.answers.answer import Draft, Outcome, Verdict
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.lookup import look_up, view
from hcpcs.answers.notices.day_notices import day_notices
from hcpcs.answers.notices.refusals import foreign_notices, missing_notices, near_codes, not_hcpcs
from hcpcs.answers.parts.transports import transport_notices
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.questions.claim_lines import ClaimLine, PastedClaim
from hcpcs.records.codes import CodeMention
from hcpcs.records.families.noc import NOC_ADVICE
from hcpcs.records.fields import long_date
from hcpcs.records.record import Statement

MOST_DECODED: Final = 60
"""Maximum codes per message: what one table of a card can show."""


def _flags(context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    code = statement.record.code
    ruling = context.judge(statement)
    flags = []
    if ruling.verdict in (Verdict.TERMINATED, Verdict.NOT_YET, Verdict.NOT_PAYABLE):
        flags.append(Evidence(kind=EvidenceKind.VERDICT, text=ruling.claim, code=code))
    if context.catalog.is_not_otherwise_classified(statement.record):
        flags.append(Evidence(kind=EvidenceKind.NOC, text=NOC_ADVICE, code=code, label=code))
    return tuple(flags)


class DecodedCodes(NamedTuple):
    """The statements of a message with the context of each, and the codes that have none."""

    rows: tuple[tuple[AnswerContext, Statement], ...]
    missing: tuple[str, ...]
    foreign: tuple[CodeMention, ...]
    transports: tuple[str, ...]


def _decoded(context: AnswerContext, lines: Sequence[ClaimLine]) -> DecodedCodes:
    """Each code looked up on its own date of service, once per date."""
    rows: dict[tuple[str, date | None], tuple[AnswerContext, Statement]] = {}
    missing: dict[str, None] = {}
    foreign: dict[str, CodeMention] = {}
    transports: dict[str, None] = {}
    for line in lines:
        question = context.question.model_copy(update={"day": line.day, "codes": (line.mention,)})
        on_day = replace(context, question=question)
        lookup = look_up(on_day)
        for statement in lookup.statements:
            rows.setdefault((statement.record.code, line.day), (on_day, statement))
        missing |= dict.fromkeys(lookup.missing)
        foreign |= {mention.code: mention for mention in lookup.foreign}
        transports |= dict.fromkeys(lookup.transports)
    return DecodedCodes(tuple(rows.values()), tuple(missing), tuple(foreign.values()), tuple(transports))


def _on_their_days(lines: Sequence[ClaimLine]) -> str:
    """The dates of service that the codes are judged on, to follow "3 codes decoded"; blank without one."""
    days = sorted({line.day for line in lines if line.day})
    if not days:
        return ""
    if not all(line.day for line in lines):
        return ", on the date of service of each line that has one"
    if len(days) == 1:
        return f" for date of service {long_date(days[0])}"
    return ", each on the date of service of its line"


def answer_decode(context: AnswerContext, claim: PastedClaim) -> Draft:
    """A record and flags for every code of a message on its date of service; codes of other systems are named."""
    decoded = _decoded(context, claim.lines)
    if not decoded.rows:
        return _without_records(context, decoded)
    shown = decoded.rows[:MOST_DECODED]
    left_out = len(decoded.rows) - len(shown)
    codes = tuple(dict.fromkeys(statement.record.code for _, statement in shown))
    notices = [
        *missing_notices(context, decoded.missing),
        *transport_notices(decoded.transports),
        *foreign_notices(decoded.foreign),
        *(notice for on_day, statement in shown for notice in day_notices(on_day, (statement,))),
    ]
    if left_out:
        text = f"{left_out} more codes in this message are not shown."
        notices.append(Notice(kind=NoticeKind.SELECTION, text=text))
    if not claim.whole:
        text = "Only the first part of this message was read. Decode the rest of it separately."
        notices.append(Notice(kind=NoticeKind.SELECTION, text=text))
    noun = "code" if len(codes) == 1 else "codes"
    return Draft(
        codes=codes,
        headline=f"{len(codes)} {noun} decoded{_on_their_days(claim.lines)}: {join_words(codes)}.",
        evidence=tuple(flag for on_day, statement in shown for flag in _flags(on_day, statement)),
        notices=tuple(dict.fromkeys(notices)),
        records=tuple(view(on_day, statement) for on_day, statement in shown),
    )


def _without_records(context: AnswerContext, decoded: DecodedCodes) -> Draft:
    """The answer for a message none of whose codes has a record."""
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
