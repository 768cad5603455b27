"""Notices about subjects that no HCPCS record states, and where CMS or its contractors publish them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from hcpcs.answers.evidence import Notice, NoticeKind

OUT_OF_SCOPE_NOTICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "prior_authorization": (
            "The record doesn't say whether prior authorization is required. Check CMS's prior authorization lists, "
            "the MAC or the payer."
        ),
        "abn": (
            "The record doesn't say whether an ABN is needed. Check CMS's ABN instructions and the MAC's coverage "
            "policy."
        ),
        "limits": ("The record has no frequency or unit limits. Check CMS's MUE tables and the MAC's coverage policy."),
        "billed_together": "The record doesn't say which codes can be billed together. Check CMS's NCCI edits.",
        "documentation": (
            "The record doesn't cover documentation or medical necessity. Check the MAC's coverage policy (LCD) and "
            "articles."
        ),
        "coverage_policy": (
            "The record names manual sections at most. Search the Medicare Coverage Database for NCDs and LCDs by code."
        ),
        "diagnoses": (
            "The record doesn't say which diagnoses support a code. Check the billing articles of the MAC's coverage "
            "policy."
        ),
        "modifiers_needed": (
            "The record doesn't say which modifiers a claim needs. Check the MAC's coverage policy and claims manual."
        ),
    }
)
"""The notice of each subject of ``questions/tables/out_of_scope.toml``."""


def out_of_scope_notices(subjects: Iterable[str]) -> tuple[Notice, ...]:
    """The notices that the subjects of a question call for, in their order."""
    return tuple(Notice(kind=NoticeKind.OUT_OF_SCOPE, text=OUT_OF_SCOPE_NOTICES[subject]) for subject in subjects)
