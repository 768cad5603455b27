"""Decoding a pasted claim or EOB: every code and modifier in a longer text, each with what to look out for."""

from __future__ import annotations

from typing import Final

from hcpcs.answering.card import NOC_CHECKLIST
from hcpcs.answering.inquiry import Inquiry, look_up, views
from hcpcs.answering.phrases import listed
from hcpcs.answering.refusals import foreign_notices, missing_notices, near_codes, not_hcpcs
from hcpcs.answers import Draft, Evidence, Outcome, Verdict
from hcpcs.records import Statement
from hcpcs.verdicts import rule_on

MOST_DECODED: Final = 60
"""The most codes that one text is decoded for: what one table of a card can show."""


def _flags(inquiry: Inquiry, statement: Statement) -> tuple[str, ...]:
    ruling = rule_on(statement)
    flags = []
    if ruling.verdict in (Verdict.TERMINATED, Verdict.NOT_YET, Verdict.NOT_PAYABLE):
        flags.append(ruling.claim)
    if inquiry.catalog.is_not_otherwise_classified(statement.record):
        flags.append(f"{statement.record.code}: {NOC_CHECKLIST}")
    return tuple(flags)


def answer_decode(inquiry: Inquiry) -> Draft:
    """A record for every code found, flags for the ones to look at, look-alikes of other systems named."""
    looked = look_up(inquiry)
    if not looked.found:
        if looked.missing:
            near = tuple(dict.fromkeys(n for code in looked.missing for n in near_codes(inquiry, code)))
            return Draft(
                outcome=Outcome.NOT_FOUND,
                codes=looked.missing,
                headline=f"No code of this message is in {inquiry.catalog.newest.label}.",
                notices=missing_notices(inquiry, looked.missing) + foreign_notices(looked.foreign),
                suggestions=near,
            )
        if looked.foreign:
            return not_hcpcs(looked.foreign)
        return Draft(outcome=Outcome.NOT_FOUND, headline="No HCPCS code was found in this message.")
    shown = looked.found[:MOST_DECODED]
    left_out = len(looked.found) - len(shown)
    codes = tuple(statement.record.code for statement in shown)
    flags = [
        Evidence(text=flag, code=statement.record.code) for statement in shown for flag in _flags(inquiry, statement)
    ]
    notices = list(missing_notices(inquiry, looked.missing) + foreign_notices(looked.foreign))
    if left_out:
        notices.append(f"{left_out} more codes of this message are not shown.")
    noun = "code" if len(codes) == 1 else "codes"
    return Draft(
        codes=codes,
        headline=f"{len(codes)} {noun} decoded: {listed(codes)}.",
        evidence=tuple(flags),
        notices=tuple(notices),
        records=views(inquiry, shown),
    )
