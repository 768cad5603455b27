"""Who answers questions about HCPCS codes?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.lookup import look_up, views
from hcpcs.answers.notices.refusals import side_notices
from hcpcs.answers.parts.intent_contacts import contacts_for
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.questions.subject import Subject, subjects_beyond_record
from hcpcs.records.codes import CODE_LENGTH
from hcpcs.records.contacts import ALL_CONTACTS, CMS_TEAM, MAC, PDAC_HELPLINE, is_served_by_pdac
from hcpcs.records.record import Statement

OTHER_OWNERS: Final = {
    "cdt": "Dental codes (CDT) are the American Dental Association's: ask it, at www.ada.org.",
    "cpt": "CPT codes are the American Medical Association's: ask it, at www.ama-assn.org.",
    "icd10": "Diagnosis codes (ICD-10-CM) are kept by the CDC: see www.cdc.gov/nchs/icd.",
}
"""Who answers questions about codes of another system, by its term in the glossary."""


def answer_contact(context: AnswerContext) -> Draft:
    """The contacts, the most likely to help first; for named codes also their records."""
    lookup = look_up(context)
    facts = [
        Evidence(kind=EvidenceKind.CONTACT, text=f"{contact.address} ({contact.purpose}).", label=contact.name)
        for contact in ALL_CONTACTS
    ]
    return Draft(
        codes=tuple(statement.record.code for statement in lookup.statements),
        headline=_headline(context, lookup.statements),
        evidence=tuple(facts),
        notices=side_notices(context, lookup),
        records=views(context, lookup.statements),
        contacts=contacts_for(context, lookup.statements),
    )


def _headline(context: AnswerContext, statements: Sequence[Statement]) -> str:
    """Who answers: PDAC about DMEPOS, the MAC about its own claims and about codes of other families."""
    codes = [statement.record.code for statement in statements]
    about = f" about {join_words(codes)}" if codes else ""
    prefix = context.question.prefix
    if prefix and not codes:
        about = f" about {prefix} codes"
        # Most A codes are supplies, whatever the ambulance codes before them are.
        codes = [f"{prefix}0000"[:CODE_LENGTH] if prefix != "A" else "A4000"]
    family = context.question.family
    if family and not codes:
        about, codes = f" about {family.noun}", [one.ljust(CODE_LENGTH, "0") for one in family.prefixes]
    if not codes and context.question.topic in OTHER_OWNERS:
        return OTHER_OWNERS[context.question.topic]
    if Subject.CODE_APPLICATION in context.question.out_of_scope:
        return subjects_beyond_record()[Subject.CODE_APPLICATION].general
    if Subject.CONTRACTOR in context.question.out_of_scope:
        return f"A MAC's phone number isn't in the HCPCS record: CMS lists every MAC at {MAC.address}."
    if codes and not any(map(is_served_by_pdac, codes)):
        return (
            f"For questions{about}, email {CMS_TEAM.address}; for coverage and payment, ask your MAC ({MAC.address})."
        )
    return f"For questions{about}, call the PDAC helpline at {PDAC_HELPLINE.address} or email {CMS_TEAM.address}."
