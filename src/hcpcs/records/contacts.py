"""Contacts for questions about HCPCS codes, from the contact block of the two source documents."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import Final

from hcpcs.records.record import Frozen


class ContactKind(StrEnum):
    """How a contact is reached."""

    EMAIL = "email"
    PHONE = "phone"
    WEB = "web"


class Contact(Frozen):
    """One way to reach someone: ``address`` is the e-mail address, telephone number or web address."""

    name: str
    kind: ContactKind
    address: str
    purpose: str


CMS_TEAM: Final = Contact(
    name="CMS HCPCS team",
    kind=ContactKind.EMAIL,
    address="hcpcs@cms.hhs.gov",
    purpose="the code set itself",
)
PDAC_HELPLINE: Final = Contact(
    name="PDAC toll-free helpline",
    kind=ContactKind.PHONE,
    address="(877) 735-1326",
    purpose="pricing, data analysis and coding of DMEPOS items",
)
CODING_CLINIC: Final = Contact(
    name="Coding Clinic Advisor",
    kind=ContactKind.WEB,
    address="www.codingclinicadvisor.com",
    purpose="HCPCS coding questions, submitted online",
)
MAC: Final = Contact(
    name="Medicare Administrative Contractor (MAC)",
    kind=ContactKind.WEB,
    address="www.cms.gov/MAC-info",
    purpose="coverage, payment and claims in its region",
)
BUNDLE_SUPPORT: Final = Contact(
    name="Data bundle support",
    kind=ContactKind.EMAIL,
    address="Support@DataLabs.Health",
    purpose="the data bundle behind the starter records",
)
BUNDLE_SITE: Final = Contact(
    name="DataLabs Health",
    kind=ContactKind.WEB,
    address="https://www.datalabs.health/",
    purpose="more about the data bundle, and customer support",
)

CODING_CONTACTS: Final = (PDAC_HELPLINE, CMS_TEAM, CODING_CLINIC)
"""Who answers questions about DMEPOS codes, and about codes of no certain family."""
OTHER_CONTACTS: Final = (CMS_TEAM, MAC, CODING_CLINIC)
"""Who answers questions about codes that PDAC does not serve."""
BUNDLE_CONTACTS: Final = (BUNDLE_SUPPORT, BUNDLE_SITE)
ALL_CONTACTS: Final = (*CODING_CONTACTS, MAC, *BUNDLE_CONTACTS)

_BUNDLE_LINE: Final = "Data bundle"
_SERVED_BY_PDAC: Final = ("A4", "A5", "A6", "A7", "A8", "A90", "A92", "A93", "A99", "B", "E", "K", "L", "V2")
"""Prefixes of DMEPOS items, whose coding PDAC answers for. Source: PDAC, "What is the Difference Between the PDAC and
the DME MACs?", and the families of CMS's DMEPOS fee schedule."""
_LOCAL_ONLY: Final = (
    *("A4438", "A4561", "A4562", "A4563", "A4565", "A7040", "A7041", "A7048"),
    *("E0749", "E0782", "E0783", "E0785", "E0786", "L8509", "L86", "V2630", "V2631", "V2632"),
)
"""Codes and prefixes among them, mostly implants, that are never billed to a DME MAC: PDAC gives no codes for such.
Source: jurisdiction L of the DMEPOS fee schedule of January 2026, which has these and no others among the prefixes."""


def is_served_by_pdac(code: str) -> bool:
    """Whether PDAC answers questions about the coding of a code: DMEPOS items and their supplies."""
    return len(code) > 2 and code.startswith(_SERVED_BY_PDAC) and not code.startswith(_LOCAL_ONLY)


def coding_contacts(codes: Iterable[str]) -> tuple[Contact, ...]:
    """Who answers questions about the coding of codes: PDAC where it serves one of them."""
    return CODING_CONTACTS if any(map(is_served_by_pdac, codes)) else OTHER_CONTACTS


@lru_cache(maxsize=64)
def contact_summary(contacts: tuple[Contact, ...]) -> tuple[str, ...]:
    """The contacts of an answer, one line for those of the code set and one for the data bundle's; none for none."""
    coding = [_short(one, first=place == 0) for place, one in enumerate(contacts) if one not in BUNDLE_CONTACTS]
    bundle = [one.address for one in contacts if one in BUNDLE_CONTACTS]
    lines = (("Questions", coding), (_BUNDLE_LINE, bundle))
    return tuple(f"{name}: {' · '.join(addresses)}" for name, addresses in lines if addresses)


def _short(contact: Contact, *, first: bool) -> str:
    """A contact in a line of several: its address, with its name where the address doesn't say it."""
    if contact == PDAC_HELPLINE:
        return f"PDAC{'' if first else ', for DMEPOS,'} {contact.address}"
    return f"your MAC ({contact.address})" if contact == MAC else contact.address
