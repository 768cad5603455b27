"""What is asked about codes and no HCPCS record states: where CMS or its contractors state it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from hcpcs.answers.evidence import Notice, NoticeKind

OUT_OF_SCOPE_NOTICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "prior_authorization": (
            "Prior authorization is not in the record: see CMS's prior authorization lists, the MAC or the payer."
        ),
        "abn": (
            "Whether an ABN is needed is not in the record: see CMS's ABN instructions and the MAC's coverage policy."
        ),
        "limits": (
            "Limits of frequency and units are not in the record: see CMS's MUE tables and the MAC's coverage policy."
        ),
        "billed_together": "Which codes may be billed together is not in the record: see CMS's NCCI edits.",
        "documentation": (
            "Documentation and medical necessity are not in the record: see the MAC's coverage policy (LCD) and "
            "articles."
        ),
        "coverage_policy": (
            "The record names manual sections at most: search Medicare's Coverage Database for NCDs and LCDs by "
            "the code."
        ),
        "diagnoses": (
            "Which diagnoses support a code is not in the record: see the billing articles of the MAC's coverage "
            "policy."
        ),
        "modifiers_needed": (
            "Which modifiers a claim needs is not in the record: see the MAC's coverage policy and claims manual."
        ),
    }
)
"""The notice of each subject of ``questions/tables/out_of_scope.toml``."""


def out_of_scope_notices(subjects: Iterable[str]) -> tuple[Notice, ...]:
    """The notices that the subjects of a question call for, in their order."""
    return tuple(Notice(kind=NoticeKind.OUT_OF_SCOPE, text=OUT_OF_SCOPE_NOTICES[subject]) for subject in subjects)
