"""Which contacts an answer names, by its intent."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from hcpcs.questions.question import Intent
from hcpcs.records.contacts import ALL_CONTACTS, CMS_TEAM, CODING_CLINIC, CODING_CONTACTS, PDAC_HELPLINE, Contact

CONTACTS_BY_INTENT: Final[Mapping[Intent, tuple[Contact, ...]]] = MappingProxyType(
    {
        Intent.CARD: ALL_CONTACTS,
        Intent.CONTACT: ALL_CONTACTS,
        Intent.COVERAGE: (PDAC_HELPLINE, CMS_TEAM, CODING_CLINIC),
        Intent.PRICING: CODING_CONTACTS,
        Intent.STATUS: CODING_CONTACTS,
        Intent.FIELD: CODING_CONTACTS,
        Intent.UNITS: CODING_CONTACTS,
    }
)
"""The contacts of an answer about records. Lists, definitions, comparisons and histories name none."""


def contacts_for(intent: Intent | None) -> tuple[Contact, ...]:
    """The contacts of an answer of that intent, the most likely to help first; empty where it names none."""
    return CONTACTS_BY_INTENT.get(intent, ()) if intent is not None else ()
