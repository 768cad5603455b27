"""Who answers questions about HCPCS codes?"""

from __future__ import annotations

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.lookup import look_up, views
from hcpcs.answers.notices.refusals import side_notices
from hcpcs.answers.parts.intent_contacts import contacts_for
from hcpcs.questions.question import Intent
from hcpcs.records.contacts import ALL_CONTACTS, CMS_TEAM, PDAC_HELPLINE


def answer_contact(context: AnswerContext) -> Draft:
    """The contacts, the helpline first; for named codes also their records."""
    lookup = look_up(context)
    subject = f" about {', '.join(s.record.code for s in lookup.statements)}" if lookup.statements else ""
    return Draft(
        codes=tuple(statement.record.code for statement in lookup.statements),
        headline=f"For questions{subject}, call the PDAC helpline at {PDAC_HELPLINE.address} or email "
        f"{CMS_TEAM.address}.",
        evidence=tuple(
            Evidence(kind=EvidenceKind.CONTACT, text=f"{contact.address} ({contact.purpose}).", label=contact.name)
            for contact in ALL_CONTACTS
        ),
        notices=side_notices(context, lookup),
        records=views(context, lookup.statements),
        contacts=contacts_for(Intent.CONTACT),
    )
