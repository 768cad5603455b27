"""Where sections of the withdrawn Coverage Issues Manual (CIM) are in the NCD Manual, CMS Pub. 100-03.

For the sections that the release of October 2025 names. Paired by the titles of the sections in both manuals, as CMS's
"NCD Manual Crosswalk to CIM Sections" pairs them. Of that crosswalk only the beginning could be read: 50-1 and 60-7
agree with it. Every other pair was checked by its subject: the title of the NCD is what the codes that cite the old
section are (60-17 is cited by E0601, and NCD 240.4 is CPAP therapy). A section that is not in the table keeps its old
number alone: 60-5 (power operated vehicles) among them, for no document was found that says where it went.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_CROSSWALK: Final = """
35-5 30.8, 35-10 20.29, 35-13 150.7, 35-20 160.2, 35-27 30.1, 35-34 20.23, 35-46 160.7.1, 35-47 140.2, 35-48 150.2,
35-64 20.21, 35-65 100.6, 35-74 20.20, 35-77 160.12, 35-82 260.3, 35-98 270.1, 35-99 140.1, 35-100 80.2, 35-102 270.1,
45-4 150.6, 45-7 80.1, 45-10 30.7, 45-16 110.2, 45-20 20.22, 45-22 260.7, 45-23 230.12, 45-24 110.3, 45-25 160.13,
45-30 80.3, 50-1 20.8.1, 50-4 230.5, 50-7 220.5, 50-10 230.6, 50-15 20.15, 50-20 190.2, 50-24 190.6, 50-34 300.1,
50-36 220.6, 50-42 20.19, 50-44 150.3, 50-50 20.24, 50-55 210.1, 50-57 160.23, 55-1 230.7,
60-3 280.2, 60-4 240.2, 60-6 280.3, 60-7 20.8.2, 60-8 280.4, 60-9 280.1, 60-11 40.2, 60-14 280.14, 60-15 280.5,
60-16 280.6, 60-17 240.4, 60-18 280.7, 60-19 280.8, 60-21 240.5, 60-23 50.1, 60-24 230.8,
65-1 80.4, 65-3 80.5, 65-5 50.2, 65-7 80.12, 65-8 160.7, 65-9 230.10, 65-10 180.2, 65-14 50.3, 65-16 50.4,
70-1 280.11, 70-2 280.12
"""
NCD_OF_CIM: Final[Mapping[str, str]] = MappingProxyType(
    {cim: ncd for cim, _, ncd in (pair.strip().partition(" ") for pair in _CROSSWALK.replace("\n", " ").split(","))}
)
"""Section of the CIM to section of the NCD Manual."""
CIM_WITHDRAWN: Final = "withdrawn in 2003 for the NCD Manual, Pub. 100-03; its section there isn't known"
"""What is said of a section whose new number is unknown."""
_OLD_SECTION: Final = re.compile(r"([3-7]\d-\d{1,3})[A-Z]?")
"""A CIM section; some records add a letter (55-1A)."""
_WITH_PERIOD: Final = MappingProxyType({"60.4": "60-4", "60.9": "60-9", "60.24": "60-24", "65.9": "65-9"})
"""Sections written with a period that are clearly these. 50.55 is not 50-55, which is prostate cancer screening."""
_BY_SUBJECT: Final = MappingProxyType({"50.55": "190.11", "50.81": "70.2.1"})
"""Sections whose NCD is known by its subject. 50.55 is cited for home INR monitoring (G0248 to G0250, NCD 190.11) and
50.81 for diabetic neuropathy with loss of protective sensation (G0245 to G0247, NCD 70.2.1). Source: the NCDs in the
Medicare Coverage Database, and Noridian's page on each service."""
REMOVED: Final[Mapping[str, str]] = MappingProxyType({"180.2": "January 1, 2022", "220.6": "January 1, 2022"})
"""NCDs that CMS has removed, and the day; the MACs decide coverage since. Source: CMS, physician fee schedule for 2022
(CMS-1751-F, 86 FR 64996). For 180.2 also NHIA, November 4, 2021; for 220.6 NCD 211, version 7, of the Medicare Coverage
Database."""
_NEW_NUMBERS: Final = frozenset({"80.4", "260.3", "280.1"})
"""Sections of the NCD Manual that records cite by their new number: V2524 (hydrophilic lens), G0341 and E1301."""


def ncd_section(reference: str) -> str:
    """The NCD Manual's section of a CIM section; blank where it is unknown."""
    if reference in _NEW_NUMBERS:
        return reference
    if reference in _BY_SUBJECT:
        return _BY_SUBJECT[reference]
    match = _OLD_SECTION.fullmatch(_WITH_PERIOD.get(reference, reference))
    return NCD_OF_CIM.get(match[1], "") if match else ""


def cim_sections_now(references: tuple[str, ...]) -> str:
    """Where sections of the CIM are now: ``NCD 240.4, Pub. 100-03``; blank where that is unknown, or was removed."""
    in_force = [section for section in _sections(references) if section not in REMOVED]
    return f"NCD {', '.join(in_force)}, Pub. 100-03" if in_force else ""


def cim_sections_removed(references: tuple[str, ...]) -> str:
    """The NCDs of sections that CMS has removed since: ``NCD 180.2, Pub. 100-03, which CMS removed on January 1, 2022:
    the MACs decide``; blank for none.
    """
    return "; ".join(
        f"NCD {section}, Pub. 100-03, which CMS removed on {REMOVED[section]}: the MACs decide"
        for section in _sections(references)
        if section in REMOVED
    )


def cim_meaning(references: tuple[str, ...]) -> str | None:
    """Where the sections of a record are now: ``now NCD 240.4, Pub. 100-03``; that the manual was withdrawn, where
    that is unknown. ``None`` for no references.
    """
    now, removed = cim_sections_now(references), cim_sections_removed(references)
    if now or removed:
        return "; ".join(filter(None, (f"now {now}" if now else "", removed)))
    return CIM_WITHDRAWN if references else None


def _sections(references: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(section for reference in references if (section := ncd_section(reference))))
