"""Does it need a face-to-face encounter and an order before delivery? CMS's list (F2F/WOPD), by day.

A loaded list answers, else the one that the program has.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence
from hcpcs.answers.facts.fact_answer import (
    FactAnswer,
    codes_in_words,
    expects_yes_or_no,
    fact_evidence,
    proof_of,
    starts,
)
from hcpcs.answers.rendering.sentences import in_sentence, join_words
from hcpcs.companions.edition import Absence, Edition, EditionKind, Fact
from hcpcs.companions.forms.face_to_face import OwnList, UnsettledDays, own_list
from hcpcs.questions.question import AskedDetail
from hcpcs.records.contacts import is_served_by_pdac
from hcpcs.records.field_spec import long_date
from hcpcs.records.record import Statement

RULE: Final = (
    "The encounter is within the 6 months before the date of the order, and the supplier has the written order before "
    "the item is delivered (42 CFR 410.38(d))."
)
ORDER: Final = "Every DMEPOS item needs a standard written order (SWO) before its claim (42 CFR 410.38(d))."
"""What is said first where a question asks for the order, too: "does E0601 need swo and f2f"."""
NOT_LISTED: Final = (
    "For an item that isn't on the list, the order is due before the claim is submitted (42 CFR 410.38(d)); the policy "
    "(LCD) of an item may still ask for an examination."
)
LIST_BEGAN: Final = date(2022, 4, 13)
"""The first day of the list. Before it, the law required an examination for power mobility devices.

Source: 87 FR 2051 (January 13, 2022).
"""
BEFORE_THE_LIST: Final = (
    "Before the list, Medicare required a face-to-face examination for power mobility devices (42 CFR 410.38(c))."
)
CAUTION: Final = (
    "The list is Medicare's for DMEPOS items; home health, hospice and other payers have rules of their own."
)


def answer_documentation(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """Whether each code of an item (DMEPOS) is on the list, where a question on documentation asks for that."""
    details = context.question.details
    if AskedDetail.FACE_TO_FACE not in details:
        return FactAnswer()
    if not statements:
        return _listed_codes(context) if AskedDetail.LIST in details else FactAnswer()
    codes = [statement.record.code for statement in statements if is_served_by_pdac(statement.record.code)]
    if not codes:
        return FactAnswer()
    parts = [_answer_one(context, code) for code in codes]
    # "Is E0143 on the list?" is answered by no, not "when did it join".
    first = "No. " if expects_yes_or_no(context) else ""
    first = f"{ORDER} " if AskedDetail.ORDER in details else first
    return FactAnswer(
        (first if parts[0].absence is Absence.NOT_LISTED else "") + " ".join(part.headline for part in parts),
        tuple(dict.fromkeys((*(one for part in parts for one in part.evidence), fact_evidence(CAUTION, "")))),
        tuple(fact for part in parts for fact in part.facts),
    )


def on_the_list(context: AnswerContext, code: str) -> FactAnswer:
    """The line of a coverage answer for a code that is on the list; empty for any other."""
    stated = _answer_one(context, code)
    holding = [fact for fact in stated.facts if fact.holds_on(context.day)]
    if not holding:
        return FactAnswer()
    if holding[0].edition != own_list().edition.label:
        return stated
    return stated._replace(headline=f"{in_sentence(stated.headline)} ({holding[0].edition}).")


def _answer_one(context: AnswerContext, code: str) -> FactAnswer:
    look_up = context.facts_of(EditionKind.FACE_TO_FACE, code)
    own = own_list() if look_up.absence is Absence.NOT_LOADED else None
    edition = own.edition if own else look_up.edition
    if edition is None:
        return FactAnswer()
    facts = tuple(fact for fact in own.facts if fact.code == code) if own else look_up.facts
    holding = [fact for fact in facts if fact.holds_on(context.day)]
    unsettled = own.unsettled_on(code, context.day) if own else None
    rules = (RULE,) if holding else () if unsettled else (NOT_LISTED,)
    rules = (BEFORE_THE_LIST,) if context.day < LIST_BEGAN else rules
    listed = any(fact.holds_on(context.day) or starts(fact, context.day, date.max) for fact in facts)
    return FactAnswer(
        unsettled_sentence(code, context.day, unsettled) if unsettled else _head(context.day, code, edition, facts),
        (
            *(fact_evidence(rule, "") for rule in rules),
            *_earlier(code, facts, holding),
            _proof(edition, facts, context.day, own),
        ),
        facts,
        None if listed or unsettled else Absence.NOT_LISTED,
    )


def unsettled_sentence(code: str, day: date, unsettled: UnsettledDays) -> str:
    """The sentence that it isn't known whether a code was on the list, with the reason."""
    return f"Whether {code} was on the face-to-face list on {long_date(day)} isn't known here. {unsettled.reason}"


def _head(day: date, code: str, edition: Edition, facts: Sequence[Fact]) -> str:
    holding = next((fact for fact in facts if fact.holds_on(day)), None)
    if holding is not None:
        since = "" if holding.first_day is None else f" since {long_date(holding.first_day)}"
        return (
            f"Yes. {code} needs a face-to-face encounter and a written order prior to delivery (WOPD): it has been on "
            f"CMS's list{since}."
        )
    later = next((fact.first_day for fact in facts if fact.first_day is not None and fact.first_day > day), None)
    joined = f"{code} is not on the {edition.label}." if later is None else f"{code} joined it on {long_date(later)}."
    if day < LIST_BEGAN:
        return f"CMS's face-to-face list began on {long_date(LIST_BEGAN)}, after {long_date(day)}. {joined}"
    if later is not None:
        return f"{code} was not on CMS's face-to-face list on {long_date(day)}: it joined on {long_date(later)}."
    return joined


def _earlier(code: str, facts: Sequence[Fact], holding: Sequence[Fact]) -> list[Evidence]:
    """When a code was on the list before it left it."""
    return [
        fact_evidence(f"It was on the list from {long_date(fact.first_day)} to {long_date(fact.last_day)}.", code, code)
        for fact in facts
        if fact not in holding and fact.first_day is not None and fact.last_day is not None
    ]


def _proof(edition: Edition, facts: Sequence[Fact], day: date, own: OwnList | None) -> Evidence:
    """The edition with its rows; of the program's own list, with the notices that added the codes."""
    if own is None:
        return proof_of(facts, edition, day)
    sources = join_words(list(dict.fromkeys(fact.qualifiers.notes for fact in facts)))
    notices = f"; {sources}" if sources else ""
    return fact_evidence(f"{edition.label} ({edition.file}{notices}).", "", label="From")


def _listed_codes(context: AnswerContext) -> FactAnswer:
    """Every code that is on the list on the day asked about, or that joins it on that day."""
    edition = context.companions.in_force(EditionKind.FACE_TO_FACE, context.day)
    own = own_list() if edition is None else None
    known = own.edition if own else edition
    if known is None:
        return FactAnswer()
    every = own.facts if own else tuple(context.companions.every_fact(known))
    asked = context.question
    starting, last = AskedDetail.STARTING in asked.details and asked.day is not None, asked.last_day or context.day
    facts = tuple(
        fact for fact in every if (starts(fact, context.day, last) if starting else fact.holds_on(context.day))
    )
    codes = list(dict.fromkeys(fact.code for fact in facts))
    day = long_date(context.day)
    when = f"in {asked.day_written}" if asked.last_day is not None and asked.day_written else f"on {day}"
    if not codes:
        head = (
            f"The {known.label} has no code that joined it {when}." if starting else f"The {known.label} has no code."
        )
    elif starting:
        head = f"{codes_in_words(codes)} joined CMS's face-to-face list {when}."
    else:
        need = "needs" if len(codes) == 1 else "need"
        head = (
            f"On {day}, {codes_in_words(codes)} {need} a face-to-face encounter and a written order prior to delivery "
            "(WOPD)."
        )
    return FactAnswer(head, (fact_evidence(RULE, ""), _proof(known, facts, context.day, own)), facts)
