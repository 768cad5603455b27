"""What answers on other things than status share: that a code ended; of fields, the rest of the draft, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hcpcs.answers.answer import Draft, Verdict
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice
from hcpcs.answers.lookup import LookupResult, procedures_or_all, views
from hcpcs.answers.notices.record_notices import record_notices
from hcpcs.answers.notices.refusals import side_notices, suggest_codes
from hcpcs.answers.parts.intent_contacts import contacts_for
from hcpcs.answers.parts.successors import successions
from hcpcs.records.record import Statement


def ended_evidence(context: AnswerContext, statements: Sequence[Statement], headline: str) -> Iterator[Evidence]:
    """Evidence that codes ended, unless the headline says so, and what replaced them, whatever else is asked."""
    for statement, then in zip(statements, successions(context, statements), strict=True):
        record, ruling = statement.record, context.judge(statement)
        if ruling.verdict is Verdict.TERMINATED:
            if f"{record.code} ended" not in headline:
                yield Evidence(kind=EvidenceKind.CONDITION, text=ruling.claim, code=record.code)
            yield from then.evidence


def ended_sentence(context: AnswerContext, statements: Sequence[Statement]) -> str:
    """That codes ended; blank where one of them is still in use."""
    proofs = ended_evidence(context, statements, "")
    ended = [one.text for one in proofs if one.kind is EvidenceKind.CONDITION]
    return " ".join(ended) if len(ended) == len(statements) else ""


def record_draft(
    context: AnswerContext, lookup: LookupResult, headline: str, evidence: Iterable[Evidence], *extra: Notice
) -> Draft:
    """An answer on every record found; ``extra`` are notices of its own."""
    ended = ended_evidence(context, procedures_or_all(lookup.statements), headline)
    return Draft(
        codes=tuple(statement.record.code for statement in lookup.statements),
        headline=headline,
        evidence=(*ended, *evidence),
        notices=(*side_notices(context, lookup), *extra, *record_notices(context, lookup.statements)),
        records=views(context, lookup.statements),
        contacts=contacts_for(context, lookup.statements),
        suggestions=suggest_codes(context, lookup),
    )
