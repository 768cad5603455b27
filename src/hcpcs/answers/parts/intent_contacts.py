"""Which contacts an answer names, by its intent and by the families of its codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.questions.question import Intent
from hcpcs.records.contacts import (
    ALL_CONTACTS,
    BUNDLE_CONTACTS,
    CODING_CONTACTS,
    PDAC_HELPLINE,
    Contact,
    coding_contacts,
)
from hcpcs.records.record import Statement

_WITH_CONTACTS: Final = frozenset(
    {Intent.CARD, Intent.COVERAGE, Intent.PRICING, Intent.STATUS, Intent.FIELD, Intent.UNITS}
)
"""The intents of answers about records. Lists, definitions, comparisons and histories name no contacts."""


def contacts_for(context: AnswerContext, statements: Sequence[Statement]) -> tuple[Contact, ...]:
    """The contacts of an answer about records, the most likely to help first; empty where it names none.

    PDAC comes first for DMEPOS and is left out for other codes, except on a card, which names all. A record that came
    from the data bundle has the contacts that its page names, with the bundle's own on a card.
    """
    intent = context.question.intent
    if intent is Intent.CONTACT:
        return ALL_CONTACTS
    if intent not in _WITH_CONTACTS:
        return ()
    whole = context.catalog.whole_releases
    bundled = any(one.release not in whole for one in statements)
    named = coding_contacts(one.record.code for one in statements)
    contacts = CODING_CONTACTS if bundled or not statements else named
    if intent is not Intent.CARD:
        return contacts
    return (*contacts, *(() if PDAC_HELPLINE in contacts else (PDAC_HELPLINE,)), *(BUNDLE_CONTACTS if bundled else ()))
