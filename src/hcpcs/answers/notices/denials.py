"""What the denial codes of a question say: the reason first, then who is liable and what to check."""

from __future__ import annotations

from collections.abc import Sequence

from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.rendering.sentences import capitalized
from hcpcs.records.terms.denial_reasons import DenialCode, denial_groups, denial_reasons


def denial_sentence(codes: Sequence[DenialCode]) -> str:
    """``Denial code CO-50: the payer doesn't cover the charge.``; blank where no code is in the tables.

    A remark code that isn't in the tables is named as one.
    """
    reasons = denial_reasons()
    sentences = []
    for code in codes:
        name = f"Denial code {code.name}" if code.group else capitalized(code.name)
        if code.reason in reasons:
            sentences.append(f"{name}: {reasons[code.reason].means}.")
        elif code.is_remark:
            sentences.append(f"{name} explains the reason code beside it; its meaning is not among those known here.")
    return " ".join(sentences)


def denial_evidence(codes: Sequence[DenialCode]) -> tuple[Evidence, ...]:
    """What to check for each code of the tables, who is liable by each group, and what else a code may be."""
    reasons, groups = denial_reasons(), denial_groups()
    checks = [reasons[code.reason].check for code in codes if code.reason in reasons]
    liable = [groups[code.group] for code in codes if code.group]
    liable += [
        f"{code.diagnosis} is also an ICD-10 code, which reports a diagnosis." for code in codes if code.diagnosis
    ]
    return (
        *(Evidence(kind=EvidenceKind.CONDITION, text=text) for text in dict.fromkeys(checks)),
        *(Evidence(kind=EvidenceKind.CONDITION, text=text) for text in dict.fromkeys(liable)),
    )
