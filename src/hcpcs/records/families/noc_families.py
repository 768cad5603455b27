"""The NOC codes that each family of items is billed with, best known first.

Source: the long descriptions of CMS's quarterly file. C9399 for drugs that the FDA has newly approved, in hospital
outpatient departments: CMS, Claims Processing Manual (Pub. 100-04), chapter 17, section 90.3.
"""

from __future__ import annotations

import re
from typing import Final

from hcpcs.records.families.family_words import (
    CHEMOTHERAPY,
    DME,
    DRUGS,
    HEARING,
    ORTHOTICS,
    PROSTHETICS,
    RADIOPHARMACEUTICALS,
    SKIN_SUBSTITUTES,
    SUPPLIES,
)

_HOSPITAL: Final = re.compile(r"\b(?:hospital|hosp|outpatient|outpt|opps|hopd)\b", re.IGNORECASE)
_RECENTLY: Final = (
    r"(?:yesterday|today|recently|just|(?:this|last|past) (?:week|month|quarter|year)|(?:\w+ ){1,3}ago)\b"
)
# A drug that is too new for a code: "FDA approved last month", "newly approved drug", "brand new chemo drug".
_NEWLY_APPROVED: Final = re.compile(
    r"\b(?:newly|recently|just|fda)[ -](?:just )?approved\b|\bbrand new (?:\w+ )?(?:drug|biologic|medication)"
    rf"|\b(?:drug|biologic|medication)\b.{{0,20}}\b(?:approved|came out)\b(?: by)?(?: the)?(?: fda)? {_RECENTLY}",
    re.IGNORECASE,
)
_NEW: Final = re.compile(
    rf"\b(?:new (?:\w+ )?(?:drug|biologic|medication)|newly)\b|{_NEWLY_APPROVED.pattern}", re.IGNORECASE
)
NEW_IN_HOSPITAL: Final = ("C9399",)
"""The code of a newly approved drug in a hospital outpatient department."""
_FAMILIES: Final = {
    r"(?:nebuli[sz]er|c?pap|oxygen|respiratory|suction) (?:suppl|part|access)\w+": ("A9999", "E1399"),
    r"vads?|lvads?|ventricular assist": ("Q0507", "Q0508", "Q0509"),
    r"(?:gradient )?compression (?:garment|wrap|sleeve|stocking)s?|lymphedema (?:garment|wrap|sleeve)s?": (
        *("A6549", "A6519", "A6593"),
    ),
    r"breast (?:prosthes[ei]s|forms?)": ("L8039",),
    r"speech (?:generating )?devices?": ("E2599",),
    r"urolog\w+|urinary|catheters?": ("A4335",),
    r"eye ?glass(?:es)?|glasses|spectacles?": ("V2799",),
    r"compound(?:ed)?": ("J7999",),
    r"inhal\w+|nebuli[sz]\w+": ("J7699",),
    r"immunosuppress\w+": ("J7599",),
    r"clotting factors?|hemophilia": ("J7199",),
    r"anti ?emetics?": ("J8597", "Q0181"),
    RADIOPHARMACEUTICALS: ("A4641", "A9699"),
    r"contrast": ("A9698",),
    r"dialysis (?:equipment|machines?)": ("E1699", "A4913"),
    r"dialysis": ("A4913", "E1699"),
    r"incontinence": ("A4335",),
    r"home infusion": ("S9379",),
    r"(?:power|motorized|electric) wheel ?chairs?(?! (?:accessor|part|component)\w*)": ("K0898", "K0108"),
    r"scooters?|povs?|power operated vehicles?": ("K0812", "K0899"),
    r"wheel ?chairs?": ("K0108", "E1399"),
    DME: ("E1399", "K0108"),
    r"enteral|formula": ("B9998",),
    r"parenteral|tpn": ("B9999",),
    rf"oral (?:{CHEMOTHERAPY})|(?:{CHEMOTHERAPY}) (?:drug |agent )?(?:oral|pills?|tablets?|by mouth)": ("J8999",),
    CHEMOTHERAPY: ("J9999", "J8999"),
    r"(?:gene|cell|cellular) therap(?:y|ies)": ("J3590", "C9399"),
    r"biologics?|biologicals?|biosimilars?": ("J3590",),
    r"hyaluron\w+(?: acid)?|viscosupplement\w*": ("J3490",),
    DRUGS: ("J3490", "J3590", "J9999", "J8499", "J8999", "C9399"),
    r"ambulance|transport(?:s|ation)?": ("A0999",),
    r"cochlear|implants?(?! (?:ventricular|vad))": ("L8699",),
    r"dressings?|bandages?": ("A4649",),
    SKIN_SUBSTITUTES: ("Q4100",),
    ORTHOTICS: ("L2999", "L3999", "L1499", "L0999", "L3649"),
    PROSTHETICS: ("L5999", "L7499", "L8499", "L8699"),
    r"ostomy": ("A4421",),
    SUPPLIES: ("A4649", "A9999"),
    r"vision|lens(?:es)?": ("V2799", "V2199"),
    HEARING: ("V5299",),
}
"""Pattern of the words of a family, and its NOC codes."""

BY_BODY_PART: Final = (_FAMILIES[ORTHOTICS], _FAMILIES[PROSTHETICS])
"""The NOC codes of families that have one for each part of the body, and none for all."""

_PATTERNS: Final = tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), codes) for words, codes in _FAMILIES.items())
_UPPER: Final = re.compile(r"\b(?:upper|arm|wrist|hand|elbow)\b", re.IGNORECASE)
_SPINE: Final = re.compile(r"\b(?:spinal|spine|back)\b", re.IGNORECASE)
_BRACE: Final = re.compile(rf"\b(?:{ORTHOTICS})\b", re.IGNORECASE)
_LIMB: Final = re.compile(rf"\b(?:{PROSTHETICS})\b", re.IGNORECASE)
_LOWER: Final = re.compile(r"\b(?:lower|legs?|knees?|ankles?|foot|feet|hips?)\b", re.IGNORECASE)
_BY_PART: Final = (
    (_BRACE, _UPPER, ("L3999",)),
    (_BRACE, _SPINE, ("L1499", "L0999")),
    (_BRACE, _LOWER, ("L2999",)),
    (_LIMB, _UPPER, ("L7499",)),
    (_LIMB, _LOWER, ("L5999",)),
)
"""Braces and artificial limbs whose NOC code depends on the part of the body: both patterns must be in the text."""
# "noc code for orthotics", "unlisted codes": a question for such codes.
_NOC: Final = re.compile(
    r"\b(?:noc|nos|not (?:otherwise |elsewhere )?(?:classified|specified)|unlisted|unclassified|unspecified"
    r"|catch[- ]?all|misc|miscellaneous)\b"
    rf"|{_NEWLY_APPROVED.pattern}"
    # "code for new gene therapy not listed", "not listed supply code"
    r"|\bnot (?:yet )?listed(?= (?:\w+ )?codes?\b|\W*$)"
    r"|\bno (?:specific |hcpcs |own |j[- ]?)?codes? (?:for|yet|exists?)\b",
    re.IGNORECASE,
)
# "A drug that has no J code", "a supply without a code of its own", "not assigned a code yet".
_LACKS_CODE: Final = re.compile(
    r"\b(?:no|without|too new (?:for|to have)|lacks|lacking"
    r"|(?:doesn'?t|don'?t) (?:yet )?have|(?:isn'?t|not) (?:yet )?assigned|hasn'?t got)"
    r" (?:(?:an?|any|its|own|yet|specific|assigned|established|permanent|unique|hcpcs|j|q) ?-?){0,4}(?:codes?|hcpcs)\b",
    re.IGNORECASE,
)
WELL_KNOWN: Final = ("E1399", "J3490", "J3590", "J9999", "A9999", "B9998", "K0108", "L2999", "A4649")
"""The NOC codes that a list of all begins with."""


def noc_codes_for(text: str) -> tuple[str, ...]:
    """The NOC codes of the family that a question for NOC codes names; none where it names no family or no NOC."""
    if not _NOC.search(text) and not _LACKS_CODE.search(text):
        return ()
    if _NEW.search(text) and _HOSPITAL.search(text):
        return NEW_IN_HOSPITAL
    for item, part, codes in _BY_PART:
        if item.search(text) and part.search(text):
            return codes
    return next((codes for pattern, codes in _PATTERNS if pattern.search(text)), ())


def lacks_code(text: str) -> bool:
    """Whether a text says that an item of a known family has no code, or is too new ("a drug that has no J code")."""
    return bool(_LACKS_CODE.search(text) or _NEWLY_APPROVED.search(text)) and bool(noc_codes_for(text))
