"""What the denial codes of a question say: the reason first, then who is liable and what to check."""

from __future__ import annotations

from collections.abc import Sequence

from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.records.terms.denial_reasons import DenialCode, denial_groups, denial_reasons


def denial_sentence(codes: Sequence[DenialCode]) -> str:
    """``CO-50: the payer doesn't consider the service medically necessary.``; blank where no code is in the table."""
    reasons = denial_reasons()
    return " ".join(
        f"{code.name[0].upper()}{code.name[1:]}: {reasons[code.reason].means}."
        for code in codes
        if code.reason in reasons
    )


def denial_evidence(codes: Sequence[DenialCode]) -> tuple[Evidence, ...]:
    """What to check for each code of the table, and who is liable by each group."""
    reasons, groups = denial_reasons(), denial_groups()
    checks = [reasons[code.reason].check for code in codes if code.reason in reasons]
    liable = [groups[code.group] for code in codes if code.group]
    return (
        *(Evidence(kind=EvidenceKind.CONDITION, text=text) for text in dict.fromkeys(checks)),
        *(Evidence(kind=EvidenceKind.CONDITION, text=text) for text in dict.fromkeys(liable)),
    )
