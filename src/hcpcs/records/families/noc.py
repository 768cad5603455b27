"""'Not otherwise classified' (NOC) codes: those for whatever has no code of its own, such as J3490 or E1399.

A claim with such a code must describe the item or drug (ASC X12 837, version 5010, SV101-7 and SV202-7), and CMS
lists the codes for which it demands that. The newest list that is loaded decides for every code that was in use when
it was published; the description decides for codes added later, and for all codes where no list is loaded.

The rule for descriptions, measured on CMS's lists beside the release of the same quarter:

=========  ======  ==============  =====  =========  ======
list       codes   found by rule   right  precision  recall
=========  ======  ==============  =====  =========  ======
2018-01    144     128             127    0.99       0.88
2019-01    139     133             132    0.99       0.95
2024-07    159     151             148    0.98       0.93
=========  ======  ==============  =====  =========  ======

Nearly all that it misses are quality measures ("reason not otherwise specified"), which are on some lists and off
others. Leaving out drugs that are billed by an amount ("calcium gluconate, not otherwise specified, 10 mg") would
lose 25 codes of the list of 2024-07 to be right about one, J0131: it is named instead.
"""

from __future__ import annotations

import re
from collections.abc import Set
from datetime import date
from typing import Final

from hcpcs.records.billing.billing_units import UnitSize, unit_size
from hcpcs.records.record import CodeRecord, RecordKind

NOC_RULE: Final = "This code is not otherwise classified (NOC): the claim must describe the item or drug."
"""What a NOC code asks of a claim, in one sentence."""

NOC_CHECKLIST: Final = (
    ("Name", "the full name of the item or drug"),
    ("Strength and dose", "the strength, the dose given, and the quantity"),
    ("NDC", "the 11-digit National Drug Code of the package used, for a drug"),
    ("Invoice", "the invoice price, where the payer asks for it"),
)
"""The parts of that description, each with its label: after CMS's NOC lists and the claim instructions of Medicare's
contractors (CGS, "Not Otherwise Classified (NOC) Drugs: Clarification on Required Information"; Noridian, "Billing
Not Otherwise Classified (NOC) HCPCS Code")."""

_PARTS: Final = [text for _, text in NOC_CHECKLIST]

BRANDS_APART: Final = (
    "A brand or form of it that has a code of its own is billed with that code; some payers want the "
    "drug's name and NDC on the claim, too."
)
"""Of a named drug, "not otherwise specified", whose unit is stated: J3301, J9201."""
_DRUGS: Final = ("Injection", "Factor")
NOC_ADVICE: Final = f"{NOC_RULE} Give {'; '.join(_PARTS[:-1])}; and {_PARTS[-1]}."
"""The rule and its checklist as running text."""

_WORDING: Final = re.compile(
    r"\b(?:(?:unlisted|unclassified|miscellaneous|noc)\b"
    # Q0181, V5090 and L8048: elsewhere "unspecified" may stand for anything.
    r"|unspecified (?:oral|hearing|maxillofacial)"
    r"|not elsewhere (?:classified|specified)"
    # "Reason not otherwise specified" ends the description of a quality measure, which is a code of its own.
    r"|(?<!reason )not[ -]otherwise[ -](?:classified|specified|listed|described|identified|coded)\b)"
    # ", nos" as in "Prescription drug, oral, non chemotherapeutic, nos", and not the diagnosis "nsclc-nos".
    r"|, nos\b"
)

_NEVER_LISTED: Final = frozenset({"J0131"})
"""Codes worded like NOC codes that are on none of CMS's lists of 2018, 2019 and July 2024, though in use: J0131."""


def noc_wording(description: str) -> str:
    """The words of a long description that make its code NOC ("unclassified"), lower case; blank if there are none."""
    match = _WORDING.search(description.lower())
    return "" if match is None else match[0].strip(", ")


def noc_advice(description: str) -> str:
    """What a claim with a NOC code must say besides it, by its long description.

    A drug whose unit is stated is named and billed by its amount; of it only the brands with a code are apart.
    """
    by_amount = description.startswith(_DRUGS) and isinstance(unit_size(description), UnitSize)
    return BRANDS_APART if by_amount else NOC_ADVICE


def is_noc(record: CodeRecord, listed: Set[str], list_date: date | None) -> bool:
    """Whether the code of a record is NOC.

    ``listed`` are the codes of CMS's newest loaded list (empty if none is loaded) and ``list_date`` the first day of
    its quarter (``None`` if it names none, in which case it decides for every code).
    """
    if record.kind is RecordKind.MODIFIER:
        return False
    if record.code in listed:
        return True
    added_later = list_date is not None and record.added_date is not None and record.added_date > list_date
    by_wording = (not listed or added_later) and record.code not in _NEVER_LISTED
    return by_wording and noc_wording(record.long_description) != ""
