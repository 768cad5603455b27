"""The recognizer of the setting of billing: "in the office", "for a hospital", "as a DME supplier"."""

from __future__ import annotations

import re
from typing import Final

from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.records.billing.billing_settings import BillingSetting

# The words are tried in this order: a "hospital outpatient clinic" is a hospital, and only then is a clinic an office.
# "DME" alone is the setting only where units or amounts are asked about, which the answers decide.
_WORDS: Final = {
    BillingSetting.DME_SUPPLIER: r"dme(?:pos)?|(?:dme )?suppliers?",
    BillingSetting.OUTPATIENT_HOSPITAL: r"outpatient|out-patient|hospitals?|hopds?|opps|pos (?:19|22)",
    BillingSetting.PRACTITIONER: (
        r"offices?|physicians?|practitioners?|doctors?|clinics?|professional|infusion (?:centers?|suites?)|pos 11"
    ),
}
_PATTERNS: Final = {
    setting: GatedPattern(rf"\b(?:{words})\b(?! mac\b)", re.IGNORECASE) for setting, words in _WORDS.items()
}


def billing_setting_named(text: str) -> BillingSetting | None:
    """The setting that a question names; ``None`` if it names none or two of them."""
    named = [setting for setting, pattern in _PATTERNS.items() if pattern.search(text)]
    if named == [BillingSetting.OUTPATIENT_HOSPITAL, BillingSetting.PRACTITIONER]:
        named = named[: 0 if re.search(r"\b(?:or|vs|and|versus)\b", text, re.IGNORECASE) else 1]
    return named[0] if len(named) == 1 else None


def setting_words(text: str) -> frozenset[str]:
    """The words that name an outpatient hospital, in lower case, which the answers use; none of other settings."""
    named = billing_setting_named(text) is BillingSetting.OUTPATIENT_HOSPITAL
    return frozenset({"outpatient", "hospital"}) if named else frozenset()
