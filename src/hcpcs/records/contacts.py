"""Whom to ask about HCPCS codes: the contact block of the two source documents, one channel a row."""

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


CONTACTS: Final[tuple[Contact, ...]] = (
    Contact(
        name="CMS HCPCS team",
        kind=ContactKind.EMAIL,
        address="hcpcs@cms.hhs.gov",
        purpose="the code set itself",
    ),
    Contact(
        name="PDAC toll-free helpline",
        kind=ContactKind.PHONE,
        address="(877) 735-1326",
        purpose="pricing, data analysis and coding of DMEPOS items",
    ),
    Contact(
        name="Coding Clinic Advisor",
        kind=ContactKind.WEB,
        address="www.codingclinicadvisor.com",
        purpose="HCPCS coding questions, which are to be submitted online",
    ),
    Contact(
        name="Data bundle support",
        kind=ContactKind.EMAIL,
        address="Support@DataLabs.Health",
        purpose="the data bundle that the starter records come from",
    ),
    Contact(
        name="DataLabs Health",
        kind=ContactKind.WEB,
        address="https://www.datalabs.health/",
        purpose="more about the data bundle, and its customer support",
    ),
)

HELPLINE: Final = CONTACTS[1]
CONTACT_LINE: Final = "Questions: PDAC (877) 735-1326 · hcpcs@cms.hhs.gov · www.codingclinicadvisor.com"
BUNDLE_LINE: Final = "Data bundle: Support@DataLabs.Health · https://www.datalabs.health/"


def contact_summary(contacts: tuple[Contact, ...]) -> tuple[str, ...]:
    """The contacts of an answer in a line each for CMS's side and the data bundle's; none for no contacts."""
    bundle = (BUNDLE_LINE,) if CONTACTS[-1] in contacts else ()
    return (CONTACT_LINE, *bundle) if contacts else ()
