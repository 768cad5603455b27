"""Decoding a pasted claim or EOB: every code and modifier in a longer text, each with its flags."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Draft, Outcome, Verdict
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.lookup import look_up, views
from hcpcs.answers.refusals import foreign_notices, missing_notices, near_codes, not_hcpcs
from hcpcs.answers.sentences import listed
from hcpcs.answers.verdicts import rule_on
from hcpcs.records.noc import NOC_ADVICE
from hcpcs.records.record import Statement

MOST_DECODED: Final = 60
"""Maximum codes per message: what one table of a card can show."""


def _flags(context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    code = statement.record.code
    ruling = rule_on(statement)
    flags = []
    if ruling.verdict in (Verdict.TERMINATED, Verdict.NOT_YET, Verdict.NOT_PAYABLE):
        flags.append(Evidence(kind=EvidenceKind.VERDICT, text=ruling.claim, code=code))
    if context.catalog.is_not_otherwise_classified(statement.record):
        flags.append(Evidence(kind=EvidenceKind.NOC, text=NOC_ADVICE, code=code, label=code))
    return tuple(flags)


def answer_decode(context: AnswerContext) -> Draft:
    """A record and flags for every code in the message; codes of other systems are named."""
    lookup = look_up(context)
    if not lookup.statements:
        if lookup.missing:
            near = tuple(dict.fromkeys(n for code in lookup.missing for n in near_codes(context, code)))
            return Draft(
                outcome=Outcome.NOT_FOUND,
                codes=lookup.missing,
                headline=f"None of the codes in this message are in {context.catalog.newest.label}.",
                notices=missing_notices(context, lookup.missing) + foreign_notices(lookup.foreign),
                suggestions=near,
            )
        if lookup.foreign:
            return not_hcpcs(lookup.foreign)
        return Draft(outcome=Outcome.NOT_FOUND, headline="No HCPCS codes found in this message.")
    shown = lookup.statements[:MOST_DECODED]
    left_out = len(lookup.statements) - len(shown)
    codes = tuple(statement.record.code for statement in shown)
    flags = tuple(flag for statement in shown for flag in _flags(context, statement))
    notices = list(missing_notices(context, lookup.missing) + foreign_notices(lookup.foreign))
    if left_out:
        text = f"{left_out} more codes in this message are not shown."
        notices.append(Notice(kind=NoticeKind.SELECTION, text=text))
    noun = "code" if len(codes) == 1 else "codes"
    return Draft(
        codes=codes,
        headline=f"{len(codes)} {noun} decoded: {listed(codes)}.",
        evidence=flags,
        notices=tuple(notices),
        records=views(context, shown),
    )
