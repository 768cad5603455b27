"""The draft that answers on fields of records share: codes, notices, records, contacts and suggestions."""

from __future__ import annotations

from collections.abc import Iterable

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, Notice
from hcpcs.answers.lookup import LookupResult, views
from hcpcs.answers.notices.record_notices import record_notices
from hcpcs.answers.notices.refusals import side_notices, suggest_codes
from hcpcs.answers.parts.intent_contacts import contacts_for


def record_draft(
    context: AnswerContext, lookup: LookupResult, headline: str, evidence: Iterable[Evidence], *extra: Notice
) -> Draft:
    """An answer on every record found; ``extra`` are notices of its own."""
    return Draft(
        codes=tuple(statement.record.code for statement in lookup.statements),
        headline=headline,
        evidence=tuple(evidence),
        notices=(*side_notices(context, lookup), *extra, *record_notices(context, lookup.statements)),
        records=views(context, lookup.statements),
        contacts=contacts_for(context, lookup.statements),
        suggestions=suggest_codes(context, lookup),
    )
