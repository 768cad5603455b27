"""Contacts for questions about HCPCS codes, from the contact block of the two source documents."""

from __future__ import annotations

from enum import StrEnum
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

CODING_CONTACTS: Final = (CMS_TEAM, PDAC_HELPLINE, CODING_CLINIC)
"""Who answers questions about codes."""
ALL_CONTACTS: Final = (*CODING_CONTACTS, BUNDLE_SUPPORT, BUNDLE_SITE)

CONTACT_LINE: Final = f"Questions: PDAC {PDAC_HELPLINE.address} · {CMS_TEAM.address} · {CODING_CLINIC.address}"
BUNDLE_LINE: Final = f"Data bundle: {BUNDLE_SUPPORT.address} · {BUNDLE_SITE.address}"


def contact_summary(contacts: tuple[Contact, ...]) -> tuple[str, ...]:
    """The contacts of an answer, one line for CMS's and one for the data bundle's; empty for no contacts."""
    bundle = (BUNDLE_LINE,) if BUNDLE_SITE in contacts else ()
    return (CONTACT_LINE, *bundle) if contacts else ()
