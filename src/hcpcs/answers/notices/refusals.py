"""Answers for codes that are not found or not HCPCS, and for questions that are not understood.

None of them guesses or substitutes a code.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from hcpcs.answers.answer import Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.lookup import LookupResult
from hcpcs.answers.notices.confusable_codes import confusions
from hcpcs.answers.notices.unused_words import CODE_RULE
from hcpcs.answers.parts.transports import SOURCE_NOTICE, other_reading, transport_notices, transport_sentence
from hcpcs.answers.rendering.sentences import join_words, rental_sentence
from hcpcs.questions.question import Question
from hcpcs.questions.recognizers.modifiers.modifier_words import CPT_MODIFIERS
from hcpcs.questions.subject import Subject, subjects_beyond_record
from hcpcs.records.billing.areas import area_name
from hcpcs.records.billing.zip_codes import place_of_zip
from hcpcs.records.codes import CodeMention, CodeSystem, is_modifier
from hcpcs.records.contacts import coding_contacts
from hcpcs.records.field_spec import long_date
from hcpcs.records.record import STATUS_WORDS

SUGGESTIONS_SHOWN: Final = 5
"""Maximum codes suggested for one that is not found."""


class OtherSystem(NamedTuple):
    """A code system other than HCPCS Level II: how one of its codes is called, and where its codes are published."""

    named: str
    where_to_look: str


_OFTEN_CPT: Final = "9"
"""The first digit of the CPT codes that are asked about most (visits, injections): no ZIP code is suggested."""
OTHER_SYSTEMS: Final[Mapping[CodeSystem, OtherSystem]] = MappingProxyType(
    {
        CodeSystem.CPT: OtherSystem(
            "a CPT code",
            "CPT (HCPCS Level I) codes are licensed by the American Medical Association. Look them up in a licensed "
            "CPT code book or the AMA's CPT lookup; for Medicare payment, in CMS's Physician Fee Schedule lookup.",
        ),
        CodeSystem.CDT: OtherSystem(
            "a CDT code",
            "CDT dental codes are licensed by the American Dental Association. Look them up in the ADA's CDT manual.",
        ),
        CodeSystem.ICD10: OtherSystem(
            "an ICD-10 code",
            "ICD-10 codes report diagnoses and inpatient procedures. Look them up in the ICD-10 files or browser of "
            "CMS or the CDC.",
        ),
        CodeSystem.NDC: OtherSystem(
            "an NDC",
            "An NDC identifies a drug package. Look it up in the FDA's NDC Directory; CMS's ASP NDC-HCPCS crosswalk "
            "links drug packages to the HCPCS codes that bill them.",
        ),
    }
)
"""The code systems that answers name and never describe."""

FULL_SET_NOTICE: Final = Notice(
    kind=NoticeKind.FULL_SET,
    text="Only the two starter codes are loaded. An administrator can load the full code set with `hcpcs update`, or "
    "with `hcpcs load FILE` and CMS's Alpha-Numeric HCPCS file.",
)


def starter_notice(context: AnswerContext) -> tuple[Notice, ...]:
    """How to load the full set, where only the starter is loaded."""
    return (FULL_SET_NOTICE,) if context.catalog.starter else ()


def foreign_sentence(mention: CodeMention) -> str:
    """``99213 looks like a CPT code, not a HCPCS Level II code.``"""
    if mention.system is CodeSystem.CPT and is_modifier(mention.code):
        if mention.code in CPT_MODIFIERS:
            return f"{mention.code} is a CPT modifier, which HCPCS Level II codes take, too; HCPCS doesn't define it."
        return f"{mention.code} looks like a CPT modifier, not a HCPCS modifier."
    return f"{mention.code} looks like {OTHER_SYSTEMS[mention.system].named}, not a HCPCS Level II code."


def foreign_notices(mentions: tuple[CodeMention, ...]) -> tuple[Notice, ...]:
    """Each foreign code named, then where each system is explained."""
    systems = dict.fromkeys(mention.system for mention in mentions)
    return (
        *(Notice(kind=NoticeKind.FOREIGN, text=foreign_sentence(mention), code=mention.code) for mention in mentions),
        *(Notice(kind=NoticeKind.WHERE_TO_LOOK, text=OTHER_SYSTEMS[system].where_to_look) for system in systems),
    )


def _perhaps_a_zip_code(context: AnswerContext, mentions: tuple[CodeMention, ...]) -> tuple[Notice, ...]:
    """The notice that five digits which are all of a question are perhaps a ZIP code, where there is one."""
    code = mentions[0].code
    alone = len(mentions) == 1 and mentions[0].system is CodeSystem.CPT and context.question.rule == CODE_RULE
    area = place_of_zip(code).area if alone and code.isdigit() and code[0] != _OFTEN_CPT else None
    if area is None:
        return ()
    text = (
        f'As a ZIP code, {code} is in {area_name(area)}: ask "zip {code}", or name it with a code ("E0601 in {code}").'
    )
    return (Notice(kind=NoticeKind.SUGGESTION, text=text),)


def near_codes(context: AnswerContext, code: str) -> tuple[str, ...]:
    """The existing codes that are one confusion away from ``code``, most likely first."""
    existing = (candidate for candidate in confusions(code) if candidate in context.catalog)
    return tuple(dict.fromkeys(existing))[:SUGGESTIONS_SHOWN]


def missing_notices(context: AnswerContext, missing: tuple[str, ...]) -> tuple[Notice, ...]:
    """The notices about codes that were asked for beside others and are in no loaded release."""
    if not missing:
        return ()
    label = context.catalog.newest.label
    left_out = "isn't in {label}, so it is left out" if len(missing) == 1 else "aren't in {label}, so they are left out"
    perhaps = [
        Notice(kind=NoticeKind.SUGGESTION, text=f"Did you mean {join_words(near, 'or')} instead of {code}?", code=code)
        for code in missing
        if (near := near_codes(context, code))
    ]
    hint = (FULL_SET_NOTICE,) if context.catalog.starter else ()
    text = f"{join_words(missing)} {left_out.format(label=label)}."
    return (Notice(kind=NoticeKind.MISSING, text=text), *perhaps, *hint)


def not_hcpcs(mentions: tuple[CodeMention, ...]) -> Draft:
    """The answer for codes of other systems only."""
    first = mentions[0]
    systems = dict.fromkeys(mention.system for mention in mentions)
    return Draft(
        outcome=Outcome.NOT_HCPCS,
        codes=tuple(mention.code for mention in mentions),
        headline=foreign_sentence(first),
        evidence=(
            *(Evidence(kind=EvidenceKind.FOREIGN, text=foreign_sentence(mention)) for mention in mentions[1:]),
            *(
                Evidence(kind=EvidenceKind.WHERE_TO_LOOK, text=OTHER_SYSTEMS[system].where_to_look)
                for system in systems
            ),
        ),
        contacts=coding_contacts(mention.code for mention in mentions),
    )


def _perhaps_newer(context: AnswerContext, missing: tuple[str, ...]) -> bool:
    """Whether codes may be of a later release than those loaded: one that hasn't the form of a code never is."""
    malformed = {mention.code for mention in context.question.codes if not mention.well_formed}
    since = context.day >= context.catalog.newest.effective  # of an earlier day, that release would list it as ended
    return since and context.catalog.is_outdated(context.today) and malformed.isdisjoint(missing)


def not_found(context: AnswerContext, missing: tuple[str, ...]) -> Draft:
    """The answer for codes that look like HCPCS codes and are in no loaded release."""
    label = context.catalog.newest.label
    suggestions: dict[str, None] = {}
    evidence: list[Evidence] = []
    for code in missing:
        near = near_codes(context, code)
        suggestions.update(dict.fromkeys(near))
        for candidate in near:
            statement = context.catalog.current(candidate, context.today)
            if statement is not None:
                text = statement.record.short_description or statement.record.long_description
                text += "" if statement.active else f"; {STATUS_WORDS[statement.status]}"
                evidence.append(Evidence(kind=EvidenceKind.SUGGESTION, text=f"{candidate} ({text})", code=candidate))
    if len(evidence) == 1:
        evidence = [one.model_copy(update={"text": f"Did you mean {one.text}?"}) for one in evidence]
    elif evidence:
        evidence.insert(0, Evidence(kind=EvidenceKind.SUGGESTION, text="Did you mean one of these codes?"))
    if context.catalog.starter:
        headline = f"{join_words(missing)} can't be looked up: only the two starter codes are loaded."
        notices: tuple[Notice, ...] = (FULL_SET_NOTICE,)
    else:
        verb = "isn't" if len(missing) == 1 else "aren't"
        headline = f"{join_words(missing)} {verb} in {label}."
        text = "A code that isn't in the file may be mistyped, newer than the release, or not a HCPCS code."
        if _perhaps_newer(context, missing):
            it = "it" if len(missing) == 1 else "they"
            headline = f"{headline[:-1]}; CMS publishes quarterly, so {it} may be newer than that release."
            text = f"Otherwise {it} may be mistyped, or not {'a HCPCS code' if it == 'it' else 'HCPCS codes'}."
        notices = (*_before_the_oldest(context), Notice(kind=NoticeKind.CAUTION, text=text))
    return Draft(
        outcome=Outcome.NOT_FOUND,
        codes=missing,
        headline=headline,
        evidence=tuple(evidence),
        notices=notices,
        suggestions=tuple(suggestions),
        contacts=coding_contacts(missing),
    )


def _before_the_oldest(context: AnswerContext) -> tuple[Notice, ...]:
    """The notice about a day before every loaded release, in which a code may have been and ended."""
    oldest = context.catalog.releases[0]
    if context.question.day is None or context.day >= oldest.effective:
        return ()
    day = long_date(context.day)
    text = f"{day} is before the oldest release loaded ({oldest.label}); a code of that time may have ended since."
    return (Notice(kind=NoticeKind.DAY, text=text),)


def refuse(context: AnswerContext, lookup: LookupResult) -> Draft | None:
    """The refusal that the codes of a question call for, or ``None`` if a record was found."""
    if lookup.statements:
        return None
    if lookup.missing:
        draft = not_found(context, lookup.missing)
        extra = foreign_notices(lookup.foreign)
        return draft.model_copy(update={"notices": draft.notices + extra}) if extra else draft
    if lookup.transports:
        return _transports(lookup)
    if lookup.foreign:
        draft, zip_code = not_hcpcs(lookup.foreign), _perhaps_a_zip_code(context, lookup.foreign)
        return draft.model_copy(update={"notices": (*zip_code, *draft.notices)}) if zip_code else draft
    return None


def _transports(lookup: LookupResult) -> Draft:
    """The answer for origin-destination modifiers of ambulance services."""
    first, *rest = (transport_sentence(modifier) for modifier in lookup.transports)
    return Draft(
        codes=lookup.transports,
        headline=first,
        lead=first,
        evidence=tuple(Evidence(kind=EvidenceKind.MODIFIER, text=text) for text in rest),
        notices=(SOURCE_NOTICE, *foreign_notices(lookup.foreign)),
    )


def side_notices(context: AnswerContext, lookup: LookupResult) -> tuple[Notice, ...]:
    """The notices about codes and subjects of a question that the answer on its records leaves out."""
    return (
        transport_notices(lookup.transports)
        + (() if _names_cpt_codes(lookup) else other_reading(lookup.statements))
        + missing_notices(context, lookup.missing)
        + foreign_notices(lookup.foreign)
        + out_of_scope_notices(context.question, lookup)
    )


def _names_cpt_codes(lookup: LookupResult) -> bool:
    """Whether a code of CPT is named, which no ambulance is billed with: "97110 GP"."""
    return any(one.system is CodeSystem.CPT and not is_modifier(one.code) for one in lookup.foreign)


_ONE_QUESTION: Final = (
    frozenset({Subject.AMOUNT, Subject.DRUG_PRICE}),
    frozenset({Subject.PRIOR_AUTHORIZATION, Subject.AUTHORIZATION_TIMES}),
    frozenset({Subject.HOSPICE, Subject.CONSOLIDATED_BILLING}),
    frozenset({Subject.WITHOUT_ABN, Subject.LIABILITY, Subject.ABN, Subject.DENIAL}),
    frozenset({Subject.MEDICARE_DENIAL, Subject.DENIAL, Subject.ABN_MODIFIERS}),
    frozenset({Subject.DELIVERY_BEFORE_DISCHARGE, Subject.CLAIM_RULES, Subject.DATE_OF_SERVICE}),
    frozenset({Subject.AUDIT, Subject.DOCUMENTATION}),
)
"""Subjects that words name together ("ASP for J1745"), of which the answer to one answers the other."""


_UNSTATED: Final = frozenset({Subject.UNSTATED, Subject.UNSTATED_CASE})
"""Subjects of which nothing can be said beside another."""


def out_of_scope_notices(question: Question, lookup: LookupResult) -> tuple[Notice, ...]:
    """The notice that no record states the subjects that a question names beside its own, and where they are published.

    Of renting, the rule of the codes' payment categories is stated.
    """
    table = subjects_beyond_record()
    own = table.get(question.subject) if question.subject else None
    answered = own.also_answers if own else frozenset()
    rules = " ".join(sentence for one in lookup.statements if (sentence := rental_sentence(one)) is not None)
    return tuple(
        Notice(
            kind=NoticeKind.OUT_OF_SCOPE,
            text=f"{(subject is Subject.RENTAL and rules) or table[subject].general} See {table[subject].source}.",
        )
        for subject in question.out_of_scope
        if subject is not question.subject and subject not in answered and subject not in _UNSTATED
        if not any({subject, question.subject} <= one for one in _ONE_QUESTION)
    )


def suggest_codes(context: AnswerContext, lookup: LookupResult) -> tuple[str, ...]:
    """The existing codes that may have been meant by those that were not found."""
    return tuple(dict.fromkeys(near for code in lookup.missing for near in near_codes(context, code)))


def not_understood() -> Draft:
    """The answer to a text that was not understood, with examples of what can be asked."""
    return Draft(
        outcome=Outcome.NOT_UNDERSTOOD,
        headline="I didn't understand that. Ask about a HCPCS code, describe an item, or type help.",
    )
