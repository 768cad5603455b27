"""Codes: the code systems, the letters of HCPCS Level II, the length of a modifier, and a mention of a code."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from hcpcs.records.record import Frozen

HCPCS_LETTERS: Final = "ABCEGHJKLMPQRSTUV"
"""The first letters of HCPCS Level II codes, in order.

Source: the sections of CMS's Alpha-Numeric HCPCS files, 2017 to 2025. D is missing because the D codes are CDT, the
dental codes that the American Dental Association licenses. F, I, N and O have never been used, and W to Z were the
local (Level III) codes, which ended with 2003.
"""

OTHER_LETTERS: Final = "FINOWXYZ"
"""The letters that start neither a HCPCS Level II code nor a CDT code."""

HCPCS_LETTER: Final = f"[{HCPCS_LETTERS}]"
"""Pattern of a letter of HCPCS Level II, for patterns that ignore case."""

POLICY_NUMBER: Final = r"L3\d{4}|A5[1-9]\d{3}"
"""Pattern of the number of an LCD (L33822) or policy article (A52464) of the Medicare Coverage Database, upper case.

It is not a code: HCPCS codes have four digits.
"""

MODIFIER_LENGTH: Final = 2
"""Characters of a modifier."""
CODE_LENGTH: Final = 5
"""Characters of a procedure code."""


def is_modifier(code: str) -> bool:
    """Whether a code is a modifier and not a procedure code, by its length alone."""
    return len(code) == MODIFIER_LENGTH


class CodeSystem(StrEnum):
    """HCPCS Level II and the code systems that people confuse with it, whose codes are named but not described."""

    HCPCS = "HCPCS Level II"
    MODIFIER = "HCPCS modifier"
    CPT = "CPT"
    CDT = "CDT"
    ICD10 = "ICD-10"
    NDC = "NDC"


class CodeMention(Frozen):
    """A code in a text: normalized (``S9353``), with the modifiers attached to it, and ``written`` as in the text.

    ``units`` is the count written with it (``J1885x2``, ``A0425 RH x 12.4``).
    ``transport`` is the modifier, or the code itself, that is origin and destination of an ambulance (``RH``).
    ``well_formed`` is false for a text that is meant as a HCPCS code but doesn't have its form (``SO353``, ``S935``):
    no such code can exist, and ``confusions(code)`` are the codes that may have been meant.
    """

    code: str
    system: CodeSystem
    modifiers: tuple[str, ...] = ()
    written: str = ""
    units: float | None = None
    transport: str | None = None
    well_formed: bool = True
