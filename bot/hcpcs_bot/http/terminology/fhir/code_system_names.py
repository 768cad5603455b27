"""How FHIR names HCPCS Level II and the set of all of its codes.

Source: HL7's terminology, NamingSystem hcpcs-Level-II, and US Core, which demands the URI of CMS. The other names are
in use by payers; they are accepted and never written.
"""

from __future__ import annotations

from typing import Final

SYSTEM: Final = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
OID: Final = "urn:oid:2.16.840.1.113883.6.285"
ACCEPTED_SYSTEMS: Final = frozenset(
    {
        SYSTEM,
        SYSTEM.replace("http:", "https:"),
        "https://bluebutton.cms.gov/resources/codesystem/hcpcs",
        "http://terminology.hl7.org/CodeSystem/hcpcs-Level-II",
        OID,
    }
)
CODE_SYSTEM_ID: Final = "hcpcs-Level-II"
VALUE_SET: Final = f"{SYSTEM}?fhir_vs"
"""The value set of all codes, which the code system implies."""
VALUE_SET_ID: Final = "hcpcs"
"""The id that NLM's FHIR server gives to the same set."""
ACCEPTED_VALUE_SETS: Final = frozenset(
    f"{system}{ending}" for system in ACCEPTED_SYSTEMS for ending in ("?fhir_vs", "/vs")
)
NAME: Final = "HCPCSLevelII"
TITLE: Final = "HCPCS Level II"
